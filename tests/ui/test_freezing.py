"""Freezing in the window: the dialog, the page that compares, the marks, and the reason asked for of any change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.office import new_office
from tests.ui.test_statistics_page import DISPUTES, dispute, fill
from tracker.db import freezes, history, records
from tracker.db.history import Who
from tracker.operations import editing, freezing
from tracker.period import Period
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.reason_dialog import ReasonDialog
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.statistics_page import StatisticsPage, remember
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

YEAR = Period.year(2020, date(2020, 12, 25))
KEY = Qt.Key


@pytest.fixture(params=[True])
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "office.db", Who("王书记员", "front-desk"))
    desk = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    fill(office)
    remember(desk, YEAR)
    yield desk
    desk.close()


class Answers:
    """Answers each question why that comes up, by the keyboard; `asked` has what they said."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def next(self, reason: str) -> None:
        """The answer to the next question; nothing goes back."""
        QTimer.singleShot(0, lambda: self._answer(reason))

    def _answer(self, reason: str) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog) or not dialog.isVisible():
            QTimer.singleShot(10, lambda: self._answer(reason))
            return
        self.asked.append(dialog.records.text() if hasattr(dialog, "records") else "")
        assert not dialog.go_on.isEnabled()
        QTest.keyClick(dialog.line, KEY.Key_Return)  # with nothing written it stays
        assert dialog.isVisible()
        QTest.keyClicks(dialog.line, reason)
        QTest.keyClick(dialog.line, KEY.Key_Return if reason else KEY.Key_Escape)


@pytest.fixture
def answers() -> Answers:
    return Answers()


