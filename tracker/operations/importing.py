"""A sheet's rows into a ledger: first a plan, which changes nothing, then all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tracker.db import history
from tracker.db.locks import refusal
from tracker.db.records import Record
from tracker.errors import FrozenRecords, UserError
from tracker.exchange import headings, reading
from tracker.exchange.headings import Mapping
from tracker.exchange.template import write as write_template
from tracker.i18n import _, everywhere, ngettext
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Changed, Office
from tracker.operations.rows import Issue, Planner
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


class Progress(Protocol):
    """What long work reports to; it raises `Cancelled` when asked to stop."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """`done` of `total` pieces are finished (None: unknown)."""

    def check(self) -> None:
        """Only ask whether to stop."""


class Silent:
    """Reports to nobody and never stops."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Nothing."""

    def check(self) -> None:
        """Nothing."""


SILENT = Silent()


class ImportRefused(UserError):
    """Rows have problems, so nothing was written; `result` lists them."""

    def __init__(self, result: ImportResult) -> None:
        rows = len({problem.row for problem in result.problems})
        text = ngettext(
            "{n} row has problems, nothing was imported; correct it or leave it out.",
            "{n} rows have problems, nothing was imported; correct them or leave them out.",
            rows,
        )
        super().__init__(text.format(n=rows))
        self.result = result


@dataclass(frozen=True)
class ImportResult:
    """What an import did or, of a plan, would do; `read` is the sum of the four counts after it."""

    read: int
    inserted: int
    updated: int
    unchanged: int
    skipped: int
    problems: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    changed: Changed = field(default_factory=Changed)

    def as_json(self) -> dict[str, object]:
        """The shape of `import --json`."""
        counts = ("read", "inserted", "updated", "unchanged", "skipped")
        return {
            **{name: getattr(self, name) for name in counts},
            "problems": [issue.as_json() for issue in self.problems],
            "warnings": [issue.as_json() for issue in self.warnings],
        }

    def lines(self) -> list[str]:
        """The same in words, one line for each problem and warning."""
        text = _(
            "{read} rows read: {inserted} new, {updated} changed, {unchanged} unchanged, {skipped} left out."
        )
        counts = {
            name: f"{getattr(self, name):,}"
            for name in ("read", "inserted", "updated", "unchanged", "skipped")
        }
        problems = [_("Row {row}: {message}").format(row=i.row, message=i.message) for i in self.problems]
        warnings = [
            _("Warning, row {row}: {message}").format(row=i.row, message=i.message) for i in self.warnings
        ]
        return [text.format(**counts), *problems, *warnings]


@dataclass(frozen=True)
class Plan:
    """What importing a sheet would do."""

    ledger: Ledger
    path: Path
    sheet: str
    sheets: tuple[str, ...]
    """The names of all sheets of the file; one, empty, for text."""
    mapping: Mapping
    read: int
    inserts: tuple[dict[str, Value], ...]
    updates: tuple[tuple[Record, dict[str, Value]], ...]
    """The record as it is in the file, and the fields that change."""
    unchanged: int
    problems: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    sample: tuple[tuple[int, dict[str, str]], ...]
    """The first rows as the spreadsheet numbers them, with the text of their cells by field."""
    heads: bytes
    """Where the history stood when the plan was made."""
    frozen: tuple[Issue, ...] = ()
    """Rows that change what frozen figures count: without a reason the import is refused."""


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Rows make millions of objects and hardly a cycle: looking for cycles among them took a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_collecting_seldom()
def read_plan(
    office: Office,
    ledger: Ledger,
    path: Path,
    sheet: str | None = None,
    clear_empty: bool = False,
    progress: Progress = SILENT,
) -> Plan:
    """Read a sheet (by default the first with the ledger's headings) and find out what importing it would do.

    Raises UserError where the file is no spreadsheet, has no such sheet or no headings of the ledger.
    """
    progress.report(0, None, _("Reading {file} …").format(file=path.name))
    source = reading.recognise(path)
    found, first, mapping = _with_headings(source, ledger, sheet, progress)
    planner = Planner(office, ledger, mapping, found, clear_empty)
    text = _("Checking the rows …")
    for done in planner.go_through(first):
        progress.report(min(done, found.height), found.height, text)
    return Plan(
        ledger,
        path,
        found.name,
        source.names,
        mapping,
        planner.read,
        tuple(planner.inserts),
        tuple(planner.updates),
        planner.unchanged,
        tuple(sorted(planner.problems, key=lambda issue: issue.row)),
        tuple(sorted(planner.warnings, key=lambda issue: issue.row)),
        tuple(planner.sample),
        history.heads(office.db),
        tuple(planner.frozen),
    )


