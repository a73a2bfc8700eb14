"""The page of the report, used as a clerk does: by keyboard and mouse, on a real file and real documents."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.office import new_office
from tests.ui.test_statistics_page import count, dispute, fill
from tracker.db.history import Who
from tracker.operations.figures import Behind
from tracker.period import Period
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.insert_figure import InsertFigureDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import Exporting
from tracker.ui.report_page import ReportPage
from tracker.ui.state import State
from tracker.ui.statistics_page import StatisticsPage, remember
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

ROOT = Path(__file__).parent.parent.parent
YEAR = Period.year(2020, date(2020, 12, 25))
TEXT = (
    "{{ period.year }}年共受理劳动争议案件{{ disputes.accepted }}件，结案率{{ disputes.closure_rate }}%，"
    '其中开除辞退{{ disputes.by_cause|part("dismissal") }}件。',
    "没有数字的一段。",
    "上年受理{{ disputes.accepted|previous }}件，分子{{ disputes.closure_rate|numerator }}件。",
)
PRINTED = (
    "2020年共受理劳动争议案件5件，结案率60.00%，其中开除辞退2件。",
    "没有数字的一段。",
    "上年受理2件，分子3件。",
)


@pytest.fixture(params=[True])
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "office.db", Who("王书记员", "front-desk"))
    desk = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    remember(desk, YEAR)
    yield desk
    desk.close()


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> ReportPage:
    fill(desk.office)
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.resize(1064, 640)
    with qtbot.waitExposed(page):
        page.show()
    page.take_over(word(tmp_path / "模板.docx", *TEXT))
    page.view.setFocus()
    return page


def drilled(page: ReportPage) -> list[Behind]:
    seen: list[Behind] = []
    page.drill.connect(seen.append)
    return seen


def clipboard() -> str:
    return QApplication.clipboard().text()


def middle(page: ReportPage, figure: int) -> QPoint:
    """Where a figure stands on the screen."""
    cursor = page.view.textCursor()
    _paragraph, begin, end = page.view._spans[figure]
    cursor.setPosition(begin)
    left = page.view.cursorRect(cursor).center()
    cursor.setPosition(end)
    return (left + page.view.cursorRect(cursor).center()) / 2


def test_the_report_stands_as_it_will_be_printed(page: ReportPage) -> None:
    assert tuple(page.view.toPlainText().split("\n")) == PRINTED
    assert [piece.text for piece in page.view.pieces()] == ["5", "60.00", "2", "2", "3"]
    assert page.words.text() == "模板：本单位的模板"
    assert not page.faults_box.isVisible()


def test_tab_goes_from_figure_to_figure_and_enter_opens_their_records(page: ReportPage, desk: Desk) -> None:
    seen = drilled(page)
    page.view.go_to(0)
    for _step in range(4):
        QTest.keyClick(page.view, Qt.Key.Key_Return)
        QTest.keyClick(page.view, Qt.Key.Key_Tab)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert [count(desk, behind) for behind in seen] == [5, 5, 2, 2, 3]
    assert "2019" in seen[3].caption
    assert "分子" in seen[4].caption
    QTest.keyClick(page.view, Qt.Key.Key_Backtab)
    assert page.view.figure == 3
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    assert not page.view.hasFocus(), "after the last figure Tab leaves"


def test_definition_and_parts_of_the_figure_gone_to_stand_beside_it(page: ReportPage) -> None:
    page.view.go_to(1)
    assert page.card.title.text() == "结案率"
    assert page.card.value.text() == "60.00%"
    assert page.card.formula.text() == "60.00 = 3 ÷ 5"
    assert page.card.definition.text().startswith("口径：统计期内受理并于截止日前结案")
    page.view.go_to(2)
    assert page.card.title.text() == "受理案件按案由 · 解除终止合同（除名辞退辞职）"
    page.card.copy_button.click()
    assert clipboard() == '{{ disputes.by_cause|part("dismissal") }}'


def test_mouse_points_and_opens(page: ReportPage, desk: Desk, qtbot: QtBot) -> None:
    seen = drilled(page)
    page.view.go_to(0)
    with qtbot.waitSignal(page.view.pointed):
        QTest.mouseMove(page.view.viewport(), middle(page, 1))
    assert page.card.title.text() == "结案率"
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(page, 3))
    assert [count(desk, behind) for behind in seen] == [2]
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 4))
    assert len(seen) == 1


def test_one_click_and_one_key_copy_a_paragraph(page: ReportPage) -> None:
    page.view._place_buttons()
    buttons = page.view.copy_buttons()
    assert len(buttons) == 3
    buttons[2].click()
    assert clipboard() == PRINTED[2]
    page.view.go_to(0)
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == PRINTED[0]
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == PRINTED[1]


def test_faults_are_listed_and_gone_to_and_nothing_is_written(page: ReportPage, tmp_path: Path) -> None:
    page.take_over(word(tmp_path / "b.docx", "前言", "甲{{ disputes.acepted }}件", "{% if x %}"))
    assert page.faults_box.isVisible()
    assert page.faults_title.text().startswith("有 2 处写不出来")
    assert page.faults.item(0).text().startswith("第2段（“甲{{ disputes.acepted }}件”）")
    page.faults.setFocus()
    page.faults.setCurrentRow(1)
    QTest.keyClick(page.faults, Qt.Key.Key_Return)
    assert page.view.paragraph == 2
    page.export_file()
    assert page.banner.text.text() == "有写不出来的数字，请先改正模板或补齐记录；没有生成任何文件。"
    page.write_to(tmp_path / "R.docx")
    assert "第2段" in page.banner.text.text()
    assert not (tmp_path / "R.docx").exists()


def test_report_is_written_and_the_template_saved(page: ReportPage, tmp_path: Path) -> None:
    page.write_to(tmp_path / "R.docx")
    assert [p.text for p in docx.Document(str(tmp_path / "R.docx")).paragraphs] == list(PRINTED)
    assert page.banner.text.text() == "已生成：R.docx，其中 6 个数字。"
    page.save_template(tmp_path / "T.docx")
    assert [p.text for p in docx.Document(str(tmp_path / "T.docx")).paragraphs] == list(TEXT)
    page.write_to(tmp_path / "nowhere" / "R.docx")
    assert "不存在" in page.banner.text.text()


def test_long_report_begins_at_its_beginning_and_a_shorter_one_replaces_it(
    page: ReportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.choose("huairou-2020")
    page.take_over(
        word(tmp_path / "long.docx", *(f"第{n}段{{{{ disputes.accepted }}}}件" * 9 for n in range(60)))
    )
    assert page.view.verticalScrollBar().value() == 0
    page.view.go_to(500)
    place = page.view.verticalScrollBar()
    assert place.value() > 1000
    page.take_over(word(tmp_path / "short.docx", *TEXT))
    assert tuple(page.view.toPlainText().split("\n")) == PRINTED
    page.view._place_buttons()
    assert len(page.view.copy_buttons()) == 3


def test_templates_are_chosen_from_the_menu_and_the_own_one_stays(page: ReportPage, tmp_path: Path) -> None:
    page.template_menu.aboutToShow.emit()
    standard, *_others, own = [a for a in page.template_menu.actions() if a.isCheckable()]
    assert own.isChecked()
    standard.trigger()
    assert page.words.text() == "模板：北京怀柔（2020年）"
    assert len(page.view.pieces()) > 5
    page.template_menu.aboutToShow.emit()
    own = [a for a in page.template_menu.actions() if a.isCheckable()][-1]
    assert own.isEnabled()
    assert not own.isChecked()
    own.trigger()
    assert page.view.toPlainText().startswith(PRINTED[0])
    page.take_over(tmp_path / "missing.docx")
    assert "无法读取" in page.banner.text.text()


def test_changes_of_records_and_period_show_at_once(page: ReportPage, desk: Desk) -> None:
    from tracker.operations.office import Changed

    dispute(desk.office, 9, "2020-05-06")
    desk.changed.emit(Changed(frozenset({"disputes"})))
    assert page.view.pieces()[0].text == "6"
    page.picker.set_period(Period.year(2019))
    assert page.view.pieces()[0].text == "2"
    assert StatisticsPage(desk).period == Period.year(2019)


# ---- looking a figure up


@pytest.fixture
def dialog(page: ReportPage, qtbot: QtBot) -> Iterator[InsertFigureDialog]:
    page.insert_figure()
    found = page.findChild(InsertFigureDialog)
    assert found
    yield found
    if isValid(found):
        found.reject()


def value_of(dialog: InsertFigureDialog) -> str:
    dialog._evaluate()
    return dialog.value.text()


def test_a_figure_is_found_by_a_part_of_its_name(dialog: InsertFigureDialog, page: ReportPage) -> None:
    dialog.search.setText("结案率 上期未结")
    dialog.search.returnPressed.emit()
    keys = [line.key for line in dialog.table.numbers.lines if line.kind == "row"]
    assert keys == ["disputes.closure_rate_on_hand"]
    dialog.search.setText("disputes.closure_rate")
    dialog.search.returnPressed.emit()
    dialog.table.go_to("disputes.closure_rate")
    assert dialog.name.text() == "结案率"
    assert value_of(dialog) == "60.00"
    QTest.keyPress(dialog.search, Qt.Key.Key_Return)
    assert clipboard() == "{{ disputes.closure_rate }}"
    assert clipboard() in page.banner.text.text()


def test_how_it_is_written_is_chosen_and_told_at_once(dialog: InsertFigureDialog) -> None:
    dialog.table.go_to("disputes.closure_rate")
    dialog._choose("disputes.closure_rate")
    dialog.decimals.setCurrentIndex(dialog.decimals.findData("1"))
    dialog.truncated.setChecked(True)
    assert dialog.expression() == "disputes.closure_rate|decimals(1)|truncated"
    assert value_of(dialog) == "60.0"
    dialog.what.setCurrentIndex(dialog.what.findData("denominator"))
    dialog.decimals.setCurrentIndex(0)
    dialog.truncated.setChecked(False)
    assert value_of(dialog) == "5"
    dialog.span.setCurrentIndex(dialog.span.findData("months"))
    dialog.last.setValue(2)
    assert dialog.expression() == "disputes.closure_rate|months(1, 2)|denominator"
    assert value_of(dialog) == "2"
    dialog.as_of.setText("2020-13-01")
    dialog._changed()
    value_of(dialog)
    assert "正确写法" in dialog.problem.text()


def test_a_breakdown_offers_its_parts_and_a_count_no_numerator(dialog: InsertFigureDialog) -> None:
    dialog._choose("disputes.by_cause")
    assert not dialog.part.isHidden()
    dialog.part.setCurrentIndex(dialog.part.findData("dismissal"))
    assert dialog.expression() == 'disputes.by_cause|part("dismissal")'
    assert value_of(dialog) == "2"
    dialog._choose("disputes.accepted")
    assert dialog.part.count() == 0
    dialog.about.setCurrentIndex(dialog.about.findData("10"))
    assert value_of(dialog) == "0"
    item = dialog.what.model().index(1, 0)
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled


# ---- in the window


def test_window_opens_records_from_the_report_and_comes_back(desk: Desk, qtbot: QtBot) -> None:
    fill(desk.office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.go(Place("report"))
    page = window.current
    assert isinstance(page, ReportPage)
    assert isinstance(page, Exporting)
    assert not isinstance(window.stack.page("statistics"), Exporting)
    page.view.go_to(next(n for n, piece in enumerate(page.view.pieces()) if piece.text == "5"))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert window.here
    assert window.here.key == "disputes"
    window.back()
    assert window.current is page


@pytest.mark.parametrize("desk", [False], indirect=True)
def test_figures_are_computed_in_the_worker(desk: Desk, qtbot: QtBot) -> None:
    fill(desk.office)
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.loading
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.content)
    assert page.view.pieces()


def test_window_opens_without_the_libraries_of_word_and_sheets() -> None:
    code = (
        "import sys; import tracker.ui.main_window; "
        "assert not {'docx', 'lxml', 'openpyxl', 'python_calamine'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
