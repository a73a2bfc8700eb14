"""Files and pictures that come by the mouse or the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tracker.i18n import _
from tracker.operations.attachments import Incoming


def incoming(data: QMimeData) -> list[Incoming]:
    """The files that it names, else the picture that it holds as a PNG."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return [Incoming(path.name, path) for path in paths]
    picture = data.imageData() if data.hasImage() else None
    return [pasted(picture)] if isinstance(picture, QImage) and not picture.isNull() else []


def pasted(picture: QImage, now: datetime | None = None) -> Incoming:
    """A picture as a file named by the time."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, Qt refuses them
    name = _("Picture {time}").format(time=f"{now or datetime.now():%Y-%m-%d %H%M%S}")
    return Incoming(f"{name}.png", content=bytes(buffer.data().data()))


class FileDrop(QObject):
    """Lets files be dropped anywhere on a widget, also on its lines of text, which would take their names."""

    def __init__(self, on: QWidget, within: QWidget, taken: Callable[[list[Incoming]], object]) -> None:
        super().__init__(on)
        self._taken = taken
        on.setAcceptDrops(True)
        boxes = [box.viewport() for box in within.findChildren(QPlainTextEdit)]
        for widget in (on, *within.findChildren(QLineEdit), *boxes):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if isinstance(event, QDragMoveEvent) and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            files = incoming(event.mimeData())
            if files:
                event.acceptProposedAction()
                self._taken(files)
            return bool(files)
        return False
