"""The page of draws, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.effort import IN_THE_WORKER
from tests.office import WHO, new_office
from tracker.db import records
from tracker.db.records import Query
from tracker.operations import editing
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.draws_page import DrawDialog, DrawsPage, RecordsDialog
from tracker.ui.state import State
from tracker.ui.tasks import Tasks


@pytest.fixture(**IN_THE_WORKER)
def page(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[DrawsPage]:
    theme.install(qapp, "light")
    office = new_office(tmp_path / "a.db", WHO)
    of = office.catalogue.by_name
    for n in range(1, 7):
        editing.save(office, of["employers"], {"name": f"第{n}公司", "address": "怀柔镇"})
    for n, name in enumerate(("赵一", "钱二", "孙三"), 1):
        editing.save(office, of["officers"], {"officer_no": f"{n:03d}", "name": name, "roles": "officer"})
    desk = Desk(office, Tasks(instant=request.param), State(tmp_path / "state.json"))
    result = DrawsPage(desk)
    qtbot.addWidget(result)
    result.resize(1000, 640)
    result.show()
    settled(qtbot, result)
    yield result
    desk.close()


def settled(qtbot: QtBot, page: DrawsPage) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy())
    QApplication.processEvents()


def drawn(qtbot: QtBot, page: DrawsPage, count: int = 4) -> DrawDialog:
    page.new_record()
    (asked,) = page.window().findChildren(DrawDialog)
    asked.kind.setCurrentIndex(1)
    settled(qtbot, page)
    asked.count.setValue(count)
    asked.title.setText("上半年双随机")
    asked.seed.setText("2020101")
    asked.ok.click()
    settled(qtbot, page)
    return asked


def test_nothing_drawn_yet_says_so(page: DrawsPage) -> None:
    assert page.empty.isVisible() and not page.split.isVisible()


def test_a_draw_is_made_shown_and_compared(qtbot: QtBot, page: DrawsPage) -> None:
    drawn(qtbot, page)
    made = page.current
    assert made is not None and (made.seed, len(made.lots)) == ("2020101", 4)
    assert page.lots.model().rowCount() == 4 and "6个" in page.about.text()
    page.compare()
    assert "一致" in page.banner.text.text()
    page.copy_list()
    assert QApplication.clipboard().text().count("\n") == 3


def test_the_pool_is_counted_and_too_many_are_refused(qtbot: QtBot, page: DrawsPage) -> None:
    asked = drawn(qtbot, page, 7)
    assert asked.isVisible() and "1至6" in asked.problem.text() and "6个" in asked.pool.text()
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert page.empty.isVisible()


def test_records_are_made_of_it_once(qtbot: QtBot, page: DrawsPage) -> None:
    drawn(qtbot, page)
    page.ask_records()
    (asked,) = page.window().findChildren(RecordsDialog)
    asked.ok.click()
    settled(qtbot, page)
    assert asked.isVisible() and asked.problem.text()  # the matters checked are missing
    asked.asked["items"].set_value("工资支付")
    asked.ok.click()
    settled(qtbot, page)
    ledger = page.desk.office.catalogue.by_name["inspections"]
    assert records.count(page.desk.reader, Query(ledger)) == 4
    assert not page.make.isEnabled() and "4条" in page.about.text()
