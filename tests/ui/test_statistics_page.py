"""The statistics page, used as a clerk does: by keyboard and mouse, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget
from pytestqt.qtbot import QtBot

from tests.office import new_office
from tracker.db import records
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.ledgers import BY_NAME
from tracker.operations import editing
from tracker.operations.figures import Behind
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.state import State
from tracker.ui.statistics_page import StatisticsPage
from tracker.ui.tasks import Tasks

DISPUTES, PETITIONS = BY_NAME["disputes"], BY_NAME["petitions"]
YEAR = Period.year(2020, date(2020, 12, 25))
VALUE, NUMERATOR, DENOMINATOR, LAST_YEAR, CHANGE = range(1, 6)


def dispute(office: Office, n: int, accepted: str, closed: str = "", **more: Value) -> None:
    """Put a dispute into the file."""
    record: dict[str, Value] = {
        "case_no": office.patterns["disputes"].number(int(accepted[:4]), n),
        "applied_on": accepted,
        "accepted_on": accepted,
        "applicant": "张三",
        "respondent": "某公司",
        **more,
    }
    if closed:
        record |= {"closed_on": closed, "closing_method": more.get("closing_method", "mediation")}
    editing.save(office, DISPUTES, record)


def fill(office: Office) -> None:
    """Five disputes of 2020 (three closed, two by mediation), two of 2019; a gap in the numbers of 2020."""
    dispute(office, 1, "2020-01-06", "2020-02-10", cause="remuneration")
    dispute(office, 2, "2020-01-20", "2020-03-10", cause="remuneration;welfare")
    dispute(office, 3, "2020-03-02", "2020-04-10", cause="dismissal", closing_method="award")
    dispute(office, 4, "2020-03-12", cause="dismissal")
    dispute(office, 6, "2020-11-12")
    dispute(office, 1, "2019-03-11", "2019-05-10", cause="dismissal", closing_method="award")
    dispute(office, 2, "2019-05-11", "2019-07-10", cause="remuneration")


@pytest.fixture(params=[True])
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "office.db", Who("王书记员", "front-desk"))
    desk = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    yield desk
    desk.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> StatisticsPage:
    fill(desk.office)
    page = StatisticsPage(desk)
    page.picker.set_period(YEAR)
    return shown(page, qtbot)


def shown(page: StatisticsPage, qtbot: QtBot) -> StatisticsPage:
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitExposed(page):
        page.show()
    page.table.setFocus()
    return page


def texts(page: StatisticsPage, key: str) -> list[str]:
    """The cells of a figure's line."""
    return next([cell.text for cell in line.cells] for line in page.table.numbers.lines if line.key == key)


def drilled(page: StatisticsPage) -> list[Behind]:
    """Whatever is drilled into from now on."""
    seen: list[Behind] = []
    page.drill.connect(seen.append)
    return seen


def numbers(desk: Desk, behind: Behind) -> list[str]:
    """The case numbers of the records behind, without their frame."""
    rows = records.each(desk.reader, Query(behind.ledger, behind.where), ("case_no",))
    return sorted(str(row[0]) for row in rows)


def count(desk: Desk, behind: Behind) -> int:
    return records.count(desk.reader, Query(behind.ledger, behind.where))


def at(page: StatisticsPage, key: str, column: int = VALUE) -> QPoint:
    """Go to a number; where it is on the screen."""
    assert page.table.go_to(key, column)
    return page.table.visualRect(page.table.currentIndex()).center()


def test_figures_stand_with_parts_last_year_and_change(page: StatisticsPage) -> None:
    assert texts(page, "disputes.accepted") == ["受理劳动争议案件", "5", "", "", "2", "▲ +150.00%"]
    assert texts(page, "disputes.closure_rate")[1:] == ["60.00", "3", "5", "100.00", "▼ −40.00个百分点"]
    assert texts(page, "disputes.carried_over")[1:] == ["0", "", "", "0", "—"]
    assert texts(page, "disputes.closed")[1:] == ["3", "", "", "2", "▲ +50.00%"]
    assert page.words.accessibleName() == "2020年（截至2020-12-25）"


def test_only_ledgers_in_use_are_shown_under_their_headings(page: StatisticsPage) -> None:
    lines = page.table.numbers.lines
    assert [line.key for line in lines if line.kind == "heading"] == ["#disputes"]
    assert {line.key.split(".")[0] for line in lines if line.kind == "row"} == {"disputes"}
    assert [card.key for card in page.cards.cards] == [
        "disputes.accepted",
        "disputes.closure_rate",
        "disputes.mediation_share",
        "disputes.finality_rate",
    ]


