"""Figures of a period: all of one ledger in one scan for each set of rows that they share.

Atoms that begin with the same condition (accepted in the period, closed in the period ...) are computed by one SELECT
over just those rows. Drill-down uses the same conditions, so a figure and its records cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.db.database import Database
from tracker.period import Period
from tracker.schema.fields import Choice, Choices, Day
from tracker.schema.filters import All, Condition, Disjoint, Is, Sql, both
from tracker.schema.indicator import (
    UNSPECIFIED,
    Atom,
    Breakdown,
    Count,
    DaySum,
    Distinct,
    Figure,
    Indicator,
    Ratio,
    Sum,
    atoms_of,
    is_money,
)
from tracker.schema.ledger import Ledger

Numbers = dict[Atom, int]
Named = tuple[str, Atom]
"""An atom with the name of its ledger."""


def figures(
    db: Database, indicators: Iterable[Indicator], period: Period, compared: bool = True
) -> list[Figure]:
    """The indicators' figures in a period, with last year's beside them where compared; one pass for each ledger."""
    wanted = list(indicators)
    now = _period(db, wanted, period)
    if not compared:
        return now
    before = _period(db, [i for i in wanted if not isinstance(i.measure, Breakdown)], period.previous())
    known = {figure.indicator.key: figure for figure in before}
    return [replace(figure, previous=known.get(figure.indicator.key)) for figure in now]


def _period(db: Database, indicators: list[Indicator], period: Period) -> list[Figure]:
    ledgers, wanted = db.catalogue.by_name, dict[str, dict[Atom, None]]()
    for indicator in indicators:
        for atom in _needed(indicator, ledgers[indicator.ledger]):
            wanted.setdefault(indicator.ledger_of(atom), {})[atom] = None
    numbers = {
        (name, atom): number
        for name, atoms in wanted.items()
        for atom, number in values(db, ledgers[name], atoms, period).items()
    }
    return [_figure(db, indicator, period, numbers) for indicator in indicators]


def _needed(indicator: Indicator, ledger: Ledger) -> tuple[Atom, ...]:
    measure = indicator.measure
    if isinstance(measure, Breakdown) and _by_atoms(measure, ledger):
        return measure.of, *_part_atoms(measure, ledger).values()
    return indicator.atoms()


def _by_atoms(measure: Breakdown, ledger: Ledger) -> bool:
    """Whether the parts are plain numbers of the common scan: codes of a field that holds one."""
    field = ledger.field(measure.by)
    return isinstance(field, Choice) and not isinstance(field, Choices) and not measure.month


def _part_atoms(measure: Breakdown, ledger: Ledger) -> dict[str, Atom]:
    field = ledger.field(measure.by)
    codes = field.codes if isinstance(field, Choice) else ()
    return {
        code.key: replace(measure.of, where=both(measure.of.where, Is(field.key, code.key))) for code in codes
    }


def _figure(db: Database, indicator: Indicator, period: Period, numbers: Mapping[Named, int]) -> Figure:
    measure, catalogue = indicator.measure, db.catalogue
    totals = [
        sum(numbers[indicator.ledger_of(atom), atom] for atom in atoms_of(quantity))
        for quantity in indicator.quantities()
    ]
    money = [is_money(indicator, quantity, catalogue.by_name) for quantity in indicator.quantities()]
    rounding = (catalogue.rounding or {}).get(indicator.key)
    figure = Figure(
        indicator, period, totals[0], money=money[0], rounding=rounding, ledgers=catalogue.by_name
    )
    if isinstance(measure, Ratio):
        return replace(figure, denominator=totals[1], below_money=money[1])
    if isinstance(measure, Breakdown):
        ledger = catalogue.by_name[indicator.ledger]
        return replace(figure, parts=_parts(db, ledger, measure, period, numbers))
    return figure


def _parts(
    db: Database, ledger: Ledger, measure: Breakdown, period: Period, numbers: Mapping[Named, int]
) -> Mapping[str, int]:
    if _by_atoms(measure, ledger):
        parts = {key: numbers[ledger.name, atom] for key, atom in _part_atoms(measure, ledger).items()}
        parts[UNSPECIFIED] = numbers[ledger.name, measure.of] - sum(parts.values())
    else:
        parts = _grouped(db, ledger, measure, period)
    return {key: number for key, number in parts.items() if number}


def _grouped(db: Database, ledger: Ledger, measure: Breakdown, period: Period) -> dict[str, int]:
    clause, parameters = _records(measure.of.where.at(period))
    by = f"substr({measure.by}, 1, 7)" if measure.month else measure.by
    value = f"coalesce(sum({measure.of.field}), 0)" if isinstance(measure.of, Sum) else "count(*)"
    parts: dict[str, int] = {}
    for held, number in db.rows(f"SELECT {by}, {value} FROM {ledger.name} {clause} GROUP BY 1", parameters):
        key = UNSPECIFIED if held is None else str(held).split(";")[0]
        parts[key] = parts.get(key, 0) + number
    return _in_order(parts, ledger, measure)


def _in_order(parts: dict[str, int], ledger: Ledger, measure: Breakdown) -> dict[str, int]:
    field = ledger.field(measure.by)
    if measure.month or not isinstance(field, Choice):
        return dict(sorted(parts.items()))
    order = {code.key: n for n, code in enumerate(field.codes)}
    return dict(
        sorted(parts.items(), key=lambda part: (part[0] == UNSPECIFIED, order.get(part[0], len(order))))
    )


def values(db: Database, ledger: Ledger, atoms: Iterable[Atom], period: Period) -> Numbers:
    """The atoms' numbers in a period."""
    wanted = {atom: _apart(atom) for atom in atoms}
    shared: dict[Condition, list[_Resolved]] = {}
    for atom in dict.fromkeys(part for parts in wanted.values() for part in parts):
        resolved = _resolve(atom, period)
        shared.setdefault(resolved.base, []).append(resolved)
    numbers: Numbers = {}
    for base, together in shared.items():
        numbers |= _scan(db, ledger, base, together)
    return {atom: sum(numbers[part] for part in parts) for atom, parts in wanted.items()}


