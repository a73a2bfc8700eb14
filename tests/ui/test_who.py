"""Who did what in the window: a record's history and its earlier states, the log, clerks and heads, handing over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from tests.office import new_office
from tests.ui.form_tools import DISPUTE, add, focused, shown_form, stored
from tracker.app import Shell, drop_deleted
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import clerks, editing, freezing, moments, parties, today, undoing
from tracker.operations.figures import Behind
from tracker.period import Period
from tracker.schema.clerks import Clerk, Role
from tracker.ui import clerk_dialog
from tracker.ui.clerk_dialog import ClerkDialog
from tracker.ui.clerks_page import ClerkEdit, ClerksPage
from tracker.ui.crash import Crashes
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.handover_dialog import HandoverDialog
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.log_page import LogPage
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.trail import Place

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
HEAD, CLERK = Clerk("李敏", "科长", Role.HEAD), Clerk("王强", "监察员")
NUMBER = str(DISPUTE["case_no"])


@pytest.fixture
def named(desk: Desk) -> Desk:
    for one in (CLERK, HEAD):
        clerks.name(desk.office, one)
    clerks.act_as(desk.office, CLERK.name)
    return desk


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, held)


def in_front(qtbot: QtBot, dialog: QDialog) -> None:
    """A dialog in front of everything, as it is where there is a screen."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()


def cells(table: object) -> list[tuple[str, ...]]:
    model = table.model()  # type: ignore[attr-defined]
    columns = range(model.columnCount())
    return [
        tuple(str(model.index(row, column).data()) for column in columns) for row in range(model.rowCount())
    ]


# the history of a record


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> RecordForm:
    form = shown_form(desk, qtbot, DISPUTES, DISPUTE)
    editing.save(desk.office, DISPUTES, {"applicant": "李四"}, form.uid)
    editing.save(desk.office, DISPUTES, {"workers": 3, "cause": "welfare"}, form.uid)
    form.open(form.uid)
    return form


def history(form: RecordForm, qtbot: QtBot) -> HistoryDialog:
    dialog = HistoryDialog(form.desk, DISPUTES, form.uid, NUMBER)
    in_front(qtbot, dialog)
    return dialog


def test_ctrl_h_tells_field_by_field_as_the_clerk_reads_it(form: RecordForm, qtbot: QtBot) -> None:
    press(Key.Key_H, CONTROL)
    opened = form.findChild(HistoryDialog)
    assert isinstance(opened, HistoryDialog) and opened.windowTitle() == f"{NUMBER} 的历史"
    opened.reject()
    dialog = history(form, qtbot)
    assert [row[1:] for row in cells(dialog.list)] == [
        ("王书记员", "修改"),
        ("王书记员", "修改"),
        ("王书记员", "录入"),
    ]
    assert cells(dialog.lines)[0] == ("涉及劳动者人数", "1", "3")
    assert dialog.state.text() == "记录现在就是此状态。" and not dialog.back.isEnabled()
    press(Key.Key_Down)
    assert cells(dialog.lines) == [("申请人", "张三", "李四")]
    assert [row[0] for row in cells(dialog.difference)] == ["涉及劳动者人数", "案由"]


def test_ctrl_enter_sets_the_record_back_and_undo_takes_that_back(
    form: RecordForm, desk: Desk, qtbot: QtBot
) -> None:
    dialog = history(form, qtbot)
    dialog.set_back.connect(lambda: form.tell_saved(DISPUTE))
    press(Key.Key_Down)
    press(Key.Key_Down)
    with_all = stored(desk, DISPUTES, form.uid)
    press(Key.Key_Return, CONTROL)
    assert not dialog.isVisible()
    record = stored(desk, DISPUTES, form.uid)
    assert (record["applicant"], record["workers"], record["cause"]) == ("张三", 1, "remuneration")
    assert form.body.cells["applicant"].editor.text() == "张三"
    assert form.header.state.text().startswith("已保存")
    undoing.undo(desk.office)
    assert {**stored(desk, DISPUTES, form.uid), "updated_at": 0} == {**with_all, "updated_at": 0}


