"""Where an import stands: its steps in a row, the one in hand marked by weight and a sign."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tracker.i18n import N_, _
from tracker.ui import theme, widgets

FILE, COLUMNS, WORDS, ROWS, DONE = range(5)
NAMES = (N_("File"), N_("What the columns mean"), N_("Words"), N_("Rows"), N_("Done"))


class Steps(QWidget):
    """The steps, not to be clicked: Esc goes back, the button at the bottom on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        self.labels: list[QLabel] = []
        for n, _name in enumerate(NAMES):
            if n:
                row.addWidget(widgets.Caption("›"))
            label = QLabel()
            self.labels.append(label)
            row.addWidget(label)
        row.addStretch(1)
        self.show_step(FILE)

    def show_step(self, step: int) -> None:
        """Mark the step in hand; those before it are done."""
        for n, (label, name) in enumerate(zip(self.labels, NAMES, strict=True)):
            sign = "✓" if n < step else str(n + 1)
            label.setText(f"{sign} {_(name)}")
            label.setProperty("role", "strong" if n == step else "muted")
            theme.restyle(label)
        text = _("Step {n} of {all}: {name}").format(n=step + 1, all=len(NAMES), name=_(NAMES[step]))
        self.setAccessibleName(text)
