"""What a merge found, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from tracker import settings
from tracker.db import settings as stored
from tracker.db.merging import Conflict
from tracker.db.put_away import Apart, Place
from tracker.i18n import N_, _, about, listed, ngettext
from tracker.operations import setting_words
from tracker.operations.merging import Merged
from tracker.operations.office import Office
from tracker.operations.twice import Twice
from tracker.operations.verifying import number_of
from tracker.schema.fields import Value


def field(office: Office, conflict: Conflict) -> str:
    """What the field of a conflict is called."""
    if conflict.ledger == stored.LEDGER:
        sides = [None if side is None else str(side) for side in (conflict.ours, conflict.theirs)]
        return setting_words.name(conflict.field, sides)
    found = office.catalogue.every[conflict.ledger].by_key.get(conflict.field)
    return found.title() if found else conflict.field


def shown(office: Office, conflict: Conflict, value: Value) -> str:
    """One side of a conflict as it is read."""
    if conflict.ledger == stored.LEDGER:
        return setting_words.shown(conflict.field, None if value is None else str(value)) or _("(empty)")
    ledger = office.catalogue.every.get(conflict.ledger)
    found = ledger.by_key.get(conflict.field) if ledger else None
    return (found.shown(value) if found else str(value or "")) or _("(empty)")


def conflict_line(office: Office, conflict: Conflict) -> str:
    """A conflict in one line."""
    ledger = office.catalogue.every.get(conflict.ledger)
    place = listed(
        filter(
            None,
            (ledger.title() if ledger else _("Settings"), number_of(office, conflict.ledger, conflict.uid)),
        )
    )
    sides = {
        "ours": shown(office, conflict, conflict.ours),
        "theirs": shown(office, conflict, conflict.theirs),
    }
    text = _("{place}, {field}: here {ours}, there {theirs}")
    return text.format(place=place, field=field(office, conflict), **sides)


def conflict(office: Office, conflict: Conflict) -> dict[str, object]:
    """A conflict with plain values (see `Field.plain`)."""
    ledger = office.catalogue.every.get(conflict.ledger)
    found = ledger.by_key.get(conflict.field) if ledger else None
    plain = found.plain if found else (lambda value: value)
    return {
        "ledger": conflict.ledger,
        "uid": conflict.uid,
        "number": number_of(office, conflict.ledger, conflict.uid),
        "field": conflict.field,
        "ours": plain(conflict.ours),
        "theirs": plain(conflict.theirs),
        "newest": plain(conflict.newest),
        "ours_by": {"at": conflict.by_us.at, "clerk": conflict.by_us.clerk},
        "theirs_by": {"at": conflict.by_them.at, "clerk": conflict.by_them.clerk},
    }


def decided_line(office: Office, conflict: Conflict) -> str:
    """A conflict that was decided by the newest, in one line."""
    text = _("{conflict}; {value} stands")
    stands = shown(office, conflict, conflict.newest)
    return text.format(conflict=conflict_line(office, conflict), value=stands)


def settings_told(merged: Merged) -> list[str]:
    """Which settings come in: those of the office, and fields and the like that it made itself."""
    kinds = {key in settings.BY_KEY or key.startswith(setting_words.CLERK) for key in merged.settings}
    return [
        text for kind, text in ((True, _("settings")), (False, _("ledgers and figures"))) if kind in kinds
    ]


def twice_line(office: Office, found: Twice) -> str:
    """A number that several records have, in one line."""
    title = office.catalogue.every[found.ledger].title()
    numbers = [number_of(office, found.ledger, uid) for uid in found.uids]
    if found.running:
        text = _("{ledger}: the running number {number} is given twice: {records}")
        return text.format(ledger=title, number=found.number, records=listed(numbers))
    return _("{ledger}: the number {number} is given twice").format(ledger=title, number=numbers[0])


_PUT = {
    Place.BINNED: N_("put into the bin on one side"),
    Place.DELETED: N_("deleted from the bin on one side"),
}
_NOW = {
    Place.LISTED: N_("it is in the list"),
    Place.BINNED: N_("it is in the bin"),
    Place.DELETED: N_("it is in no list; its history says what it was"),
}


def apart(one: Apart) -> str:
    """What both sides did with a record, and where it is now."""
    went_on = _("taken out of the bin on the other") if one.restored else _("changed on the other")
    text = _("{put} and {went_on}; {now}")
    return text.format(put=_(_PUT[one.put]), went_on=went_on, now=_(_NOW[one.now]))


def stranger(theirs: str) -> str:
    """That both files share no history; `theirs` is what the other one's office is called, if it is."""
    if not theirs:
        return _(
            "The other file has no history in common with this one: it may be another office's, or made apart."
        )
    text = _("The other file, of {theirs}, has no history in common with this one: was it chosen by mistake?")
    return text.format(theirs=theirs)


def found_again(contents: int) -> str:
    """What came back to attached files of which it was lost here."""
    text = ngettext(
        "the lost content of {n} attached file", "the lost contents of {n} attached files", contents
    )
    return text.format(n=f"{contents:,}")


def to_settle(office: Office, merged: Merged) -> Iterator[str]:
    """What a clerk should look at, a line each."""
    yield from (twice_line(office, found) for found in merged.twice)
    for one in merged.apart:
        what = f"{office.catalogue.every[one.ledger].title()} {number_of(office, one.ledger, one.uid)}"
        yield about(what, apart(one))
    for broken in merged.broken:
        title = office.catalogue.every[broken.ledger].title()
        yield about(f"{title} {broken.number}", broken.message)
    for clash in merged.clashes:
        yield about(office.catalogue.every[clash.ledger].title(), clash.sentence())


def as_json(office: Office, merged: Merged) -> dict[str, object]:
    """What came in and what is to be settled."""
    return {
        "rows": merged.rows,
        "settings": sorted(merged.settings),
        "contents": merged.contents,
        "inserted": sum(merged.inserted.values()),
        "updated": sum(merged.updated.values()),
        "by_ledger": {
            name: {"inserted": merged.inserted.get(name, 0), "updated": merged.updated.get(name, 0)}
            for name in dict.fromkeys((*merged.inserted, *merged.updated))
        },
        "conflicts": [conflict(office, one) for one in merged.conflicts],
        "numbers_twice": [
            {"ledger": one.ledger, "number": one.number, "uids": list(one.uids), "running": one.running}
            for one in merged.twice
        ],
        "binned_and_changed": [
            {
                "ledger": one.ledger,
                "uid": one.uid,
                "put": one.put.name.lower(),
                "went_on": "restored" if one.restored else "changed",
                "now": one.now.name.lower(),
            }
            for one in merged.apart
        ],
        "clashes": [
            {"ledger": one.ledger, "kind": one.kind.name.lower(), "label": one.label, "times": one.times}
            for one in merged.clashes
        ],
        "problems": [{"ledger": b.ledger, "uid": b.uid, "message": b.message} for b in merged.broken],
    }
