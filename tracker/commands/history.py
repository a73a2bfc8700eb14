"""Commands about the past: a record's history, and whether the file and its whole history are sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tracker import printing
from tracker.catalogue import STANDARD
from tracker.commands.base import LEDGER, Command, General, general, reading
from tracker.db import records
from tracker.errors import UserError
from tracker.i18n import N_, _
from tracker.operations import past as history
from tracker.operations import restoring, verifying
from tracker.operations.office import Office, who_acts
from tracker.operations.past import Past
from tracker.operations.verifying import Verified
from tracker.schema.ledger import Ledger


@click.command("history", cls=Command, help=N_("Who changed a record, when, and from what to what."))
@click.argument("ledger", type=LEDGER)
@click.argument("number")
@general
@click.pass_obj
def history_command(options: General, ledger: Ledger, number: str) -> None:
    """`history`: of the record with this number; where a merge left two, of both."""
    with reading(options) as office:
        own = office.catalogue.by_name[ledger.name]
        found = records.by_number(office.db, own, number)
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


@click.command("verify", cls=Command, help=N_("Whether the file is sound and its history unbroken."))
@click.argument("backup", required=False)
@general
@click.pass_obj
def verify_command(options: General, backup: str | None) -> None:
    """`verify`: status 0 only for a sound file; with BACKUP, a path or a name in its folder, of that backup."""
    if backup:
        path = restoring.named(options.path, backup)
        found = restoring.check(options.path, path, None, who_acts(options.clerk))
        faults = [verifying.sentence(one, STANDARD) for one in found.faults]
    else:
        path = options.path
        with reading(options) as office:
            found = verifying.verify(office)
            faults = [
                verifying.sentence(one, office.catalogue, verifying.number_of(office, one.ledger, one.uid))
                for one in found.faults
            ]
    _tell(options, path, found, faults)


def _tell(options: General, path: Path, found: Verified, faults: list[str]) -> None:
    if options.json:
        printing.document(
            {"sound": found.sound, "rows": found.rows, "records": found.records, "faults": faults}
        )
    elif found.sound:
        text = _("The file is sound: {records} records, {rows} rows of an unbroken history.")
        printing.lines([text.format(records=f"{found.records:,}", rows=f"{found.rows:,}")])
    if not found.sound:
        text = _("{path} is not sound; keep it as it is and open a backup. First: {fault}")
        more = "" if options.json else "\n".join(f"\n{line}" for line in faults[1:])
        raise UserError(text.format(path=path, fault=faults[0]) + more)
