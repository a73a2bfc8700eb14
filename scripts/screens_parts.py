"""Pictures of controls and charts, each of which no page shows at its limits."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from scripts.screens import both, screen
from tracker.ui import icons, theme, widgets
from tracker.ui.charts import BarChart, Category, ChartData, HBarChart, LineChart, Series


def months(*series: Series, title: str = "") -> ChartData:
    """Twelve months."""
    names = [both(f"{month}月", f"{month}") for month in range(1, 13)]
    categories = tuple(Category(f"2020-{month:02}", name) for month, name in enumerate(names, 1))
    return ChartData(categories, series, title, both("件", "cases"))


def causes(count: int = 8) -> ChartData:
    """A breakdown with long names."""
    labels = [
        both("追索劳动报酬", "Wages"),
        both("解除或终止劳动合同经济补偿金", "Severance on ending a contract"),
        both("确认劳动关系", "Confirming an employment relation"),
        both("工伤保险待遇", "Work injury benefits"),
        both("未签订书面劳动合同二倍工资差额", "Double wages for lack of a written contract"),
        both("加班费", "Overtime"),
        both("社会保险", "Social insurance"),
        both("其他", "Other"),
    ][:count]
    values = (1012, 438, 301, 166, 120, 94, 61, 15)[:count]
    categories = tuple(Category(str(place), label) for place, label in enumerate(labels))
    texts = tuple(f"{value:,}  {value / 2207:.1%}" for value in values)
    series = Series("2020", "2020", values, texts)
    return ChartData(categories, (series,), both("按案由", "By cause"), both("件", "cases"))


THIS = Series("2020", "2020", (143, 61, 187, 201, 196, 210, 224, 205, 188, 199, 214, 179))
LAST = Series("2019", "2019", (120, 84, 150, 166, 171, 182, 199, 190, 175, 160, 183, 190))


@screen("gallery")
def gallery(app: QApplication) -> QWidget:
    """Every kind of control and small widget."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
    grid.setSpacing(theme.L)
    grid.addWidget(widgets.Heading(both("部件总览", "Gallery")), 0, 0, 1, 3)
    grid.addLayout(_banners(), 1, 0, 1, 3)
    grid.addWidget(_fields(), 2, 0)
    grid.addWidget(_table(), 2, 1)
    grid.addWidget(_side(), 2, 2)
    grid.addWidget(_icons(), 3, 0, 1, 3)
    for column, stretch in enumerate((3, 4, 3)):
        grid.setColumnStretch(column, stretch)
    grid.setRowStretch(2, 1)
    return page


def _banners() -> QHBoxLayout:
    row = QHBoxLayout()
    texts = {
        "info": both("已保存：怀劳人仲案字〔2020〕第 12 号", "Saved: no. 12 of 2020"),
        "warning": both("此文件在网络盘上，只能由一台电脑打开", "This file is on a network drive"),
        "danger": both("第 3 行：结案日期早于受理日期", "Row 3: closed before it was accepted"),
    }
    for level, text in texts.items():
        banner = widgets.Banner()
        banner.tell(level, text, action=both("查看", "Show") if level == "danger" else "")  # type: ignore[arg-type]
        row.addWidget(banner)
    return row


def _fields() -> QWidget:
    frame = widgets.card()
    column = QVBoxLayout(frame)
    column.addWidget(widgets.Heading(both("登记", "Record"), role="strong"))
    name = QLineEdit(both("张三", "Zhang San"))
    wrong = QLineEdit("2020-13-05")
    widgets.set_problem(wrong, True)
    problem = QLabel(both("没有 13 月；请写成 2020-01-05 这样", "There is no month 13"))
    problem.setProperty("role", "problem")
    off = QLineEdit(both("不可修改", "Not editable"))
    off.setEnabled(False)
    combo = QComboBox()
    combo.addItems([both("调解", "Mediation"), both("终局裁决", "Final award")])
    note = QPlainTextEdit()
    note.setPlaceholderText(both("备注", "Note"))
    note.setMaximumHeight(64)
    check = QCheckBox(both("集体争议（10 人以上）", "Collective (10 workers or more)"))
    check.setChecked(True)
    plain = QCheckBox(both("终局裁决", "Final award"))
    for widget in (widgets.SearchField(), name, wrong, problem, off, combo, note, check, plain):
        column.addWidget(widget)
    row = QHBoxLayout()
    row.addWidget(widgets.button(both("保存", "Save"), "save", primary=True))
    row.addWidget(widgets.button(both("取消", "Cancel")))
    row.addWidget(widgets.button(both("更多", "More"), "more", quiet=True))
    row.addWidget(widgets.button(both("删除", "Delete"), "delete", danger=True))
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return frame


