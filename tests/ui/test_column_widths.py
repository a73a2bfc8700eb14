"""A list's columns fit their window until the clerk makes them otherwise."""

from __future__ import annotations

from itertools import accumulate

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tracker import i18n
from tracker.db.tables import subjects
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.column_widths import PAD, YIELDING, fitting
from tracker.ui.desk import Desk
from tracker.ui.ledger_model import Column, columns
from tracker.ui.ledger_page import LedgerPage


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_texts_yield_and_all_else_stays_whole(ledger: Ledger, qapp: QApplication) -> None:
    shown = columns(ledger, ledger.columns)
    narrow, usual, wide = (fitting(shown, room) for room in (100, 1400, 3000))
    for column, *widths in zip(shown, narrow, usual, wide, strict=True):
        assert max(widths) == widths[-1]
        assert column.field.kind in YIELDING or len(set(widths)) == 1
        heading = QFontMetrics(theme.font("small")).horizontalAdvance(column.title())
        assert min(widths) > heading
        if column.field.kind == "day":
            day = QFontMetrics(theme.font("body")).horizontalAdvance("2020-12-25")
            assert widths[0] >= day + PAD


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
@pytest.mark.parametrize("room", [700, 1016, 1656])
def test_as_many_columns_as_there_is_room_for_are_seen_whole(ledger: Ledger, room: int) -> None:
    shown = columns(ledger, ledger.columns)
    least = list(accumulate(fitting([column], 1)[0] for column in shown))
    whole = list(accumulate(fitting(shown, room)))
    assert sum(edge <= room for edge in whole) >= sum(edge <= room for edge in least)


SEEN = [(ledger, key) for ledger in LEDGERS for key in ("due_on", "closed_on", "closing_method", "outcome")]
SEEN += [(ledger, field.key) for ledger in LEDGERS for field in subjects(ledger)]


@pytest.mark.parametrize(
    ("ledger", "key"),
    [(ledger, key) for ledger, key in SEEN if key in ledger.columns and ledger.number_pattern],
    ids=lambda part: getattr(part, "name", part),
)
def test_whom_a_case_is_about_its_days_and_its_end_are_seen_in_a_small_window(
    ledger: Ledger, key: str, qapp: QApplication
) -> None:
    theme.install(qapp, "light")
    last = ledger.columns.index(key)
    assert sum(fitting(columns(ledger, ledger.columns), 1016)[: last + 1]) <= 1016


def test_the_name_of_a_firm_is_read_in_a_small_window(qapp: QApplication) -> None:
    theme.install(qapp, "light")
    name = QFontMetrics(theme.font("body")).horizontalAdvance("北京岚沐铎机械设备有限公司")
    for ledger in LEDGERS:
        shown = columns(ledger, ledger.columns)
        for column, width in zip(shown, fitting(shown, 1016), strict=True):
            assert column.field.names != "employers" or width >= name + PAD


@pytest.mark.parametrize(
    ("ledger", "key", "heading"),
    [
        ("inspections", "targets", "户次"),
        ("petitions", "persons", "人次"),
        ("disputes", "settled_amount", "结案金额（元）"),
        ("file_reviews", "problems", "发现问题数（件）"),
    ],
)
def test_a_heading_says_its_unit_once(ledger: str, key: str, heading: str) -> None:
    i18n.use("zh_CN")
    assert Column(BY_NAME[ledger].field(key)).title() == heading


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
