"""What is told of a file that is a part of another one, and what is refused in it: its figures are not the office's."""

from __future__ import annotations

from contextlib import suppress

from tracker.db import gaps
from tracker.db.database import Database
from tracker.errors import DamagedFile, UserError
from tracker.i18n import _
from tracker.schema.values import clean, minute


def told(db: Database) -> str:
    """That a file is a part, in a sentence; empty of a whole one."""
    found = gaps.part(db)
    if found is None:
        return ""
    text = _(
        "This file is a part that {clerk} wrote at {at}: its lists and figures lack all that was left out. "
        "Work in it and merge it into the whole file."
    )
    return text.format(clerk=found.clerk, at=minute(found.at))


def beside_figures(db: Database) -> str:
    """The same for what is written out of a part, and read without the program; empty of a whole file, and where the
    history, from which no figure is made, is damaged."""
    found = None
    with suppress(DamagedFile):
        found = gaps.part(db)
    if found is None:
        return ""
    text = _(
        "Made from a part of the file, which {clerk} wrote at {at}: all that was left out is not counted here."
    )
    return text.format(clerk=clean(found.clerk), at=minute(clean(found.at)))


def refuse_frozen(db: Database) -> None:
    """Raise UserError in a part, which holds nothing that is frozen."""
    if gaps.part(db):
        raise UserError(
            _("This file is a part, and in a part no figures are frozen; look at them in the whole file.")
        )


def refuse_freezing(db: Database) -> None:
    """Raise UserError in a part."""
    if gaps.part(db):
        raise UserError(
            _(
                "This file is a part, and its figures are not those of the whole; freeze them in the whole file."
            )
        )
