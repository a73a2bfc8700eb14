"""The head of a list: title and count, search, and what can be done with the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import _, ngettext
from tracker.schema.ledger import Ledger
from tracker.ui import theme, widgets
from tracker.ui.keys import Key, List, of_command

if TYPE_CHECKING:
    from tracker.ui.ledger_model import LedgerModel
    from tracker.ui.ledger_table import LedgerTable

SEARCH_WIDTH = 420


class LedgerHead(QWidget):
    """Only widgets and words; the page connects them."""

    def __init__(self, ledger: Ledger, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self.title = widgets.Heading(ledger.title())
        self.count = widgets.Caption()
        self.count.setWordWrap(False)
        self.count.setContentsMargins(0, _lower("title", "small"), 0, 0)
        self.search = widgets.SearchField(of_command("search").tip(_("Search all fields")))
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.new = widgets.button(_("New"), "add", primary=True)
        of_command("new_record").tell(self.new)
        self.restore = widgets.button(_("Restore"), "undo", primary=True)
        List.restore.tell(self.restore)
        self.restore.hide()
        self.delete = widgets.button(_("Delete …"), "delete", quiet=True)
        List.delete.tell(self.delete)
        self.delete.hide()
        self.filter = _keyed("filter", _("Filter"), List.filter)
        self.sort = _keyed("sort", _("Sort"), List.sort)
        self.columns = _keyed("columns", _("Columns"), List.columns)
        self.views = _keyed("bookmark", _("Views"), List.views)
        self.export = _keyed("export", _("Export list"), List.export)
        self.bin = _keyed("delete", _("Bin"), List.show_bin)
        self.bin.setCheckable(True)
        self.sort_menu = QMenu(self)
        self.sort.setMenu(self.sort_menu)
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.M)
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.new)
        top.addWidget(self.delete)
        top.addWidget(self.restore)
        below = QHBoxLayout()
        below.setSpacing(theme.XS)
        below.addWidget(self.search, 1)
        below.addSpacing(theme.XS)
        for button in (self.filter, self.sort, self.columns, self.views):
            below.addWidget(button)
        below.addStretch(1)
        for button in (self.export, self.bin):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(top)
        column.addLayout(below)

    def show_bin(self, binned: bool) -> None:
        """Say that the list is that of the bin, from which records are restored."""
        self.new.setVisible(not binned)
        self.restore.setVisible(binned)
        self.delete.setVisible(binned)
        title = self._ledger.title()
        self.title.setText(_("{list} · bin").format(list=title) if binned else title)

    def say_count(self, found: int, picked: int, all_there: bool) -> None:
        """How many records there are, and how many are selected; what is not known yet is not said."""
        words = ngettext("{count} record", "{count} records", found).format(count=f"{found:,}")
        parts = [words if all_there else _("counting …")]
        if picked > 1:
            parts.append(_("{count} selected").format(count=f"{picked:,}"))
        self.count.setText(" · ".join(parts))

    def say_looking(self) -> None:
        """The worker takes its time."""
        self.count.setText(_("searching …"))

    def fill_sort(self, model: LedgerModel, table: LedgerTable) -> None:
        """The columns by which one can sort, with the present order."""
        self.sort_menu.clear()
        order = dict(model.query.sort)
        for column in model.columns:
            key = column.field.key
            arrow = "" if key not in order else "  ↓" if order[key] else "  ↑"
            action = self.sort_menu.addAction(column.title() + arrow)
            action.triggered.connect(lambda _on=False, key=key: table.sort(key))
        self.sort_menu.addSeparator()
        usual = self.sort_menu.addAction(_("Newest first"))
        usual.triggered.connect(table.sort_as_usual)


def _lower(tall: theme.FontRole, small: theme.FontRole) -> int:
    """The margin above a text centred beside a taller one that puts both on one baseline."""
    one, other = QFontMetrics(theme.font(tall)), QFontMetrics(theme.font(small))
    return (one.ascent() - one.descent()) - (other.ascent() - other.descent())


def _keyed(icon_name: str, text: str, key: Key) -> QPushButton:
    """A quiet button with a key."""
    result = widgets.button(text, icon_name, quiet=True)
    key.press(result)
    return result
