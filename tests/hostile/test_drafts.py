"""Drafts that anyone may have written keep no file from opening, and no window from going on."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hostile.test_files import JSON
from tests.office import new_office
from tests.ui.shells import shell_with
from tests.unit.test_undoing import case
from tracker.db import drafts
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import who_acts
from tracker.ui.crash import Crashes
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

SAID: tuple[object, ...] = (
    None,
    "",
    "x",
    "2020-02-31",
    "9" * 400,
    -1,
    2**62,
    2**70,
    1.5,
    [],
    {},
    True,
    "a\0b",
    "、" * 999,
)
STATES = [*([True, said] for said in SAID), [False, None], [False, "三万左右"], [False, 5]]
WHOLE: tuple[object, ...] = ([True], [1, 2, 3], {"known": 1}, "xy", 5, None, ["x", "y"], [None, None])


def contents() -> list[str]:
    """No JSON, no object, no states, and in every field any value."""
    told = [{"applicant": whole} for whole in WHOLE] + [{"nowhere": [True, "x"]}, {"": []}]
    told += [{field.key: state for field in DISPUTES.inputs} for state in STATES]
    return [*JSON, *(json.dumps(one, ensure_ascii=False) for one in told)]


def test_a_number_that_no_file_of_ours_can_hold_is_no_value() -> None:
    for said, held in ((2**63 - 1, True), (2**63, False), (-(2**63), False)):
        assert drafts.readable(json.dumps({"claim_amount": [True, said]})) is held


def test_drafts_written_by_anyone(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.ui.record_form.ask_unsaved", lambda _form: "discard")
    path, crashes, who = tmp_path / "cases.db", Crashes(), who_acts()
    told: list[BaseException] = []
    crashes.happened.connect(told.append)
    sql = "INSERT INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?)"
    with closing(new_office(path, who)) as office, office.db.atomic():
        uid = case(office, 1)
        rows = [("disputes", "", one) for one in contents()]
        rows += [
            (name, to, '{"applicant": [true, "甲"]}')
            for name in ("disputes", "nowhere", "parties")
            for to in (uid, "x")
        ]
        office.db.run_many(
            sql, [(str(n), who.clerk, who.origin, *row[:2], "z" * n, row[2]) for n, row in enumerate(rows)]
        )
        readable = len(drafts.left(office.db, who))
    assert len(STATES) / 2 < readable < len(rows) - len(WHOLE)
    with shell_with(qapp, tmp_path / "state", crashes, instant=True) as shell:
        shell.open(path)
        window = shell.window
        assert isinstance(window, MainWindow)
        tried = 0
        while window.banner.draft is not None:
            window.banner.action.click()
            page = window.current
            assert isinstance(page, LedgerPage)
            page.form.may_leave()
            tried += 1
        assert tried >= readable - 4 and told == []
        window.go(Place("disputes"))
    with closing(new_office(tmp_path / "other.db", who)) as office:
        assert case(office, 2)
