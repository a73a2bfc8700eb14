"""What a merge would bring and has brought, as the tables of a window: read in the worker, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.db import records, settings
from tracker.db.merging import Conflict, Written
from tracker.i18n import _, listed
from tracker.operations import fetching, merge_words, merging, twice
from tracker.operations.deadlines import about
from tracker.operations.fetching import Fetched
from tracker.operations.merging import Merged, Place
from tracker.operations.office import Changed, Office
from tracker.operations.progress import Progress
from tracker.operations.twice import Twice
from tracker.operations.verifying import number_of
from tracker.schema.fields import Value

OURS, THEIRS = 0, 1


@dataclass(frozen=True)
class Side:
    """One side of a conflict: the value, how it is read, and who wrote it when."""

    value: Value
    text: str
    by: str
    newest: bool


@dataclass(frozen=True)
class Choosing:
    """A conflict as it is chosen: of which record and field, and both sides."""

    place: Place
    record: str
    field: str
    sides: tuple[Side, Side]
    kept: bool = False
    """Whether ours stays unless the other one is chosen."""

    @property
    def newest(self) -> int:
        """The side that was written last."""
        return THEIRS if self.sides[THEIRS].newest else OURS


@dataclass(frozen=True)
class Item:
    """Something that a clerk should look at, of a record or, without `uid`, of a ledger."""

    ledger: str
    uid: str
    what: str
    record: str
    text: str


@dataclass(frozen=True)
class Seen:
    """What a file would bring, with the private copy of it that was looked at."""

    copy: Fetched
    merged: Merged
    choosing: tuple[Choosing, ...]
    warning: str = ""
    """That the file shares no history with ours."""


@dataclass(frozen=True)
class Done:
    """What came in, and what is to be looked at; `changed` as of any operation."""

    merged: Merged
    items: tuple[Item, ...]
    changed: Changed
    counts: tuple[tuple[str, int, int], ...]
    """What a ledger is called, how many records are new and how many changed."""


def look(office: Office, copy: Fetched, progress: Progress) -> Seen:
    """Look at what a file would bring; nothing is kept."""
    merged = merging.look(office, copy, progress)
    strange = merged.stranger is not None
    choosing = tuple(_choosing(office, one, strange) for one in merged.conflicts)
    warning = "" if merged.stranger is None else merge_words.stranger(merged.stranger)
    return Seen(copy, merged, choosing, warning)


def fetch(office: Office, path: Path, key: str | None, progress: Progress) -> Seen:
    """Copy a file and look at what it would bring."""
    made = fetching.fetch(office, path, key, progress)
    try:
        return look(office, made, progress)
    except BaseException:
        made.drop()
        raise


def merge(office: Office, seen: Seen, chosen: dict[Place, Value], progress: Progress) -> Done:
    """Bring in what was looked at, conflicts as they were chosen."""
    merged = merging.merge(
        *(office, seen.copy), newest=True, chosen=chosen, each_setting=True, progress=progress
    )
    return Done(merged, tuple(items(office, merged)), merged.changed, counts(office, merged))


def as_chosen(seen: Seen, chosen: Mapping[Place, Value]) -> Merged:
    """What would come in with conflicts decided so, all others by the newest."""
    fields = {place: {*keys} for place, keys in seen.merged.fields.items()}
    merged = replace(seen.merged, fields=fields, settings={*seen.merged.settings})
    for conflict in merged.conflicts:
        place = (conflict.ledger, conflict.uid, conflict.field)
        if place in chosen:
            merged.decide(conflict, chosen[place])
    return merged


def renumber(office: Office, done: Done, progress: Progress) -> Done:
    """Settle the numbers that were given twice, as far as there are next ones; what is left to be looked at."""
    changed = twice.renumber_later(office, done.merged.twice, progress)
    before = {uid for one in done.merged.twice for uid in one.uids}
    done.merged.twice = [one for one in twice.everywhere(office) if not before.isdisjoint(one.uids)]
    return replace(done, items=tuple(items(office, done.merged)), changed=changed)


def counts(office: Office, merged: Merged) -> tuple[tuple[str, int, int], ...]:
    """What came into which ledger."""
    names = dict.fromkeys((*merged.inserted, *merged.updated))
    return tuple(
        (office.catalogue.every[name].title(), merged.inserted.get(name, 0), merged.updated.get(name, 0))
        for name in names
        if name in office.catalogue.every
    )


def _choosing(office: Office, conflict: Conflict, strange: bool) -> Choosing:
    theirs = conflict.newest == conflict.theirs
    if conflict.newest not in (conflict.ours, conflict.theirs):
        theirs = conflict.by_them.at > conflict.by_us.at
    sides = (
        Side(
            conflict.ours, merge_words.shown(office, conflict, conflict.ours), _by(conflict.by_us), not theirs
        ),
        Side(
            conflict.theirs,
            merge_words.shown(office, conflict, conflict.theirs),
            _by(conflict.by_them),
            theirs,
        ),
    )
    place = (conflict.ledger, conflict.uid, conflict.field)
    record = _record(office, conflict.ledger, conflict.uid)
    kept = strange and conflict.ledger == settings.LEDGER
    return Choosing(place, record, merge_words.field(office, conflict), sides, kept)


def _record(office: Office, name: str, uid: str) -> str:
    """A record by the short name of its ledger and its number."""
    ledger = office.catalogue.every.get(name)
    title = _(ledger.short) if ledger else _("Settings")
    return f"{title} {number_of(office, name, uid)}".strip()


def _by(written: Written) -> str:
    return " ".join(filter(None, (written.clerk, written.at.replace("T", " ")[:16])))


def items(office: Office, merged: Merged) -> Iterator[Item]:
    """What a clerk should look at, a line for each record."""

    def item(ledger: str, uid: str, what: str, text: str) -> Item:
        return Item(ledger, uid, what, _record(office, ledger, uid), text)

    for (name, uid), text in shared(merged.twice).items():
        yield item(name, uid, _("Given twice"), " · ".join(filter(None, (text, _entry(office, name, uid)))))
    for one in merged.apart:
        yield item(one.ledger, one.uid, _("Put away"), merge_words.apart(one))
    for broken in merged.broken:
        yield item(broken.ledger, broken.uid, _("A rule"), broken.message)
    for clash in merged.clashes:
        yield item(clash.ledger, "", _("Own things"), clash.sentence())


def shared(found: Iterable[Twice]) -> dict[tuple[str, str], str]:
    """By ledger and uid which of its numbers a record shares, in words; those of one number beside each other."""
    told: dict[tuple[str, str], str] = {}
    for one in found:
        text = _("running no. {number}").format(number=one.number) if one.running else _("the number")
        for uid in one.uids:
            before = told.get((one.ledger, uid))
            told[one.ledger, uid] = listed((before, text)) if before else text
    return told


def _entry(office: Office, name: str, uid: str) -> str:
    """Whom a record is about and who entered it, which tells it from the other one of its number."""
    ledger = office.catalogue.every[name]
    record = records.get(office.db, ledger, uid) or {}
    by = _("entered by {clerk}").format(clerk=record.get("created_by") or "")
    return " · ".join(filter(None, (about(ledger, record), by)))
