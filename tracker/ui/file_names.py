"""Names proposed for the files that an office writes, as every file system takes them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from tracker.period import Period
from tracker.ui.state import State

FOLDER = "export_folder"
"""By which the folder last written to is remembered."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def proposed(office: str, period: Period, what: str, suffix: str) -> str:
    """Office, period and what it is, with the suffix."""
    parts = (office, period.label(), what)
    return "_".join(_UNSAFE.sub("-", part).strip(" .")[:60] for part in parts if part) + suffix


def chosen_folder(state: State) -> Path:
    """Where a file was last written to, else the documents, else the user's home."""
    kept = state.get(FOLDER)
    if isinstance(kept, str) and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()
