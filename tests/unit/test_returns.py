"""The statistical return of disputes: its rows agree with the figures, add up, and prove themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from tests.office import filled, random_record
from tracker.exchange.workbook_return import SUMS
from tracker.ledgers import BY_NAME
from tracker.operations import exporting, figures
from tracker.operations.office import Office
from tracker.period import Period
from tracker.returns import DISPUTES
from tracker.schema.indicator import check

QUARTERS = [Period.of(date(2020, m, 1), date(2020, m + 2, 28)) for m in (1, 4, 7, 10)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    random = Random(3)
    chosen = {
        BY_NAME[n]: [random_record(BY_NAME[n], random) for _n in range(400)]
        for n in ("disputes", "mediations")
    }
    return filled(tmp_path_factory.mktemp("returns") / "cases.db", chosen)


def values(office: Office, period: Period) -> dict[str, int]:
    found = figures.figures(office.db, period, [line.figure for line in DISPUTES])
    return {figure.indicator.key.partition("return_")[2]: figure.numerator or 0 for figure in found}


def test_rows_are_declared_well() -> None:
    for line in DISPUTES:
        assert check(line.figure, BY_NAME) == []
    assert len({line.figure.key for line in DISPUTES}) == len(DISPUTES) == 22


@pytest.mark.parametrize("period", QUARTERS, ids=str)
def test_rows_add_up_and_agree_with_the_figures(office: Office, period: Period) -> None:
    row = values(office, period)
    assert row["carried_over"] + row["accepted"] == row["closed"] + row["pending"] and row["accepted"] > 0
    causes = ("remuneration", "social_insurance", "contract", "dismissal", "hours_leave", "other_causes")
    assert sum(row[key] for key in causes) == row["accepted"]
    assert row["mediated"] + row["awarded"] + row["otherwise"] == row["closed"]
    assert row["out_of_case_agreed"] <= row["out_of_case"]
    keys = {
        "accepted": "accepted",
        "closed": "closed",
        "collective": "collective",
        "workers": "workers",
        "pending": "pending",
    }
    known = figures.figures(
        office.db, period, [office.catalogue.by_key[f"disputes.{key}"] for key in keys.values()]
    )
    assert [row[key] for key in keys] == [figure.numerator for figure in known]


def test_the_sheet_proves_itself(office: Office, tmp_path: Path, libreoffice: Callable[..., Path]) -> None:
    made = exporting.statistical_return(office, QUARTERS[1], tmp_path / "q2.xlsx")
    assert made.proofs == len(DISPUTES) + len(SUMS) and made.records > 0
    computed = load_workbook(libreoffice(made.path), data_only=True)
    sheet = computed["统计报表"]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert [row[7] for row in rows] == ["一致"] * len(DISPUTES)
    row = values(office, QUARTERS[1])
    assert [r[3] for r in rows] == list(row.values())
    sums = [
        r[7] for r in sheet.iter_rows(min_row=4, values_only=True) if str(r[1] or "").startswith("平衡关系")
    ]
    assert sums == ["一致"] * 3


def test_the_year_end_workbook_has_the_return(office: Office, tmp_path: Path) -> None:
    exporting.workbook(office, QUARTERS[0], tmp_path / "w.xlsx")
    book = load_workbook(tmp_path / "w.xlsx", read_only=True)
    assert "统计报表" in book.sheetnames
