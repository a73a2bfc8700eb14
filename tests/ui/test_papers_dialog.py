"""Documents made in the window: of the case on the form, of cases selected in the list, by templates of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.form_tools import DISPUTE, TODAY, add, desk_on, focused, press
from tracker.ledgers.consultations import CONSULTATIONS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.officers import OFFICERS
from tracker.operations import attachments
from tracker.ui import theme
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.paper_templates import PaperTemplates
from tracker.ui.papers_dialog import FOLDER, PapersDialog
from tracker.ui.record_form import RecordForm

Key, Held = Qt.Key, Qt.KeyboardModifier
BOTH = Held.ControlModifier | Held.ShiftModifier


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    theme.install(qapp, "light")
    with desk_on(tmp_path) as found:
        folder = tmp_path / "文书"
        folder.mkdir()
        found.state.set(FOLDER, str(folder))
        yield found


def shown(widget: QWidget, qtbot: QtBot) -> None:
    widget.resize(1200, 700)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def opened(widget: QWidget) -> PapersDialog:
    (dialog,) = [d for d in widget.findChildren(PapersDialog) if d.isVisible()]
    return dialog


def test_documents_of_the_case_on_the_form(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    form = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    qtbot.addWidget(form)
    shown(form, qtbot)
    form.open(add(desk, DISPUTES, DISPUTE))
    press(Key.Key_D, BOTH)
    dialog = opened(form)
    assert not dialog.make_button.isEnabled()
    dialog.tick("hearing")
    assert "开庭 · 地点未填" in dialog.missing.text()
    dialog.tick("acceptance")
    dialog.attach.setChecked(True)
    dialog.make()
    assert "已制作 2 份文书" in dialog.banner.text.text()
    names = sorted(path.name for path in (tmp_path / "文书").iterdir())
    assert [name.split("_")[1] for name in names] == ["受理通知书", "开庭通知书"]
    assert {a.name for a in attachments.of_record(desk.reader, form.uid)} == set(names)
    assert len(form.papers.attachments.files) == 2


def test_documents_of_cases_selected_in_the_list(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    for n in (1, 2, 3):
        add(desk, DISPUTES, {**DISPUTE, "case_no": f"劳人仲字〔2020〕第{n}号"})
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    shown(page, qtbot)
    page.table.setFocus()
    page.table.selectAll()
    press(Key.Key_D, BOTH)
    dialog = opened(page)
    assert dialog.title.text() == "3 件案件的文书"
    dialog.tick("receipt")
    dialog.joined.setChecked(True)
    dialog.make()
    (path,) = (tmp_path / "文书").iterdir()
    assert len(docx.Document(str(path)).tables) == 3


def test_folder_that_is_gone_is_said(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    dialog = PapersDialog(desk, DISPUTES, [add(desk, DISPUTES, DISPUTE)], page)
    dialog.tick("receipt")
    dialog.folder.setText(str(tmp_path / "gone"))
    dialog.make()
    assert "gone" in dialog.banner.text.text()
    assert dialog.make_button.isEnabled()


def test_template_of_ones_own_is_taken_refused_and_given_up(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    dialog = PaperTemplates(desk, DISPUTES, add(desk, DISPUTES, DISPUTE), page)
    good, bad = tmp_path / "本委模板.docx", tmp_path / "有错.docx"
    for path, lines in ((good, ["{{ 案号 }}"]), (bad, ["{{ 案好 }}", "{{ 乙 }}"])):
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    chosen = [bad]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(chosen[0]), ""))
    dialog.replace_button.click()
    assert dialog.banner.text.text().startswith("没有采用有错.docx。第1段：没有“案好”这一项。")
    assert "第2段" in dialog.banner.text.text()
    chosen[0] = good
    dialog.replace_button.click()
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "本单位"
    assert dialog.back_button.isEnabled()
    dialog.back_button.click()
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "标准"
    dialog.add_button.click()
    last = dialog.list.topLevelItem(dialog.list.topLevelItemCount() - 1)
    assert last is not None
    assert (last.text(0), last.text(1)) == ("本委模板", "本单位")


def test_names_that_templates_may_use_are_searched(desk: Desk, qtbot: QtBot) -> None:
    page = LedgerPage(desk, DISPUTES)
    qtbot.addWidget(page)
    dialog = PaperTemplates(desk, DISPUTES, add(desk, DISPUTES, DISPUTE), page)
    dialog.search.setText("首位申请人.姓名")
    model = dialog.names.model()
    cells = [(model.index(n, 0).data(), model.index(n, 1).data()) for n in range(model.rowCount())]
    assert ("{{ 首位申请人.姓名 }}", "张三") in cells


def test_ledger_without_standard_documents_says_how_to_add_one(desk: Desk, qtbot: QtBot) -> None:
    page = LedgerPage(desk, CONSULTATIONS)
    qtbot.addWidget(page)
    dialog = PapersDialog(desk, CONSULTATIONS, ["x"], page)
    assert "模板…" in dialog.missing.text()
    assert not dialog.make_button.isEnabled()
    PaperTemplates(desk, CONSULTATIONS, "", page)


def test_register_has_no_documents(desk: Desk, qtbot: QtBot) -> None:
    form = RecordForm(desk, OFFICERS)
    qtbot.addWidget(form)
    shown(form, qtbot)
    form.new()
    assert focused() is not None
    press(Key.Key_D, BOTH)
    assert form.findChildren(PapersDialog) == []
    assert form.papers.attachments.documents_button.isHidden()
