"""The program's log: a small rotating file on this computer, for whoever looks into a defect."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "case-tracker.log"
BYTES, KEPT = 512 * 1024, 3


def start(folder: Path) -> Path | None:
    """Log from now on into `folder` (made here); None, and no log, where it cannot be written."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path
