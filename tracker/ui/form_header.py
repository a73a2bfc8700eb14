"""The head and foot of a form: which record, whether it is saved, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.ui import theme, widgets
from tracker.ui.keys import Form

WIDE = 860  # pixels, from which on the foot has room for the keys
SAVED_MS = 6000  # how long "saved" stays


class FormHeader(QWidget):
    """Number and kind of the record, its state, and the three buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.title = widgets.ElidedLabel()
        theme.set_property(self.title, "role", "title")
        self.kind = widgets.Caption()
        self.related = widgets.button("", quiet=True)
        self.related.setProperty("note", True)
        Form.related.tell(self.related)
        self.related.setAutoDefault(False)
        self.related.hide()
        self.state_icon = widgets.Icon("check", 16, "positive")
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.save = widgets.button(_("Save"), "save", primary=True)
        self.save_next = widgets.button(_("Save and next"), "add")
        self.close_button = widgets.button(_("Close"), quiet=True)
        keys = {self.save: Form.save, self.save_next: Form.save_next, self.close_button: Form.close}
        for button, key in keys.items():
            key.tell(button)
            button.setAutoDefault(False)  # the form presses it on Enter, so that Ctrl+Enter stays its own
        self._pause = QTimer(self, singleShot=True, interval=SAVED_MS)
        self._pause.timeout.connect(self.say_nothing)
        self._arrange()
        self.say_nothing()

    def _arrange(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        below = QHBoxLayout()  # what leads elsewhere stands here, so that the number above stays whole
        below.setSpacing(theme.S)
        below.addWidget(self.kind)
        below.addWidget(self.related)
        below.addStretch(1)
        names.addLayout(below)
        self.kind.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        row.setSpacing(theme.S)
        row.addLayout(names, 1)
        for widget in (
            self.state_icon,
            self.state,
            self.close_button,
            self.save_next,
            self.save,
        ):
            row.addWidget(widget)

    def name(self, title: str, kind: str) -> None:
        """Say which record this is."""
        self.title.set_whole(title)
        self.kind.setText(kind)

    def say_related(self, count: int) -> None:
        """Say how many records are related with this one."""
        self.related.setText(_("Related: {count}").format(count=f"{count:,}"))
        self.related.setVisible(count > 0)

    def say_saved(self, text: str) -> None:
        """Say for a while that the record is safe."""
        self._say("positive", text)
        self.state_icon.show()
        self._pause.start()

    def say_unsaved(self) -> None:
        """Say that something is not saved yet."""
        self._pause.stop()
        self.state_icon.hide()
        self._say("muted", _("Not saved yet"))

    def say_refused(self, text: str) -> None:
        """Say that it was not saved, and why."""
        self._pause.stop()
        self.state_icon.hide()
        self._say("problem", text)

    def say_nothing(self) -> None:
        """Say nothing about saving."""
        self._pause.stop()
        self.state_icon.hide()
        self.state.hide()

    def _say(self, role: str, text: str) -> None:
        theme.set_property(self.state, "role", role)
        self.state.setText(text)
        self.state.show()


class FormFooter(QWidget):
    """Who entered and changed the record, and which keys do what."""

    def __init__(self) -> None:
        super().__init__()
        self.history = widgets.ElidedLabel()
        theme.set_property(self.history, "role", "muted")
        self.keys = QLabel(
            _(
                "{enter}: next to fill in · {tab}: next field · {save}: save · {save_next}: save and next"
            ).format(**Form.names())
        )
        theme.set_property(self.keys, "role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XL, theme.S, theme.XL, theme.S)
        row.setSpacing(theme.XL)
        self.history_button = widgets.button(_("History …"), "history", quiet=True)
        self.history_button.setProperty("note", True)
        self.history_button.setAutoDefault(False)
        Form.history.tell(self.history_button)
        row.addWidget(self.history_button)
        row.addWidget(self.history, 1)
        row.addWidget(self.keys)

    def hold_still(self) -> None:
        """Name no key that saves."""
        self.keys.setText(_("{tab}: next field · {close}: close").format(**Form.names()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Where it is narrow, who changed the record matters more than the keys."""
        super().resizeEvent(event)
        self.keys.setVisible(self.width() >= WIDE)
