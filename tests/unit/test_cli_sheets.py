"""The command line's sheets: demo, template, import and workbook, all or nothing."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.apart import fork
from tracker.cli import main
from tracker.db import database

GOOD = """案号,申请日期,申请人,被申请人,申请渠道
一〔2020〕1号,2020-01-05,张三,某公司,
一〔2020〕2号,2020/1/6,李四,某厂,
"""
BAD = """案号,申请日期,申请人,被申请人,受理日期
一〔2020〕3号,2020-01-05,张三,某公司,2020-02-30
一〔2020〕4号,2020-01-05,张三,某公司,
"""


class Line:
    """The command line in this process, in a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys, self.path = folder, capsys, folder / "cases.db"

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main([*words, "--file", str(self.path)])
        told = self.capsys.readouterr()
        return status, told.out, told.err

    def sheet(self, text: str) -> str:
        (self.folder / "sheet.csv").write_text(text, encoding="utf-8")
        return str(self.folder / "sheet.csv")

    def take_in(self, text: str, *more: str) -> tuple[int, dict[str, Any]]:
        status, out, _err = self("import", "disputes", self.sheet(text), "--json", *more)
        return status, json.loads(out)

    def count(self) -> int:
        _status, out, _err = self("list", "disputes", "--json")
        return len(json.loads(out))

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capsys)


def test_import_makes_the_file_and_tells_what_it_did(line: Line) -> None:
    status, told = line.take_in(GOOD)
    assert status == 0
    assert told == {
        "read": 2,
        "inserted": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "problems": [],
        "warnings": [],
    }
    assert line.files() == {"cases.db", "sheet.csv"} and line.count() == 2
    _status, again = line.take_in(GOOD.replace("某厂", "某新厂"))
    assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 1, 1)


def test_any_problem_keeps_all_out_and_makes_no_file(line: Line) -> None:
    status, out, err = line("import", "disputes", line.sheet(BAD), "--json")
    assert status == 1 and len(err.strip().splitlines()) == 1
    (problem,) = json.loads(out)["problems"]
    assert (problem["row"], problem["field"], problem["value"]) == (2, "accepted_on", "2020-02-30")
    assert problem["message"] and json.loads(out)["inserted"] == 0
    assert line.files() == {"sheet.csv"}
    status, told = line.take_in(BAD, "--skip-problems")
    assert (status, told["inserted"], told["skipped"], line.count()) == (0, 1, 1, 1)


def test_a_problem_changes_nothing_in_a_file_that_is_there(line: Line) -> None:
    line.take_in(GOOD)
    before = line.path.read_bytes()
    assert line.take_in(BAD)[0] == 1
    assert line.path.read_bytes() == before


def test_a_check_says_that_nothing_was_written(line: Line) -> None:
    sheet = line.sheet(GOOD)
    told = "仅作检查，未写入任何内容。"
    assert told in line("import", "disputes", sheet, "--check", "--lang", "zh_CN")[1]
    assert told not in line("import", "disputes", sheet, "--lang", "zh_CN")[1]


def test_check_writes_nothing(line: Line) -> None:
    status, told = line.take_in(GOOD, "--check")
    assert (status, told["inserted"]) == (0, 2)
    assert line.files() == {"sheet.csv"}
    line.take_in(GOOD)
    before = line.path.read_bytes()
    assert line.take_in(GOOD.replace("某厂", "某新厂"), "--check")[1]["updated"] == 1
    assert line.path.read_bytes() == before
    assert line.take_in(BAD, "--check")[0] == 1


