"""A week of a clerk's work in the real window, by the keyboard, with the real worker, file, sheets and documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest
import time_machine
from openpyxl import Workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.end2end import tasks
from tests.end2end.clerk import Clerk, shell_in, shown_cells
from tests.ui.form_tools import at, focused
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Query, Record
from tracker.indicators import BY_KEY
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import attached, attachments, figures, parties, views
from tracker.operations.today import MONTH, OVERDUE, WEEK
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui.batch_window import BatchWindow
from tracker.ui.bulk_dialog import BulkDialog
from tracker.ui.clock_dialog import ClockDialog
from tracker.ui.event_dialog import EventDialog
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.papers_dialog import PapersDialog
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.print_preview import PrintPreview
from tracker.ui.start_page import StartPage
from tracker.ui.today_page import TodayPage
from tracker.ui.views_menu import NameDialog

MONDAY = datetime(2020, 6, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH = (f"京怀劳人仲字〔2020〕第{n}号" for n in (1, 3, 4, 5, 6, 7))
PLAIN, PETITION, CLOSING = "Enter a plain dispute", "Enter a petition like the last one", "Record a closing"
NOT_YET = dict.fromkeys(("closed_on", "closing_method", "settled_amount"))
AS_ENTERED = {"applicant": "张三", "workers": 1, "arbitrator": "李仲裁", **NOT_YET}
OLD_SHEET = (
    ("某某区劳动人事争议仲裁委员会2020年立案登记台账", *[None] * 8),
    ("序号", "案号", "收案日期", "立案时间", "申诉人", "用人单位", "案由", "标的（元）", "承办人", "结案时间", "结案形式"),
    (1, "京怀劳人仲字〔2020〕第1号", "2020.4.7", "2020.4.10", "赵铁柱", "某某物流有限公司", "劳动报酬", "1.2万", "李仲裁", None, None),
    (2, "京怀劳人仲字〔2020〕第2号", "2020.4.9", "2020年4月13日", "钱小英", "某某餐饮有限公司", "劳动报酬", 8000, "李仲裁", "2020.5.20", "调解"),
    (3, "京怀劳人仲字〔2020〕第3号", "20200512", "20200515", "孙大海、周兰", "某某建筑有限公司", "劳动报酬", "36,000元", "王仲裁", None, None),
    ("合计", None, None, None, None, None, None, None, None, None, None),
)  # fmt: skip


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Monday, nine o'clock in Beijing, and going on from there."""
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture
def clerk(clock: time_machine.Traveller, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """At the window of a file just made from the start page."""
    with shell_in(qapp, tmp_path) as shell:
        shell.begin()
        page = shell.window
        assert isinstance(page, StartPage)
        result = Clerk(shell, qtbot)
        result.look_at(page)
        result.press("Return")
        page.setup.show_path(tmp_path / "office.db")
        page.setup.rows.rows["region"].editor.setFocus()
        result.type("京怀", "Return", "Return")
        result.type("赵敏", "Return")
        result.look_at(shell.window)
        result.rest()
        yield result


def every(clerk: Clerk, ledger: Ledger) -> dict[str, Record]:
    """What is in the file, by number, read by a connection of its own."""
    desk = clerk.shell.desk
    assert desk is not None
    uids = [str(row[0]) for row in records.each(desk.reader, Query(ledger), ("uid",))]
    found = [records.get(desk.reader, ledger, uid) for uid in uids]
    return {str(record[ledger.number]): record for record in found if record}


def test_a_week(clerk: Clerk, clock: time_machine.Traveller, tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    monday(clerk, tmp_path)
    clock.move_to(MONDAY + timedelta(days=1))
    tuesday(clerk)
    clock.move_to(MONDAY + timedelta(days=2))
    wednesday(clerk)
    clock.move_to(MONDAY + timedelta(days=3))
    thursday(clerk, tmp_path)
    clock.move_to(MONDAY + timedelta(days=4))
    friday(clerk, file)
    comes_back(clerk, file)
    compares(clerk)


def monday(clerk: Clerk, folder: Path) -> None:
    opens_on_today(clerk)
    imports_the_old_sheet(clerk, folder)
    sees_what_is_urgent(clerk)
    enters_disputes(clerk)
    enters_petitions(clerk)


def opens_on_today(clerk: Clerk) -> None:
    page = clerk.window.current
    assert isinstance(page, TodayPage)
    assert "6月15日" in page.title.text()
    assert page.content is not None and page.content.urgent == 0


def imports_the_old_sheet(clerk: Clerk, folder: Path) -> None:
    path = folder / "立案登记台账.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in OLD_SHEET:
        book.active.append(row)
    book.save(path)
    clerk.shell.state.set("import_folder", str(folder))
    with clerk.task("Take in the sheet kept until now"):
        clerk.press("Ctrl+5")
        clerk.rest()
        clerk.press("Ctrl+I")
        dialog = clerk.dialog(ImportDialog)
        assert isinstance(dialog, ImportDialog)
        clerk.answering(
            QFileDialog, lambda _box: clerk.type(path.name, "Return"), lambda: clerk.press("Return")
        )
        assert dialog.import_all.hasFocus(), dialog.at
        clerk.press("Return")
        clerk.rest()
        clerk.press("Return")
    clerk.rest()
    assert clerk.list.model.ids
    found = every(clerk, DISPUTES)
    assert [r["accepted_on"] for r in found.values()] == ["2020-05-15", "2020-04-13", "2020-04-10"]


def sees_what_is_urgent(clerk: Clerk) -> None:
    with clerk.task("See the most urgent case"):
        clerk.press("Ctrl+1")
        clerk.rest()
        clerk.press("Return")
        clerk.rest()
    assert clerk.list.form.header.title.text() == FIRST


def enters_disputes(clerk: Clerk) -> None:
    clerk.press("Ctrl+5")
    clerk.rest()
    with clerk.task(PLAIN):
        clerk.press("Ctrl+N")
        clerk.rest()
        clerk.fill("t", "张三", "某某建筑有限公司", "9", "12000.5", "李仲裁")
        clerk.save()
    clerk.press("Ctrl+Return")
    clerk.rest()
    form = clerk.list.form
    assert at(form) == "applicant"
    form.body.focus("accepted_on")  # carried over from the case before; this one is not decided yet
    clerk.press("Ctrl+A", "Del", "Return", "Return")  # and neither is it refused
    clerk.type("李四", "Return")
    clerk.type("某某餐饮有限公司")
    clerk.save()
    clerk.press("Esc")
    found = every(clerk, DISPUTES)
    new = found[FOURTH]
    assert (new["applied_on"], new["accepted_on"], new["due_on"]) == (
        "2020-06-15",
        "2020-06-15",
        "2020-07-30",
    )
    assert (new["applicant"], new["respondent"], new["claim_amount"]) == (
        "张三",
        "某某建筑有限公司",
        1_200_050,
    )
    other = found[FIFTH]
    assert (other["applicant"], other["accepted_on"], other["due_on"]) == ("李四", None, None)


def enters_petitions(clerk: Clerk) -> None:
    clerk.press("Ctrl+6")
    clerk.rest()
    clerk.press("Ctrl+N")
    clerk.rest()
    clerk.fill("走访", "王五、赵六", "某某物流有限公司", "工资")
    clerk.save()
    with clerk.task(PETITION):
        clerk.press("Ctrl+D")
        clerk.rest()
        clerk.press("Return")
        clerk.type("吴八")
        clerk.save()
    clerk.press("Esc")
    first, second = (every(clerk, PETITIONS)[f"京怀人社信〔2020〕{n}号"] for n in (1, 2))
    assert (first["petitioner"], first["persons"]) == ("王五、赵六", 2)
    assert (second["petitioner"], second["persons"]) == ("吴八", 1)
    for key in ("received_on", "channel", "employer", "subject"):
        assert first[key] == second[key]


def tuesday(clerk: Clerk) -> None:
    today_is_another_day(clerk)
    accepts(clerk)
    adds_a_hearing(clerk)
    suspends(clerk)


def today_is_another_day(clerk: Clerk) -> None:
    clerk.press("Ctrl+1")
    page = clerk.window.current
    assert isinstance(page, TodayPage)
    page.watch.look()  # as when the window comes to the front in the morning
    clerk.rest()
    assert "6月16日" in page.title.text()


def accepts(clerk: Clerk) -> None:
    with clerk.task("Find a case by two characters and open it"):
        clerk.press("Ctrl+K")
        clerk.type("李四")
        clerk.rest()
        clerk.press("Return")
        clerk.rest()
    form = clerk.list.form
    assert form.header.title.text() == FIFTH
    clerk.press("Return")
    assert at(form) == "accepted_on"
    clerk.type("t")
    clerk.save()
    record = every(clerk, DISPUTES)[FIFTH]
    assert (record["accepted_on"], record["due_on"]) == ("2020-06-16", "2020-07-31")


def adds_a_hearing(clerk: Clerk) -> None:
    with clerk.task("Add a hearing to the case"):
        clerk.press("Ctrl+T")
        dialog = clerk.dialog(EventDialog)
        clerk.type("开庭", "Return")
        clerk.type("0629 9:30", "Return")
        clerk.type("第一仲裁庭", "Return", "Return")  # what happened is named after the kind
    clerk.rest()
    assert not dialog.isVisible()
    assert events(clerk) == [("hearing", "2020-06-29T09:30", None)]


def suspends(clerk: Clerk) -> None:
    clerk.press("Ctrl+T")
    clerk.dialog(EventDialog)
    clerk.fill("中止", "0617", "0621", "", "", "", last=("Return",))
    clerk.rest()
    assert ("suspension", "2020-06-17", "2020-06-21") in events(clerk)
    record = every(clerk, DISPUTES)[FIFTH]
    assert (record["suspended_days"], record["due_on"]) == (5, "2020-08-05")
    texts: list[str] = []

    def read(dialog: QWidget) -> None:
        texts.extend(label.text() for label in dialog.findChildren(QLabel))
        clerk.press("Esc")

    clerk.answering(ClockDialog, read, lambda: clerk.press("Ctrl+Shift+T"))
    told = "\n".join(texts)
    for words in ("2020-06-16", "45日", "2020-06-17", "5日", "2020-08-05", "第四十三条"):
        assert words in told


def events(clerk: Clerk) -> list[tuple[object, ...]]:
    """The events of the fifth case, as they are in the file."""
    uid = str(every(clerk, DISPUTES)[FIFTH]["uid"])
    found = attached.of_record(reader(clerk), EVENTS, uid)
    return [(event["kind"], event["happened_on"], event["until"]) for event in found]


def wednesday(clerk: Clerk) -> None:
    repeats_a_case(clerk)
    changes_many_and_takes_it_back(clerk)
    enters_a_campaign(clerk)


def repeats_a_case(clerk: Clerk) -> None:
    find(clerk, "zs")
    assert clerk.list.form.header.title.text() == FOURTH
    clerk.press("Ctrl+D")
    clerk.rest()
    form = clerk.list.form
    assert at(form) == "accepted_on"
    clerk.type("t", "Return")
    assert at(form) == "applicant"
    clerk.type("冯九")
    clerk.save()
    clerk.press("Esc")
    old, new = (every(clerk, DISPUTES)[number] for number in (FOURTH, SIXTH))
    assert (new["applicant"], new["respondent"], new["cause"]) == ("冯九", old["respondent"], old["cause"])
    assert (new["applied_on"], new["accepted_on"], new["uid"]) != (
        old["applied_on"],
        old["accepted_on"],
        old["uid"],
    )


def changes_many_and_takes_it_back(clerk: Clerk) -> None:
    def arbitrators() -> list[Value]:
        return [every(clerk, DISPUTES)[number]["arbitrator"] for number in (THIRD, FOURTH, SIXTH)]

    before = arbitrators()
    assert before == ["王仲裁", "李仲裁", "李仲裁"]
    clerk.press("Ctrl+F")
    clerk.type("某某建筑", "Return")
    clerk.rest()
    assert len(clerk.list.model.ids) == 3
    clerk.press(*["Right"] * 8, "Ctrl+A", "Ctrl+U")
    clerk.rest()
    dialog = clerk.dialog(BulkDialog)
    assert isinstance(dialog, BulkDialog) and dialog.field.key == "arbitrator"
    clerk.press("Tab")
    clerk.type("周仲裁")
    clerk.press("Return")
    clerk.qtbot.waitUntil(dialog.ok.hasFocus)
    clerk.press("Return")
    clerk.rest()
    assert arbitrators() == ["周仲裁"] * 3
    with clerk.task("Take back what was done last"):
        clerk.press("Ctrl+Z")
        clerk.rest()
    assert arbitrators() == before
    clerk.press("Ctrl+Shift+Z")
    clerk.rest()
    assert arbitrators() == ["周仲裁"] * 3
    assert "周仲裁" in shown_cells(clerk.list, "arbitrator")


def enters_a_campaign(clerk: Clerk) -> None:
    clerk.press("F6")
    for _step in range(20):
        clerk.press("Down")
        clerk.rest()
        if clerk.window.here and clerk.window.here.key == "inspections":
            break
    clerk.press("Return")
    clerk.rest()
    clerk.press("Ctrl+B")
    window = clerk.dialog(BatchWindow)
    assert isinstance(window, BatchWindow)
    shared = {
        "place": "城关镇",
        "officers": "赵敏、孙毅",
        "kind": "专项",
        "campaign": "夏季行动",
        "items": "工资支付",
    }
    while not window.grid.hasFocus():
        key = next(key for key, cell in window.cells.items() if cell.isAncestorOf(focused()))
        clerk.type(shared.get(key, ""), "Return")
    target = [field.key for field in window.batch.fields].index("target")
    for name in ("甲公司", "乙公司", "丙公司"):
        at_column = window.grid.currentIndex().column()
        clerk.press(
            *(["Right"] * (target - at_column) if target > at_column else ["Left"] * (at_column - target))
        )
        clerk.type(name, "Return")
        clerk.press("Down")
    clerk.press("Ctrl+S")
    clerk.rest()
    found = every(clerk, INSPECTIONS).values()
    assert {r["target"] for r in found} == {"甲公司", "乙公司", "丙公司"}
    assert {(r["checked_on"], r["campaign"], r["kind"]) for r in found} == {
        ("2020-06-17", "夏季行动", "special")
    }


def thursday(clerk: Clerk, folder: Path) -> None:
    pastes_parties(clerk)
    attaches_a_scan(clerk, folder)
    makes_a_notice(clerk, folder)
    keeps_a_view(clerk)
    prints(clerk, folder)
    goes_on_as_a_case(clerk)


def pastes_parties(clerk: Clerk) -> None:
    find(clerk, "zs")
    assert clerk.list.form.header.title.text() == FOURTH
    QGuiApplication.clipboard().setText("姓名\t手机号\n张三\t13800000001\n林七\t13800000002\n")
    clerk.press("Ctrl+Shift+P")
    clerk.rest()
    clerk.dialog(PartiesDialog)
    clerk.press("Ctrl+V")
    clerk.press("Ctrl+S")
    clerk.rest()
    record = every(clerk, DISPUTES)[FOURTH]
    assert (record["applicant"], record["workers"]) == ("张三、林七", 2)
    phones = [
        p["phone"] for p in parties.of_record(reader(clerk), str(record["uid"])) if p["role"] == "applicant"
    ]
    assert phones == ["13800000001", "13800000002"]


def attaches_a_scan(clerk: Clerk, folder: Path) -> None:
    (folder / "申请书.pdf").write_bytes(b"%PDF-1.7 scan")
    clerk.shell.state.set("attachments_folder", str(folder))
    clerk.answering(
        QFileDialog, lambda _box: clerk.type("申请书.pdf", "Return"), lambda: clerk.press("Ctrl+Shift+A")
    )
    uid = str(every(clerk, DISPUTES)[FOURTH]["uid"])
    (scan,) = attachments.of_record(reader(clerk), uid)
    assert (scan.name, scan.size) == ("申请书.pdf", 13)


def makes_a_notice(clerk: Clerk, folder: Path) -> None:
    letters = folder / "文书"
    letters.mkdir()
    clerk.shell.state.set("papers_folder", str(letters))
    find(clerk, "ls")
    assert clerk.list.form.header.title.text() == FIFTH
    with clerk.task("Make the notice of hearing"):
        clerk.press("Ctrl+Shift+D")
        clerk.rest()
        dialog = clerk.dialog(PapersDialog)
        assert isinstance(dialog, PapersDialog)
        while dialog.list.currentItem().text(0) != "开庭通知书":
            clerk.press("Down")
        clerk.press("Space")
        clerk.press("Ctrl+Return")
        clerk.rest()
    clerk.press("Esc")
    (path,) = letters.iterdir()
    letter = docx.Document(str(path))
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in letter.paragraphs), *cells])
    assert "李四与某某餐饮有限公司" in text and "二〇二〇年六月十八日" in text
    assert "第一仲裁庭" in text and "29日" in text, cells


