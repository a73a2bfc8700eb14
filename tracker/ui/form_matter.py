"""Under a form: the records of one matter in their order, and what the record goes on as or which one it continues."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import matters
from tracker.operations.matters import Part
from tracker.operations.office import Office
from tracker.schema.continuing import Continuation
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.editors import alive
from tracker.ui.flow import FlowLayout
from tracker.ui.keys import Form
from tracker.ui.tasks import Progress

Parts = tuple[Part, ...]


class FormMatter(QWidget):
    """The matter of the record that a form shows; hidden where there is none and nothing that it could be part of."""

    opened = Signal(object)
    """A `Target` to be shown."""
    begun = Signal(str, object)
    """The ledger of a record to be entered, and what it begins with."""
    failed = Signal(str)

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._uid: str | None = None
        self.chain: Parts = ()
        self.shown: list[QWidget] = []
        self.go_on = widgets.button(_("Goes on as"), "forward", quiet=True)
        Form.goes_on.press(self.go_on)
        self.continues = widgets.button(_("Continues"), "combine", quiet=True)
        self.ways, self.earlier = QMenu(self), QMenu(self)
        self.go_on.setMenu(self.ways)
        self.continues.setMenu(self.earlier)
        self._arrange()
        self.hide()

    def _arrange(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(theme.S)
        heading.addWidget(widgets.Heading(_("This matter"), role="strong"))
        heading.addWidget(widgets.hline(), 1)
        heading.addWidget(self.go_on)
        heading.addWidget(self.continues)
        self._parts = QWidget()
        self._flow = FlowLayout(self._parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(heading)
        column.addWidget(self._parts)

    def show_record(self, uid: str | None) -> None:
        """Show the matter of a record, where there is anything to tell of it; a new one (None) has none yet."""
        self._uid = uid
        self.hide()
        self.again()

    def again(self) -> None:
        """Look anew, since records may have changed."""
        uid, ledger = self._uid, self._ledger
        if uid is None or not ledger.matter:
            return

        def look(office: Office, _progress: Progress) -> tuple[Parts, Parts]:
            return matters.chain(office.db, ledger, uid), matters.earlier(office.db, ledger, uid)

        self._desk.run_latest(
            ("matter", ledger.name), look, alive(self, lambda found: self._show(uid, *found))
        )

    def _show(self, uid: str, chain: Parts, earlier: Parts) -> None:
        if uid != self._uid:
            return
        self.chain = chain
        for widget in self.shown:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.shown = []
        for n, part in enumerate(chain):
            if n:
                self._add(QLabel("→"))
            self._add(self._part(part))
        self._parts.setVisible(len(chain) > 1)
        self._fill_ways(uid)
        self._fill_earlier(uid, earlier)
        self.setVisible(len(chain) > 1 or not (self.ways.isEmpty() and self.earlier.isEmpty()))

    def _add(self, widget: QWidget) -> None:
        widget.setFixedHeight(theme.ROW_HEIGHT)  # so that texts and buttons stand on one line
        self._flow.addWidget(widget)
        widget.show()
        self.shown.append(widget)

    def _part(self, part: Part) -> QWidget:
        text = _label(part)
        if part.here:
            return widgets.Heading(text, role="strong")
        button: QPushButton = widgets.button(text, quiet=True)
        button.setToolTip(_("Open {record}: {name}").format(record="", name=text).strip())
        button.clicked.connect(lambda: self.opened.emit(part.target))
        return button

    def _fill_ways(self, uid: str) -> None:
        self.ways.clear()
        of = self._desk.office.catalogue
        for way in self._ledger.continued_as:
            if way.to in of.by_name and way.to not in of.hidden:
                action = self.ways.addAction(f"{_(of.by_name[way.to].record)} …")
                action.triggered.connect(partial(self._begin, uid, way))
        self.go_on.setVisible(not self.ways.isEmpty())

    def _begin(self, uid: str, way: Continuation, _checked: bool = False) -> None:
        record = records.get(self._desk.reader, self._ledger, uid)
        if record:
            to = self._desk.office.catalogue.by_name[way.to]
            self.begun.emit(way.to, matters.begun(self._ledger, record, way, to))

    def _fill_earlier(self, uid: str, earlier: Parts) -> None:
        self.earlier.clear()
        for part in earlier:
            self.earlier.addAction(_label(part)).triggered.connect(partial(self._link, uid, part.target.uid))
        record = records.get(self._desk.reader, self._ledger, uid) or {}
        if record.get("continues"):
            self.earlier.addSeparator()
            self.earlier.addAction(_("No earlier record")).triggered.connect(partial(self._link, uid, None))
        self.continues.setVisible(not self.earlier.isEmpty())

    def _link(self, uid: str, to: str | None, _checked: bool = False) -> None:
        ledger = self._ledger

        def wrong(error: UserError) -> None:
            self.failed.emit(str(error))

        self._desk.run(lambda office, _p: matters.link(office, ledger, uid, to), lambda _changed: None, wrong)


def _label(part: Part) -> str:
    text = _("{ledger} {number}").format(ledger=_(part.target.ledger.short), number=part.target.called)
    return f"{text} · {part.day}" if part.day else text
