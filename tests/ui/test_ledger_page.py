"""The list page: searched, filtered, sorted, copied, binned, drilled into; with the form beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from benchmarks.million import make
from tests.ui.form_tools import DISPUTE, add, desk_on, focused
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.editing import bin_records
from tracker.operations.figures import Behind
from tracker.operations.office import Changed, open_office
from tracker.schema.current import LABELS, period_of
from tracker.schema.fields import Value
from tracker.schema.filters import Is
from tracker.schema.operators import BY_KIND, Filter, filterable, offered, problem
from tracker.ui.column_chooser import ColumnChooser
from tracker.ui.desk import Desk
from tracker.ui.filter_dialog import CodesInput, FilterDialog, RangeInput
from tracker.ui.ledger_page import BESIDE, LedgerPage
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

RECORDS: tuple[dict[str, Value], ...] = (
    {"case_no": "劳仲〔2020〕1号", "applied_on": "2020-01-05", "applicant": "张三", "claim_amount": 100_00},
    {"case_no": "劳仲〔2020〕2号", "applied_on": "2020-02-05", "applicant": "李四", "claim_amount": 300_00},
    {"case_no": "劳仲〔2020〕3号", "applied_on": "2020-03-05", "applicant": "张五", "cause": "welfare"},
    {"case_no": "劳仲〔2021〕1号", "applied_on": "2021-03-05", "applicant": "王六", "extended": 1},
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on a file with four disputes."""
    with desk_on(tmp_path) as found:
        for record in RECORDS:
            add(found, DISPUTES, {**DISPUTE, "accepted_on": None, **record})
        yield found


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> LedgerPage:
    """The page, shown in a small window."""
    return shown_page(desk, qtbot)


def shown_page(desk: Desk, qtbot: QtBot, width: int = 1060) -> LedgerPage:
    page = LedgerPage(desk, DISPUTES)
    page.resize(width, 640)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


def applicants(page: LedgerPage) -> list[str]:
    column = [c.field.key for c in page.model.columns].index("applicant")
    return [page.model.data(page.model.index(row, column)) for row in range(page.model.rowCount())]


