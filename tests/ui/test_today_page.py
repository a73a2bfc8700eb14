"""The pages of the day and the paper they go to, in a real window on a real file."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.needs import lacking
from tests.ui import form_tools
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import editing
from tracker.operations import today as days
from tracker.operations.printable import Printable
from tracker.operations.today import Line
from tracker.schema.fields import Value
from tracker.ui import theme
from tracker.ui.calendar_page import CalendarPage
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.paper import write_pdf
from tracker.ui.paper_table import TablePaper, fitted
from tracker.ui.print_preview import PrintPreview
from tracker.ui.state import State
from tracker.ui.today_delegate import GROUP, LINE, Look, _columns, widths
from tracker.ui.today_page import TodayPage

ON = date(2020, 6, 17)
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


@pytest.fixture(**IN_THE_WORKER)
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path, instant=request.param) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    result = MainWindow(desk)
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    settled(qtbot, desk)
    return result


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    QApplication.processEvents()


def dispute(desk: Desk, n: int, **more: Value) -> str:
    record = {**form_tools.DISPUTE, "case_no": f"京劳人仲字〔2020〕第{n}号", **more}
    return form_tools.add(desk, DISPUTES, record)


def fill(desk: Desk) -> None:
    """One overdue, one due on the Friday, one later, one to be heard, one waiting; and a petition."""
    days = {1: "2020-04-02", 2: "2020-05-05", 3: "2020-05-20"}
    for n, day in days.items():
        dispute(desk, n, applied_on=day, accepted_on=day, heard_on="2020-06-18" if n == 3 else None)
    dispute(desk, 4, applied_on="2020-06-15", accepted_on=None)


def page_on(qtbot: QtBot, window: MainWindow, key: str, on: date = ON) -> TodayPage | CalendarPage:
    window.actions_by_key[key].trigger()
    page = window.current
    assert isinstance(page, TodayPage | CalendarPage)
    for watch in (page.watch, window.badge.watch):
        watch.today = lambda: on
        watch.look()
    page.refresh()
    settled(qtbot, page.desk)
    return page


def today_page(qtbot: QtBot, window: MainWindow) -> TodayPage:
    page = page_on(qtbot, window, "today")
    assert isinstance(page, TodayPage)
    return page


def heads(page: TodayPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(page: TodayPage | CalendarPage, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, held)


def test_the_program_opens_on_today_each_morning(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    assert isinstance(window.current, TodayPage)
    window.actions_by_key["petitions"].trigger()
    settled(qtbot, desk)
    later = MainWindow(desk)
    qtbot.addWidget(later)
    settled(qtbot, desk)
    assert isinstance(later.current, LedgerPage)
    desk.state.set("page_day", (date.today() - timedelta(days=1)).isoformat())
    morning = MainWindow(desk)
    qtbot.addWidget(morning)
    settled(qtbot, desk)
    assert isinstance(morning.current, TodayPage)


def test_a_new_file_says_that_nothing_is_due(qtbot: QtBot, window: MainWindow) -> None:
    page = today_page(qtbot, window)
    assert page.empty.isVisible() and page.empty.title.text() == "今天没有到期的事项"
    assert window.navigation.count_text("today") == ""


def test_the_day_stands_under_its_heads_with_counts(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    assert heads(page) == [
        "已超期 1",
        "本周到期 1",
        "开庭 1",
        "30天内到期 2",  # an award, and the decision whether to accept the fourth
        "待办 · 决定是否受理 1",
        "待办 · 确定开庭日期 2",
        "我今天录入或修改的 0",
    ]
    first = str(page.list.model().index(0, 0, page.list.model().index(0, 0)).data())
    assert first.startswith("超期30天  京劳人仲字〔2020〕第1号  张三")
    assert "超期1件" in page.summary.text() and "今日" in page.title.text()


def test_what_calls_stands_beside_the_name_and_follows_changes(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    window.actions_by_key["petitions"].trigger()
    window.badge.watch.today = lambda: ON
    saved: list[object] = []
    record = {**form_tools.DISPUTE, "accepted_on": "2020-04-02", "applied_on": "2020-04-02"}
    desk.run(lambda office, _p: editing.save(office, DISPUTES, record), saved.append)
    settled(qtbot, desk)
    assert saved and window.navigation.count_text("today") == "1"
    page = today_page(qtbot, window)
    desk.run(lambda office, _p: editing.save(office, DISPUTES, {**record, "case_no": "2"}), saved.append)
    settled(qtbot, desk)
    assert window.navigation.count_text("today") == "2" and heads(page)[0] == "已超期 2"


def test_enter_opens_a_record_and_back_returns(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    page.list.setFocus()
    assert page.list.currentIndex().data(LINE).number.endswith("第1号")
    press(page, KEY.Key_Return)
    settled(qtbot, desk)
    assert isinstance(window.current, LedgerPage) and window.current.shown_uid
    window.back()
    assert window.current is page


def test_a_head_lists_just_its_records(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    page.list.setFocus()
    for _n in range(5):
        press(page, KEY.Key_Down, CONTROL)
    assert page.list.currentIndex().data(GROUP).key == "waiting.disputes.hear"
    press(page, KEY.Key_Return)
    settled(qtbot, desk)
    assert isinstance(window.current, LedgerPage)
    qtbot.waitUntil(lambda: isinstance(window.current, LedgerPage) and len(window.current.model.ids) == 2)
    assert "确定开庭日期" in window.current.caption.text.text()
    press(page, KEY.Key_Escape)
    assert window.current is page


def test_a_head_of_several_ledgers_asks_which(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    petition: dict[str, Value] = {
        "petition_no": "1号", "received_on": "2020-03-01", "petitioner": "王五", "persons": 1,
    }  # fmt: skip
    channels = {code.key for code in PETITIONS.field("channel").codes}  # type: ignore[attr-defined]
    subjects = {code.key for code in PETITIONS.field("subject").codes}  # type: ignore[attr-defined]
    petition |= {"channel": min(channels), "subject": min(subjects)}
    form_tools.add(desk, PETITIONS, petition)
    page = today_page(qtbot, window)
    menu = page.menu(page.content.group("overdue"))
    assert [action.text() for action in menu.actions()] == ["信访事项  1", "劳动争议  1"]
    menu.actions()[0].trigger()
    assert isinstance(window.current, LedgerPage) and window.current.ledger is PETITIONS
    menu.close()


@pytest.mark.parametrize("room", [500, 880, 1000, 1600])
def test_lines_of_all_parts_stand_below_each_other(styled: None, room: int) -> None:
    whole = [widths(room, Look(what=what, noted=True, several=True)) for what in (True, False)]
    assert whole[0] == whole[1]
    assert sum(whole[0]) + 4 * theme.M <= room
    on = date(2020, 12, 23)
    line = Line("permits", "a", "1号", "某公司", "10个工作日内颁发许可证", on.isoformat(), 1)
    limit = _columns(line, "剩1天", "", Look(noted=True), on, QRect(0, 0, room, 32))
    sits = _columns(line, "今天", "", Look(what=False, noted=True), on, QRect(0, 0, room, 32))
    assert [x.left() for _text, x, _muted in limit[:2]] == [x.left() for _text, x, _muted in sits[:2]]
    assert limit[-2][1].left() == sits[-2][1].left()


def test_heads_open_and_close_and_stay_so(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    head = page.list.model().index(0, 0)
    page.list.setFocus()
    page.list.setCurrentIndex(head)
    press(page, KEY.Key_Space)
    assert not page.list.isExpanded(head)
    page.refresh()
    settled(qtbot, desk)
    assert not page.list.isExpanded(page.list.model().index(0, 0))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 18))
    assert page.list.isExpanded(page.list.model().index(0, 0))


def test_the_rest_of_a_long_part_is_shown_on_asking(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    for n in range(1, 21):
        dispute(desk, n, applied_on="2020-04-02", accepted_on="2020-04-02")
    page = today_page(qtbot, window)
    head = page.list.model().index(0, 0)
    assert page.list.model().rowCount(head) == 9
    more = page.list.model().index(8, 0, head)
    assert more.data() == "还有12件，全部显示"
    page.list.setCurrentIndex(more)
    page.list.open(more)
    assert page.list.model().rowCount(page.list.model().index(0, 0)) == 20
    assert page.list.currentIndex().row() == 8 and page.list.currentIndex().data(LINE) is not None


def test_a_filter_narrows_both_pages_and_its_emptiness_offers_a_way_out(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    page.filter.ledger.setCurrentIndex(page.filter.ledger.findData("permits"))
    settled(qtbot, desk)
    assert page.nothing.isVisible()
    calendar = page_on(qtbot, window, "calendar")
    assert calendar.filter.wanted.ledger == "permits"
    calendar.filter.clear()
    page = today_page(qtbot, window)
    assert page.list.isVisible() and heads(page)[0] == "已超期 1"


def test_another_day_is_noticed(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    page.watch.today = lambda: ON + timedelta(days=7)
    page.watch.look()
    settled(qtbot, desk)
    assert heads(page)[0] == "已超期 3" and "24" in page.title.text()


# the calendar


def test_a_part_of_a_day_with_several_ledgers_asks_which(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    page = page_on(qtbot, window, "calendar")
    lines = [Line("disputes", "a", "1号", "", ""), Line("petitions", "b", "2号", "", "")]
    page.list_group(days.group("week", "本周", lines))
    menu = page.list.findChild(QMenu)
    assert menu and len(menu.actions()) == 2
    menu.actions()[1].trigger()
    assert isinstance(window.current, LedgerPage) and window.current.ledger is PETITIONS
    menu.close()


def test_the_calendar_is_gone_through_by_keys(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = page_on(qtbot, window, "calendar")
    assert isinstance(page, CalendarPage) and page.grid.day == ON
    page.grid.setFocus()
    for key, day in (
        (KEY.Key_Right, date(2020, 6, 18)),
        (KEY.Key_Down, date(2020, 6, 25)),
        (KEY.Key_PageDown, date(2020, 7, 25)),
        (KEY.Key_PageUp, date(2020, 6, 25)),
        (KEY.Key_Home, ON),
    ):
        press(page, key)
        assert page.grid.day == day
    qtbot.waitUntil(lambda: page.content.first == date(2020, 6, 1))
    assert "2020年6月" in page.title.text()


def test_enter_opens_the_days_only_record(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    page = page_on(qtbot, window, "calendar")
    assert isinstance(page, CalendarPage)
    page.grid.setFocus()
    press(page, KEY.Key_Right)
    assert page.list.isVisible() and page.day_title.text().startswith("2020年6月18日")
    press(page, KEY.Key_Return)
    settled(qtbot, desk)
    assert isinstance(window.current, LedgerPage) and window.current.shown_uid


def test_enter_goes_into_the_list_of_a_day_with_several(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    for n in (1, 2):
        dispute(desk, n, heard_on=ON.isoformat())
    page = page_on(qtbot, window, "calendar")
    assert isinstance(page, CalendarPage)
    page.grid.setFocus()
    press(page, KEY.Key_Return)
    assert page.list.hasFocus()
    press(page, KEY.Key_Escape)
    assert page.grid.hasFocus()
    QTest.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    assert page.grid.day == date(2020, 6, 1) and page.empty.isVisible()


# paper and sheets


def texts_of(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        lacking("pdftotext (Debian: poppler-utils)")
    done = subprocess.run(
        [str(program), "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return unicodedata.normalize("NFKC", done.stdout).replace("⻚", "页").replace("⾯", "面")


def test_what_is_due_is_printed_as_a_pdf(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path, chinese_font: str
) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    press(page, KEY.Key_P, CONTROL)
    settled(qtbot, desk)
    (shown,) = window.findChildren(PrintPreview)
    assert shown.landscape and shown.pages.count == 1
    shown.write(tmp_path / "due.pdf")
    qtbot.waitUntil(lambda: shown.banner.isVisible() and "due.pdf" in shown.banner.text.text())
    text = texts_of(tmp_path / "due.pdf")
    for word in ("到期事项清单", "超期30天", "第1号", "张三", "决定是否受理", "第1页,共1页"):
        assert word in text
    shown.reject()
    (told,) = desk.office.db.rows("SELECT changes FROM history WHERE action = 'export'")
    assert '"due.pdf"' in told[0] and '"whole":false' in told[0]


def test_a_list_is_printed_as_it_is_filtered(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    fill(desk)
    window.actions_by_key["disputes"].trigger()
    settled(qtbot, desk)
    list_page = window.current
    assert isinstance(list_page, LedgerPage)
    list_page.head.search.setText("第2号")
    list_page.head.search.returnPressed.emit()
    settled(qtbot, desk)
    window.print_list()
    settled(qtbot, desk)
    (shown,) = window.findChildren(PrintPreview)
    assert isinstance(shown.paper, TablePaper)
    assert len(shown.paper.content.rows) == 1 and "第2号" in shown.paper.content.said
    shown.lying.click()
    assert not shown.landscape and shown.place.text() == "第1页，共1页"
    shown.reject()


def test_a_page_without_a_list_says_so(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.actions_by_key["settings"].trigger()
    window.print_list()
    assert window.status.currentMessage() == "本页没有可打印的列表。"


def test_what_is_due_is_written_to_a_sheet(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    fill(desk)
    page = today_page(qtbot, window)
    page.write(page.list_title(), page.groups(), tmp_path / "due.xlsx")
    settled(qtbot, desk)
    assert (tmp_path / "due.xlsx").is_file() and "due.xlsx" in page.banner.text.text()
    page.write(page.list_title(), page.groups(), tmp_path / "none" / "due.xlsx")
    settled(qtbot, desk)
    assert page.banner.property("banner") == "danger"


def long_table(rows: int) -> Printable:
    return Printable(
        "标题", "某局", "共若干条", ("甲", "乙"), tuple((f"第{n}行", "字" * 60) for n in range(rows))
    )


@pytest.fixture
def styled(qapp: QApplication) -> None:
    theme.install(qapp, "dark")


def test_every_row_stands_on_one_page(styled: None, chinese_font: str) -> None:
    paper = TablePaper(long_table(200))
    pages = paper.pages(QSizeF(500, 700))
    rows = [row for page in pages for row, _height in page.rows]
    assert rows == list(paper.content.rows) and len(pages) > 3
    for n, page in enumerate(pages):
        used = sum(height for _row, height in page.rows) + page.top + page.grid.head
        assert used <= 700 and (n == 0) == bool(page.top)


def test_a_pdf_that_is_stopped_leaves_nothing(styled: None, tmp_path: Path, chinese_font: str) -> None:
    steps = write_pdf(TablePaper(long_table(200)), tmp_path / "a.pdf")
    assert next(iter(steps))[0] == 1
    steps.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_a_fault_while_writing_ends_it_and_is_not_called_written(
    styled: None, qtbot: QtBot, tmp_path: Path
) -> None:
    def faulty() -> Iterator[tuple[int, int]]:
        yield 1, 2
        raise ValueError("a fault of the program")

    under = QWidget()
    qtbot.addWidget(under)
    shown = PrintPreview(State(tmp_path / "state.json"), under, TablePaper(long_table(1)))
    shown._begin(faulty(), "written", "a.pdf")
    shown._pace.stop()  # stepped by hand
    shown._step()
    with pytest.raises(ValueError, match="a fault"):
        shown._step()
    assert not shown.banner.isVisibleTo(shown) and shown.print_button.isEnabled()
    assert not shown._pace.isActive() and shown._steps is None


def test_columns_fill_the_paper_and_the_narrow_ones_keep_their_width() -> None:
    assert fitted([10, 20], 100) == [45, 55]
    assert fitted([10, 300, 200], 110) == [10, 50, 50]
    assert fitted([300, 15, 200], 100) == [42.5, 15, 42.5]
    assert sum(fitted([40, 300, 200, 55], 250)) == pytest.approx(250)


def test_a_number_is_not_broken_on_paper_unless_the_others_would_have_no_room() -> None:
    assert fitted([120, 300, 200], 200, {0}) == [120, 40, 40]
    assert fitted([190, 300, 200], 200, {0}) == pytest.approx([200 / 3] * 3)


def test_the_wheel_goes_on_to_the_next_page_and_back_to_the_end_of_the_one_before(
    styled: None, qtbot: QtBot, tmp_path: Path
) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    shown = PrintPreview(State(tmp_path / "state.json"), under, TablePaper(long_table(60)))
    with qtbot.waitExposed(shown):
        shown.show()
    bar = shown.pages.verticalScrollBar()

    def wheel(by: int) -> None:
        viewport = shown.pages.viewport()
        where = QPointF(viewport.rect().center())
        turn = QWheelEvent(
            where, QPointF(viewport.mapToGlobal(where.toPoint())), QPoint(), QPoint(0, by),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, turn)

    wheel(-120)
    assert shown.pages.page == 0 and bar.value() > 0
    bar.setValue(bar.maximum())
    wheel(-120)
    assert shown.pages.page == 1 and bar.value() == 0 and shown.place.text().startswith("第2页")
    wheel(120)
    assert shown.pages.page == 0 and bar.value() == bar.maximum()
