"""Charts: every value is found by mouse and keyboard, texts never overlap, and paper gets them too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker import i18n
from tracker.ui import theme
from tracker.ui.chart_base import Chart, metrics
from tracker.ui.chart_data import Category, ChartData, Series, full_number, short_number, ticks
from tracker.ui.charts import BarChart, HBarChart, LineChart

KINDS = pytest.mark.parametrize("kind", [BarChart, LineChart, HBarChart])
KEYS = {
    BarChart: (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up),
    LineChart: (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up),
    HBarChart: (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right),
}
MONTHS = tuple(Category(f"2020-{month:02}", f"{month}月") for month in range(1, 13))
THIS = Series("2020", "2020年", (143, 61, 187, 201, 196, 210, 224, 205, 188, 199, 214, 179))
LAST = Series("2019", "2019年", (120, 84, 150, 166, 171, 182, 199, 190, 175, 160, 183, 190))
YEAR = ChartData(MONTHS, (THIS, LAST), "每月受理案件", "件")
LONG = ChartData(
    tuple(Category(str(n), f"解除或终止劳动合同经济补偿金之{n}") for n in range(8)),
    (Series("a", "", tuple(range(1, 9))),),
)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    theme.install(qapp, "light")


def shown(qtbot: QtBot, kind: type[Chart], data: ChartData, size: tuple[int, int] = (480, 300)) -> Chart:
    chart = kind()
    qtbot.addWidget(chart)
    chart.set_data(data)
    chart.resize(*size)
    chart.show()
    return chart


# ---- data


def test_a_series_needs_a_value_for_each_category() -> None:
    with pytest.raises(ValueError, match="'2020'"):
        ChartData(MONTHS, (Series("2020", "", (1, 2)),))


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234, "1,234"), (12.5, "12.5"), (99.284, "99.28"), (1e6, "1,000,000")]
)
def test_numbers_in_full(value: float, text: str) -> None:
    assert full_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9999, "9,999"),
        (10_000, "1万"),
        (12_345, "1.23万"),
        (150_000, "15万"),
        (3_250_000, "325万"),
        (234_500_000, "2.35亿"),
    ],
)
def test_large_numbers_are_short_in_chinese(value: float, text: str) -> None:
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(9999, "9,999"), (12_345, "12.3k"), (3_250_000, "3.25m"), (2.3e9, "2.3bn")]
)
def test_large_numbers_are_short_in_english(english: None, value: float, text: str) -> None:
    assert i18n.language() == "en"
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("top", "steps", "marks"),
    [
        (224, 5, (0, 50, 100, 150, 200, 250)),
        (1, 5, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 4, (0, 1)),
        (1000, 2, (0, 500, 1000)),
    ],
)
def test_ticks(top: float, steps: int, marks: tuple[float, ...]) -> None:
    assert ticks(top, steps) == pytest.approx(marks)


def test_counts_have_no_half_ticks() -> None:
    assert ticks(2, 8, whole=True) == (0, 1, 2)


@given(st.floats(0.001, 1e12), st.integers(2, 12), st.booleans())
def test_ticks_hold_the_largest_value_and_waste_little(top: float, steps: int, whole: bool) -> None:
    marks = ticks(top, steps, whole=whole)
    assert marks[0] == 0 and marks[-1] >= top * (1 - 1e-6)
    assert len(marks) <= steps + 3
    assert marks[-2] < top, "no step above the one that holds the largest value"


# ---- mouse and keyboard


@KINDS
def test_double_click_opens_each_value(qtbot: QtBot, kind: type[Chart]) -> None:
    chart = shown(qtbot, kind, YEAR, (640, 600))
    marks = chart.marks()
    assert len(marks) == 24
    for mark in marks:
        told: list[tuple[str, str]] = []
        chart.activated.connect(lambda *keys, told=told: told.append(keys))
        qtbot.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=mark.shape.center().toPoint())
        chart.activated.disconnect()
        assert told == [(YEAR.series[mark.series].key, YEAR.categories[mark.category].key)]


@KINDS
def test_each_mark_is_hit_at_its_middle_and_lies_within(qtbot: QtBot, kind: type[Chart]) -> None:
    chart = shown(qtbot, kind, YEAR, (640, 600))
    for mark in chart.marks():
        hit = chart.mark_at(mark.shape.center())
        assert hit is not None and (hit.series, hit.category) == (mark.series, mark.category)
        assert QRectF(chart.rect()).contains(mark.shape)
    assert chart.mark_at(QPointF(1, 1)) is None


def test_a_small_bar_is_hit_above_itself(qtbot: QtBot) -> None:
    data = ChartData(MONTHS[:2], (Series("a", "", (1, 1000)),))
    chart = shown(qtbot, BarChart, data)
    small = chart.marks()[0]
    hit = chart.mark_at(QPointF(small.shape.center().x(), chart.marks()[1].shape.center().y()))
    assert hit is not None and hit.category == 0


def test_bars_have_the_proportions_of_their_values(qtbot: QtBot) -> None:
    upright = {mark.category: mark for mark in shown(qtbot, BarChart, LONG).marks()}
    lying = {mark.category: mark for mark in shown(qtbot, HBarChart, LONG).marks()}
    for category in range(8):
        assert upright[category].shape.height() / upright[7].shape.height() == pytest.approx(
            (category + 1) / 8
        )
        assert lying[category].shape.width() / lying[7].shape.width() == pytest.approx((category + 1) / 8)


@KINDS
def test_keyboard_alone_opens_values(qtbot: QtBot, kind: type[Chart]) -> None:
    chart, page = kind(), QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(QLineEdit())
    column.addWidget(chart)
    chart.set_data(YEAR)
    page.resize(640, 600)
    with qtbot.waitActive(page):
        page.show()
    before = chart.grab().toImage()
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert chart.grab().toImage() != before, "the focus is seen"
    forth, back, other = KEYS[kind]
    assert chart.highlighted() == ("2020", "2020-01")
    for key in (forth, forth, forth, back):
        qtbot.keyClick(chart, key)
    assert chart.highlighted() == ("2020", "2020-03")
    assert "187" in chart.accessibleDescription() and "3月" in chart.accessibleDescription()
    qtbot.keyClick(chart, other)
    assert chart.highlighted() == ("2019", "2020-03")
    with qtbot.waitSignal(chart.activated) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == ["2019", "2020-03"]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.highlighted() == ("2019", "2020-12")
    qtbot.keyClick(chart, forth)
    assert chart.highlighted() == ("2019", "2020-12"), "it stops at the end"
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.highlighted() == ("2019", "2020-01")


def test_the_keyboard_skips_missing_values(qtbot: QtBot) -> None:
    chart = shown(qtbot, LineChart, ChartData(MONTHS[:4], (Series("a", "", (1, None, None, 4)),)))
    assert len(chart.marks()) == 2
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.highlighted() == ("a", "2020-01")
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.highlighted() == ("a", "2020-04")


@KINDS
def test_hovering_shows_a_value_in_words(qtbot: QtBot, kind: type[Chart]) -> None:
    chart = shown(qtbot, kind, YEAR, (640, 600))
    before = chart.grab().toImage()
    qtbot.mouseMove(chart, chart.marks()[3].shape.center().toPoint())
    assert chart.is_lit(chart.marks()[3].series, chart.marks()[3].category)
    assert chart.grab().toImage() != before


@KINDS
def test_the_bubble_stays_within_the_chart(qtbot: QtBot, kind: type[Chart]) -> None:
    chart = shown(qtbot, kind, LONG, (320, 260))
    for mark in chart.marks():
        box = chart._bubble_place(mark, 200, 60)
        assert QRectF(chart.rect()).contains(box)


# ---- looks


@KINDS
def test_an_empty_chart_says_so(qtbot: QtBot, kind: type[Chart]) -> None:
    for data in (
        ChartData(),
        ChartData(MONTHS, (Series("a", "", (0,) * 12),)),
        ChartData(MONTHS[:1], (Series("a", "", (None,)),)),
    ):
        chart = shown(qtbot, kind, data)
        assert chart.marks() == []
        assert chart.accessibleDescription() == "本期没有可显示的数据"
        assert len(colors(chart.grab().toImage())) > 2, "words are painted"
        qtbot.keyClick(chart, Qt.Key.Key_Return)
        assert chart.highlighted() is None


@KINDS
def test_series_are_painted_in_their_colours(qtbot: QtBot, kind: type[Chart]) -> None:
    found = colors(shown(qtbot, kind, YEAR, (640, 600)).grab().toImage())
    assert {theme.LIGHT.series[0], theme.LIGHT.series[1]} <= found


@KINDS
def test_a_change_of_theme_repaints(qtbot: QtBot, kind: type[Chart]) -> None:
    chart = shown(qtbot, kind, YEAR, (640, 600))
    theme.set_mode("dark")
    found = colors(chart.grab().toImage())
    theme.set_mode("light")
    assert theme.DARK.series[0] in found and theme.LIGHT.series[0] not in found


@pytest.mark.parametrize("kind", [BarChart, LineChart])
@pytest.mark.parametrize("data", [YEAR, LONG], ids=["months", "long names"])
@pytest.mark.parametrize("size", [(320, 180), (480, 260), (1200, 400)])
def test_labels_of_an_axis_never_overlap(
    qtbot: QtBot, kind: type[Chart], data: ChartData, size: tuple[int, int]
) -> None:
    chart = shown(qtbot, kind, data, size)
    axes = chart.axes(chart._body(QRectF(chart.rect())))  # type: ignore[attr-defined]
    apart = axes.slot * axes.step
    if axes.slanted:
        assert apart * 2**-0.5 >= metrics("small").height(), "slanted lines of text lie side by side"
        assert axes.center(0) + 3 - axes.label_width * 2**-0.5 >= 0, "the first label begins within the chart"
    else:
        widest = max(metrics("small").horizontalAdvance(category.label) for category in data.categories)
        assert apart >= widest + 4
    assert axes.inner.height() >= 40, "the values have room"


def test_a_lying_chart_grows_with_its_rows(qtbot: QtBot) -> None:
    many = ChartData(tuple(Category(str(n), f"案由{n}") for n in range(30)), (Series("a", "", (5,) * 30),))
    chart = shown(qtbot, HBarChart, many, (400, 100))
    assert chart.height() >= 30 * 20
    tops = [mark.shape.top() for mark in chart.marks()]
    assert min(below - above for above, below in pairwise(tops)) >= metrics("small").height()


@KINDS
def test_charts_print_on_any_device(qtbot: QtBot, kind: type[Chart], tmp_path) -> None:
    chart = shown(qtbot, kind, YEAR)
    theme.set_mode("dark")
    picture = QImage(1600, 1000, QImage.Format.Format_RGB32)
    picture.fill("#ffffff")
    picture.setDotsPerMeterX(round(300 / 0.0254))
    picture.setDotsPerMeterY(round(300 / 0.0254))
    chart.print_on(picture)
    theme.set_mode("light")
    assert theme.LIGHT.series[0] in colors(picture), "paper is always light"
    path = tmp_path / "chart.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    chart.print_on(writer)
    del writer
    assert path.stat().st_size > 3000


def colors(image: QImage) -> set[str]:
    """The colours of a picture, every second pixel looked at."""
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    }
