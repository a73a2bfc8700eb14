"""Whatever number the statistics show, the records that it opens add up to it: figures, parts, months, last year's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest

from tests.effort import some
from tests.office import filled, random_record
from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Query
from tracker.indicators import BY_KEY, INDICATORS
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.operations import editing, figures, overview
from tracker.operations.figures import Behind
from tracker.operations.office import Office, make_office
from tracker.operations.overview import DENOMINATOR, NUMERATOR, figure_behind, slice_behind
from tracker.period import Period
from tracker.schema.indicator import (
    Breakdown,
    DaySum,
    Distinct,
    Figure,
    Indicator,
    Quantity,
    Ratio,
    Sum,
    Total,
    atoms_of,
)

PERIODS = (
    Period.year(2020, date(2020, 12, 25)),
    Period.year(2019),
    Period.of(date(2020, 2, 10), date(2020, 5, 20), date(2020, 8, 1)),
    Period.month(2020, 2, date(2020, 2, 15)),
)
PERIOD = pytest.mark.parametrize("period", PERIODS, ids=str)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A file with 300 random records in each ledger."""
    random = Random(11)
    chosen = {ledger: [random_record(ledger, random) for _n in range(300)] for ledger in LEDGERS}
    return filled(tmp_path_factory.mktemp("overview") / "cases.db", chosen)


@cache
def kept(db: Database, name: str) -> dict[int, dict[str, Any]]:
    """Every record of a ledger by its id, read once: nothing here changes the file."""
    ledger = BY_NAME[name]
    keys = list(ledger.by_key)
    rows = records.each(db, Query(ledger), ["id", *keys])
    return {row[0]: dict(zip(keys, row[1:], strict=True)) for row in rows}


def opened(office: Office, behind: Behind) -> list[dict[str, Any]]:
    """The records that a list shows for what was clicked."""
    mine = kept(office.db, behind.ledger.name)
    return [mine[id_] for id_ in records.ids(office.db, Query(behind.ledger, behind.where))]


def adds_up_to(atom: Any, rows: list[dict[str, Any]]) -> int:
    """The rows counted, summed or told apart."""
    if isinstance(atom, Sum):
        return sum(row[atom.field] or 0 for row in rows)
    if isinstance(atom, Distinct):
        values = [
            str(row[atom.field])[:7] if atom.month and row[atom.field] else row[atom.field] for row in rows
        ]
        return len(set(values) - {None}) + (values.count(None) if atom.blanks else 0)
    if isinstance(atom, DaySum):
        days = [(date.fromisoformat(r[atom.last]) - date.fromisoformat(r[atom.first])).days for r in rows]
        return sum(days)
    return len(rows)


def recomputed(office: Office, figure: Figure, quantity: Quantity, part: str = "") -> int:
    """A number from the records that a click on it opens, ledger by ledger."""
    atoms, about = atoms_of(quantity), figure.indicator.ledger_of
    found = 0
    for name in dict.fromkeys(about(atom) for atom in atoms):
        mine = [atom for atom in atoms if about(atom) == name]
        rows = opened(office, figure_behind(figure, part, name))
        for atom in mine:  # records of several numbers are told apart by what each of them asks
            where = atom.where.at(figure.period)
            found += adds_up_to(atom, rows if len(mine) == 1 else [r for r in rows if where.matches(r)])
    return found


def check_figure(office: Office, figure: Figure, whole: Behind) -> None:
    """The figure's own records recompute it; so do those of its numerator and denominator alone."""
    quantities = figure.indicator.quantities()
    if not isinstance(figure.indicator.measure, Ratio):
        if isinstance(quantities[0], Total):
            assert recomputed(office, figure, quantities[0]) == figure.numerator
        else:
            assert adds_up_to(quantities[0], opened(office, whole)) == figure.numerator
        return
    for quantity, part, number in zip(
        quantities, (NUMERATOR, DENOMINATOR), (figure.numerator, figure.denominator), strict=True
    ):
        assert recomputed(office, figure, quantity, part) == number
    uids = {row["uid"] for row in opened(office, whole)}
    parts = [opened(office, found) for found in _of_ledger(figure, whole.ledger.name)]
    assert uids == {row["uid"] for rows in parts for row in rows}


def _of_ledger(figure: Figure, name: str) -> Iterator[Behind]:
    """The parts of a ratio that are about the ledger."""
    for part, quantity in zip((NUMERATOR, DENOMINATOR), figure.indicator.quantities(), strict=True):
        if name in {figure.indicator.ledger_of(atom) for atom in atoms_of(quantity)}:
            yield figure_behind(figure, part, name)


@PERIOD
def test_every_figure_and_last_years_opens_its_records(office: Office, period: Period) -> None:
    shown = [figure for section in overview.sections(office.db, period) for figure in section.figures]
    assert [figure.indicator.key for figure in shown] == [indicator.key for indicator in INDICATORS]
    for figure in shown:
        assert figure.previous is not None and figure.previous.period == period.previous()
        check_figure(office, figure, figure_behind(figure))
        check_figure(office, figure.previous, figure_behind(figure.previous))


