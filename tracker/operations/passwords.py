"""Setting, changing and removing the password of a data file, and what becomes of its copies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tracker.db import cipher, examining, keys, snapshots
from tracker.db.database import Database, damaged
from tracker.db.history import Who
from tracker.db.holding import Hold
from tracker.errors import Cancelled, DamagedFile, FileProblem, NotOurs, UserError, WrongPassword
from tracker.i18n import _
from tracker.operations import aside, backups, opening, second_place, spoiled
from tracker.operations.backups import Place
from tracker.operations.fresh import told
from tracker.operations.keeping import Keeper
from tracker.operations.office import Office, open_office, who_acts
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
    away: Path | None = None
    """The second place for backups where that is not there now, so that those in it stay as they are,"""
    sealed: bool = False
    """and whether they have a password, an earlier one; others are encrypted once the place is there (`make_up`)."""


@dataclass(frozen=True)
class Protection:
    """What was done to a file. `recovery` are the groups of its new recovery key, none without a password."""

    path: Path
    what: str
    recovery: tuple[str, ...]
    copies: Copies
    key: str | None = field(default=None, repr=False)
    """What opens the file now, as `Office.key`."""
    notes: tuple[str, ...] = ()
    """What else the clerk should hear, such as why there is no backup from before."""


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


def key_of(path: Path, text: str | None) -> str:
    """The raw key of a file that has a password, of its password or its recovery key; reads only.

    Where the file's beginning is damaged that of its newest backup, if the text opens that.
    Raises PasswordNeeded for no text, WrongPassword for another one, FileProblem for a file that cannot be read.
    """
    try:
        with examining.reading(path, text) as db:
            key = db.key
    except DamagedFile:  # which is told, with what can be done, by whoever opens it; the password was right
        if not (text and keys.is_encrypted(path)):
            raise
        key = keys.raw(path, text)
    except (WrongPassword, NotOurs):
        key = spoiled.key_of_backup(path, text) if text else None
        if key is None:
            raise
    if key is None:
        raise FileProblem(_("{path} has no password.").format(path=path))
    return key


def change(
    path: Path,
    key: str | None,
    new: str | None,
    who: Who | None = None,
    progress: Progress = SILENT,
    held: Hold | None = None,
) -> Protection:
    """Give a file a password, another one, or none (`new` None); nobody may have it open, but one may hold it already.

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
    with opening.taken(path, who or who_acts(), opening.COMMAND_WAITS, held=held) as one:
        one.examine(key, progress)
        return _change(path, key, raw, new, what, who, progress)


def _change(
    path: Path,
    key: str | None,
    raw: str | None,
    new: str | None,
    what: str,
    who: Who | None,
    progress: Progress,
) -> Protection:
    """The parts of `change`, of a file that is held and whole."""
    before = _look(path, key, who, progress)
    progress.report(0, None, _("The file is written anew and checked …"))

    def finish(made: Path) -> None:
        _sign(made, raw, who, what)
        if new is not None and not cipher.opens(made, unicodedata.normalize("NFC", new)):
            text = _("The new password does not open {path}; nothing was changed.")
            raise FileProblem(text.format(path=path))

    with told(path):
        cipher.recode(path, before.key, raw, finish, progress.check)
    recovery = keys.printed(raw) if raw else ()
    return Protection(path, what, recovery, _protect(path, before, raw, progress), raw, before.notes)


@dataclass(frozen=True)
class _Before:
    """What was found before a change: the key, where backups lie, and what the backup made now is told of."""

    key: str | None = field(repr=False)
    places: tuple[Place, ...]
    copies: tuple[Path, ...]
    second: Path | None
    others: tuple[Path, ...]
    """Readable backups in the second place that are not the file's own."""
    notes: tuple[str, ...]


def _look(path: Path, key: str | None, who: Who | None, progress: Progress) -> _Before:
    """Open the file, which is ours and of this program's shape, and back it up."""
    notes: list[str] = []
    with closing(open_office(path, who, key=key)) as office:
        Keeper(office.db, notes.append).before("password", progress, new=True)
        places = tuple(backups.places(office.db))
        second = second_place.named(office.db)
        others = second_place.readable_elsewhere(office.db, second) if second else ()
        found = tuple(copies(office.db, places))
    return _Before(office.key, places, found, second, others, tuple(notes))


