"""An open data file with what the operations need: its settings, calendar and who acts."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tracker import catalogue, settings
from tracker.db import computed, migrations, snapshots, strange
from tracker.db import settings as stored
from tracker.db.database import Database, open_file
from tracker.db.history import Who
from tracker.db.holding import Hold
from tracker.db.writing import Writer, writing
from tracker.errors import FileProblem, NotOurs, ReadOnlyFile, UnfinishedFile, UserError
from tracker.i18n import _
from tracker.operations import backups
from tracker.operations.keeping import Keeper
from tracker.operations.progress import SILENT, Progress
from tracker.paths import machine
from tracker.schema import clerks, own_days
from tracker.schema.catalogue import Catalogue
from tracker.schema.clerks import Clerk, Deed
from tracker.schema.fields import Value
from tracker.schema.numbering import Pattern
from tracker.schema.values import clean
from tracker.workdays import Calendar


@dataclass(frozen=True)
class Changed:
    """What an operation changed, so that pages know what to refresh: ledgers by name, whether settings or freezes."""

    ledgers: frozenset[str] = frozenset()
    settings: bool = False
    freezes: bool = False
    structure: bool = False
    """Whether fields, codes or figures were changed, so that pages must be made anew."""


@dataclass
class Office:
    """One open data file; made by `open_office` and its siblings, closed by `close`."""

    db: Database
    who: Who
    hold: Hold | None = field(default=None, repr=False)
    """What keeps others from writing to the file, where whoever opened it took it; released by `close`."""
    reason: str = ""
    """Why records that frozen figures count change; see `because`."""
    notes: list[str] = field(default_factory=list)
    """What the clerk should hear of the opening."""
    listener: Callable[[str], object] | None = field(default=None, repr=False)
    """Hears what is told while the file is open, from the worker too; see `tell`."""
    keeper: Keeper | None = field(default=None, repr=False)
    """Makes backups without being asked; see `keep_backups`."""
    _writer: Writer | None = field(default=None, init=False, repr=False)
    """Of the operation under way."""
    calendar: Calendar = field(init=False)
    """The published working days with the office's own over them."""

    @property
    def key(self) -> str | None:
        """What opens further connections to a file with a password: its raw key, not what was typed."""
        return self.db.key

    def __post_init__(self) -> None:
        self.calendar = own_days.calendar(stored.read(self.db))

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """What the office set, as text; `forget_settings` after a change."""
        return stored.read(self.db)

    def forget_settings(self) -> None:
        """Read the settings anew at their next use."""
        self.__dict__.pop("settings", None)
        self.__dict__.pop("patterns", None)
        self.calendar = own_days.calendar(stored.read(self.db))

    def renew(self) -> None:
        """Make the catalogue anew from the settings, in the language in use, and bring the tables to it."""
        self.forget_settings()
        self.db.catalogue = catalogue.of(self.settings)
        migrations.bring_up(self.db, self.catalogue.kept)

    def setting(self, key: str) -> Value:
        """One setting's value or its default."""
        return settings.value(self.settings, key)

    @property
    def catalogue(self) -> Catalogue:
        """The ledgers and figures of this file."""
        return self.db.catalogue

    @cached_property
    def patterns(self) -> dict[str, Pattern]:
        """The number pattern of each ledger."""
        return {
            ledger.name: settings.pattern(self.settings, ledger)
            for ledger in self.catalogue.ledgers
            if ledger.number_pattern
        }

    @contextmanager
    def writing(self, kind: str, note: str = "") -> Iterator[Writer]:
        """One operation in one transaction, saved whole with its history or not at all.

        An operation that is begun inside another one is part of that one. Raises FrozenRecords where it would change
        what frozen figures count, and not `because` of something.
        """
        if self._writer:
            self._writer.flush()  # so that what was added is found
            yield self._writer
            return
        with writing(self.db, self.who, kind, self.calendar, self.patterns, note, self.reason) as writer:
            self._writer = writer
            try:
                yield writer
            finally:
                self._writer = None

    @contextmanager
    def because(self, reason: str) -> Iterator[None]:
        """Whatever is written inside has this reason: records that frozen figures count may change."""
        before, self.reason = self.reason, clean(reason)
        try:
            yield
        finally:
            self.reason = before

    @property
    def clerks(self) -> tuple[Clerk, ...]:
        """Everybody whom the office has named; see `operations.clerks`."""
        return clerks.read(self.settings)

    def act_as(self, who: Who) -> None:
        """From now on this clerk acts, and has the file."""
        self.who = who
        if self.hold:
            self.hold.tell(who.clerk)

    def may(self, deed: Deed) -> bool:
        """Whether the clerk who acts may do this."""
        return clerks.may(self.clerks, self.who.clerk, deed)

    def needs(self, deed: Deed) -> None:
        """Raise UserError, naming who may, where the clerk who acts may not do this."""
        if reason := clerks.refusal(self.clerks, self.who.clerk, deed):
            raise UserError(reason)

    def keep_backups(self, tell: Callable[[str], object], later: Callable[[], object] | None = None) -> None:
        """Back up from now on without being asked; as `Keeper`, which is told also of what was noted before."""
        for text in self.notes:
            tell(text)
        self.notes.clear()
        self.keeper = self.db.before_writing = Keeper(self.db, tell, later)

    def back_up(self, why: str, progress: Progress = SILENT) -> bool:
        """Back up before something that changes much, where backups are kept of the file; whether there is one now."""
        if self.keeper and not self.db.connection.in_transaction:
            return self.keeper.before(why, progress)
        return False

    def tell(self, text: str) -> None:
        """Tell what stops nothing but the clerk should hear: at once where somebody listens."""
        if self.listener:
            self.listener(text)
        else:
            self.notes.append(text)

    def reader(self) -> Database:
        """A second connection to the file, for reading only, to be closed before this one. Raises FileProblem."""
        reader = open_file(self.db.path, readonly=True, key=self.key)
        reader.catalogue = self.db.catalogue
        return reader

    def close(self) -> None:
        """Close the file, whole, and let others have it."""
        try:
            self.db.close()
        finally:
            if self.hold and self.db.damaged:
                self.hold.forget()
            elif self.hold:
                self.hold.release()


