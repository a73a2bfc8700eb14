"""One figure at the side: its definition, and its months and parts as a chart and a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QTabBar, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.overview import View, slice_behind
from tracker.schema.indicator import Figure, Ratio
from tracker.ui import theme, widgets
from tracker.ui.charts import BarChart, HBarChart, LineChart
from tracker.ui.figure_text import (
    LAST,
    part_text,
    view_chart,
    view_columns,
    view_lines,
    view_title,
    with_unit,
)
from tracker.ui.number_table import NumberTable

CHART_HEIGHT = 200


class FigureDetail(QFrame):
    """What one figure is and how it is made up; `opened` with a Behind."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[View, ...] = ()
        self.setProperty("card", True)
        self.setMinimumWidth(340)
        self.title = widgets.Heading(role="strong")
        self.title.setWordWrap(True)
        self.formula = QLabel()
        self.formula.setWordWrap(True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.definition, self.source = widgets.Caption(), widgets.Caption()
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("Months and parts of the figure"))
        self.tabs.currentChanged.connect(self._show_view)
        self.bars, self.line, self.lying = BarChart(), LineChart(), HBarChart()
        self.charts = (self.bars, self.line, self.lying)
        for chart in self.charts:
            chart.activated.connect(self._open_mark)
        self.table = NumberTable((), first_width=72)
        self.table.setAccessibleName(self.tabs.accessibleName())
        self.table.quiet = True
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentChanged.connect(self._reveal)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.S, theme.S)
        column.setSpacing(theme.XS)
        for widget in (self.title, self.formula, self.definition, self.source):
            column.addWidget(widget)
        column.addSpacing(theme.XS)
        column.addWidget(self.tabs)
        inner = QWidget()
        inner.setProperty("page", True)
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, theme.XS, 0)
        inside.setSpacing(theme.S)
        for chart in self.charts:
            chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            inside.addWidget(chart)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.addWidget(self.table)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        column.addWidget(self.area, 1)

    def show_figure(self, figure: Figure) -> None:
        """Say what a figure is; its months and parts follow with `show_views`."""
        indicator = figure.indicator
        self.title.setText(_(indicator.label))
        parts = " ÷ ".join(filter(None, (part_text(figure, 0), part_text(figure, 1))))
        text = with_unit(figure)
        self.formula.setText(f"{text} = {parts}" if isinstance(indicator.measure, Ratio) else text)
        self.definition.setText(_("Definition: {definition}").format(definition=_(indicator.definition)))
        self.source.setText(_("Source: {source}").format(source=_(indicator.source)))
        self.source.setVisible(bool(indicator.source))
        self.table.set_waiting(True)

    def show_views(self, views: tuple[View, ...]) -> None:
        """Show the figure's months and parts; the kind of view looked at stays in front."""
        before = self.tabs.tabText(self.tabs.currentIndex()) if self._views else ""
        same = bool(self._views) and self._views[0].indicator.key == views[0].indicator.key
        self._views = views
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for view in views:
            self.tabs.addTab(view_title(view))
        titles = [view_title(view) for view in views]
        self.tabs.setCurrentIndex(titles.index(before) if same and before in titles else 0)
        self.tabs.blockSignals(False)
        self._show_view()

    def view(self) -> View | None:
        """The view in front."""
        place = self.tabs.currentIndex()
        return self._views[place] if 0 <= place < len(self._views) else None

    def set_waiting(self, waiting: bool) -> None:
        """Dim the numbers while others are computed; nothing opens then."""
        self.table.set_waiting(waiting)

    def _show_view(self, _place: int = 0) -> None:
        view = self.view()
        if view is None:
            return
        data, shown = view_chart(view), self._chart_for(view)
        for chart in self.charts:
            chart.setVisible(chart is shown)
        shown.set_data(data)
        height = shown.minimumSizeHint().height() if shown is self.lying else CHART_HEIGHT
        shown.setFixedHeight(height)
        self.table.show_lines(view_lines(view), view_columns(view))
        self.table.setFixedHeight(self.table.full_height())

    def _chart_for(self, view: View) -> BarChart | LineChart | HBarChart:
        if not view.months:
            return self.lying
        return (
            self.line
            if isinstance(view.total.indicator.measure, Ratio) and len(view.slices) > 1
            else self.bars
        )

    def _reveal(self, current: QModelIndex) -> None:
        """Scroll to the line gone to by keyboard."""
        inner = self.area.widget()
        if inner and self.table.hasFocus():
            place = self.table.viewport().mapTo(inner, self.table.visualRect(current).center())
            self.area.ensureVisible(0, place.y(), 0, 2 * theme.ROW_HEIGHT)

    def _open_mark(self, series: str, key: str) -> None:
        view = self.view()
        if view is None or self.table.waiting:
            return
        for slice_ in view.slices:
            if slice_.key == key:
                self.opened.emit(slice_behind(view, slice_, last_year=series == LAST))
