"""Pictures of what is kept with a record: attachments, parties, documents and printed forms."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import add_closed, close_with, sample_desk
from scripts.screens import screen, then
from scripts.screens_pages import ledger_page
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, parties, party_sheet
from tracker.operations.attachments import Incoming
from tracker.ui.desk import Desk
from tracker.ui.main_window import MainWindow
from tracker.ui.paper_templates import PaperTemplates
from tracker.ui.papers_dialog import PapersDialog
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.record_form import RecordForm
from tracker.ui.trail import Place
from tracker.ui.typed_cells import CellLine

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


PEOPLE = (
    ("张春生", "110227198503121238", "13800138001", "北京市怀柔区雁栖镇下庄村12号", "45,200"),
    ("刘玉兰", "110227199003072622", "13800138002", "北京市怀柔区泉河街道迎宾路8号", "41,145"),
    ("王建国", "1.10227E+17", "13800138003", "河北省丰宁县大阁镇", "38,600"),
    ("赵桂英", "110227197811050021", "1380013800", "北京市怀柔区庙城镇", "29,880.50"),
)


def sheet() -> str:
    """Rows as a spreadsheet copies them."""
    rows = ["姓名\t身份证号\t手机号\t住址\t金额", *("\t".join(row) for row in PEOPLE)]
    return "\n".join(rows)


@screen("parties")
def with_parties(_app: QApplication) -> QWidget:
    window, form, desk = papers_window(files=False)
    rows = [party_sheet.parsed(row)[0] for row in party_sheet.read(sheet()).rows[:2]]
    firm = {
        "role": "respondent",
        "kind": "firm",
        "name": "北京雁栖湖畔餐饮管理有限公司",
        "credit_code": "91110116MA01WXYZ8A",
        "phone": "010-69661234",
        "address": "北京市怀柔区雁栖湖北岸1号",
        "representative": "周国庆",
        "agent": "刘芳",
    }
    many = [*({"role": "applicant", "kind": "person", **row} for row in rows), firm]
    parties.save(desk.office, DISPUTES, form.uid, many)
    form.open(form.uid)
    then(window, lambda: to(form, form.papers))
    return window


@screen("parties-edit")
def editing_parties(_app: QApplication) -> QWidget:
    window, form, _desk = papers_window(files=False)

    def step() -> None:
        form.papers.edit_parties()
        (dialog,) = window.findChildren(PartiesDialog)
        dialog.grid.paste(sheet())

    then(window, step)
    return window


@screen("parties-scrolled")
def scrolled_parties(_app: QApplication) -> QWidget:
    """The table at its right end, where the names stay in view, and a list open in a cell."""
    window, form, _desk = papers_window(files=False)

    def step() -> None:
        form.papers.edit_parties()
        (dialog,) = window.findChildren(PartiesDialog)
        dialog.grid.paste(sheet())
        dialog.grid.go_to(2, "sex")
        dialog.grid.edit(dialog.grid.currentIndex())
        editor = dialog.grid.indexWidget(dialog.grid.currentIndex())
        assert isinstance(editor, CellLine)
        editor.asked.emit()

    then(window, step)
    return window


@screen("documents")
def documents(_app: QApplication) -> QWidget:
    window = with_parties(_app)
    assert isinstance(window, MainWindow)

    def step() -> None:
        ledger_page(window).form.papers.make_documents()
        (dialog,) = window.findChildren(PapersDialog)
        dialog.folder.setText("/home/zhaomin/文书")
        for key in ("acceptance", "response", "hearing"):
            dialog.tick(key)

    then(window, step)
    return window


@screen("document-templates")
def document_templates(_app: QApplication) -> QWidget:
    window = with_parties(_app)
    assert isinstance(window, MainWindow)
    form = ledger_page(window).form

    def step() -> None:
        PaperTemplates(form.desk, DISPUTES, form.uid, window).open()

    then(window, step)
    return window


@screen("form-preview")
def form_preview(_app: QApplication) -> QWidget:
    window = with_parties(_app)
    assert isinstance(window, MainWindow)
    then(window, lambda: ledger_page(window).form.papers.print_forms())
    return window
