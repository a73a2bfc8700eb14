"""All figures: the office's own are made, changed and removed here; for each, decimals and rounding are set."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import customising
from tracker.schema.indicator import Indicator, Ratio, Rounding, Sum
from tracker.schema.own import FIGURE, kept
from tracker.ui import theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.keys import HERE, Customise, of_command
from tracker.ui.own_figure_dialog import OwnFigureDialog
from tracker.ui.plain_table import Head, PlainTable
from tracker.ui.statistics_page import remembered

HEADS = (
    (N_("Figure"), 250),
    (N_("Ledger"), 120),
    (N_("Unit"), 64),
    (N_("Decimals"), 96),
    (N_("Definition"), 0),
)


class FiguresTab(QWidget):
    """A table of all figures with a search; Enter changes the one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: list[Indicator] = []
        self.search = widgets.SearchField(_("Find a figure"))
        self.only_own = widgets.button(_("Only our own"), quiet=True)
        self.only_own.setCheckable(True)
        self.add = widgets.button(_("A figure of our own …"), "add")
        self.change = widgets.button(_("Change …"), "edit", quiet=True)
        self.remove = widgets.button(_("Remove"), "delete", quiet=True)
        self.rounding = widgets.button(_("Decimals and rounding …"), "settings", quiet=True)
        self.table, self.banner = PlainTable(_("Figures"), sortable=False), widgets.Banner()
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        of_command("new_record").tell(self.add, _("Define a figure from a ledger and conditions"))
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(self.search)
        top.addWidget(self.only_own)
        top.addStretch(1)
        for one in (self.rounding, self.change, self.remove, self.add):
            top.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self.refresh())
        self.only_own.toggled.connect(lambda _on: self.refresh())
        self.add.clicked.connect(self.new_record)
        self.change.clicked.connect(self.ask_change)
        self.remove.clicked.connect(self.ask_remove)
        self.rounding.clicked.connect(self.ask_rounding)
        self.table.doubleClicked.connect(lambda _index: self.ask_change())
        Customise.change.on(self.table, self.ask_change, HERE)
        Customise.remove.on(self.table, self.ask_remove, HERE)
        Customise.rename.on(self.table, self.ask_rounding, HERE)

    def own(self) -> set[str]:
        """Keys of the figures that the office defined."""
        return {key for key, _told in kept(self.desk.office.settings, FIGURE)}

    def refresh(self, wanted: str = "") -> None:
        """Show the figures that the search finds, the office's own first."""
        catalogue, own = self.desk.office.catalogue, self.own()
        words = self.search.text().casefold().split()
        found = [i for i in catalogue.indicators if i.key in own or not self.only_own.isChecked()]
        found = [i for i in found if all(word in _text(i) for word in words)]
        self._shown = sorted(found, key=lambda i: i.key not in own)
        heads = [Head(_(title), width) for title, width in HEADS]
        rows = [self._row(i, i.key in own) for i in self._shown]
        self.table.fill(heads, rows)
        keys = [i.key for i in self._shown]
        if wanted in keys:
            self.table.selectRow(keys.index(wanted))
        if selection := self.table.selectionModel():
            selection.currentRowChanged.connect(lambda *_n: self._show_buttons())
        self._show_buttons()

    def _row(self, indicator: Indicator, own: bool) -> list[str | int]:
        label = _(indicator.label)
        catalogue = self.desk.office.catalogue
        rounding = (catalogue.rounding or {}).get(indicator.key)
        return [
            _("{figure} (own)").format(figure=label) if own else label,
            _(catalogue.by_name[indicator.ledger].short),
            _(indicator.unit),
            told(indicator, rounding),
            _(indicator.definition),
        ]

    @property
    def current(self) -> Indicator | None:
        """The figure chosen."""
        row = self.table.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _show_buttons(self) -> None:
        current = self.current
        mine = current is not None and current.key in self.own()
        self.change.setEnabled(mine)
        self.remove.setEnabled(mine)
        self.rounding.setEnabled(current is not None and roundable(current))

    def new_record(self) -> None:
        """Ctrl+N: define a figure."""
        OwnFigureDialog(self.desk, remembered(self.desk), self.refresh, self.window()).open()

    def ask_change(self) -> None:
        """Change the own figure chosen; of another one, how it is printed."""
        current = self.current
        if current is None:
            return
        if current.key in self.own():
            OwnFigureDialog(self.desk, remembered(self.desk), self.refresh, self.window(), current.key).open()
        else:
            self.ask_rounding()

    def ask_remove(self) -> None:
        """Give up the own figure chosen, after asking."""
        current = self.current
        if current is None or current.key not in self.own():
            return
        text = _("Remove the figure “{figure}”? The records stay.").format(figure=_(current.label))
        box = message_box(self, _("Remove the figure"), text, icon_name="warning", role="warning")
        kind = QMessageBox.StandardButton
        box.setStandardButtons(kind.Yes | kind.Cancel)
        box.setDefaultButton(kind.Cancel)
        if box.exec() == kind.Yes:
            self.desk.run(
                lambda office, _p: customising.remove_figure(office, current.key),
                lambda _c: self.refresh(),
                self._failed,
            )

    def ask_rounding(self) -> None:
        """Ask for the decimals and the rounding of the figure chosen."""
        current = self.current
        if current is not None and roundable(current):
            RoundingDialog(self.desk, current, self, self.window()).open()

    def _failed(self, wrong: UserError) -> None:
        self.banner.tell("danger", str(wrong))


