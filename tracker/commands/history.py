"""Commands about the past: a record's history, and whether the file and its whole history are sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import (
    LEDGER,
    TWO_PASSWORDS,
    Command,
    Day,
    General,
    Word,
    damage_remedy,
    general,
    reading,
    with_backup_password,
)
from tracker.db import records
from tracker.db.log import Wanted
from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import clerks, log, restoring, verifying
from tracker.operations import past as history
from tracker.operations.office import Office, who_acts
from tracker.operations.past import Past
from tracker.operations.verifying import Verified
from tracker.schema.ledger import Ledger

KIND = Word("KIND", {key: key for key in log.GROUPS})


@click.command(
    "history",
    cls=Command,
    help=N_(
        "Who changed a record, when, and from what to what; without a record, the log of the whole file."
    ),
)
@click.argument("ledger", type=LEDGER, required=False)
@click.argument("number", required=False)
@click.option("--by", default="", metavar="NAME", help=N_("Log: only what this clerk did."))
@click.option("--kind", type=KIND, help=N_("Log: records, sheets, bin, undo, freezes, office or rest."))
@click.option("--from", "begin", type=Day(), help=N_("Log: from this day on."))
@click.option("--to", "end", type=Day(), help=N_("Log: up to this day."))
@click.option(
    "--most", type=click.IntRange(1), default=log.PAGE, help=N_("Log: at most so many, the newest first.")
)
@general
@click.pass_obj
def history_command(
    options: General,
    ledger: Ledger | None,
    number: str | None,
    by: str,
    kind: str | None,
    begin: date | None,
    end: date | None,
    most: int,
) -> None:
    """`history`: of the record with this number, where a merge left two, of both; or the log."""
    if ledger and number:
        _of_record(options, ledger, number)
    elif ledger:
        raise click.UsageError(_("Name the record by its number, too."))
    else:
        days = (begin.isoformat() if begin else "", end.isoformat() if end else "")
        _log(options, by, kind, days, most)


def _log(options: General, by: str, kind: str | None, days: tuple[str, str], most: int) -> None:
    with reading(options) as office:
        clerks.require_known(office)  # a clerk is told of what he did himself
        wanted = Wanted(by, log.kinds_of(office, kind) if kind else (), *days)
        found = log.read(office, wanted, most=most)
        if options.json:
            printing.document([log.as_json(office, done) for done in found])
        else:
            printing.lines(log.text_lines(found))


def _of_record(options: General, ledger: Ledger, number: str) -> None:
    with reading(options) as office:
        own = office.catalogue.by_name[ledger.name]
        found = records.by_number(office.db, own, number) or records.that_left(office.db, own, number)
        if not found:
            text = _(
                "{ledger} has no record with the number {number}; `case-tracker list` shows those there are."
            )
            raise UserError(text.format(ledger=own.title(), number=number))
        told = [past for one in found for past in history.of_record(office, own, one)]
        if options.json:
            printing.listed(history.as_json(past) for past in told)
        else:
            printing.lines(line for past in told for line in _lines(office, past))


def _lines(office: Office, past: Past) -> Iterator[str]:
    entry = past.entry
    yield "  ".join((entry.at.replace("T", " "), entry.clerk, entry.origin, history.what(office, past)))
    yield from (f"    {line}" for line in history.lines(past))


@click.command(
    "verify",
    cls=Command,
    help=N_("Whether the file is sound and its history unbroken."),
    epilog=TWO_PASSWORDS,
)
@click.argument("backup", required=False)
@general
@click.pass_obj
def verify_command(options: General, backup: str | None) -> None:
    """`verify`: status 0 only for a sound file; with BACKUP, a path or a name in its folder, of that backup."""
    if backup:
        path = restoring.named(options.path, backup)
        who = who_acts(options.clerk)
        found = with_backup_password(lambda key: restoring.check(options.path, path, key, who), path)
    else:
        path = options.path
        with reading(options) as office:
            found = verifying.verify(office)
    _tell(options, path, found, bool(backup))


def _tell(options: General, path: Path, found: Verified, is_backup: bool) -> None:
    if options.json:
        told: dict[str, object] = {
            "sound": found.sound,
            "unbroken": found.unbroken,
            "rows": found.rows,
            "records": found.records,
        }
        told |= {"gaps": [asdict(gap) for gap in found.gaps], "faults": list(found.told)}
        printing.document({**told, "damage": list(found.damage)})
    elif found.sound:
        printing.lines(verifying.lines(found))
    if not found.sound:
        text = (
            _("The backup {path} is not sound; choose another. First: {fault}")
            if is_backup
            else _("{path} is not sound; keep it as it is and open a backup. First: {fault}")
        )
        more = () if options.json else found.told[1:]
        remedy = () if is_backup else (damage_remedy(),)
        raise UserError("\n".join((text.format(path=path, fault=found.told[0]), *more, *remedy)))
