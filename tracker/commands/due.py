"""The command that tells which time limits are running."""

from __future__ import annotations

from datetime import date

import click

from tracker import printing
from tracker.commands.base import Command, Day, General, general, reading
from tracker.i18n import N_
from tracker.operations import deadlines


@click.command("due", cls=Command, help=N_("What is overdue or due soon."))
@click.option("--on", "on", type=Day(), help=N_("As known on this day; default: today."))
@click.option(
    "--within",
    type=click.IntRange(0, 36_525),
    default=deadlines.WITHIN,
    metavar="N",
    help=N_("Days ahead; default: 30."),
)
@general
@click.pass_obj
def due_command(options: General, on: date | None, within: int) -> None:
    """`due`."""
    with reading(options) as office:
        found = deadlines.due(office, on or date.today(), within)
        if options.json:
            printing.listed(due.as_json() for due in found)
        else:
            printing.lines(printing.due_lines(office.catalogue.by_name, found))
