"""The few errors that speak to their reader."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What the system reports where a disk has no room, or not for this file."""


class UserError(Exception):
    """The user's or the environment's fault; its text is one translated sentence with place and remedy."""


class FileProblem(UserError):
    """The data file cannot be used: missing, damaged, locked, read-only, newer than the program, disk full.

    `path` is the file that it is about, where that is known: Qt hands on what its callbacks raise as a new one of the
    same kind, with the text alone.
    """

    def __init__(self, text: str, path: Path | None = None) -> None:
        super().__init__(text)
        self.path = path


class NotOurs(FileProblem):
    """The file is none of this program's, or its beginning is damaged."""


class PasswordNeeded(FileProblem):
    """The data file has a password, and none was given."""


class WrongPassword(PasswordNeeded):
    """What was given is neither the data file's password nor its recovery key."""


class WrongKey(WrongPassword):
    """What was given is a recovery key, but a mistyped one or not this file's; the sentence names no file."""


class FileInUse(FileProblem):
    """Another program has the data file open, and what was asked needs it for itself."""


class ReadOnlyFile(FileProblem):
    """The data file can be read but not written: someone has it, a newer program made it, the disk forbids it."""


class UnfinishedFile(FileProblem):
    """The data file cannot be read as it is: a journal is to be played back, or an older program made it."""


class DiskFull(FileProblem):
    """There is no room on the disk of the file that the sentence names."""


class DamagedFile(FileProblem):
    """The data file is damaged, and must not be written to."""


class RecordProblems(UserError):
    """A record was refused; `problems` holds one `tracker.schema.rules.Problem` for each field at fault."""

    def __init__(self, problems: object, text: str) -> None:
        super().__init__(text)
        self.problems = problems


class FrozenRecords(UserError):
    """Records that frozen figures count would change without a reason; `records` are (ledger, uid, number) each."""

    def __init__(self, records: tuple[tuple[str, str, str], ...], text: str) -> None:
        super().__init__(text)
        self.records = records


class Cancelled(Exception):
    """The user stopped long work; nothing was changed."""


@contextmanager
def told_of(file: Path, copy: Path, beside: Path | None = None) -> Iterator[None]:
    """Within the block what is wrong with a private copy is told of the file that it was made of, or is to become.

    Where the copy lies `beside` another file, a full disk is told of that one.
    """
    try:
        yield
    except FileProblem as wrong:
        named = beside if beside and isinstance(wrong, DiskFull) else file
        text = str(wrong).replace(str(copy), str(named))
        raise type(wrong)(text, file if wrong.path == copy else wrong.path) from wrong
