"""The command that brings another clerk's file into this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import TWO_PASSWORDS, Command, General, general, warn, with_other_password, writing
from tracker.db.database import must_be_file
from tracker.errors import FrozenRecords, UserError
from tracker.i18n import N_, _, listed, ngettext
from tracker.operations import merge_words, merging
from tracker.operations.merging import Conflicts, Merged
from tracker.operations.office import Office


@click.command(
    "merge", cls=Command, help=N_("Bring another clerk's file into this one."), epilog=TWO_PASSWORDS
)
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--newest", is_flag=True, help=N_("Where both changed a field, take what was changed last."))
@click.option(
    "--reason", default="", metavar="TEXT", help=N_("Why records that frozen figures count may change.")
)
@general
@click.pass_obj
def merge_command(options: General, other: Path, newest: bool, reason: str) -> None:
    """`merge`: all or nothing; the other file is never changed. With conflicts status 1, each of them told."""
    must_be_file(other)
    with writing(options) as office, office.because(reason):
        try:
            merged = _merge(office, other, newest)
        except Conflicts as found:
            _refuse(options, office, found)
        except FrozenRecords as found:
            text = _("{sentence} Use --reason.")
            raise UserError(text.format(sentence=found)) from found
        else:
            _tell(options, office, merged)


def _merge(office: Office, other: Path, newest: bool) -> Merged:
    return with_other_password(
        lambda key: merging.merge(office, other, key, newest=newest), other, office.key
    )


def _refuse(options: General, office: Office, found: Conflicts) -> None:
    _warn(found.stranger)
    if options.json:
        printing.document({"conflicts": [merge_words.conflict(office, one) for one in found.conflicts]})
    lines = [merge_words.conflict_line(office, one) for one in found.conflicts]
    text = _("{sentence} Use --newest.").format(sentence=found)
    raise UserError("\n".join((text, *lines)) if not options.json else text)


def _warn(stranger: str | None) -> None:
    """Two files without shared history may be two offices': that is told, and is the clerk's to know."""
    if stranger is not None:
        warn(merge_words.stranger(stranger))


def _tell(options: General, office: Office, merged: Merged) -> None:
    _warn(merged.stranger)
    if options.json:
        printing.document(merge_words.as_json(office, merged))
    else:
        printing.lines(_lines(office, merged))


def _lines(office: Office, merged: Merged) -> Iterator[str]:
    if not merged.anything:
        yield _("Nothing in it is new.")
        return
    if merged.contents:
        yield _("Brought back: {what}").format(what=merge_words.found_again(merged.contents))
    for name in dict.fromkeys((*merged.inserted, *merged.updated)):
        new, changed = merged.inserted.get(name, 0), merged.updated.get(name, 0)
        text = _("{ledger}: {new} new, {changed} changed")
        title = office.catalogue.every[name].title()
        yield text.format(ledger=title, new=f"{new:,}", changed=f"{changed:,}")
    settings = merge_words.settings_told(merged)
    if settings or not (merged.contents or merged.inserted or merged.updated):
        yield _("Brought in: {what}").format(what=listed(settings) or _("history only"))
    if merged.conflicts:
        n = len(merged.conflicts)
        text = ngettext(
            "{n} field was changed in both files; what was changed last stands:",
            "{n} fields were changed in both files; what was changed last stands:",
            n,
        )
        yield text.format(n=f"{n:,}")
        yield from (f"  {merge_words.decided_line(office, one)}" for one in merged.conflicts)
    yield from merge_words.to_settle(office, merged)
