"""A line that offers, while it is typed in, the records that a name may mean and what was typed before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tracker.operations.links import Offer
from tracker.schema.fields import Field, Link, Names
from tracker.ui.completion import PickLine
from tracker.ui.tasks import alive

Ask = Callable[[str, Callable[[list[str | Offer]], object]], object]
"""Looks up records that a text (first argument) may mean, and values that hold it; hands them on, now or later."""
ASK_MS = 60


class NameLine(PickLine):
    """Of several names the one being typed is completed. Only an arrow key or a click chooses one; a list that was
    closed stays so, though an answer for it may still be on its way."""

    def __init__(self, field: Field, ask: Ask | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._ask = field, ask
        self._marks = ";；、" if isinstance(field, Names) else ""
        self._expecting = False
        self._pause = QTimer(self, singleShot=True, interval=ASK_MS)
        self._pause.timeout.connect(self.look_up)
        self.textEdited.connect(self._typed)
        self.asked.connect(self.look_up)
        self.picked.connect(self._picked)

    def parts(self) -> tuple[str, str]:
        """What stands before the name being typed, and that name."""
        text = self.text()
        cut = max((text.rfind(mark) for mark in self._marks), default=-1) + 1
        return text[:cut], text[cut:].strip()

    def look_up(self) -> None:
        """Ask what the name may mean."""
        part = self.parts()[1]
        if self._ask and (part or isinstance(self._field, Link)):
            self._expecting = True
            self._ask(part, alive(self, self._found))
        else:
            self.close_list()

    def close_list(self) -> None:
        """Hide the list, and want no answer any more."""
        self._pause.stop()
        self._expecting = False
        super().close_list()

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _found(self, found: list[str | Offer]) -> None:
        part = self.parts()[1]
        wanted = self._expecting and self.hasFocus() and not self.composing
        if not wanted or not (part or isinstance(self._field, Link)):
            return
        known = {offer.called: offer.detail for offer in found if not isinstance(offer, str)}
        texts = [text for text in found if isinstance(text, str)]
        if isinstance(self._field, Names):
            texts = [
                name for text in texts for name in Names.split(text) if part.casefold() in name.casefold()
            ]
        names = [text for text in dict.fromkeys((*known, *texts)) if text != part and "\n" not in text]
        self.dropdown.offer([(name, name, known.get(name, "")) for name in names])

    def _picked(self, name: str) -> None:
        self.setText(self.parts()[0] + name)
        self.setModified(True)