def _with_headings(
    source: reading.Source, ledger: Ledger, name: str | None, progress: Progress
) -> tuple[reading.Sheet, list[list[object]], Mapping]:
    """The sheet to read, its first rows and their mapping."""
    fallback: tuple[reading.Sheet, list[list[object]], Mapping] | None = None
    empty = True
    for each in [name] if name is not None else _likely_first(source, ledger):
        sheet = reading.read(source, each, progress.check)
        first = [row for _n, row in zip(range(headings.SEARCHED_ROWS), sheet.rows, strict=False)]
        empty = empty and not any(cell not in ("", None) for row in first for cell in row)
        mapping = headings.find(ledger, first)
        if mapping and mapping.column_of(ledger.number):
            return sheet, first, mapping
        if mapping and fallback is None:
            fallback = sheet, first, mapping
    if fallback is None:
        raise _without_headings(source, ledger, empty)
    return fallback


def _without_headings(source: reading.Source, ledger: Ledger, empty: bool) -> UserError:
    if empty:
        return UserError(
            _("{file} holds no rows; choose another file or sheet.").format(file=source.path.name)
        )
    text = _(
        "{file} has no row of headings of “{ledger}” among its first {n} rows; take the template’s headings."
    )
    return UserError(text.format(file=source.path.name, ledger=ledger.title(), n=headings.SEARCHED_ROWS))


def _likely_first(source: reading.Source, ledger: Ledger) -> list[str]:
    """The names of the sheets, those called as the ledger is before the others."""
    own = {ledger.name, *everywhere(ledger.label), *everywhere(ledger.short)}
    return sorted(source.names, key=lambda name: name not in own)


def result(plan: Plan, *, refused: bool = False, reason: str = "") -> ImportResult:
    """What the plan would do, rows with problems left out; `refused`: what it did, which is nothing.

    Without a reason, rows that change what frozen figures count are among the problems.
    """
    inserted, updated = (0, 0) if refused else (len(plan.inserts), len(plan.updates))
    skipped = plan.read - inserted - updated - plan.unchanged
    frozen = () if reason else plan.frozen
    problems = tuple(sorted((*plan.problems, *frozen), key=lambda issue: issue.row))
    return ImportResult(plan.read, inserted, updated, plan.unchanged, skipped, problems, plan.warnings)


def frozen_refusal(plan: Plan) -> FrozenRecords:
    """Why the plan needs a reason: the records that frozen figures count."""
    named = tuple((plan.ledger.name, "", issue.value) for issue in plan.frozen)
    return refusal({plan.ledger.name: plan.ledger}, named)


@_collecting_seldom()
def carry_out(
    office: Office, plan: Plan, skip_problems: bool = False, progress: Progress = SILENT
) -> ImportResult:
    """Write what was planned, in one transaction. Raises ImportRefused for problem rows that are not to be skipped,
    and FrozenRecords where it would change what frozen figures count, and not `because` of something.
    """
    if plan.problems and not skip_problems:
        raise ImportRefused(result(plan, refused=True))
    if plan.frozen and not office.reason:
        raise frozen_refusal(plan)
    told = result(plan, reason=office.reason)
    if not plan.inserts and not plan.updates:
        return told
    report = _counting(len(plan.inserts) + len(plan.updates), progress)
    with office.writing("import", plan.path.name) as writer:
        if history.heads(office.db) != plan.heads:
            raise UserError(_("The data file has changed since the sheet was read; read it again."))
        with writer.bulk(plan.ledger, len(plan.inserts), progress.check):
            for record in plan.inserts:
                writer.insert(plan.ledger, record)
                report()
        for old, changes in plan.updates:
            writer.update(plan.ledger, old, changes)
            report()
    changed = Changed(frozenset({plan.ledger.name, *writer.followed}))
    return ImportResult(**{**told.__dict__, "changed": changed})


def template(ledger: Ledger, path: Path) -> None:
    """Write an empty sheet to fill in. Raises UserError where it cannot, and leaves an older file as it was."""
    with fresh_file(path) as fresh:
        write_template(ledger, fresh)


def _counting(total: int, progress: Progress) -> Callable[[], None]:
    done, text = 0, _("Writing the records …")

    def report() -> None:
        nonlocal done
        done += 1
        if done % 500 == 0 or done == total:
            progress.report(done, total, text)

    return report
