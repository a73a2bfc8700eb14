"""Every figure agrees with a second computation, and with the records behind it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import FIRST, LAST, filled, random_record, valid_records
from tests.unit.definitions import Figures, printed
from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Query
from tracker.errors import FileProblem
from tracker.indicators import BY_KEY, INDICATORS
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.operations import figures as operations
from tracker.operations import listing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.fields import Money, Names, Value
from tracker.schema.filters import All, Condition, InPeriod, NamedIn
from tracker.schema.indicator import Breakdown, Count, DaySum, Distinct, Indicator, Ratio, Sum, atoms_of
from tracker.schema.ledger import Ledger

Records = dict[str, list[dict[str, Value]]]
EVERY = All(())

several = st.fixed_dictionaries(
    {ledger.name: st.lists(valid_records(ledger), max_size=6) for ledger in LEDGERS}
)
days = st.dates(FIRST, LAST)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any range inside the records' days, with an as-of day before, in or after it."""
    begin, end = sorted((draw(days), draw(days)))
    return Period.of(begin, end, draw(st.none() | days))


def office_with(folder: str, chosen: Records) -> Office:
    return filled(Path(folder) / "cases.db", {BY_NAME[name]: many for name, many in chosen.items()})


def plain(office: Office) -> dict[str, list[dict[str, object]]]:
    """All records as the command line lists them."""
    listed = {ledger.name: list(listing.plain_rows(office.db, Query(ledger))) for ledger in LEDGERS}
    return json.loads(json.dumps(listed))  # type: ignore[no-any-return]


def expected(value: Any, indicator: Indicator) -> Any:
    if isinstance(value, dict):
        return {key: printed(number, 0) for key, number in value.items()}
    if value is None:
        return None
    ledger, measure = BY_NAME[indicator.ledger], indicator.measure
    if isinstance(measure, Ratio):
        return printed(value, measure.decimals)
    fen = isinstance(measure, Sum) and isinstance(ledger.field(measure.field), Money)
    return printed(value, 2 if fen else 0)


@settings(max_examples=tries(12))
@given(several, periods())
def test_figures_agree_with_a_second_computation(chosen: Records, period: Period) -> None:
    with TemporaryDirectory() as folder:
        office = office_with(folder, chosen)
        found = listing.stats(period, operations.figures(office.db, period))
        rows = plain(office)
        office.close()
    other = Figures(rows, period.begin, period.end, period.as_of).all()
    told: list[dict[str, Any]] = found["indicators"]  # type: ignore[assignment]
    assert {entry["key"] for entry in told} == set(other)
    for entry, indicator in zip(told, INDICATORS, strict=True):
        mine = entry.get("parts", entry["value"])
        assert mine == expected(other[indicator.key], indicator), indicator.key


@settings(max_examples=tries(10))
@given(several, periods())
def test_last_year_and_change(chosen: Records, period: Period) -> None:
    with TemporaryDirectory() as folder:
        office = office_with(folder, chosen)
        now = operations.figures(office.db, period)
        before = operations.figures(office.db, period.previous(), compared=False)
        office.close()
    for figure, last in zip(now, before, strict=True):
        if figure.parts is not None:
            continue
        assert figure.previous is not None and figure.previous.value == last.value
        if figure.value is None or last.value is None or (not figure.indicator.relative and last.value == 0):
            assert figure.change() is None
        else:
            exact = figure.value - last.value
            exact = exact if figure.indicator.relative else exact * 100 / last.value
            assert abs(Fraction(str(figure.change())) - exact) <= Fraction(1, 200)


