"""Colours are readable, every icon draws, and light and dark are switched live."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from tracker.ui import icons, theme, widgets
from tracker.ui.theme import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
TEXT = [  # (text, background): WCAG AA wants 4.5
    ("text", "window"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "hover"),
    ("text", "accent_soft"),
    ("text_muted", "window"),
    ("text_muted", "surface"),
    ("text_muted", "sunken"),
    ("placeholder", "surface"),
    ("accent_text", "window"),
    ("accent_text", "surface"),
    ("accent_text", "accent_soft"),
    ("accent_text", "hover"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_selection", "selection"),
    ("positive", "surface"),
    ("positive", "positive_soft"),
    ("warning", "surface"),
    ("warning", "warning_soft"),
    ("danger", "surface"),
    ("danger", "window"),
    ("danger", "danger_soft"),
]
EDGES = [
    ("focus", "window"),
    ("focus", "surface"),
    ("danger", "surface"),
    ("accent", "surface"),
]  # AA wants 3


@pytest.fixture
def app(qapp: QApplication):
    theme.install(qapp, "light")
    yield qapp
    theme.set_mode("light")


@THEMES
@pytest.mark.parametrize(("text", "background"), TEXT)
def test_text_is_readable(look: Theme, text: str, background: str) -> None:
    assert theme.contrast(getattr(look, text), getattr(look, background)) >= 4.5


@THEMES
@pytest.mark.parametrize(("edge", "background"), EDGES)
def test_edges_that_mean_something_are_seen(look: Theme, edge: str, background: str) -> None:
    assert theme.contrast(getattr(look, edge), getattr(look, background)) >= 3


@THEMES
def test_series_of_charts_are_seen(look: Theme) -> None:
    assert all(theme.contrast(color, look.surface) >= 3 for color in look.series)


def test_contrast_knows_the_extremes() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#777777") == 1


def test_forced_modes_change_palette_and_tell(app: QApplication, qtbot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.current() is DARK
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("light")
    assert app.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def test_a_forced_mode_ignores_the_system(app: QApplication) -> None:
    theme.set_mode("dark")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current() is DARK


def test_system_mode_follows_the_system_live(app: QApplication, qtbot) -> None:
    theme.set_mode("dark")
    theme._installed.mode = "system"
    with qtbot.waitSignal(theme.changed):
        app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current() is (DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT)


def test_a_living_widget_is_repainted(app: QApplication, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(100, 30)
    middle = field.rect().center()
    assert field.grab().toImage().pixelColor(middle).name() == LIGHT.surface
    theme.set_mode("dark")
    assert field.grab().toImage().pixelColor(middle).name() == DARK.surface


def test_a_problem_gets_a_danger_border(app: QApplication, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(100, 30)
    assert LIGHT.danger not in _colors(field)
    widgets.set_problem(field, True)
    assert LIGHT.danger in _colors(field)
    widgets.set_problem(field, False)
    assert LIGHT.danger not in _colors(field)


def test_a_primary_button_has_the_accent(app: QApplication, qtbot) -> None:
    push = widgets.button("Save", "save", primary=True)
    qtbot.addWidget(push)
    push.resize(120, 32)
    assert LIGHT.accent in _colors(push)


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_in_the_colour_asked(app: QApplication, name: str) -> None:
    image = icons.pixmap(name, 40, "#ff0000").toImage()
    pixels = [image.pixelColor(x, y) for x in range(40) for y in range(40)]
    inked = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert inked and all(pixel.red() > 240 and pixel.green() < 15 for pixel in inked)
    edge = [image.pixelColor(x, y) for x in range(40) for y in range(40) if {x, y} & {0, 39}]
    assert not any(pixel.alpha() for pixel in edge), "the drawing is clipped"


def test_an_unknown_icon_is_an_error(app: QApplication) -> None:
    with pytest.raises(KeyError, match="no icon named 'nonsense'"):
        icons.icon("nonsense")


def test_icons_follow_the_theme_and_dim_when_disabled(app: QApplication) -> None:
    save = icons.icon("save", "text")
    assert _ink(save) == LIGHT.text
    assert _ink(save, QIcon.Mode.Disabled) == LIGHT.text_disabled
    theme.set_mode("dark")
    assert _ink(save) == DARK.text


def test_icons_survive_copies_and_collection(app: QApplication) -> None:
    copies = [QIcon(icons.icon("add")) for _ in range(50)]
    buttons = [QPushButton(copy, "x") for copy in copies]
    del copies
    gc.collect()
    assert all(not push.icon().pixmap(QSize(20, 20)).isNull() for push in buttons)


def test_pixmaps_are_sharp_on_dense_screens(app: QApplication) -> None:
    picture = icons.icon("add").pixmap(QSize(20, 20), 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (40, 2.0)


def _colors(widget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def _ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    image = icon.pixmap(QSize(20, 20), 1.0, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
    return max(pixels, key=lambda pixel: pixel.alpha()).name()
