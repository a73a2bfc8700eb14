"""The command that writes a part of the file for sending."""

from __future__ import annotations

from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import LEDGER, Command, General, general, reading, span_options
from tracker.i18n import N_, _
from tracker.operations import clerks, parting
from tracker.operations.parting import Choice
from tracker.period import Period
from tracker.schema.ledger import Ledger


@click.command("part", cls=Command, help=N_("Write a part of the file as a small file for sending."))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--ledger", "ledgers", type=LEDGER, multiple=True, help=N_("Only this ledger; may be repeated.")
)
@click.option(
    "--handled-by", default="", metavar="NAME", help=N_("Only what this person handles or has entered.")
)
@span_options
@general
@click.pass_obj
def part_command(
    options: General, new: Path, ledgers: tuple[Ledger, ...], handled_by: str, period: Period | None
) -> None:
    """`part`: the records chosen with their whole history; to be merged like any file."""
    first, last = (period.begin.isoformat(), period.end.isoformat()) if period else (None, None)
    choice = Choice(tuple(ledger.name for ledger in ledgers), first, last, handled_by.strip())
    with reading(options) as office:
        clerks.require_known(office)  # what leaves is in the history
        made = parting.write(office, choice, new)
        titles = {name: office.catalogue.by_name[name].title() for name in made.records}
    if options.json:
        printing.document({"path": str(made.path), "records": made.records, "size": made.size})
    else:
        counts = [f"{titles[name]} {n:,}" for name, n in made.records.items()]
        printing.lines([*counts, _("Written: {path}").format(path=made.path)])
