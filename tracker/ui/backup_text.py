"""What is said of backups in the window: rows of the list, what one holds, how many are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.db.differing import Later
from tracker.i18n import _, listed, ngettext
from tracker.operations import backups, second_place
from tracker.operations.backups import Backup
from tracker.operations.office import Office
from tracker.operations.retention import Retention
from tracker.schema.catalogue import Catalogue
from tracker.schema.file_name import size_text
from tracker.schema.values import minute
from tracker.ui.plain_table import Cell, Head
from tracker.ui.tasks import Progress

SHOWN = "%Y-%m-%d %H:%M:%S"
NAMED = 6
"""So many ledgers are named."""


@dataclass(frozen=True)
class Line:
    """One backup, in one place or both; `copies` has the one beside the data file first."""

    copies: tuple[Backup, ...]

    @property
    def backup(self) -> Backup:
        """The one to use: the first that can be opened."""
        return next((one for one in self.copies if one.holding), self.copies[0])


@dataclass(frozen=True)
class Standing:
    """All that the page of backups shows."""

    lines: tuple[Line, ...]
    rule: Retention
    second: Path | None
    second_is_there: bool
    changed: bool
    """Whether the file holds what no backup has."""


def read(office: Office, progress: Progress) -> Standing:
    """For the worker: the backups with what each holds."""
    second = second_place.named(office.db)
    found = backups.looked_at(backups.of(office.db), office.key, progress)
    lines: dict[str, list[Backup]] = {}
    for one in found:
        lines.setdefault(one.name, []).append(one)
    return Standing(
        tuple(Line(tuple(copies)) for copies in lines.values()),
        backups.rule(office.db),
        second,
        bool(second and second.is_dir()),
        backups.is_changed(office.db),
    )


def heads() -> tuple[Head, ...]:
    return (
        Head(_("Backed up at"), 156),
        Head(_("Why it was made"), 150),
        Head(_("Records"), 84),
        Head(_("Last change"), 136),
        Head(_("Changed by"), 96),
        Head(_("File size"), 90),
        Head(_("Where it lies")),
    )


def row(line: Line) -> list[Cell]:
    """The cells of a backup."""
    one, held = line.backup, line.backup.holding
    told: list[Cell] = ["—", one.unread, ""]
    if held:
        told = [sum(held.records.values()), minute(held.changed_at) or "—", held.changed_by]
    return [f"{one.made:{SHOWN}}", one.reason, *told, size_text(one.size), places(line)]


def places(line: Line) -> str:
    """Where its copies lie; of one that cannot be opened that is told, where another one can."""
    return listed(_place(one, bool(line.backup.holding and not one.holding)) for one in line.copies)


def _place(one: Backup, useless: bool) -> str:
    name = _("second place") if one.second else _("beside the data file")
    return _("{place} ({fault})").format(place=name, fault=one.unread) if useless else name


def holds(backup: Backup, catalogue: Catalogue) -> str:
    """Ledger by ledger what it holds, those without a record left out."""
    if backup.holding is None:
        if backup.sealed:
            return _("It has another password, which is asked for when it is restored or checked.")
        return _("It cannot be opened: it is damaged.")
    known = catalogue.by_name
    counts = backup.holding.records.items()
    parts = [f"{_(known[name].short)} {n:,}" for name, n in counts if n and name in known]
    return "　".join(parts) or _("no records")


def kept(rule: Retention) -> str:
    """How many are kept, in a sentence."""
    days = ngettext("All of the last {n} day are kept", "All of the last {n} days are kept", rule.whole_days)
    text = _("{days}, then one a day ({daily}), a week ({weekly}) and a month ({monthly}).")
    return text.format(
        days=days.format(n=rule.whole_days), daily=rule.daily, weekly=rule.weekly, monthly=rule.monthly
    )


def newest(standing: Standing) -> str:
    """When the last one was made, and whether anything has changed since."""
    if not standing.lines:
        return _("There is no backup yet.")
    one = standing.lines[0].backup
    text = _("Last backup: {time} ({why}).").format(time=f"{one.made:{SHOWN}}", why=one.reason)
    since = _("Changed since then.") if standing.changed else _("Nothing has changed since.")
    return _("{sentence} {next}").format(sentence=text, next=since)


def second(standing: Standing) -> str:
    """What there is of a second place."""
    if standing.second is None:
        return _("Second place: none. A folder on a USB disk keeps backups when this computer breaks.")
    if standing.second_is_there:
        return _("Second place: {folder}").format(folder=standing.second)
    text = _("Second place: {folder} is not there now; the newest backup is put there once it is.")
    return text.format(folder=standing.second)


def lost(later: Later, catalogue: Catalogue) -> str:
    """What restoring takes back, in a sentence."""
    if not later.operations:
        return _("Nothing was changed after this backup was made.")
    some = [
        _("{ledger} {n}").format(ledger=catalogue.every[name].title(), n=f"{n:,}")
        for name, n in sorted(later.records.items(), key=lambda pair: -pair[1])
        if not catalogue.every[name].attached
    ]
    text = ngettext(
        "{n} change made since then ({first} to {last}) will no longer be in the file.",
        "{n} changes made since then ({first} to {last}) will no longer be in the file.",
        later.operations,
    ).format(n=f"{later.operations:,}", first=minute(later.first), last=minute(later.last))
    concerned = _("No record is concerned.") if not later.records else ""
    if some:
        concerned = _("Records concerned: {records}.").format(records=listed(some[:NAMED]))
    return _("{sentence} {next}").format(sentence=text, next=concerned) if concerned else text