def keeps_a_view(clerk: Clerk) -> None:
    clerk.press("Esc", "Ctrl+F")
    clerk.rest()
    clerk.press("Ctrl+A")
    clerk.type("某某餐饮", "Return")
    clerk.rest()
    clerk.answering(QMenu, lambda _menu: clerk.press("S"), lambda: clerk.press("Ctrl+Shift+V"))
    clerk.dialog(NameDialog)
    clerk.type("餐饮公司的案件", "Return")
    clerk.rest()
    (view,) = views.views(reader(clerk))
    assert (view.label, view.search) == ("餐饮公司的案件", "某某餐饮")


def prints(clerk: Clerk, folder: Path) -> None:
    clerk.look_at(clerk.window)
    with clerk.task("Print the list to a PDF"):
        clerk.press("Ctrl+P")
        clerk.rest()
        dialog = clerk.dialog(PrintPreview)
        assert isinstance(dialog, PrintPreview)

        def name(box: QWidget) -> None:
            assert isinstance(box, QFileDialog)
            box.setDirectory(str(folder))
            clerk.press("Ctrl+A")
            clerk.type("案件.pdf", "Return")

        clerk.answering(QFileDialog, name, lambda: clerk.press("Ctrl+S"))
        clerk.qtbot.waitUntil((folder / "案件.pdf").exists)
    clerk.qtbot.waitUntil(dialog.pdf.isEnabled)
    clerk.press("Esc")
    clerk.rest()
    assert (folder / "案件.pdf").read_bytes().startswith(b"%PDF")


