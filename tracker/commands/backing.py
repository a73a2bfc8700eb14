"""The commands that back a data file up, list its backups, and take it back to one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from tracker import printing
from tracker.commands.base import (
    PASSWORD,
    TWO_PASSWORDS,
    Command,
    General,
    general,
    reading,
    warn,
    with_backup_password,
    with_password,
)
from tracker.db import snapshots
from tracker.errors import DamagedFile, FileProblem, FrozenRecords, PasswordNeeded, UserError
from tracker.i18n import N_, _
from tracker.operations import backups, clerks, exports, passwords, restoring
from tracker.operations.backups import Backup
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office, who_acts
from tracker.operations.password_words import made_up_told
from tracker.operations.restoring import Restored
from tracker.schema.file_name import size_text
from tracker.schema.values import minute


@click.command("backup", cls=Command, help=N_("Back the data file up, beside it or to a file."))
@click.option("--out", metavar="F", help=N_("Where to write it; default: beside the data file."))
@click.option("--list", "listed", is_flag=True, help=N_("List the backups there are, the newest first."))
@general
@click.pass_obj
def backup_command(options: General, out: str | None, listed: bool) -> None:
    """`backup`: a verified copy under the file's own password."""
    if listed:
        _list(options)
        return
    with reading(options) as office:
        for text in made_up_told(passwords.make_up_beside(office)):
            warn(text)
        if out:
            clerks.require_known(office)  # what leaves is in the history
        made = _written(office, Path(out)) if out else backups.make(office.db, "asked", new=True)
    for text in made.notes:
        warn(text)
    if options.json:
        printing.document(_backup_json(made))
    else:
        text = _("Backed up to {path} ({size}): {counts}.")
        counts = _counts(made, office)
        printing.lines([text.format(path=made.path, size=size_text(made.size), counts=counts)])


def _written(office: Office, path: Path) -> Backup:
    """One to a name of the clerk's own; a data file is never written over."""
    with fresh_file(path) as fresh:
        snapshots.write(office.db, fresh)
    made = backups.at(path, office.key)
    records = sum(made.holding.records.values()) if made.holding else None
    exports.note(office, _("Backup"), path, records, whole=True)
    return made


def _known(options: General) -> tuple[Backup, ...]:
    """Those there are; of a file that is damaged those beside it, by names where its password does not open them."""
    try:
        with reading(options) as office:
            for text in made_up_told(passwords.make_up_beside(office)):
                warn(text)
            return backups.looked_at(backups.of(office.db), office.key)
    except DamagedFile as wrong:
        warn(str(wrong))
        key = os.environ.get(PASSWORD)
        return backups.looked_at(backups.listed(options.path, key), key)


def _list(options: General) -> None:
    found = _known(options)
    if options.json:
        printing.document([_backup_json(one) for one in found])
    elif not found:
        printing.lines([_("There is no backup yet.")])
    else:
        heads = [
            _("Backup"),
            _("Why it was made"),
            _("File size"),
            _("Records"),
            _("Last change"),
            _("Changed by"),
        ]
        rows = [[_name(one), *_told(one)] for one in found]
        printing.lines(printing.columns([heads, *rows], frozenset({2, 3})))


def _name(backup: Backup) -> str:
    """As `restore` takes it: what lies elsewhere by its whole path."""
    return str(backup.path) if backup.second else backup.name


def _told(backup: Backup) -> list[str]:
    held = backup.holding
    size = size_text(backup.size)
    if held is None:
        return [backup.reason, size, backup.unread, "", ""]
    records = f"{sum(held.records.values()):,}"
    return [backup.reason, size, records, minute(held.changed_at), held.changed_by]


def _counts(backup: Backup, office: Office) -> str:
    """What it holds, ledgers without a record left out."""
    if backup.holding is None:
        return backup.unread
    known = office.catalogue.by_name
    told = [
        f"{known[name].title() if name in known else name} {count:,}"
        for name, count in backup.holding.records.items()
        if count
    ]
    return ", ".join(told) or _("no records")


@click.command("restore", cls=Command, help=N_("Take the data file back to a backup."), epilog=TWO_PASSWORDS)
@click.argument("backup")
@click.option(
    "--reason", default="", metavar="TEXT", help=N_("Why records that frozen figures count may change.")
)
@general
@click.pass_obj
def restore_command(options: General, backup: str, reason: str) -> None:
    """`restore`: BACKUP is a path, or a name in the folder of backups. The file as it was is backed up first."""
    path = options.path
    found = restoring.named(path, backup)
    who = who_acts(options.clerk)
    key = with_password(lambda key: _opening(path, key), path)
    theirs = with_backup_password(lambda key: _opening(found, key), found, key)
    try:
        done = restoring.restore(path, found, who, key=key, backup_key=theirs, reason=reason, known=True)
    except FrozenRecords as wrong:
        raise UserError(_("{sentence} Use --reason.").format(sentence=wrong)) from wrong
    for text in done.notes:
        warn(text)
    if options.json:
        printing.document(_restored_json(done))
    else:
        printing.lines(_lines(done))


def _opening(path: Path, key: str | None) -> str | None:
    """What is given for a file, unless it is found not to open that; else what is wrong with the file is told later.

    Raises PasswordNeeded.
    """
    if passwords.has_password(path):
        try:
            passwords.key_of(path, key)
        except PasswordNeeded:
            raise
        except FileProblem:  # damaged, say
            pass
    return key


def _lines(done: Restored) -> Iterator[str]:
    yield _("{path} is restored from {backup}.").format(path=done.path, backup=done.backup)
    if done.aside:
        yield _("The file that was there is kept as {path}.").format(path=done.before)
    elif done.before:
        text = _("To undo it, restore {name}, the file as it was before.")
        yield text.format(name=done.before.name)


def _backup_json(backup: Backup) -> dict[str, object]:
    """One backup, as `--json` tells it."""
    held = backup.holding
    return {
        "path": str(backup.path),
        "made": backup.made.isoformat(),
        "why": backup.why,
        "size": backup.size,
        "second": backup.second,
        "counts": held.records if held else None,
        "changed_at": held.changed_at if held else None,
        "changed_by": held.changed_by if held else None,
        "notes": list(backup.notes),
    }


def _restored_json(done: Restored) -> dict[str, object]:
    """A restore, as `--json` tells it."""
    return {
        "path": str(done.path),
        "backup": str(done.backup),
        "before": str(done.before) if done.before else None,
        "counts": done.holding.records,
        "changed_at": done.holding.changed_at,
        "changed_by": done.holding.changed_by,
        "notes": list(done.notes),
    }