def test_moments_of_one_minute_are_told_apart(form: RecordForm, qtbot: QtBot) -> None:
    dialog = history(form, qtbot)
    times = ("2026-11-26T17:34:40", "2026-11-26T17:34:01", "2026-11-26T17:33:59")
    told = [replace(one, at=at) for one, at in zip(dialog.moments, times, strict=True)]
    dialog._begin(moments.Page(tuple(told), ""))
    shown = [row[0] for row in cells(dialog.list)]
    assert shown == ["2026-11-26 17:34:40", "2026-11-26 17:34:01", "2026-11-26 17:33"]
    press(Key.Key_Down)
    assert "17:34:01" in dialog.then.text() and "17:34:01" in dialog.what.text()


def test_a_record_that_is_not_saved_yet_has_no_history(desk: Desk, qtbot: QtBot) -> None:
    form = shown_form(desk, qtbot, DISPUTES, DISPUTE)
    form.new()
    assert not form.footer.history_button.isVisible()
    press(Key.Key_H, CONTROL)
    assert form.findChild(HistoryDialog) is None


def test_a_long_history_is_read_as_one_scrolls(form: RecordForm, desk: Desk, qtbot: QtBot) -> None:
    for n in range(230):
        editing.save(desk.office, DISPUTES, {"remarks": str(n)}, form.uid)
    form.open(form.uid)
    dialog = history(form, qtbot)
    first = len(dialog.moments)
    assert 0 < first < 150
    while dialog.list.model().canFetchMore(dialog.list.rootIndex()):
        dialog.list.scrollToBottom()
        dialog.list.model().fetchMore(dialog.list.rootIndex())
    assert len(dialog.moments) == dialog.list.model().rowCount() == 233
    assert len({one.operation for one in dialog.moments}) == 233
    whole = moments.read(desk.office, DISPUTES, form.uid, most=1000)
    assert (whole.before, list(whole.moments)) == ("", dialog.moments)


def test_one_operation_is_never_told_in_two_parts(desk: Desk) -> None:
    uid = add(desk, DISPUTES, DISPUTE)
    for n in range(4):
        parties.save(desk.office, DISPUTES, uid, [{"role": "respondent", "name": f"公司{n}"}])
    found, before = [], ""
    while True:
        page = moments.read(desk.office, DISPUTES, uid, before, most=3)
        found += page.moments
        before = page.before
        if not before:
            break
    assert [one.operation for one in found] == list(dict.fromkeys(one.operation for one in found))
    assert tuple(found) == moments.read(desk.office, DISPUTES, uid).moments


# the log


def log_page(window: MainWindow) -> LogPage:
    window.go(Place("log"))
    page = window.current
    assert isinstance(page, LogPage)
    return page


def test_the_log_tells_what_was_done_and_opens_its_record(window: MainWindow, desk: Desk) -> None:
    uid = add(desk, DISPUTES, DISPUTE)
    editing.save(desk.office, DISPUTES, {"applicant": "李四"}, uid)
    page = log_page(window)
    assert [row[3:] for row in cells(page.list)] == [
        ("修改", f"修改 {NUMBER} 的申请人"),
        ("录入", f"登记 {NUMBER}"),
    ]
    assert cells(page.lines) == [(f"争议 {NUMBER}", "申请人", "张三", "李四")] or cells(page.lines)[0][
        1:
    ] == (
        "申请人",
        "张三",
        "李四",
    )
    press(Key.Key_Return)
    assert window.here is not None and (window.here.key, window.here.uid) == ("disputes", uid)


