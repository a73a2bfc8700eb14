"""What the pages of the day share: a head with filters, reading in the worker, and being fresh on a new day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations import printable
from tracker.operations.office import Changed, Office
from tracker.operations.printable import Printable
from tracker.operations.today import Group, Line, Wanted
from tracker.ui import theme, widgets
from tracker.ui.day_filter import DayFilter
from tracker.ui.day_watch import DayWatch
from tracker.ui.desk import Desk
from tracker.ui.file_names import chosen_folder
from tracker.ui.keys import Key, Today
from tracker.ui.print_table import show_table
from tracker.ui.today_list import TodayList

if TYPE_CHECKING:
    from tracker.ui.tasks import Progress


class DayPage(QWidget):
    """A page that tells of the day: subclasses say what is read and show it."""

    record_wanted = Signal(str, str)
    """The ledger and the uid of a record to be opened."""
    drill = Signal(object)
    """A `Behind`: records to be listed."""

    def __init__(
        self,
        desk: Desk,
        lines: TodayList,
        parent: QWidget | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self.desk, self.list = desk, lines
        self.watch = DayWatch(self, today)
        self.title, self.summary = widgets.Heading(), widgets.Caption()
        self.filter = DayFilter(desk)
        self.print = self._act(_("Print …"), "print", Today.print)
        self.export = self._act(_("Write to a sheet …"), "export", Today.export)
        self.banner = widgets.Banner()
        self.content: Any = None
        self._stale = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        self.column.setSpacing(theme.S)
        self.column.addLayout(self._head())
        self.column.addWidget(self.summary)
        self.column.addWidget(self.banner)
        self.print.clicked.connect(self.print_list)
        self.export.clicked.connect(self.export_file)
        self.filter.changed.connect(self.refresh)
        self.watch.turned.connect(lambda _day: self._new_day())
        desk.changed.connect(self._changed)
        self.list.opened.connect(self._open)
        self.list.listed.connect(self.list_group)

    @staticmethod
    def _act(text: str, icon_name: str, key: Key) -> QPushButton:
        result = widgets.button(text, icon_name, quiet=True)
        key.tell(result)
        return result

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.title)
        row.addStretch(1)
        for widget in (self.filter, self.print, self.export):
            row.addWidget(widget)
        return row

    @property
    def today(self) -> date:
        """The day as far as it was noticed."""
        return self.watch.day

    @property
    def names(self) -> Mapping[str, str]:
        """What ledgers are called, short."""
        return {ledger.name: _(ledger.short) for ledger in self.desk.office.catalogue.ledgers}

    # for subclasses

    def read(self, office: Office, on: date, wanted: Wanted, progress: Progress) -> Any:
        """Read in the worker what is shown."""
        raise NotImplementedError

    def show_content(self, content: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def _new_day(self) -> None:
        self.refresh()

    # being fresh

    def refresh(self) -> None:
        """Read everything anew."""
        self._stale = False
        on, wanted = self.today, self.filter.wanted
        self.desk.run_latest(
            (self, "day"), lambda office, progress: self.read(office, on, wanted, progress), self._take
        )

    def _take(self, content: Any) -> None:
        self.content = content
        self.show_content(content)

    def _changed(self, changed: Changed) -> None:
        if not (changed.ledgers or changed.settings):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Coming back: the day, the file or the filter may be others."""
        self.watch.look()
        if self.filter.restore() or self._stale:
            self.refresh()

    # going on from the list

    def _open(self, line: Line) -> None:
        self.record_wanted.emit(line.ledger, line.uid)

    def list_group(self, group: Group) -> None:
        """List a group's records; where they are of several ledgers, ask which."""
        names = list(group.where)
        if len(names) == 1:
            self._list(group, names[0])
        elif names:
            menu = self.menu(group)
            place = self.list.visualRect(self.list.currentIndex())
            menu.popup(self.list.viewport().mapToGlobal(QPoint(place.left() + 36, place.bottom())))

    def menu(self, group: Group) -> QMenu:
        """The ledgers of a group, to choose one whose records are listed."""
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, count in group.counts.items():
            action = menu.addAction(f"{self.names[name]}  {count:,}".replace("&", "&&"))
            action.triggered.connect(lambda _on=False, name=name: self._list(group, name))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _list(self, group: Group, ledger: str) -> None:
        self.drill.emit(group.behind(self.desk.office, ledger))

    # out of the window

    def list_title(self) -> str:
        """What the list that is printed or written is called."""
        raise NotImplementedError

    def groups(self) -> Sequence[Group]:
        """What is printed or written; empty before anything was read."""
        raise NotImplementedError

    def print_list(self) -> None:
        """Ctrl+P: preview and print what is due."""
        title, groups = self.list_title(), self.groups()
        self.desk.run(lambda office, _p: printable.of_day(office, title, groups), self._preview)

    def _preview(self, content: Printable) -> None:
        if content.rows:
            show_table(self, content, self.desk)
        else:
            self.banner.tell("info", _("There is nothing due to print."))

    def export_file(self) -> None:
        """Ctrl+E: write what is due to a sheet."""
        title, groups = self.list_title(), self.groups()
        kinds = ";;".join((_("Workbooks (*.xlsx)"), _("CSV files (*.csv)")))
        start = str(chosen_folder(self.desk.state) / f"{title}.xlsx")
        chosen, kind = QFileDialog.getSaveFileName(self, _("Write to a sheet"), start, kinds)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
        self.write(title, groups, path)

    def write(self, title: str, groups: Sequence[Group], path: Path) -> None:
        """Write the list, and say so."""
        from tracker.operations import day_sheet  # here: its libraries take long to load

        self.desk.run(
            lambda office, _p: day_sheet.export(office, title, groups, path),
            lambda made: self.banner.tell("positive", _("Written: {path}").format(path=made.path)),
            lambda wrong: self.banner.tell("danger", str(wrong)),
        )
