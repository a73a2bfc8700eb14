"""What belongs to this computer rather than the file: last file, language, look, column widths and orders."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


class State:
    """A small JSON file of named values; unreadable it counts as empty, unwritable it is kept in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            self._values = read if isinstance(read, dict) else {}
        except (OSError, ValueError):
            pass  # first start, or a file that someone else wrote: begin anew

    def get(self, key: str, default: Any = None) -> Any:
        """A remembered value."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember a value (JSON types only), at once."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(self._values, indent=1), encoding="utf-8")  # a path may be no text
            os.replace(fresh, self.path)
        except OSError:
            pass  # a full or read-only disk must not stop the work; it is only forgotten
