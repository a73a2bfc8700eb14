"""A sheet's rows into a ledger: first a plan, which changes nothing, then all of it or nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker import i18n
from tracker.attached.parties import PARTIES
from tracker.db import history, imported
from tracker.db.imported import Prints
from tracker.db.locks import refusal
from tracker.db.records import Record
from tracker.errors import FrozenRecords, UserError
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.problem_sheet import write as write_problems
from tracker.exchange.template import write as write_template
from tracker.i18n import _, ngettext
from tracker.operations import exports, sheet_memory, sheet_people, sheets
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Changed, Office
from tracker.operations.progress import SILENT, Progress, Silent
from tracker.operations.rows import Place, Planner, Wrong
from tracker.operations.sheet_people import Person
from tracker.operations.sheet_rows import Intent, Issue, Table
from tracker.operations.sheets import Survey
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


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
    at: str = ""
    """When the new records were written, as they carry it."""
    passed: int = 0
    """Rows that are no records, such as totals: they are not among those read."""

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
        problems = [_problem(issue) for issue in self.problems]
        warnings = [_warning(issue) for issue in self.warnings]
        return [*self.counted(), *problems, *warnings]

    def counted(self) -> list[str]:
        """The counts in words."""
        text = _(
            "{read} rows read: {inserted} new, {updated} changed, {unchanged} unchanged, {skipped} left out."
        )
        counts = {
            name: f"{getattr(self, name):,}"
            for name in ("read", "inserted", "updated", "unchanged", "skipped")
        }
        passed = ngettext(
            "{n} row that is no record, such as a total, was passed over.",
            "{n} rows that are no records, such as totals, were passed over.",
            self.passed,
        ).format(n=f"{self.passed:,}")
        return [text.format(**counts), *([passed] if self.passed else [])]


def _problem(issue: Issue) -> str:
    text = _("Sheet “{sheet}”, row {row}: {message}") if issue.sheet else _("Row {row}: {message}")
    return text.format(sheet=issue.sheet, row=issue.row, message=issue.message)


def _warning(issue: Issue) -> str:
    text = _("Warning, row {row}: {message}")
    if issue.sheet:
        text = _("Warning, sheet “{sheet}”, row {row}: {message}")
    return text.format(sheet=issue.sheet, row=issue.row, message=issue.message)


@dataclass(frozen=True)
class Plan:
    """What importing a sheet would do."""

    ledger: Ledger
    path: Path
    sheet: str
    sheets: tuple[str, ...]
    """The names of all sheets of the file; one, empty, for text."""
    mapping: Headings
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
    tables: tuple[Table, ...] = ()
    """The sheets that were read; `mapping` is the first one's."""
    insert_places: tuple[Place, ...] = ()
    update_places: tuple[Place, ...] = ()
    prints: Mapping[int, Prints] = field(default_factory=dict)
    """By their place among the inserts, what rows without numbers held."""
    renewed: tuple[tuple[str, Prints], ...] = ()
    """What rows without numbers hold now, by the uid of the record that they became earlier."""
    insert_people: Mapping[int, tuple[Person, ...]] = field(default_factory=dict)
    update_people: Mapping[int, tuple[Person, ...]] = field(default_factory=dict)
    """By their place among the inserts and updates, parties whose telephones rows tell."""
    passed: tuple[Issue, ...] = ()
    """Rows that are no records, such as totals; the message names the kind (`sheet_rows.PASSED`)."""
    wrong: tuple[Wrong, ...] = ()
    """Rows with problems, as the sheet has them."""
    unknown: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Words that code tables do not have, by field, and in how many rows."""
    unsure: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Words that may mean several codes, likewise; they were taken for one of them."""


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
    """Read a sheet (by default all with the headings of the first that has the ledger's) and find out what importing
    it would do: by its headings and what the office said of such sheets, nothing guessed and no number given.

    Raises UserError where the file is no spreadsheet, has no such sheet or no headings of the ledger.
    """
    seen = sheets.survey(office, ledger, path, progress, name=sheet, guess=False)
    plan = make_plan(office, ledger, seen, Intent(clear_empty=clear_empty), progress)
    return replace(plan, warnings=(*_unread(seen, ledger), *plan.warnings))


