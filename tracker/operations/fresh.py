"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import UserError
from tracker.i18n import _

_SQLITE = b"SQLite format 3\0"


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` that takes its place or goes where the block fails. Raises UserError."""
    fresh = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(4)}{path.suffix}")
    with told(path):
        try:
            _refuse(path)
            yield fresh
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the disk refuses inside is told as a UserError about `path`."""
    try:
        yield
    except OSError as wrong:
        raise UserError(_fault(wrong, path)) from wrong


def _refuse(path: Path) -> None:
    """Raise UserError, or OSError for a name that is too long, where nothing can be written to `path`."""
    if path.is_dir():
        raise UserError(_("{path} is a folder; name a file in it.").format(path=path))
    if not path.parent.is_dir():
        raise UserError(
            _("There is no folder {path}; make it first or choose another.").format(path=path.parent)
        )
    if _is_data_file(path):
        text = _("{path} is a data file and is never written over; choose another name.")
        raise UserError(text.format(path=path))


def _is_data_file(path: Path) -> bool:
    """Whether it holds a database, or has the log of one beside it (an open file with a password is known by that)."""
    if not path.is_file():
        return False
    if path.with_name(f"{path.name}-wal").exists():
        return True
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _fault(wrong: OSError, path: Path) -> str:
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("The disk is full; {path} was not written. Free some space and try again.").format(path=path)
    if wrong.errno == errno.ENAMETOOLONG:
        return _("The name {path} is too long; choose a shorter one.").format(path=path)
    return _("{path} cannot be written; close it where it is open, or choose another folder.").format(
        path=path
    )


def free_name(path: Path) -> Path:
    """`path`, or where it is taken the same name with a number, such as `cases-2.db`."""
    taken, n = path, 1
    while taken.exists():
        n += 1
        taken = path.with_stem(f"{path.stem}-{n}")
    return taken
