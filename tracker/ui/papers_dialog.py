"""Making documents of one case or many: which, what is missing for them, where to, and what to do with them beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations import papers
from tracker.operations.office import Office
from tracker.operations.papers import Made, Survey, Wish
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.icons import icon
from tracker.ui.keys import CaseForm, Documents
from tracker.ui.paper_templates import PaperTemplates
from tracker.ui.tasks import Progress

FOLDER = "papers_folder"
SIZE, SHOWN = (920, 600), 60
KEY = Qt.ItemDataRole.UserRole


class PapersDialog(WaitingDialog):
    """Of records of one ledger, by their uids."""

    def __init__(self, desk: Desk, ledger: Ledger, uids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._ledger, self._uids = desk, ledger, tuple(uids)
        self._surveys: dict[str, Survey] = {}
        self._made: tuple[Path, ...] = ()
        count = ngettext("Documents of {count} case", "Documents of {count} cases", len(uids))
        self.title = widgets.Heading(count.format(count=f"{len(uids):,}"))
        self.list = QTreeWidget()
        self.missing, self.banner = widgets.Caption(), widgets.Banner()
        self.folder = QLineEdit(str(desk.state.get(FOLDER, str(Path.home()))))
        self.browse = widgets.button(_("Browse …"), "folder")
        self.joined = QCheckBox(_("All cases in one file for each document"))
        self.attach = QCheckBox(_("Keep them as attachments of the case"))
        self.as_event = QCheckBox(_("Note in the events that they were made"))
        CaseForm.timeline.tell(self.as_event, _("The day of service is entered when they are served"))
        self.as_event.setVisible(bool(ledger.events))
        self.for_each = QCheckBox(_("One notice for each party"))
        self.templates = widgets.button(_("Templates …"), "edit", quiet=True)
        self.make_button = widgets.button(_("Make the documents"), "document", primary=True)
        self.close_button = widgets.button(_("Close"))
        self.setWindowTitle(_("Documents of cases"))
        self.resize(*SIZE)
        self._arrange()
        self._connect()
        self._look()

    def _arrange(self) -> None:
        self.list.setHeaderLabels([_("Document"), _("State")])
        self.list.setRootIsDecorated(False)
        self.list.setAccessibleName(_("Documents of cases"))
        self.list.setIconSize(QSize(16, 16))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(1, 150)
        self.missing.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = widgets.card()
        beside = QVBoxLayout(card)
        beside.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        beside.addWidget(widgets.Heading(_("What is missing"), role="strong"))
        beside.addWidget(self.missing, 1)
        card.setFixedWidth(300)
        middle = QHBoxLayout()
        middle.setSpacing(theme.M)
        middle.addWidget(self.list, 1)
        middle.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        for widget in (self.title, self.banner):
            column.addWidget(widget)
        column.addLayout(middle, 1)
        column.addLayout(self._options())
        column.addLayout(self._buttons())

    def _options(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        label = QLabel(_("Folder"))
        label.setBuddy(self.folder)
        self.folder.setAccessibleName(_("Folder"))
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.folder, 0, 1)
        grid.addWidget(self.browse, 0, 2)
        row = QHBoxLayout()
        row.setSpacing(theme.XL)
        for box in (self.attach, self.as_event, self.for_each, self.joined):
            row.addWidget(box)
        row.addStretch(1)
        self.joined.setVisible(len(self._uids) > 1)
        grid.addLayout(row, 1, 1, 1, 2)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.templates)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.make_button)
        for button in (self.templates, self.browse, self.close_button, self.make_button):
            button.setAutoDefault(False)
        Documents.make.tell(self.make_button)
        return row

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_items: self._say())
        self.list.itemChanged.connect(lambda *_item: self._say())
        self.browse.clicked.connect(self._browse)
        self.templates.clicked.connect(self._templates)
        self.make_button.clicked.connect(self.make)
        self.close_button.clicked.connect(self.reject)
        self.banner.acted.connect(self._open)
        Documents.make.on(self, self.make_button.click)

    # what there is

    def _look(self) -> None:
        ledger, uids = self._ledger, self._uids
        self._desk.run(lambda office, _progress: papers.survey(office, ledger, uids), alive(self, self._show))

    def _show(self, surveys: tuple[Survey, ...]) -> None:
        ticked = self.ticked()
        self._surveys = {survey.offer.key: survey for survey in surveys}
        self.list.clear()
        for survey in surveys:
            item = QTreeWidgetItem([survey.offer.label, self._state(survey)])
            item.setData(0, KEY, survey.offer.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            tick = survey.offer.key in ticked
            item.setCheckState(0, Qt.CheckState.Checked if tick else Qt.CheckState.Unchecked)
            item.setIcon(1, icon(*_sign(survey)))
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()
        self._say()

    def _state(self, survey: Survey) -> str:
        if not survey.fits:
            return _("Not due in this case") if len(self._uids) == 1 else _("Due in none of them")
        if survey.missing:
            text = ngettext("{count} thing missing", "{count} things missing", len(survey.missing))
            return text.format(count=len(survey.missing))
        return _("Complete")

    def ticked(self) -> tuple[str, ...]:
        """The keys of the documents to be made."""
        items = (self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount()))
        return tuple(
            str(item.data(0, KEY)) for item in items if item and item.checkState(0) == Qt.CheckState.Checked
        )

    def tick(self, key: str) -> None:
        """Choose a document."""
        for n in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(n)
            if item and item.data(0, KEY) == key:
                item.setCheckState(0, Qt.CheckState.Checked)
                self.list.setCurrentItem(item)

    def _say(self) -> None:
        item = self.list.currentItem()
        survey = self._surveys.get(str(item.data(0, KEY))) if item else None
        told = survey.missing if survey else ()
        text = "\n".join(f"· {sentence}" for sentence in told[:SHOWN])
        nothing = _("Nothing. What a template leaves blank is a line to write on.")
        none = _("No documents are declared here yet; add the office's own by “Templates …”.")
        self.missing.setText(text or (nothing if self._surveys else none))
        count = len(self.ticked())
        self.make_button.setEnabled(count > 0)

    # what is done

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _templates(self) -> None:
        dialog = PaperTemplates(self._desk, self._ledger, self._uids[0] if self._uids else "", self)
        dialog.finished.connect(lambda _result: self._look())
        dialog.open()

    def wish(self) -> Wish:
        """What is to be made."""
        folder = Path(self.folder.text().strip() or ".").expanduser()
        return Wish(
            self._ledger,
            self.ticked(),
            self._uids,
            folder,
            self.joined.isChecked(),
            self.attach.isChecked(),
            self.as_event.isChecked(),
            self.for_each.isChecked(),
        )

    def make(self) -> None:
        """Make what is ticked, in the worker."""
        wish = self.wish()
        if self.is_working:
            return

        def op(office: Office, progress: Progress) -> Made:
            return papers.make(office, wish, progress)

        job = self._desk.run(op, alive(self, self._done), alive(self, self._refused), cancellable=True)
        self.follow(job)
        if not job.is_finished:
            self.make_button.setEnabled(False)
            job.finished.connect(self._say)
            widgets.ProgressDialog(self, _("Making the documents")).follow(job)

    def _done(self, made: Made) -> None:
        self._made = made.paths
        self._desk.state.set(FOLDER, str(made.paths[0].parent))
        text = ngettext(
            "{count} document was written to {folder}.",
            "{count} documents were written to {folder}.",
            len(made.paths),
        )
        action = _("Open it") if len(made.paths) == 1 else _("Open the folder")
        self.banner.tell("positive", text.format(count=len(made.paths), folder=made.paths[0].parent), action)

    def _refused(self, error: UserError) -> None:
        self.banner.tell("danger", str(error))

    def _open(self) -> None:
        if self._made:
            path = self._made[0] if len(self._made) == 1 else self._made[0].parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _sign(survey: Survey) -> tuple[str, str]:
    """The icon of a document's state, and its tone."""
    if not survey.fits:
        return "clock", "text_muted"
    return ("warning", "warning") if survey.missing else ("check", "positive")
