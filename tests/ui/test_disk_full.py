"""The disk is full while a file is open: what is told, beside what, and what becomes of that which is typed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE
from tracker.db import drafts
from tracker.errors import DiskFull, FileProblem
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import keeping
from tracker.ui.backing_up import tell_unbacked
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.trail import Place

REASON = FileProblem("备份文件夹空间不足。")


@contextmanager
def no_room(desk: Desk) -> Iterator[None]:
    """The open file cannot grow, as on a full disk."""
    db = desk.office.db
    ((pages,),) = db.rows("PRAGMA page_count")
    db.run(f"PRAGMA max_page_count = {pages}")
    yield
    db.run("PRAGMA max_page_count = 1000000")


def form_on(window: MainWindow) -> RecordForm:
    """A form with more typed than there is room for."""
    window.go(Place(DISPUTES.name))
    page = window.current
    assert isinstance(page, LedgerPage)
    page.new_record()
    for key, value in {**DISPUTE, "remarks": "王小明" * 20_000}.items():
        page.form.body.cells[key].editor.set_value(value)
        page.form.body.cells[key].editor.edited.emit()
    return page.form


def strips(window: MainWindow) -> list[str]:
    return [strip.text.text() for strip in (window.banner, window.notice) if strip.isVisible()]


def test_what_is_typed_on_a_full_disk_is_told_not_to_be_kept_and_is_once_there_is_room(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.warn(keeping.not_made(REASON, desk.office.db.path))
    form = form_on(window)
    with no_room(desk):
        form.drafts.keep()
        (told,) = strips(window)
        assert "磁盘已满" in told and "没有保存" in told and "本窗口" in told
        window.warn(keeping.not_made(REASON, desk.office.db.path))
        assert strips(window) == [told]
        form.save()
        assert strips(window) == [told] and form.has_unsaved()
    qtbot.waitUntil(lambda: strips(window) == [])
    assert drafts.left(desk.reader, desk.office.who), "without another key pressed"
    form.save()
    assert not form.has_unsaved()


def test_a_full_disk_of_another_file_is_not_this_one_s(window: MainWindow, desk: Desk) -> None:
    def fail(_office: object, _progress: object) -> None:
        raise DiskFull("U 盘已满。", desk.office.db.path.with_name("office.db.bak"))

    desk.run(fail, lambda _nothing: None, lambda _wrong: None)
    assert strips(window) == []


class Usage(NamedTuple):
    free: int


@pytest.mark.parametrize(("free", "promised"), ((20_000, False), (50_000_000, True)))
def test_saving_is_promised_only_where_there_is_room(
    free: int, promised: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(free))
    told = keeping.not_made(REASON, tmp_path / "office.db")
    assert "备份没有成功" in told and str(REASON) in told and ("照常保存" in told) is promised


def test_a_file_closed_without_a_backup_is_told_of_without_a_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    tell_unbacked(REASON, None)
    assert "备份没有成功" in told[0] and "照常保存" not in told[0] and str(REASON) in told[0]
