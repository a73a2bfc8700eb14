"""A data file that a restore has set aside under another name, and what is told where one is gone altogether."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from tracker.i18n import _
from tracker.operations import backups
from tracker.operations.fresh import free_name


def name(path: Path) -> Path:
    """A free name beside a data file to set it aside under."""
    return free_name(path.with_name(f"{path.stem}.before-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}"))


def of(path: Path) -> list[Path]:
    """What was set aside of a data file, the oldest first; that itself need not be there."""
    wanted = re.compile(rf"{re.escape(path.stem)}\.before-\d{{8}}-\d{{6}}(-\d+)?{re.escape(path.suffix)}")
    return sorted(one for one in path.parent.glob("*.before-*") if wanted.fullmatch(one.name))


def gone(path: Path) -> str:
    """That a data file is not where it was last, and what of it still lies there."""
    told = [
        _(
            "{path}, the file of last time, is not there: was it moved or renamed, or is its disk not connected?"
        )
    ]
    kept, folder = of(path), backups.folder(path)
    if kept:  # a restore that was cut off between setting it aside and giving its name to the copy
        told.append(_("Beside it lies {file}, set aside by a restore."))
    if folder.is_dir():
        told.append(_("Its backups are in {folder}; one of them can be opened and kept as a data file."))
    return "\n".join(told).format(path=path, file=kept[-1].name if kept else "", folder=folder)
