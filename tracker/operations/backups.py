"""Backups made without being asked: when one is due, where they lie, what each holds, and which are taken away.

They lie beside the data file, in `NAME.backups`, as `YYYYMMDD-HHMMSS-WHY.db`, each an ordinary data file under the same
password; and once more in a second place, where the office named one that is there. Making one is `snapshots.write`,
whose steps are told there; whatever stops it leaves no backup or a whole one. Where nothing has changed since the
newest, that one is given a second name (a hard link) rather than copied again. Backups are taken away last, one by one,
and only after the data file and the newest backup were found whole.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from tracker import catalogue, settings
from tracker.db import history, keys, migrations, notes, snapshots
from tracker.db import settings as stored
from tracker.db.database import Database, open_file
from tracker.db.snapshots import Holding
from tracker.errors import DamagedFile, FileProblem, UserError
from tracker.i18n import N_, _
from tracker.operations import retention, second_place
from tracker.operations.fresh import told
from tracker.operations.progress import SILENT, Progress
from tracker.operations.retention import Retention
from tracker.operations.second_place import NOTES
from tracker.schema.file_name import size_text

WHYS = {
    "day": N_("first change of the day"),
    "close": N_("on closing"),
    "asked": N_("asked for"),
    "migration": N_("before the program's new version"),
    "import": N_("before an import"),
    "merge": N_("before a merge"),
    "restore": N_("before a restore"),
    "password": N_("before a new password"),
}
"""Why a backup was made, as its name tells, and in words."""
_NAME = re.compile(r"(\d{8}-\d{6})-([a-z]+)\.db")
_TIME = "%Y%m%d-%H%M%S"
_AHEAD = timedelta(minutes=1)
"""A name that is later by more than this is from a clock that was ahead."""
_LEFT_SECONDS = 3600
"""What was left half made is cleared away after so long."""
ROOM = 16 << 20
"""Bytes that a backup leaves free for the work itself."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Backup:
    """One backup. `holding` where it was looked at, `sealed` where that needs another password than the file's; `notes`
    are what the clerk should hear of its making."""

    path: Path
    made: datetime
    why: str
    size: int
    second: bool = False
    holding: Holding | None = None
    sealed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def reason(self) -> str:
        """Why it was made, in words."""
        return _(WHYS[self.why]) if self.why in WHYS else self.why

    @property
    def unread(self) -> str:
        """Why it is not told what it holds, in words."""
        return _("has another password") if self.sealed else _("cannot be opened")


def newest_first(backups: Iterable[Backup]) -> list[Backup]:
    """In the order in which they were made, as far as their names tell: none was made later than now."""
    end = datetime.now() + _AHEAD
    return sorted(
        backups, key=lambda one: (one.made <= end, one.made, not one.second, one.name), reverse=True
    )


@dataclass(frozen=True)
class Place:
    """A folder in which backups of one file lie."""

    folder: Path
    second: bool = False

    def backups(self) -> list[Backup]:
        """Those that lie there, the newest first, those of a clock that was ahead last; by their names only, nothing is
        opened."""
        found = []
        with suppress(OSError):  # no such folder, or a disk that was pulled out
            for path in self.folder.iterdir():
                named = _NAME.fullmatch(path.name)
                with suppress(OSError, ValueError):  # one that the disk cannot tell of hides no other
                    if named and path.is_file():
                        made = datetime.strptime(named[1], _TIME)
                        found.append(Backup(path, made, named[2], path.stat().st_size, self.second))
        return newest_first(found)


def folder(path: Path) -> Path:
    """Where the backups of a data file lie."""
    return path.with_name(f"{path.name}{second_place.ENDING}")


def refuse_second(path: Path, named: str) -> None:
    """Raise UserError for a second place where the backups of a data file lie anyway."""
    place = Path(named).expanduser().resolve()
    first = folder(path).resolve()
    if named and (place == first.parent or place == first or first in place.parents):
        text = _("{folder} is where the first backups lie; choose a folder on another disk.")
        raise UserError(text.format(folder=named))


def places(db: Database) -> Iterator[Place]:
    """Where backups of the file go; the second place only while its disk is there."""
    yield Place(folder(db.path))
    second = second_place.named(db)
    if second and second.is_dir():
        second_place.take_over(db, second)
        yield Place(second_place.folder(second, db.path), second=True)


def rule(db: Database) -> Retention:
    """How many backups the office keeps."""
    values = stored.read(db)
    return Retention(*(int(settings.value(values, field.key) or 0) for field in settings.BACKUP_RULE))


# making


