"""Why records that frozen figures count change: asked of the clerk in one line, with the records named."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tracker.i18n import _, ngettext
from tracker.schema.catalogue import Catalogue
from tracker.ui import theme, widgets
from tracker.ui.keys import Question

NAMED = 8
"""So many records are named, each in a line."""
LONGEST = 200

Records = tuple[tuple[str, str, str], ...]


class ReasonDialog(QDialog):
    """Enter goes on with the change once something is written, Esc goes back."""

    def __init__(
        self,
        catalogue: Catalogue,
        records: Records,
        parent: QWidget | None = None,
        *,
        title: str = "",
        text: str = "",
        action: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or _("Frozen figures"))
        self.setMinimumWidth(520)
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Reason"))
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText(_("e.g. correction after an internal audit"))
        self.line.textChanged.connect(lambda _text: self._show_state())
        self.go_on = widgets.button(action or _("Change with this reason"), "check", primary=True)
        Question.take.tell(self.go_on, _("Save the change together with the reason"))
        self.go_on.clicked.connect(self.accept)
        self.line.returnPressed.connect(self.go_on.click)
        self.back = widgets.button(_("Go back"))
        Question.back.tell(self.back, _("Change nothing; what was typed stays"))
        self.back.clicked.connect(self.reject)
        self._lay_out(text or _what(len(records)), _named(catalogue, records))
        self._show_state()
        self.line.setFocus()

    def _lay_out(self, text: str, named: list[str]) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        head.addWidget(widgets.Icon("lock", 24, "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        words = widgets.Heading(text, role="strong")
        words.setWordWrap(True)
        head.addWidget(words, 1)
        label = QLabel(_("Reason"))
        label.setBuddy(self.line)
        asked = QHBoxLayout()
        asked.setSpacing(theme.M)
        asked.addWidget(label)
        asked.addWidget(self.line, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(head)
        if named:
            self.records = widgets.Caption("\n".join(named))
            self.records.setContentsMargins(24 + theme.M, 0, 0, 0)
            column.addWidget(self.records)
        column.addLayout(asked)
        column.addStretch(1)
        column.addLayout(buttons)

    def reason(self) -> str:
        """What was written."""
        return self.line.text().strip()

    def _show_state(self) -> None:
        self.go_on.setEnabled(bool(self.reason()))


def _what(count: int) -> str:
    return ngettext(
        "{n} record is counted by frozen figures. Why does it change?",
        "{n} records are counted by frozen figures. Why do they change?",
        count,
    ).format(n=f"{count:,}")


def _named(catalogue: Catalogue, records: Records) -> list[str]:
    """The first records, one a line, and how many more there are."""
    titles = {ledger.name: ledger.title() for ledger in catalogue.ledgers}
    lines = [
        _("{ledger} {number}").format(ledger=titles.get(name, name), number=number)
        for name, _uid, number in records[:NAMED]
    ]
    more = len(records) - NAMED
    if more > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=f"{more:,}"))
    return lines


def ask_reason(catalogue: Catalogue, records: Records) -> str:
    """Ask over the window in front; empty where the clerk goes back."""
    front = QApplication.activeModalWidget() or QApplication.activeWindow()
    if front and not front.isVisible():  # a question just answered, which is about to go
        front = front.parentWidget()
    dialog = ReasonDialog(catalogue, records, front)
    reason = dialog.reason() if dialog.exec() else ""
    dialog.deleteLater()
    return reason
