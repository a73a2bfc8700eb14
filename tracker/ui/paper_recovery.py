"""The sheet of a recovery key: the key in numbered groups, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter

from tracker.i18n import _
from tracker.ui.paper import INK, LINE, QUIET, Page, Paper, font

IN_A_ROW = 4
FIXED = ("Cascadia Mono", "Consolas", "DejaVu Sans Mono", "Noto Sans Mono", "Courier New")
ROW, HEAD = 54.0, 40.0
_WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class RecoveryPage(Page):
    """The one page; `size` is what is inside its margins."""

    title: str
    file: str
    day: str
    groups: tuple[str, ...]
    size: QSizeF

    def draw(self, painter: QPainter) -> None:
        """As `Page`."""
        width, at = self.size.width(), 0.0
        painter.setPen(INK)
        painter.setFont(font(20, strong=True))
        painter.drawText(QRectF(0, at, width, HEAD), int(Qt.AlignmentFlag.AlignLeft), self.title)
        at += HEAD
        for text in (f"{self.file}    {self.day}", _use()):
            painter.setFont(font(11))
            box = QRectF(0, at, width, 200)
            painter.drawText(box, _WRAP, text)
            at += painter.boundingRect(box, _WRAP, text).height() + 12
        at = self._draw_groups(painter, at + 8, width)
        painter.setPen(QUIET)
        painter.setFont(font(10))
        painter.drawText(QRectF(0, at + 16, width, 200), _WRAP, _keep())

    def _draw_groups(self, painter: QPainter, top: float, width: float) -> float:
        """Each group in its cell under its number; the height reached."""
        across = width / IN_A_ROW
        for n, group in enumerate(self.groups):
            cell = QRectF(n % IN_A_ROW * across, top + n // IN_A_ROW * ROW, across, ROW)
            painter.setPen(LINE)
            painter.drawRect(cell)
            painter.setPen(QUIET)
            painter.setFont(font(8))
            painter.drawText(cell.adjusted(5, 4, 0, 0), int(Qt.AlignmentFlag.AlignLeft), str(n + 1))
            painter.setPen(INK)
            painter.setFont(fixed(18))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), group)
        return top + -(-len(self.groups) // IN_A_ROW) * ROW


class RecoveryPaper(Paper):
    """Upright A4."""

    foot, turns = None, False

    def __init__(self, file: str, groups: Sequence[str]) -> None:
        self.title = _("Recovery key")
        self._file, self._groups = file, tuple(groups)

    def pages(self, size: QSizeF) -> Sequence[Page]:
        """As `Paper`."""
        day = date.today().isoformat()
        return [RecoveryPage(self.title, self._file, day, self._groups, size)]


def fixed(points: float) -> QFont:
    """A font in which 0 and O, 1 and l are told apart; its pixels are points."""
    result = QFont(font(points))
    result.setFamilies([*FIXED, *result.families()])
    result.setStyleHint(QFont.StyleHint.Monospace)
    return result


def _use() -> str:
    return _(
        "Opens the data file and its backups when the password is forgotten: type all sixteen groups where the "
        "password is asked for. The last digit of each group is a check, so that a mistyped one is found and named."
    )


def _keep() -> str:
    return _(
        "Whoever has this sheet and the file can read everything. Lock it away, not beside the computer. It is void as "
        "soon as the password is changed; destroy it then."
    )