def make(
    db: Database, why: str, *, progress: Progress = SILENT, second: bool = True, new: bool = False
) -> Backup:
    """Back the file up, and clear away what is no longer kept; outside of any transaction.

    `second` False leaves the second place and the clearing to `spread`; `new` copies even what has not changed since
    the newest backup, since nobody has looked whether that one is still whole. Raises FileProblem where it could be put
    nowhere, Cancelled; the file itself is never touched.
    """
    first = Place(folder(db.path))
    try:
        made = _put(db, first, why, progress, new)
    except DamagedFile:
        raise
    except UserError as wrong:
        other = next((place for place in places(db) if place.second), None)
        if other is None:
            raise
        made = _put(db, other, why, progress, new)
        return replace(made, notes=(str(wrong), *_rotate_told(db, progress)))
    return replace(made, notes=spread(db, progress, made)) if second else made


def spread(db: Database, progress: Progress = SILENT, made: Backup | None = None) -> tuple[str, ...]:
    """Put the backup that was just made, else the newest, into the second place as well, where it is not there yet, and
    clear away what is no longer kept; what the clerk should hear of it."""
    heard: list[str] = []
    second = second_place.named(db)
    if second and not second.is_dir():
        text = _(
            "The second place for backups, {folder}, is not there; the next backup is put there as well."
        )
        heard.append(text.format(folder=second))
    newest = made or next(iter(Place(folder(db.path)).backups()), None)
    for place in places(db):
        if place.second and newest and newest.name not in {one.name for one in place.backups()}:
            try:
                _copy_into(db, place, newest, progress)
            except UserError as wrong:
                heard.append(str(wrong))
    return (*heard, *_rotate_told(db, progress))


def _put(db: Database, place: Place, why: str, progress: Progress, new: bool) -> Backup:
    """One more backup in a place."""
    known = place.backups()
    path = _free_name(place, known, why)
    with told(path):
        _ready(db, place)
        newest = None if new else _unchanged(db, place, known)
        if newest is None or not snapshots.again(newest.path, path):
            _see_room(db, place, db.path.stat().st_size, progress)
            text = _("Backing up {file} …").format(file=db.path.name)
            snapshots.write(db, path, lambda done, of: progress.report(done, of, text))
        named = _NAME.fullmatch(path.name)
        assert named
        made = Backup(
            path, datetime.strptime(named[1], _TIME), why, path.stat().st_size, place.second, _held(db)
        )
    _note(place, db, made)
    return made


def _copy_into(db: Database, place: Place, backup: Backup, progress: Progress) -> None:
    path = place.folder / backup.name
    with told(path):
        _ready(db, place)
        _see_room(db, place, backup.size, progress)
        text = _("Copying the backup to {folder} …").format(folder=place.folder)
        snapshots.copy_file(backup.path, path, lambda done, of: progress.report(done, of, text))


def _free_name(place: Place, known: list[Backup], why: str) -> Path:
    """No two have the same time, so that their order is plain."""
    now, taken = datetime.now().replace(microsecond=0), {one.made for one in known}
    while now in taken:
        now += timedelta(seconds=1)
    return place.folder / f"{now.strftime(_TIME)}-{why}.db"


