"""A twenty-fourth ledger is one file and a line in a tuple, and so are its figures: nothing else is told of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]

LEDGER = '''"""Gates."""

from tracker.schema.fields import Choice, Day, Link, Money, Number, Text, codes
from tracker.schema.ledger import Ledger

GATES = Ledger(
    name="gates",
    label="城门台账",
    short="城门",
    section="其他",
    record="城门",
    number="gate_no",
    number_pattern="门〔{year}〕{n}号",
    day="opened_on",
    columns=("gate_no", "opened_on", "colour"),
    indexes=(("opened_on",),),
    typed=(
        Number(key="gate_no", label="城门编号", required=True),
        Day(key="opened_on", label="开启日期", required=True),
        Choice(key="colour", label="颜色", codes=codes(("red", "朱红"), ("green", "碧绿"))),
        Money(key="toll", label="通行费"),
        Text(key="firm", label="承建单位", names="employers"),
        Link(key="keeper", label="守门人", names="officers"),
    ),
)
'''
FIGURES = '''"""Figures of gates."""

from tracker.schema.filters import InPeriod
from tracker.schema.indicator import Breakdown, Count, Indicator, Sum

WHEN = InPeriod("opened_on")
GATES = (
    Indicator(key="gates.opened", label="开启城门", unit="座", definition="期间内开启的城门。", measure=Count(WHEN)),
    Indicator(key="gates.tolls", label="通行费额", unit="元", definition="通行费之和。", measure=Sum("toll", WHEN)),
    Indicator(
        key="gates.by_colour", label="城门颜色", unit="座", definition="按颜色。",
        measure=Breakdown(Count(WHEN), "colour"),
    ),
)
'''
SHEET = """城门编号,开启日期,颜色,通行费,承建单位
门〔2020〕1号,2020-02-01,朱红,12.5,安居公司
门〔2020〕2号,2020-03-01,green,7,
"""
LATER = "gate_no,opened_on\n门〔2020〕3号,2020-04-01\n"
REPORT = (
    "开启城门{{ gates.opened }}座，其中朱红{{ gates.by_colour|part('red') }}座，收费{{ gates.tolls }}元。"
)
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tracker.operations.office import open_office
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

app = QApplication([])
theme.install(app, "light")
desk = Desk(open_office(Path("cases.db")), Tasks(instant=True), State(Path("state.json")))
window = MainWindow(desk)
window.show()
window.go(Place("gates"))
assert window.current.ledger.name == "gates" and window.navigation.count_text("gates") == "3"
window.new_record()
app.processEvents()
assert window.current.form.isVisible()
window.go(Place("statistics"))
desk.close()
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with a ledger more."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("tracker", "resources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for part, text, last in (
        ("ledgers", LEDGER, "    TALLIES,\n"),
        ("indicators", FIGURES, "    *TALLIES,\n"),
    ):
        (folder / "tracker" / part / "gates.py").write_text(text, encoding="utf-8")
        init = folder / "tracker" / part / "__init__.py"
        told = init.read_text(encoding="utf-8")
        assert told.count(last) == 1
        imported = f"from tracker.{part}.hazards import"
        told = told.replace(imported, f"from tracker.{part}.gates import GATES\n{imported}")
        init.write_text(told.replace(last, last + last.replace("TALLIES", "GATES")), encoding="utf-8")
    return folder


def run(program: Path, *words: str, status: int = 0) -> str:
    """A command of that program, in its folder; what it said."""
    told = subprocess.run(
        [sys.executable, *words],
        cwd=program,
        env={**os.environ, "PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert told.returncode == status, told.stderr
    return told.stdout + told.stderr


def test_one_more_ledger_is_in_every_part_of_the_program(program: Path) -> None:
    def command(*words: str, status: int = 0) -> str:
        return run(program, "-m", "tracker", *words, "--file", "cases.db", status=status)

    for name, text in (("gates.csv", SHEET), ("later.csv", LATER)):
        (program / name).write_text(text, encoding="utf-8")
    template = Document()
    template.add_paragraph(REPORT)
    template.save(str(program / "template.docx"))

    command("import", "gates", "gates.csv")
    assert "城门台账" in command("ledgers")
    assert "门〔2020〕1号" in command("list", "gates", "--search", "安居公司")
    assert "门〔2020〕2号" in command("list", "gates", "--indicator", "gates.opened", "--year", "2020")
    assert "朱红 1" in command("stats", "gates.by_colour", "--year", "2020")
    command("template", "gates", "--out", "empty.xlsx")
    heads = next(load_workbook(program / "empty.xlsx").worksheets[0].iter_rows(values_only=True))
    assert any("城门编号" in str(head) for head in heads)
    command("workbook", "--year", "2020", "--out", "year.xlsx")
    assert any("城门" in name for name in load_workbook(program / "year.xlsx", read_only=True).sheetnames)
    command("report", "--year", "2020", "--template", "template.docx", "--out", "report.docx")
    written = [paragraph.text for paragraph in Document(str(program / "report.docx")).paragraphs]
    assert "开启城门2座，其中朱红1座，收费19.50元。" in written

    command("freeze", "--year", "2020")
    assert "门〔2020〕3号" in command("import", "gates", "later.csv", status=1)
    command("import", "gates", "later.csv", "--reason", "补录")
    assert "2" in command("stats", "--frozen", "gates.opened", "--year", "2020").splitlines()[-1]
    run(program, "-c", WINDOW)
