"""The templates of a ledger's documents: saved to be edited, replaced, added; and the names that they may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _, about
from tracker.operations import papers
from tracker.operations.office import Office
from tracker.operations.papers import Offer
from tracker.schema.file_name import harmless
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import WaitingDialog
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.keys import Templates
from tracker.ui.plain_table import Head, PlainTable

KEY = Qt.ItemDataRole.UserRole
SIZE = (1000, 600)


class PaperTemplates(WaitingDialog):
    """Of one ledger; `uid` is a case whose values are shown beside the names."""

    def __init__(self, desk: Desk, ledger: Ledger, uid: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._ledger, self._uid = desk, ledger, uid
        self._offers: dict[str, Offer] = {}
        self._names: list[tuple[str, str]] = []
        self.list, self.banner = QTreeWidget(), widgets.Banner()
        self.search = QLineEdit()
        self.names = PlainTable(_("Names that templates may use"), sortable=False)
        self.save_button = widgets.button(_("Save the template as …"), "save")
        self.replace_button = widgets.button(_("Use one of our own …"), "folder")
        self.back_button = widgets.button(_("Back to the standard one"), "undo")
        self.add_button = widgets.button(_("Add a document …"), "add")
        self.close_button = widgets.button(_("Close"), primary=True)
        self.setWindowTitle(_("Templates of documents"))
        self.resize(*SIZE)
        self._arrange()
        self._connect()
        self._read()

    def _arrange(self) -> None:
        self.list.setHeaderLabels([_("Document"), _("Template")])
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(1, 110)
        self.search.setPlaceholderText(Templates.search.tip())
        self.search.setClearButtonEnabled(True)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(theme.S)
        right.setSpacing(theme.S)
        left.addWidget(self.list, 1)
        for pair in ((self.save_button, self.replace_button), (self.back_button, self.add_button)):
            row = QHBoxLayout()
            for button in pair:
                button.setAutoDefault(False)
                row.addWidget(button, 1)
            left.addLayout(row)
        about = _(
            "Write these into the template in Word or WPS; {copy} copies the row in hand. "
            "Days also as {day}, amounts as {money}."
        )
        names = {"day": "{{ …|汉字日期 }}", "money": "{{ …|大写 }}", **Templates.names()}
        right.addWidget(widgets.Caption(about.format(**names)))
        right.addWidget(self.search)
        right.addWidget(self.names, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.L)
        middle.addLayout(left, 1)
        middle.addLayout(right, 1)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addLayout(end)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_items: self._offer_buttons())
        self.search.textChanged.connect(lambda _text: self._show_names())
        self.save_button.clicked.connect(self.save_as)
        self.replace_button.clicked.connect(lambda: self.take(self._current()))
        self.back_button.clicked.connect(self.back)
        self.add_button.clicked.connect(lambda: self.take(None))
        self.close_button.clicked.connect(self.reject)
        Templates.search.on(self, self.search.setFocus)

    def _read(self) -> None:
        ledger, uid = self._ledger, self._uid
        self._desk.run(
            lambda office, _progress: (papers.offers(office, ledger), papers.names(office, ledger, uid)),
            alive(self, lambda found: self._show(*found)),
        )

    def _show(self, offers: tuple[Offer, ...], names: list[tuple[str, str]]) -> None:
        row = max(0, self.list.currentIndex().row())
        self._offers, self._names = {offer.key: offer for offer in offers}, names
        self.list.clear()
        for offer in offers:
            own = offer.replaced or offer.paper is None
            item = QTreeWidgetItem([offer.label, _("Our own") if own else _("Standard template")])
            item.setData(0, KEY, offer.key)
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(min(row, len(offers) - 1), 0))
        self._show_names()

    def _show_names(self) -> None:
        word = self.search.text().strip()
        rows = [pair for pair in self._names if not word or word in pair[0] or word in pair[1]]
        self.names.fill((Head(_("Name"), 240), Head(_("In this case"))), rows)

    def _current(self) -> Offer | None:
        item = self.list.currentItem()
        return self._offers.get(str(item.data(0, KEY))) if item else None

    def _offer_buttons(self) -> None:
        offer = self._current()
        self.back_button.setEnabled(offer is not None and (offer.replaced or offer.paper is None))
        own = offer is not None and offer.paper is None
        self.back_button.setText(_("Give up this document") if own else _("Back to the standard one"))

    # what is done

    def save_as(self) -> None:
        """Write the template in hand, to be edited."""
        offer = self._current()
        if offer is None:
            return
        start = str(Path.home() / harmless(f"{offer.label}.docx"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the template"), start, _("Word documents (*.docx)")
        )
        if chosen:
            path = Path(chosen).with_suffix(".docx")
            self._run(
                lambda office: papers.save_template(office, offer.key, path),
                _("Written: {path}").format(path=path),
            )

    def take(self, offer: Offer | None) -> None:
        """Ask for a .docx and use it for a document, or for a new one."""
        title = _("Use one of our own") if offer else _("Add a document")
        chosen, _kind = QFileDialog.getOpenFileName(
            self, title, str(Path.home()), _("Word documents (*.docx)")
        )
        if chosen:
            key, ledger = offer.key if offer else "", self._ledger
            self._run(
                lambda office: papers.take_template(office, ledger, Path(chosen), key),
                _("{name} is in use.").format(name=Path(chosen).name),
            )

    def back(self) -> None:
        """Use the standard template again, or give up a document that the office added."""
        offer = self._current()
        if offer:
            told = (
                _("{name} is given up.")
                if offer.paper is None
                else _("{name} uses the standard template again.")
            )
            self._run(lambda office: papers.drop_template(office, offer.key), told.format(name=offer.label))

    def _run(self, op: Callable[[Office], object], told: str) -> None:
        def done(_result: object) -> None:
            self.banner.tell("positive", told)
            self._read()

        if not self.is_working:
            self.follow(
                self._desk.run(lambda office, _p: op(office), alive(self, done), alive(self, self._refused))
            )

    def _refused(self, error: UserError) -> None:
        text = str(error)
        if isinstance(error, papers.Faulty) and len(error.faults) > 1:
            more = [about(fault.place, fault.message) for fault in error.faults[1:6]]
            text = "\n".join([text, *more])
        self.banner.tell("danger", text)
