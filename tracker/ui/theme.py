"""The one place of colours, spacing and fonts: two palettes, one style sheet, followed live.

`install(app)` once at start; `current()` while painting; connect `changed` to `update` where a widget paints.
Style-sheet properties: buttons `primary`, `quiet`, `danger`; editors `problem`; item views `nav`, `popup`;
labels `role` = small | muted | strong | title | figure | problem; frames `card`.
After changing such a property on a living widget call `restyle(widget)`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import cache
from string import Template
from typing import Literal

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tracker.paths import resources

Mode = Literal["system", "light", "dark"]
FontRole = Literal["small", "body", "strong", "title", "figure"]

XS, S, M, L, XL = 4, 8, 12, 16, 24  # spacing, in logical pixels
RADIUS = 6
ROW_HEIGHT = 30
SIZES: dict[str, int] = {"small": 12, "body": 14, "strong": 14, "title": 18, "figure": 28}  # logical pixels
WEIGHTS = {"strong": QFont.Weight.DemiBold, "title": QFont.Weight.DemiBold, "figure": QFont.Weight.DemiBold}
FAMILIES = (  # the first ones present are used; Chinese first, since Latin letters look right in all of them
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)


@dataclass(frozen=True)
class Theme:
    """Named roles of one colour scheme, each `#rrggbb`; a `_soft` one is a background for its strong one."""

    dark: bool
    window: str
    surface: str
    sunken: str
    hover: str
    border: str
    border_input: str
    text: str
    text_muted: str
    text_disabled: str
    placeholder: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    accent_soft: str
    on_accent: str
    positive: str
    positive_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    selection: str
    on_selection: str
    focus: str
    scroll: str
    series: tuple[str, ...]

    def color(self, role: str) -> QColor:
        """The colour of a role; an unknown role raises AttributeError."""
        return QColor(getattr(self, role))

    def series_color(self, index: int) -> QColor:
        """The colour of the index-th series of a chart; the second one is quiet, for last year."""
        return QColor(self.series[index % len(self.series)])


LIGHT = Theme(
    dark=False,
    window="#f4f5f7",
    surface="#ffffff",
    sunken="#eceef2",
    hover="#e9ecf1",
    border="#dde1e7",
    border_input="#b3bac6",
    text="#1b2330",
    text_muted="#566173",
    text_disabled="#98a1ae",
    placeholder="#6b7585",
    accent="#1f5fbf",
    accent_hover="#1a53a8",
    accent_pressed="#16468f",
    accent_text="#1a56b0",
    accent_soft="#e4edfa",
    on_accent="#ffffff",
    positive="#17724a",
    positive_soft="#e1f3e9",
    warning="#805300",
    warning_soft="#fcf0d4",
    danger="#b02424",
    danger_soft="#fce8e7",
    selection="#d9e6fa",
    on_selection="#12294d",
    focus="#2f6fd0",
    scroll="#b9c0cb",
    series=("#2f6fd0", "#8395ae", "#24906f", "#b87a1a", "#8460bd", "#c4506a"),
)

DARK = Theme(
    dark=True,
    window="#16191e",
    surface="#1e2228",
    sunken="#12151a",
    hover="#282e36",
    border="#323842",
    border_input="#535d6b",
    text="#e6e9ee",
    text_muted="#a6b0be",
    text_disabled="#687281",
    placeholder="#8b95a3",
    accent="#2f6bcb",
    accent_hover="#3873d2",
    accent_pressed="#285db2",
    accent_text="#8ab6ff",
    accent_soft="#22334d",
    on_accent="#ffffff",
    positive="#62cf96",
    positive_soft="#17352a",
    warning="#f0bb52",
    warning_soft="#392e16",
    danger="#ff8f8f",
    danger_soft="#422324",
    selection="#2a4268",
    on_selection="#f2f6fd",
    focus="#6ea3f5",
    scroll="#4a5361",
    series=("#5b95ec", "#76859a", "#4dbb9b", "#dca64a", "#a786da", "#de7c90"),
)


class _Installed(QObject):
    """What is installed, and the word that it changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.mode: Mode = "system"

    def follow(self) -> None:
        """The system's scheme changed: apply it unless the user chose one."""
        if self.mode == "system":
            apply()


_installed = _Installed()
changed = _installed.changed


def install(app: QApplication, mode: Mode = "system") -> None:
    """Give the application our style, fonts and palette, and keep following the system's scheme."""
    if not app.styleSheet():  # else it is ours already
        QDir.setSearchPaths("icons", [str(resources() / "icons")])
        app.setStyle("Fusion")
        app.setFont(font("body"))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(_installed.follow, Qt.ConnectionType.UniqueConnection)
    set_mode(mode)


def set_mode(mode: Mode) -> None:
    """Force a scheme, or follow the system's, from now on (window frames follow where the platform can)."""
    _installed.mode = mode
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(mode, Qt.ColorScheme.Unknown)
    _application().styleHints().setColorScheme(scheme)
    apply()


def mode() -> Mode:
    """The mode chosen, which may be "system"."""
    return _installed.mode


def current() -> Theme:
    """The theme in use; ask anew at each painting."""
    return _installed.theme


def apply() -> None:
    """Put palette and style sheet of the wanted scheme on the application and tell whoever paints.

    Nothing is done where they are there already: each widget there is would be polished anew, which takes a while.
    """
    app = _application()
    dark = _installed.mode == "dark"
    if _installed.mode == "system":
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    wanted = DARK if dark else LIGHT
    if wanted is _installed.theme and app.styleSheet():
        return
    _installed.theme = wanted
    app.setPalette(palette(_installed.theme))
    app.setStyleSheet(style_sheet(_installed.theme))
    _installed.changed.emit()


def font(role: FontRole = "body") -> QFont:
    """The font of a role; digits of all but running text have one width, so that columns of figures align."""
    result = QFont(QApplication.font())
    if families := _present():
        result.setFamilies(families)
    result.setPixelSize(SIZES[role])
    result.setWeight(WEIGHTS.get(role, QFont.Weight.Normal))
    if role == "figure":
        result.setFeature(QFont.Tag("tnum"), 1)
    return result


def palette(theme: Theme) -> QPalette:
    """Qt's palette from our roles, for whatever the style sheet leaves to Fusion."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    result = QPalette(theme.color("window"))
    colours = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.PlaceholderText: "placeholder",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "danger",
        role.Highlight: "selection",
        role.HighlightedText: "on_selection",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Accent: "accent",
    }
    for key, name in colours.items():
        result.setColor(key, theme.color(name))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(group.Disabled, key, theme.color("text_disabled"))
    return result


def style_sheet(theme: Theme) -> str:
    """`resources/style.qss` with the theme's colours and sizes filled in; KeyError for an unknown name."""
    names = {key: str(value) for key, value in asdict(theme).items()}
    names |= {f"size_{key}": f"{value}px" for key, value in SIZES.items()}
    names |= {"radius": f"{RADIUS}px"}
    return Template((resources() / "style.qss").read_text(encoding="utf-8")).substitute(names)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet anew after one of the widget's properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a style-sheet property and show it at once; nothing happens when it has that value already."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def roles() -> list[str]:
    """The names of all single colours of a theme."""
    return [field.name for field in fields(Theme) if field.name not in ("dark", "series")]


@cache
def _present() -> list[str]:
    return [name for name in FAMILIES if QFontDatabase.hasFamily(name)]


def _luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("theme needs a QApplication")
    return app
