"""What can be read of a damaged file, brought into a new one, with a list of what could not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tracker import draws, settings
from tracker.db import (
    computed,
    gaps,
    keys,
    records,
    rescuing_counts,
    rescuing_doubtful,
    rescuing_rest,
    snapshots,
)
from tracker.db.database import must_be_file
from tracker.db.history import Journal, Who
from tracker.db.reconciling import LOST, Reconciling
from tracker.db.rescuing import Look, Salvage
from tracker.db.salvage import Wreck
from tracker.db.verifying_rest import FILES
from tracker.errors import DamagedFile, FileProblem, UserError, told_of
from tracker.i18n import _, listed, ngettext
from tracker.operations import rescuing_backup, spoiled, verifying
from tracker.operations.fresh import free_name, fresh_file
from tracker.operations.office import Office, make_office, who_acts
from tracker.operations.progress import SILENT, Progress
from tracker.schema.ledger import Ledger
from tracker.schema.stored import parsed

KIND = gaps.RESCUE
_DRAWN = {target.ledger: kind.key for kind in draws.KINDS for target in kind.targets}


@dataclass(frozen=True)
class Tally:
    """One ledger: how many records the new file has, how many of them were rebuilt from their history, how many are
    known to be lost (unless `sure`, there may be more), and of how many attached files only the name is there."""

    ledger: str
    title: str
    records: int
    rebuilt: int = 0
    lost: int = 0
    sure: bool = True
    empty: int = 0

    @property
    def is_whole(self) -> bool:
        return self.sure and not (self.rebuilt or self.lost or self.empty)


@dataclass(frozen=True)
class Told:
    """Something to look at: the record's ledger and number, where one is meant, and why."""

    ledger: str
    uid: str
    number: str
    text: str


