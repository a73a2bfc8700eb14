"""What a step did, in words for a menu: “change of the closing day of … No. 12”."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.db import draws, history, records, steps
from tracker.db import settings as stored
from tracker.db.history import Change
from tracker.db.steps import Step
from tracker.i18n import _, listed, ngettext
from tracker.operations import combining, handover, setting_words
from tracker.operations.office import Office
from tracker.schema.ledger import Ledger

NAMED = 3
"""So many fields or settings are named."""
LONGEST = 60
"""So many characters of a name are shown."""


@dataclass(frozen=True)
class Told:
    """An operation that is told: its id, the last of its rows and how many it has."""

    made: str
    made_last: str
    rows: int


def of(office: Office, step: Step) -> str:
    """The step in words, of the language in use; reads a few rows of the history."""
    if step.unbacked:
        return _("the merge (without a backup)")
    if step.wall:
        return (
            _("the merge (by its backup)") if step.wall == steps.MERGE else _("the restore (by its backup)")
        )
    kind, note = history.kind_of(office.db, step.made)
    return told(office, Told(step.made, step.made_last, step.rows), kind, note)


def past_wall(wall: Step) -> str:
    """How what no step takes back is taken back."""
    if wall.unbacked:
        text = _("No backup could be made before the merge: it cannot be taken back as a whole.")
    elif wall.wall == steps.MERGE:
        text = _("A merge is taken back by restoring the backup “before a merge” on the page of backups.")
    else:
        text = _("A restore is taken back by restoring the backup “before a restore” on the page of backups.")
    more = _("Nothing was undone. Undoing once more takes back what was done before.")
    return f"{text}\n{more}"


def told(office: Office, step: Told, kind: str, note: str) -> str:
    """Any operation in words; empty where it has no rows."""
    changes = history.first_changes(office.db, step.made, step.made_last, NAMED)
    if not changes:
        return ""
    first, count = changes[0], f"{step.rows:,}"
    if first.ledger == stored.LEDGER:
        deed = setting_words.clerk_deed(first.changes) if step.rows == 1 else ""
        return deed or _("setting of {names}").format(names=_setting_names(first))
    if kind == "import":
        tallies = history.tallied(office.db, step.made, step.made_last)
        whole = {name for name, ledger in office.catalogue.every.items() if not ledger.attached}
        rows = sum(n for name, _action, n in tallies if name in whole)
        text = ngettext("import of {file} ({n} record)", "import of {file} ({n} records)", rows)
        return text.format(file=_short(note), n=f"{rows:,}")
    if kind == handover.KIND:
        return _handed_over(office, step, note)
    if kind == "draw" or first.ledger == draws.LEDGER:
        return _("records of the draw “{title}”").format(title=_short(note))
    if first.ledger not in office.catalogue.every:
        return ngettext("change of {n} record", "change of {n} records", step.rows).format(n=count)
    ledger = office.catalogue.every[first.ledger]
    if ledger.attached:
        main = _main(office, step)
        if main is None:
            return _attached(office, ledger, first, step)
        first, ledger = main, office.catalogue.every[main.ledger]
    number = _number(office, ledger, first.uid)
    if kind == combining.KIND:
        return _("combining of {number} with another entry").format(number=number)
    rows = 1 if step.rows == 1 or kind in ("entry", "edit") else _alike(office, first, step)
    return _one(ledger, first, number) if rows == 1 else _many(ledger, first, kind, rows)


def _handed_over(office: Office, step: Told, note: str) -> str:
    tallies = history.tallied(office.db, step.made, step.made_last)
    cases = sum(n for name, _action, n in tallies if name in office.catalogue.by_name)
    text = ngettext("handing over of {n} case ({people})", "handing over of {n} cases ({people})", cases)
    return text.format(n=f"{cases:,}", people=_short(note))


def _main(office: Office, step: Told) -> Change | None:
    """The first record that came, went or came back with what belongs to it, where there is one."""
    whole = [ledger.name for ledger in office.catalogue.every.values() if not ledger.attached]
    return history.first_whole(office.db, step.made, step.made_last, whole)


def _alike(office: Office, first: Change, step: Told) -> int:
    """With how many records the same was done as with the first; what belongs to them or follows is not counted."""
    tallies = history.tallied(office.db, step.made, step.made_last)
    return sum(n for name, action, n in tallies if (name, action) == (first.ledger, first.action))


def _one(ledger: Ledger, change: Change, number: str) -> str:
    if change.action == "insert":
        return _("entry of {number}").format(number=number)
    if change.action == "bin":
        return _("putting {number} into the bin").format(number=number)
    if change.action == "delete":
        return _("deleting {number} from the bin").format(number=number)
    if change.action == "restore":
        return _("restoring {number}").format(number=number)
    return _("change of {fields} of {number}").format(fields=_fields(ledger, change), number=number)


def _many(ledger: Ledger, first: Change, kind: str, rows: int) -> str:
    values = {"n": f"{rows:,}", "fields": _fields(ledger, first)}
    if first.action == "insert":
        text = ngettext("entry of {n} record", "entry of {n} records", rows)
    elif first.action == "bin":
        text = ngettext("putting {n} record into the bin", "putting {n} records into the bin", rows)
    elif first.action == "delete":
        text = ngettext("deleting {n} record from the bin", "deleting {n} records from the bin", rows)
    elif first.action == "restore":
        text = ngettext("restoring {n} record", "restoring {n} records", rows)
    elif kind == "bulk":
        text = ngettext("change of {fields} of {n} record", "change of {fields} of {n} records", rows)
    else:
        text = ngettext("change of {n} record", "change of {n} records", rows)
    return text.format(**values)


def _attached(office: Office, ledger: Ledger, first: Change, step: Told) -> str:
    """What was done to the things that belong to a record, or several: these are named, not what followed in them."""
    every = office.catalogue.every
    tallies = history.tallied(office.db, step.made, step.made_last)
    tallies = [tally for tally in tallies if tally[0] in every and every[tally[0]].attached]
    thing = records.get(office.db, ledger, first.uid) or {}
    owner, title = every.get(str(thing.get("of"))), _short(str(thing.get(ledger.number) or ""))
    number = _number(office, owner, str(thing.get("record"))) if owner else ""
    if sum(count for *_what, count in tallies) == 1:
        return _attached_one(first.action).format(
            title=title, things=_(ledger.short).lower(), number=number, fields=_fields(ledger, first)
        )
    of = history.owners(office.db, ledger.name, step.made, step.made_last)
    if of > 1:
        number = _("{number} and others, {n} records in all").format(number=number, n=f"{of:,}")
    counts: dict[str, int] = {}
    for name, _action, count in tallies:
        counts[name] = counts.get(name, 0) + count
    one = _("{things} ({n})")
    things = listed(one.format(things=_(every[name].short).lower(), n=f"{n:,}") for name, n in counts.items())
    actions = {action for _name, action, _count in tallies}
    return _attached_many(actions).format(things=things, number=number)


def _attached_one(action: str) -> str:
    if action == "insert":
        return _("entry of “{title}” in the {things} of {number}")
    if action == "bin":
        return _("removal of “{title}” from the {things} of {number}")
    if action == "restore":
        return _("restoring of “{title}” in the {things} of {number}")
    return _("change of {fields} of “{title}” in the {things} of {number}")


def _attached_many(actions: set[str]) -> str:
    if actions == {"insert"}:
        return _("entry of {things} of {number}")
    if actions == {"bin"}:
        return _("removal of {things} of {number}")
    if actions == {"restore"}:
        return _("restoring of {things} of {number}")
    return _("change of {things} of {number}")


def _number(office: Office, ledger: Ledger, uid: str) -> str:
    record = records.get(office.db, ledger, uid) or {}
    return _short(ledger.called.shown(record.get(ledger.called.key)) or str(record.get(ledger.number) or ""))


def _fields(ledger: Ledger, change: Change) -> str:
    known = (ledger.by_key[key].title() for key in change.changes if key in ledger.by_key)
    return _some([*known])


def _setting_names(change: Change) -> str:
    return _some([_short(setting_words.name(key, pair)) for key, pair in change.changes.items()])


def _some(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    more = len(names) - NAMED
    some = listed(names[:NAMED])
    return _("{names} and {n} more").format(names=some, n=more) if more > 0 else some


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