@PERIOD
@pytest.mark.parametrize("name", some(list(BY_NAME), 2))
def test_every_month_and_part_opens_its_records(office: Office, name: str, period: Period) -> None:
    mine = [indicator for indicator in INDICATORS if indicator.ledger == name]
    assert mine
    for indicator in mine:
        check_views(office, indicator, period)


def check_views(office: Office, indicator: Indicator, period: Period) -> None:
    """Each slice's records recompute it and last year's; slices that add up do."""
    views = overview.views(office.db, indicator, period)
    assert sum(view.months for view in views) == 1
    for view in views:
        for slice_ in view.slices:
            figure, before = slice_.figure, slice_.figure.previous
            assert before is not None
            check_figure(office, figure, slice_behind(view, slice_))
            check_figure(office, before, slice_behind(view, slice_, last_year=True))
        if view.adds_up:
            assert sum(s.figure.numerator or 0 for s in view.slices) == view.total.numerator
            before_all = [s.figure.previous.numerator or 0 for s in view.slices if s.figure.previous]
            assert view.total.previous is not None
            assert sum(before_all) == view.total.previous.numerator


def test_a_breakdown_shows_its_parts_first_and_a_figure_its_months() -> None:
    with_parts = {i.key for i in INDICATORS if isinstance(i.measure, Breakdown) and not i.measure.month}
    assert len(with_parts) >= 44
    for key in ("disputes.accepted", "disputes.closed", "petitions.persons", "inspections.targets"):
        assert overview.adds_up(BY_KEY[key])
    for key in (
        "disputes.pending",
        "disputes.carried_over",
        "disputes.closure_rate",
        "inspections.campaigns",
    ):
        assert not overview.adds_up(BY_KEY[key])


def test_views_of_one_number(office: Office) -> None:
    accepted = overview.views(office.db, BY_KEY["disputes.accepted"], PERIODS[0])
    assert [(v.months, v.indicator.key) for v in accepted] == [
        (True, "disputes.accepted"),
        (False, "disputes.by_cause"),
    ]
    causes = overview.views(office.db, BY_KEY["disputes.by_cause"], PERIODS[0])
    assert [v.months for v in causes] == [False, True]


def test_the_months_by_definition_are_the_declared_ones(office: Office) -> None:
    declared = BY_KEY["disputes.by_month"]
    (figure,) = figures.figures(office.db, PERIODS[0], [declared])
    shown = {
        s.key[:7]: s.figure.numerator for s in overview.views(office.db, declared, PERIODS[0])[-1].slices
    }
    assert {key: number for key, number in shown.items() if number} == figure.parts


def test_pending_cases_are_told_as_of_each_months_end(office: Office) -> None:
    view = overview.views(office.db, BY_KEY["disputes.pending"], PERIODS[0])[0]
    assert [s.figure.period.as_of for s in view.slices][-2:] == [date(2020, 11, 30), date(2020, 12, 25)]
    assert view.slices[-1].figure.numerator == view.total.numerator


def test_months_after_the_as_of_day_are_not_there(office: Office) -> None:
    period = Period.year(2020, date(2020, 4, 10))
    view = overview.views(office.db, BY_KEY["disputes.accepted"], period)[0]
    assert [s.key for s in view.slices] == ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"]


def test_a_long_period_is_divided_into_years(office: Office) -> None:
    period = Period.of(date(2015, 3, 1), date(2021, 6, 30))
    view = overview.views(office.db, BY_KEY["disputes.accepted"], period)[0]
    assert len(view.slices) == 7
    assert sum(s.figure.numerator or 0 for s in view.slices) == view.total.numerator


def test_only_ledgers_in_use_and_gaps_in_their_numbers(tmp_path: Any) -> None:
    disputes = BY_NAME["disputes"]
    office = make_office(tmp_path / "new.db")
    assert overview.sections(office.db, PERIODS[0]) == () and overview.latest_day(office.db) is None
    for n in (1, 2, 4, 7):
        number = office.patterns["disputes"].number(2020, n)
        record = {
            "case_no": number,
            "applied_on": f"2020-0{n}-01",
            "applicant": "张三",
            "respondent": "某公司",
        }
        editing.save(office, disputes, record)
    assert [s.ledger for s in overview.sections(office.db, PERIODS[0])] == [disputes]
    assert overview.latest_day(office.db) == "2020-07-01"
    assert overview.number_gaps(office, [disputes], PERIODS[0]) == {"disputes": {2020: (3, 5, 6)}}
    office.close()


def test_the_months_are_given_up_between_scans_when_nobody_waits(office: Office) -> None:
    asked = iter([None, None])

    def check() -> None:
        next(asked)

    with pytest.raises(StopIteration):
        overview.views(office.db, BY_KEY["disputes.pending"], PERIODS[0], check)