def test_gaps_in_the_numbers_stand_in_a_quiet_line(page: StatisticsPage) -> None:
    notes = [line.cells[0].text for line in page.table.numbers.lines if line.kind == "note"]
    assert notes == ["2020年编号缺号：5（共1个）"]


@pytest.mark.parametrize(
    ("key", "column", "records_opened", "caption"),
    [
        ("disputes.closure_rate", VALUE, 5, "结案率"),
        ("disputes.closure_rate", NUMERATOR, 3, "分子"),
        ("disputes.closure_rate", DENOMINATOR, 5, "分母"),
        ("disputes.closure_rate", LAST_YEAR, 2, "2019"),
        ("disputes.accepted", 0, 5, "2020"),
        ("disputes.accepted", CHANGE, 5, "2020"),
        ("disputes.by_cause", VALUE, 5, "案由"),
    ],
)
def test_enter_and_double_click_open_the_records_of_the_number(
    page: StatisticsPage, desk: Desk, key: str, column: int, records_opened: int, caption: str
) -> None:
    seen = drilled(page)
    where = at(page, key, column)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [count(desk, behind) for behind in seen] == [records_opened] * 2
    assert caption in seen[0].caption


def test_keys_open_numerator_denominator_and_last_year(page: StatisticsPage, desk: Desk) -> None:
    seen = drilled(page)
    at(page, "disputes.mediation_share", 0)
    held = Qt.KeyboardModifier
    for modifier in (held.ShiftModifier, held.ControlModifier, held.AltModifier):
        QTest.keyClick(page.table, Qt.Key.Key_Return, modifier)
    assert [count(desk, behind) for behind in seen] == [2, 3, 2]
    at(page, "disputes.accepted", 0)
    QTest.keyClick(page.table, Qt.Key.Key_Return, held.ShiftModifier)
    assert len(seen) == 3, "a count has no numerator"


def test_arrows_go_from_figure_to_figure_and_skip_headings(page: StatisticsPage) -> None:
    at(page, "disputes.applications", NUMERATOR)
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert page.table.current_key() == "disputes.applications"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    assert page.table.current_key() == "disputes.refused"
    assert page.table.currentIndex().column() == VALUE


def test_the_definition_of_the_figure_gone_to_is_always_there(page: StatisticsPage) -> None:
    at(page, "disputes.closure_rate")
    assert page.detail.title.text() == "结案率"
    assert page.detail.formula.text() == "60.00% = 3 ÷ 5"
    assert page.detail.definition.text().startswith("口径：统计期内受理并于截止日前结案")


def test_months_and_parts_open_their_records(page: StatisticsPage, desk: Desk) -> None:
    seen = drilled(page)
    at(page, "disputes.accepted")
    detail = page.detail
    lines = [[cell.text for cell in line.cells] for line in detail.table.numbers.lines]
    assert lines[0] == ["1月", "2", "40.00%", "0", "—"] and lines[2] == [
        "3月",
        "2",
        "40.00%",
        "1",
        "▲ +100.00%",
    ]
    assert lines[-1] == ["合计", "5", "100.00%", "2", "▲ +150.00%"] and len(lines) == 13
    for row in range(len(lines)):
        detail.table.open_index(detail.table.numbers.index(row, VALUE))
    assert [count(desk, behind) for behind in seen] == [2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 5]
    seen.clear()
    detail.tabs.setCurrentIndex(1)
    lines = [[cell.text for cell in line.cells] for line in detail.table.numbers.lines]
    assert [line[1] for line in lines] == ["2", "2", "1", "5"] and lines[2][0] == "未填写"
    for row in range(len(lines)):
        detail.table.open_index(detail.table.numbers.index(row, VALUE))
    assert [count(desk, behind) for behind in seen] == [2, 2, 1, 5]


def test_bars_open_their_records_by_mouse_and_keyboard(page: StatisticsPage, desk: Desk) -> None:
    seen = drilled(page)
    at(page, "disputes.accepted")
    bars = page.detail.bars
    mark = next(m for m in bars.marks() if (m.series, m.category) == (1, 2))
    QTest.mouseDClick(bars, Qt.MouseButton.LeftButton, pos=mark.shape.center().toPoint())
    assert numbers(desk, seen[0]) == [desk.office.patterns["disputes"].number(2019, 1)]
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars, Qt.Key.Key_Home)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    assert count(desk, seen[1]) == 2 and "2020年1月" in seen[1].caption
    at(page, "disputes.by_cause")
    lying = page.detail.lying
    assert lying.isVisible() and not bars.isVisible()
    QTest.mouseDClick(lying, Qt.MouseButton.LeftButton, pos=lying.marks()[0].shape.center().toPoint())
    assert count(desk, seen[2]) == 2


