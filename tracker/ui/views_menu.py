"""The menu of lists kept under a name on a ledger's page: shown, kept, renamed, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMessageBox

from tracker.i18n import _
from tracker.operations import views
from tracker.operations.views import View
from tracker.ui.asking import Asking
from tracker.ui.boxes import message_box
from tracker.ui.completion import Line
from tracker.ui.icons import icon

if TYPE_CHECKING:
    from tracker.ui.ledger_page import LedgerPage

NUMBERED = 9
"""So many views have a digit that shows them while the menu is open."""


class ViewsMenu(QMenu):
    """Filled each time it opens; the view shown last is ticked while the list still is as it was kept."""

    def __init__(self, page: LedgerPage) -> None:
        super().__init__(page)
        self.page = page
        self.shown: View | None = None
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """The views that the file keeps of this ledger, and what can be done with them."""
        self.clear()
        ledger = self.page.ledger
        kept = views.views(self.page.desk.reader, ledger.name)
        for n, view in enumerate(kept, 1):
            digit = f"&{n}  " if n <= NUMBERED else ""
            action = self.addAction(digit + view.label.replace("&", "&&"))
            action.setToolTip(view.sentence(ledger))
            action.setCheckable(True)
            action.setChecked(self._is_shown(view))
            action.triggered.connect(lambda _on=False, view=view: self.show_view(view))
        if not kept:
            self.addAction(_("No view is saved yet")).setEnabled(False)
        self.addSeparator()
        self.addAction(icon("bookmark"), _("&Save this view …")).triggered.connect(self.ask_name)
        shown = next((view for view in kept if self.shown and view.key == self.shown.key), None)
        if shown and not self._is_shown(shown):
            text = _("Save it as “{name}” again").format(name=shown.label)
            self.addAction(text).triggered.connect(lambda: self._keep(self._present(shown)))
        if kept:
            self._submenu(_("&Rename"), kept, self.ask_name)
            self._submenu(_("&Delete"), kept, self.ask_drop)

    def _submenu(self, label: str, kept: tuple[View, ...], act: Callable[[View], object]) -> None:
        menu = self.addMenu(label)
        for view in kept:
            action = menu.addAction(view.label.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, view=view: act(view))

    def _present(self, view: View) -> View:
        """What the list shows now, under the name and key of a view."""
        return replace(self.page.view(), label=view.label, key=view.key)

    def _is_shown(self, view: View) -> bool:
        now = self._present(view)
        return (now if view.columns else replace(now, columns=())) == view

    def show_view(self, view: View) -> None:
        """Show a kept list."""
        self.shown = view
        self.page.show_view(view)

    def ask_name(self, view: View | bool = False) -> None:
        """Ask under which name the list is kept, or how a kept one is called from now on."""
        NameDialog(self, view if isinstance(view, View) else None).open()

    def ask_drop(self, view: View) -> None:
        """No longer keep a view, after asking."""
        text = _("Delete the saved view “{name}”?").format(name=view.label)
        box = message_box(
            self.page, _("Saved views"), text, _("Its records stay as they are."), icon_name="bookmark"
        )
        yes = box.addButton(_("Delete"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        box.exec()
        if box.clickedButton() is yes:
            self.page.desk.run(lambda office, _p: views.drop(office, view), lambda _changed: None)

    def _keep(self, view: View) -> None:
        self.page.desk.run(lambda office, _p: views.keep(office, view), lambda result: self.kept(result.view))

    def kept(self, view: View) -> None:
        """Say that a view is kept."""
        self.page.banner.tell("positive", _("The view is saved as “{name}”.").format(name=view.label))


class NameDialog(Asking):
    """How a list is called."""

    def __init__(self, menu: ViewsMenu, view: View | None) -> None:
        title = _("Rename the view") if view else _("Save this view")
        super().__init__(title, _("Rename") if view else _("Save"), menu.page.window())
        self._menu, self._view = menu, view
        self.name = Line()
        self.name.setText(view.label if view else "")
        self.name.selectAll()
        self.name.advanced.connect(lambda _step: self.accept())
        told = (view or menu.page.view()).sentence(menu.page.ledger)
        self.ask(_("Name"), self.name, told)
        self.name.setFocus()

    def accept(self) -> None:
        """Keep it, or say why it cannot be."""
        view = replace(self._view or self._menu.page.view(), label=self.name.text())
        self.carry_out(self._menu.page.desk, lambda office, _p: views.keep(office, view), self._kept)

    def _kept(self, result: views.Kept) -> None:
        if self._view is None:
            self._menu.shown = result.view
        self._menu.kept(result.view)
