"""Telephones in sheets of cases: paired with the names of the row, and kept with the parties of the case.

A telephone that a party has already is never overwritten: importing a longer version of a sheet adds what is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.attached.parties import PARTIES
from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.db.writing import Writer
from tracker.exchange.headings import Column
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.party_columns import Phone
from tracker.i18n import _
from tracker.operations import parties
from tracker.operations.merged_cells import Merges
from tracker.operations.sheet_rows import Findings, Row
from tracker.schema.fields import Value, fold
from tracker.schema.ledger import Ledger

_BETWEEN = re.compile(r"\s*[、，,;；/|\n\r]+\s*")
_LEAST = 5
"""So many digits a telephone has at the least."""


@dataclass(frozen=True)
class Person:
    """A party with the telephone that it is to have; `uid` of one that the case has already."""

    role: str
    name: str
    phone: str
    uid: str = ""


def pairs(names: Sequence[str], text: str) -> dict[str, str] | None:
    """Whose each telephone of a cell is: the only name's, else each name's in order or as a name beside it says; None
    where the counts do not agree or there is none."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    spaced = text.split()
    if len(parts) == 1 and len(spaced) == len(names) and all(_digits(part) >= 7 for part in spaced):
        parts = spaced
    if not names or not parts or any(_digits(part) < _LEAST for part in parts):
        return None
    if len(names) == 1:
        return {names[0]: "、".join(_bare(names, part) for part in parts)}
    if len(parts) != len(names):
        return None
    beside = [next((name for name in names if name in part), "") for part in parts]
    of = beside if all(beside) and len(set(beside)) == len(names) else names
    return {name: _bare(names, part) for name, part in zip(of, parts, strict=True)}


def _digits(part: str) -> int:
    return sum(sign.isdigit() for sign in part)


def _bare(names: Sequence[str], part: str) -> str:
    for name in names:
        part = part.replace(name, "")
    return part.strip(" :：()（）\t")


class Pairs:
    """Takes the telephones of one sheet's rows out of what becomes their records."""

    def __init__(self, ledger: Ledger, mapping: Headings, merges: Merges, findings: Findings) -> None:
        self._ledger, self._merges, self._findings = ledger, merges, findings
        self._columns = [
            (column, column.field) for column in mapping.columns if isinstance(column.field, Phone)
        ]

    def take(self, rows: Iterable[Row]) -> None:
        """Pair them with the names of each row; what cannot be paired is told."""
        for row in rows if self._columns else ():
            for column, field in self._columns:
                text = row.record.pop(field.key, None)
                if text is not None and column.index not in self._merges.filled(row.number - 1):
                    self._pair(row, column, field, str(text))

    def _pair(self, row: Row, column: Column, field: Phone, text: str) -> None:
        if not _digits(text):
            return  # such as 无
        names = parties.names_of(self._ledger, field.names_key, row.record)
        found = pairs(names, text)
        if found is None:
            told = _(
                "{party}: {n} in this row, with which these telephones do not agree; they were left out. Enter them "
                "with the parties."
            )
            self._findings.warn(row, column, told.format(party=_(field.label), n=len(names)))
            return
        row.people |= {(field.role, name): phone for name, phone in found.items()}


class People:
    """What the rows' telephones add to the parties of their cases."""

    def __init__(self, db: Database, ledger: Ledger, findings: Findings) -> None:
        self._db, self._ledger, self._findings = db, ledger, findings
        self._there: dict[str, list[Record]] = {}

    def fetch(self, rows: Iterable[Row]) -> None:
        """Read the parties that the records of some rows have."""
        uids = [str(row.old["uid"]) for row in rows if row.people and row.old]
        self._there = {uid: [] for uid in uids}
        for party in records.holding(self._db, PARTIES, "record", uids):
            if party["binned_at"] is None:
                self._there[str(party["record"])].append(party)

    def added(self, row: Row, mapping: Headings) -> tuple[Person, ...]:
        """The parties that a row adds, and those that it gives a telephone; others are told of."""
        there = self._there.get(str(row.old["uid"]), []) if row.old else []
        order = [role.role for role in self._ledger.parties]
        found = []
        for (role, said), phone in sorted(row.people.items(), key=lambda one: order.index(one[0][0])):
            name = self._as_named(role, said, row)
            party = next((p for p in there if p["role"] == role and p["name"] == name), None)
            if party is None or not party["phone"]:
                found.append(Person(role, name, phone, str(party["uid"]) if party else ""))
            elif _number(party["phone"]) != _number(phone):
                self._tell(row, mapping, role, name, party["phone"])
        return tuple(found)

    def _as_named(self, role: str, said: str, row: Row) -> str:
        """The name as the record will have it, where links were spelled as the records that they name."""
        key = next(each.field for each in self._ledger.parties if each.role == role)
        names = parties.names_of(self._ledger, key, row.full)
        return next((name for name in names if fold(name) == fold(said)), said)

    def _tell(self, row: Row, mapping: Headings, role: str, name: str, phone: Value) -> None:
        column = next(c for c in mapping.columns if isinstance(c.field, Phone) and c.field.role == role)
        text = _("{name} has the telephone {phone} in the file, which stays; change it with the parties.")
        self._findings.warn(row, column, text.format(name=name, phone=phone))


def _number(phone: Value) -> str:
    return "".join(sign for sign in str(phone) if sign.isdigit())


def write(writer: Writer, ledger: Ledger, uid: str, people: Iterable[Person]) -> None:
    """Give the record of that uid the parties and telephones that were planned."""
    for person in people:
        old = records.get(writer.db, PARTIES, person.uid) if person.uid else None
        if old:
            writer.update(PARTIES, old, {"phone": person.phone})
            continue
        new: Mapping[str, Value] = {"role": person.role, "name": person.name, "phone": person.phone}
        owner: Mapping[str, Value] = {"of": ledger.name, "record": uid}
        writer.insert(PARTIES, {**owner, **new, "kind": parties.kind_of(person.name)})