def test_a_card_goes_to_its_figure_and_opens_it(page: StatisticsPage, desk: Desk) -> None:
    seen = drilled(page)
    card = page.cards.cards[1]
    assert "60.00" in card.value.text()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert page.table.current_key() == "disputes.closure_rate" and page.detail.title.text() == "结案率"
    QTest.keyClick(card, Qt.Key.Key_Return)
    QTest.mouseDClick(card, Qt.MouseButton.LeftButton)
    assert [count(desk, behind) for behind in seen] == [5, 5]


def test_the_search_keeps_figures_with_the_words(page: StatisticsPage) -> None:
    page.focus_search()
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "disputes.mean_days")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert [line.key for line in page.table.numbers.lines] == ["#disputes", "disputes.mean_days"]
    assert page.table.hasFocus() and page.detail.title.text() == "平均办案天数"
    page.search.setText("没有这个")
    page.search.returnPressed.emit()
    assert page.figures.currentWidget() is page.nothing
    page.search.clear()
    assert page.figures.currentWidget() is page.table
    assert page.table.current_key() == "disputes.mean_days"


def test_copying_gives_a_table_with_exact_numbers(page: StatisticsPage, desk: Desk) -> None:
    dispute(desk.office, 8, "2020-06-01", "2020-06-20", claim_amount=123_456_789_01)
    page.refresh()
    at(page, "disputes.claim_amount")
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0] == ["指标", "数值", "分子", "分母", "上年同期", "增减"]
    assert ["申请标的额（合计）（元）", "123,456,789.01"] in [line[:2] for line in lines]


def test_a_change_of_the_file_is_shown_at_once_or_when_next_looked_at(
    page: StatisticsPage, desk: Desk
) -> None:
    record: dict[str, Value] = {
        "case_no": "甲1号",
        "applied_on": "2020-05-06",
        "accepted_on": "2020-05-07",
        "applicant": "李四",
        "respondent": "某厂",
    }
    desk.run(lambda office, _p: editing.save(office, DISPUTES, record), lambda _saved: None)
    assert texts(page, "disputes.accepted")[1] == "6"
    page.hide()
    record["case_no"] = "甲2号"
    desk.run(lambda office, _p: editing.save(office, DISPUTES, record), lambda _saved: None)
    assert texts(page, "disputes.accepted")[1] == "6"
    page.show()
    assert texts(page, "disputes.accepted")[1] == "7"


# ---- the period


def type_period(page: StatisticsPage, text: str) -> None:
    page.picker.focus_typed()
    QTest.keyClicks(page.picker.typed, text)
    QTest.keyClick(page.picker.typed, Qt.Key.Key_Return)


