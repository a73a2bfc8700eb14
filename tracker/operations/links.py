"""Records that name each other: what one names, what names it, and what is offered while a name is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.db import records
from tracker.db.database import Database
from tracker.db.names import Registers, Target
from tracker.db.records import Query, Record
from tracker.i18n import _
from tracker.schema.fields import CreditCode, Field, Link, Names, Number, Text, Value
from tracker.schema.filters import Condition, Named, OneOf, split_names
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Problem

FEW = 5
"""So many of the newest records are shown of those that name one."""
COLUMNS = 7
"""So many columns of them; a narrow window shows the first."""
OFFERED = 12


@dataclass(frozen=True)
class Outgoing:
    """What one field of a record names: records there are, and names that no record has."""

    field: Field
    ledger: Ledger
    found: tuple[Target, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Incoming:
    """The records of a ledger that name one in one of their fields; `columns` and `rows` are of the newest few."""

    ledger: Ledger
    field: Field
    where: Condition
    count: int
    columns: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    uids: tuple[str, ...]


@dataclass(frozen=True)
class Offer:
    """A record that a name being typed may mean, and what tells it from others."""

    called: str
    detail: str


def named(field: Field, value: Value) -> tuple[str, ...]:
    """The names in a field: of a link one, in free text as many as stand there."""
    if value is None:
        return ()
    return (str(value),) if isinstance(field, Link) else split_names(str(value))


def outgoing(db: Database, ledger: Ledger, record: Mapping[str, Value]) -> tuple[Outgoing, ...]:
    """What each naming field of a record names, in the form's order; empty fields are left out."""
    registers, told = Registers(db), []
    for field in ledger.naming:
        register, names = registers.of(field.names), named(field, record.get(field.key))
        if register and names:
            found = register.find(names)
            targets = dict.fromkeys(found[name] for name in names if name in found)
            unknown = tuple(name for name in names if name not in found)
            told.append(Outgoing(field, register.ledger, tuple(targets), unknown))
    return tuple(told)


def incoming(db: Database, ledger: Ledger, record: Mapping[str, Value]) -> tuple[Incoming, ...]:
    """What names a record, by ledger and field; those that do not are left out."""
    names = names_of(ledger, record)
    if not names:
        return ()
    with db.snapshot():
        told = [_incoming(db, *place, names) for place in db.catalogue.naming(ledger)]
    return tuple(part for part in told if part.count)


def names_of(ledger: Ledger, record: Mapping[str, Value]) -> tuple[str, ...]:
    """What a record is called, and is or was called elsewhere."""
    called = record.get(ledger.called.key)
    aliases = Names.split(record.get(ledger.aliases)) if ledger.aliases else ()
    return tuple(dict.fromkeys((str(called), *aliases))) if called else aliases


def names_it(field: Field, names: Sequence[str]) -> Condition:
    """The condition that a field names a record: a link holds what it is called, free text any of its names."""
    if isinstance(field, Link):
        return OneOf(field.key, tuple(names))
    return Named(field.key, tuple(dict.fromkeys(s for name in names for s in _spellings(name))))


def _spellings(name: str) -> tuple[str, ...]:
    """A name with brackets of either width."""
    return (name, name.translate(_WIDE), name.translate(_NARROW))


_WIDE, _NARROW = str.maketrans("()", "（）"), str.maketrans("（）", "()")


def _incoming(db: Database, other: Ledger, field: Field, names: Sequence[str]) -> Incoming:
    where = names_it(field, names)
    columns = tuple(other.field(key) for key in shown(other, field))
    query = Query(other, where)
    ids = records.ids(db, query, FEW)
    rows = [row for row in records.rows(db, other, ("uid", *(c.key for c in columns)), ids) if row]
    count = len(ids) if len(ids) < FEW else records.count(db, query)
    told = tuple(tuple(row[1:]) for row in rows), tuple(str(row[0]) for row in rows)
    return Incoming(other, field, where, count, columns, *told)


def shown(ledger: Ledger, naming: Field | None = None) -> tuple[str, ...]:
    """The columns by which a record is known at a glance: its number, its day, then those of its list."""
    first = [ledger.number, ledger.day] if ledger.day else [ledger.number]
    keys = dict.fromkeys((*first, *ledger.columns))
    told = (key for key in keys if not ledger.field(key).personal)
    return tuple(key for key in told if naming is None or key != naming.key)[:COLUMNS]


