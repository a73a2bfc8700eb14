"""Commands that only read: ledgers, list, stats."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tracker import printing
from tracker.catalogue import STANDARD
from tracker.commands.base import (
    KEY,
    LEDGER,
    Command,
    General,
    general,
    needed,
    period_options,
    reading,
    told_part,
)
from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import figures, listing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.filters import Condition
from tracker.schema.indicator import Figure
from tracker.schema.ledger import Ledger
from tracker.schema.quoted import Quoted


@click.command("ledgers", cls=Command, help=N_("Ledgers, their fields, types and codes."))
@click.argument("ledger", type=LEDGER, required=False)
@general
@click.pass_obj
def ledgers_command(options: General, ledger: Ledger | None) -> None:
    """`ledgers`: those of the data file where there is one, with the office's own fields and codes."""
    ledgers = STANDARD.by_name
    if options.path.is_file():
        with reading(options) as office:
            ledgers = office.catalogue.by_name
    chosen = (ledgers[ledger.name],) if ledger else tuple(ledgers.values())
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
    indicator: str | None,
    period: Period | None,
) -> None:
    """`list`."""
    if indicator:
        needed(period)
    with reading(options) as office:
        own = office.catalogue.by_name[ledger.name]
        conditions = [_where(own, text) for text in wheres]
        if indicator and period:
            conditions.append(_behind(office, own, indicator, period))
        query = records.Query(own, listing.together(conditions), search)
        if options.json:
            printing.listed(listing.plain_rows(office.db, query))
        else:
            printing.lines(printing.table_lines(own, list(listing.shown_rows(office.db, query))))


def _behind(office: Office, ledger: Ledger, key: str, period: Period) -> Condition:
    found = figures.indicator_named(office.catalogue, key)
    if ledger.name not in found.ledgers():
        raise click.UsageError(_("The figure {key} is about another ledger.").format(key=key))
    return figures.behind(office.catalogue.by_name, found, period, ledger=ledger.name).where


def _where(ledger: Ledger, text: str) -> Condition:
    try:
        return listing.where(ledger, text)
    except UserError as wrong:
        raise click.UsageError(str(wrong)) from wrong


@click.command("stats", cls=Command, help=N_("Figures of a period."))
@click.argument("keys", type=KEY, nargs=-1, metavar="[KEY]...")
@click.option("--frozen", is_flag=True, help=N_("As they were frozen last for just this period."))
@period_options
@general
@click.pass_obj
def stats_command(options: General, keys: tuple[str, ...], frozen: bool, period: Period | None) -> None:
    """`stats`."""
    wanted = needed(period)
    found: Sequence[Figure | Quoted]
    with reading(options) as office:
        if frozen:
            from tracker.operations import freezing  # here: what is not asked for frozen need not load it

            found = freezing.quoted_figures(office.db, wanted, keys)
        else:
            chosen = [figures.indicator_named(office.catalogue, key) for key in keys]
            found = figures.figures(office.db, wanted, chosen or None)
        part = told_part(options, office)
    if options.json:
        printing.document({**listing.stats(wanted, found), **part})
    else:
        printing.lines(printing.figure_lines(wanted, found))
