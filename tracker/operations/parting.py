"""A part of the file, such as a year or what one clerk handles, written as a small file of its own for sending.

It opens as any file, and comes back by `merging` like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tracker import ids
from tracker.db import gaps, history, log, merging, parting, snapshots, verifying
from tracker.db.history import Journal
from tracker.errors import FileProblem, UserError, told_of
from tracker.i18n import _, listed
from tracker.operations import exports
from tracker.operations import verifying as whole
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office, make_office
from tracker.operations.progress import SILENT, Progress
from tracker.schema.filters import ALL, AnyOf, Condition, Days, Named, OneOf, both
from tracker.schema.ledger import Ledger
from tracker.settings import OF_COMPUTER

KIND = verifying.PART


@dataclass(frozen=True)
class Choice:
    """Which records: of these ledgers (none: of all), of these days (ISO), and of whom; what is left open takes all.

    A register has no days: it is only taken whole where it is named, and else as far as the records name its entries.
    """

    ledgers: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    person: str = ""
    """Who handles the records, or has entered them."""

    @property
    def narrow(self) -> bool:
        """Whether it asks for less than whole ledgers."""
        return bool(self.first or self.last or self.person)

    def where(self, ledger: Ledger) -> Condition | None:
        """What its records of a ledger meet; None where it has none of it."""
        named = ledger.name in self.ledgers
        if self.ledgers and not named:
            return None
        days = Days(ledger.day, self.first, self.last) if ledger.day and (self.first or self.last) else ALL
        if self.narrow and not ledger.day:
            return ALL if named else None
        return both(days, _of(ledger, self.person)) if self.person else days


@dataclass(frozen=True)
class Chosen:
    """The records chosen, and those that they need: which they name or go on from; by the names of ledgers."""

    records: Mapping[str, set[str]]
    needed: Mapping[str, set[str]]

    def counts(self) -> dict[str, int]:
        """How many of each ledger, those needed among them."""
        names = dict.fromkeys((*self.records, *self.needed))
        found = {name: len(self.records.get(name, ())) + len(self.needed.get(name, ())) for name in names}
        return {name: n for name, n in found.items() if n}

    @property
    def total(self) -> int:
        return sum(self.counts().values())


@dataclass(frozen=True)
class Parted:
    """What was written."""

    path: Path
    records: dict[str, int] = field(default_factory=dict)
    size: int = 0


def _of(ledger: Ledger, person: str) -> Condition:
    """Records that somebody handles, or has entered."""
    names = (person,)
    return AnyOf((*(Named(key, names) for key in ledger.agenda.people), OneOf("created_by", names)))


def choose(office: Office, choice: Choice, progress: Progress = SILENT) -> Chosen:
    """Find the records of a choice and those that they need. Reads only."""
    with office.db.snapshot():
        found: parting.Uids = {}
        for ledger in office.catalogue.ledgers:
            progress.check()
            where = choice.where(ledger)
            if where is not None:
                found[ledger.name] = parting.chosen(office.db, ledger, where)
        needed = parting.needed(office.db, office.catalogue, found)
    return Chosen({name: uids for name, uids in found.items() if uids}, needed)


def people(office: Office) -> list[str]:
    """Everybody who has changed anything: whose records can be asked for."""
    return log.clerks(office.db)


def write(office: Office, choice: Choice, path: Path, progress: Progress = SILENT) -> Parted:
    """Write a part to a name that is not there yet, under this file's password; verified before it takes its name.

    Raises UserError where nothing is chosen or it cannot be written, Cancelled.
    """
    if path.exists():
        raise FileProblem(_("{path} is already there; choose another name.").format(path=path))
    found = choose(office, choice, progress)
    if not found.records:
        raise UserError(_("No record is chosen; widen the period, the ledgers or whose records they are."))
    with fresh_file(path) as made, told_of(path, made):
        counts = _fill(office, found, made, path, progress)
    told = listed(_told(office, choice)) or _("everything")
    exports.note(office, _("Part: {what}").format(what=told), path, found.total, whole=True)
    return Parted(path, counts, path.stat().st_size)


def _fill(office: Office, found: Chosen, made: Path, path: Path, progress: Progress) -> dict[str, int]:
    counts: dict[str, int] = {}
    ids.follow(history.newest(office.db))  # what is written into the part comes after all that is known here
    mode = snapshots.mode_of(office.db.path)
    with closing(make_office(made, office.who, key=office.key, mode=mode)) as part:
        with merging.beside(part.db, office.db.path, office.key), part.db.atomic():
            parting.begin(part.db, _with_belongings(office, found))
            parting.copy_frame(part.db, OF_COMPUTER)
            part.renew()
            for n, ledger in enumerate(part.catalogue.kept):
                text = _("Writing {ledger} …").format(ledger=ledger.title())
                progress.report(n, len(part.catalogue.kept), text)
                count = parting.copy_records(part.db, ledger)
                if count and not ledger.attached:
                    counts[ledger.name] = count
            parting.copy_contents(part.db)
            journal = Journal(part.db, office.who, KIND, path.name)
            parting.close(part.db, journal, {"records": counts, **_lacking(office, part)})
            part.db.run("DROP TABLE temp.chosen")
        text = _("The part was not written, since this file is not sound; open a backup. First: {fault}")
        whole.refuse_unsound(part, path, text, progress)
    return counts


def _lacking(office: Office, part: Office) -> dict[str, int]:
    """How many records the part has not, with what belongs to them, as `verify` counts those that it has; of a part of
    a part, of the whole file's. Empty where that is not known."""
    before = gaps.lacking(office.db)
    if before is None:
        return {}
    of, held = (verifying.sizes(one.db, office.catalogue.kept)[1] for one in (office, part))
    return {gaps.LACKING: before + of - held}


def _with_belongings(office: Office, found: Chosen) -> parting.Uids:
    every: parting.Uids = {}
    for some in (found.records, found.needed):
        for name, uids in some.items():
            every.setdefault(name, set()).update(uids)
    owners = set().union(*every.values())
    attached = {one.name: parting.belonging(office.db, one, owners) for one in office.catalogue.attached}
    return {**every, **attached}


def _told(office: Office, choice: Choice) -> Iterator[str]:
    """A choice in words."""
    yield from (office.catalogue.by_name[name].title() for name in choice.ledgers)
    if choice.first or choice.last:
        yield _("{begin} to {end}").format(begin=choice.first or "…", end=choice.last or "…")
    if choice.person:
        yield choice.person
