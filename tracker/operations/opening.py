"""Opening a data file to work in it: nobody else has it, it is whole, and it is this program's; else to read it only.

In this order, so that nothing is written before all of it is known: the file is held; it is looked through, wholly
where whoever had it last ended without closing it; then it is opened, and brought to this program's shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker import catalogue
from tracker.db import examining, holding, migrations, places, room, snapshots
from tracker.db import settings as stored
from tracker.db.database import JOURNAL, LOG, damaged, lies_beside, must_be_file, open_file, raw_key
from tracker.db.history import Who
from tracker.db.holding import Held, Hold, Holder
from tracker.db.places import Place
from tracker.errors import FULL, ReadOnlyFile, UnfinishedFile, UserError
from tracker.i18n import N_, _
from tracker.operations import spoiled
from tracker.operations.fresh import fault
from tracker.operations.office import Office, open_office, who_acts
from tracker.operations.progress import SILENT, Progress

SHORTLY = 0.5
"""Seconds that a window waits for a command that is writing."""
SOON = 2 * 2**20
"""So many bytes are looked through in less than 50 ms."""
COMMAND_WAITS = 5.0
"""Seconds that a command waits for another one."""

_UNSAFE = {
    Place.NETWORK: N_(
        "This file lies on another computer's disk. There the locks that keep two programs from writing at once may "
        "fail, and damage it. Keep it on this computer; others bring in their own files (Merge)."
    ),
    Place.SYNCHRONISED: N_(
        "This file lies in a folder that is synchronised with other computers. The synchronising program may copy it "
        "half written, or put an older one in its place. Keep it elsewhere, and only backups here."
    ),
}


class InUse(ReadOnlyFile):
    """Another one has the file."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(in_use(path, holder), path)
        self.holder = holder


def in_use(path: Path, holder: Holder) -> str:
    """Who has a file, in a sentence."""
    if not holder.since:
        return _("{file} is open elsewhere; it can be read meanwhile.").format(file=path.name)
    text = _("{clerk} has had {file} open on the computer {host} since {since}; it can be read meanwhile.")
    since = holder.since.replace("T", " ")[:16]
    return text.format(clerk=holder.clerk, file=path.name, host=holder.host, since=since)


def unsafe(path: Path) -> str:
    """Why the file's folder is not a good one, in sentences; empty where it is."""
    place = places.of(path)
    return _(_UNSAFE[place]) if place else ""


def hold(path: Path, who: Who, wait: float = SHORTLY) -> Hold:
    """Keep others from writing to a file. Raises InUse, ReadOnlyFile where nothing can be written beside it."""
    try:
        return holding.take(path, who.clerk, who.origin, wait)
    except Held as held:
        raise InUse(path, held.holder) from None
    except OSError as wrong:
        denied = _("The data file {path} cannot be written; make it and its folder writable.")
        text = fault(wrong, path) if wrong.errno in FULL else denied.format(path=path)
        raise ReadOnlyFile(text) from wrong


@dataclass(frozen=True)
class Taken:
    """A file that is held; `unclean` where whoever had it last did not close it: killed, or the power went."""

    path: Path
    hold: Hold
    unclean: bool

    def examine(self, key: str | None = None, progress: Progress = SILENT) -> None:
        """As `examine`, of all of it after an unclean end."""
        examine(self.path, key, whole=self.unclean, progress=progress)


@contextmanager
def taken(
    path: Path, who: Who, wait: float = SHORTLY, *, held: Hold | None = None, keep: bool = False
) -> Iterator[Taken]:
    """Have a file to oneself for the time of the block, and with `keep` after it; `held` where it is held anyway.

    Where the block fails after an unclean end, the sign of that stays, so that the next one looks through all of the
    file as well. Raises as `hold`.
    """
    own = held or hold(path, who, wait)
    unclean = own.left is not None or _left_open(path)
    try:
        yield Taken(path, own, unclean)
    except BaseException:
        if held is None and unclean:
            own.forget()
        elif held is None:
            own.release()
        raise
    if held is None and not keep:
        own.release()


