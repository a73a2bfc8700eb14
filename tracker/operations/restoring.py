"""A data file taken back to one of its backups; itself undone by taking it back to the backup made just before.

The steps, so that it is clear what a kill leaves after each:

`prepare`, while the file may be open:
(1) a copy of the backup under a temporary name beside the data file; the backup itself is only read;
(2) the copy is brought to this program's shape and found sound wholly (`verifying`): structure, history, records;
(3) it is held against what frozen figures count, and a row of its history tells of the restore;
(4) it is closed, folded into one file and synced;
(5) the data file is backed up (`restore`), or where that cannot be, set aside by `swap`.
`swap`, while no connection of ours has the file open:
(6) the log of the data file is folded into it, which no other program may have open; or, where it is set aside, it gets
a second name with its log and journal, and where it has those, all three then leave the first;
(7) the copy is renamed to the data file's name, and the folder synced. Where that fails, all get their names back.

Until (7) the data file is the old one, whole; after it the restored one, whole. Only one that had a log and is set
aside may, after a kill between (6) and (7), be there under the other name alone: it is never without its log. A
temporary name may be left.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tracker import ids
from tracker.db import (
    cipher,
    differing,
    drafts,
    examining,
    gaps,
    history,
    keys,
    locks,
    merging,
    records,
    snapshots,
    steps,
)
from tracker.db import settings as stored
from tracker.db.database import JOURNAL, LOG, MARKS, open_file, raw_key
from tracker.db.differing import Later
from tracker.db.history import Journal, Who
from tracker.db.holding import Hold
from tracker.db.snapshots import Holding
from tracker.errors import (
    DamagedFile,
    FileInUse,
    FileProblem,
    FrozenRecords,
    PasswordNeeded,
    ReadOnlyFile,
    UserError,
    told_of,
)
from tracker.i18n import N_, _
from tracker.operations import aside, backups, clerks, opening, second_place, spoiled, verifying
from tracker.operations.backups import Backup
from tracker.operations.fresh import told
from tracker.operations.office import Office, open_office
from tracker.operations.opening import Taken
from tracker.operations.progress import SILENT, Progress
from tracker.operations.verifying import Verified
from tracker.schema.values import clean
from tracker.settings import OF_COMPUTER

KIND = steps.RESTORED
"""Of the operation, and the action of its row: what `bin` undoes is `restore` already."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A verified copy of a backup that waits to take the data file's place by `swap`, or to be dropped."""

    path: Path
    part: Path
    backup: Path
    who: Who
    holding: Holding
    before: Backup | None
    """The backup of the data file; None where it is missing, or is to be set aside."""
    heads: bytes = b""
    """Where the history of the data file stood then."""
    key: str | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    def drop(self) -> None:
        """Leave everything as it was."""
        snapshots.remove(self.part)


@dataclass(frozen=True)
class Restored:
    """What was done; `before` is the file to restore to undo it, None where there was no data file."""

    path: Path
    backup: Path
    holding: Holding
    before: Path | None
    aside: bool = False
    """Whether `before` is the old file itself, rather than a backup of it."""
    notes: tuple[str, ...] = ()


def named(path: Path, backup: str) -> Path:
    """The backup of a data file that is meant: a path, or a name in its folder. Raises FileProblem."""
    for found in (Path(backup), backups.folder(path) / backup):
        if found.is_file() and not (path.exists() and found.samefile(path)):
            return found
    text = _("There is no backup {name}; `case-tracker backup --list` shows those there are.")
    raise FileProblem(text.format(name=backup))


def later(office: Office, backup: Path, key: str | None = None, progress: Progress = SILENT) -> Later:
    """What was done since a backup, which `key` opens, and would be lost by restoring it.

    Raises FileProblem for a backup that is damaged, DamagedFile where the file is.
    """
    progress.report(0, None, _("Looking at what has changed since …"))
    try:
        with merging.beside(office.db, backup, key):
            return differing.later(office.db)
    except DamagedFile:  # one of both, read together
        with _said_of(backup, backup, office.db.path):
            if examining.faults(backup, key, whole=True, stop=progress.check):
                raise
        raise


def check(path: Path, backup: Path, key: str | None, who: Who, progress: Progress = SILENT) -> Verified:
    """Whether a backup is sound wholly; a copy is looked at, the backup itself stays as it is. Raises FileProblem."""
    with (
        _copied(path, backup, key, progress) as copy,
        closing(_brought_up(path, copy, backup, who, key)) as office,
    ):
        return verifying.verify(office, progress)


