"""Whether a file is whole and holds what its history says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tracker import settings
from tracker.db import computed, gaps, history, records, verifying, verifying_rest
from tracker.db.gaps import Gap
from tracker.db.verifying import Fault
from tracker.errors import FileProblem
from tracker.i18n import N_, _, listed, ngettext
from tracker.operations.office import Office
from tracker.operations.progress import SILENT, Progress
from tracker.schema.catalogue import Catalogue
from tracker.schema.values import minute

MOST = 100
"""So many faults are told; more would say nothing new."""
AT_ONCE = 2000


@dataclass(frozen=True)
class Verified:
    """What was looked at and what was found; the file is sound without faults.

    `gaps` are what is known not to be there, `last` is when and by whom the last change was made; `told` are the faults
    in words.
    """

    rows: int
    records: int
    faults: tuple[Fault, ...]
    gaps: tuple[Gap, ...] = ()
    last: tuple[str, str] = ("", "")
    told: tuple[str, ...] = ()

    @property
    def damage(self) -> tuple[str, ...]:
        """What SQLite says of places that are damaged, in its own words; `told` has one sentence for all of them."""
        return tuple(one.what[0] for one in self.faults if one.text == verifying.DAMAGE)

    @property
    def sound(self) -> bool:
        return not self.faults

    @property
    def unbroken(self) -> bool:
        """Whether each row of the history is there that another one follows."""
        return self.sound and not self.gaps


def verify(office: Office, progress: Progress = SILENT) -> Verified:
    """Look at everything: structure, history, and each record against its history. Reads only; raises Cancelled."""
    db = office.db
    rows, held = verifying.sizes(db, office.catalogue.kept)
    tick = _Ticks(progress, rows + held)
    with db.snapshot():
        broken = tuple(islice(verifying.structure(db), MOST))
        if broken:
            # what else would be found follows from it
            return Verified(rows, held, broken, told=_in_words(office, broken))
        parts: Iterator[Fault] = chain(
            verifying.graph(db, tick),
            chain.from_iterable(verifying.records(db, one, tick) for one in office.catalogue.kept),
            verifying.set_values(db, settings.OF_COMPUTER),
            verifying.kept_contents(db, tick),
            verifying_rest.contents_held(db),
            verifying_rest.freezes_held(db, tick),
            verifying_rest.draws_held(db),
        )
        faults = tuple(islice(parts, MOST)) or tuple(islice(_astray(office, progress), MOST))
        return Verified(rows, held, faults, gaps.gaps(db), gaps.last(db), _in_words(office, faults))


def _in_words(office: Office, faults: Iterable[Fault]) -> tuple[str, ...]:
    every = list(faults)
    rest = [one for one in every if one.text != verifying.DAMAGE]
    damage = [_damage(len(every) - len(rest))] if len(rest) < len(every) else []
    told = (sentence(one, office.catalogue, number_of(office, one.ledger, one.uid)) for one in rest)
    return (*damage, *told)


def _damage(n: int) -> str:
    """That SQLite finds so many places damaged, of which it was asked for a few."""
    count = _("at least {n}").format(n=n) if n >= verifying.MOST_DAMAGE else str(n)
    text = ngettext(
        "the structure of the file is damaged in {n} place",
        "the structure of the file is damaged in {n} places",
        n,
    )
    return text.format(n=count)


def _astray(office: Office, progress: Progress) -> Iterator[Fault]:
    """Derived days that are not what the rules make of records that are as their history says."""
    for ledger in office.catalogue.ledgers:
        for uid, keys in computed.astray(office.db, ledger, office.calendar, lambda _done: progress.check()):
            text = N_("A day that follows from the record is not what the rules make of it: {what}")
            yield Fault(text, tuple(keys), ledger.name, uid)


def lines(found: Verified) -> Iterator[str]:
    """What a sound file holds, in words; what is known to be missing, and what no file can tell of itself."""
    text = (
        _(
            "The file is sound: {records} records (with their parts and the bin), "
            "{rows} rows of an unbroken history."
        )
        if found.unbroken
        else _(
            "The file is sound as far as it goes: {records} records (with their parts and the bin), "
            "{rows} rows of a history with gaps."
        )
    )
    yield text.format(records=f"{found.records:,}", rows=f"{found.rows:,}")
    yield from map(gap_told, found.gaps)
    at, clerk = found.last
    if at:
        text = _("Last change: {at}, {clerk}. Whether the end was cut off only a copy of the file can show.")
        yield text.format(at=minute(at), clerk=clerk)


def gap_told(gap: Gap) -> str:
    """Who left out how much, and when."""
    if gap.kept:
        text = _(
            "When {clerk} rescued the file on {day}, {n} of what was frozen or drawn could not be read whole."
        )
    elif gap.contents:
        text = ngettext(
            "When {clerk} rescued the file on {day}, the content of {n} attached file could not be read.",
            "When {clerk} rescued the file on {day}, the contents of {n} attached files could not be read.",
            gap.contents,
        )
    elif gap.rescued:
        text = _(
            "When {clerk} rescued the file on {day}, rows of the history, at least {n}, could not be read."
        )
    elif gap.records:
        text = ngettext(
            "This file is a part that {clerk} wrote on {day}: {n} record of the whole file "
            "(with their parts and the bin) was left out.",
            "This file is a part that {clerk} wrote on {day}: {n} records of the whole file "
            "(with their parts and the bin) were left out.",
            gap.records,
        )
    elif gap.part:
        text = _(
            "This file is a part that {clerk} wrote on {day}: of the history at least {n} rows are missing "
            "that were left out."
        )
    else:
        text = _(
            "This file has taken in a part that {clerk} wrote on {day}: of the history at least {n} rows are missing "
            "that were left out there."
        )
    n = gap.kept or gap.contents or gap.records or gap.rows
    return text.format(clerk=gap.clerk, n=f"{n:,}", day=gap.at[:10])


def refuse_unsound(
    office: Office,
    path: Path,
    text: str,
    progress: Progress = SILENT,
    problem: Callable[[str], FileProblem] = FileProblem,
) -> None:
    """Raise the problem for a file that is not sound; `text` says so of `{path}`, with the first `{fault}`."""
    found = verify(office, progress)
    if not found.sound:
        raise problem(text.format(path=path, fault=found.told[0]))


def sentence(fault: Fault, catalogue: Catalogue, number: str = "") -> str:
    """A fault in words, with the record's number where one is meant."""
    ledger = catalogue.every.get(fault.ledger)
    fields = ledger.by_key if ledger else settings.BY_KEY
    named = (_(fields[key].label) if key in fields else key for key in fault.what)
    text = _(fault.text).format(what=listed(named))
    place = " ".join(filter(None, (ledger.title() if ledger else "", number or fault.uid)))
    return _("{place}: {fault}").format(place=place, fault=text) if place else text


def number_of(office: Office, ledger: str, uid: str) -> str:
    """The number of a record, of one that is gone by its history; empty where there is none, as for the settings."""
    known = office.catalogue.every.get(ledger)
    if known is None or not uid:
        return ""
    record = records.get(office.db, known, uid)
    return str(record.get(known.number) or "") if record else history.last_told(office.db, uid, known.number)


class _Ticks:
    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def __call__(self) -> None:
        self.done += 1
        if self.done % AT_ONCE == 0:
            self.progress.report(min(self.done, self.total), self.total)
