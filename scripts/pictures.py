"""Pictures of every screen.

    python scripts/pictures.py OUT [--only NAME] [--lang zh_CN] [--mode light] [--size 1280x720]

A screen is a function that builds a widget; add one with `@screen("name")`. It is built anew for each language,
since texts are translated when a widget is made. Without options: both languages, both modes, two sizes.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported
sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import QEvent, QStringListModel, Qt
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

from scripts import sample_sheets
from scripts.sample_desk import TODAY, add_closed, close_with, demonstration_desk, sample_desk
from tracker import i18n
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import demonstration
from tracker.operations.office import open_office
from tracker.period import Period
from tracker.ui import icons, theme, widgets
from tracker.ui.charts import BarChart, Category, ChartData, HBarChart, LineChart, Series
from tracker.ui.desk import Desk
from tracker.ui.editors import LineEditor
from tracker.ui.export_dialog import ExportWorkbookDialog, proposed_name
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.pages import PAGES
from tracker.ui.record_form import RecordForm
from tracker.ui.report_window import ReportWindow
from tracker.ui.shortcuts_sheet import ShortcutsSheet
from tracker.ui.start_page import StartPage
from tracker.ui.statistics_page import StatisticsPage, remember
from tracker.ui.trail import Place

Factory = Callable[[QApplication], QWidget]
SCREENS: dict[str, Factory] = {}


def screen(name: str) -> Callable[[Factory], Factory]:
    """Add a screen; the widget it makes is resized, shown, pictured and deleted."""

    def add(factory: Factory) -> Factory:
        SCREENS[name] = factory
        return factory

    return add


def both(chinese: str, english: str) -> str:
    """Sample text for the galleries, which are no part of the program."""
    return chinese if i18n.language() == "zh_CN" else english


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


@screen("form")
def form(app: QApplication) -> QWidget:
    """A closed dispute, opened."""
    widget, desk = _form()
    widget.open(add_closed(desk))
    return widget


@screen("form_new")
def form_new(app: QApplication) -> QWidget:
    """A new dispute, as it is proposed."""
    widget, _desk = _form()
    widget.new()
    return widget


@screen("form_refused")
def form_refused(app: QApplication) -> QWidget:
    """A new dispute that cannot be saved yet."""
    widget, _desk = _form()
    widget.new()
    for key, text in (("accepted_on", "2020-13-05"), ("respondent", both("北京某某公司", "A Company"))):
        editor = widget.body.cells[key].editor
        assert isinstance(editor, LineEditor)
        editor.line.setText(text)
    widget.save()
    return widget


def _form() -> tuple[RecordForm, Desk]:
    desk, folder = sample_desk()
    widget = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    close_with(widget, desk, folder)
    return widget, desk


@screen("statistics")
def statistics(app: QApplication) -> QWidget:
    """The year's figures, one of them by its months."""
    return _statistics("disputes.accepted")


@screen("statistics_parts")
def statistics_parts(app: QApplication) -> QWidget:
    """The year's figures, one of them by its parts."""
    return _statistics("disputes.by_cause")


def _statistics(key: str) -> QWidget:
    desk, folder = demonstration_desk()
    page = StatisticsPage(desk)
    page.picker.set_period(Period.year(2020, date(2020, 12, 25)))
    page.refresh()
    page.table.go_to(key)
    close_with(page, desk, folder)
    return page


def at_page(key: str) -> Factory:
    """The window with one of its pages in front."""

    def build(app: QApplication) -> QWidget:
        desk, folder = demonstration_desk()
        remember(desk, Period.year(2020, date(2020, 12, 25)))
        result = MainWindow(desk)
        result.go(Place(key))
        close_with(result, desk, folder)
        return result

    return build


for entry in PAGES:
    screen(f"page_{entry.key}")(at_page(entry.key))


@screen("start")
def start(app: QApplication) -> QWidget:
    """The first thing one sees."""
    return StartPage((), {name: demonstration.title(name) for name in demonstration.names()}, "王书记员")


@screen("start_recent")
def start_recent(app: QApplication) -> QWidget:
    """The start page with files opened before, and one that could not be opened."""
    names = both("怀柔区2020年台账.db 练习.db", "huairou-2020.db practice.db").split()
    page = StartPage(tuple(Path.home() / "Documents" / name for name in names))
    page.tell_problem(both("数据文件已损坏，请打开备份。", "The data file is damaged; open a backup."))
    return page


@screen("office")
def office(app: QApplication) -> QWidget:
    """The page of a new file."""
    page = StartPage((), {}, "王书记员")
    page.begin_setup()
    page.setup.rows.rows["region"].editor.setText("京怀")
    return page


@screen("shortcuts")
def shortcuts(app: QApplication) -> QWidget:
    """The sheet of keys."""
    return ShortcutsSheet()


@screen("report")
def report(app: QApplication) -> QWidget:
    """What a defect looks like."""
    try:
        open_office(None)  # type: ignore[arg-type]
    except AttributeError as error:
        return ReportWindow(error, Path("case-tracker.log"))
    raise AssertionError("that should have been a defect")


@screen("import_problems")
def import_problems(app: QApplication) -> QWidget:
    """A sheet with the mistakes that clerks make, read."""
    return _import(wrong=True)


@screen("import_ready")
def import_ready(app: QApplication) -> QWidget:
    """A sheet in order, read."""
    return _import(wrong=False)


def _import(*, wrong: bool) -> QWidget:
    desk, folder = sample_desk()
    widget = ImportDialog(desk, DISPUTES)
    widget.choose(sample_sheets.write(Path(folder.name) / "2020.xlsx", wrong=wrong))
    close_with(widget, desk, folder)
    return widget


@screen("export")
def export(app: QApplication) -> QWidget:
    """The year-end workbook, written."""
    desk, folder = sample_desk()
    widget = ExportWorkbookDialog(desk, Period.year(2020))
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    widget.path.setText(str(Path(folder.name) / proposed_name("", Period.year(2020))))
    widget.start()
    close_with(widget, desk, folder)
    return widget


def picture(app: QApplication, name: str, path: Path, size: tuple[int, int]) -> None:
    """Build a screen in the language and mode in use, and save its picture."""
    widget = SCREENS[name](app)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(*size)
    widget.show()
    app.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"cannot write {path}")
    widget.close()
    widget.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--only", action="append", choices=sorted(SCREENS), help="this screen; may be repeated"
    )
    parser.add_argument("--lang", action="append", choices=i18n.LANGUAGES)
    parser.add_argument("--mode", action="append", choices=["light", "dark"])
    parser.add_argument("--size", action="append", help="such as 1280x720")
    options = parser.parse_args(words)
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.install(app, "light")
    sizes = options.size or ["1280x720", "1920x1080"]
    modes = options.mode or ["light", "dark"]
    for language, mode, size in product(options.lang or i18n.LANGUAGES, modes, sizes):
        i18n.use(language)
        theme.set_mode(mode)
        width, height = map(int, size.split("x"))
        for name in options.only or SCREENS:
            path = options.out / f"{name}-{language}-{mode}-{size}.png"
            picture(app, name, path, (width, height))
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
