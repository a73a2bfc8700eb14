"""The standard templates against the data on the reports' figures, and each written for its demonstration file."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.demos import demo
from tracker.catalogue import STANDARD
from tracker.operations import demonstration, report, templates
from tracker.operations.office import open_office
from tracker.operations.quoting import fixed_words
from tracker.paths import resources
from tracker.period import Period
from tracker.schema.expressions import PLACEHOLDER, Quote, Reader

DATA = sorted((resources() / "reports").glob("*.toml"))
MADE = [path for path in DATA if path.stem in demonstration.names()]
What = tuple[object, ...]


def period_of(data: dict[str, Any]) -> Period:
    as_of = date.fromisoformat(data["as_of"]) if "as_of" in data else None
    if "year" in data:
        return Period.year(data["year"], as_of)
    return Period.of(date.fromisoformat(data["from"]), date.fromisoformat(data["to"]), as_of)


def what(quote: Quote) -> What:
    """Which figure it is, however it is written."""
    return (
        quote.indicator.key,
        quote.period,
        quote.part,
        quote.side,
        quote.last_year,
        quote.moved,
    )


def read(reader: Reader, expression: str) -> What:
    found = reader.read(expression)
    return what(found) if isinstance(found, Quote) else (found,)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_every_figure_of_a_report_stands_in_its_template(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    period = period_of(data)
    reader = Reader(STANDARD, period, fixed_words(period, ""))
    have = {read(reader, found) for found in PLACEHOLDER.findall(templates.source(path.stem))}
    lacking = [
        figure["passage"]
        for figure in data["figure"]
        if "figure" in figure and read(reader, figure["figure"]) not in have
    ]
    assert lacking == []


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)
def test_template_says_of_its_demonstration_what_the_report_printed(
    path: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The whole report is written; a figure printed as a plain number stands in it as that number."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    period = period_of(data)
    office = open_office(demo(tmp_path_factory, path.stem), readonly=True)
    assert templates.chosen(office) == path.stem
    draft = report.draft(office, period)
    assert draft.faults == ()
    reader = Reader(office.catalogue, period, fixed_words(period, ""))
    texts = {
        what(piece.quoted.quote): piece.text
        for passage in draft.passages
        for piece in passage.pieces
        if piece.quoted and piece.quoted.quote
    }
    wrong = [
        (figure["passage"], figure["printed"], texts[read(reader, figure["figure"])])
        for figure in data["figure"]
        if "figure" in figure
        and "says" not in figure
        and figure["printed"].replace(".", "").isdigit()
        and texts[read(reader, figure["figure"])] != figure["printed"]
    ]
    assert wrong == []
    assert report.report(office, period, tmp_path / "R.docx").figures >= len(texts)
    office.close()
