"""Which parties the cases of a ledger have, and the field of the record in which each role's names stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.schema.fields import Count, Field, Names, Value

WHOLE = 30
"""So many names are all written into a field; of more the first three and how many they are."""


@dataclass(frozen=True)
class Role:
    """A role of `attached.parties`; `field` is filled with the names of those who have it, and empty where none is."""

    role: str
    field: str = ""


def written(names: Sequence[str]) -> str:
    """Names as they stand in a field: `张三、李四`, and of many `张三、李四、王五等200人`."""
    if len(names) <= WHOLE:
        return "、".join(names)
    return f"{'、'.join(names[:3])}等{len(names)}人"


def followed(field: Field, text: str, before: Sequence[str], after: Sequence[str]) -> str:
    """What a field says when the parties whose names it holds were `before` and are `after`.

    Names that a clerk typed into it and that are no party's stay; those of parties who went, go. It is never emptied,
    and a text such as `张三等12人` stays until there are as many parties.
    """
    if not after:
        return text
    if not isinstance(field, Names):
        return after[0] if not text or text in before else text
    if not text or text == written(before):
        return written(after)
    current = Names.split(text)
    if Names.heads(text) > len(current):
        return text if len(after) < Names.heads(text) else written(after)
    kept = [name for name in current if name in after or name not in before]
    return written([*kept, *(name for name in after if name not in kept)])


def counted(count: Count, value: Value, old: str, new: str) -> Value:
    """How many people the record counts when the names go from `old` to `new`: followed unless a clerk said another
    number."""
    same = value is None or value == max(count.minimum, Names.heads(old))
    return max(count.minimum, Names.heads(new)) if same else value


def missing(field: Field, text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The parties whose names the field does not hold; none where it holds as many people by number."""
    if not isinstance(field, Names):
        return () if not names or text in names else tuple(names[:1])
    if Names.heads(text) > len(Names.split(text)) and Names.heads(text) >= len(names):
        return ()
    return tuple(name for name in names if name not in Names.split(text))