def who_acts(clerk: str | None = None) -> Who:
    """The clerk named, else `CASE_TRACKER_CLERK`, else the system's user name."""
    name = clerk or os.environ.get("CASE_TRACKER_CLERK") or ""
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):  # no such variable, and no entry for this user
            name = "unknown"
    return Who(clean(name), machine())


def open_office(
    path: Path,
    who: Who | None = None,
    *,
    readonly: bool = False,
    key: str | None = None,
    backup: bool = True,
) -> Office:
    """Open an existing data file; see `operations.opening` for one that others may have. Raises FileProblem.

    An older file is first brought to this program's shape, since lists rely on its indexes; before that it is backed
    up, unless it is itself a copy (`backup` False). With `readonly` nothing is written: UnfinishedFile is raised then.
    A newer one can be read, as far as it holds what this program knows; `db.refusal` then says that it is newer.
    """
    notes: list[str] = []
    db = open_file(path, readonly=readonly, key=key)
    try:
        if not migrations.is_ours(db):
            raise NotOurs(_("{path} is not a Case Tracker file; open another.").format(path=path))
        strange.refuse(db, catalogue.STANDARD.kept)
        db.catalogue = found = catalogue.of(stored.read(db))
        newer = _newer(db)
        if newer and not (readonly and migrations.readable(db, found.kept)):
            raise newer
        made = migrations.made()
        if not newer:
            strange.refuse_undeclared(db, found.kept, made)
        if not readonly:
            strange.refuse_triggers(db, found.kept, made.triggers)
            keeper = Keeper(db, notes.append)
            migrations.bring_up(db, found.kept, lambda: backup and keeper.before("migration"))
        elif newer:
            db.refusal = str(newer)
        elif migrations.pending(db, found.kept):
            text = _(
                "An earlier program made {path}; open it once where it can be written to, and it can be read."
            )
            raise UnfinishedFile(text.format(path=path))
        strange.refuse_incomplete(db, found.kept, made)
    except BaseException:
        db.close()
        raise
    return Office(db, who or who_acts(), notes=notes)


def _newer(db: Database) -> ReadOnlyFile | None:
    """What is said of a file that a newer program made; None of any other."""
    try:
        migrations.refuse_newer(db, db.catalogue.kept)
    except ReadOnlyFile as newer:
        return newer
    return None


def make_office(
    path: Path, who: Who | None = None, *, key: str | None = None, mode: int | None = None
) -> Office:
    """Make a new data file, with the permissions of another one (`mode`); refuses one that is there."""
    if path.exists():
        raise FileProblem(_("{path} is already there; choose another name.").format(path=path))
    if mode is not None:
        with suppress(OSError):  # told by what comes next
            snapshots.begin(path, mode)
    db = open_file(path, create=True, key=key)
    try:
        db.catalogue = catalogue.STANDARD
        migrations.bring_up(db, db.catalogue.kept)
        with db.atomic():
            for ledger in computed.by_other_rules(db, db.catalogue.ledgers, Calendar()):
                computed.note(db, ledger, Calendar())
    except BaseException:
        db.close()
        snapshots.remove(path)
        raise
    return Office(db, who or who_acts())


def save_settings(office: Office, values: Mapping[str, str | None]) -> Changed:
    """Set what is given, None clears one. Raises UserError for a value its field cannot hold."""
    for key, text in values.items():
        if key.startswith("pattern_") and text:
            Pattern.of(text)
        settings.BY_KEY[key].parse(text)
    backups.refuse_second(office.db.path, values.get(settings.BACKUP_SECOND.key) or "")
    changed = stored.write(office.db, office.who, values)
    office.forget_settings()
    found = catalogue.of(office.settings)
    # Their rules compare with limits that an office sets.
    structure = found.ledgers != office.catalogue.ledgers
    if structure:
        office.db.catalogue = found
    return Changed(settings=changed, structure=structure)
