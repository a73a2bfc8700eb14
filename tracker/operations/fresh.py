"""Files written whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.db import keys, snapshots
from tracker.db.database import LOG, must_be_text
from tracker.errors import FULL, UserError
from tracker.i18n import _

_FORMATS = (b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")
"""How files of the kinds that we write or hand out begin: sheets and documents, PDF, pictures, old Office."""


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A name where nobody else may look, for what takes the place of `path` once it is whole. Raises UserError."""
    with told(path):
        _refuse(path)
        with snapshots.unseen(path.parent) as folder:
            yield folder / path.name
            snapshots.settle(folder / path.name, path)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the disk refuses inside is told as a UserError about `path`."""
    try:
        yield
    except OSError as wrong:
        raise UserError(fault(wrong, path)) from wrong


def _refuse(path: Path) -> None:
    """Raise UserError, or OSError for a name that is too long, where nothing can be written to `path`."""
    must_be_text(path)
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
    """Whether it holds a database, plain or encrypted, or has the log of one beside it.

    One with a password cannot be told from any other file by its beginning: in doubt it is one, unless it is text or
    begins as what we write.
    """
    if not path.is_file():
        return False
    if path.with_name(f"{path.name}{LOG}").exists():
        return True
    with path.open("rb") as file:
        page = file.read(keys.PAGE)
    if page.startswith(keys.PLAIN):
        return True
    return keys.is_encrypted(path) and b"\0" in page and not page.startswith(_FORMATS)


def fault(wrong: OSError, path: Path) -> str:
    """What the disk refused, in a sentence about `path`."""
    if wrong.errno in FULL:
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
