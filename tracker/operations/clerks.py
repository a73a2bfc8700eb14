"""Clerks named by the office (经办人员): who there are, which role each has, and who of them acts.

Nothing asks for any of this until somebody is named. Each change is one setting with its history, undone like others.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from tracker.db import log
from tracker.db import settings as stored
from tracker.db.history import Who
from tracker.errors import UserError
from tracker.i18n import _, listed
from tracker.operations.office import Changed, Office
from tracker.paths import machine
from tracker.schema import clerks
from tracker.schema.clerks import Clerk, Deed
from tracker.schema.fields import fold
from tracker.schema.filters import split_names
from tracker.schema.values import clean

CHANGED = Changed(settings=True)


def name(office: Office, clerk: Clerk) -> Changed:
    """Name somebody new. Raises UserError for a name that cannot be one or is taken, and for who may not."""
    office.needs(Deed.NAME)
    wanted = clean(clerk.name)
    if not wanted:
        raise UserError(_("Fill in the clerk's name."))
    if len(wanted) > clerks.LONGEST or "\n" in wanted or split_names(wanted) != (wanted,):
        text = _("“{name}” cannot be a clerk's name; write one name of at most {n} characters.")
        raise UserError(text.format(name=wanted[: clerks.LONGEST], n=clerks.LONGEST))
    same = next((one for one in office.clerks if fold(one.name) == fold(wanted)), None)
    if same:
        text = _("{name} is named already; give the new clerk a name that tells the two apart.")
        raise UserError(text.format(name=same.name))
    return _write(office, {clerks.key(wanted): clerks.text(_tidy(clerk, wanted))})


def change(office: Office, clerk: Clerk) -> Changed:
    """Give somebody another post or role, or have them retire or come back; the name stays."""
    if clerk.name not in {one.name for one in office.clerks}:
        raise UserError(_("There is no clerk {name} any more; reopen the page.").format(name=clerk.name))
    return _write(office, {clerks.key(clerk.name): clerks.text(_tidy(clerk, clerk.name))})


def remove(office: Office, clerk: Clerk) -> Changed:
    """Take a name out again that was mistyped; who has done anything can only retire."""
    office.needs(Deed.NAME)
    if log.has_acted(office.db, clerk.name):
        text = _("{name} stands in the history and cannot be removed; let the clerk retire instead.")
        raise UserError(text.format(name=clerk.name))
    return _write(office, {clerks.key(clerk.name): None})


def check(office: Office, values: Mapping[str, str | None]) -> None:
    """Raise UserError where these settings would change clerks and the clerk who acts may not, or no head were left.

    Who is the last to go may go: then nobody is named, and everybody may everything again.
    """
    if not any(key.startswith(f"{clerks.CLERK}:") for key in values):
        return
    office.needs(Deed.NAME)
    wanted = {key: value for key, value in {**office.settings, **values}.items() if value is not None}
    after = clerks.read(wanted)
    if clerks.heads(office.clerks) and not clerks.heads(after) and clerks.acting(after):
        raise UserError(_("The last head cannot go; make somebody else a head first."))


def _tidy(clerk: Clerk, wanted: str) -> Clerk:
    return Clerk(wanted, clean(clerk.post), clerk.role, clerk.retired)


def _write(office: Office, values: Mapping[str, str | None]) -> Changed:
    check(office, values)
    changed = stored.write(office.db, office.who, values)
    office.forget_settings()
    return CHANGED if changed else Changed()


# who acts


def names(office: Office) -> tuple[str, ...]:
    """The names of those who work here now."""
    return tuple(one.name for one in clerks.acting(office.clerks))


def is_known(office: Office) -> bool:
    """Whether who acts is one of those named, or nobody is."""
    known = names(office)
    return not known or office.who.clerk in known


def is_asked(office: Office) -> bool:
    """Whether somebody must say who works: two or more are named, and `CASE_TRACKER_CLERK` is none of them."""
    known = names(office)
    return len(known) > 1 and clean(os.environ.get("CASE_TRACKER_CLERK", "")) not in known


def require_known(office: Office) -> None:
    """Raise UserError where clerks are named and who acts is none of them."""
    if not is_known(office):
        text = _(
            "{name} is none of this file's clerks: {names}. Say who acts with --clerk or CASE_TRACKER_CLERK."
        )
        raise UserError(text.format(name=office.who.clerk, names=listed(names(office))))


def act_as(office: Office, name: str) -> Changed:
    """From now on this clerk acts. Raises UserError for one who is not among them."""
    if name not in names(office):
        raise UserError(_("There is no clerk {name} any more; reopen the page.").format(name=name))
    office.act_as(Who(name, machine()))
    return CHANGED


def settle(office: Office) -> None:
    """Who acts when a file is opened: `CASE_TRACKER_CLERK` or the only clerk, else whoever was; a window may ask."""
    known = names(office)
    asked = clean(os.environ.get("CASE_TRACKER_CLERK", ""))
    if asked in known:
        office.act_as(Who(asked, machine()))
    elif len(known) == 1 and not asked:
        office.act_as(Who(known[0], machine()))
