"""The command that freezes figures, lists freezes, says what has moved since, and ends one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tracker import printing
from tracker.commands.base import Command, General, general, needed, period_options, reading, writing
from tracker.db import freezes
from tracker.db.freezes import Freeze
from tracker.i18n import N_, _, about
from tracker.operations import freezing
from tracker.operations.freezing import Compared
from tracker.period import Period
from tracker.schema.values import minute


@click.command("freeze", cls=Command, help=N_("Hold a period's figures fast as quoted, with their records."))
@click.option("--note", default="", help=N_("What the figures were quoted in."))
@click.option("--list", "listed", is_flag=True, help=N_("List what is frozen, and what no longer is."))
@click.option("--compare", is_flag=True, help=N_("Say which frozen figures of the period differ now."))
@click.option("--end", "ended", is_flag=True, help=N_("End the newest freeze of the period; needs --reason."))
@click.option("--reason", default="", metavar="TEXT", help=N_("Why it ends."))
@period_options
@general
@click.pass_obj
def freeze_command(
    options: General,
    note: str,
    listed: bool,
    compare: bool,
    ended: bool,
    reason: str,
    period: Period | None,
) -> None:
    """`freeze`."""
    if listed:
        _list(options)
        return
    wanted = needed(period)
    if compare:
        _compare(options, wanted)
    elif ended:
        with writing(options) as office:
            found = freezing.newest(office.db, wanted)
            freezing.unfreeze(office, found, reason)
        _tell(options, _described(found), _("{period} is no longer frozen.").format(period=wanted.label()))
    else:
        with writing(options) as office:
            made = freezing.freeze(office, wanted, note)
        text = _("Frozen: {period}, {figures} figures and the {records:,} records behind them.")
        text = text.format(period=wanted.label(), figures=made.figures, records=made.records)
        _tell(options, {**_described(made.freeze), "figures": made.figures, "records": made.records}, text)


def _tell(options: General, document: object, text: str) -> None:
    if options.json:
        printing.document(document)
    else:
        printing.lines([text])


def _list(options: General) -> None:
    with reading(options) as office:
        found = freezes.all_freezes(office.db)
    if options.json:
        printing.document([_described(freeze) for freeze in found])
        return
    heads = (_("Period"), _("Frozen at"), _("Frozen by"), _("Note"), _("Ended"))
    rows = [(f.period.label(), minute(f.at), f.clerk, f.note, _ended(f)) for f in found]
    printing.lines(printing.columns([heads, *rows]))


def _ended(freeze: Freeze) -> str:
    return "" if freeze.active else f"{minute(freeze.thawed_at)} {freeze.thawed_by} {freeze.thawed_why}"


def _described(freeze: Freeze) -> dict[str, object]:
    days = {name: getattr(freeze.period, name).isoformat() for name in ("begin", "end", "as_of")}
    told = {name: getattr(freeze, name) or None for name in ("at", "clerk", "note", "thawed_at", "thawed_by")}
    return {"id": freeze.id, "period": days, **told, "thawed_why": freeze.thawed_why or None}


def _compare(options: General, period: Period) -> None:
    with reading(options) as office:
        found = freezing.newest(office.db, period)
        compared = [one for one in freezing.compare(office.db, found) if not one.same]
        moved = {one.frozen.key: freezing.moved(office.db, found, one.frozen.key) for one in compared}
    if options.json:
        printing.document([{**_both(one), "records": _records(moved[one.frozen.key])} for one in compared])
    else:
        printing.lines(_lines(period, compared, moved))


def _both(one: Compared) -> dict[str, object]:
    return {"key": one.frozen.key, "frozen": one.frozen.value, "live": one.live.value if one.live else None}


def _records(moved: tuple[freezing.Moved, ...]) -> list[dict[str, object]]:
    return [
        {"ledger": m.ledger.name, "uid": m.uid, "number": m.number, "kind": m.kind, "why": list(m.reasons)}
        for m in moved
    ]


def _lines(
    period: Period, compared: list[Compared], moved: dict[str, tuple[freezing.Moved, ...]]
) -> Iterator[str]:
    if not compared:
        yield _("{period}: every frozen figure is what it was.").format(period=period.label())
        return
    heads = (_("Figure"), _("Frozen"), _("Now"), _("Unit"))
    rows = [
        (c.frozen.label, c.frozen.value or "–", (c.live.value if c.live else None) or "–", c.frozen.unit)
        for c in compared
    ]
    yield from printing.columns([heads, *rows], frozenset({1, 2}))
    seen: dict[str, freezing.Moved] = {one.uid: one for many in moved.values() for one in many}
    for one in seen.values():
        yield about(f"{one.ledger.title()} {one.number}", one.sentence())