def goes_on_as_a_case(clerk: Clerk) -> None:
    clerk.press("Ctrl+6")
    clerk.rest()
    before = matters_begun(clerk)
    clerk.press("Ctrl+F")
    clerk.type("吴八", "Return", "Return")
    clerk.rest()
    clerk.answering(QMenu, lambda _menu: clerk.press("Down", "Return"), lambda: clerk.press("Ctrl+Shift+J"))
    clerk.rest()
    assert clerk.list.ledger.name == "disputes"
    assert at(clerk.list.form) == "accepted_on"
    clerk.save()
    petition, case = every(clerk, PETITIONS)["京怀人社信〔2020〕2号"], every(clerk, DISPUTES)[SEVENTH]
    assert (case["continues"], case["applicant"], case["respondent"]) == (
        petition["uid"],
        "吴八",
        "某某物流有限公司",
    )
    assert case["suspended_days"] is None  # the case that the form showed before was suspended, not this one
    assert matters_begun(clerk) == before


def matters_begun(clerk: Clerk) -> object:
    """The figure that counts a matter once through all ledgers."""
    (figure,) = figures.figures(reader(clerk), Period.year(2020), [BY_KEY["disputes.matters"]])
    return figure.numerator


def friday(clerk: Clerk, file: Path) -> None:
    closes_a_case(clerk)
    today_agrees_with_the_command_line(clerk, file)


