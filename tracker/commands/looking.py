"""Commands that only read: ledgers, list, stats."""

from __future__ import annotations

import click

from tracker import printing
from tracker.commands.base import KEY, LEDGER, Command, General, general, needed, period_options, reading
from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.indicators import INDICATORS
from tracker.ledgers import LEDGERS
from tracker.operations import figures, listing
from tracker.period import Period
from tracker.schema.filters import Condition
from tracker.schema.indicator import Indicator
from tracker.schema.ledger import Ledger


@click.command("ledgers", cls=Command, help=N_("Ledgers, their fields, types and codes."))
@click.argument("ledger", type=LEDGER, required=False)
@general
@click.pass_obj
def ledgers_command(options: General, ledger: Ledger | None) -> None:
    """`ledgers`."""
    chosen = (ledger,) if ledger else LEDGERS
    if options.json:
        printing.document([listing.described(one) for one in chosen])
    else:
        printing.lines(printing.ledger_lines(chosen, whole=ledger is not None))


@click.command("list", cls=Command, help=N_("Records of a ledger."))
@click.argument("ledger", type=LEDGER)
@click.option(
    "--where",
    "wheres",
    multiple=True,
    metavar="FIELD=VALUE",
    help=N_("Only records with this value; may be repeated."),
)
@click.option("--search", default="", help=N_("Only records in which these words stand."))
@click.option("--indicator", type=KEY, help=N_("Exactly the records behind this figure of the period."))
@period_options
@general
@click.pass_obj
def list_command(
    options: General,
    ledger: Ledger,
    wheres: tuple[str, ...],
    search: str,
    indicator: Indicator | None,
    period: Period | None,
) -> None:
    """`list`."""
    conditions = [_where(ledger, text) for text in wheres]
    if indicator:
        behind = figures.behind(indicator, needed(period))
        if behind.ledger.name != ledger.name:
            raise click.UsageError(_("The figure {key} is about another ledger.").format(key=indicator.key))
        conditions.append(behind.where)
    with reading(options) as office:
        query = records.Query(ledger, listing.together(conditions), search)
        if options.json:
            printing.listed(listing.plain_rows(office.db, query))
        else:
            printing.lines(printing.table_lines(ledger, list(listing.shown_rows(office.db, query))))


def _where(ledger: Ledger, text: str) -> Condition:
    try:
        return listing.where(ledger, text)
    except UserError as wrong:
        raise click.UsageError(str(wrong)) from wrong


@click.command("stats", cls=Command, help=N_("Figures of a period."))
@click.argument("keys", type=KEY, nargs=-1, metavar="[KEY]...")
@period_options
@general
@click.pass_obj
def stats_command(options: General, keys: tuple[Indicator, ...], period: Period | None) -> None:
    """`stats`."""
    wanted = needed(period)
    with reading(options) as office:
        found = figures.figures(office.db, wanted, keys or INDICATORS)
    if options.json:
        printing.document(listing.stats(wanted, found))
    else:
        printing.lines(printing.figure_lines(wanted, found))
