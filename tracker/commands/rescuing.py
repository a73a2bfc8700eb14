"""The command that brings what can be read of a damaged file into a new one."""

from __future__ import annotations

from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import Command, General, general, with_password
from tracker.errors import DamagedFile, UserError
from tracker.i18n import N_
from tracker.operations import rescuing
from tracker.operations.office import who_acts


@click.command("rescue", cls=Command, help=N_("Bring what can be read of a damaged file into a new one."))
@click.argument("new", type=click.Path(path_type=Path))
@general
@click.pass_obj
def rescue_command(options: General, new: Path) -> None:
    """`rescue`: the damaged file is only read; status 0 where anything could be rescued."""
    who = who_acts(options.clerk)
    try:
        rescued = with_password(lambda key: rescuing.rescue(options.path, new, key, who=who), options.path)
    except DamagedFile as wrong:  # whose remedy would be to rescue it
        raise UserError(str(wrong)) from wrong
    if options.json:
        printing.document(rescuing.as_json(rescued))
    else:
        printing.lines(rescued.lines())
