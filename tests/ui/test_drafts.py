"""What was typed and not saved outlives the program's sudden end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.effort import some
from tests.office import WHO, filled, new_office, random_record
from tests.ui.form_tools import DISPUTE, add, staying, typed
from tests.ui.shells import shell_with
from tests.unit.test_undoing import case
from tracker.app import Shell
from tracker.db import drafts
from tracker.db.drafts import Draft
from tracker.errors import UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, restoring
from tracker.operations.office import open_office, who_acts
from tracker.schema.ledger import Ledger
from tracker.ui.crash import Crashes
from tracker.ui.desk import Desk
from tracker.ui.form_drafts import EVERY_MS
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.state import State
from tracker.ui.tasks import Tasks
from tracker.ui.trail import Place

TYPES = """
import sys
from pathlib import Path
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.shells import shell_with
from tests.unit.test_undoing import case
from tracker.app import Shell
from tracker.ui.crash import Crashes
from tracker.ui.state import State
from tracker.ui.trail import Place
app = QApplication([])
shell = Shell(app, State(Path(sys.argv[2])), Crashes(), lang="zh_CN")
shell.open(Path(sys.argv[1]))
shell.window.go(Place("disputes"))
page = shell.window.current
page.new_record()
form = page.form
for key, text in {"applicant": "王小明", "respondent": "怀柔区某公司", "claim_amount": "三万左右"}.items():
    event = QInputMethodEvent()
    event.setCommitString(text)
    app.sendEvent(form.body.cells[key].editor.line, event)
QTest.qWait(int(sys.argv[3]))
while shell.desk.tasks.is_busy():
    QTest.qWait(20)
print("typed", flush=True)
QTest.qWait(60_000)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file" / "cases.db"
    path.parent.mkdir()
    filled(path, {DISPUTES: [random_record(DISPUTES, Random(5)) for _n in range(3)]}).close()
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    office = new_office(tmp_path / "desk.db")
    result = Desk(office, Tasks(instant=True), State(tmp_path / "desk.json"))
    yield result
    result.close()


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    with shell_with(qapp, tmp_path / "state", Crashes()) as result:
        yield result


def kill_while_typing(path: Path, state: Path) -> None:
    words = [sys.executable, "-c", TYPES, str(path), str(state), str(EVERY_MS + 300)]
    there = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CASE_TRACKER_CLERK": "赵敏"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=there) as other:
        try:
            assert other.stdout and other.stdout.readline() == "typed\n"
        finally:
            other.kill()