def _unread(seen: Survey, ledger: Ledger) -> Iterator[Issue]:
    """That rows stand on sheets which are not read, unless the file says itself which of them is the ledger."""
    if sheets.is_own(ledger, seen.chosen):
        return
    for name in seen.unread:
        text = _(
            "Sheet “{sheet}” was not read; if records stand on it, name it with --sheet or give it headings."
        )
        if name in seen.source.hidden:
            text = _("Sheet “{sheet}” is hidden and was not read; show it, or name it with --sheet.")
        yield Issue(1, "", name, text.format(sheet=name), name)


@_collecting_seldom()
def make_plan(
    office: Office, ledger: Ledger, seen: Survey, intent: Intent, progress: Progress = SILENT
) -> Plan:
    """Find out what importing the chosen sheets of a file would do. Raises UserError where none fits the ledger."""
    tables = seen.tables()
    if not tables:
        raise sheets.without_headings(seen, ledger)
    words = sheet_memory.words(office, ledger)
    for key, said in intent.words.items():
        words[key] = {**words.get(key, {}), **said}
    planner = Planner(office, ledger, replace(intent, words=words))
    text, before, total = _("Checking the rows …"), 0, sum(table.sheet.height for table in tables)
    several = sum(table.sheet.height > table.mapping.row + 1 for table in tables) > 1
    for table in tables:
        for done in planner.go_through(table, table.sheet.name if several else ""):
            progress.report(min(before + done, total), total, text)
        before += table.sheet.height
    planner.finish(progress.check)
    findings, order = planner.findings, {table.sheet.name: n for n, table in enumerate(tables)}

    def sorted_by_row(issues: list[Issue]) -> tuple[Issue, ...]:
        return tuple(sorted(issues, key=lambda issue: (order.get(issue.sheet, 0), issue.row)))

    return Plan(
        ledger=ledger,
        path=seen.path,
        sheet=tables[0].sheet.name,
        sheets=seen.source.names,
        mapping=tables[0].mapping,
        read=planner.read,
        inserts=tuple(planner.inserts),
        updates=tuple(planner.updates),
        unchanged=planner.unchanged,
        problems=sorted_by_row(findings.problems),
        warnings=sorted_by_row(findings.warnings),
        sample=tuple(planner.sample),
        heads=history.heads(office.db),
        frozen=tuple(planner.frozen),
        tables=tables,
        insert_places=tuple(planner.insert_places),
        update_places=tuple(planner.update_places),
        prints=planner.prints,
        renewed=tuple(planner.renewed),
        insert_people=planner.insert_people,
        update_people=planner.update_people,
        passed=tuple(findings.passed),
        wrong=tuple(planner.wrong),
        unknown=dict(findings.unknown),
        unsure=dict(findings.unsure),
    )


def result(plan: Plan, *, refused: bool = False, reason: str = "") -> ImportResult:
    """What the plan would do, rows with problems left out; `refused`: what it did, which is nothing.

    Without a reason, rows that change what frozen figures count are among the problems.
    """
    inserted, updated = (0, 0) if refused else (len(plan.inserts), len(plan.updates))
    skipped = plan.read - inserted - updated - plan.unchanged
    frozen = () if reason else plan.frozen
    problems = tuple(sorted((*plan.problems, *frozen), key=lambda issue: issue.row))
    counts = (plan.read, inserted, updated, plan.unchanged, skipped)
    return ImportResult(*counts, problems, plan.warnings, passed=len(plan.passed))


def frozen_refusal(plan: Plan) -> FrozenRecords:
    """Why the plan needs a reason: the records that frozen figures count."""
    named = tuple((plan.ledger.name, "", issue.value) for issue in plan.frozen)
    return refusal({plan.ledger.name: plan.ledger}, named)


