"""Recording: checking, saving, binning and numbering single records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.db import records
from tracker.db.records import Record
from tracker.errors import RecordProblems, UserError
from tracker.i18n import _
from tracker.operations import combining, links
from tracker.operations.office import Changed, Office
from tracker.schema import numbering
from tracker.schema.clerks import Deed
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem


@dataclass(frozen=True)
class Saved:
    """A record that is safely in the file."""

    uid: str
    changed: Changed
    warnings: tuple[Problem, ...] = ()


def check(
    office: Office, ledger: Ledger, record: Mapping[str, Value], uid: str | None = None
) -> tuple[Problem, ...]:
    """Everything wrong or unlikely about a record; `uid` is the record itself where it is in the file already."""
    found = [*ledger.problems(record), *links.respelled(office.db, ledger, record)[1]]
    number = record.get(ledger.number)
    if number:
        known = taken(office, ledger, str(number), uid)
        found += [known] if known else []
    return tuple(found)


def taken(office: Office, ledger: Ledger, number: str, uid: str | None = None) -> Problem | None:
    """What to say where another record than that of the uid has the number."""
    same = [other for other in records.by_number(office.db, ledger, number) if other["uid"] != uid]
    if not same or (uid and any(o["uid"] == uid for o in records.by_number(office.db, ledger, number))):
        return None
    where = _("in the bin") if same[0]["binned_at"] else str(same[0][ledger.day or "created_at"])[:10]
    text = _("{number} is already given to another record ({where}); take another number.")
    return Problem(ledger.number, text.format(number=number, where=where), number)


def save(office: Office, ledger: Ledger, record: Mapping[str, Value], uid: str | None = None) -> Saved:
    """Add a record, or with `uid` change it; raises RecordProblems and saves nothing where it has problems.

    `record` holds the form's fields; those that are absent stay as they are.
    """
    keys = [*(f.key for f in ledger.inputs), *({CONTINUES.key} & ledger.by_key.keys())]
    typed = {key: record[key] for key in keys if key in record}
    with office.writing(
        "edit" if uid else "entry"
    ) as writer:  # what is looked up stays so until it is written
        old = records.get(office.db, ledger, uid) if uid else None
        if uid and old is None:
            raise UserError(_("The record is no longer in the file; reopen the list."))
        typed = links.respelled(office.db, ledger, typed)[0]
        found = check(office, ledger, {**(old or {}), **typed}, uid)
        refuse([problem for problem in found if not problem.warning])
        if old:
            writer.update(ledger, old, typed)
        saved = str(old["uid"]) if old else writer.insert(ledger, typed)
    changed = Changed(frozenset({ledger.name, *writer.followed}))
    return Saved(saved, changed, tuple(p for p in found if p.warning))


def refuse(problems: list[Problem]) -> None:
    """Raise RecordProblems with the first problem's sentence where there is any."""
    if problems:
        raise RecordProblems(tuple(problems), problems[0].message)


def bin_records(office: Office, ledger: Ledger, uids: Iterable[str]) -> Changed:
    """Put records into the bin."""
    with office.writing("bin") as writer:
        for old in _present(office, ledger, uids):
            if old["binned_at"] is None:
                writer.bin(ledger, old)
    return Changed(frozenset({ledger.name}))


def delete_records(office: Office, ledger: Ledger, uids: Iterable[str]) -> Changed:
    """Delete records from the bin: they are in no list any more, and their numbers are free. It cannot be undone; what
    they were stays in the history. Raises UserError for who may not, and for one that is not in the bin."""
    office.needs(Deed.DELETE)
    with office.writing("delete") as writer:
        for old in _present(office, ledger, uids):
            if old["binned_at"] is None:
                text = _("{number} is not in the bin; put it there first.")
                raise UserError(text.format(number=ledger.field(ledger.number).format(old[ledger.number])))
            if not records.is_deleted(old):
                writer.delete(ledger, old)
    return Changed(frozenset({ledger.name}))


def deleted(ledger: Ledger, record: Record) -> UserError:
    """What to say where a record that was deleted from the bin is to come back."""
    text = _("{number} was deleted from the bin; enter it anew, its history says what it was.")
    return UserError(text.format(number=ledger.field(ledger.number).format(record[ledger.number])))


def restore_records(office: Office, ledger: Ledger, uids: Iterable[str]) -> Changed:
    """Take records out of the bin; an entry that was combined with another one becomes one of its own again.

    Raises RecordProblems where one was taken back meanwhile and another record was given its number.
    """
    with office.writing("restore") as writer:
        for old in _present(office, ledger, uids):
            if records.is_deleted(old):
                raise deleted(ledger, old)
            if old["binned_at"] is not None:
                if old["number_key"] is None:  # it was taken back, and its number has been free since
                    found = taken(office, ledger, str(old[ledger.number]), str(old["uid"]))
                    refuse([found] if found else [])
                combining.take_back(office, writer, ledger, str(old["uid"]))
                writer.restore(ledger, old)
    return Changed(frozenset({ledger.name, *writer.followed}))


def _present(office: Office, ledger: Ledger, uids: Iterable[str]) -> list[Record]:
    return [old for old in (records.get(office.db, ledger, uid) for uid in uids) if old]


def propose_number(office: Office, ledger: Ledger, day: str | None) -> str:
    """The next number by the office's pattern in the year of `day` (ISO), or of today; none for a name."""
    pattern = office.patterns.get(ledger.name)
    if pattern is None:
        return ""
    year = 0 if not ledger.day else int(day[:4]) if day else date.today().year
    n = records.last_numbers(office.db, ledger, year)[1] + 1
    while records.by_number(office.db, ledger, pattern.number(year, n)):
        n += 1
    return pattern.number(year, n)


def number_gaps(office: Office, ledger: Ledger, year: int) -> tuple[int, ...]:
    """Counters that no number of the year has, between 1 and the greatest; none where names tell records apart."""
    if ledger.name not in office.patterns or not ledger.day:
        return ()
    return numbering.gaps(records.counters(office.db, ledger, office.patterns[ledger.name], year))


def blank(ledger: Ledger, today: date, last: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """A new record: defaults, today as its first day, and what carries over from the last one."""
    record: dict[str, Value] = {f.key: f.default if f.prefill is None else f.prefill for f in ledger.inputs}
    if ledger.day:
        record[ledger.day] = today.isoformat()
    if last:
        record |= {f.key: last[f.key] for f in ledger.inputs if f.carry and last.get(f.key) is not None}
    return record


def duplicate(ledger: Ledger, record: Mapping[str, Value]) -> dict[str, Value]:
    """What a new record begins with that is like this one: not its number, no day, and nothing of its further course.

    To the course belong the groups of the form that hold a day, but for those of the record's number and first day;
    what "save and next" would take over is taken over here too.
    """
    first = {ledger.field(key).group for key in (ledger.number, ledger.day) if key}
    course = {f.group for f in ledger.entered if isinstance(f, Day)} - first
    return {
        f.key: record[f.key]
        for f in ledger.inputs
        if (f.carry or f.group not in course)
        and not isinstance(f, Day)
        and f.key != ledger.number
        and record.get(f.key) is not None
    }
