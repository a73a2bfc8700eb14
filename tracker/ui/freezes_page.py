"""What is frozen: each freeze, its figures beside those of today, and the records that moved the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tracker.db import freezes
from tracker.db.freezes import Freeze
from tracker.i18n import _, ngettext
from tracker.operations import freezing
from tracker.operations.freezing import Compared, Moved
from tracker.operations.office import Changed
from tracker.schema.clerks import Deed
from tracker.schema.values import minute
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.freeze_text import compared_columns, compared_lines, described, moved_heads, moved_rows
from tracker.ui.keys import HERE, Frozen
from tracker.ui.number_table import NumberTable
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.reason_dialog import ReasonDialog
from tracker.ui.statistics_page import remembered


class FreezesPage(QWidget):
    """`record_wanted` with a ledger's name and a record's uid."""

    record_wanted = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        self._freezes: list[Freeze] = []
        self._compared: tuple[Compared, ...] = ()
        self._moved: tuple[Moved, ...] = ()
        self._wanted = ""
        self.list = PlainTable(_("Freezes"), sortable=False)
        self.figures = NumberTable(compared_columns(), first_width=180)
        self.figures.setAccessibleName(_("Frozen and live figures"))
        self.moved = PlainTable(_("Records that moved the figure"), sortable=False)
        self.about, self.moved_title = widgets.ElidedLabel(), widgets.Heading("", role="strong")
        self.banner = widgets.Banner()
        self._lay_out()
        self._connect()

    # ---- how it looks

    def _lay_out(self) -> None:
        self.empty = widgets.EmptyState(
            "lock",
            _("Nothing is frozen yet"),
            _("Freeze the figures that a report quotes: they stay as quoted, whatever is corrected later."),
            _("Freeze the figures …"),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._content())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addLayout(self._header())
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    def _header(self) -> QHBoxLayout:
        self.only_moved = QCheckBox(_("Only what differs"))
        Frozen.moved.press(self.only_moved, _("Show only figures that are no longer what was frozen"))
        self.unfreeze = widgets.button(_("Unfreeze …"))
        Frozen.end.tell(self.unfreeze, _("End the chosen freeze, with a reason"))
        self.freeze = widgets.button(_("Freeze the figures …"), "lock", primary=True)
        self.freeze.setToolTip(_("Freeze the figures of a period"))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(widgets.Heading(_("Frozen figures")))
        row.addStretch(1)
        for widget in (self.only_moved, self.unfreeze, self.freeze):
            row.addWidget(widget)
        return row

    def _content(self) -> QWidget:
        self.about.setProperty("role", "muted")
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.about)
        self.beside = QStackedWidget()
        self.same = widgets.EmptyState("check", _("Every figure is what was frozen"))
        self.beside.addWidget(self.figures)
        self.beside.addWidget(self.same)
        column.addWidget(self.beside, 1)
        self.below = QStackedWidget()
        self.unmoved = widgets.EmptyState("check", _("No record moved this figure"))
        self.below.addWidget(self.moved)
        self.below.addWidget(self.unmoved)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.moved_title)
        column.addWidget(self.below, 1)
        above = _splitter(Qt.Orientation.Horizontal, (self.list, beside), (380, 660))
        return _splitter(Qt.Orientation.Vertical, (above, foot), (380, 200))

    def _connect(self) -> None:
        self.empty.acted.connect(self.ask_freeze)
        self.freeze.clicked.connect(self.ask_freeze)
        self.unfreeze.clicked.connect(self.ask_unfreeze)
        self.only_moved.toggled.connect(lambda _on: self._show_lines())
        self.figures.chosen.connect(self._choose)
        self.moved.activated.connect(lambda index: self._open(index.row()))
        self.desk.changed.connect(self._file_changed)
        Frozen.end.on(self.list, self.ask_unfreeze, HERE)

    # ---- what others ask of it

    def ask_freeze(self) -> None:
        """Ask which period to freeze."""
        if not self._may(Deed.FREEZE):
            return
        dialog = FreezeDialog(self.desk, remembered(self.desk), self)
        dialog.frozen.connect(lambda made: self.show_freeze(made.freeze.id))
        dialog.open()

    def _may(self, deed: Deed) -> bool:
        """Whether who acts may do this; else it is said before anything is asked for."""
        reason = self.desk.readonly or self.desk.refusal(deed)
        if reason:
            self.banner.tell("warning", reason)
        return not reason

    def ask_unfreeze(self) -> None:
        """End the freeze chosen, once the clerk has written why."""
        freeze = self.current()
        if freeze is None or not freeze.active or not self._may(Deed.THAW):
            return
        dialog = ReasonDialog(
            self.desk.office.catalogue,
            (),
            self,
            title=_("Unfreeze"),
            text=_("The records behind {period} may then change without a reason. Why unfreeze?").format(
                period=freeze.period.label()
            ),
            action=_("Unfreeze"),
        )
        if dialog.exec():
            why = dialog.reason()
            self.desk.run(
                lambda office, _p: freezing.unfreeze(office, freeze, why),
                lambda _changed: None,
                lambda error: self.banner.tell("danger", str(error)),
            )
        dialog.deleteLater()

    def show_freeze(self, freeze: str) -> None:
        """Go to a freeze by its id."""
        self._wanted = freeze
        self.refresh()

    def refresh(self) -> None:
        """Read the freezes anew."""
        self._stale = False
        self.desk.run_latest(
            (self, "freezes"), lambda office, _p: freezes.all_freezes(office.db), self._show_freezes
        )

    def current(self) -> Freeze | None:
        """The freeze chosen."""
        row = self.list.currentIndex().row()
        return self._freezes[row] if 0 <= row < len(self._freezes) else None

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter goes on from list to figures to records; Esc goes back."""
        order = (self.list, self.figures, self.moved)
        at = next((n for n, part in enumerate(order) if part.hasFocus()), -1)
        forward = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if forward and 0 <= at < 2:
            order[at + 1].setFocus()
        elif event.key() == Qt.Key.Key_Escape and at > 0:
            order[at - 1].setFocus()
        else:
            super().keyPressEvent(event)

    # ---- reading

    def _file_changed(self, _changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_freezes(self, found: list[Freeze]) -> None:
        chosen = self.current()
        wanted, self._wanted = self._wanted or (chosen.id if chosen else ""), ""
        self._freezes = found
        heads = (Head(_("Period")), Head(_("Frozen at"), 148))
        rows = [(_period_of(freeze), minute(freeze.at)) for freeze in found]
        self.list.fill(heads, rows)
        selection = self.list.selectionModel()
        selection.currentRowChanged.connect(lambda _new, _old: self._read())
        row = next((n for n, freeze in enumerate(found) if freeze.id == wanted), 0)
        if found:
            self.list.selectRow(row)
        self.stack.setCurrentIndex(1 if found else 0)
        self.freeze.setVisible(bool(found))
        for part in (self.unfreeze, self.only_moved):
            part.setVisible(bool(found))
        self._read()

    def _read(self) -> None:
        freeze = self.current()
        if freeze is None:
            return
        self.unfreeze.setEnabled(freeze.active)
        self.about.set_whole(described(freeze))
        self.figures.set_waiting(True)
        self.desk.run_latest(
            (self, "compare"), lambda office, _p: freezing.compare(office.db, freeze), self._show_compared
        )

    def _show_compared(self, compared: tuple[Compared, ...]) -> None:
        self._compared = compared
        self._show_lines()

    def _show_lines(self) -> None:
        lines = compared_lines(self._compared, self.desk.office.catalogue, only=self.only_moved.isChecked())
        self.figures.show_lines(lines)
        self.beside.setCurrentWidget(self.figures if lines else self.same)
        self._choose(self.figures.current_key() if lines else "")

    def _choose(self, key: str) -> None:
        freeze, figure = self.current(), key.partition("#")[0]
        one = next((c for c in self._compared if c.frozen.key == figure), None)
        if freeze is None or one is None:
            self._show_moved(())
            self.moved_title.setText("")
            return
        self.moved_title.setText(_("Records that moved: {figure}").format(figure=one.frozen.label))
        self.desk.run_latest(
            (self, "moved"), lambda office, _p: freezing.moved(office.db, freeze, figure), self._show_moved
        )

    def _show_moved(self, moved: tuple[Moved, ...]) -> None:
        self._moved = moved
        self.moved.fill(moved_heads(), moved_rows(moved))
        self.below.setCurrentWidget(self.moved if moved else self.unmoved)
        text = ngettext("{n} record", "{n} records", len(moved)).format(n=f"{len(moved):,}")
        self.moved.setAccessibleDescription(text)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._moved) and not self._moved[row].gone:
            self.record_wanted.emit(self._moved[row].ledger.name, self._moved[row].uid)


def _period_of(freeze: Freeze) -> str:
    period = freeze.period.label()
    return period if freeze.active else _("{period} (ended)").format(period=period)


def _splitter(direction: Qt.Orientation, parts: tuple[QWidget, QWidget], sizes: tuple[int, int]) -> QSplitter:
    splitter = QSplitter(direction)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(theme.S)
    splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
    for part in parts:
        splitter.addWidget(part)
        splitter.setStretchFactor(splitter.count() - 1, splitter.count() - 1)
    splitter.setSizes(list(sizes))
    return splitter