def test_several_records_are_listed_and_several_ledgers_asked_for(window: MainWindow, desk: Desk) -> None:
    with desk.office.writing("batch") as writer:
        for n in (1, 2):
            writer.insert(DISPUTES, {**DISPUTE, "case_no": f"{n}号"})
    page = log_page(window)
    listed: list[Behind] = []
    page.drill.connect(listed.append)
    press(Key.Key_Return)
    assert [one.ledger.name for one in listed] == ["disputes"] and window.here is not None
    assert window.here.key == "disputes"
    with desk.office.writing("batch") as writer:
        writer.insert(DISPUTES, {**DISPUTE, "case_no": "3号"})
        writer.insert(PETITIONS, {"petition_no": "1号", "received_on": "2020-01-01", "petitioner": "张三"})
    page = log_page(window)
    page.refresh()
    page.list.selectRow(0)
    page.open.click()
    (menu,) = page.findChildren(QMenu)
    assert [action.text().rpartition("（")[2] for action in menu.actions()] == ["1）", "1）"]
    menu.actions()[1].trigger()
    assert window.here is not None and window.here.key == "petitions"
    menu.close()


def test_the_log_is_filtered_by_clerk_kind_and_time(window: MainWindow, named: Desk) -> None:
    add(named, DISPUTES, DISPUTE)
    clerks.act_as(named.office, HEAD.name)
    editing.bin_records(named.office, DISPUTES, [add(named, DISPUTES, {**DISPUTE, "case_no": "8号"})])
    page = log_page(window)
    page.filter.clerk.setCurrentIndex(page.filter.clerk.findData(CLERK.name))
    assert {row[1] for row in cells(page.list)} == {CLERK.name}
    page.filter.clerk.setCurrentIndex(0)
    page.filter.kind.setCurrentIndex(page.filter.kind.findData("bin"))
    assert [row[3] for row in cells(page.list)] == ["移入回收站"]
    page.filter.time.setCurrentIndex(page.filter.time.findData("days"))
    page.filter.end.set_value("2020-01-01")
    page.filter.end.edited.emit()
    assert page.stack.currentWidget() is page.nothing
    page.filter.clear()
    assert page.list.model().rowCount() == 5 and page.stack.currentIndex() == 0


def test_a_clerk_sees_his_own_log(window: MainWindow, named: Desk) -> None:
    add(named, DISPUTES, DISPUTE)
    page = log_page(window)
    assert {row[1] for row in cells(page.list)} == {CLERK.name}
    assert "本人" in page.note.text() and page.note.isVisible() and not page.filter.clerk.isVisible()


# clerks


def clerks_page(window: MainWindow) -> ClerksPage:
    window.go(Place("clerks"))
    page = window.current
    assert isinstance(page, ClerksPage)
    return page


def name_one(page: ClerksPage, one: Clerk) -> None:
    page.new_record()
    dialog = page.findChildren(ClerkEdit)[-1]
    dialog.name.setText(one.name)
    dialog.post.setText(one.post)
    dialog.role.setCurrentIndex(dialog.role.findData(one.role))
    dialog.accept()


def test_naming_the_second_asks_who_works(window: MainWindow, desk: Desk) -> None:
    page = clerks_page(window)
    assert page.stack.currentWidget() is page.empty
    name_one(page, CLERK)
    assert window.findChild(ClerkDialog) is None
    name_one(page, HEAD)
    dialog = window.findChild(ClerkDialog)
    assert isinstance(dialog, ClerkDialog)
    dialog.reject()
    assert dialog.isVisible() and dialog.chosen() == HEAD.name
    dialog.ok.click()
    assert desk.office.who.clerk == HEAD.name and desk.state.get(clerk_dialog.REMEMBERED) == HEAD.name
    assert cells(page.table) == [
        ("李敏", "科长", "负责人", "当前操作人"),
        ("王强", "监察员", "经办人", ""),
    ]
    assert window.status.clerk.text() == "经办人：李敏"


def test_a_name_that_is_taken_is_said_in_the_dialog(window: MainWindow, desk: Desk) -> None:
    page = clerks_page(window)
    name_one(page, CLERK)
    name_one(page, CLERK)
    dialog = page.findChildren(ClerkEdit)[-1]
    assert dialog.isVisible() and "已在名单中" in dialog.problem.text()
    dialog.reject()