def _ready(db: Database, place: Place) -> None:
    """The folder, as closed to others as the file, without what an earlier attempt left half made. Raises OSError."""
    snapshots.keep_folder(place.folder, snapshots.mode_of(db.path))
    for left in place.folder.glob(f".*{snapshots.PART}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                left.unlink()


def _see_room(db: Database, place: Place, size: int, progress: Progress) -> None:
    """Raise FileProblem where the disk has no room; what is no longer kept goes first then."""
    if shutil.disk_usage(place.folder).free < size + ROOM:
        with suppress(UserError):
            _rotate(db, place, progress)
    free = shutil.disk_usage(place.folder).free
    if free < size + ROOM:
        text = _(
            "There is no room for a backup in {folder}: it takes {size}, {room} are left for the work, "
            "and {free} are free."
        )
        sizes = {"size": size_text(size), "room": size_text(ROOM), "free": size_text(free)}
        raise FileProblem(text.format(folder=place.folder, **sizes))


# what each holds


def listed(path: Path, key: str | None, second: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a data file in both places, the newest first; nothing is opened but notes that were kept."""
    found: list[Backup] = []
    for place in _folders(path, second):
        kept = notes.read(place.folder / NOTES, key)
        found += [replace(one, holding=_noted(kept, one)) for one in place.backups()]
    return tuple(newest_first(found))


def of(db: Database) -> tuple[Backup, ...]:
    """Those of an open file, as `listed`; none in the second place while its disk is away."""
    second = [place.folder.parent for place in places(db) if place.second]
    return listed(db.path, db.key, *second)


def looked_at(
    backups: tuple[Backup, ...], key: str | None, progress: Progress = SILENT
) -> tuple[Backup, ...]:
    """The same with what each holds; those that no note tells of are opened, and what cannot be stays without."""
    result: list[Backup] = []
    new: dict[Path, list[Backup]] = {}
    for n, one in enumerate(backups):
        progress.report(n, len(backups), _("Looking at the backups …"))
        held = one.holding or look(one.path, key)
        result.append(replace(one, holding=held, sealed=held is None and keys.is_encrypted(one.path)))
        if held and not one.holding:
            new.setdefault(one.path.parent, []).append(result[-1])
    for place, found in new.items():
        _write_notes(place, key, found)
    return tuple(result)


def at(path: Path, key: str | None) -> Backup:
    """A backup at a name of the clerk's own, just made, with what it holds."""
    found = path.stat()
    made = datetime.fromtimestamp(int(found.st_mtime))
    return Backup(path, made, "asked", found.st_size, holding=look(path, key))


def look(path: Path, key: str | None) -> Holding | None:
    """What a backup holds; None where it cannot be opened with this password, or is damaged."""
    try:
        with closing(open_file(path, readonly=True, key=key)) as db:
            if not migrations.is_ours(db):
                return None
            db.catalogue = catalogue.of(stored.read(db))
            return snapshots.holding(db)
    except UserError:
        return None


def _held(db: Database) -> Holding:
    with db.snapshot():
        return snapshots.holding(db)


def _noted(kept: dict[str, str], backup: Backup) -> Holding | None:
    try:
        stamp, held = json.loads(kept[backup.name])
        return Holding(**held) if "newest" in held and stamp == _stamp(backup.path) else None
    except (KeyError, ValueError, TypeError, OSError):
        return None


def _stamp(path: Path) -> list[int]:
    """By which it is known whether a file is still the one that was looked at."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _note(place: Place, db: Database, backup: Backup) -> None:
    _write_notes(place.folder, db.key, [backup])


def forget_notes(path: Path, second: Path | None = None) -> None:
    """Take away what was noted of a file's backups, as after a new password; it is looked up again."""
    for place in _folders(path, second):
        with suppress(OSError):
            snapshots.remove(place.folder / NOTES)


def _folders(path: Path, second: Path | None) -> Iterator[Place]:
    yield Place(folder(path))
    if second:
        yield Place(second_place.folder(second, path), second=True)


def _write_notes(place: Path, key: str | None, backups: list[Backup]) -> None:
    path = place / NOTES
    kept = {name: text for name, text in notes.read(path, key).items() if (place / name).exists()}
    with suppress(OSError):
        for one in backups:
            if one.holding:
                kept[one.name] = json.dumps([_stamp(one.path), asdict(one.holding)], ensure_ascii=False)
        notes.write(path, key, kept, snapshots.mode_of(backups[0].path))


def _unchanged(db: Database, place: Place, known: list[Backup]) -> Backup | None:
    """The newest backup that is known to hold exactly what the file holds now, under the same password."""
    kept, now = notes.read(place.folder / NOTES, db.key), history.heads(db).hex()
    held = ((one, _noted(kept, one)) for one in known)
    return next((one for one, holds in held if now and holds and holds.heads == now), None)


def is_changed(db: Database) -> bool:
    """Whether the file holds anything that no backup beside it does."""
    place = Place(folder(db.path))
    return bool(history.heads(db)) and _unchanged(db, place, place.backups()) is None


# clearing away


def _rotate_told(db: Database, progress: Progress) -> tuple[str, ...]:
    """Clear away in both places; what went wrong."""
    heard: list[str] = []
    for place in places(db):
        try:
            _rotate(db, place, progress)
        except UserError as wrong:
            heard.append(str(wrong))
            break  # the file is damaged, or its newest backup
    return tuple(heard)


def _rotate(db: Database, place: Place, progress: Progress) -> None:
    """Take away what the office no longer keeps. Raises FileProblem where file or newest backup is damaged."""
    found = place.backups()
    keep = retention.kept((one.made for one in found), datetime.now(), rule(db))
    gone = [one for one in found if one.made not in keep]
    if not gone:
        return
    _see_whole(db, found[0], progress)
    for one in gone:
        with told(one.path):
            one.path.unlink(missing_ok=True)


def _see_whole(db: Database, newest: Backup, progress: Progress) -> None:
    """Raise FileProblem where the data file or its newest backup is damaged: no backup may be taken away then."""
    text = _("Checking the data file before backups are taken away …")

    def tick(_done: int, _total: int | None) -> None:
        progress.report(0, None, text)

    damaged = _("{path} is damaged ({fault}); no backup is taken away. Open the newest that is sound.")
    try:
        if fault := snapshots.first_fault(db, tick):
            db.damaged = True
            raise FileProblem(damaged.format(path=db.path, fault=fault))
        with closing(open_file(newest.path, readonly=True, key=db.key)) as copy:
            if fault := snapshots.first_fault(copy, tick):
                raise FileProblem(damaged.format(path=newest.path, fault=fault))
    except FileProblem:
        log.warning("no backup is taken away")
        raise
