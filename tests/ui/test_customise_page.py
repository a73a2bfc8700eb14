"""The page on which an office sets ledgers, fields, words and figures of its own, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.office import WHO, new_office
from tracker.operations import customising, editing, figures
from tracker.period import Period
from tracker.schema.fields import Choice
from tracker.schema.indicator import Ratio
from tracker.schema.operators import Filter
from tracker.schema.own import OWN
from tracker.ui import theme
from tracker.ui.choice_editors import ChoiceEditor, matches
from tracker.ui.customise_fields import FieldDialog, NameDialog
from tracker.ui.customise_figures import RoundingDialog
from tracker.ui.customise_page import CustomisePage
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.own_figure_dialog import OwnFigureDialog
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

T = TypeVar("T", bound=QWidget)
CASE = {"applied_on": "2020-01-06", "accepted_on": "2020-01-07", "applicant": "张三", "respondent": "某公司"}


@pytest.fixture(**IN_THE_WORKER)
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "a.db", WHO)
    for n in range(3):
        ledger = office.catalogue.by_name["disputes"]
        closed = {"closed_on": "2020-02-01", "closing_method": "mediation"} if n < 2 else {}
        editing.save(office, ledger, {**CASE, "case_no": f"{n + 1}号", **closed})
    result = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    yield result
    result.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CustomisePage:
    result = CustomisePage(desk)
    qtbot.addWidget(result)
    result.resize(1000, 640)
    result.show()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    return result


def dialog(page: QWidget, kind: type[T]) -> T:
    """The dialog that is open over the page."""
    found = [w for w in page.window().findChildren(kind) if w.isVisible()]
    assert len(found) == 1
    return found[0]


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    QApplication.processEvents()


def test_a_ledger_is_hidden_and_shown_by_the_space_bar(qtbot: QtBot, page: CustomisePage) -> None:
    tree = page.ledgers.tree
    item = next(i for i in page.ledgers._items() if i.data(0, Qt.ItemDataRole.UserRole) == "petitions")
    tree.setFocus()
    tree.setCurrentItem(item)
    for hidden in ({"petitions"}, set()):
        QTest.keyClick(tree, Qt.Key.Key_Space)
        settled(qtbot, page.desk)
        assert page.desk.office.catalogue.hidden == hidden


def test_a_field_with_words_is_added_by_keyboard(qtbot: QtBot, page: CustomisePage) -> None:
    page.tabs.setCurrentWidget(page.fields)
    page.new_record()
    asked = dialog(page, FieldDialog)
    asked.name.insert("争议来源")
    asked.kind.setCurrentIndex(asked.kind.findData("code"))
    asked.words.setPlainText("平台用工\n传统用工")
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settled(qtbot, page.desk)
    field = page.desk.office.catalogue.by_name["disputes"].typed[-1]
    assert isinstance(field, Choice) and field.label == "争议来源"
    assert [code.label for code in field.codes] == ["平台用工", "传统用工"]
    assert page.fields.field == field and page.fields.codes.count() == 2
    assert page.desk.reader.catalogue is page.desk.office.catalogue


def test_a_name_that_is_taken_is_said_and_the_dialog_stays(qtbot: QtBot, page: CustomisePage) -> None:
    page.fields.ask_field()
    asked = dialog(page, FieldDialog)
    asked.name.insert("被申请人")
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    settled(qtbot, page.desk)
    assert asked.isVisible() and "换个名称" in asked.problem.text()
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not [f for f in page.desk.office.catalogue.by_name["disputes"].typed if f.key.startswith(OWN)]


def test_words_are_added_renamed_and_hidden(qtbot: QtBot, page: CustomisePage) -> None:
    tab = page.fields
    tab._fill_fields("cause")
    tab.ask_code()
    asked = dialog(page, NameDialog)
    asked.name.insert("竞业限制")
    asked.ok.click()
    settled(qtbot, page.desk)
    assert tab.codes.item(tab.codes.count() - 1).text() == "竞业限制（自设）"
    tab.codes.setCurrentRow(tab.codes.count() - 1)
    tab.ask_rename_code()
    asked = dialog(page, NameDialog)
    asked.name.setText("竞业限制争议")
    asked.ok.click()
    settled(qtbot, page.desk)
    assert tab.codes.item(tab.codes.count() - 1).text() == "竞业限制争议（自设）"
    tab.codes.item(0).setCheckState(Qt.CheckState.Unchecked)
    settled(qtbot, page.desk)
    cause = page.desk.office.catalogue.by_name["disputes"].field("cause")
    assert isinstance(cause, Choice) and cause.codes[0].hidden and cause.codes[0] not in cause.offered


def test_a_field_is_renamed_and_removed_after_asking(qtbot: QtBot, page: CustomisePage) -> None:
    key, _changed = customising.add_field(
        page.desk.office, page.desk.office.catalogue.by_name["disputes"], "位置", "text"
    )
    tab = page.fields
    tab._fill_fields(key)
    tab.ask_rename_field()
    asked = dialog(page, NameDialog)
    asked.name.setText("档案位置")
    asked.ok.click()
    settled(qtbot, page.desk)
    assert page.desk.office.catalogue.by_name["disputes"].field(key).label == "档案位置"
    QTimer.singleShot(0, lambda: press(QMessageBox.StandardButton.Yes))
    tab.ask_remove_field()
    settled(qtbot, page.desk)
    assert key not in page.desk.office.catalogue.by_name["disputes"].by_key


def test_a_hidden_word_is_not_offered_but_stays_where_it_is(qtbot: QtBot, desk: Desk) -> None:
    ledger = desk.office.catalogue.by_name["disputes"]
    channel = ledger.field("channel")
    assert isinstance(channel, Choice)
    customising.hide_code(desk.office, ledger, channel, "mail", True)
    channel = desk.office.catalogue.by_name["disputes"].field("channel")
    assert isinstance(channel, Choice)
    editor = ChoiceEditor(channel)
    qtbot.addWidget(editor)
    assert "mail" not in matches(channel, "邮") and matches(channel, "网") == ["online"]
    editor.set_value("mail")
    assert editor.text() == "邮寄" and editor.value() == "mail"


def press(button: QMessageBox.StandardButton) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.button(button).click()


def test_a_figure_is_defined_and_tells_its_definition_and_value(qtbot: QtBot, page: CustomisePage) -> None:
    page.tabs.setCurrentWidget(page.figures)
    page.new_record()
    asked = dialog(page, OwnFigureDialog)
    asked.period = Period.year(2020)
    asked.name.insert("调解案件")
    asked.number._take(Filter("closing_method", "one_of", ("mediation",)))
    qtbot.waitUntil(lambda: asked.value.text() == "2 件")
    assert "受理日期在统计期内，结案方式为调解" in asked.definition.text()
    asked.ok.click()
    settled(qtbot, page.desk)
    current = page.figures.current
    assert current is not None and current.label == "调解案件" and OWN in current.key
    found = figures.figures(page.desk.office.db, Period.year(2020), [current])[0]
    assert found.text() == "2"


def test_a_share_of_figures_is_defined_changed_and_removed(qtbot: QtBot, page: CustomisePage) -> None:
    page.figures.new_record()
    asked = dialog(page, OwnFigureDialog)
    asked.name.insert("审结占比")
    asked.kind.setCurrentIndex(asked.kind.findData("share"))
    asked.above.show_value("disputes.closed_of_accepted")
    asked.below.show_value("disputes.accepted")
    asked.decimals.setValue(1)
    asked.ok.click()
    settled(qtbot, page.desk)
    current = page.figures.current
    assert current is not None and isinstance(current.measure, Ratio) and current.unit == "%"
    assert figures.figures(page.desk.office.db, Period.year(2020), [current])[0].text() == "66.7"
    page.figures.ask_change()
    again = dialog(page, OwnFigureDialog)
    assert (again.name.text(), again.decimals.value()) == ("审结占比", 1)
    assert (again.above.value(), again.below.value()) == ("disputes.closed_of_accepted", "disputes.accepted")
    again.decimals.setValue(3)
    again.ok.click()
    settled(qtbot, page.desk)
    current = page.figures.current
    assert current is not None
    assert figures.figures(page.desk.office.db, Period.year(2020), [current])[0].text() == "66.667"
    QTimer.singleShot(0, lambda: press(QMessageBox.StandardButton.Yes))
    page.figures.ask_remove()
    settled(qtbot, page.desk)
    assert current.key not in page.desk.office.catalogue.by_key


def test_how_a_figure_is_printed(qtbot: QtBot, page: CustomisePage) -> None:
    page.figures.refresh("disputes.closure_rate")
    page.figures.ask_rounding()
    asked = dialog(page, RoundingDialog)
    asked.how.setCurrentIndex(1)
    asked.ok.click()
    settled(qtbot, page.desk)
    rate = page.desk.office.catalogue.by_key["disputes.closure_rate"]
    assert figures.figures(page.desk.office.db, Period.year(2020), [rate])[0].text() == "66.66"


def test_the_window_follows_what_was_changed(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    settled(qtbot, desk)
    window.go(Place("customise"))
    wanted: list[Place] = []
    window.structure_changed.connect(wanted.append)
    page = window.current
    assert isinstance(page, CustomisePage)
    desk.run(
        lambda office, _p: customising.hide_ledger(office, office.catalogue.by_name["petitions"], True),
        lambda _c: None,
    )
    settled(qtbot, desk)
    assert "petitions" not in window.navigation._items and "disputes" in window.navigation._items
    assert window.navigation.count_text("disputes") == "3"
    window.go(Place("disputes"))
    assert wanted == [Place("disputes")] and window.current is page


def test_the_way_back_leads_to_pages_made_anew(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    settled(qtbot, desk)
    window.go(Place("petitions"))
    window.go(Place("customise"))
    wanted: list[Place] = []
    window.structure_changed.connect(wanted.append)
    page = window.current
    ledger = desk.office.catalogue.by_name["petitions"]
    desk.run(lambda office, _p: customising.add_field(office, ledger, "批次", "text")[1], lambda _c: None)
    settled(qtbot, desk)
    window.back()
    assert wanted == [Place("petitions")] and window.current is page
    window.forward()
    assert len(wanted) == 1 and window.current is page  # there is nothing forward of it
