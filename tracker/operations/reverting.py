"""An earlier state of a record brought back: first a plan that changes nothing, then one operation that can be undone.

With the record comes what belonged to it then: events, parties and files that came later go into the bin, those that
went come back. Fields that follow events follow those of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.attached.head import HEAD
from tracker.db import history, records
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import combining, editing, past
from tracker.operations.office import Changed, Office
from tracker.operations.past import Past, State
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

KIND = "revert"
"""The kind of the operation in the history."""
_HEAD = frozenset(field.key for field in HEAD)


@dataclass(frozen=True)
class Part:
    """What changes of the record itself, or of one thing that belongs to it; `old` is what it is now."""

    ledger: Ledger
    old: Record
    fields: Mapping[str, Value]
    """Those that would be others, as they were."""
    comes: bool = False
    goes: bool = False

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Each field that changes: what it is called, what it holds now, and what it would hold again."""
        for key, value in self.fields.items():
            field = self.ledger.by_key[key]
            yield field.title(), field.shown(self.old[key]), field.shown(value)

    def title(self) -> str:
        """Which thing it is."""
        return f"{self.ledger.title()} {self.old.get(self.ledger.number) or ''}".strip()


@dataclass(frozen=True)
class Plan:
    """What bringing back the state after a row of the history would change; empty parts where that is what it is."""

    ledger: Ledger
    uid: str
    row: str
    parts: tuple[Part, ...]
    problem: str
    """Why it cannot be, where it cannot."""
    heads: bytes
    """Where the history stood when the plan was made."""


def plan(office: Office, ledger: Ledger, uid: str, row: str) -> Plan:
    """What would change. Raises UserError where the record was not there yet, or is gone."""
    with office.db.snapshot():
        record = _record(office, ledger, uid)
        if records.is_deleted(record):
            raise editing.deleted(ledger, record)
        told: dict[str, list[Past]] = {}
        for one in past.of_record(office, ledger, record):
            told.setdefault(one.uid, []).append(one)
        if row < told[uid][0].entry.id:
            raise UserError(_("The record did not exist yet at that time."))
        then = past.state(told[uid], row)
        parts = [*_own(ledger, record, then), *_attached(office, told, uid, row)]
        problem = _problem(office, ledger, record, parts)
        return Plan(ledger, uid, row, tuple(parts), problem, history.heads(office.db))


def carry_out(office: Office, wanted: Plan) -> Changed:
    """Bring the state back, as one operation. Raises UserError where the file has changed since, or it cannot be."""
    ledger = wanted.ledger
    with office.writing(KIND) as writer:
        if history.heads(office.db) != wanted.heads:
            raise UserError(_("The data file has changed since this was worked out; look at it again."))
        if wanted.problem:
            raise UserError(wanted.problem)
        own = [part for part in wanted.parts if part.ledger is ledger]
        for part in wanted.parts:
            if part.goes:
                writer.bin(part.ledger, part.old)
                continue
            if part.comes:
                if part.ledger is ledger:
                    combining.take_back(office, writer, ledger, wanted.uid)
                writer.restore(part.ledger, part.old)
            if part.ledger is not ledger and part.fields:
                writer.update(part.ledger, part.old, part.fields)
        writer.settle()
        for part in own:
            writer.update(ledger, _record(office, ledger, wanted.uid), part.fields)
    touched = {ledger.name, *(part.ledger.name for part in wanted.parts), *writer.followed}
    return Changed(frozenset(touched))


def _own(ledger: Ledger, record: Record, then: State) -> Iterator[Part]:
    fields = _differing(ledger, record, then)
    comes = then.there and record["binned_at"] is not None
    if fields or comes:
        yield Part(ledger, record, fields, comes=comes)


def _attached(office: Office, told: Mapping[str, list[Past]], uid: str, row: str) -> Iterator[Part]:
    for one, rows in told.items():
        if one == uid:
            continue
        ledger, then = rows[0].ledger, past.state(rows, row)
        old = records.get(office.db, ledger, one)
        if old is None:
            continue
        there = old["binned_at"] is None
        if there and not then.there:
            yield Part(ledger, old, {}, goes=True)
        elif then.there:
            fields = _differing(ledger, old, then, _HEAD)
            if fields or not there:
                yield Part(ledger, old, fields, comes=not there)


def _differing(ledger: Ledger, record: Record, then: State, but: Iterable[str] = ()) -> dict[str, Value]:
    keys = {field.key: field.default for field in ledger.inputs}
    if CONTINUES.key in ledger.by_key:
        keys[CONTINUES.key] = None
    before = {key: then.fields.get(key, default) for key, default in keys.items() if key not in but}
    return {key: value for key, value in before.items() if record[key] != value}


def _problem(office: Office, ledger: Ledger, record: Record, parts: Iterable[Part]) -> str:
    """What today's rules, or other records, have against the record as it was."""
    own = next((part for part in parts if part.ledger is ledger), None)
    if own is None:
        return ""
    found = editing.check(office, ledger, {**record, **own.fields}, str(record["uid"]))
    about = {*own.fields, *([ledger.number] if own.comes else [])}
    walls = [problem for problem in found if not problem.warning and problem.field in about]
    return walls[0].message if walls else ""


def _record(office: Office, ledger: Ledger, uid: str) -> Record:
    found = records.get(office.db, ledger, uid)
    if found is None:
        raise UserError(_("The record is no longer in the file; reopen the list."))
    return found
