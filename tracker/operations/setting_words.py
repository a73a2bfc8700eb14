"""Settings in words: what each is called, what it holds, and what was done to the clerks named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker import settings
from tracker.i18n import _
from tracker.schema import clerks
from tracker.schema.clerks import Clerk, Role
from tracker.schema.numbering import worded
from tracker.schema.stored import is_pair, parsed, table

PATTERNS = frozenset(field.key for field in settings.PATTERNS)
CLERK = f"{clerks.CLERK}:"


def name(key: str, pair: Iterable[str | None]) -> str:
    """What a setting is called; one of the office's own things is named as it is called there."""
    if key in settings.BY_KEY:
        return settings.BY_KEY[key].title()
    for text in pair:
        if label := table(text or "").get("label"):
            return str(label)
    return _("ledgers and figures")


def shown(key: str, text: str | None) -> str:
    """What a setting holds, as the settings show it; what is not set holds its default."""
    field = settings.BY_KEY.get(key)
    if field:
        value = field.set_by({} if text is None else {key: text})
        return worded(str(value or "")) if key in PATTERNS else field.shown(value)
    if text is None:
        return ""
    found = clerks.read({key: text}) if key.startswith(CLERK) else ()
    if found:
        state = _("retired") if found[0].retired else found[0].role.title()
        return " · ".join(filter(None, (found[0].post, state)))
    told = parsed(text)
    if isinstance(told, dict):
        return str(told.get("label") or _("(set)"))
    return text if told is None else str(told)


def clerk_deed(changes: Mapping[str, Sequence[str | None]]) -> str:
    """What was done to the one clerk whom a change of settings is about; empty where it is about something else."""
    if len(changes) != 1:
        return ""
    ((key, pair),) = changes.items()
    if not is_pair(pair):
        return ""
    before, after = pair
    was, now = (_clerk(key, text) for text in (before, after))
    one = now or was
    if one is None:
        return ""
    words = {"name": one.name, "role": one.role.title()}
    if was is None:
        return _("naming of the clerk {name} ({role})").format(**words)
    if now is None:
        return _("taking out of the clerk {name}").format(**words)
    if was.retired != now.retired:
        text = _("retiring of the clerk {name}") if now.retired else _("coming back of the clerk {name}")
        return text.format(**words)
    if was.role is not now.role:
        text = _("naming of {name} as head") if now.role is Role.HEAD else _("{name} is no longer head")
        return text.format(**words)
    return _("change of the post of the clerk {name}").format(**words)


def _clerk(key: str, text: str | None) -> Clerk | None:
    found = clerks.read({key: text}) if text and key.startswith(CLERK) else ()
    return found[0] if found else None