@_collecting_seldom()
def carry_out(
    office: Office,
    plan: Plan,
    skip_problems: bool = False,
    progress: Progress = SILENT,
    memory: Mapping[str, str] | None = None,
) -> ImportResult:
    """Write what was planned, and with it the settings in which the office's decisions are kept (`memory`): in one
    transaction, undone as one step. Raises ImportRefused for problem rows that are not to be skipped, and
    FrozenRecords where it would change what frozen figures count and the office gave no reason.
    """
    if plan.problems and not skip_problems:
        raise ImportRefused(result(plan, refused=True))
    if plan.frozen and not office.reason:
        raise frozen_refusal(plan)
    told = result(plan, reason=office.reason)
    memory = memory or {}
    if not plan.inserts and not plan.updates and not sheet_memory.is_new(office.db, memory):
        with office.db.atomic():  # no operation: what rows held is no content
            imported.write(office.db, plan.ledger, plan.renewed)
        return told
    report = _counting(len(plan.inserts) + len(plan.updates), progress)
    office.back_up("import", progress)
    with office.writing("import", plan.path.name) as writer:
        if history.heads(office.db) != plan.heads:
            raise UserError(_("The data file has changed since the sheet was read; read it again."))
        with writer.bulk(plan.ledger, len(plan.inserts), progress.check):
            added, met = [], []
            for n, record in enumerate(plan.inserts):
                uid = writer.insert(plan.ledger, record)
                if n in plan.prints:
                    added.append((uid, plan.prints[n]))
                if n in plan.insert_people:
                    met.append((uid, plan.insert_people[n]))
                report()
        for n, (old, changes) in enumerate(plan.updates):
            writer.update(plan.ledger, old, changes)
            if n in plan.update_people:
                met.append((str(old["uid"]), plan.update_people[n]))
            report()
        for uid, people in met:
            progress.check()
            sheet_people.write(writer, plan.ledger, uid, people)
        imported.write(office.db, plan.ledger, added)
        imported.renew(office.db, plan.ledger, plan.renewed, writer.journal.operation)
        kept = sheet_memory.keep_within(office, writer, memory)
    if kept:
        office.forget_settings()
    beside = {PARTIES.name} if met else set[str]()
    of = {plan.ledger.name} if told.inserted or told.updated else set[str]()
    changed = Changed(frozenset({*of, *beside, *writer.followed}), settings=kept)
    return replace(told, changed=changed, at=writer.journal.at if told.inserted else "")


def export_problems(office: Office, plan: Plan, path: Path) -> Plan:
    """Write the rows with problems as a sheet, the reason in its first column, to be corrected and brought back.

    The history notes that, so the plan is returned as it may still be carried out. Raises UserError where it cannot,
    and leaves an older file as it was.
    """
    told: dict[Place, list[str]] = {}
    for issue in plan.problems:
        of = plan.ledger.by_key.get(issue.field)
        reason = f"{of.title()}: {issue.message}" if of and i18n.language() == "en" else issue.message
        told.setdefault((issue.sheet, issue.row), []).append(reason)
    rows = [(" ".join(told.get(wrong.place, ())), wrong.place[1], wrong.cells) for wrong in plan.wrong]
    with fresh_file(path) as fresh:
        write_problems(plan.mapping, rows, fresh)
    what = _("{ledger}: rows with problems").format(ledger=plan.ledger.title())
    known = history.heads(office.db) == plan.heads
    exports.note(office, what, path, len(rows), whole=True)
    return replace(plan, heads=history.heads(office.db)) if known else plan


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


__all__ = [
    "SILENT",
    "ImportRefused",
    "ImportResult",
    "Plan",
    "Silent",
    "carry_out",
    "export_problems",
    "frozen_refusal",
    "make_plan",
    "read_plan",
    "result",
    "template",
]