def newest_good(path: Path, key: str | None, who: Who, progress: Progress = SILENT) -> Backup | None:
    """The newest backup that is sound wholly, with what it holds; None where there is none. Raises Cancelled.

    By their histories, whatever the clock said; of those that stand alike the one that was made last.
    """
    found = backups.looked_at(backups.listed(path, key, second_place.named_in(path, key)), key, progress)
    for one in sorted(found, key=lambda one: one.holding.newest if one.holding else "", reverse=True):
        try:
            if check(path, one.path, key, who, progress).sound:
                return one
        except FileProblem:
            continue
    return None


def restore(
    path: Path,
    backup: Path,
    who: Who,
    *,
    key: str | None = None,
    backup_key: str | None = None,
    reason: str = "",
    known: bool = False,
    progress: Progress = SILENT,
) -> Restored:
    """All of it, of a file that nobody has open, which is held meanwhile. `key` opens it, and the backup too unless
    `backup_key` does. Raises as `prepare` and `swap` do; with `known` also UserError where the file can be opened and
    who acts is none of its clerks."""
    theirs = backup_key if backup_key and keys.is_encrypted(backup) else key
    with opening.taken(path, who, opening.COMMAND_WAITS) as one:
        snapshots.clear_left(path)
        current = _current(one, backup, who, key, progress)
        try:
            if current and known:
                clerks.require_known(current)
            ready = prepare(path, backup, who, current=current, key=theirs, reason=reason, progress=progress)
        finally:
            if current:
                current.close()
        return swap(ready, one.hold)


def _current(one: Taken, backup: Path, who: Who, key: str | None, progress: Progress) -> Office | None:
    """The data file, where it can be used at all."""
    try:
        if one.path.is_file():
            one.examine(key, progress)
        return open_office(one.path, who, key=key)
    except (FileInUse, ReadOnlyFile):
        raise
    except PasswordNeeded:  # whoever has but an older backup's password has no right to the file's place
        if not (key and spoiled.key_of_backup(one.path, key)):
            raise
        return None  # the beginning of the file is damaged
    except FileProblem:  # missing, damaged, under another password: it is set aside, and not written to
        return None


def prepare(
    path: Path,
    backup: Path,
    who: Who,
    *,
    current: Office | None,
    key: str | None = None,
    reason: str = "",
    progress: Progress = SILENT,
) -> Ready:
    """Make everything ready; nothing is changed yet. `current` is the data file, None where it cannot be opened.

    `key` opens the backup. The restored file is under the password of the one whose place it takes, or under none as
    that; only where that one cannot be opened it keeps the backup's.

    Raises FileProblem where the backup is not sound, is newer than the program or under another password; FrozenRecords
    where records that frozen figures count would change and there is no reason; Cancelled.
    """
    part = _begin(path, backup)
    try:
        _copy(path, backup, part, key, progress)
        key = _protect_alike(path, part, key, current)
        with told_of(path, part), closing(_brought_up(path, part, backup, who, key)) as office:
            text = _("The backup {path} is not sound and was not restored; choose another. First: {fault}")
            verifying.refuse_unsound(office, backup, text, progress)
            heads = _held_against(path, current, office, backup, bool(clean(reason)))
            _sign(office, backup, reason, _staying(current))
            with office.db.snapshot():
                held = snapshots.holding(office.db)
        with told(path):
            snapshots.sync(part)
        before, notes = _back_up(current, progress) if current else (None, ())
    except BaseException:
        snapshots.remove(part)
        raise
    return Ready(path, part, backup, who, held, before, heads, key, notes)


def swap(ready: Ready, held: Hold | None = None) -> Restored:
    """Have the copy take the data file's place, in a moment; nobody of ours has that open. `held` where it is held.

    Raises FileInUse where another program has it open, FileProblem where it has changed since `prepare`.
    """
    try:
        with told(ready.path), _held(ready, held):
            if ready.before:
                kept = None
                _exchange(ready)
            else:
                kept = _set_aside(ready)
    finally:
        ready.drop()
    before = ready.before.path if ready.before else kept
    return Restored(ready.path, ready.backup, ready.holding, before, kept is not None, ready.notes)


# the parts of `prepare`


def _begin(path: Path, backup: Path) -> Path:
    """An empty file beside the data file, with its permissions; left over, it goes when the file is next opened."""
    with told(path):
        part = snapshots.part_name(path)
        snapshots.begin(part, snapshots.mode_of(path if path.exists() else backup))
    return part


@contextmanager
def _copied(path: Path, backup: Path, key: str | None, progress: Progress) -> Iterator[Path]:
    """A private copy of a backup for a while."""
    part = _begin(path, backup)
    try:
        _copy(path, backup, part, key, progress)
        yield part
    finally:
        snapshots.remove(part)