def _sign(made: Path, raw: str | None, who: Who | None, what: str) -> None:
    """Note in the history that the password was changed; never what it is."""
    with closing(open_office(made, who, key=raw, backup=False)) as office, office.writing(KIND) as writer:
        writer.journal.add("", "", KIND, {KIND: what})


def copies(db: Database, places: Iterable[Place]) -> list[Path]:
    """The backups of a file, and what a restore has set aside of it; not what only is called so."""
    found = [backup.path for place in places for backup in place.backups()]
    kept = [one for one in aside.of(db.path) if second_place.is_of(db, one) is not False]
    return sorted((*found, *kept))


class _Sealing:
    """Gives copies a key, one after another: those that are one file under several names stay so."""

    def __init__(self, old: str | None, new: str) -> None:
        self._old, self._new = old, new
        self._done: dict[tuple[int, int], Path] = {}

    def seal(self, copy: Path) -> None:
        """Raises UserError for a damaged copy, to which nothing is written, and where the disk refuses."""
        with told(copy):
            which = copy.stat().st_dev, copy.stat().st_ino
            if made := self._done.get(which):
                snapshots.name_as(made, copy)
                return
            if examining.faults(copy, self._old, whole=True):
                raise damaged(copy)
            cipher.recode(copy, self._old, self._new)
            self._done[which] = copy


def _protect(path: Path, before: _Before, raw: str | None, progress: Progress) -> Copies:
    """Give all backups the key of the file, so that its password and its recovery key open them too.

    Without a password they stay as they are. What cannot be done is told, since the file itself is changed already.
    """
    done, readable, earlier = 0, [], []
    backups.forget_notes(path, before.second)
    away = before.second if before.second and not any(place.second for place in before.places) else None
    sealing = _Sealing(before.key, raw) if raw else None
    for n, copy in enumerate(before.copies):
        if sealing:
            try:
                progress.report(n, len(before.copies), _("Backups are encrypted …"))
                if not cipher.opened_by(copy, raw):
                    sealing.seal(copy)
            except UserError:
                pass  # damaged, on a disk that cannot be written, or under an earlier password
            except (Cancelled, KeyboardInterrupt):
                sealing = None  # the file itself has its new key, which must still be told
        if not keys.is_encrypted(copy):
            readable.append(copy)
        elif raw and cipher.opened_by(copy, raw):
            done += 1
        else:
            earlier.append(copy)
    readable += [copy for copy in before.others if not keys.is_encrypted(copy)]
    return Copies(done, tuple(readable) if raw else (), tuple(earlier), away, before.key is not None)


def _plain(office: Office) -> list[Path]:
    places = tuple(backups.places(office.db))
    return [copy for copy in copies(office.db, places) if not keys.is_encrypted(copy)]


def make_up_beside(office: Office) -> Copies:
    """`make_up` for a file that is open for reading only; where nobody can write to it now, they are but named."""
    left = _plain(office) if office.key else []
    if not left:
        return Copies()
    try:
        with closing(opening.to_write(office.db.path, office.who, key=office.key)) as other:
            return make_up(other)
    except UserError:
        return Copies(0, tuple(left))


def make_up(office: Office, progress: Progress = SILENT) -> Copies:
    """Encrypt the copies of a file with a password that can be read without one; none where all is as it should be.

    A change that was killed leaves such copies, and a second place that was away then. Raises Cancelled.
    """
    if office.key is None:
        return Copies()
    left = _plain(office)
    if left:
        backups.forget_notes(office.db.path, second_place.named(office.db))
    readable, sealing = [], _Sealing(None, office.key)
    for n, copy in enumerate(left):
        progress.report(n, len(left), _("Backups are encrypted …"))
        try:
            sealing.seal(copy)
        except UserError:
            readable.append(copy)
    return Copies(len(left) - len(readable), tuple(readable))
