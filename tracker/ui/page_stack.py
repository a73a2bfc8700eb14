"""The pages made so far, one in front, and the way between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from tracker.operations.figures import Behind
from tracker.ui.desk import Desk
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.pages import Leavable, Page
from tracker.ui.trail import Place, Trail


class PageStack(QStackedWidget):
    """Makes a page when it is first needed (`made`); `arrived` tells the place shown after every try to go."""

    made = Signal(object)
    arrived = Signal(object)

    def __init__(self, desk: Desk, pages: Iterable[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._makers = {page.key: page.make for page in pages}
        self._behind: dict[str, Behind | None] = {}
        self.trail = Trail()
        self.pages: dict[str, QWidget] = {}
        self._fresh: QWidget | None = None

    def go(self, place: Place) -> None:
        """Show a place and remember it, unless the user would rather go on with unsaved work."""
        if place != self.trail.here and self._show(place):
            self.trail.go(place)
        self.arrived.emit(self.trail.here)

    def go_on(self, place: Place, uid: str) -> None:
        """Show a place to which one comes from the record of that uid (empty for none), to come back to it."""
        here = self.trail.here
        if here and uid:
            self.trail.amend(replace(here, uid=uid))
        self.go(place)

    def step(self, by: int) -> None:
        """Go back (-1) or forward (1) where there is somewhere to go."""
        place = self.trail.step(by)
        if place and not self._show(place):
            self.trail.step(-by)
        self.arrived.emit(self.trail.here)

    def page(self, key: str) -> QWidget:
        """A page, made when it is first needed."""
        if key not in self.pages:
            page = self.pages[key] = self._makers[key](self._desk)
            self.addWidget(page)
            self._fresh = page
            self.made.emit(page)
        return self.pages[key]

    def has_unsaved(self) -> bool:
        """Whether a page holds something that was typed and not saved."""
        return any(isinstance(page, Leavable) and page.has_unsaved() for page in self.pages.values())

    def may_leave(self) -> bool:
        """Ask each page with unsaved work, brought to the front; False where the user stays."""
        for key, page in self.pages.items():
            if isinstance(page, Leavable) and page.has_unsaved():
                self.setCurrentWidget(page)
                self.arrived.emit(Place(key))
                if not page.may_leave():
                    return False
        return True

    def _show(self, place: Place) -> bool:
        """Bring a place to the front; a list keeps what it shows unless a figure's records come or go."""
        page = self.page(place.key)
        if isinstance(page, LedgerPage) and (place.behind or self._behind.get(place.key)):
            if not page.may_leave():
                return False
            self._behind[place.key] = place.behind
            if place.behind:
                page.show_behind(place.behind)
            else:
                page.show_all()
        if isinstance(page, LedgerPage) and place.uid and not page.show_record(place.uid):
            return False
        self.setCurrentWidget(page)
        return True

    def take_focus(self) -> None:
        """Put the focus into the page in front: where it was when the page was left, else where the page wants it."""
        page = self.currentWidget()
        if page is None:
            return
        itself = page if page.focusPolicy() != Qt.FocusPolicy.NoFocus else None
        fresh, self._fresh = page is self._fresh, None  # what has the focus then is only its first button
        left = None if fresh else page.focusWidget()
        wanted = [left, page.focusProxy(), itself, *_focusable(page)]
        next((w for w in wanted if w and (w is page or w.isVisibleTo(page))), page).setFocus()


def _focusable(page: QWidget) -> Iterator[QWidget]:
    """What the Tab key reaches on a page, in its order."""
    widget = page.nextInFocusChain()
    while widget and widget is not page:
        if (
            page.isAncestorOf(widget)
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            yield widget
        widget = widget.nextInFocusChain()
