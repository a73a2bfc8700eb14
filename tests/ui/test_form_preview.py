"""Printed forms painted: lines where they belong, long texts on as many sheets as they need, a PDF of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, TODAY, add, desk_on, press
from tracker.ledgers.disputes import DISPUTES
from tracker.schema import form
from tracker.ui import paper_form, theme
from tracker.ui.desk import Desk
from tracker.ui.form_preview import FormPreview
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.paper import Sheets, a4
from tracker.ui.paper_form import FormPage, FormPaper
from tracker.ui.record_form import RecordForm

SOURCE = "## 表\n|= 20 | 80\n|@20 甲 | {text}\n|@30 乙 |  // 签字\n"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path) as found:
        yield found


def dark(image: QImage, x: float, y: float, dots: float) -> bool:
    """Whether there is ink within a quarter of a millimetre of a place in tenths of a millimetre."""
    scale = dots / 254
    near = [
        image.pixelColor(round(x * scale) + a, round(y * scale) + b) for a in (-1, 0, 1) for b in (-1, 0, 1)
    ]
    return any(color.lightness() < 128 for color in near)


def picture(paper: FormPaper) -> QImage:
    """Its first sheet, a dot for a tenth of a millimetre."""
    result = QImage(2100, 2970, QImage.Format.Format_RGB32)
    result.fill(QColor("white"))
    painter = QPainter(result)
    painter.scale(254 / 72, 254 / 72)
    Sheets(paper, a4(landscape=False)).draw(painter, 0)
    painter.end()
    return result


def forms_of(preview: FormPreview) -> tuple[FormPage, ...]:
    assert isinstance(preview.paper, FormPaper)
    return preview.paper.sheets


def test_lines_stand_where_the_table_is(qapp: QApplication) -> None:
    paper = FormPaper("表", [form.read(SOURCE.format(text="短"))])
    (page,), image = paper.sheets, picture(paper)
    (_row, top, height), (_last, below, _rest) = page.rows
    right = paper_form.LEFT + paper_form.WIDTH
    split = paper_form.LEFT + paper_form.WIDTH * 0.2
    for x in (paper_form.LEFT, split, right):
        assert dark(image, x, top + height / 4, 254)
    for y in (top, below):
        assert dark(image, right - 60, y, 254)
    assert below == top + height == top + 200
    assert image.pixelColor(20, 20) == QColor("white")


def test_row_grows_with_its_text(qapp: QApplication) -> None:
    (page,) = FormPaper("表", [form.read(SOURCE.format(text="很长的内容" * 120))]).sheets
    (_row, top, height), (_last, below, _rest) = page.rows
    assert height > 200
    assert below == top + height


def test_rows_that_do_not_fit_go_on_the_next_sheet_whole(qapp: QApplication) -> None:
    source = "## 表\n|= 1\n" + "|@60 内容\n" * 9
    sheets = FormPaper("表", [form.read(source)]).sheets
    assert [len(page.rows) for page in sheets] == [3, 4, 2]
    assert [bool(page.heads) for page in sheets] == [True, False, False]
    for page in sheets:
        _row, top, height = page.rows[-1]
        assert top + height <= paper_form.PAGE.height() - paper_form.BOTTOM


def test_every_record_begins_on_its_own_sheet(desk: Desk, qtbot: QtBot) -> None:
    uids = [add(desk, DISPUTES, {**DISPUTE, "case_no": f"{n}号"}) for n in (1, 2, 3)]
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    preview = FormPreview(desk, DISPUTES, uids, page)
    assert [sheet.rows[0][0].cells[1].text for sheet in forms_of(preview)] == ["1号", "2号", "3号"]
    assert preview.place.text() == "第1页，共3页" and not preview.lying.isVisibleTo(preview)


def test_pdf_has_a_page_for_each_sheet_in_a4(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    uids = [add(desk, DISPUTES, {**DISPUTE, "case_no": f"{n}号"}) for n in (1, 2)]
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    preview = FormPreview(desk, DISPUTES, uids, page)
    preview.choice.setCurrentIndex(1)
    preview.write(tmp_path / "审批表.pdf")
    qtbot.waitUntil(lambda: "审批表.pdf" in preview.banner.text.text())
    data = (tmp_path / "审批表.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b(?!s)", data)) == 2
    assert re.search(rb"/MediaBox \[0 0 595\S* 84[12]\S*\]", data)
    preview.write(tmp_path / "gone" / "a.pdf")
    qtbot.waitUntil(lambda: "gone" in preview.banner.text.text())
    assert noted(desk) == [{"what": "立案审批表", "file": "审批表.pdf", "records": 2, "whole": True}]


def noted(desk: Desk) -> list[object]:
    """What the history tells of that has left."""
    found = desk.office.db.rows("SELECT changes FROM history WHERE action = 'export' ORDER BY id")
    return [json.loads(text) for (text,) in found]


@pytest.mark.parametrize("stopped", [False, True])
def test_what_is_sent_to_a_printer_is_a_line_of_the_history(
    stopped: bool, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    """Also where it is stopped after the first page, which is on its way."""
    uids = [add(desk, DISPUTES, {**DISPUTE, "case_no": f"{n}号"}) for n in (1, 2)]
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    preview = FormPreview(desk, DISPUTES, uids, page)
    preview.printer.setOutputFileName(str(tmp_path / "as if on paper.pdf"))
    with qtbot.waitSignal(preview.left):
        preview.send()
    if stopped:
        preview.reject()
    qtbot.waitUntil(lambda: preview.print_button.isEnabled())
    assert noted(desk) == [{"what": "仲裁案卷封面", "file": "打印机 ", "records": 2, "whole": True}]


def test_form_of_the_case_opens_by_key(desk: Desk, qtbot: QtBot) -> None:
    record_form = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(record_form)
    record_form.resize(1000, 700)
    with qtbot.waitActive(record_form):
        record_form.show()
        record_form.activateWindow()
    record_form.open(add(desk, DISPUTES, DISPUTE))
    press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    (preview,) = record_form.findChildren(FormPreview)
    assert [preview.choice.itemText(n) for n in range(preview.choice.count())] == [
        "仲裁案卷封面",
        "立案审批表",
        "结案审批表",
    ]


def test_filled_by_the_worker(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    theme.install(qapp, "light")
    with desk_on(tmp_path, instant=False) as threaded:
        uids = [add(threaded, DISPUTES, {**DISPUTE, "case_no": f"{n}号"}) for n in range(1, 6)]
        page = LedgerPage(threaded, DISPUTES)
        qtbot.addWidget(page)
        preview = FormPreview(threaded, DISPUTES, uids, page)
        qtbot.waitUntil(lambda: preview.pages.count == 5)
        preview.write(tmp_path / "封面.pdf")
        qtbot.waitUntil(lambda: "封面.pdf" in preview.banner.text.text())
        data = (tmp_path / "封面.pdf").read_bytes()
        assert len(re.findall(rb"/Type /Page\b(?!s)", data)) == 5
        qtbot.waitUntil(lambda: not threaded.tasks.is_busy())
