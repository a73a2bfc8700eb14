"""Damage that is met while a file is open: whose it is, where it is told, and what was typed then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.copies import case
from tests.office import WHO, filled, new_office, random_record
from tests.ui.form_tools import DISPUTE
from tests.ui.shells import break_table, by_worker, shell_with
from tracker.app import Shell
from tracker.db import drafts
from tracker.db.database import damaged
from tracker.errors import DamagedFile, UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import finding, opening, rescuing
from tracker.operations.office import open_office
from tracker.ui.crash import Crashes
from tracker.ui.damaged_dialog import DamagedDialog
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.trail import Place


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A small file, open, with all that a spare moment does to it done."""
    monkeypatch.setenv("CASE_TRACKER_CLERK", WHO.clerk)
    path = tmp_path / "file" / "cases.db"
    path.parent.mkdir()
    filled(path, {ledger: [random_record(ledger, Random(4))] for ledger in LEDGERS}).close()
    with closing(opening.to_write(path, WHO)) as office:
        while finding.spell(office) or finding.merge(office):
            pass
    with shell_with(qapp, tmp_path / "state", Crashes()) as result:
        result.open(path)
        yield result


def window_of(shell: Shell) -> MainWindow:
    assert isinstance(shell.window, MainWindow)
    return shell.window


def at_rest(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())


def meet(shell: Shell, qtbot: QtBot) -> bytes:
    """Damage of a page of the file is met; what the file is then."""
    desk = window_of(shell).desk
    at_rest(desk, qtbot)
    left = break_table(desk, "permits")
    desk.run(
        lambda office, _p: office.db.rows("SELECT * FROM permits"), lambda _rows: None, lambda _wrong: None
    )
    at_rest(desk, qtbot)
    assert desk.office.db.damaged
    return left


def told(shell: Shell) -> str:
    banner = window_of(shell).banner
    return banner.text.text() if banner.isVisible() else ""


@pytest.mark.parametrize("name", ("file/cases.db.bak", "usb{path}"))
def test_another_file_s_damage_is_not_this_one_s(
    name: str, shell: Shell, tmp_path: Path, qtbot: QtBot
) -> None:
    """Of one whose path holds that of the open one: a copy beside it, or below the same folders on a stick."""
    desk = window_of(shell).desk
    ours = desk.office.db.path
    other = tmp_path / name.format(path=ours)
    other.parent.mkdir(parents=True, exist_ok=True)
    with closing(new_office(other, WHO)) as office:
        for n in range(60):
            case(office, f"{n}号")
    data = bytearray(other.read_bytes())
    for at in range(len(data) // 2, len(data) - 8192, 8192):
        data[at : at + 8192] = Random(at).randbytes(8192)
    other.write_bytes(data)
    said: list[UserError] = []
    desk.run(lambda _office, _progress: opening.examine(other, whole=True), pytest.fail, said.append)
    at_rest(desk, qtbot)
    assert isinstance(said[0], DamagedFile) and str(ours) in str(said[0])
    assert not desk.office.db.damaged and "已损坏" not in told(shell)
    by_worker(desk, lambda office: case(office, "新"))


def test_a_window_made_anew_tells_it_too(shell: Shell, qtbot: QtBot) -> None:
    meet(shell, qtbot)
    assert "已损坏" in told(shell)
    before = window_of(shell)
    shell.switch_language("zh_CN")
    assert window_of(shell) is not before and "已损坏" in told(shell)
    assert window_of(shell).banner.action.isVisible()


def half_typed(shell: Shell, qtbot: QtBot) -> RecordForm:
    """A form with something typed, kept as a draft."""
    window_of(shell).go(Place(DISPUTES.name))
    page = window_of(shell).current
    assert isinstance(page, LedgerPage)
    page.new_record()
    for key in ("applicant", "respondent"):
        fill(page.form, key, str(DISPUTE[key]))
    page.form.drafts.keep()
    at_rest(window_of(shell).desk, qtbot)
    return page.form


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was asked, with the answers to choose from; the clerk presses Enter at once."""
    result: list[tuple[str, list[str]]] = []

    def enter(box: QMessageBox) -> int:
        result.append((f"{box.text()}{box.informativeText()}", [one.text() for one in box.buttons()]))
        default = box.defaultButton()
        assert default is not None
        default.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", enter)
    return result


def test_who_has_typed_half_a_form_closes_the_damaged_file_and_finds_it_in_the_rescued_one(
    shell: Shell, tmp_path: Path, qtbot: QtBot, asked: list[tuple[str, list[str]]]
) -> None:
    half_typed(shell, qtbot)
    left = meet(shell, qtbot)
    window, path, who = (
        window_of(shell),
        window_of(shell).desk.office.db.path,
        window_of(shell).desk.office.who,
    )
    assert "重新打开" in window.banner.action.toolTip() and "填写" not in window.banner.action.toolTip()
    window.banner.action.click()
    ((text, answers),) = asked
    assert "草稿" in text and "保存" not in answers
    qtbot.waitUntil(lambda: bool(shell.window and shell.window.findChild(DamagedDialog)))
    assert shell.window
    dialog = shell.window.findChild(DamagedDialog)
    assert dialog
    qtbot.waitUntil(dialog.rescue.isEnabled)
    dialog.reject()
    assert path.read_bytes() == left
    rescued = rescuing.rescue(path, tmp_path / "new.db").new
    with closing(open_office(rescued, WHO)) as office:
        (draft,) = drafts.left(office.db, who)
    assert draft.content["applicant"] == [True, DISPUTE["applicant"]]


def test_what_is_in_no_draft_is_not_left_by_enter(
    shell: Shell, qtbot: QtBot, asked: list[tuple[str, list[str]]]
) -> None:
    form = half_typed(shell, qtbot)
    meet(shell, qtbot)
    fill(form, "applicant", "后来写的人")
    before = window_of(shell)
    before.banner.action.click()
    ((text, answers),) = asked
    assert "抄" in text and "保存" not in answers
    assert shell.window is before and form.has_unsaved()
    form.body.accept()


def fill(form: RecordForm, key: str, value: str) -> None:
    form.body.cells[key].editor.set_value(value)
    form.body.cells[key].editor.edited.emit()


def test_damage_that_a_list_meets_is_told_in_the_strip_alone(shell: Shell, qtbot: QtBot) -> None:
    """Qt hands on what a model raises with the names of its functions before the text, and without the path."""
    window = window_of(shell)
    at_rest(window.desk, qtbot)
    text = str(damaged(window.desk.office.db.path))
    shell.report(DamagedFile(f"Error calling Python override of QAbstractItemModel::data(): {text}"))
    assert "已损坏" in told(shell) and window.desk.office.db.damaged
    assert not [box for box in window.findChildren(QMessageBox) if box.isVisible()]
