"""What the office sets for itself beside its name: ledgers in use, fields and words of its own, figures of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.customise_fields import FieldsTab
from tracker.ui.customise_figures import FiguresTab
from tracker.ui.customise_ledgers import LedgersTab
from tracker.ui.desk import Desk
from tracker.ui.keys import WITHIN, Customise

REMEMBERED = "customise.tab"


class CustomisePage(QWidget):
    """Three tabs; what is changed is saved at once, each change with its history."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledgers, self.fields, self.figures = LedgersTab(desk), FieldsTab(desk), FiguresTab(desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tab, title in (
            (self.ledgers, _("Ledgers in use")),
            (self.fields, _("Fields and words")),
            (self.figures, _("Figures")),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.setCurrentIndex(int(desk.state.get(REMEMBERED, 0)))
        self.tabs.currentChanged.connect(lambda n: desk.state.set(REMEMBERED, n))
        Customise.after.on(self, lambda: self._step(1), WITHIN)
        Customise.before.on(self, lambda: self._step(-1), WITHIN)
        self.setFocusProxy(self.tabs.tabBar())
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(widgets.Heading(_("Ledgers, fields and figures")))
        column.addWidget(self.tabs, 1)

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def new_record(self) -> None:
        """Ctrl+N: what the tab in front adds."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, FieldsTab | FiguresTab):
            tab.new_record()

    def focus_search(self) -> None:
        """Put the cursor where one finds a figure."""
        self.tabs.setCurrentWidget(self.figures)
        self.figures.search.setFocus()

    def refresh(self) -> None:
        """Read everything anew."""
        self.ledgers.refresh()
        self.figures.refresh()
