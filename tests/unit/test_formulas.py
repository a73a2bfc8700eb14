"""Conditions as spreadsheet formulas: what LibreOffice counts is what the conditions count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from tests.office import new_office
from tests.unit.records import fill
from tracker.db import records
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.exchange import formulas, styles
from tracker.exchange.formulas import NoCriteria, Source
from tracker.exchange.workbook_rows import Column, heading_row, row_sheet, write_rows
from tracker.ledgers import BY_NAME
from tracker.schema.filters import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Contains,
    Days,
    Empty,
    Filled,
    HasCode,
    Is,
    Named,
    Not,
    NotBy,
    NotLater,
    OneOf,
)
from tracker.schema.indicator import DaySum, written

DISPUTES = BY_NAME["disputes"]
CONDITIONS: tuple[Condition, ...] = (
    All(()),
    Filled("closed_on"),
    Empty("closed_on"),
    Days("accepted_on", "2020-03-01", "2020-03-31"),
    Days("accepted_on", None, "2020-03-31"),
    Days("accepted_on", "2020-03-01", None),
    NotBy("closed_on", "2020-05-31"),
    Is("closing_method", "mediation"),
    OneOf("closing_method", ("final_award", "award")),
    Not(Is("closing_method", "mediation")),
    HasCode("cause", "remuneration", main=True),
    HasCode("cause", "remuneration"),
    AtLeast("workers", 10),
    Between("claim_amount", 100_000, 5_000_000),
    Is("workers", 2),
    Is("respondent", "ABC人力"),
    OneOf("respondent", ("2020", "=1+1商贸")),
    Is("respondent", "汤河口*工程队"),
    Is("respondent", "长城？物业~部"),
    Is("applicant", "+王五"),
    Contains("respondent", "人力"),
    Named("applicant", ("张三",)),
    Named("respondent", ("ABC人力", "=1+1商贸", "汤河口*工程队")),
    Named("respondent", ()),
    NotLater("closed_on", "due_on"),
    NotLater("closed_on", "accepted_on", plus=15),
    AnyOf((Is("channel", "online"), Filled("refused_on"), AtLeast("workers", 10))),
    All((NotBy("closed_on", "2020-05-31"), Not(AnyOf((Empty("cause"), Is("channel", "mail")))))),
    All((Filled("accepted_on"), Not(NotLater("closed_on", "due_on")))),
)
CASELESS = Is("respondent", "ABC人力")
"""COUNTIFS takes upper and lower case for one; only lists of different values compare texts, and those see to it."""


def source() -> Source:
    return Source(DISPUTES, {field.key: f"D_{field.key}" for field in DISPUTES.entered})


def test_days_become_dates() -> None:
    where = All((Days("accepted_on", "2020-01-01", "2020-12-31"), Is("closing_method", "mediation")))
    assert formulas.total(where, source()) == (
        'COUNTIFS(D_accepted_on,"<"&DATE(2021,1,1),D_accepted_on,">="&DATE(2020,1,1),D_closing_method,"调解")'
    )


def test_not_by_a_day_is_all_but_those_by_it() -> None:
    where = All((Filled("accepted_on"), NotBy("closed_on", "2020-12-31")))
    assert formulas.total(where, source()) == (
        'COUNTIFS(D_accepted_on,"<>")-COUNTIFS(D_accepted_on,"<>",D_closed_on,"<"&DATE(2021,1,1))'
    )


def test_columns_compared_with_each_other_need_an_array() -> None:
    with pytest.raises(NoCriteria):
        formulas.terms(NotLater("closed_on", "due_on"), source())
    assert formulas.total(NotLater("closed_on", "due_on"), source()).startswith("SUMPRODUCT(")


@pytest.mark.parametrize(
    "text", ["2020", "001", "-5", "1e5", "12:30", "true", "May 5", "2020年5月", " 甲", "长" * 300]
)
def test_texts_that_spreadsheets_would_read_are_compared_exactly(text: str) -> None:
    assert "EXACT(" in formulas.total(Is("respondent", text), source())


def test_wildcards_and_quotes_are_plain_characters() -> None:
    assert formulas.total(Is("respondent", '甲*b?"c~'), source()) == 'COUNTIFS(D_respondent,"甲~*b~?""c~~")'


def test_an_unknown_condition_says_where_to_add_it() -> None:
    with pytest.raises(TypeError, match="give it one here"):
        formulas.total(Condition(), source())


def test_libreoffice_counts_what_the_conditions_count(
    tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    office = new_office(tmp_path / "a.db", Who("a", "b"))
    fill(office, range(2020, 2021), 400, 0)
    fields = [field for field in DISPUTES.entered if field.key != "remarks"]
    keys = [field.key for field in fields]
    rows = list(records.each(office.db, Query(DISPUTES), keys))
    office.close()
    days = DaySum("accepted_on", "closed_on", All(()))
    book = Workbook(write_only=True)
    styles.add_styles(book)
    sheet, proofs = row_sheet(book, "D"), book.create_sheet("P")
    columns = [Column(sheet, field, place) for place, field in enumerate(fields, 1)]
    heading_row(sheet, columns)
    write_rows(sheet, columns, rows)
    for place, key in enumerate(keys, 1):
        name, letter = f"D_{key}", styles.letter(place)
        book.defined_names[name] = DefinedName(name, attr_text=f"'D'!${letter}$2:${letter}${len(rows) + 1}")
    for where in CONDITIONS:
        array = f"=SUMPRODUCT(1*{formulas.array(where, source())})"
        summed = f"=ROUND({formulas.total(where, source(), 'D_claim_amount')},2)"
        total = array if where == CASELESS else f"={formulas.total(where, source())}"
        proofs.append([total, array, summed if where != CASELESS else None])
    proofs.append([f"={formulas.recomputed(days, days.where, source())}"])
    book.save(tmp_path / "p.xlsx")

    found = load_workbook(libreoffice(tmp_path / "p.xlsx"), data_only=True)["P"].iter_rows(values_only=True)
    dicts = [dict(zip(keys, row, strict=True)) for row in rows]
    for where in CONDITIONS:
        meant = [r for r in dicts if where.matches(r)]
        counted, array_counted, summed_up = next(found)
        assert (counted, array_counted) == (len(meant), len(meant)), where
        if where != CASELESS:
            assert summed_up == sum(r["claim_amount"] or 0 for r in meant) / 100, where
    both = [(r["accepted_on"], r["closed_on"]) for r in dicts if r["accepted_on"] and r["closed_on"]]
    assert next(found)[0] == sum((date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in both)


def test_libreoffice_rounds_rates_as_printed(tmp_path: Path, libreoffice: Callable[..., Path]) -> None:
    pairs = [(n, d) for d in (7, 800, 1600, 2191, 2207, 20_000) for n in range(1, d, max(1, d // 60))]
    pairs += [(29, 20_000), (1586, 2191), (2191, 2207), (0, 5)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("R")
    for row, (n, d) in enumerate(pairs, 1):
        rates = (formulas.at_rate(f"A{row}", f"B{row}", 100, 2, cut, (False, False)) for cut in (False, True))
        sheet.append([n, d, *(f"={rate}" for rate in rates)])
    book.save(tmp_path / "r.xlsx")
    found = load_workbook(libreoffice(tmp_path / "r.xlsx"), data_only=True)["R"].iter_rows(values_only=True)
    for n, d, rounded, cut in found:
        value = Fraction(100 * n, d)
        assert (rounded, cut) == (float(written(value, 2)), float(written(value, 2, truncate=True))), (n, d)