def _apart(atom: Atom) -> tuple[Atom, ...]:
    """The atoms whose sum it is: one for each of conditions that exclude each other."""
    if isinstance(atom.where, Disjoint) and not isinstance(atom, Distinct):
        return tuple(replace(atom, where=part) for part in atom.where.parts)
    return (atom,)


@dataclass(frozen=True)
class _Resolved:
    """An atom with the period filled in: the condition it shares with others, and what is left for itself."""

    atom: Atom
    base: Condition
    rest: tuple[Condition, ...]


def _resolve(atom: Atom, period: Period) -> _Resolved:
    where = atom.where.at(period)
    if not isinstance(where, All) or not where.parts:
        return _Resolved(atom, where, ())
    return _Resolved(atom, where.parts[0], where.parts[1:])


def _scan(db: Database, ledger: Ledger, base: Condition, together: list[_Resolved]) -> Numbers:
    common = tuple(part for part in together[0].rest if all(part in other.rest for other in together))
    expressions: list[str] = []
    parameters: list[str | int] = []
    for resolved in together:
        rest = All(tuple(part for part in resolved.rest if part not in common))
        sql, more = _aggregate(ledger, resolved.atom, rest)
        expressions.append(sql)
        parameters.extend(more)
    clause, more = _records(both(base, *common))
    row = db.one(f"SELECT {', '.join(expressions)} FROM {ledger.name} {clause}", (*parameters, *more))
    return {resolved.atom: int(number) for resolved, number in zip(together, row or (), strict=True)}


def _records(condition: Condition) -> Sql:
    sql, parameters = condition.sql()
    return f"WHERE binned_at IS NULL AND ({sql})", parameters


def _aggregate(ledger: Ledger, atom: Atom, rest: Condition) -> Sql:
    sql, parameters = rest.sql()
    kept = "" if sql == "1" else f" FILTER (WHERE {sql})"
    if isinstance(atom, Count):
        return f"count(*){kept}", parameters
    if isinstance(atom, Sum):
        return f"coalesce(sum({atom.field}){kept}, 0)", parameters
    if isinstance(atom, DaySum):
        days = f"{_julian(ledger, atom.last)} - {_julian(ledger, atom.first)}"
        return f"coalesce(sum({days}){kept}, 0)", parameters
    return _distinct(atom, sql, parameters)


def _julian(ledger: Ledger, key: str) -> str:
    """SQL for the day's number; a time of day is cut off."""
    field = ledger.field(key)
    return (
        f"julianday(substr({key}, 1, 10))" if isinstance(field, Day) and field.moment else f"julianday({key})"
    )


def _distinct(atom: Distinct, sql: str, parameters: tuple[str | int, ...]) -> Sql:
    value = f"substr({atom.field}, 1, 7)" if atom.month else atom.field
    text = f"count(DISTINCT {value}) FILTER (WHERE {sql})"
    if not atom.blanks:
        return text, parameters
    return f"{text} + count(*) FILTER (WHERE ({sql}) AND {atom.field} IS NULL)", (*parameters, *parameters)
