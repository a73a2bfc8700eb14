"""The command that tells which time limits are running."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import click

from tracker import printing
from tracker.commands.base import Command, Day, General, general, reading
from tracker.i18n import N_, _, listed, ngettext
from tracker.operations import deadlines
from tracker.operations.deadlines import Due
from tracker.schema.ledger import Ledger


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
            printing.lines(_lines(office.catalogue.by_name, found))


def _lines(ledgers: Mapping[str, Ledger], found: Sequence[Due]) -> Iterator[str]:
    """Time limits, each with what is doubtful about it."""
    heads = (
        _("Due on"),
        _("Days left"),
        _("Ledger"),
        _("Number"),
        _("What is due"),
        _("About"),
        _("Basis"),
        "",
    )
    rows = [_row(ledgers[due.ledger], due) for due in found]
    yield from printing.columns([heads, *rows], frozenset({1}))
    late = sum(due.days_left < 0 for due in found)
    told = ngettext("{n} time limit, {late} overdue", "{n} time limits, {late} overdue", len(found))
    yield told.format(n=len(found), late=late)


def _row(ledger: Ledger, due: Due) -> tuple[str, ...]:
    doubts = (
        ("", _("holidays of that year not yet announced"))[not due.published],
        ("", _("article not verified"))[not due.verified],
        ("", _("suspended: the day if resumed now"))[due.stands],
    )
    return (
        due.due_on.isoformat(),
        str(due.days_left),
        _(ledger.short),
        due.number,
        due.label,
        due.about,
        due.basis,
        listed(filter(None, doubts)),
    )