def test_numbers_too_large_to_add_up_are_told(tmp_path: Path) -> None:
    office = filled(tmp_path / "cases.db", {BY_NAME["disputes"]: [dict(BIG) for _n in range(1100)]})
    with pytest.raises(FileProblem, match=r"cases\.db"):
        operations.figures(office.db, YEAR, [BY_KEY["disputes.claim_amount"]])
    assert operations.figures(office.db, YEAR, [BY_KEY["disputes.accepted"]])[0].numerator == 1100
    office.close()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A file with 600 random records in each ledger."""
    random = Random(9)
    chosen = {ledger: [random_record(ledger, random) for _n in range(600)] for ledger in LEDGERS}
    return filled(tmp_path_factory.mktemp("crowded") / "cases.db", chosen)


YEAR = Period.year(2020, date(2020, 12, 25))
BIG: dict[str, Value] = {
    "applied_on": "2020-01-06",
    "accepted_on": "2020-01-06",
    "applicant": "张三",
    "respondent": "某公司",
    "claim_amount": 2**53,  # the most that a field takes
}


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.key)
def test_the_records_behind_a_figure_recompute_it(crowded: Office, indicator: Indicator) -> None:
    (figure,) = operations.figures(crowded.db, YEAR, [indicator])
    every = {name: _every(crowded.db, name) for name in indicator.looks_into()}
    behind = {
        name: _rows(crowded, BY_NAME[name], operations.behind(BY_NAME, indicator, YEAR, ledger=name).where)
        for name in indicator.ledgers()
    }
    numbers = (figure.numerator, figure.denominator)
    for quantity, number in zip(indicator.quantities(), numbers, strict=False):
        parts = [(indicator.ledger_of(atom), atom, atom.where.at(YEAR)) for atom in atoms_of(quantity)]
        for rows in (every, behind):
            found = [
                _aggregate(atom, [row for row in rows[name] if met(where, row, every)])
                for name, atom, where in parts
            ]
            assert number == sum(found)


@pytest.mark.parametrize(
    "indicator", [i for i in INDICATORS if isinstance(i.measure, Breakdown)], ids=lambda i: i.key
)
def test_parts_add_up_and_open_their_records(crowded: Office, indicator: Indicator) -> None:
    (figure,) = operations.figures(crowded.db, YEAR, [indicator])
    measure = indicator.measure
    assert isinstance(measure, Breakdown) and figure.parts
    assert sum(figure.parts.values()) == figure.numerator
    for part, number in figure.parts.items():
        where = operations.behind(BY_NAME, indicator, YEAR, part).where
        rows = _rows(crowded, BY_NAME[indicator.ledger], where)
        assert number == _aggregate(measure.of, rows)


def is_stock(indicator: Indicator) -> bool:
    """Whether it tells what is there on a day, such as cases pending or items in force, rather than what happened."""
    conditions = (atom.where for quantity in indicator.quantities() for atom in atoms_of(quantity))
    parts = [part for where in conditions for part in (where.parts if isinstance(where, All) else (where,))]
    return not any(isinstance(part, InPeriod) for part in parts)


def test_cases_pending_and_items_in_force_are_stocks() -> None:
    stocks = {indicator.key for indicator in INDICATORS if is_stock(indicator)}
    assert {"disputes.pending", "disputes.carried_over", "powers.in_force", "organisations.all"} <= stocks
    assert stocks.isdisjoint({"disputes.accepted", "disputes.closure_rate", "powers.cancelled"})


def test_an_empty_period_has_no_error(crowded: Office) -> None:
    for figure in operations.figures(crowded.db, Period.year(2100), INDICATORS):
        if isinstance(figure.indicator.measure, Ratio):
            assert figure.text() is None or figure.denominator, figure.indicator.key
        elif not is_stock(figure.indicator):
            assert not figure.numerator, figure.indicator.key


def by_period_alone(indicator: Indicator) -> bool:
    """Whether a count or sum depends on the day it is counted by alone, so that months add up to their year."""
    if not isinstance(indicator.measure, Count | Sum):
        return False
    where = indicator.measure.where
    parts = where.parts if isinstance(where, All) else (where,)
    return isinstance(parts[0], InPeriod) and all(part.at(YEAR) is part for part in parts[1:])


def test_months_add_up_to_the_year(crowded: Office) -> None:
    simple = [indicator for indicator in INDICATORS if by_period_alone(indicator)]
    assert len(simple) > 30
    year = operations.figures(crowded.db, Period.year(2020), simple, compared=False)
    months = [
        operations.figures(crowded.db, Period.month(2020, n), simple, compared=False) for n in range(1, 13)
    ]
    for position, figure in enumerate(year):
        assert figure.numerator == sum(month[position].numerator or 0 for month in months), (
            figure.indicator.key
        )


def test_carried_over_and_accepted_are_closed_and_pending(crowded: Office) -> None:
    keys = ("carried_over", "accepted", "closed", "pending")
    wanted = [BY_KEY[f"disputes.{key}"] for key in keys]
    for offset in range(0, 700, 37):
        begin = FIRST + timedelta(days=offset)
        period = Period.of(begin, begin + timedelta(days=45))
        carried, accepted, closed, pending = (
            f.numerator or 0 for f in operations.figures(crowded.db, period, wanted, False)
        )
        assert carried + accepted == closed + pending


@settings(max_examples=tries(10))
@given(several, periods(), st.randoms(use_true_random=False))
def test_order_and_what_is_not_yet_known_change_nothing(chosen: Records, period: Period, random: Any) -> None:
    later = (max(min(period.end, period.as_of), FIRST) + timedelta(days=1)).isoformat()
    shuffled = {name: random.sample(many, len(many)) for name, many in chosen.items()}
    for name, many in shuffled.items():
        ledger = BY_NAME[name]
        extra = {f.key: later for f in ledger.inputs if f.kind == "day" and f.key != "refused_on"}
        record = {
            "applicant": "后来者",
            "respondent": "后来公司",
            "petitioner": "后来者",
            "employer": "后来公司",
            "workers": 12,
        }
        fixed = {f.key: f.codes[0].key for f in ledger.inputs if f.kind == "code"}  # type: ignore[attr-defined]
        texts = {f.key: "x" for f in ledger.inputs if f.required and f.kind in ("text", "names")}
        fixed.pop("satisfaction", None)
        many.append(
            {**{k: v for k, v in {**texts, **record}.items() if k in ledger.by_key}, **fixed, **extra}
        )
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        first, second = office_with(one, chosen), office_with(two, shuffled)
        found = [listing.stats(period, operations.figures(o.db, period)) for o in (first, second)]
        first.close()
        second.close()
    assert found[0] == found[1]


def _rows(office: Office, ledger: Ledger, where: Condition = EVERY) -> list[dict[str, Value]]:
    keys = [f.key for f in ledger.fields]
    return [dict(zip(keys, row, strict=True)) for row in records.each(office.db, Query(ledger, where), keys)]


@cache
def _every(db: Database, ledger: str) -> list[dict[str, Value]]:
    """All records of a ledger, read once: nothing here changes the crowded file."""
    keys = [f.key for f in BY_NAME[ledger].fields]
    return [dict(zip(keys, row, strict=True)) for row in records.each(db, Query(BY_NAME[ledger]), keys)]


def met(where: Condition, record: dict[str, Value], every: dict[str, list[dict[str, Value]]]) -> bool:
    """Whether the condition matches in Python: SQL and Python mean the same."""
    if isinstance(where, NamedIn):
        others = [other for other in every[where.other] if where.where.matches(other)]
        return any(record[where.field] in Names.split(other[where.naming]) for other in others)
    if isinstance(where, All):
        return all(met(part, record, every) for part in where.parts)
    return where.matches(record)


def _aggregate(atom: Any, rows: list[dict[str, Value]]) -> int:
    if isinstance(atom, Sum):
        return sum(int(row[atom.field] or 0) for row in rows)
    if isinstance(atom, Distinct):
        values = [
            str(row[atom.field])[:7] if atom.month and row[atom.field] else row[atom.field] for row in rows
        ]
        return len({v for v in values if v is not None}) + (values.count(None) if atom.blanks else 0)
    if isinstance(atom, DaySum):
        spans = [
            date.fromisoformat(str(r[atom.last])[:10]) - date.fromisoformat(str(r[atom.first])[:10])
            for r in rows
        ]
        return sum(span.days for span in spans)
    return len(rows)
