"""A list's columns fit their window until the clerk makes them otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.column_widths import PAD, YIELDING, fitting
from tracker.ui.desk import Desk
from tracker.ui.ledger_model import columns
from tracker.ui.ledger_page import LedgerPage


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as desk:
        yield desk


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_texts_yield_and_all_else_stays_whole(ledger: Ledger, qapp: QApplication) -> None:
    shown = columns(ledger, ledger.columns)
    narrow, usual, wide = (fitting(shown, room) for room in (100, 1400, 3000))
    for column, *widths in zip(shown, narrow, usual, wide, strict=True):
        assert widths == sorted(widths)
        assert column.field.kind in YIELDING or len(set(widths)) == 1
        heading = QFontMetrics(theme.font("small")).horizontalAdvance(column.title())
        assert widths[0] > heading
        if column.field.kind == "day":
            day = QFontMetrics(theme.font("body")).horizontalAdvance("2020-12-25")
            assert widths[0] >= day + PAD
    assert sum(usual) <= 1400 or usual == narrow


def test_how_a_case_was_closed_is_seen_in_a_small_window(qapp: QApplication) -> None:
    theme.install(qapp, "light")
    shown = columns(DISPUTES, DISPUTES.columns)
    last = [column.field.key for column in shown].index("closing_method")
    assert sum(fitting(shown, 1016)[: last + 1]) <= 1016


def test_columns_follow_the_window_but_not_those_made_wider(desk: Desk, qtbot: QtBot) -> None:
    form_tools.add(desk, DISPUTES, form_tools.DISPUTE)
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    page.resize(1040, 600)
    page.show()
    table = page.table
    applicant, respondent = (table.shown().index(key) for key in ("applicant", "respondent"))
    narrow = table.columnWidth(respondent)
    table.setColumnWidth(applicant, 222)
    table._keep_widths()
    assert desk.state.get("list.disputes", {})["widths"] == {"applicant": 222}
    page.resize(1900, 600)
    qtbot.waitUntil(lambda: table.columnWidth(respondent) > narrow)
    assert table.columnWidth(applicant) == 222