class Speller:
    """Gives links the spelling of the records that they name, and tells of those that name none."""

    def __init__(self, db: Database, ledger: Ledger) -> None:
        self.ledger = ledger
        self._registers = Registers(db)
        self._links = [field for field in ledger.naming if isinstance(field, Link)]

    def respell(self, many: Sequence[dict[str, Value]]) -> Iterator[tuple[int, Field, str]]:
        """Change the records in place; yields place, field and text of each link that names no record."""
        for field in self._links:
            register = self._registers.of(field.names)
            held = {n: str(record[field.key]) for n, record in enumerate(many) if record.get(field.key)}
            if register is None or not held:
                continue
            found = register.find(held.values())
            for n, text in held.items():
                target = found.get(text)
                many[n][field.key] = target.called if target else _spelled(register.ledger, text)
                if target is None:
                    yield n, field, text


def _spelled(ledger: Ledger, text: str) -> str:
    """What a record is called as it would be stored, so that the link meets it once it is there."""
    return ledger.called.spelled(text) if isinstance(ledger.called, Number) else text


def respelled(
    db: Database, ledger: Ledger, record: Mapping[str, Value]
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """The record with its links spelled as what they name, and a warning for each that names no record."""
    result = dict(record)
    unknown = tuple(Speller(db, ledger).respell([result]))
    return result, tuple(
        Problem(field.key, names_none(db, field, text), text, True) for _n, field, text in unknown
    )


def names_none(db: Database, field: Field, text: str) -> str:
    """The warning that a link names no record."""
    message = _("“{name}” is not among the records of “{ledger}”; enter it there, or correct the name.")
    return message.format(name=text, ledger=db.catalogue.by_name[field.names].title())


# offers while typing


def offers(
    db: Database, ledger: Ledger, field: Field, typed: str, record: Mapping[str, Value] | None = None
) -> tuple[Offer, ...]:
    """The records that a text in a naming field may mean: those paired with this record first, then by what they
    are called, by their other names and by their credit codes."""
    register = db.catalogue.by_name.get(field.names)
    if register is None:
        return ()
    found = [
        r for r in _paired(db, ledger, field, record or {}, register) if typed in str(r[register.called.key])
    ]
    if typed:
        for key in _looked_at(register):
            if len(found) < OFFERED:
                held = records.suggestions(db, register, key, typed, OFFERED)
                order = {value: n for n, value in enumerate(held)}
                found += sorted(
                    _meeting(db, register, OneOf(key, tuple(held))), key=lambda r: order[str(r[key])]
                )
    unique = {str(r[register.called.key]): r for r in reversed(found) if r[register.called.key]}
    ordered = dict.fromkeys(str(r[register.called.key]) for r in found if r[register.called.key])
    return tuple(Offer(called, detail(register, unique[called])) for called in ordered)[:OFFERED]


def _looked_at(register: Ledger) -> Iterator[str]:
    yield from dict.fromkeys(key for key in (register.called.key, register.number, register.aliases) if key)
    yield from (f.key for f in register.entered if isinstance(f, CreditCode))


def detail(register: Ledger, record: Mapping[str, Value]) -> str:
    """What tells a record from others called alike: its number or credit code, and the first texts of its list."""
    called = register.called.key
    codes = [register.number, *(f.key for f in register.entered if isinstance(f, CreditCode))]
    texts = [key for key in register.columns if type(register.field(key)) in (Text, Link)]
    texts = [key for key in texts if not register.field(key).personal]
    keys = (key for key in dict.fromkeys((*codes, *texts)) if key != called and record.get(key))
    told = (register.field(key).format(record[key]) for key, _n in zip(keys, range(2), strict=False))
    return " · ".join(told)


def _paired(
    db: Database, ledger: Ledger, field: Field, record: Mapping[str, Value], register: Ledger
) -> list[Record]:
    """The records of the register that are alike with this one in the fields that pair them."""
    if not isinstance(field, Link) or field.paired is None:
        return []
    own, others = field.paired
    names = split_names(str(record.get(own) or ""))
    if not names:
        return []
    return _meeting(db, register, Named(others, names))


def _meeting(db: Database, register: Ledger, where: Condition) -> list[Record]:
    ids = records.ids(db, Query(register, where), OFFERED)
    return [found for found in (records.by_id(db, register, number) for number in ids) if found]


def proposals(db: Database, ledger: Ledger, record: Mapping[str, Value]) -> dict[str, str]:
    """For each link that pairs records, the only one there is to be paired with."""
    told: dict[str, str] = {}
    for field in ledger.naming:
        register = db.catalogue.by_name.get(field.names)
        found = _paired(db, ledger, field, record, register) if register else []
        if len(found) == 1 and register:
            told[field.key] = str(found[0][register.called.key])
    return told


def pairing(ledger: Ledger) -> frozenset[str]:
    """The fields of a ledger by which its links are paired."""
    links: Iterable[Field] = ledger.naming
    return frozenset(f.paired[0] for f in links if isinstance(f, Link) and f.paired)
