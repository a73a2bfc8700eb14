"""The command that writes the report; apart from the others because Word's library takes long to load."""

from __future__ import annotations

from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import Command, General, general, needed, period_options, reading, told_part
from tracker.i18n import N_, _
from tracker.operations import report
from tracker.period import Period


@click.command(
    "report", cls=Command, help=N_("The report's paragraphs as .docx, with the figures filled in.")
)
@click.option("--out", required=True, metavar="R.docx", help=N_("Where to write it."))
@click.option(
    "--template", metavar="T.docx", help=N_("The template; default: the office's own, else the standard one.")
)
@period_options
@general
@click.pass_obj
def report_command(options: General, period: Period | None, out: str, template: str | None) -> None:
    """`report`."""
    wanted = needed(period)
    with reading(options) as office:
        written = report.report(office, wanted, Path(out), Path(template) if template else None)
        part = told_part(options, office)
    if options.json:
        told = [{"place": d.place, "message": d.message} for d in written.dashes]
        printing.document({"file": str(written.path), "warnings": told, **part})
    else:
        dashes = [_("A dash stands at {place}").format(place=dash.sentence()) for dash in written.dashes]
        printing.lines([_("Wrote {path}.").format(path=written.path), *dashes])
