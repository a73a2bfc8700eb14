"""What is put into the clipboard here, so that it can be taken out again."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

_put = [""]
"""What was put there last, until it is taken out."""


def put(text: str, html: str = "") -> None:
    """Put a text there, and the same as a table for spreadsheets."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setData("text/html", QByteArray(html.encode()))
    QGuiApplication.clipboard().setMimeData(data)
    _put[0] = text


def take_out(text: str) -> None:
    """Take a text out, where it is still the one that is there."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()


def empty() -> None:
    """Take out what was copied here, a recovery key or records; what another program put there since stays."""
    clipboard = QGuiApplication.clipboard()
    # Not every system tells whose it is.
    if clipboard.ownsClipboard() or (_put[0] and clipboard.text() == _put[0]):
        clipboard.clear()
    _put[0] = ""