def yes() -> None:
    """Press the default button of the next question."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox) and box.isVisible():
        box.defaultButton().click()
    else:
        QTimer.singleShot(10, yes)


def uid(desk: Desk, n: int) -> str:
    number = desk.office.patterns["disputes"].number(2020, n)
    return str(records.by_number(desk.reader, DISPUTES, number)[0]["uid"])


def notes(desk: Desk, of: str) -> list[str]:
    return [entry.note for entry in history.of_record(desk.reader, of)]


def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    made = RecordForm(desk, DISPUTES)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize("desk", [True, False], indirect=True)
def test_saving_a_counted_record_asks_why(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    freezing.freeze(desk.office, YEAR)
    made = form(desk, qtbot)
    made.open(uid(desk, 3))
    made.body.cells["respondent"].editor.set_value("乙公司")
    answers.next("")
    made.save()
    qtbot.waitUntil(lambda: bool(answers.asked) and not desk.tasks.is_busy())
    assert "第3号" in answers.asked[0]
    assert made.has_unsaved() and made.body.record()[0]["respondent"] == "乙公司"
    assert (records.get(desk.reader, DISPUTES, uid(desk, 3)) or {})["respondent"] == "某公司"
    assert made.banner.isVisible() and "第3号" in made.banner.text.text()
    answers.next("qqgs")
    made.save()
    qtbot.waitUntil(lambda: not made.has_unsaved())
    assert (records.get(desk.reader, DISPUTES, uid(desk, 3)) or {})["respondent"] == "乙公司"
    assert notes(desk, uid(desk, 3)) == ["", "qqgs"]
    assert desk.office.reason == ""


@pytest.mark.parametrize("desk", [True, False], indirect=True)
def test_leaving_the_form_saves_with_a_reason(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    """The question for unsaved work waits until the change went through."""
    freezing.freeze(desk.office, YEAR)
    made = form(desk, qtbot)
    made.open(uid(desk, 3))
    made.body.cells["respondent"].editor.set_value("乙公司")
    yes()
    answers.next("gz")
    assert made.may_leave()
    assert notes(desk, uid(desk, 3)) == ["", "gz"]


def test_a_new_record_in_a_frozen_year_asks_why(desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    freezing.freeze(desk.office, YEAR)
    made = form(desk, qtbot)
    made.new()
    for key, value in {"applied_on": "2020-05-06", "applicant": "李四", "respondent": "某公司"}.items():
        made.body.cells[key].editor.set_value(value)
    answers.next("bl")
    made.save()
    assert len(answers.asked) == 1 and not made.has_unsaved()


def test_bin_and_restore_ask_why(window: MainWindow, desk: Desk, answers: Answers) -> None:
    freezing.freeze(desk.office, YEAR)
    window.go(Place("disputes"))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.table.selectAll()
    yes()
    answers.next("cf")
    page.acts.bin()
    assert answers.asked[0].count("\n") == 4  # five of seven are counted
    assert records.count(desk.reader, records.Query(DISPUTES)) == 0
    answers.next("")
    page.banner.action.click()
    assert records.count(desk.reader, records.Query(DISPUTES)) == 0
    answers.next("wd")
    page.acts._undo()
    assert records.count(desk.reader, records.Query(DISPUTES)) == 7
    assert notes(desk, uid(desk, 3)) == ["", "cf", "wd"]


def test_an_import_asks_once_before_it_begins(
    desk: Desk, qtbot: QtBot, tmp_path: Path, answers: Answers
) -> None:
    freezing.freeze(desk.office, YEAR)
    number = desk.office.patterns["disputes"].number(2020, 7)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"案号,申请日期,申请人,被申请人\n{number},2020-03-01,张三,某公司\n", encoding="utf-8")
    dialog = ImportDialog(desk, DISPUTES)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.choose(sheet)
    assert "1 行" in dialog.banner.text.text() and dialog.import_all.isEnabled()
    answers.next("")
    dialog.import_all.click()
    assert dialog.result_ is None and dialog.plan is not None
    answers.next("bl")
    dialog.import_all.click()
    assert dialog.result_ is not None and dialog.result_.inserted == 1
    assert notes(desk, uid(desk, 7)) == ["sheet.csv — bl"]


def test_the_dialog_says_what_is_kept_and_freezes(desk: Desk, qtbot: QtBot) -> None:
    made: list[freezing.Frozen] = []
    dialog = FreezeDialog(desk, YEAR)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.frozen.connect(made.append)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert f"{len(desk.office.catalogue.indicators)} 项数据及所依据的 5 条记录" in dialog.kept.text()
    dialog._show_keeping(freezing.Keeping(358, dict.fromkeys(desk.office.catalogue.ledgers, 4_000), ()))
    qtbot.waitUntil(lambda: dialog.kept.height() >= dialog.kept.heightForWidth(dialog.kept.width()))
    dialog.picker.typed.setText("20")
    dialog.picker.typed.setModified(True)
    dialog.picker.typed.editingFinished.emit()
    assert dialog.banner.isVisible() and not dialog.go.isEnabled()
    dialog.picker.set_period(Period.year(2019))
    assert "2 条记录" in dialog.kept.text()
    dialog.picker.set_period(YEAR)
    dialog.note.setFocus()
    QTest.keyClicks(dialog.note, "nb")
    QTest.keyClick(dialog.note, KEY.Key_Return)
    assert [one.freeze.note for one in made] == ["nb"]
    assert freezes.of_period(desk.reader, YEAR) == [made[0].freeze]
    again = FreezeDialog(desk, YEAR)
    qtbot.addWidget(again)
    assert "已由王书记员" in again.kept.text()


def test_the_statistics_mark_what_is_frozen(desk: Desk, qtbot: QtBot) -> None:
    page = StatisticsPage(desk)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitExposed(page):
        page.show()
    assert not page.frozen.isVisible()
    freezing.freeze(desk.office, YEAR, "年报")
    page.refresh()
    assert page.frozen.isVisible()
    marks = {line.key: (line.icon, line.role) for line in page.table.numbers.lines if not line.across}
    assert set(marks.values()) == {("lock", "text_muted")}
    with desk.office.because("补录"):
        dispute(desk.office, 9, "2020-05-06")
    page.refresh()
    marks = {line.key: (line.icon, line.role) for line in page.table.numbers.lines if not line.across}
    assert marks["disputes.accepted"] == ("lock", "warning")
    assert marks["disputes.closed"] == ("lock", "text_muted")
    (line,) = (line for line in page.table.numbers.lines if line.key == "disputes.accepted")
    assert line.cells[0].tip.endswith("由王书记员封账：5")
    assert (
        "年报" in page.frozen.text.accessibleName() and "项与封账数不同" in page.frozen.text.accessibleName()
    )
    page.picker.set_period(Period.year(2020))
    assert not page.frozen.isVisible()
    assert not any(line.icon for line in page.table.numbers.lines if not line.across)


def test_from_the_statistics_to_the_record_that_moved_a_figure(
    window: MainWindow, desk: Desk, answers: Answers
) -> None:
    window.go(Place("statistics"))
    window.freeze_figures()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FreezeDialog)
    QTest.keyClick(dialog.note, KEY.Key_Return)
    with desk.office.because("重复登记"):
        editing.bin_records(desk.office, DISPUTES, [uid(desk, 3)])
    statistics = window.current
    assert isinstance(statistics, StatisticsPage)
    statistics.refresh()
    statistics.frozen.compare.click()
    page = window.current
    assert isinstance(page, FreezesPage)
    assert line_of(page, "disputes.accepted") == ["受理劳动争议案件", "5", "4", "−1"]
    assert line_of(page, "disputes.closure_rate") == ["结案率", "60.00", "50.00", "−10.00个百分点"]
    assert line_of(page, "disputes.by_cause#dismissal") == ["　解除终止合同（除名辞退辞职）", "2", "1", "−1"]
    page.only_moved.click()
    assert all(line.icon or "#" in line.key for line in page.figures.numbers.lines)
    page.list.setFocus()
    QTest.keyClick(page.list, KEY.Key_Return)
    assert page.figures.go_to("disputes.closed") and page.figures.hasFocus()
    assert [row.number[-2:] for row in page._moved] == ["3号"]
    page.moved.setFocus()
    QTest.keyClick(page.moved, KEY.Key_Return)
    ledger = window.current
    assert isinstance(ledger, LedgerPage)
    assert ledger.form._uid == uid(desk, 3) and ledger.form.banner.isVisible()


def line_of(page: FreezesPage, key: str) -> list[str]:
    return next([cell.text for cell in line.cells] for line in page.figures.numbers.lines if line.key == key)


def test_unfreezing_asks_why(window: MainWindow, desk: Desk, qtbot: QtBot, answers: Answers) -> None:
    window.go(Place("freezes"))
    page = window.current
    assert isinstance(page, FreezesPage)
    assert page.stack.currentWidget() is page.empty
    made = freezing.freeze(desk.office, YEAR).freeze
    page.refresh()
    answers.next("")
    page.unfreeze.click()
    assert freezes.of_period(desk.reader, YEAR) == [made]
    answers.next("kjyw")
    window.activateWindow()
    page.list.setFocus()
    qtbot.waitUntil(page.list.hasFocus)
    QTest.keyClick(page.list, KEY.Key_Delete)
    assert freezes.of_period(desk.reader, YEAR) == []
    assert "kjyw" in page.about.accessibleName() and not page.unfreeze.isEnabled()
    page.ask_unfreeze()  # nothing is left to end
    editing.bin_records(desk.office, DISPUTES, [uid(desk, 3)])


def test_a_figure_that_nothing_moved_says_so(window: MainWindow, desk: Desk) -> None:
    freezing.freeze(desk.office, YEAR)
    window.go(Place("freezes"))
    page = window.current
    assert isinstance(page, FreezesPage)
    assert page.figures.go_to("disputes.accepted")
    assert page.below.currentWidget() is page.unmoved
    page.only_moved.click()
    assert page.beside.currentWidget() is page.same and page.moved_title.text() == ""