def test_what_was_typed_when_the_program_was_killed_is_offered_and_saved(
    shell: Shell, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_TRACKER_CLERK", "赵敏")
    kill_while_typing(path, tmp_path / "other" / "state.json")
    shell.open(path)
    qtbot.waitUntil(lambda: shell.desk is not None)
    window = shell.window
    assert isinstance(window, MainWindow) and window.banner.isVisible()
    assert "没保存" in window.banner.text.text()
    window.banner.action.click()
    page = window.current
    assert isinstance(page, LedgerPage) and page.has_unsaved()
    form = page.form
    texts = [form.body.cells[key].editor.text() for key in ("applicant", "respondent", "claim_amount")]
    assert texts == ["王小明", "怀柔区某公司", "三万左右"]
    assert not window.banner.isVisible() and form.banner.isVisible()
    form.body.cells["claim_amount"].editor.set_value(3_000_000)
    form.save()
    qtbot.waitUntil(lambda: not form.has_unsaved() and bool(form.uid))
    reader = page.desk.reader
    assert reader.rows("SELECT count(*) FROM disputes WHERE applicant = '王小明'") == [(1,)]
    assert reader.rows("SELECT count(*) FROM drafts") == [(0,)]


def test_discarding_forgets_the_draft_and_a_refused_save_keeps_it(
    shell: Shell, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.open(path)
    window = shell.window
    assert isinstance(window, MainWindow) and shell.desk
    reader = shell.desk.reader

    def kept() -> list[str]:
        return [str(row[0]) for row in reader.rows("SELECT id FROM drafts")]

    window.go(Place("disputes"))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.new_record()
    for key in ("applicant", "respondent"):
        page.form.body.cells[key].editor.restore((True, "某"))
        page.form.body.cells[key].editor.edited.emit()
    assert kept() == []
    qtbot.waitUntil(lambda: len(kept()) == 1, timeout=EVERY_MS + 10_000)
    before = kept()

    def refuse(*_words: object) -> None:
        raise UserError("磁盘已满")

    monkeypatch.setattr(editing, "save", refuse)
    page.form.body.cells["respondent"].editor.restore((True, "某某"))
    page.form.body.cells["respondent"].editor.edited.emit()
    page.form.save()
    qtbot.waitUntil(lambda: "磁盘已满" in page.form.banner.text.text())
    assert kept() == before and page.form.has_unsaved()
    page.form.drafts.timer.setInterval(0)  # what was typed last is kept without more typing
    qtbot.waitUntil(lambda: "某某" in str(reader.rows("SELECT content FROM drafts")))
    assert kept() == before
    monkeypatch.setattr("tracker.ui.record_form.ask_unsaved", lambda _form: "discard")
    page.form.close_form()
    qtbot.waitUntil(lambda: kept() == [])


@pytest.mark.parametrize("ledger", some(LEDGERS, 3), ids=lambda ledger: ledger.name)
def test_every_field_comes_back_as_it_stood(ledger: Ledger, desk: Desk, qtbot: QtBot) -> None:
    """Right or wrong: the same texts in every editor, and the same as unsaved."""
    random = Random(ledger.name)
    form, again = (RecordForm(desk, ledger) for _n in range(2))
    for each in (form, again):
        qtbot.addWidget(each)
        each.new()
    record = random_record(ledger, random)
    for field in ledger.inputs:
        editor = form.body.cells[field.key].editor
        if random.random() < 0.3 and hasattr(editor, "line"):
            editor.type("；不是 这样;一半")
        else:
            editor.set_value(record.get(field.key))
    unsaved = form.body.unsaved()
    assert unsaved
    draft = Draft("1", ledger.name, "", unsaved)
    drafts.keep(desk.office.db, WHO, draft)
    (kept,) = drafts.left(desk.office.db, WHO)
    again.resume(kept)
    assert again.body.unsaved() == unsaved


def test_the_offer_tells_which_record_and_stays_until_it_is_taken_up(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, uid = desk.office.who, add(desk, DISPUTES, DISPUTE)
    made = {"applicant": [True, "王小明"], "claim_amount": [False, "三万左右"]}
    drafts.keep(desk.office.db, who, Draft("1", "disputes", "", made))
    drafts.keep(desk.office.db, who, Draft("2", "disputes", uid, {"remarks": [True, "补正"]}))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    said = {window.banner.draft.id: window.banner.text.text()} if window.banner.draft else {}
    window.go(Place("disputes"))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.new_record()
    page.form.body.focus("applicant")
    typed("某")
    asked = staying(monkeypatch)
    window.banner.action.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(window, Qt.Key.Key_G, held)
    qtbot.waitUntil(lambda: bool(asked))
    assert window.banner.isVisible() and list(said.values()) == [window.banner.text.text()]
    page.form.body.accept()
    QTest.keyClick(window, Qt.Key.Key_G, held)
    qtbot.waitUntil(lambda: window.banner.text.text() not in said.values())
    assert window.banner.draft and len(said) == 1
    said[window.banner.draft.id] = window.banner.text.text()
    assert "新增" in said["1"] and "王小明" in said["1"]
    assert str(DISPUTE["case_no"]) in said["2"] and "张三" in said["2"]
    page.form.body.accept()


def test_a_draft_of_a_record_that_is_gone_is_forgotten(desk: Desk, qtbot: QtBot) -> None:
    form = RecordForm(desk, DISPUTES)
    qtbot.addWidget(form)
    draft = Draft("1", "disputes", "no such record", {"applicant": [True, "张三"]})
    drafts.keep(desk.office.db, WHO, draft)
    form.resume(draft)
    assert drafts.left(desk.office.db, WHO) == [] and form.banner.text.text()


def test_a_draft_outlives_a_restore_to_before_its_record(
    shell: Shell, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_TRACKER_CLERK", WHO.clerk)
    who = who_acts()
    with closing(open_office(path, who)) as office:
        backup = backups.make(office.db, "asked").path
        uid = case(office, 7)
        for n, of in enumerate((uid, "")):
            drafts.keep(office.db, who, Draft(str(n), "disputes", of, {"applicant": [True, "王小明"]}))
    restoring.restore(path, backup, who)
    shell.open(path)
    qtbot.waitUntil(lambda: shell.desk is not None)
    window = shell.window
    assert isinstance(window, MainWindow) and shell.desk
    for _n in range(2):
        assert window.banner.isVisible() and "没保存" in window.banner.text.text()
        draft = window.banner.draft
        window.banner.action.click()
        page = window.current
        assert draft and isinstance(page, LedgerPage)
        if draft.uid:
            assert "不在" in page.form.banner.text.text()
            assert not page.form.uid and not page.has_unsaved()
        else:
            assert page.form.body.cells["applicant"].editor.text() == "王小明"
            page.form.body.accept()


def test_each_clerk_is_offered_his_own_on_the_computer_where_he_typed_it(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", {}).close()
    office = open_office(tmp_path / "a.db", WHO)
    for n in range(2):
        drafts.keep(office.db, WHO, Draft(str(n), "disputes", "", {"applicant": [True, f"{n}"]}))
    others = type(WHO)("李四", WHO.origin), type(WHO)(WHO.clerk, "another computer")
    assert len(drafts.left(office.db, WHO)) == 2
    assert [drafts.left(office.db, other) for other in others] == [[], []]
    office.close()


def written(form: RecordForm, value: str | None, key: str = "remarks") -> None:
    editor = form.body.cells[key].editor
    editor.set_value(value)
    editor.edited.emit()


def left(desk: Desk) -> list[Draft]:
    return drafts.left(desk.office.db, desk.office.who)


@pytest.mark.parametrize("leaves", (True, False))
def test_what_was_typed_and_deleted_again_leaves_no_draft(desk: Desk, qtbot: QtBot, leaves: bool) -> None:
    form = RecordForm(desk, DISPUTES)
    qtbot.addWidget(form)
    form.open(case(desk.office, 1))
    written(form, "写了一半")
    form.drafts.keep()
    assert len(left(desk)) == 1
    written(form, None)
    assert form.drafts.timer.isActive() and not form.has_unsaved()
    if leaves:
        assert form.may_leave()
    else:  # the program ends some seconds later
        form.drafts.keep()
    assert left(desk) == []
    written(form, "又写")
    form.drafts.keep()
    written(form, None)
    form.new()
    assert left(desk) == []


def test_nothing_is_kept_of_a_form_once_its_file_is_being_closed(desk: Desk, qtbot: QtBot) -> None:
    form = RecordForm(desk, DISPUTES)
    qtbot.addWidget(form)
    form.new()
    written(form, "写了一半")
    assert form.drafts.timer.isActive()
    desk.close()
    assert not form.drafts.timer.isActive()


def test_a_draft_that_was_refused_is_kept_later_in_the_same_place(desk: Desk, qtbot: QtBot) -> None:
    """The file is away for a moment; saving takes with it all that was ever kept of the form."""
    form, path = RecordForm(desk, DISPUTES), desk.office.db.path
    qtbot.addWidget(form)
    form.open(uid := case(desk.office, 1))
    written(form, "甲")
    form.drafts.keep()
    (first,) = left(desk)
    path.rename(path.with_name("away.db"))
    written(form, "甲乙")
    form.drafts.keep()
    path.with_name("away.db").rename(path)
    assert left(desk) == [first]
    form.drafts.keep()  # what was refused is kept without more typing
    (again,) = left(desk)
    assert again.id == first.id and "甲乙" in str(again.content)
    written(form, "甲乙丙")
    form.save()
    assert left(desk) == []
    assert desk.office.db.rows("SELECT remarks FROM disputes WHERE uid = ?", (uid,)) == [("甲乙丙",)]