def test_a_clerk_only_looks_and_a_head_retires_by_keyboard(window: MainWindow, named: Desk) -> None:
    page = clerks_page(window)
    assert not page.new.isEnabled() and not page.retire.isEnabled() and "负责人" in page.note.text()
    clerk_dialog.act_as(named, HEAD.name)
    page.table.setFocus()
    press(Key.Key_Down)
    press(Key.Key_R, CONTROL)
    assert cells(page.table)[1][3] == "已停用" and clerks.names(named.office) == (HEAD.name,)
    press(Key.Key_R, CONTROL)
    assert clerks.names(named.office) == (HEAD.name, CLERK.name)
    press(Key.Key_Up)
    press(Key.Key_R, CONTROL)
    assert page.banner.isVisible() and "最后一位负责人" in page.banner.text.text()


def test_the_menu_switches_the_clerk_and_mine_follows(window: MainWindow, named: Desk) -> None:
    add(named, DISPUTES, DISPUTE)
    window.go(Place("today"))
    press(Key.Key_L, SHIFT)
    dialog = window.findChild(ClerkDialog)
    assert isinstance(dialog, ClerkDialog) and dialog.chosen() == CLERK.name
    dialog.list.setCurrentRow(0)
    dialog.ok.click()
    assert window.status.clerk.text() == "经办人：李敏"
    assert today.clerks(named.office) == (HEAD.name,)
    assert not window.actions_by_key["undo"].isEnabled()