def closes_a_case(clerk: Clerk) -> None:
    find(clerk, "zs")
    with clerk.task(CLOSING):
        while at(clerk.list.form) != "closed_on":
            clerk.press("Return")
        clerk.fill("t", "调解", "12000")
        clerk.save()
    record = every(clerk, DISPUTES)[FOURTH]
    assert (record["closed_on"], record["closing_method"]) == ("2020-06-19", "mediation")
    assert record["settled_amount"] == 1_200_000


def today_agrees_with_the_command_line(clerk: Clerk, file: Path) -> None:
    clerk.press("Ctrl+1")
    clerk.rest()
    page = clerk.window.current
    assert isinstance(page, TodayPage)
    page.watch.look()
    clerk.rest()
    assert page.content is not None and "6月19日" in page.title.text()
    groups = [page.content.group(key) for key in (OVERDUE, WEEK, MONTH)]
    shown = sorted((line.number, line.day, line.left) for group in groups for line in group.lines)
    command = [sys.executable, "-m", "tracker", "due", "--json", "--on", "2020-06-19", "--file", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8")
    told = sorted((one["number"], one["due_on"], one["days_left"]) for one in json.loads(done.stdout))
    assert shown == told
    assert FOURTH not in {number for number, _day, _left in told}
    assert FIRST in {number for number, _day, left in told if left < 0}


def comes_back(clerk: Clerk, file: Path) -> None:
    before = {ledger.name: every(clerk, ledger) for ledger in (DISPUTES, PETITIONS, INSPECTIONS)}
    clerk.window.close()
    assert clerk.shell.desk is None and not file.with_name(f"{file.name}-wal").exists()
    clerk.shell.begin()
    clerk.look_at(clerk.shell.window)
    clerk.rest()
    assert {ledger.name: every(clerk, ledger) for ledger in (DISPUTES, PETITIONS, INSPECTIONS)} == before
    assert len(before["disputes"]) == 7
    clerk.press("Ctrl+5")
    clerk.rest()
    clerk.press("Ctrl+Z")
    clerk.rest()
    record = every(clerk, DISPUTES)[FOURTH]
    assert (record["closed_on"], record["closing_method"], record["settled_amount"]) == (None, None, None)
    clerk.press("Ctrl+Y")
    clerk.rest()
    assert every(clerk, DISPUTES)[FOURTH]["closed_on"] == "2020-06-19"


def find(clerk: Clerk, text: str) -> None:
    """Open the best record that the search over all ledgers finds."""
    clerk.press("Ctrl+K")
    clerk.type(text)
    clerk.rest()
    clerk.press("Return")
    clerk.rest()


def reader(clerk: Clerk) -> Database:
    """The window's own connection for reading."""
    assert clerk.shell.desk is not None
    return clerk.shell.desk.reader


def compares(clerk: Clerk) -> None:
    """The keys counted are those of the document; seconds are only written there."""
    cases, petitions = every(clerk, DISPUTES), every(clerk, PETITIONS)
    rows = {
        PLAIN: tasks.in_a_row(DISPUTES, {**cases[FOURTH], **AS_ENTERED}),
        PETITION: tasks.in_a_row(PETITIONS, petitions["京怀人社信〔2020〕2号"]),
        CLOSING: tasks.in_a_row(DISPUTES, cases[FOURTH], "closed_on"),
    }
    text = tasks.written(clerk.counted, rows)
    if os.environ.get("WRITE_TASKS"):
        tasks.PATH.write_text(text, encoding="utf-8")
    told = tasks.PATH.read_text(encoding="utf-8")
    assert len(clerk.counted) == 10
    assert tasks.without_seconds(told) == tasks.without_seconds(text), (
        "python -m scripts.tasks writes it anew"
    )