def _table() -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    chips = widgets.FlowRow()
    for text in (both("2020 年受理", "Accepted in 2020"), both("案由：追索劳动报酬", "Cause: wages")):
        chips.add(widgets.Chip(text))
    model = QStandardItemModel(0, 4)
    model.setHorizontalHeaderLabels(
        [
            both("案号", "Number"),
            both("申请人", "Applicant"),
            both("受理日期", "Accepted"),
            both("金额（元）", "Amount"),
        ]
    )
    for row in range(1, 30):
        amount = QStandardItem(f"{row * 1234.5:,.2f}")
        amount.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        day = f"2020-{row % 12 + 1:02}-{row % 28 + 1:02}"
        model.appendRow(
            [
                QStandardItem(f"2020-{row:04}"),
                QStandardItem(both("张三", "Zhang San")),
                QStandardItem(day),
                amount,
            ]
        )
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    widgets.tune_table(view)
    view.setSortingEnabled(True)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    view.selectRow(2)
    tabs = QTabBar()
    for text in (both("案件", "Cases"), both("时限", "Time limits"), both("历史", "History")):
        tabs.addTab(text)
    column.addWidget(tabs)
    column.addWidget(chips)
    column.addWidget(view, 1)
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setValue(60)
    bar.setTextVisible(False)
    column.addWidget(bar)
    return frame


def _side() -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    navigation = QListView()
    widgets.tune_navigation(navigation)
    texts = [both("今日", "Today"), both("劳动争议  2,207", "Disputes  2,207"), both("统计", "Statistics")]
    model = QStringListModel(texts, navigation)
    navigation.setModel(model)
    navigation.setCurrentIndex(model.index(1))
    navigation.setMaximumHeight(130)
    figure = QLabel("99.28 %")
    figure.setProperty("role", "figure")
    column.addWidget(navigation)
    column.addWidget(figure)
    column.addWidget(
        widgets.Caption(both("结案率 = 已结 2,191 ÷ 受理 2,207", "Closed 2,191 of 2,207 accepted"))
    )
    column.addWidget(widgets.hline())
    column.addWidget(widgets.calendar())
    column.addStretch(1)
    return frame


def _icons() -> QWidget:
    row = widgets.FlowRow()
    for name in icons.names():
        row.add(widgets.tool_button(name, name))
    off = widgets.tool_button("save", "save")
    off.setEnabled(False)
    row.add(off)
    return row


@screen("charts")
def charts(app: QApplication) -> QWidget:
    """Every chart, with a highlight, without data, and small."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
    grid.setSpacing(theme.L)
    bars, lying, line, empty, one = BarChart(), HBarChart(), LineChart(), BarChart(), BarChart()
    title = both("每月受理案件", "Accepted each month")
    bars.set_data(months(THIS, LAST, title=title))
    lying.set_data(causes())
    line.set_data(months(THIS, LAST, title=title))
    big = Series("2020", "2020", tuple(value * 12_345 for value in THIS.values if value))
    one.set_data(
        ChartData(
            causes().categories,
            (Series("2020", "2020", big.values[:8]),),
            both("涉案金额", "Amounts"),
            both("元", "yuan"),
        )
    )
    for place, chart in enumerate((bars, lying, line, one, empty)):
        frame = widgets.card()
        box = QVBoxLayout(frame)
        box.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        box.addWidget(chart)
        grid.addWidget(frame, place // 3, place % 3)
    state = widgets.EmptyState(
        "disputes",
        both("还没有劳动争议案件", "No disputes yet"),
        both(
            "从第一件开始登记，或从已有的表格导入。",
            "Record the first one, or import a sheet you already have.",
        ),
        both("登记案件", "New dispute"),
    )
    grid.addWidget(state, 1, 2)
    bars._hovered = (0, 4)
    return page


@screen("small_charts")
def small_charts(app: QApplication) -> QWidget:
    """Charts at their smallest, where labels must yield."""
    page = QWidget()
    made = (
        BarChart(page),
        LineChart(page),
        HBarChart(page),
        BarChart(page),
        LineChart(page),
        HBarChart(page),
    )
    title = both("每月受理案件与上年同期比较", "Accepted each month, with last year")
    data = (months(THIS, LAST, title=title), months(THIS, LAST, title=title), causes(5), causes(8))
    more = (*data, months(THIS, title=title), months(THIS, LAST, title=title))
    for place, (chart, content) in enumerate(zip(made, more, strict=True)):
        chart.set_data(content)
        chart.setMinimumSize(0, 0)
        height = max(180, chart.minimumSizeHint().height())
        chart.setGeometry(20 + (place % 3) * 340, 20 + (place // 3) * 240, 320, height)
    made[1]._hovered = (1, 11)
    made[2]._hovered = (0, 1)
    return page
