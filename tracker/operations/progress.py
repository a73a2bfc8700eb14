"""What long work reports to."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What long work reports to; it raises `Cancelled` when asked to stop."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """`done` of `total` pieces are finished (None: unknown)."""

    def check(self) -> None:
        """Only ask whether to stop."""


class Silent:
    """Reports to nobody and never stops."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Nothing."""

    def check(self) -> None:
        """Nothing."""


SILENT = Silent()
