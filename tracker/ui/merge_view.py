"""The window of a merge: its file, and the pages of each step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.busy_dialog import BusyDialog
from tracker.ui.conflict_table import ConflictTable, WholeSides
from tracker.ui.keys import Merge, shown
from tracker.ui.plain_table import PlainTable

WAIT, NOTHING, LOOK, DONE = range(4)


class MergeView(BusyDialog):
    """Only widgets and words; the dialog made of it says what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Merge another clerk's file"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().height() - 160 if parent else 0
        self.resize(1000, max(640, min(room, 860)))
        self._make_source()
        self._make_pages()
        self._make_buttons()
        self._lay_out()

    def _make_source(self) -> None:
        self.file_label = widgets.ElidedLabel()
        theme.set_property(self.file_label, "role", "strong")
        self.choose_button = widgets.button(_("Another file …"), "folder")
        Merge.choose.press(self.choose_button)
        self.banner = widgets.Banner()
        self.warning = widgets.Banner()

    def _make_pages(self) -> None:
        self.step, self.bar = widgets.Caption(), QProgressBar()
        self.bar.setTextVisible(False)
        self.nothing = widgets.EmptyState(
            "check", _("Nothing in it is new"), _("This file holds already all that the other one does.")
        )
        self.counts = PlainTable(_("What comes in"), sortable=False)
        self.done_counts = PlainTable(_("What came in"), sortable=False)
        self.contents_hint = widgets.Caption(
            _("Of these attached files only the names are here; the other file has what was in them.")
        )
        self.look_title, self.conflict_title = widgets.Heading(role="strong"), widgets.Heading(role="strong")
        self.hint = widgets.Caption(
            _("The arrows choose what is kept, {key} goes on to the next. Nothing is written yet.").format(
                key=shown(Merge.on.keys)
            )
        )
        self.newest_button = widgets.button(_("Newest for all others"), "clock")
        Merge.newest.press(self.newest_button)
        self.conflicts = ConflictTable()
        self.items = PlainTable(_("To be looked at"), sortable=False)
        self.items.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.items_title = widgets.Heading(role="strong")
        self.renumber_button = widgets.button(_("Give the later ones the next numbers"), "edit")
        Merge.renumber.press(self.renumber_button)
        self.pages = QStackedWidget()
        for table in (self.counts, self.done_counts):
            table.setSelectionMode(PlainTable.SelectionMode.NoSelection)
            table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self._waiting(), self.nothing, self._looking(), self._result()):
            self.pages.addWidget(page)

    def _waiting(self) -> QWidget:
        page = QWidget()
        self.step.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar.setFixedWidth(420)
        column = QVBoxLayout(page)
        column.setSpacing(theme.M)
        column.addStretch(1)
        column.addWidget(self.step)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _looking(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        self.apart = _part(self.conflict_title, self.newest_button, self.hint, self.conflicts)
        column.addWidget(self.look_title)
        column.addWidget(self.contents_hint)
        column.addWidget(self.counts)
        column.addWidget(self.apart, 1)
        column.addWidget(WholeSides(self.conflicts))
        column.addStretch(0)
        return page

    def _result(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        hint = _("{key} opens the record; this window stays.").format(key=shown(Merge.on.keys))
        self.to_do = _part(self.items_title, self.renumber_button, widgets.Caption(hint), self.items)
        column.addWidget(self.done_counts)
        column.addWidget(self.to_do, 1)
        column.addStretch(0)
        return page

    def _make_buttons(self) -> None:
        self.merge_button = widgets.button(_("Merge"), "combine", primary=True)
        Merge.merge.tell(self.merge_button)
        self.close_button = widgets.button(_("Cancel"))
        Merge.close.tell(self.close_button)

    def _lay_out(self) -> None:
        source = QHBoxLayout()
        source.setSpacing(theme.S)
        source.addWidget(self.file_label, 1)
        source.addWidget(self.choose_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.merge_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(source)
        column.addWidget(self.banner)
        column.addWidget(self.warning)
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)


def _part(title: QWidget, button: QWidget, hint: QWidget, table: QWidget) -> QWidget:
    """A table below its title, with what is done to all of it at the right, and a hint."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, theme.S, 0, 0)
    column.setSpacing(theme.S)
    head = QHBoxLayout()
    head.addWidget(title, 1)
    head.addWidget(button)
    column.addLayout(head)
    column.addWidget(hint)
    column.addWidget(table, 1)
    return result