class RoundingDialog(Asking):
    """Decimals of one figure, and whether what follows is rounded or cut off."""

    def __init__(self, desk: Desk, indicator: Indicator, tab: FiguresTab, parent: QWidget) -> None:
        super().__init__(_("How “{figure}” is printed").format(figure=_(indicator.label)), _("Save"), parent)
        self.desk, self.indicator, self.tab = desk, indicator, tab
        self.decimals, self.how = widgets.spin(0, 6), QComboBox()
        self.how.addItem(_("Rounded half up"), False)
        self.how.addItem(_("Cut off"), True)
        known = (desk.office.catalogue.rounding or {}).get(indicator.key, declared(indicator))
        self.decimals.setValue(known.decimals)
        self.how.setCurrentIndex(int(known.truncate))
        self.ask(_("Decimals"), self.decimals)
        self.ask(_("What follows"), self.how, _("1586 ÷ 2191 = 72.387…: rounded 72.39, cut off 72.38."))
        self.decimals.setFocus()
        self.decimals.selectAll()

    def accept(self) -> None:
        """Keep it; the usual way is kept as none."""
        chosen = Rounding(self.decimals.value(), bool(self.how.currentData()))
        wanted = None if chosen == declared(self.indicator) else chosen
        key = self.indicator.key
        self.carry_out(
            self.desk,
            lambda office, _p: customising.set_rounding(office, key, wanted),
            lambda _changed: self.tab.refresh(key),
        )


def declared(indicator: Indicator) -> Rounding:
    """How a figure is printed where the office set nothing."""
    measure = indicator.measure
    return Rounding(measure.decimals if isinstance(measure, Ratio) else 2)


def roundable(indicator: Indicator) -> bool:
    """Whether a figure may have decimals: rates, means and amounts."""
    return isinstance(indicator.measure, Ratio | Sum)


def told(indicator: Indicator, rounding: Rounding | None) -> str:
    """How a figure is printed, in few words; empty for whole numbers."""
    if not roundable(indicator) or (rounding is None and not isinstance(indicator.measure, Ratio)):
        return ""
    used = rounding or declared(indicator)
    words = _("{n}, cut off") if used.truncate else _("{n}, rounded")
    return words.format(n=used.decimals)


def _text(indicator: Indicator) -> str:
    return " ".join(
        (indicator.key, _(indicator.label), _(indicator.definition), _(indicator.unit))
    ).casefold()