def answer(button: str) -> None:
    """Press a button of the question that is about to be asked."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            next(b for b in box.buttons() if b.text() == button).click()
        else:
            QTimer.singleShot(10, press)

    QTimer.singleShot(10, press)


def test_newest_first_until_a_heading_is_clicked(page: LedgerPage, qtbot: QtBot) -> None:
    assert applicants(page) == ["王六", "张五", "李四", "张三"]
    header = page.table.horizontalHeader()
    at = header.sectionPosition(page.table.shown().index("applicant")) - header.offset() + 20
    for order in (["张三", "张五", "李四", "王六"], ["王六", "李四", "张五", "张三"]):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
        assert applicants(page) == order
    assert header.isSortIndicatorShown()


def test_order_is_remembered_on_this_computer(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    page.table.sort("claim_amount")
    page.table.sort("claim_amount")
    assert applicants(shown_page(desk, qtbot))[0] == "李四"
    page.table.sort_as_usual()
    assert applicants(shown_page(desk, qtbot))[0] == "王六"


def test_typing_searches_and_escape_shows_all_again(page: LedgerPage, qtbot: QtBot) -> None:
    page.focus_search()
    page.head.search.insert("张")  # as an input method does
    qtbot.waitUntil(lambda: applicants(page) == ["张五", "张三"])
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)
    assert page.table.hasFocus() and page.table.currentIndex().row() == 0
    qtbot.keyClick(page.head.search, Qt.Key.Key_Escape)
    assert len(applicants(page)) == 4
    page.head.search.insert("张")
    qtbot.waitUntil(lambda: len(applicants(page)) == 2)
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert len(applicants(page)) == 4


def test_nothing_found_offers_to_clear(page: LedgerPage, qtbot: QtBot) -> None:
    page.head.search.setText("查无此人")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page._empty)
    assert page._empty is not None
    page._empty.acted.emit()
    assert len(applicants(page)) == 4
    assert page.stack.currentWidget() is page.table
    page.head.search.setText("查无此人")  # the same once more
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)


def test_an_empty_ledger_invites_to_begin(tmp_path: Path, qtbot: QtBot) -> None:
    with desk_on(tmp_path) as desk:
        page = shown_page(desk, qtbot)
        assert page.stack.currentWidget() is page._empty
        assert page._empty is not None
        page._empty.acted.emit()
        assert page.form.isVisible()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter("applied_on", "days", ("2020-02-01", "2020-12-31")), ["张五", "李四"]),
        (Filter("claim_amount", "between", (200_00, None)), ["李四"]),
        (Filter("cause", "one_of", ("welfare", "training")), ["张五"]),
        (Filter("cause", "main", ("remuneration",)), ["王六", "李四", "张三"]),
        (Filter("cause", "none_of", ("welfare",)), ["王六", "李四", "张三"]),
        (Filter("applicant", "contains", ("张",)), ["张五", "张三"]),
        (Filter("applicant", "lacks", ("张",)), ["王六", "李四"]),
        (Filter("applicant", "equals", ("张三",)), ["张三"]),
        (Filter("extended", "yes"), ["王六"]),
        (Filter("claim_amount", "empty"), ["王六", "张五"]),
        (Filter("claim_amount", "filled"), ["李四", "张三"]),
    ],
)
def test_each_kind_of_filter_finds_its_records(page: LedgerPage, chosen: Filter, found: list[str]) -> None:
    page.filters.set_filters((chosen,))
    assert applicants(page) == found
    assert not page.filters.isHidden()
    assert Filter.from_json(chosen.to_json()) == chosen


def test_filters_hold_together_and_are_dropped_one_by_one(page: LedgerPage, qtbot: QtBot) -> None:
    first, second = Filter("applicant", "contains", ("张",)), Filter("claim_amount", "filled")
    page.filters.set_filters((first, second))
    assert applicants(page) == ["张三"]
    chip = page.filters.widgets()[2]  # between the two stands "and"
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert page.filters.filters == (first,)
    assert applicants(page) == ["张五", "张三"]


def test_every_field_has_operators_whose_sentence_names_it() -> None:
    for field in filterable(DISPUTES):
        for operator in offered(field):
            assert operator in BY_KIND[field.kind]
            values: tuple[Value, ...] = {
                "one": ("x",),
                "range": (None, "2020-01-01"),
                "codes": ("other",),
            }.get(operator.inputs, ())
            if field.integer and operator.inputs == "range":
                values = (1, 2)
            if operator.inputs == "codes":
                values = (field.codes[0].key,)  # type: ignore[attr-defined]
            assert not problem(operator, values)
            assert field.title() in Filter(field.key, operator.key, values).sentence(DISPUTES)


def test_a_filter_is_added_by_keyboard(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.ask("applied_on")
    dialog = page.filters.dialog
    assert isinstance(dialog, FilterDialog) and isinstance(dialog.input, RangeInput)
    qtbot.keyClicks(dialog.input.low.line, "20200201")
    qtbot.keyClicks(dialog.input.high.line, "2020-3-31")
    dialog.accept()
    assert page.filters.filters == (Filter("applied_on", "days", ("2020-02-01", "2020-03-31")),)
    assert applicants(page) == ["张五", "李四"]


def test_a_period_by_its_name_moves_on_with_today(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.ask("applied_on")
    dialog = page.filters.dialog
    assert isinstance(dialog, FilterDialog)
    (this_month,) = (b for b in dialog.input.findChildren(QPushButton) if b.text() == "本月")
    this_month.click()
    assert dialog.operators.currentText() == "本月"
    with time_machine.travel("2020-02-10", tick=False):
        assert dialog.focusWidget() is dialog.add
        dialog.accept()
        (chosen,) = page.filters.filters
        assert chosen.sentence(DISPUTES) == "申请日期在本月"
        february = chosen.condition(DISPUTES)
    with time_machine.travel("2021-01-31", tick=False):
        january = chosen.condition(DISPUTES)
    for condition, day in ((february, "2020-02-29"), (january, "2021-01-01")):
        assert condition.matches({"applied_on": day})
    assert not january.matches({"applied_on": "2020-02-29"})
    assert Filter.from_json(chosen.to_json()) == chosen


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 11, 30), date(2027, 1, 3)])
def test_periods_that_are_often_asked_for(day: date) -> None:
    told = {key: period_of(key, day) for key in LABELS}
    assert all(period.begin <= day <= period.end for key, period in told.items() if key.startswith("this"))
    assert told["this_week"].begin.isoweekday() == 1 and told["this_week"].end.isoweekday() == 7
    for unit in ("month", "year"):
        assert told[f"previous_{unit}"].end + timedelta(days=1) == told[f"this_{unit}"].begin


def test_a_filter_without_a_value_is_refused_in_words(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.ask("applied_on")
    dialog = page.filters.dialog
    assert dialog is not None and isinstance(dialog.input, RangeInput)
    for low, high in (("", ""), ("某天", ""), ("2020-03-01", "2020-02-01")):
        dialog.input.low.line.setText(low)
        dialog.input.high.line.setText(high)
        dialog.accept()
        assert dialog.problem.text() and dialog.isVisible()
    assert page.filters.filters == ()
    dialog.reject()


def test_codes_are_ticked_and_a_chip_opens_them_again(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.ask("cause")
    dialog = page.filters.dialog
    assert dialog is not None and isinstance(dialog.input, CodesInput)
    dialog.input.fill(("welfare",))
    dialog.accept()
    chip = page.filters.widgets()[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    dialog = page.filters.dialog
    assert dialog is not None and dialog.input.values() == ("welfare",)
    dialog.input.fill(("remuneration",))
    dialog.accept()
    assert page.filters.filters == (Filter("cause", "one_of", ("remuneration",)),)


def test_records_behind_a_figure_stand_alone_and_the_list_comes_back(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.set_filters((Filter("claim_amount", "filled"),))
    with qtbot.waitSignal(page.caption_changed) as told:
        page.show_behind(Behind(DISPUTES, Is("cause", "welfare"), "福利 · 2020"))
    assert told.args == ["福利 · 2020"]
    assert applicants(page) == ["张五"] and page.caption.isVisible()
    with qtbot.waitSignal(page.back_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    page.show_all()
    assert applicants(page) == ["李四", "张三"] and not page.caption.isVisible()


def test_copying_gives_a_table_with_headings(page: LedgerPage, qtbot: QtBot) -> None:
    page.table.show_columns(["case_no", "applicant", "claim_amount"])
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert lines[0][1] == DISPUTES.field("applicant").title()
    assert lines[3] == ["劳仲〔2020〕2号", "李四", "300.00"]
    assert "<td>300.00</td>" in QApplication.clipboard().mimeData().html()
    page.table.pick_row(0)
    page.acts.copy()
    assert QApplication.clipboard().text() == "劳仲〔2021〕1号\t王六\t"


def test_deleting_asks_and_the_bin_gives_back(page: LedgerPage, qtbot: QtBot) -> None:
    page.table.pick_row(0)
    answer("取消")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(applicants(page)) == 4
    page.activateWindow()
    qtbot.waitUntil(page.table.hasFocus)
    answer("移入回收站")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert applicants(page) == ["张五", "李四", "张三"]
    qtbot.mouseClick(page.banner.action, Qt.MouseButton.LeftButton)
    assert len(applicants(page)) == 4 and not page.banner.action.isVisible()
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    page.table.pick_row(0)
    answer("移入回收站")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    page.activateWindow()
    page.head.bin.setFocus()
    qtbot.waitUntil(page.head.bin.hasFocus)
    page.head.bin.click()
    assert applicants(page) == ["王六"] and page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert applicants(page) == [] and page.stack.currentWidget() is page._empty
    page.head.bin.click()
    assert len(applicants(page)) == 4


def test_the_bin_tells_when_and_by_whom_and_gives_several_back(page: LedgerPage, qtbot: QtBot) -> None:
    usual, uids = page.table.shown(), [page.model.uid(n) or "" for n in (1, 2)]
    page.desk.run(lambda o, _p: bin_records(o, DISPUTES, uids), lambda _c: None)
    page.show_bin(True)
    titles = [column.title() for column in page.model.columns]
    assert titles[:3] == ["案号", "移入时间", "移入人"] and page.table.shown() == usual
    told = [page.model.data(page.model.index(row, 2)) for row in range(2)]
    assert told == ["王书记员"] * 2 and applicants(page) == ["张五", "李四"]
    page.table.sort("binned_at")
    page.table.sort("applied_on")
    assert applicants(page) == ["李四", "张五"] and page.head.restore.isVisible()
    page.table.clearSelection()
    qtbot.mouseClick(page.head.restore, Qt.MouseButton.LeftButton)
    assert "Ctrl+A" in page.banner.text.text()
    page.table.selectAll()
    qtbot.mouseClick(page.head.restore, Qt.MouseButton.LeftButton)
    assert applicants(page) == [] and not page.head.restore.isEnabled()
    page.acts.restore()
    assert page.banner.text.text() == "回收站是空的"
    page.show_bin(False)
    assert applicants(page) == ["王六", "张五", "李四", "张三"] and page.table.shown() == usual


def test_a_selected_row_goes_on_to_the_edge_of_the_window(page: LedgerPage) -> None:
    table = page.table
    table.show_columns(["case_no", "applicant"])
    table.selectRow(0)
    image, end = table.viewport().grab().toImage(), table.horizontalHeader().length()
    middle, height = table.rowViewportPosition(0) + table.rowHeight(0) // 2, table.rowHeight(0)
    assert end < image.width() - 10
    edge = image.pixel(image.width() - 5, middle)
    assert edge == image.pixel(end - 4, middle) != image.pixel(image.width() - 5, middle + height)


def test_a_filter_begins_with_its_field_to_be_typed_over(page: LedgerPage, qtbot: QtBot) -> None:
    page.filters.ask()
    dialog = page.findChild(FilterDialog)
    assert isinstance(dialog, FilterDialog)
    line = dialog.fields.lineEdit()
    assert line is not None and line.selectedText() == line.text() != ""
    for key in ("cause", "applied_on", "applicant"):
        dialog.fields.setCurrentIndex(dialog.fields.findData(key))
        dialog.operators.setFocus()
        qtbot.keyClick(dialog.operators, Qt.Key.Key_Tab)
        assert dialog.input.isAncestorOf(dialog.focusWidget()), key
    dialog.reject()


@pytest.mark.parametrize("typed", ["结案方", "jafs"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_beginning_of_a_fields_name_is_enough(
    page: LedgerPage, qtbot: QtBot, key: Qt.Key, typed: str
) -> None:
    page.filters.ask()
    dialog = page.findChild(FilterDialog)
    assert isinstance(dialog, FilterDialog)
    line = dialog.fields.lineEdit()
    assert line is not None
    qtbot.waitUntil(line.hasFocus)
    line.setText(typed)
    qtbot.keyClick(focused(), key)
    assert dialog.field.key == "closing_method" and line.text() == "结案方式"
    assert dialog.isVisible() and dialog.problem.isHidden()
    line.setText("没有这一项")
    line.editingFinished.emit()
    assert line.text() == "结案方式", "what names no field is not left standing"
    dialog.reject()


def test_columns_are_chosen_moved_and_remembered(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    chooser = ColumnChooser(DISPUTES, ["case_no", "applicant"], page)
    qtbot.addWidget(chooser)
    chooser.chosen.connect(page.table.show_columns)
    chooser.list.setCurrentRow(1)
    chooser.move_row(-1)
    chooser.accept()
    assert page.table.shown() == ["applicant", "case_no"]
    page.table.horizontalHeader().moveSection(0, 1)
    page.table.setColumnWidth(0, 333)
    page.table._keep_widths()
    again = shown_page(desk, qtbot)
    assert again.table.shown() == ["case_no", "applicant"]
    assert again.table.columnWidth(1) == 333


def test_enter_opens_the_form_over_a_narrow_list_and_beside_a_wide_one(
    page: LedgerPage, qtbot: QtBot
) -> None:
    page.table.pick_row(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.isVisible() and not page.table.isVisible()
    page.resize(BESIDE + 200, 700)
    qtbot.waitUntil(page.table.isVisible)
    page.form.close_form()
    assert not page.form.isVisible() and page.table.hasFocus()


def test_a_saved_record_is_shown_and_selected(page: LedgerPage, qtbot: QtBot) -> None:
    page.new_record()
    for key, text in (("applied_on", "2020-02-20"), ("applicant", "赵七"), ("respondent", "某公司")):
        page.form.body.cells[key].editor.set_value(text)
        page.form.body.cells[key].editor.edited.emit()
    page.form.save()
    assert applicants(page) == ["王六", "张五", "赵七", "李四", "张三"]
    assert page.table.picked_rows() == [2]


def test_a_saved_record_that_the_filter_hides_is_said_to_be_hidden(page: LedgerPage) -> None:
    page.filters.set_filters((Filter("applicant", "contains", ("张",)),))
    uid = page.model.uid(0)
    assert uid is not None
    page.open_record(uid)
    page.form.body.cells["applicant"].editor.set_value("钱八")
    page.form.save()
    assert applicants(page) == ["张三"] and page.banner.isVisibleTo(page.list_part)


def test_selection_and_place_stay_when_others_change_the_file(page: LedgerPage, desk: Desk) -> None:
    page.table.pick_row(2)
    add(
        desk,
        DISPUTES,
        {**DISPUTE, "case_no": "劳仲〔2022〕1号", "applied_on": "2022-01-01", "accepted_on": None},
    )
    desk.changed.emit(Changed(frozenset({"disputes"})))
    assert page.table.picked_rows() == [3]
    assert page.table.currentIndex().row() == 3


def test_a_list_stands_on_its_first_row_so_that_enter_opens_it(page: LedgerPage, qtbot: QtBot) -> None:
    assert page.table.picked_rows() == [0]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.shown_uid == page.model.uid(0)


def test_the_list_stands_on_the_record_that_was_opened_elsewhere(page: LedgerPage, qtbot: QtBot) -> None:
    uid = page.model.uid(2)
    assert uid is not None
    page.open_record(uid)
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.table.hasFocus() and page.table.picked_rows() == [2]


def test_the_records_behind_a_figure_and_the_list_keep_their_rows(page: LedgerPage) -> None:
    page.table.pick_row(3)
    behind = Behind(DISPUTES, Filter("applicant", "contains", ("张",)).condition(DISPUTES), "张")
    page.show_behind(behind)
    assert page.table.picked_rows() == [0]
    page.table.pick_row(1)
    page.show_behind(behind)  # as on the way back
    assert page.table.picked_rows() == [1]
    page.show_all()
    assert page.table.picked_rows() == [3]


def test_the_next_row_is_selected_when_its_record_goes(page: LedgerPage, desk: Desk, qtbot: QtBot) -> None:
    page.table.pick_row(1)
    bin_records(desk.office, DISPUTES, [str(page.model.uid(1))])
    desk.changed.emit(Changed(frozenset({"disputes"})))
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    assert page.table.picked_rows() == [1]


def test_a_hidden_page_reads_anew_when_it_is_next_shown(page: LedgerPage, desk: Desk) -> None:
    page.hide()
    add(desk, DISPUTES, {**DISPUTE, "case_no": "劳仲〔2022〕1号"})
    desk.changed.emit(Changed(frozenset({"disputes"})))
    assert len(applicants(page)) == 4
    page.show()
    assert len(applicants(page)) == 5


def test_the_list_is_written_to_a_sheet(page: LedgerPage, tmp_path: Path) -> None:
    page.filters.set_filters((Filter("applicant", "contains", ("张",)),))
    page.acts.export_to(tmp_path / "名单.csv")
    lines = (tmp_path / "名单.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3 and "张五" in lines[1]
    assert "名单.csv" in page.banner.text.text()


def test_many_records_on_the_real_worker(tmp_path: Path, qtbot: QtBot) -> None:
    make(tmp_path / "many.db", 3000)
    desk = Desk(open_office(tmp_path / "many.db"), Tasks(), State(tmp_path / "state.json"))
    page = shown_page(desk, qtbot)
    qtbot.waitUntil(lambda: page.model.all_there)
    assert "3,000" in page.head.count.text()
    page.table.sort("claim_amount")
    qtbot.waitUntil(lambda: page.model.all_there)
    page.table.selectAll()
    assert page.table.picked_count() == 3000 and "3,000" in page.head.count.text()
    page.acts.copy()
    qtbot.waitUntil(lambda: len(QApplication.clipboard().text().split("\n")) == 3001)
    desk.close()
