"""Names proposed for the files that an office writes, as every file system takes them."""

from __future__ import annotations

import re

from tracker.period import Period

FOLDER = "export_folder"
"""By which the folder last written to is remembered."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def proposed(office: str, period: Period, what: str, suffix: str) -> str:
    """Office, period and what it is, with the suffix."""
    parts = (office, period.label(), what)
    return "_".join(_UNSAFE.sub("-", part).strip(" .")[:60] for part in parts if part) + suffix