def test_what_was_left_of_a_lost_file_does_not_reach_the_new_one(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    line.take_in(GOOD)
    reader = database.dbapi2.connect(str(line.path), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT 1 FROM disputes").fetchone()  # so that the log is not folded in at closing
    line.take_in(GOOD.replace("某厂", "某新厂"))
    log = line.path.with_name("cases.db-wal").read_bytes()
    assert len(log) > 4096
    reader.close()
    line.path.unlink()
    line.path.with_name("cases.db-wal").write_bytes(log)
    line.path.with_name("cases.db.lock").write_text("left over")
    assert line.take_in(BAD, "--skip-problems")[0] == 0
    assert line.count() == 1
    plain = sqlite3.connect(line.path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


@pytest.mark.parametrize(
    ("name", "content"),
    (
        ("missing.xlsx", None),
        ("empty.xlsx", b""),
        ("empty.csv", b""),
        ("text.xlsx", "这不是表格".encode()),
        ("noise.xls", bytes(range(256)) * 40),
        ("noise.csv", b"\xff\xfe\x00\x00\xff" * 20),
        ("cut.xlsx", b"PK\x03\x04" + b"\0" * 60),
        ("other.csv", "一,二,三\n1,2,3\n".encode()),
    ),
)
def test_a_sheet_that_is_none_is_told(line: Line, name: str, content: bytes | None) -> None:
    if content is not None:
        (line.folder / name).write_bytes(content)
    status, out, err = line("import", "disputes", str(line.folder / name))
    assert (status, out) == (1, ""), err
    assert name in err and len(err.strip().splitlines()) == 1
    assert line.files() == ({name} if content is not None else set())


def test_a_file_in_use_is_told_and_stays(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.take_in(GOOD)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    holder = database.dbapi2.connect(str(line.path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    status, _out, err = line("import", "disputes", line.sheet(GOOD.replace("某厂", "某新厂")))
    assert status == 1 and str(line.path) in err and len(err.strip().splitlines()) == 1
    holder.execute("ROLLBACK")
    holder.close()
    assert line("list", "disputes", "--where", "respondent=某新厂")[1].count("某新厂") == 0


def test_a_full_disk_is_told_by_the_file_s_own_name(line: Line) -> None:
    rows = "".join(f"一〔2020〕{n}号,2020-01-05,张三,某公司,\n" for n in range(10, 3000))
    sheet, size = line.sheet(GOOD + rows), 500_000
    child = fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        status, out, err = line("import", "disputes", sheet)
        told = (status, out, err.count("\n"), str(line.path) in err, ".new" in err)
        os._exit(7 if told == (1, "", 1, True, False) else 8)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert line.files() == {"sheet.csv"}


def test_a_template_is_filled_in_and_taken_in(line: Line) -> None:
    out = line.folder / "t.xlsx"
    assert main(["template", "inspections", "--out", str(out)]) == 0
    line.capsys.readouterr()
    book = openpyxl.load_workbook(out)
    sheet = book[book.sheetnames[0]]
    headings = [cell.value for cell in sheet[1]]
    given = {
        "记录单编号": "检1",
        "检查时间": "2020-03-02 09:30",
        "地点": "某街",
        "执法人员": "王五、赵六",
        "检查对象": "某店",
        "检查类型": "双随机",
        "执法事项": "工资支付",
    }
    for column, heading in enumerate(headings, 1):
        name = next((key for key in given if str(heading or "").startswith(key)), None)
        if name:
            sheet.cell(2, column, given[name])
    book.save(out)
    status, told, err = line("import", "inspections", str(out), "--json")
    assert (status, json.loads(told)["inserted"]) == (0, 1), told + err


def test_a_workbook_is_written_whole_or_not_at_all(line: Line) -> None:
    line.take_in(GOOD)
    out = line.folder / "w.xlsx"
    assert line("workbook", "--year", "2020", "--out", str(out))[0] == 0
    assert len(openpyxl.load_workbook(out, read_only=True).sheetnames) >= 4
    before = line.files()
    for place in (line.folder / "nowhere" / "w.xlsx", line.folder):
        status, told, err = line("workbook", "--year", "2020", "--out", str(place))
        assert (status, told) == (1, "") and len(err.strip().splitlines()) == 1
    assert line.files() == before


@pytest.mark.parametrize("ledger", (False, True))
def test_no_output_takes_the_place_of_a_data_file(line: Line, ledger: bool) -> None:
    """Neither of the open one nor of another."""
    line.take_in(GOOD)
    other = line.folder / "other.db"
    other.write_bytes(line.path.read_bytes())
    command = ("template", "disputes") if ledger else ("workbook", "--year", "2020")
    before = line.files()
    for place in (line.path, other):
        status, told, err = line(*command, "--out", str(place))
        assert (status, told) == (1, "") and str(place) in err and len(err.strip().splitlines()) == 1
    assert line.files() == before


def test_demonstrations_are_named_and_never_overwrite(line: Line) -> None:
    assert main(["demo", "--list"]) == 0
    names = line.capsys.readouterr().out.split()
    assert "huairou-2020" in names
    line.path.write_text("mine")
    status, _out, err = line("demo", "huairou-2020")
    assert status == 1 and str(line.path) in err and line.path.read_text() == "mine"
    status, _out, err = line("demo", "atlantis-2020")
    assert status in (1, 2) and "huairou-2020" in err


@pytest.mark.skipif(os.name != "posix", reason="folders' permissions are POSIX's")
def test_the_default_file_s_folder_is_made_by_import_alone(line: Line, home: Path) -> None:
    assert main(["stats", "--year", "2020"]) == 1
    assert list(home.iterdir()) == []
    assert main(["import", "disputes", line.sheet(BAD)]) == 1
    assert list(home.iterdir()) == []
    assert main(["import", "disputes", line.sheet(GOOD)]) == 0
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["cases.db"]
