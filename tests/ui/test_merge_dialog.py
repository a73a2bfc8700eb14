"""Merging in the window: a look first, conflicts chosen by the keyboard, and what is left for a clerk to settle."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.copies import CLERKS, case, got
from tests.graph import unguarded
from tests.office import WHO, new_office
from tracker.db.history import Who
from tracker.errors import FrozenRecords
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, backups, clerks, customising, editing, freezing, twice, undoing
from tracker.operations.attachments import Incoming
from tracker.operations.merge_tables import OURS, THEIRS
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.undoing import Wall
from tracker.operations.verifying import verify
from tracker.period import Period
from tracker.schema.clerks import Clerk, Role
from tracker.ui import theme, tries
from tracker.ui.conflict_table import WholeSides
from tracker.ui.desk import Desk
from tracker.ui.ledger_model import LedgerModel
from tracker.ui.main_window import MainWindow
from tracker.ui.merge_dialog import MergeDialog
from tracker.ui.merge_view import DONE, LOOK, NOTHING, WAIT
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.today_page import TodayPage
from tracker.ui.trail import Place
from tracker.ui.unlock import UnlockDialog, UnlockForm

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(params=[True])
def desk(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "office.db", CLERKS[0])
    for n in range(3):
        case(office, f"{n}号")
    desk = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    yield desk
    desk.close()


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Office]:
    """Another clerk's copy of the file."""
    desk.office.db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "other.db"
    shutil.copy(desk.office.db.path, path)
    with closing(open_office(path, CLERKS[1])) as office:
        yield office


def opened(desk: Desk, path: Path, qtbot: QtBot) -> MergeDialog:
    dialog = MergeDialog(desk, path)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def asked(dialog: MergeDialog) -> UnlockForm:
    """The question for the other file's password that stands over the dialog."""
    (question,) = (one for one in dialog.findChildren(UnlockDialog) if one.isVisible())
    return question.form


def uids(office: Office) -> list[str]:
    return [str(uid) for (uid,) in office.db.rows("SELECT uid FROM disputes ORDER BY id")]


def disagree(ours: Office, theirs: Office, *which: int) -> None:
    for n in which:
        uid = uids(ours)[n]
        editing.save(ours, DISPUTES, {"claim_amount": 100 + n}, uid)
        editing.save(theirs, DISPUTES, {"claim_amount": 200 + n}, uid)


def press(dialog: MergeDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.focusWidget(), key)


def chord(dialog: MergeDialog, key: Qt.Key, held: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key, held)
    QTest.qWait(150)  # a key presses a button for a moment


def left(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.is_dir()]


