"""What was done about a password and what became of the backups, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tracker.i18n import _, ngettext
from tracker.operations.passwords import CHANGED, SET, Copies, Protection

NAMED = 6
"""So many backups are named one by one."""


def done_told(done: Protection) -> str:
    """What was done to the file."""
    said = {SET: _("The file has a password now."), CHANGED: _("The file has another password now.")}
    return said.get(done.what, _("The file has no password any more: anybody who has it can read it."))


def _where(paths: Sequence[Path]) -> Iterator[str]:
    """Where files lie: each of a few, else their folders."""
    if len(paths) <= NAMED:
        yield from (f"  {path}" for path in paths)
        return
    for folder, count in Counter(path.parent for path in paths).items():
        text = ngettext("{n} backup in {folder}", "{n} backups in {folder}", count)
        yield "  " + text.format(n=f"{count:,}", folder=folder)


def copies_told(copies: Copies) -> Iterator[str]:
    """What became of the backups, and where those lie that are not under the file's password."""
    if copies.done:
        text = ngettext("{n} backup has it as well.", "{n} backups have it as well.", copies.done)
        yield text.format(n=f"{copies.done:,}")
    yield from _readable_told(copies)
    if copies.earlier:
        yield _("These backups keep the password that they were made with:")
        yield from _where(copies.earlier)
    if copies.away:
        text = (
            _(
                "The second place {folder} is not there now: backups in it keep the password they were made with."
            )
            if copies.sealed
            else _(
                "The second place {folder} is not there now. Connect it: backups in it are encrypted when the "
                "file is opened next."
            )
        )
        yield text.format(folder=copies.away)


def _readable_told(copies: Copies) -> Iterator[str]:
    if copies.readable:
        yield _("Anybody can still read these backups; encrypt or destroy them:")
        yield from _where(copies.readable)


def made_up_told(copies: Copies) -> Iterator[str]:
    """What was made up for of a change of the password that had ended halfway."""
    if copies.done:
        text = ngettext(
            "{n} backup could still be read without the password, and is encrypted now. "
            "Is there no recovery key for this file? Then change the password once more.",
            "{n} backups could still be read without the password, and are encrypted now. "
            "Is there no recovery key for this file? Then change the password once more.",
            copies.done,
        )
        yield text.format(n=f"{copies.done:,}")
    yield from _readable_told(copies)
