"""The command that sets, changes or removes the password of the data file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing

import click

from tracker import printing
from tracker.commands.base import Command, General, Word, general, typed_password, warn, with_password
from tracker.db.database import must_be_file
from tracker.errors import PasswordNeeded, UserError
from tracker.i18n import N_, _
from tracker.operations import clerks, opening, passwords, strength
from tracker.operations.office import who_acts
from tracker.operations.password_words import copies_told, done_told
from tracker.operations.passwords import CHANGED, REMOVED, SET, Protection

NEW = "CASE_TRACKER_NEW_PASSWORD"
IN_A_ROW = 4
"""So many groups of the recovery key stand in a line."""
WAY = Word("WAY", {"set": SET, "change": CHANGED, "remove": REMOVED})


@click.command("password", cls=Command, help=N_("Set, change or remove the file's password."))
@click.argument("way", type=WAY, metavar="set|change|remove")
@general
@click.pass_obj
def password_command(options: General, way: str) -> None:
    """`password`: the recovery key is printed once, on standard output."""
    path = options.path
    must_be_file(path)
    has = passwords.has_password(path)
    if way == SET and has:
        raise UserError(_("{path} has a password already; use `password change`.").format(path=path))
    if way != SET and not has:
        raise UserError(_("{path} has no password; use `password set`.").format(path=path))
    who = who_acts(options.clerk)
    key = with_password(lambda key: passwords.key_of(path, key), path) if has else None
    with closing(opening.for_command(path, who, key=key)) as office:
        clerks.require_known(office)
        known = [str(office.setting(name) or "") for name in strength.KNOWN]
    new = None if way == REMOVED else _new_password()
    if new:
        passwords.refuse_unfit(new)
        warn(_("The new password is {estimate}").format(estimate=strength.estimate(new, known).sentence()))
    done = passwords.change(path, key, new, who)
    for text in done.notes:
        warn(text)
    _tell(options, done)


def _new_password() -> str:
    """The new password from the environment, else typed twice on a terminal."""
    given = os.environ.get(NEW)
    if given:
        return given
    if not sys.stdin.isatty():
        raise PasswordNeeded(
            _("The new password is asked for on a terminal, or taken from {name}.").format(name=NEW)
        )
    password = typed_password(_("New password"))
    passwords.refuse_unfit(password)
    if typed_password(_("New password once more")) != password:
        raise UserError(_("The two passwords differ; nothing was changed."))
    return password


def _tell(options: General, done: Protection) -> None:
    if options.json:
        printing.document(as_json(done))
    else:
        printing.lines(_lines(done))


def as_json(done: Protection) -> dict[str, object]:
    """What was done, with the recovery key in one line."""
    return {
        "password": done.what,
        "recovery_key": " ".join(done.recovery) or None,
        "backups": done.copies.done,
        "readable": [str(path) for path in done.copies.readable],
        "earlier": [str(path) for path in done.copies.earlier],
        "away": str(done.copies.away) if done.copies.away else None,
    }


def _lines(done: Protection) -> Iterator[str]:
    yield done_told(done)
    if done.recovery:
        yield _("Recovery key, which opens the file without the password. Write it down and lock it away:")
        for n in range(0, len(done.recovery), IN_A_ROW):
            yield "  " + " ".join(done.recovery[n : n + IN_A_ROW])
    yield from copies_told(done.copies)
