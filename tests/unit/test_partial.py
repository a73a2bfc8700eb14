"""What is made of a part says so, wherever it goes: its figures are not the office's. Nothing is frozen in one."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from tests.copies import case
from tests.office import WHO, new_office
from tests.unit.test_restoring import page_of, scribble
from tracker.cli import main
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import exporting, freezing, partial, parting, report
from tracker.operations.office import Office, open_office
from tracker.operations.parting import Choice
from tracker.period import Period

YEAR = Period.year(2020)
MARK = "部分文件"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A file with two cases, and a part of it with one."""
    whole = tmp_path / "whole.db"
    with closing(new_office(whole, WHO)) as office:
        for number, day in (("1号", "2020-02-03"), ("2号", "2020-06-05")):
            case(office, number, applied_on=day)
        part = parting.write(office, Choice(last="2020-03-31"), tmp_path / "part.db").path
    return whole, part


def cover(office: Office, out: Path) -> str:
    exporting.workbook(office, YEAR, out)
    return in_cells(out, 0)


def returned(office: Office, out: Path) -> str:
    exporting.statistical_return(office, YEAR, out)
    return in_cells(out, 0)


def in_cells(path: Path, sheet: int) -> str:
    rows = load_workbook(path).worksheets[sheet].iter_rows(values_only=True)
    return "\n".join(str(value) for row in rows for value in row if value is not None)


def head_of_report(office: Office, out: Path) -> str:
    report.report(office, YEAR, out.with_suffix(".docx"))
    first = docx.Document(str(out.with_suffix(".docx"))).paragraphs[0].text
    assert report.draft(office, YEAR).passages[0].text == first, "as it is shown before"
    return first


def head_of_list(office: Office, out: Path) -> str:
    exporting.export_list(office, Query(DISPUTES), ["case_no", "applicant"], out)
    book = load_workbook(out)
    (sheet,) = book.worksheets
    assert [cell.value for cell in sheet[1]] == ["案号", "申请人"], "as import reads it"
    return f"{sheet.oddHeader.center.text}\n{book.properties.description or ''}"


@pytest.mark.parametrize("made", [cover, returned, head_of_report, head_of_list])
def test_what_is_written_of_a_part_says_so(
    files: tuple[Path, Path], tmp_path: Path, made: Callable[[Office, Path], str]
) -> None:
    whole, part = files
    with closing(open_office(whole, WHO, readonly=True)) as office:
        assert MARK not in made(office, tmp_path / "whole.xlsx")
    with closing(open_office(part, WHO, readonly=True)) as office:
        text = made(office, tmp_path / "part.xlsx")
        assert MARK in text
        if made is not returned:  # which has a line for it, and no cover
            assert partial.beside_figures(office.db) in text


@pytest.mark.parametrize(
    "words",
    [
        ["stats", "--year", "2020"],
        ["report", "--year", "2020", "--out", "r.docx"],
        ["workbook", "--year", "2020", "--out", "w.xlsx"],
    ],
)
def test_json_of_figures_has_a_key_that_says_so(
    files: tuple[Path, Path],
    tmp_path: Path,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    whole, part = files
    assert main([*words, "--json", "--file", str(whole)]) == 0
    assert "part" not in json.loads(capsys.readouterr().out)
    assert main([*words, "--json", "--file", str(part)]) == 0
    assert MARK in json.loads(capsys.readouterr().out)["part"]


@pytest.mark.parametrize(
    "words",
    [["stats", "--frozen"], ["freeze", "--compare"], ["freeze", "--end", "--reason", "更正"], ["freeze"]],
)
def test_no_command_leads_to_freezing_in_a_part(
    files: tuple[Path, Path], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    whole, part = files
    assert main([*words, "--year", "2020", "--file", str(part)]) == 1
    warned, said = capsys.readouterr().err.splitlines()
    assert MARK in warned and MARK in said and "可用" not in said and "freeze" not in said
    with closing(open_office(whole, WHO)) as office:
        with pytest.raises(UserError, match="freeze"):
            freezing.newest(office.db, YEAR)
        freezing.freeze(office, YEAR)
        assert freezing.newest(office.db, YEAR).active


def test_figures_are_told_though_the_history_cannot_be_read(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _whole, part = files
    scribble(part, page_of(part, "operations"))
    assert main(["stats", "--year", "2020", "--json", "--file", str(part)]) == 0
    assert "part" not in json.loads(capsys.readouterr().out)