def _left_open(path: Path) -> bool:
    return lies_beside(path, LOG) or lies_beside(path, JOURNAL)


def takes_long(path: Path, key: str | None = None) -> bool:
    """Whether opening the file looks through all of it or brings it up, and it is so large that no window may wait."""
    try:
        place = holding.lock_path(path)
        if holding.holder(path):
            return False
        unclean = _left_open(path) or (place.exists() and place.stat().st_size > 0)
        return path.stat().st_size > SOON and (unclean or _older(path, key))
    except OSError:
        return False


def _older(path: Path, key: str | None) -> bool:
    """Whether the file is to be brought to this program's shape, which backs it up before."""
    try:
        with closing(open_file(path, readonly=True, key=key)) as db:
            return migrations.is_ours(db) and migrations.pending(db, catalogue.of(stored.read(db)).kept)
    except UserError:  # told when it is opened
        return False


def examine(path: Path, key: str | None = None, *, whole: bool, progress: Progress = SILENT) -> None:
    """Raise DamagedFile for a file that is not whole, Cancelled where asked to stop; writes nothing."""
    if whole:
        progress.report(0, None, _("The program was not closed the last time; the file is looked through …"))
    found = examining.faults(path, key, whole=whole, stop=progress.check)
    if found:
        raise damaged(path)


def to_write(
    path: Path,
    who: Who | None = None,
    *,
    key: str | None = None,
    wait: float = SHORTLY,
    progress: Progress = SILENT,
) -> Office:
    """Open a file to work in it, held until it is closed.

    Raises InUse, ReadOnlyFile, DamagedFile, another FileProblem; Cancelled where asked to stop looking through it.
    """
    who = who or who_acts()
    must_be_file(path)  # so that no lock is left beside nothing
    with spoiled.told(path, key):
        key = raw_key(path, key)
        with taken(path, who, wait, keep=True) as one:
            one.examine(key, progress)
            snapshots.clear_left(path)
            office = open_office(path, who, key=key)
    office.hold = one.hold
    if one.unclean and office.db.rows("PRAGMA journal_mode") == [("wal",)]:
        path.with_name(f"{path.name}{JOURNAL}").unlink(missing_ok=True)  # played back by now, if it was to be
    return office


def to_read(path: Path, who: Who | None = None, *, key: str | None = None, why: str = "") -> Office:
    """Open a file for reading only, which changes nothing; `why` is told to a clerk who would change something.

    Raises FileProblem, UnfinishedFile for a file that only `to_write` can make ready to be read; DiskFull where what
    others write to it could not be seen.
    """
    room.refuse_full(path)
    try:
        office = open_office(path, who, readonly=True, key=key)
    except UnfinishedFile:
        holder = holding.holder(path)
        if holder is None:
            raise
        raise UnfinishedFile(_first_closed(path, holder)) from None
    office.db.refusal = why or office.db.refusal or _("The file is open for reading only.")
    return office


def for_command(path: Path, who: Who | None = None, *, key: str | None = None) -> Office:
    """Open a file for a command that reads; one that is not ready to be read is first made so, as `to_write` does."""
    try:
        with spoiled.told(path, key):
            key = raw_key(path, key) if path.is_file() else key
            return open_office(path, who, readonly=True, key=key)
    except UnfinishedFile:
        try:
            ready = to_write(path, who, key=key, wait=COMMAND_WAITS)
        except InUse as wrong:
            raise UnfinishedFile(_first_closed(path, wrong.holder)) from None
    ready.close()
    office = open_office(path, who, readonly=True, key=key)
    office.notes = ready.notes
    return office


def _first_closed(path: Path, holder: Holder) -> str:
    """Why a file that is not ready to be read cannot be made so now."""
    if not holder.since:
        text = _(
            "{file} must be brought up to date before it is read, and is open elsewhere; close it there first."
        )
        return text.format(file=path.name)
    text = _(
        "{file} must be brought up to date before it is read, and {clerk} has it open on the computer {host}; "
        "close it there first."
    )
    return text.format(file=path.name, clerk=holder.clerk, host=holder.host)