def test_a_period_is_typed_and_stepped(page: StatisticsPage) -> None:
    type_period(page, "2020Q1")
    assert page.period == Period.quarter(2020, 1) and texts(page, "disputes.accepted")[1] == "4"
    QTest.keyClick(page.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.period == Period.quarter(2020, 2) and texts(page, "disputes.accepted")[1] == "0"
    QTest.keyClick(page.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.period == Period.quarter(2020, 1)
    QTest.keyClick(page.table, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.picker.typed.hasFocus()


def test_the_as_of_day_is_typed_short(page: StatisticsPage) -> None:
    page.picker.as_of.setFocus()
    page.picker.as_of.selectAll()
    QTest.keyClicks(page.picker.as_of, "3.5")
    QTest.keyClick(page.picker.as_of, Qt.Key.Key_Return)
    assert page.period == Period.year(2020, date(2020, 3, 5))
    assert texts(page, "disputes.closed_of_accepted")[1] == "1"
    page.picker.as_of.clear()
    page.picker.as_of.setModified(True)
    QTest.keyClick(page.picker.as_of, Qt.Key.Key_Return)
    assert page.period == Period.year(2020)


def test_a_bad_period_is_said_and_changes_nothing(page: StatisticsPage) -> None:
    type_period(page, "2020-13")
    assert page.period == YEAR and page.problem.isVisible()
    assert "2020-13" in page.problem.text.text() and page.picker.typed.property("problem")
    assert page.picker.typed.text() == "2020-13", "what was typed is not lost"
    type_period(page, "2019")
    assert page.period == Period.year(2019) and not page.problem.isVisible()


def test_the_kind_of_period_is_chosen(page: StatisticsPage) -> None:
    kinds = page.picker.kind
    kinds.setCurrentIndex(2)
    kinds.activated.emit(2)
    assert page.period == Period.month(2020, 12)
    kinds.setCurrentIndex(0)
    kinds.activated.emit(0)
    assert page.period == Period.year(2020)


def test_the_period_is_remembered_for_the_file(page: StatisticsPage, desk: Desk, qtbot: QtBot) -> None:
    type_period(page, "2019-05")
    again = StatisticsPage(desk)
    qtbot.addWidget(again)
    assert again.period == Period.month(2019, 5)
    desk.state.set("statistics.period", {"file": "elsewhere", "days": ["2018-01-01"] * 3})
    other = StatisticsPage(desk)
    qtbot.addWidget(other)
    assert other.period == Period.year(2020), "the year of the latest record"


def test_the_workbook_of_the_period_is_asked_for(page: StatisticsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.export_requested) as asked:
        QTest.mouseClick(page.export, Qt.MouseButton.LeftButton)
    assert asked.args == [YEAR]


def test_an_empty_file_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = shown(StatisticsPage(desk), qtbot)
    assert page.stack.currentWidget() is page.empty
    assert page.period == Period.year(date.today().year)
    fill(desk.office)
    page.refresh()
    assert page.stack.currentWidget() is page.content


@pytest.mark.parametrize("desk", [False], indirect=True)
def test_the_real_worker_computes_while_the_window_lives(desk: Desk, qtbot: QtBot) -> None:
    fill(desk.office)
    page = StatisticsPage(desk)
    page.picker.set_period(YEAR)
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    assert page.stack.currentWidget() is page.loading
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.content)
    assert page.table.hasFocus()
    page.picker.step(-1)
    page.picker.step(1)
    page.picker.step(-1)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert texts(page, "disputes.accepted")[1] == "2"
    assert page.detail.formula.text() == "2 件"


def test_in_english(english: None, desk: Desk, qtbot: QtBot) -> None:
    fill(desk.office)
    page = StatisticsPage(desk)
    page.picker.set_period(YEAR)
    shown(page, qtbot)
    assert texts(page, "disputes.closure_rate")[-1] == "▼ −40.00 pp"
    assert page.detail.tabs.tabText(0) == "By month"


def test_tab_goes_from_the_period_over_the_cards_to_the_table(page: StatisticsPage) -> None:
    page.picker.kind.setFocus()
    seen = []
    for _step in range(13):
        seen.append(QApplication.focusWidget())
        QTest.keyClick(page, Qt.Key.Key_Tab)
    picker = page.picker
    first = [picker.kind, picker.back, picker.typed, picker.forward, picker.as_of, page.search]
    first += [page.freeze, page.export]
    assert seen == [*first, *page.cards.cards, page.table]


def test_amounts_are_short_only_where_room_is_short(page: StatisticsPage, desk: Desk, qtbot: QtBot) -> None:
    for n in (11, 12):
        dispute(desk.office, n, f"{2008 + n}-06-01", claim_amount=123_456_789_01)
    page.refresh()
    row = next(n for n, line in enumerate(page.table.numbers.lines) if line.key == "disputes.claim_amount")
    before = page.table.numbers.index(row, LAST_YEAR)
    assert before.data() == "123,456,789.01"
    page.resize(1000, 660)
    qtbot.waitUntil(lambda: before.data() == "1.23亿")
    assert before.data(Qt.ItemDataRole.ToolTipRole) == "123,456,789.01"
    assert not page.table.horizontalScrollBar().isVisible()


def test_before_anything_is_known_there_is_nothing_and_no_error(page: StatisticsPage) -> None:
    page.picker.set_period(Period.year(2020, date(2017, 6, 1)))
    for line in [line for line in page.table.numbers.lines if line.kind == "row"]:
        page.table.go_to(line.key)
        assert line.cells[VALUE].text in ("0", "0.00", "—"), line.key
        for place in range(page.detail.tabs.count()):
            page.detail.tabs.setCurrentIndex(place)
            assert [low.cells[0].text for low in page.detail.table.numbers.lines] in (["合计"], ["全期"])


def test_a_page_that_is_come_back_to_has_the_keyboard_in_the_table(desk: Desk, qtbot: QtBot) -> None:
    fill(desk.office)
    stack, other = QStackedWidget(), QPushButton()
    qtbot.addWidget(stack)
    stack.addWidget(other)
    stack.addWidget(page := StatisticsPage(desk))
    with qtbot.waitActive(stack):
        stack.show()
        stack.activateWindow()
    other.setFocus()
    stack.setCurrentWidget(page)
    assert page.table.hasFocus()
