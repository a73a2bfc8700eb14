"""Commands that make files and take sheets in: demo, template, import, workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import (
    LEDGER,
    Command,
    General,
    general,
    needed,
    period_options,
    reading,
    told_part,
    writing,
)
from tracker.errors import UserError
from tracker.i18n import N_, _, ngettext
from tracker.operations import demonstration, exporting, importing
from tracker.operations.office import Office, make_office, who_acts
from tracker.period import Period
from tracker.schema.ledger import Ledger


@click.command("demo", cls=Command, help=N_("Make a new demonstration file."))
@click.argument("name", required=False)
@click.option("--list", "listed", is_flag=True, help=N_("Name the demonstration files there are."))
@general
@click.pass_obj
def demo_command(options: General, name: str | None, listed: bool) -> None:
    """`demo`."""
    if listed:
        names = list(demonstration.names())
        if options.json:
            printing.document(names)
        else:
            printing.lines(names)
        return
    if name is None:
        raise click.UsageError(_("Name a demonstration; `case-tracker demo --list` lists them."))
    made = demonstration.make(name, options.path)
    if options.json:
        printing.document({"file": str(made.path), "records": dict(made.counts), "notes": list(made.notes)})
    else:
        printing.lines([_("Made {path}.").format(path=made.path), *made.notes])


@click.command("template", cls=Command, help=N_("An empty sheet to fill in."))
@click.argument("ledger", type=LEDGER)
@click.option("--out", required=True, metavar="T.xlsx", help=N_("Where to write it."))
@general
@click.pass_obj
def template_command(options: General, ledger: Ledger, out: str) -> None:
    """`template`: with the office's own fields and codes where there is a data file."""
    if options.path.is_file():
        with reading(options) as office:
            ledger = office.catalogue.by_name[ledger.name]
    importing.template(ledger, Path(out))
    _done(options, Path(out))


@click.command("import", cls=Command, help=N_("Take in a sheet: all rows or, with any problem, none."))
@click.argument("ledger", type=LEDGER)
@click.argument("sheet_file", metavar="SHEET")
@click.option("--sheet", help=N_("The name of the sheet; default: all with the headings of the first."))
@click.option("--check", is_flag=True, help=N_("Say what would happen; write nothing."))
@click.option("--skip-problems", is_flag=True, help=N_("Leave out the rows with problems."))
@click.option("--clear-empty", is_flag=True, help=N_("Empty cells clear their field."))
@click.option(
    "--reason", default="", metavar="TEXT", help=N_("Why records that frozen figures count may change.")
)
@general
@click.pass_obj
def import_command(
    options: General,
    ledger: Ledger,
    sheet_file: str,
    sheet: str | None,
    check: bool,
    skip_problems: bool,
    clear_empty: bool,
    reason: str,
) -> None:
    """`import`."""
    path = Path(sheet_file)
    with _checking(options) if check else writing(options, make=True) as office, office.because(reason):
        own = office.catalogue.by_name[ledger.name]
        plan = importing.read_plan(office, own, path, sheet=sheet, clear_empty=clear_empty)
        locked = bool(plan.frozen) and not office.reason
        refused = locked or (bool(plan.problems) and not skip_problems)
        result = (
            importing.result(plan, refused=refused and not check, reason=office.reason)
            if check or refused
            else importing.carry_out(office, plan, skip_problems=skip_problems)
        )
        if options.json:
            printing.document(result.as_json())
        else:
            printing.lines([*result.lines(), *([_("Only checked, nothing was written.")] if check else [])])
        if locked:
            text = _("{sentence} Use --reason.")
            raise UserError(text.format(sentence=importing.frozen_refusal(plan)))
        if refused:
            rows = len({p.row for p in plan.problems})
            text = ngettext(
                "{n} row has problems, nothing was imported; correct it or use --skip-problems.",
                "{n} rows have problems, nothing was imported; correct them or use --skip-problems.",
                rows,
            )
            raise UserError(text.format(n=rows))


@contextmanager
def _checking(options: General) -> Iterator[Office]:
    """The file to check against; an empty one of no duration where there is none."""
    if options.path.exists():
        with reading(options) as office:
            yield office
        return
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "empty.db", who_acts(options.clerk))
        try:
            yield office
        finally:
            office.close()


@click.command(
    "workbook", cls=Command, help=N_("The year-end workbook, which proves each figure by a formula.")
)
@click.option("--out", required=True, metavar="W.xlsx", help=N_("Where to write it."))
@period_options
@general
@click.pass_obj
def workbook_command(options: General, period: Period | None, out: str) -> None:
    """`workbook`."""
    wanted = needed(period)
    with reading(options) as office:
        exporting.workbook(office, wanted, Path(out))
        part = told_part(options, office)
    _done(options, Path(out), part)


def _done(options: General, path: Path, part: Mapping[str, str] | None = None) -> None:
    if options.json:
        printing.document({"file": str(path), **(part or {})})
    else:
        printing.lines([_("Wrote {path}.").format(path=path)])
