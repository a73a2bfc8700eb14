"""Pictures of what is kept with a record: attachments, parties, documents and printed forms."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import add_closed, close_with, sample_desk
from scripts.screens import screen, then
from scripts.screens_pages import ledger_page
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments
from tracker.operations.attachments import Incoming
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.record_form import RecordForm
from tracker.ui.trail import Place

FILES = (
    ("裁决书（终局）.pdf", 1_843_200),
    ("张春生身份证复印件.jpg", 402_113),
    ("劳动合同及工资流水.xlsx", 38_400),
    ("送达回证扫描件 2020-04-21.pdf", 655_360),
)


def papers_window(*, files: bool = True) -> tuple[MainWindow, RecordForm, Desk]:
    """The window with a case that has papers, its form scrolled to them."""
    desk, folder = sample_desk()
    uid = add_closed(desk)
    if files:
        given = [Incoming(name, content=bytes([n]) * size) for n, (name, size) in enumerate(FILES, 1)]
        attachments.attach(desk.office, DISPUTES, uid, given)
    window = MainWindow(desk)
    window.go(Place("disputes"))
    close_with(window, desk, folder)
    page = ledger_page(window)
    page.open_record(uid)
    return window, page.form, desk


def to(form: RecordForm, widget: QWidget) -> None:
    """Scroll the form so that a part of it is on top."""
    bar = form.area.verticalScrollBar()
    bar.setValue(min(bar.maximum(), widget.mapTo(form.body, widget.rect().topLeft()).y()))


@screen("attachments")
def attached(_app: QApplication) -> QWidget:
    window, form, _desk = papers_window()
    then(window, lambda: to(form, form.papers))
    return window


@screen("attachments-none")
def not_attached(_app: QApplication) -> QWidget:
    window, form, _desk = papers_window(files=False)
    then(window, lambda: to(form, form.papers))
    return window
