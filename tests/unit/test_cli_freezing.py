"""The command line freezes, prints what is frozen, and takes a sheet into it only with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import main

PERIOD = ("--year", "2020", "--as-of", "2020-12-25")
HEADS = "案号,申请日期,受理日期,申请人,被申请人\n"
CASES = HEADS + "".join(f"一〔2020〕{n}号,2020-01-05,2020-01-06,张三,某公司\n" for n in range(1, 4))
MORE = HEADS + (
    "一〔2020〕1号,,,李四,\n"
    "一〔2020〕2号,,,张三,\n"
    "一〔2020〕8号,2020-02-05,2020-02-06,王五,某公司\n"
    "一〔2022〕1号,2022-02-05,2022-02-06,王五,某公司\n"
)


class Line:
    """The command line in this process, in a folder of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main([*words, "--file", str(self.folder / "cases.db"), "--clerk", "赵敏"])
        told = self.capsys.readouterr()
        return status, told.out, told.err

    def json(self, *words: str) -> Any:
        status, out, err = self(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    def take_in(self, text: str, *more: str) -> tuple[int, Any, str]:
        (self.folder / "sheet.csv").write_text(text, encoding="utf-8")
        status, out, err = self("import", "disputes", str(self.folder / "sheet.csv"), "--json", *more)
        return status, json.loads(out), err

    def accepted(self, *more: str) -> str:
        found = self.json("stats", "disputes.accepted", *PERIOD, *more)
        return str(found["indicators"][0]["value"])


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path, capsys)
    assert made.take_in(CASES)[0] == 0
    return made


def test_frozen_figures_have_the_shape_of_others(line: Line) -> None:
    live = line.json("stats", *PERIOD)
    made = line.json("freeze", *PERIOD, "--note", "工作报告")
    assert (made["records"], made["clerk"], made["note"]) == (3, "赵敏", "工作报告")
    assert line.json("stats", *PERIOD, "--frozen") == live
    shown = line("stats", *PERIOD)[1]
    assert line("stats", *PERIOD, "--frozen") == (0, shown, "")
    assert line("stats", *PERIOD, "--frozen", "--lang", "en")[1] == line("stats", *PERIOD, "--lang", "en")[1]


def test_without_a_freeze_of_just_that_period_there_is_nothing(line: Line) -> None:
    line.json("freeze", *PERIOD)
    for words in (("--year", "2020"), ("--year", "2019"), ("--from", "2020-01-01", "--to", "2020-06-30")):
        status, out, err = line("stats", *words, "--frozen")
        assert (status, out, len(err.strip().splitlines())) == (1, "", 1)
    status, _out, err = line("stats", "disputes.own_x", *PERIOD, "--frozen")
    assert status == 1 and "own_x" in err


def test_an_import_names_every_row_and_changes_nothing(line: Line) -> None:
    line.json("freeze", *PERIOD)
    before = line("list", "disputes", "--json")
    for more in ((), ("--check",), ("--skip-problems",)):
        status, told, err = line.take_in(MORE, *more)
        assert status == 1
        assert [(p["row"], p["field"], p["value"]) for p in told["problems"]] == [
            (2, "case_no", "一〔2020〕1号"),
            (4, "case_no", "一〔2020〕8号"),
        ]
        assert "一〔2020〕1号、一〔2020〕8号" in err and "--reason" in err
        assert len(err.strip().splitlines()) == 1
        assert line("list", "disputes", "--json") == before


def test_an_import_with_a_reason_passes_and_is_explained(line: Line) -> None:
    line.json("freeze", *PERIOD)
    status, told, _err = line.take_in(MORE, "--reason", "区局来函更正")
    assert (status, told["inserted"], told["updated"], told["problems"]) == (0, 2, 1, [])
    assert (line.accepted(), line.accepted("--frozen")) == ("4", "3")
    moved = {one["key"]: one for one in line.json("freeze", *PERIOD, "--compare")}
    assert (moved["disputes.accepted"]["frozen"], moved["disputes.accepted"]["live"]) == ("3", "4")
    (record,) = moved["disputes.accepted"]["records"]
    assert (record["number"], record["kind"]) == ("一〔2020〕8号", "joined")
    assert record["why"] == ["sheet.csv — 区局来函更正"]
    assert "一〔2020〕8号：新计入；" in line("freeze", *PERIOD, "--compare")[1].replace(": ", "：")


def test_rows_that_nothing_frozen_counts_need_no_reason(line: Line) -> None:
    line.json("freeze", *PERIOD)
    assert line.take_in(CASES)[0] == 0
    assert line.take_in(HEADS + "一〔2022〕1号,2022-02-05,2022-02-06,王五,某公司\n")[0] == 0
    assert "一致" in line("freeze", *PERIOD, "--compare")[1]


def test_a_freeze_is_listed_and_ended(line: Line) -> None:
    assert line.json("freeze", "--list") == []
    line.json("freeze", *PERIOD)
    line.json("freeze", "--from", "2020-01-01", "--to", "2020-08-31")
    assert line("freeze", *PERIOD, "--end")[0] == 1
    line.json("freeze", *PERIOD, "--end", "--reason", "口径有误")
    found = line.json("freeze", "--list")
    assert [(one["period"]["end"], one["thawed_why"]) for one in found] == [
        ("2020-08-31", None),
        ("2020-12-31", "口径有误"),
    ]
    assert "口径有误" in line("freeze", "--list")[1]
    assert line("freeze", *PERIOD, "--end", "--reason", "再来")[0] == 1
    assert line("stats", *PERIOD, "--frozen")[0] == 1


def test_a_freeze_needs_a_period_and_a_file(tmp_path: Path, line: Line) -> None:
    assert line("freeze")[0] == 2
    assert main(["freeze", *PERIOD, "--file", str(tmp_path / "none.db")]) == 1
    assert not (tmp_path / "none.db").exists()
