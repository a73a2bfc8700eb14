"""Pictures of every screen.

    python scripts/pictures.py OUT [--only NAME] [--lang zh_CN] [--mode light] [--size 1280x720]

The screens stand in scripts/screens_*.py; each is built anew for each language, since texts are translated when a
widget is made. Without options: both languages, both modes, two sizes.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from itertools import product
from pathlib import Path

# Before Qt is imported: a screen as large as the largest picture; on its own of 800 by 800 menus miss their buttons
os.environ.setdefault(
    "QT_QPA_PLATFORM", f"offscreen:configfile={os.path.relpath(Path(__file__).with_name('screen.json'))}"
)
sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import QEvent, QLibraryInfo, QPoint, QSize, Qt, QTimer, QTranslator
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from scripts.screens import SCREENS, step_of
from tracker import i18n
from tracker.ui import theme
from tracker.ui.tour_pictures import application

for module in sorted(Path(__file__).parent.glob("screens_*.py")):  # importing them registers their screens
    import_module(f"scripts.{module.stem}")

OPENING_MS = 60
"""So long a step may take to open what it opens."""
SETTLING = 4
"""So many rounds of events layouts within layouts take until each is as high as what it holds."""


def taken(app: QApplication, name: str, size: QSize) -> QPixmap:
    """Build a screen in the language and mode in use; its picture."""
    widget = SCREENS[name].make(app)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    if SCREENS[name].whole:
        widget.resize(size)
    widget.show()
    app.processEvents()
    result: list[QPixmap] = []

    def take() -> None:
        for _round in range(SETTLING):
            app.processEvents()
        result.append(whole_picture(widget, size))
        close_others(widget)

    QTimer.singleShot(OPENING_MS, take)
    step_of(widget)()
    while not result:
        app.processEvents()
    widget.hide()  # not closed, which may ask
    widget.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return result[0]


def whole_picture(widget: QWidget, size: QSize) -> QPixmap:
    """The widget and what is open over it, on a canvas of that size."""
    result = QPixmap(size)
    result.fill(QColor(theme.current().sunken))
    painter = QPainter(result)
    spare = size - widget.size()
    origin = QPoint(spare.width() // 2, spare.height() // 2)
    painter.drawPixmap(origin, widget.grab())
    for other in others(widget):
        _draw_over(painter, other, widget, size)
    painter.end()
    return result


def _draw_over(painter: QPainter, other: QWidget, widget: QWidget, size: QSize) -> None:
    """Dialogs in the middle and framed, everything else where it popped up."""
    at = other.mapToGlobal(QPoint()) - widget.mapToGlobal(QPoint())
    if isinstance(other, QDialog):
        spare = size - other.size()
        at = QPoint(spare.width() // 2, spare.height() // 2)
        painter.fillRect(0, 0, size.width(), size.height(), QColor(0, 0, 0, 60))
    painter.drawPixmap(at, other.grab())


def others(widget: QWidget) -> list[QWidget]:
    """What is open beside the widget."""
    return [each for each in QApplication.topLevelWidgets() if each is not widget and each.isVisible()]


def close_others(widget: QWidget) -> None:
    """Close dialogs and menus, those first that wait for an answer."""
    for other in others(widget):
        if isinstance(other, QDialog):
            other.done(0)
        else:
            other.close()


def speak(app: QApplication, language: str, own: QTranslator) -> None:
    """Our texts and those of Qt's own buttons in this language, as the program has them."""
    i18n.use(language)
    app.removeTranslator(own)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language == "zh_CN" and own.load("qtbase_zh_CN", folder):
        app.installTranslator(own)


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
    app, own = application(), QTranslator()
    sizes = options.size or ["1280x720", "1920x1080"]
    modes = options.mode or ["light", "dark"]
    for language, mode, size in product(options.lang or i18n.LANGUAGES, modes, sizes):
        speak(app, language, own)
        theme.set_mode(mode)
        for name in options.only or SCREENS:
            path = options.out / f"{name}-{language}-{mode}-{size}.png"
            if not taken(app, name, QSize(*map(int, size.split("x")))).save(str(path)):
                raise OSError(f"cannot write {path}")
            print(path, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
