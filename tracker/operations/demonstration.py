"""Making a demonstration file: an invented office with two years of records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.demonstration import NAMES, named
from tracker.demonstration.office import Demonstration, Record
from tracker.errors import UserError
from tracker.i18n import _, listed
from tracker.operations.making import making
from tracker.operations.office import Office, save_settings
from tracker.operations.progress import Progress
from tracker.schema.ledger import Ledger
from tracker.schema.numbering import Pattern
from tracker.settings import REPORT_TEMPLATE, STANDARD_REPORTS, pattern_key

MARK = "（演示）"
"""Ends the office's name, so that no sheet or picture is taken for a real one."""
AT_ONCE = 250


@dataclass(frozen=True)
class DemoMade:
    """A finished demonstration file: records by ledger, and in words what to know about its figures."""

    path: Path
    counts: Mapping[str, int]
    notes: tuple[str, ...]


def names() -> tuple[str, ...]:
    """The demonstrations there are."""
    return NAMES


def title(name: str) -> str:
    """What a demonstration shows, in the language in use; raises UserError for an unknown name."""
    return _(_named(name).title)


@dataclass(frozen=True)
class Offer:
    """A demonstration as it is offered: its name and what it shows, in the language in use."""

    title: str
    shows: str


def offers() -> dict[str, Offer]:
    """Every demonstration by its name."""
    return {name: Offer(_(named(name).title), _(named(name).shows)) for name in NAMES}


def make(name: str, path: Path, progress: Progress | None = None) -> DemoMade:
    """Make the demonstration as a new file; leaves none where it fails or is cancelled. Never overwrites."""
    demonstration = _named(name)
    with making(path) as office:
        made = fill(office, demonstration, progress)
    return replace(made, path=path)


def _named(name: str) -> Demonstration:
    if name not in NAMES:
        text = _("There is no demonstration “{name}”; there are: {names}.")
        raise UserError(text.format(name=name, names=listed(names())))
    return named(name)


def fill(office: Office, demonstration: Demonstration, progress: Progress | None) -> DemoMade:
    """Write it into a new file."""
    ledgers = office.catalogue.by_name
    patterns = {pattern_key(ledgers[name]): text for name, text in demonstration.patterns.items()}
    about = {"office": demonstration.office + MARK, "region": demonstration.region}
    if demonstration.name in {code.key for code in STANDARD_REPORTS}:
        about[REPORT_TEMPLATE.key] = demonstration.name
    save_settings(office, {**about, **patterns})
    notes = tuple(_(note) for note in demonstration.notes)
    records = demonstration.records()
    total, done = sum(map(len, records.values())), 0
    given: dict[str, list[Record]] = {}
    uids: dict[tuple[str, str], str] = {}
    with office.writing("demonstration", "\n".join(notes)) as writer:
        for name, listed in records.items():
            ledger = ledgers[name]
            given[name] = list(numbered(ledger, listed, office.patterns.get(name)))
            with writer.bulk(ledger, len(listed)):
                for record in given[name]:
                    if progress and done % AT_ONCE == 0:
                        progress.report(done, total, ledger.title())
                    uids[name, str(record[ledger.number])] = writer.insert(ledger, record)
                    done += 1
        for one in demonstration.belongings(given):
            where = {"of": one.ledger, "record": uids[one.ledger, one.number]}
            writer.insert(office.catalogue.every[one.attached], {**one.record, **where})
    if progress:
        progress.report(done, total, "")
    return DemoMade(office.db.path, {name: len(listed) for name, listed in records.items()}, notes)


def numbered(ledger: Ledger, records: Iterable[Record], pattern: Pattern | None) -> Iterator[Record]:
    """The records in order of their first day, each with the next number of that day's year."""
    last: Counter[int] = Counter()
    for record in sorted(records, key=lambda record: str(record[ledger.day])) if ledger.day else records:
        if pattern is None:
            yield record
            continue
        year = ledger.year_of(record)
        last[year] += 1
        yield {ledger.number: pattern.number(year, last[year]), **record}