def test_who_works_is_chosen_by_arrows_and_enter(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = ClerkDialog((HEAD, CLERK), CLERK.name, needed=True)
    in_front(qtbot, dialog)
    assert dialog.list.item(0).text() == "李敏 · 科长（负责人）" and dialog.chosen() == CLERK.name
    press(Key.Key_Escape)
    assert dialog.isVisible()
    press(Key.Key_Up)
    press(Key.Key_Return)
    assert not dialog.isVisible() and dialog.chosen() == HEAD.name


def test_switching_where_nobody_is_named_leads_to_the_clerks(window: MainWindow) -> None:
    press(Key.Key_L, SHIFT)
    assert isinstance(window.current, ClerksPage)


def test_a_clerk_is_told_at_the_start_what_is_for_the_head(window: MainWindow, named: Desk) -> None:
    window.activateWindow()
    press(Key.Key_K, SHIFT)
    assert not window.findChildren(FreezeDialog)
    (box,) = window.findChildren(QMessageBox)
    assert box.text() == "封账须由负责人办理：请找李敏。"
    box.reject()
    with pytest.raises(UserError, match="请找李敏"):
        freezing.freeze(named.office, Period.year(2020))
    clerks.act_as(named.office, HEAD.name)
    freezing.freeze(named.office, Period.year(2020))
    clerks.act_as(named.office, CLERK.name)
    window.go(Place("freezes"))
    page = window.current
    assert isinstance(page, FreezesPage) and len(page._freezes) == 1
    page.freeze.click()
    assert not page.findChildren(FreezeDialog) and page.banner.text.text() == "封账须由负责人办理：请找李敏。"
    page.unfreeze.click()
    assert page.banner.text.text() == "解封须由负责人办理：请找李敏。"


def test_a_clerk_is_told_at_the_start_that_the_head_names_clerks(window: MainWindow, named: Desk) -> None:
    page = clerks_page(window)
    page.table.setFocus()
    press(Key.Key_N, CONTROL)
    assert not page.findChildren(ClerkEdit)
    assert page.banner.isVisible() and "请找李敏" in page.banner.text.text()


# the bin


def test_a_head_deletes_from_the_bin_after_being_asked(
    window: MainWindow, named: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add(named, DISPUTES, DISPUTE)
    editing.bin_records(named.office, DISPUTES, [uid])
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.show_bin(True)
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        wanted = "取消" if len(asked) == 1 else "删除"
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    page.table.pick_row(0)
    page.head.delete.click()
    assert page.banner.isVisible() and page.banner.text.text() == "从回收站删除须由负责人办理：请找李敏。"
    assert len(page.model.ids) == 1 and not asked, "a clerk is told before anything is asked"
    clerk_dialog.act_as(named, HEAD.name)
    page.table.pick_row(0)
    page.acts.delete()  # and thinks again
    page.acts.delete()
    assert asked == ["从回收站永久删除 1 条记录？"] * 2
    assert len(page.model.ids) == 0 and page.banner.text.text() == "已删除 1 条记录。"
    page.show_bin(False)
    page.open_record(uid)
    assert (
        page.form.banner.text.text() == "此记录已从回收站删除。" and not page.form.banner.action.isVisible()
    )


# opening


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    path = tmp_path / "office.db"
    with closing(new_office(path)) as office:
        for one in (CLERK, HEAD):
            clerks.name(office, one)
    return path


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    result = Shell(qapp, State(tmp_path / "state.json"), Crashes(), lang="zh_CN", instant=True)
    yield result
    result.close_file()
    if result.window:
        result.window.hide()
        result.window.deleteLater()
    drop_deleted(qapp)


def asked(shell: Shell) -> ClerkDialog | None:
    assert shell.window is not None
    found = [one for one in shell.window.findChildren(ClerkDialog) if one.isVisible()]
    return found[0] if found else None


def test_a_shared_file_asks_who_works_and_remembers_it(shell: Shell, shared: Path) -> None:
    shell.open(shared)
    dialog = asked(shell)
    assert dialog is not None and dialog.chosen() == HEAD.name
    dialog.list.setCurrentRow(1)
    dialog.accept()
    assert shell.desk is not None and shell.desk.office.who.clerk == CLERK.name
    shell.close_file()
    shell.open(shared)
    again = asked(shell)
    assert again is not None and again.chosen() == CLERK.name
    again.accept()
    shell.switch_language("en")
    assert asked(shell) is None
    assert shell.desk is not None and shell.desk.office.who.clerk == CLERK.name


def test_nobody_is_asked_where_it_is_known(
    shell: Shell, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_TRACKER_CLERK", CLERK.name)
    shell.open(shared)
    assert asked(shell) is None
    assert shell.desk is not None and shell.desk.office.who.clerk == CLERK.name


def test_one_clerk_alone_acts_without_being_asked(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "alone.db"
    with closing(new_office(path)) as office:
        clerks.name(office, CLERK)
        clerks.name(office, replace(HEAD, role=Role.CLERK, retired=True))
    shell.open(path)
    assert asked(shell) is None
    assert shell.desk is not None and shell.desk.office.who.clerk == CLERK.name


# handing over


def test_open_cases_are_handed_over_after_a_look(window: MainWindow, desk: Desk) -> None:
    uid = add(desk, DISPUTES, DISPUTE)
    press(Key.Key_H, SHIFT)
    dialog = window.findChild(HandoverDialog)
    assert isinstance(dialog, HandoverDialog) and not dialog.ok.isEnabled()
    assert dialog.giver.itemText(0) == "李仲裁（1 件在办）"
    dialog.giver.setCurrentIndex(0)
    dialog.taker.setEditText("李仲裁")
    dialog._look()
    assert "本人" in dialog.summary.text() and not dialog.ok.isEnabled()
    dialog.taker.setEditText("刘洋")
    dialog._look()
    assert dialog.summary.text().startswith("共移交 1 件") and dialog.ok.isEnabled()
    assert dialog.warning.isVisible() and "刘洋" in dialog.warning.text.text()  # nobody has that name yet
    assert dialog.warning.property("banner") == "warning"
    dialog.taker.setEditText("王强")
    clerks.name(desk.office, CLERK)
    dialog._look()
    assert not dialog.warning.isVisible()
    dialog.taker.setEditText("刘洋")
    dialog._look()
    assert [row[-1] for row in cells(dialog.table)] == ["李仲裁 → 刘洋"]
    dialog.accept()
    assert stored(desk, DISPUTES, uid)["arbitrator"] == "刘洋"
    assert window.status.currentMessage() == "已将李仲裁的 1 件案件移交给刘洋。"
    window.undo()
    assert window.status.currentMessage() == "已撤销：移交 1 件案件（李仲裁 → 刘洋）"
    assert stored(desk, DISPUTES, uid)["arbitrator"] == "李仲裁"