def _copy(path: Path, backup: Path, part: Path, key: str | None, progress: Progress) -> None:
    progress.report(0, None, _("Reading {file} …").format(file=backup.name))
    with _said_of(backup, part, path), closing(open_file(backup, readonly=True, key=key)) as there:
        there.copy_to(part)


def _protect_alike(path: Path, part: Path, key: str | None, current: Office | None) -> str | None:
    """Put the copy under the key of the file whose place it takes; which that is."""
    if current:
        new = current.key
    elif key and keys.is_encrypted(path) and not keys.is_encrypted(part):
        new = raw_key(path, key)
    else:
        return key
    old = raw_key(part, key)
    if old != new:
        with told_of(path, part):
            cipher.recode(part, old, new)
    return new


def _brought_up(path: Path, part: Path, backup: Path, who: Who, key: str | None) -> Office:
    """The copy, brought to this program's shape; what is wrong with it is told of the backup."""
    with _said_of(backup, part, path):
        return open_office(part, who, key=key, backup=False)


@contextmanager
def _said_of(backup: Path, part: Path, path: Path) -> Iterator[None]:
    """What is wrong is told of the backup, of a damaged one too: that is no reason to open a backup.

    A full disk is told of the data file at `path`, beside which the copy lies.
    """
    try:
        with told_of(backup, part, path):
            yield
    except DamagedFile as wrong:
        text = _("The backup {path} is damaged; choose another.")
        raise FileProblem(text.format(path=backup)) from wrong


def _held_against(
    path: Path, current: Office | None, restored: Office, backup: Path, reasoned: bool
) -> bytes:
    """Where the history of the data file stands; a damaged one cannot be held against anything."""
    try:
        if current:
            _refuse_stranger(current, restored, backup)
            _refuse_lacking(current, restored, backup)
            if not reasoned:
                _refuse_frozen(current, restored)
            ids.follow(history.newest(current.db))
            return history.heads(current.db)
    except DamagedFile:
        pass
    if path.exists() and gaps.part(restored.db):
        second = second_place.named_in(path, restored.db.key)
        _refuse_others(path, backup, backups.listed(path, restored.db.key, second))
    return b""


def _refuse_stranger(current: Office, restored: Office, backup: Path) -> None:
    """Raise FileProblem where the backup is another file's: nothing of the present one would be left."""
    with merging.beside(current.db, restored.db.path, restored.key):
        if merging.strangers(current.db):
            text = _(
                "{backup} is no backup of {file}: they have nothing in common. Restore it under a name that is free."
            )
            raise FileProblem(text.format(backup=backup, file=current.db.path))


def _refuse_lacking(current: Office, restored: Office, backup: Path) -> None:
    """Raise FileProblem where the backup is a part, or came of a rescue, and lacks what the present file may have.

    A backup of the file itself may be of a time when that lacked something which a merge has brought since; so may
    what is no part and stands where the present history once stood, wherever it lies.
    """
    if gaps.lacks(restored.db, current.db) and not _is_of_the_past(current, restored):
        _refuse_others(current.db.path, backup, backups.of(current.db))


def _is_of_the_past(current: Office, restored: Office) -> bool:
    """Whether the present history holds all that the other one ends with, and that one is no part."""
    ends = history.parted(history.heads(restored.db))
    return gaps.part(restored.db) is None and history.has_all(current.db, ends)


def _refuse_others(path: Path, backup: Path, own: Iterable[Backup]) -> None:
    """Raise FileProblem where what lacks something is none of the file's own backups."""
    if any(backup.samefile(one.path) for one in own if one.path.exists()):
        return
    text = _(
        "{backup} is a part, or a file that lacks something, and no backup of {file}: nothing was restored. Merge it."
    )
    raise FileProblem(text.format(backup=backup, file=path))


def _refuse_frozen(current: Office, restored: Office) -> None:
    """Raise FrozenRecords where anything that a frozen figure of either file counts would not stay as it is."""
    concerned: dict[tuple[str, str], str] = {}
    with merging.beside(current.db, restored.db.path, restored.key):
        for ledger in current.catalogue.ledgers:
            watches = [locks.Watch(office.db, ledger) for office in (current, restored)]
            if not any(watch.holds for watch in watches):
                continue
            uids = sorted(differing.uids(current.db, ledger))
            for start in range(0, len(uids), locks.AT_ONCE):
                some = uids[start : start + locks.AT_ONCE]
                for office in (current, restored):
                    rows = list(records.by_uids(office.db, ledger, some).values())
                    for watch in watches:
                        for n in watch.concerned(rows):
                            concerned[ledger.name, str(rows[n]["uid"])] = str(
                                rows[n].get(ledger.number) or ""
                            )
        lost = differing.lost_freezes(current.db)
    if concerned:
        named = tuple((name, uid, number) for (name, uid), number in concerned.items())
        raise locks.refusal(current.catalogue.by_name, named)
    if lost:
        raise FrozenRecords((), _(_LOST))


