"""Our line icons, tinted from the theme while painted, so that they follow light and dark by themselves."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tracker.paths import resources
from tracker.ui import theme

FIXED = frozenset({"arrow_down", "arrow_up", "tick"})  # parts of the style sheet, with colours of their own


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in (resources() / "icons").glob("*.svg") if path.stem not in FIXED)


@cache
def icon(name: str, role: str = "text_muted") -> QIcon:
    """The icon in the colour of a theme's role (`on_accent` on primary buttons); KeyError if unknown."""
    _source(name)
    return QIcon(_Engine(name, role))


def pixmap(name: str, size: int, color: str, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `size` logical pixels in one colour (`#rrggbb`)."""
    result = _drawn(name, color, max(1, round(size * ratio)))
    copy = QPixmap(result)
    copy.setDevicePixelRatio(ratio)
    return copy


@cache
def _source(name: str) -> str:
    path = resources() / "icons" / f"{name}.svg"
    if name in FIXED or not path.is_file():
        raise KeyError(f"no icon named {name!r}; there are: {', '.join(names())}")
    return path.read_text(encoding="utf-8")


@cache
def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return result


class _Engine(QIconEngine):
    """Draws at the size and in the colour wanted at that moment; Qt keeps no copy."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(corner, pixmap(self._name, side, self._color(mode, state), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), self._color(mode, state))

    def scaledPixmap(  # noqa: N802 (Qt's name)
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is in logical pixels (tried with 6.8 and 6.12); `scale` is device pixels for each of them."""
        return pixmap(self._name, min(size.width(), size.height()), self._color(mode, state), scale)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        now = theme.current()
        if mode == QIcon.Mode.Disabled:
            return now.text_disabled
        if mode == QIcon.Mode.Selected or state == QIcon.State.On:
            return now.accent_text
        return str(getattr(now, self._role))
