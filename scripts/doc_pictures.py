"""Make the pictures of README and manual: docs/pictures/*.png, in Chinese, 1280x720, each below 200 kB."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported
os.environ["CASE_TRACKER_CLERK"] = "赵敏"  # who entered the demonstration, as the form tells
sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPixmap

from scripts import pictures
from tracker import i18n
from tracker.ui import theme
from tracker.ui.tour_pictures import application

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = QSize(1280, 720)
MADE = (
    ("main", "manual_list", "light"),
    ("today", "today", "light"),
    ("calendar", "calendar", "light"),
    ("form", "manual_form", "light"),
    ("statistics", "page_statistics", "light"),
    ("import", "import_problems", "light"),
    ("dark", "statistics_parts", "dark"),
)
"""Name of the file, screen, mode."""


def few_colours(picture: QPixmap) -> QImage:
    """The same with its 256 commonest colours, others as the nearest of these: half as many bytes."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    counts = Counter(pixels)
    table = [colour for colour, _count in counts.most_common(256)]
    known = {colour: place for place, colour in enumerate(table)}
    places = {colour: known.get(colour, _nearest(colour, table)) for colour in counts}
    width, height = image.width(), image.height()
    result = QImage(bytes(places[p] for p in pixels), width, height, width, QImage.Format.Format_Indexed8)
    result.setColorTable(table)
    return result.copy()


def _nearest(colour: int, table: list[int]) -> int:
    def distance(place: int) -> int:
        other = table[place]
        return sum(((colour >> bits & 255) - (other >> bits & 255)) ** 2 for bits in (0, 8, 16))

    return min(range(len(table)), key=distance)


def main() -> int:
    app = application()
    i18n.use("zh_CN")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, screen, mode in MADE:
        theme.set_mode("dark" if mode == "dark" else "light")
        path = FOLDER / f"{name}.png"
        if not few_colours(pictures.taken(app, screen, SIZE)).save(str(path), "PNG", 0):
            raise OSError(f"cannot write {path}")
        print(f"{path.relative_to(FOLDER.parent.parent)}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