_LOST = N_("Figures were frozen since the backup and would no longer be; give the reason in writing.")


@dataclass(frozen=True)
class _Staying:
    """What is of the computer and the clerks, and stays as it is here whatever it was at the time of the backup."""

    settings: Mapping[str, str | None] = field(default_factory=dict)
    drafts: Sequence[tuple[object, ...]] = ()


def _staying(current: Office | None) -> _Staying:
    """What stays, as far as it can be read; nothing where nothing is here."""
    settings, typed = dict[str, str | None](), list[tuple[object, ...]]()
    if current:
        with suppress(DamagedFile):
            here = stored.read(current.db)
            settings = {key: here.get(key) for key in sorted(OF_COMPUTER)}
        with suppress(DamagedFile):
            typed = drafts.every(current.db)
    return _Staying(settings, typed)


def _sign(office: Office, backup: Path, reason: str, staying: _Staying) -> None:
    """One row that tells of the restore, after one for settings that stay; drafts are in no history."""
    row = {"backup": backup.name, "reason": clean(reason)}
    with office.db.atomic():
        journal = Journal(office.db, office.who, KIND, " — ".join(filter(None, (backup.name, clean(reason)))))
        held = stored.read(office.db)
        if changed := {
            key: [held.get(key), value] for key, value in staying.settings.items() if held.get(key) != value
        }:
            stored.put(office.db, journal, changed)
        journal.add("", "", KIND, row)
        journal.flush()
        steps.wall(office.db, office.who, KIND)
        drafts.carry(office.db, staying.drafts)


def _back_up(current: Office, progress: Progress) -> tuple[Backup | None, tuple[str, ...]]:
    try:
        made = backups.make(current.db, "restore", progress=progress, new=True)
    except UserError as wrong:  # full, read-only or damaged: the file is set aside, which needs no room
        log.warning("no backup before a restore")
        return None, (str(wrong),)
    return made, made.notes


# the parts of `swap`


@contextmanager
def _held(ready: Ready, held: Hold | None) -> Iterator[None]:
    """Keep others from the file, unless it is held anyway."""
    own = None if held else opening.hold(ready.path, ready.who)
    try:
        yield
    finally:
        if own:
            own.release()


def _exchange(ready: Ready) -> None:
    """The copy into the place of a sound file, whose log is folded into it first, so that none is played into the copy;
    nobody adds to it meanwhile. Raises FileInUse."""
    with cipher.alone(ready.path, ready.key) as db:
        if history.heads(db) != ready.heads:
            text = _("{path} was changed meanwhile; nothing was restored. Try again.")
            raise FileProblem(text.format(path=ready.path))
        cipher.let_replace(db)
        snapshots.settle(ready.part, ready.path)


def _set_aside(ready: Ready) -> Path | None:
    """The copy into the place of a file that cannot be opened, which is kept under the name returned, with its log and
    journal: SQLite would play them into the copy. Raises OSError, and leaves all as it was."""
    path = ready.path
    kept = aside.name(path)
    there = [mark for mark in ("", LOG, JOURNAL) if _is_there(_beside(path, mark), empty=not mark)]
    old = path.stat() if path.exists() else None
    try:
        _name(path, kept, there)
        if there != [""]:  # else the file keeps its name until the copy has it
            path.unlink(missing_ok=True)
        for mark in MARKS:
            _beside(path, mark).unlink(missing_ok=True)
        snapshots.settle(ready.part, path)
    except BaseException:
        if not path.exists() or (old and os.path.samestat(old, path.stat())):
            _name(kept, path, there[::-1])  # itself last: it is never there without its log
            snapshots.remove(kept)
        raise
    return kept if old else None


def _name(path: Path, other: Path, marks: Iterable[str]) -> None:
    """Another name too for a file with what lies beside it, as far as that is not there. Raises OSError."""
    for mark in marks:
        old, new = _beside(path, mark), _beside(other, mark)
        if not new.exists() and not snapshots.again(old, new):
            shutil.copy2(old, new)
            snapshots.sync(new)
    snapshots.sync(path.parent)


def _beside(path: Path, mark: str) -> Path:
    return path.with_name(path.name + mark)


def _is_there(path: Path, *, empty: bool) -> bool:
    return path.exists() and (empty or path.stat().st_size > 0)


def sentence(done: Restored) -> str:
    """What was done, and how it is undone."""
    if done.aside:
        text = _("The file is restored; the one that was there is kept as {path}.")
        return text.format(path=done.before)
    return _("The file is restored. To undo it, restore the newest backup “before a restore”.")