@dataclass(frozen=True)
class Rescued:
    """What became of a damaged file. `list_path` is where the list lies; none is written of a file with a password.
    `backup` has so many of the records that are lost."""

    path: Path
    new: Path
    tallies: tuple[Tally, ...]
    looks: tuple[Told, ...]
    whole_history: bool
    list_path: Path | None = None
    backup: Path | None = None
    in_backup: int = 0

    @property
    def lost(self) -> int:
        """How many records are known to have been there and could not be read."""
        return sum(tally.lost for tally in self.tallies)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is known to be lost, and nothing is to be looked at."""
        return self.whole_history and not self.lost and not self.looks

    def lines(self) -> Iterator[str]:
        """All of it in words, the most important first."""
        yield self.headline()
        yield from self.losses()
        yield from self.rest()

    def headline(self) -> str:
        """How much was rescued."""
        n = sum(tally.records for tally in self.tallies)
        text = ngettext("{n} record was rescued into {new}.", "{n} records were rescued into {new}.", n)
        return text.format(n=f"{n:,}", new=self.new)

    def losses(self) -> Iterator[str]:
        """What is missing, or may be, and what is to be looked at."""
        if not self.whole_history:
            yield _(
                "Of the history a part could not be read; the last changes and whole records may be missing."
            )
        for tally in self.tallies:
            parts = [_("{n} records").format(n=f"{tally.records:,}")]
            if tally.rebuilt:
                parts.append(_("{n} of them from their history").format(n=f"{tally.rebuilt:,}"))
            if tally.lost:
                lost = _("{n} lost") if tally.sure else _("at least {n} lost")
                parts.append(lost.format(n=f"{tally.lost:,}"))
            if tally.empty:
                parts.append(_("{n} of them without their content").format(n=f"{tally.empty:,}"))
            if tally.rebuilt or tally.lost or tally.empty:
                yield _("{ledger}: {counts}").format(ledger=tally.title, counts=_(", ").join(parts))
        if unknown := [tally.title for tally in self.tallies if not (tally.sure or tally.lost)]:
            text = _("A part could not be read, so that nobody knows whether records are missing: {ledgers}")
            yield text.format(ledgers=listed(unknown))
        if self.backup:
            text = _("Of the records lost {n} are in the backup {path}; merge it into the new file.")
            yield text.format(n=f"{self.in_backup:,}", path=self.backup)
        if self.looks:
            yield _("To be looked at:")
        for told in self.looks:
            yield f"  {told.text}"

    def rest(self) -> Iterator[str]:
        """What is as it was."""
        one = _("{ledger} {n}")
        whole = [
            one.format(ledger=tally.title, n=f"{tally.records:,}") for tally in self.tallies if tally.is_whole
        ]
        if whole:
            yield _("No record lost: {ledgers}").format(ledgers=listed(whole))
        if self.whole_history:
            yield _("The history is whole.")
        yield _("{path} was not changed; keep it until you have looked at the new file.").format(
            path=self.path
        )


def rescue(
    path: Path, new: Path, key: str | None = None, progress: Progress = SILENT, who: Who | None = None
) -> Rescued:
    """Bring what can be read of a file into a new one under the same password, and write the list beside it.

    Where its beginning is lost, what that tells of the password is taken from the newest backup.
    The file is only read. Raises FileProblem where nothing can be read of it, another UserError where the new one
    cannot be made, Cancelled.
    """
    must_be_file(path)
    if new.exists():
        raise FileProblem(_("{path} is already there; choose another name.").format(path=new))
    if not new.parent.is_dir():
        text = _("There is no folder {path}; make it first or choose another.")
        raise FileProblem(text.format(path=new.parent))
    progress.report(0, None, _("Reading {file} …").format(file=path.name))
    key = None if keys.is_plain(path) else key  # a password that is not needed is no obstacle
    try:
        return _rescued(path, new, key, progress, who)
    except DamagedFile:
        known = spoiled.key_of_backup(path, key) if key else None
        if known is None:
            raise
    return _rescued(path, new, known, progress, who)


def _rescued(path: Path, new: Path, key: str | None, progress: Progress, who: Who | None) -> Rescued:
    with (
        fresh_file(new) as made,
        told_of(new, made),
        snapshots.unseen(new.parent) as folder,
        closing(Wreck(path, folder, key, progress.check)) as wreck,
        closing(make_office(made, who or who_acts(), key=wreck.key, mode=snapshots.mode_of(path))) as office,
    ):
        rescued = _Rescue(office, wreck, progress).run(path, new, key)
    return rescued if key is not None else _with_list(rescued)


class _Rescue:
    """One rescue into a new file that is open."""

    def __init__(self, office: Office, wreck: Wreck, progress: Progress) -> None:
        self.office, self.db, self.progress = office, office.db, progress
        self.salvage = Salvage(wreck, office.db)
        self.lost: dict[str, int] = {}
        self.unsure: set[str] = set()
        self.backup: Path | None = None
        self.in_backup = 0
        self.rebuilt: dict[str, int] = {}

    def run(self, path: Path, new: Path, key: str | None) -> Rescued:
        salvage, former = self.salvage, rescuing_backup.NONE
        with self.db.atomic():
            self.db.run("DELETE FROM computed")
            salvage.history()
            journal = Journal(self.db, self.office.who, KIND, path.name)
            salvage.tell_absent(journal)
            rescuing_rest.take_settings(salvage, journal, _valid, settings.OF_COMPUTER)
            rescuing_rest.take_templates(salvage, journal)
            self.office.renew()
            kept = self.office.catalogue.kept
            if not salvage.whole:
                self.backup, former = rescuing_backup.former(path, key, self.office, self.progress)
            self._records(journal, kept, former)
            rescuing_rest.take_draws(salvage, journal, _DRAWN)
            rescuing_rest.take_counters(salvage, kept)
            rescuing_rest.take_known_rows(salvage)
            rescuing_rest.take_drafts(salvage)
            rescuing_rest.look_for_contents(salvage, journal)
            if not (self.office.db.one("SELECT 1 FROM history") or self._any(kept)):
                raise DamagedFile(_unreadable(path), path)
            rescuing_rest.take_freezes(salvage, journal, self.office.catalogue.ledgers)
            self._derive()
            told = {"lost": {name: lost for name, lost in self.lost.items() if lost}}
            journal.add("", "", KIND, {**told, "rebuilt": self.rebuilt, "absent": len(salvage.absent)})
            journal.flush()
        self._verify(path)
        return self._rescued(path, new)

    def _any(self, ledgers: tuple[Ledger, ...]) -> bool:
        return any(self.db.one(f"SELECT 1 FROM {ledger.name}") for ledger in ledgers)

    def _records(self, journal: Journal, ledgers: tuple[Ledger, ...], former: rescuing_backup.Former) -> None:
        salvage = self.salvage
        known: dict[str, dict[str, str]] = {}
        missing: dict[str, str] = {}
        for ledger in ledgers:
            text = _("Reading {ledger} …").format(ledger=ledger.title())
            self.progress.report(0, None, text)
            salvage.records(ledger)
            rescuing_doubtful.settle(salvage, ledger)
            known[ledger.name] = {**salvage.known(ledger), **former.get(ledger.name, {})}
            if salvage.hurt[ledger.name]:
                sql = f"SELECT uid FROM history WHERE ledger = ? EXCEPT SELECT uid FROM {ledger.name}"
                missing |= {str(uid): ledger.name for (uid,) in self.db.rows(sql, (ledger.name,))}
                missing |= dict.fromkeys(known[ledger.name].keys() - self._uids(ledger), ledger.name)
        salvage.scattered(ledgers, missing)
        for name in set(missing.values()):
            rescuing_doubtful.settle(salvage, self.office.catalogue.every[name])
        for ledger in ledgers:
            done = Reconciling(self.db, journal, ledger, salvage.whole).run(self.progress.check)
            salvage.looks += done.looks
            self.rebuilt |= {ledger.name: done.rebuilt} if done.rebuilt else {}
            rescuing_counts.close_gaps(self.db, ledger)
            self._count(ledger, known[ledger.name], former.get(ledger.name, {}))

    def _uids(self, ledger: Ledger) -> set[str]:
        return {str(uid) for (uid,) in self.db.rows(f"SELECT uid FROM {ledger.name}")}

    def _count(self, ledger: Ledger, known: Mapping[str, str], former: Mapping[str, str]) -> None:
        """What is known to be lost of a ledger, by name and in number; where the history is whole nothing is."""
        salvage, there = self.salvage, self._uids(ledger)
        named = sorted(known.keys() - there)
        salvage.looks += [Look(LOST, ledger.name, uid, known[uid]) for uid in named]
        self.in_backup += len(former.keys() - there)
        counted = 0 if salvage.whole else rescuing_counts.at_least(salvage, ledger) - len(there)
        self.lost[ledger.name] = max(len(named), counted)
        if not salvage.whole and (salvage.hurt[ledger.name] or self.lost[ledger.name]):
            self.unsure.add(ledger.name)

    def _derive(self) -> None:
        """Compute all days anew; the fields that follow events stay as they were."""
        for ledger in computed.by_other_rules(self.db, self.office.catalogue.ledgers, self.office.calendar):
            computed.anew(self.db, ledger, self.office.calendar, lambda done: self.progress.check())
            computed.note(self.db, ledger, self.office.calendar)

    def _verify(self, path: Path) -> None:
        self.progress.report(0, None, _("The new file is looked through …"))
        text = _("{path} could not be rescued into a sound file. First: {fault}")
        verifying.refuse_unsound(self.office, path, text, self.progress, lambda told: DamagedFile(told, path))

    def _rescued(self, path: Path, new: Path) -> Rescued:
        tallies = []
        for ledger in self.office.catalogue.kept:
            n = int(self.db.rows(f"SELECT count(*) FROM {ledger.name}")[0][0])
            rebuilt, lost = self.rebuilt.get(ledger.name, 0), self.lost[ledger.name]
            sure = ledger.name not in self.unsure
            if n or lost or not sure:
                empty = self._empty() if ledger.name == FILES else 0
                tallies.append(Tally(ledger.name, ledger.title(), n, rebuilt, lost, sure, empty))
        lost_first = sorted(self.salvage.looks, key=lambda look: look.why != LOST)
        looks = tuple(self._told(look) for look in lost_first)
        backup = (self.backup, self.in_backup) if self.in_backup else (None, 0)
        return Rescued(path, new, tuple(tallies), looks, self.salvage.whole, None, *backup)

    def _empty(self) -> int:
        """Of how many attached files the content is lost."""
        return sum(look.why == rescuing_rest.CONTENT for look in self.salvage.looks)

    def _told(self, look: Look) -> Told:
        number = look.what if look.why == LOST else self._number(look.ledger, look.uid)
        ledger = self.office.catalogue.every.get(look.ledger)
        place = " ".join(filter(None, (ledger.title() if ledger else "", number)))
        why = _(look.why).format(what=look.what)
        text = _("{place}: {fault}").format(place=place, fault=why) if place else why
        return Told(look.ledger, look.uid, number, text)

    def _number(self, name: str, uid: str) -> str:
        """A record's number, of what belongs to a record that one's: names of people stand in no list."""
        ledger = self.office.catalogue.every.get(name)
        record = records.get(self.db, ledger, uid) if ledger else None
        if ledger is None or record is None:
            return ""
        if not ledger.attached:
            return str(record.get(ledger.number) or "")
        owner = self.office.catalogue.by_name.get(str(record.get("of")))
        return " ".join(
            filter(
                None,
                (
                    owner.title() if owner else "",
                    self._number(str(record.get("of")), str(record.get("record"))),
                ),
            )
        )


def as_json(rescued: Rescued) -> dict[str, object]:
    """What became of it, as the command tells it."""
    return {
        "file": str(rescued.new),
        "list": str(rescued.list_path) if rescued.list_path else None,
        "history_whole": rescued.whole_history,
        "ledgers": [
            {
                "ledger": one.ledger,
                "records": one.records,
                "rebuilt": one.rebuilt,
                "lost": one.lost,
                "without_content": one.empty,
                "sure": one.sure,
            }
            for one in rescued.tallies
        ],
        "backup": str(rescued.backup) if rescued.backup else None,
        "in_backup": rescued.in_backup,
        "look": [
            {"ledger": one.ledger, "uid": one.uid, "number": one.number, "text": one.text}
            for one in rescued.looks
        ],
    }


def _valid(key: str, value: str) -> bool:
    """Whether a setting that no history vouches for can be one."""
    known = settings.BY_KEY.get(key)
    if known is None:  # something of the office's own; the catalogue passes over what it does not understand
        return ":" in key and parsed(value) is not None
    try:
        known.parse(value)
    except UserError:
        return False
    return True


def _unreadable(path: Path) -> str:
    return _(
        "Nothing could be read of {path}: it is not a Case Tracker file, needs another password, or has lost its "
        "beginning, without which a file with a password cannot be deciphered. Open a backup."
    ).format(path=path)


def _with_list(rescued: Rescued) -> Rescued:
    """The same with its list written, as closed to others as the file; a disk that refuses it does not take the rescued
    file away again."""
    path = free_name(rescued.new.with_suffix(".txt"))
    told = Rescued(**{**vars(rescued), "list_path": path})
    with suppress(OSError):
        snapshots.begin(path, snapshots.mode_of(rescued.path))
        path.write_text("\n".join(told.lines()) + "\n", encoding="utf-8-sig", newline="\r\n")
        return told
    return rescued
