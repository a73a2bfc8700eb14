"""Setting, changing and removing the password of a data file, and what becomes of its copies."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from tracker.db import cipher, keys
from tracker.db.database import open_file
from tracker.db.history import Who
from tracker.errors import Cancelled, FileProblem, UserError
from tracker.i18n import _
from tracker.operations.office import open_office
from tracker.operations.progress import SILENT, Progress

KIND = "password"
SHORTEST = 8
SET, CHANGED, REMOVED = "set", "changed", "removed"


@dataclass(frozen=True)
class Copies:
    """What became of the backups: so many have the file's password now; of the others where they lie."""

    done: int = 0
    readable: tuple[Path, ...] = ()
    """Those that anybody can read, since they could not be encrypted."""
    earlier: tuple[Path, ...] = ()
    """Those that still have an earlier password."""


@dataclass(frozen=True)
class Protection:
    """What was done to a file. `recovery` are the groups of its new recovery key, none without a password."""

    path: Path
    what: str
    recovery: tuple[str, ...]
    copies: Copies
    key: str | None = field(default=None, repr=False)
    """What opens the file now, as `Office.key`."""


def refuse_unfit(password: str) -> None:
    """Raise UserError for what cannot be a password: too short, with signs nobody sees, or taken for a key."""
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in password):
        raise UserError(_("The password holds signs that cannot be seen; type it again without them."))
    if password != password.strip():
        raise UserError(_("The password begins or ends with a space; leave that out."))
    if len(password) < SHORTEST:
        text = _("The password is too short; use at least {n} characters, better a sentence of your own.")
        raise UserError(text.format(n=SHORTEST))
    if keys.is_like_key(password):
        raise UserError(_("The password looks like a key of the file itself; choose another."))


def has_password(path: Path) -> bool:
    """Whether a file needs a password."""
    return keys.is_encrypted(path)


def key_of(path: Path, text: str) -> str:
    """The raw key of a file that has a password, of its password or its recovery key; reads only.

    Raises WrongPassword for another text, and FileProblem for a file that cannot be read.
    """
    db = open_file(path, readonly=True, key=text)
    db.close()
    if db.key is None:
        raise FileProblem(_("{path} has no password.").format(path=path))
    return db.key


def change(
    path: Path, key: str | None, new: str | None, who: Who | None = None, progress: Progress = SILENT
) -> Protection:
    """Give a file a password, another one, or none (`new` None); nobody may have it open.

    `key` is what opens it now. Its backups follow. Raises UserError (or Cancelled), and leaves the file as it was.
    """
    what = CHANGED if keys.is_encrypted(path) else SET
    if new is not None:
        refuse_unfit(new)
    elif what == SET:
        raise FileProblem(_("{path} has no password.").format(path=path))
    else:
        what = REMOVED
    raw = keys.fresh(new) if new is not None else None
    old = _look(path, key, who)
    progress.report(0, None, _("The file is written anew and checked …"))

    def finish(made: Path) -> None:
        _sign(made, raw, who, what)
        if new is not None and not cipher.opens(made, unicodedata.normalize("NFC", new)):
            text = _("The new password does not open {path}; nothing was changed.")
            raise FileProblem(text.format(path=path))

    cipher.recode(path, old, raw, finish, progress.check)
    recovery = keys.printed(raw) if raw else ()
    return Protection(path, what, recovery, _protect(path, old, raw, progress), raw)


def _look(path: Path, key: str | None, who: Who | None) -> str | None:
    """The raw key that opens the file, which is ours and of this program's shape."""
    office = open_office(path, who, key=key)
    office.close()
    return office.key


def _sign(made: Path, raw: str | None, who: Who | None, what: str) -> None:
    """Note in the history that the password was changed; never what it is."""
    office = open_office(made, who, key=raw)
    try:
        with office.writing(KIND) as writer:
            writer.journal.add("", "", KIND, {KIND: what})
    finally:
        office.close()


def copies(path: Path) -> list[Path]:
    """The backups of a file."""
    return sorted(path.with_name(f"{path.name}.backups").glob("*.db"))


def _protect(path: Path, old: str | None, raw: str | None, progress: Progress) -> Copies:
    """Give all backups the key of the file, so that its password and its recovery key open them too.

    Without a password they stay as they are. What cannot be done is told, since the file itself is changed already.
    """
    done, readable, earlier = 0, [], []
    found = copies(path)
    stopped = False
    for n, copy in enumerate(found):
        if raw and not stopped:
            try:
                progress.report(n, len(found), _("Backups are encrypted …"))
                if not cipher.opened_by(copy, raw):
                    cipher.recode(copy, old, raw)
            except UserError:
                pass  # damaged, on a disk that cannot be written, or under an earlier password
            except (
                Cancelled,
                KeyboardInterrupt,
            ):  # the file itself has its new key, which must still be told
                stopped = True
        if not keys.is_encrypted(copy):
            readable.append(copy)
        elif raw and cipher.opened_by(copy, raw):
            done += 1
        else:
            earlier.append(copy)
    return Copies(done, tuple(readable) if raw else (), tuple(earlier))


def readable_copies(path: Path) -> tuple[Path, ...]:
    """The backups that anybody can read, of a file that has a password."""
    return tuple(copy for copy in copies(path) if not keys.is_encrypted(copy))