def test_contents_that_were_lost_here_come_back(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """Though the other file has nothing of the history that this one lacks."""
    office = desk.office
    attachments.attach(office, DISPUTES, uids(office)[0], [Incoming("笔录.txt", content=b"x")])
    office.db.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other = shutil.copy(office.db.path, tmp_path / "other.db")
    unguarded(office.db)
    with office.db.atomic():
        office.db.run("DELETE FROM contents")
    assert not verify(office).sound
    dialog = opened(desk, other, qtbot)
    assert dialog.pages.currentIndex() == LOOK and "1 个附件丢失的内容" in dialog.look_title.text()
    dialog.merge_button.click()
    assert dialog.pages.currentIndex() == DONE and "1 个附件丢失的内容" in dialog.banner.text.text()
    assert verify(office).sound


def test_conflicts_are_chosen_one_by_one_by_the_keyboard(desk: Desk, other: Office, qtbot: QtBot) -> None:
    disagree(desk.office, other, 0, 1, 2)
    dialog = opened(desk, other.db.path, qtbot)
    assert dialog.pages.currentIndex() == LOOK and not dialog.merge_button.isEnabled()
    assert dialog.conflicts.hasFocus()
    press(dialog, KEY.Key_Left, KEY.Key_Return, KEY.Key_Right, KEY.Key_Return)
    assert not dialog.merge_button.isEnabled() and dialog.conflicts.conflicts.left() == 1
    press(dialog, KEY.Key_Left, KEY.Key_Return)
    assert dialog.merge_button.hasFocus()
    press(dialog, KEY.Key_Return)
    assert dialog.pages.currentIndex() == DONE
    claims = [got(desk.office, uid)["claim_amount"] for uid in uids(desk.office)]
    assert claims == [100, 201, 102] and verify(desk.office).faults == ()


def test_both_sides_of_a_long_text_are_told_whole(desk: Desk, other: Office, qtbot: QtBot) -> None:
    uid, texts = uids(desk.office)[1], ("甲" * 200 + "一", "甲" * 200 + "二")
    disagree(desk.office, other, 0)
    for office, text in zip((desk.office, other), texts, strict=True):
        editing.save(office, DISPUTES, {"remarks": text}, uid)
    dialog = opened(desk, other.db.path, qtbot)
    (whole,) = dialog.findChildren(WholeSides)
    for _row in range(2):
        now = dialog.conflicts.conflicts.conflicts[dialog.conflicts.currentIndex().row()]
        told = tuple(side.text.toPlainText() for side in whole.sides)
        assert whole.isVisible() == (now.sides[0].text == texts[0]) == (told == texts)
        press(dialog, KEY.Key_Left, KEY.Key_Return)


def test_newest_for_all_others_keeps_what_was_chosen(desk: Desk, other: Office, qtbot: QtBot) -> None:
    disagree(desk.office, other, 0, 1)
    dialog = opened(desk, other.db.path, qtbot)
    press(dialog, KEY.Key_Left)
    QTest.keyClick(dialog, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.merge_button.isEnabled)  # a key presses a button for a moment
    QTest.keyClick(dialog, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [got(desk.office, uid)["claim_amount"] for uid in uids(desk.office)[:2]] == [100, 201]


def test_leaving_the_dialog_changes_nothing(desk: Desk, other: Office, qtbot: QtBot) -> None:
    disagree(desk.office, other, 0)
    before = desk.office.db.rows("SELECT id FROM history")
    changed: list[object] = []
    desk.changed.connect(changed.append)
    dialog = opened(desk, other.db.path, qtbot)
    assert left(desk.office.db.path.parent)
    press(dialog, KEY.Key_Left, KEY.Key_Escape)
    assert not dialog.isVisible() and changed == []
    assert desk.office.db.rows("SELECT id FROM history") == before
    assert not left(desk.office.db.path.parent)


def test_a_file_with_nothing_new_says_so(desk: Desk, other: Office, qtbot: QtBot) -> None:
    dialog = opened(desk, other.db.path, qtbot)
    assert dialog.pages.currentIndex() == NOTHING and not dialog.merge_button.isVisible()


def test_a_password_is_asked_for_only_where_the_file_has_one(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(make_office(tmp_path / "sealed.db", WHO, key="密码")) as sealed:
        case(sealed, "77号")
    dialog = opened(desk, tmp_path / "sealed.db", qtbot)
    form = asked(dialog)
    assert form.isVisible() and form.line.line.hasFocus() and dialog.pages.currentIndex() == WAIT
    form.left.emit()
    assert "有密码" in dialog.banner.text.text() and not dialog.merge_button.isEnabled()
    dialog.banner.acted.emit()
    form = asked(dialog)
    form.line.line.setText("wrong")
    form.give()
    assert "密码不对" in form.problem.text() and tries.at(tmp_path / "sealed.db").left() > 0
    tries.at(tmp_path / "sealed.db").was_right()
    form.line.line.setText("密码")
    form.give()
    assert dialog.pages.currentIndex() == LOOK and not dialog.banner.isVisible()
    dialog.warning.action.click()  # it shares no history
    press(dialog, KEY.Key_Return)
    assert "77号" in [got(desk.office, uid)["case_no"] for uid in uids(desk.office)]


def test_our_own_password_is_tried_first_and_the_other_asked_for_where_it_is_another(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.install(qapp, "light")
    ours, copy, other = (tmp_path / f"{name}.db" for name in ("ours", "copy", "other"))
    for path, key in ((ours, "密码"), (other, "别的密码")):
        make_office(path, WHO, key=key).close()
    shutil.copy(ours, copy)
    for path, key in ((copy, "密码"), (other, "别的密码")):
        with closing(open_office(path, CLERKS[1], key=key)) as theirs:
            case(theirs, "1号")
    with closing(open_office(ours, WHO, key="密码")) as office:
        desk = Desk(office, Tasks(instant=True), State(tmp_path / "state.json"))
        dialog = opened(desk, copy, qtbot)
        assert dialog.pages.currentIndex() == LOOK and not dialog.findChildren(UnlockForm)
        dialog.choose(other)
        form = asked(dialog)
        form.line.line.setText("别的密码")
        form.give()
        assert dialog.pages.currentIndex() == LOOK
        dialog.reject()
        desk.close()


def test_fields_of_one_name_are_among_what_is_to_be_looked_at(
    desk: Desk, other: Office, qtbot: QtBot
) -> None:
    for office in (desk.office, other):
        customising.add_field(office, office.catalogue.by_name["disputes"], "工种", "text")
    dialog = opened(desk, other.db.path, qtbot)
    dialog.merge()
    assert dialog.pages.currentIndex() == DONE
    assert [dialog.items.model().index(0, n).data() for n in range(2)] == ["自设内容", "劳动争议"]
    with qtbot.assertNotEmitted(dialog.record_wanted):
        press(dialog, KEY.Key_Return)


def test_what_is_left_is_settled_or_opened_from_the_result(desk: Desk, other: Office, qtbot: QtBot) -> None:
    pair = case(desk.office, "9号"), case(other, "9号")
    gone = uids(desk.office)[2]
    editing.bin_records(desk.office, DISPUTES, [gone])
    editing.save(other, DISPUTES, {"remarks": "补正"}, gone)
    dialog = opened(desk, other.db.path, qtbot)
    press(dialog, KEY.Key_Return)
    assert dialog.focusWidget() is dialog.items and dialog.items.model().rowCount(QModelIndex()) == 3
    assert not dialog.isModal()
    with qtbot.waitSignal(dialog.record_wanted) as opened_one:
        press(dialog, KEY.Key_Return)
    assert opened_one.args == ["disputes", pair[0]] and dialog.isVisible()
    dialog.renumber_button.click()
    assert [one.running for one in twice.everywhere(desk.office)] == []
    assert got(desk.office, pair[1])["no"] == 5 and not dialog.renumber_button.isVisible()


def test_frozen_figures_ask_why(
    desk: Desk, other: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editing.save(other, DISPUTES, {"remarks": "后改"}, uids(other)[0])
    freezing.freeze(desk.office, Period.year(2020), "年报")
    asked: list[int] = []

    def reason(error: FrozenRecords) -> str:
        asked.append(len(error.records))
        return "合并"

    monkeypatch.setattr(desk, "ask_reason", reason)
    dialog = opened(desk, other.db.path, qtbot)
    press(dialog, KEY.Key_Return)
    assert asked == [1] and dialog.pages.currentIndex() == DONE
    assert got(desk.office, uids(desk.office)[0])["remarks"] == "后改"


@pytest.mark.parametrize("desk", [False], indirect=True)
def test_in_the_worker_the_window_goes_on(desk: Desk, other: Office, qtbot: QtBot) -> None:
    case(other, "9号")
    dialog = opened(desk, other.db.path, qtbot)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == LOOK)
    dialog.merge()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == DONE)
    assert not left(desk.office.db.path.parent), "though the list of what is to be looked at is still there"
    dialog.reject()


@pytest.mark.parametrize("desk", [False], indirect=True)
@pytest.mark.parametrize("seen", [True, False], ids=["looked at", "being read"])
@pytest.mark.parametrize("how", ["closed", "left"])
def test_no_copy_of_the_other_file_stays_however_the_dialog_ends(
    desk: Desk, other: Office, qtbot: QtBot, seen: bool, how: str
) -> None:
    case(other, "9号")
    dialog = opened(desk, other.db.path, qtbot)
    folder = desk.office.db.path.parent
    if seen:
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == LOOK)
        assert left(folder)
    if how == "left":
        dialog.reject()
    desk.close()
    assert not left(folder)


@pytest.mark.parametrize("desk", [False], indirect=True)
def test_after_a_refused_file_another_one_is_chosen(
    desk: Desk, other: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(other, "9号")
    dialog = opened(desk, desk.office.db.path, qtbot)
    qtbot.waitUntil(lambda: dialog.banner.property("banner") == "danger" and not desk.tasks.is_busy())
    chosen = str(other.db.path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (chosen, ""))
    chord(dialog, KEY.Key_O)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == LOOK)
    dialog.reject()
    qtbot.waitUntil(lambda: not left(desk.office.db.path.parent))


@pytest.mark.parametrize("desk", [False], indirect=True)
def test_whoever_leaves_the_question_for_a_password_hears_no_more_of_a_wrong_one(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    make_office(tmp_path / "sealed.db", WHO, key="密码").close()
    said: list[str] = []
    desk.tasks.problem.connect(said.append)
    dialog = opened(desk, tmp_path / "sealed.db", qtbot)
    form = asked(dialog)
    QTest.keyClicks(form.line.line, "wrong")
    QTest.keyClick(form.line.line, KEY.Key_Return)
    QTest.keyClick(form.line.line, KEY.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert said == [] and tries.at(tmp_path / "sealed.db").left() > 0
    tries.at(tmp_path / "sealed.db").was_right()


def test_another_offices_file_is_noticed_and_never_takes_our_name_unasked(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.office.keep_backups(pytest.fail)
    save_settings(desk.office, {"office": "甲区仲裁院", "region": "京怀"})
    with closing(make_office(tmp_path / "strange.db", CLERKS[1])) as theirs:
        case(theirs, "77号")
        pattern = "鄂劳人仲〔{year}〕{n}号"
        clerks.name(theirs, Clerk("周主任", "主任", Role.HEAD))  # who would have a say here
        theirs.who = Who("周主任", "two")
        save_settings(theirs, {"office": "乙市仲裁院", "region": "鄂", "pattern_disputes": pattern})
    before = dict(desk.office.settings)
    dialog = opened(desk, tmp_path / "strange.db", qtbot)
    assert dialog.warning.isVisible() and "乙市仲裁院" in dialog.warning.text.text()
    model = dialog.conflicts.conflicts
    assert [one.field for one in model.conflicts] == [
        "周主任",
        "单位名称",
        "劳动人事争议仲裁案件",
        "地区简称",
    ]
    told = [one.sides[1].text for one in model.conflicts]
    assert "鄂劳人仲〔{年份}〕{序号}号" in told and not any("{year}" in text for text in told)
    letters = dialog.conflicts.fontMetrics()
    widest = max(letters.horizontalAdvance(one.field) for one in model.conflicts)
    assert dialog.conflicts.columnWidth(1) > widest
    chord(dialog, KEY.Key_L)
    for keys in (KEY.Key_Return, KEY.Key_Enter):
        chord(dialog, keys)
    press(dialog, KEY.Key_Down)
    assert dialog.pages.currentIndex() == LOOK and not dialog.merge_button.isEnabled()
    chord(dialog, KEY.Key_M, SHIFT)
    assert dialog.conflicts.hasFocus() and not dialog.warning.isVisible()
    press(dialog, KEY.Key_Down, KEY.Key_Down, KEY.Key_Down, KEY.Key_Right)  # their short name, say, is wanted
    chord(dialog, KEY.Key_Return)
    assert dialog.pages.currentIndex() == DONE and "合并前" in dialog.banner.text.text()
    assert desk.office.settings == {**before, "region": "鄂"}
    assert "77号" in [got(desk.office, uid)["case_no"] for uid in uids(desk.office)]
    assert verify(desk.office).sound


def doubled(desk: Desk, other: Office, qtbot: QtBot) -> tuple[str, str]:
    """Two cases of one number, by a merge in the window."""
    pair = case(desk.office, "京怀劳人仲字〔2020〕第9号"), case(other, "京怀劳人仲字〔2020〕第9号")
    dialog = opened(desk, other.db.path, qtbot)
    dialog.merge()
    dialog.reject()
    return pair


def test_the_list_marks_both_records(desk: Desk, other: Office, qtbot: QtBot) -> None:
    pair = doubled(desk, other, qtbot)
    model = LedgerModel(desk, DISPUTES, ["case_no", "applicant"])
    model.reload()
    marked = {
        model.uid(row)
        for row in range(model.rowCount())
        if model.index(row, 0).data(Qt.ItemDataRole.DecorationRole)
    }
    assert marked == set(pair)
    row = next(row for row in range(model.rowCount()) if model.uid(row) == pair[0])
    assert "重复" in model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(row, 1).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_form_says_it_and_gives_the_next_number(desk: Desk, other: Office, qtbot: QtBot) -> None:
    mine, theirs = doubled(desk, other, qtbot)
    form = RecordForm(desk, DISPUTES)
    qtbot.addWidget(form)
    form.open(uids(desk.office)[0])
    assert form.twice.isHidden()
    form.open(theirs)
    assert not form.twice.isHidden() and "甲" in form.twice.text.text()
    with qtbot.waitSignal(form.record_wanted) as wanted:
        form.twice.other.click()
    assert wanted.args == ["disputes", mine]
    form.twice.action.click()
    assert form.twice.isHidden() and twice.everywhere(desk.office) == []
    assert got(desk.office, theirs)["no"] == 5


def test_today_has_a_part_for_them_that_opens_the_records(desk: Desk, other: Office, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.go(Place("today"))
    page = window.current
    assert isinstance(page, TodayPage) and page.content
    assert "twice" not in [group.key for group in page.content.groups]
    pair = doubled(desk, other, qtbot)
    page.refresh()
    group = page.content.group("twice")
    assert {line.uid for line in group.lines} == set(pair) and group.total == 2
    page.list.opened.emit(group.lines[0])
    assert window.here == Place("disputes", uid=group.lines[0].uid)


def test_what_comes_in_is_counted_as_it_was_chosen(desk: Desk, other: Office, qtbot: QtBot) -> None:
    """Theirs, though ours is newer, changes a record; ours, though theirs is newer, changes none."""
    first, second = uids(desk.office)[:2]
    for office, uid, value in ((other, first, 1), (desk.office, first, 2), (desk.office, second, 3)):
        editing.save(office, DISPUTES, {"claim_amount": value}, uid)
    editing.save(other, DISPUTES, {"claim_amount": 4}, second)
    dialog = opened(desk, other.db.path, qtbot)
    assert "修改 1 条" in dialog.look_title.text(), "by the newest"
    numbers = [one.record for one in dialog.conflicts.conflicts.conflicts]
    model = dialog.conflicts.conflicts
    newer = numbers.index(next(one for one in numbers if one.endswith("0号")))
    model.choose(1 - newer, OURS)
    assert "只有历史记录" in dialog.look_title.text() and not dialog.counts.isVisible()
    model.choose(newer, THEIRS)
    assert "修改 1 条" in dialog.look_title.text() and dialog.counts.isVisible()
    dialog.merge()
    assert "修改 1 条" in dialog.banner.text.text()
    assert dialog.done_counts.model().rowCount(QModelIndex()) == 1
    assert [got(desk.office, uid)["claim_amount"] for uid in (first, second)] == [1, 3]


@pytest.mark.parametrize("backed_up", [True, False])
def test_a_backup_is_only_promised_where_there_is_one(
    desk: Desk, other: Office, qtbot: QtBot, backed_up: bool
) -> None:
    """In the result, and where undoing comes to the merge."""
    told: list[str] = []
    desk.office.keep_backups(told.append)
    case(other, "9号")
    folder = backups.folder(desk.office.db.path)
    if not backed_up:
        shutil.rmtree(folder, ignore_errors=True)
        folder.write_text("a file where the folder should be", encoding="utf-8")
    dialog = opened(desk, other.db.path, qtbot)
    dialog.merge()
    assert bool(told) != backed_up
    made = [one.why for one in backups.listed(desk.office.db.path, None)]
    assert ("merge" in made) == backed_up
    said = dialog.banner.text.text()
    assert (
        "合并前" in said and "备份" in said and dialog.banner.property("banner") == "positive"
    ) == backed_up
    with pytest.raises(Wall) as wall:
        undoing.undo(desk.office)
    for text in (said, str(wall.value)):
        assert ("没有备份成功" in text) != backed_up
    dialog.reject()
