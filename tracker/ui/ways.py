"""The ways between the pages of the window: to a place, to a record or list, and where pages ask to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.operations.figures import Behind
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui.day_page import DayPage
from tracker.ui.desk import Desk
from tracker.ui.finder import Finder
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.log_page import LogPage
from tracker.ui.page_stack import PageStack
from tracker.ui.recents import remember
from tracker.ui.report_page import ReportPage
from tracker.ui.statistics_page import StatisticsPage
from tracker.ui.trail import Place

if TYPE_CHECKING:
    from tracker.operations.views import View

CUSTOMISE = "customise"


class Ways(QObject):
    """Goes where it is asked to; pages that are out of date are left to the window, which is made anew for them."""

    outdated = Signal(object)
    """The Place to go to, whose page was made for other fields, codes or figures than the file has now."""

    def __init__(self, desk: Desk, stack: PageStack, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.stack = desk, stack
        self._made_for = desk.office.catalogue
        stack.made.connect(self._follow)

    @property
    def page(self) -> QWidget | None:
        """The page in front, None before the first."""
        return self.stack.currentWidget()

    @property
    def here(self) -> Place | None:
        """The place in front, None before the first."""
        return self.stack.trail.here

    # to a place

    def go(self, place: Place) -> None:
        """Show a place, the focus in it."""
        if self._is_outdated(place.key):
            self.outdated.emit(place)
            return
        self.stack.go(place)
        self.stack.take_focus()

    def browse(self, key: str) -> None:
        """Show a page while the navigation keeps the keyboard, unless the window is made anew."""
        if self._is_outdated(key):
            self.go(Place(key))
        else:
            self.stack.go(Place(key))

    def step(self, by: int) -> None:
        """Go one place back or forward."""
        place = self.stack.trail.beside(by)
        if place and self._is_outdated(place.key):
            self.go(place)
        else:
            self.stack.step(by)
            self.stack.take_focus()

    def _is_outdated(self, key: str) -> bool:
        return self._desk.office.catalogue is not self._made_for and key != CUSTOMISE

    def _go_on(self, place: Place) -> None:
        """Go from a record, to come back to it."""
        page = self.page
        self.stack.go_on(place, page.shown_uid if isinstance(page, LedgerPage) else "")
        self.stack.take_focus()

    # to a ledger

    def ledger(self) -> Ledger:
        """The ledger in front, else the first one."""
        page = self.page
        return page.ledger if isinstance(page, LedgerPage) else self._made_for.ledgers[0]

    def to_ledger(self) -> LedgerPage | None:
        """The ledger in front, else the first one, brought to the front."""
        if not isinstance(self.page, LedgerPage):
            self.go(Place(self.ledger().name))
        page = self.page
        return page if isinstance(page, LedgerPage) else None

    def _on_to(self, ledger: str) -> LedgerPage | None:
        self._go_on(Place(ledger))
        page = self.page
        return page if isinstance(page, LedgerPage) and page.ledger.name == ledger else None

    def to_record(self, ledger: str, uid: str) -> None:
        """Go on to a record."""
        self._go_on(Place(ledger, uid=uid))

    def _to_search(self, ledger: str, text: str) -> None:
        if page := self._on_to(ledger):
            page.show_search(text)

    def _to_view(self, view: View) -> None:
        if page := self._on_to(view.ledger):
            page.views.show_view(view)

    def _enter(self, ledger: str, name: str) -> None:
        """Begin a record that another one names."""
        self._begin(ledger, {self._made_for.by_name[ledger].called.key: name})

    def _begin(self, ledger: str, given: Mapping[str, Value]) -> None:
        """Begin a record with what another one gives it."""
        if page := self._on_to(ledger):
            page.new_record(given)

    # to what is behind figures

    def drill(self, behind: Behind) -> None:
        """Show the records behind a figure."""
        self.go(Place(behind.ledger.name, behind))

    def _drill_on(self, behind: Behind) -> None:
        self._go_on(Place(behind.ledger.name, behind))

    def _to_freeze(self, freeze: str) -> None:
        """Go to a freeze, by its id."""
        self.go(Place("freezes"))
        page = self.page
        if isinstance(page, FreezesPage):
            page.show_freeze(freeze)

    def _open_record(self, ledger: str, uid: str) -> None:
        """Open a record on the form of its ledger's page."""
        self.go(Place(ledger, uid=uid))

    # where others ask to be taken

    def follow_finder(self, finder: Finder) -> None:
        """Go to what is found."""
        finder.record_chosen.connect(self.to_record)
        finder.list_chosen.connect(self._to_search)
        finder.view_chosen.connect(self._to_view)
        finder.page_chosen.connect(lambda key: self.go(Place(key)))

    def _follow(self, page: QWidget) -> None:
        if isinstance(page, LedgerPage):
            page.back_requested.connect(partial(self.step, -1))
            page.record_wanted.connect(self.to_record)
            page.record_opened.connect(
                partial(remember, self._desk.state, self._desk.office.db.path, page.ledger.name)
            )
            page.entry_wanted.connect(self._enter)
            page.begun.connect(self._begin)
            page.drill.connect(self._drill_on)
        elif isinstance(page, DayPage | LogPage | StatisticsPage | ReportPage):
            page.drill.connect(self.drill)
        if isinstance(page, DayPage | FreezesPage | LogPage):
            page.record_wanted.connect(self._open_record)
        if isinstance(page, StatisticsPage):
            page.freezes_wanted.connect(self._to_freeze)
