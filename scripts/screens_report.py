"""Pictures of the report's page: read, with a faulty template, and a figure being looked up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import screen, then
from scripts.screens_pages import demonstration_window
from tracker.exchange.report_document import build
from tracker.ui.insert_figure import InsertFigureDialog
from tracker.ui.report_page import ReportPage

FAULTY = """# {{ period.year }}年度法治政府建设情况报告
## 一、依法化解矛盾纠纷
全年受理争议{{ disputes.acepted }}件，办结率{{ disputes.closure_rate }}%，欠薪类{{ disputes.by_cause }}件。
上年同期受理{{ disputes.accepted|months(13) }}件。
"""


def over_report(step: Callable[[ReportPage], object]) -> Callable[[QApplication], QWidget]:
    """A screen: the report, and what a step does on it."""

    def build_it(app: QApplication) -> QWidget:
        window = demonstration_window("report")
        page = window.current
        assert isinstance(page, ReportPage)
        then(window, lambda: step(page))
        return window

    return build_it


def gone_to(figure: int) -> Callable[[ReportPage], None]:
    """A step: go to a figure by keyboard."""

    def go(page: ReportPage) -> None:
        page.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.view.go_to(figure)

    return go


def faulty(page: ReportPage) -> None:
    """Take over a template with faults."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "模板.docx"
        path.write_bytes(build(FAULTY))
        page.take_over(path)
    page.banner.hide()
    page.view.setFocus()
    page.view.go_to(1)


def looked_up(page: ReportPage) -> None:
    """Look a figure up by a part of its name."""
    page.insert_figure()
    dialog = page.findChild(InsertFigureDialog)
    assert dialog

    dialog.search.setText("原因")
    dialog._show_lines()
    dialog._evaluate()


screen("report_figure")(over_report(gone_to(3)))
screen("report_copied")(over_report(lambda page: page.view.copy_paragraph(3)))
screen("report_faulty")(over_report(faulty))
screen("report_insert")(over_report(looked_up))
