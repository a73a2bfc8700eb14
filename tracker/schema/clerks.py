"""The clerks whom an office has named, and what only its head may do.

Each is one setting (`clerk:张三`), so that it has its own history, is undone like any other setting and converges in a
merge. The name itself is the key: it is what every row of the history and every record carries, it is unique by itself,
and two copies of a file that both name somebody mean the same person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from tracker.i18n import N_, _, listed
from tracker.schema import own

CLERK = "clerk"
"""The kind of the settings that hold clerks (`own.setting`)."""
LONGEST = 30


class Role(Enum):
    """What a clerk may do beside recording."""

    CLERK = "clerk"
    HEAD = "head"

    def title(self) -> str:
        """In the language in use."""
        return _(ROLES[self])


ROLES = {Role.CLERK: N_("clerk"), Role.HEAD: N_("head")}


class Deed(Enum):
    """What not everybody may do once a head is named, in the words of the sentence that refuses it."""

    FREEZE = N_("Freezing figures")
    THAW = N_("Unfreezing figures")
    DELETE = N_("Deleting from the bin")
    EVERYONE = N_("Seeing what others did")
    NAME = N_("Naming clerks")


NEEDED = dict.fromkeys(Deed, Role.HEAD)
"""The role that each needs."""


@dataclass(frozen=True)
class Clerk:
    """Somebody who works with the file. Who is `retired` stays in the history and acts no more."""

    name: str
    post: str = ""
    role: Role = Role.CLERK
    retired: bool = False

    def line(self) -> str:
        """Name and post, as they stand in lists."""
        return _("{name} · {post}").format(name=self.name, post=self.post) if self.post else self.name


def key(name: str) -> str:
    """The setting of the clerk of that name."""
    return own.setting(CLERK, name)


def text(clerk: Clerk) -> str:
    """What the setting holds; `label` is how undo and history call it."""
    told = {"label": clerk.name, "post": clerk.post, "role": clerk.role.value, "retired": clerk.retired}
    return json.dumps(told, ensure_ascii=False)


def read(stored: Mapping[str, str]) -> tuple[Clerk, ...]:
    """Everybody named: who works here by name, heads first, then who no longer does."""
    found = (_clerk(name, told) for name, told in own.kept(stored, CLERK) if isinstance(told, dict))
    return tuple(sorted(found, key=lambda one: (one.retired, one.role is not Role.HEAD, one.name)))


def _clerk(name: str, told: Mapping[str, object]) -> Clerk:
    role = Role.HEAD if told.get("role") == Role.HEAD.value else Role.CLERK
    return Clerk(name, str(told.get("post") or ""), role, bool(told.get("retired")))


def acting(clerks: Iterable[Clerk]) -> tuple[Clerk, ...]:
    """Those who work here now."""
    return tuple(one for one in clerks if not one.retired)


def heads(clerks: Iterable[Clerk]) -> tuple[Clerk, ...]:
    """Those who are heads now."""
    return tuple(one for one in acting(clerks) if one.role is Role.HEAD)


def refusal(clerks: Iterable[Clerk], name: str, deed: Deed) -> str:
    """Why somebody of that name may not do this, naming who may; empty where that is allowed."""
    known = tuple(clerks)
    if may(known, name, deed):
        return ""
    text = _("{deed} is for the head: ask {names}.")
    return text.format(deed=_(deed.value), names=listed(one.name for one in heads(known)))


def may(clerks: Iterable[Clerk], name: str, deed: Deed) -> bool:
    """Whether somebody of that name may do this; everybody may as long as there is no head."""
    known = heads(clerks)
    return not known or NEEDED[deed] is not Role.HEAD or any(one.name == name for one in known)
