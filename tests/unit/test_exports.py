"""Every file that records leave by is a line of the history."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.elsewhere import held_elsewhere
from tests.office import WHO, filled, random_record
from tracker.cli import main
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.operations import day_sheet, exporting, opening, report, undoing, verifying
from tracker.operations.office import Office, open_office
from tracker.period import Period

YEAR = Period.year(2020, date(2021, 1, 1))
WAYS: dict[str, Callable[[Office, Path], object]] = {
    "workbook.xlsx": lambda office, path: exporting.workbook(office, YEAR, path),
    "return.xlsx": lambda office, path: exporting.statistical_return(office, YEAR, path),
    "list.csv": lambda office, path: exporting.export_list(office, Query(EMPLOYERS), ["name", "phone"], path),
    "whole.xlsx": lambda office, path: exporting.export_list(
        office, Query(EMPLOYERS), ["name", "phone"], path, whole_numbers=True
    ),
    "today.csv": lambda office, path: day_sheet.export(office, "今日", (), path),
    "report.docx": lambda office, path: report.report(office, YEAR, path),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    random = Random(2)
    filled(
        path, {ledger: [random_record(ledger, random) for _n in range(5)] for ledger in (DISPUTES, EMPLOYERS)}
    ).close()
    return path


def noted(path: Path) -> list[dict[str, object]]:
    with closing(open_office(path, WHO, readonly=True)) as office:
        found = office.db.rows("SELECT changes FROM history WHERE action = 'export' ORDER BY id")
        assert verifying.verify(office).sound
        return [json.loads(text) for (text,) in found]


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("readonly", [False, True])
def test_what_is_written_is_noted_and_changes_nothing_else(
    name: str, readonly: bool, path: Path, tmp_path: Path
) -> None:
    """From a window, which may write, and from a command, which only reads."""
    with closing(open_office(path, WHO, readonly=readonly)) as office:
        offered = undoing.offered(office)
        WAYS[name](office, tmp_path / name)
        assert undoing.offered(office) == offered
    (told,) = noted(path)
    assert told["file"] == name and told["what"] and told["whole"] == (name == "whole.xlsx")


def test_what_is_not_written_is_not_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "none" / "w.xlsx")
    assert main(["workbook", "--year", "2020", "--out", out, "--file", str(path)]) == 1
    assert noted(path) == []
    assert main(["workbook", "--year", "2020", "--out", str(tmp_path / "w.xlsx"), "--file", str(path)]) == 0
    assert len(noted(path)) == 1
    capsys.readouterr()


def test_a_command_notes_its_export_while_a_window_has_the_file(path: Path, tmp_path: Path) -> None:
    with held_elsewhere(path) as other:
        words = ["--year", "2020", "--file", str(path)]
        assert main(["report", *words, "--out", str(tmp_path / "report.docx")]) == 0
        assert other.stdin and other.stdin.write("\n") and not other.stdin.flush()
        other.wait(timeout=30)
    assert [told["file"] for told in noted(path)] == ["report.docx"]


def test_who_may_not_write_exports_without_a_line(path: Path, tmp_path: Path) -> None:
    with closing(opening.to_read(path, WHO, why="只能查看。")) as office:
        WAYS["list.csv"](office, tmp_path / "list.csv")
    assert (tmp_path / "list.csv").exists() and noted(path) == []
