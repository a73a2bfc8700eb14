"""One quiet line over the statistics: that the period is frozen, since when, and how much differs by now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.i18n import _, ngettext
from tracker.operations.freezing import Marks
from tracker.schema.indicator import Figure
from tracker.schema.values import minute
from tracker.ui import theme, widgets
from tracker.ui.freeze_text import differing


class FrozenLine(QWidget):
    """Hidden until `show_marks` has something to show; `opened` where the clerk would see the comparison."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = widgets.Icon("lock", 16)
        self.text = widgets.ElidedLabel()
        self.text.setProperty("role", "muted")
        self.compare = widgets.button(_("Compare with frozen"), quiet=True)
        self.compare.setToolTip(_("Frozen figures beside those of today, and the records that moved them"))
        self.compare.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.compare)
        self.hide()

    def show_marks(self, marks: Marks | None, figures: Mapping[str, Figure]) -> None:
        """Say what is frozen; nothing where nothing is."""
        self.setVisible(marks is not None)
        if marks is None:
            return
        freeze, moved = marks.freeze, differing(marks, figures)
        parts = [_("Frozen {at} by {clerk}").format(at=minute(freeze.at), clerk=freeze.clerk), freeze.note]
        parts.append(
            ngettext("{n} figure differs now", "{n} figures differ now", moved).format(n=f"{moved:,}")
            if moved
            else _("all figures are what was frozen")
        )
        self.text.set_whole(" · ".join(filter(None, parts)))
        self._icon.show_icon("lock", "warning" if moved else "text_muted")
