"""What a row of the history says, by what it did: shapes that this program, or an earlier one, writes.

A row proves by its hash that nobody changed it, not that a program wrote it. Whoever reads a row of another shape would
fail over it, in the middle of a merge perhaps; so `verify` tells of it. What a newer program may do, under other names,
only has to be a table of names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.db import draws, freezes, settings, templates
from tracker.schema.fields import Day, Value
from tracker.schema.ledger import Ledger
from tracker.schema.shape import check, is_number
from tracker.schema.stored import is_pair, parsed

Told = Mapping[str, Any]
Shapes = Mapping[str, Callable[[Value], bool]]
_MOST = 1 << 63


def shapes_of(ledger: Ledger) -> Shapes:
    """What tells of each column that the history tells of, other than plain texts, whether a value can stand in it."""
    typed = (field for field in ledger.inputs if field.integer or isinstance(field, Day))
    return {"year": is_number, "no": is_number, **{field.key: check(field) for field in typed}}


class RowShapes:
    """Which rows a history can have that is about these ledgers."""

    def __init__(self, ledgers: Iterable[Ledger]) -> None:
        self._shapes = {ledger.name: shapes_of(ledger) for ledger in ledgers}

    def fit(self, ledger: str, action: str, changes: str) -> bool:
        """Whether a row about a ledger, or about what else the history tells of, can say this."""
        told = parsed(changes)
        if not isinstance(told, dict) or ("\\u" in changes and _halved(told)):
            return False
        other = _OTHERS.get((ledger, action))
        if other:
            return other(told)
        if ledger in _THINGS:
            return True
        shapes = self._shapes.get(ledger, {})
        if action == "insert":
            return _hold(shapes, told.items())
        if action in ("update", "bin", "restore", "delete"):
            both = told.values()
            return all(type(pair) is list and len(pair) == 2 for pair in both) and all(
                _hold(shapes, zip(told, side, strict=True)) for side in zip(*both, strict=True)
            )
        return True


def _halved(told: object) -> bool:
    """Whether a text is half a character, which can be escaped but not stored."""
    if isinstance(told, str):
        return any("\ud800" <= letter <= "\udfff" for letter in told)
    if isinstance(told, dict):
        return any(_halved(part) for pair in told.items() for part in pair)
    return isinstance(told, list) and any(map(_halved, told))


def _hold(shapes: Shapes, told: Iterable[tuple[str, object]]) -> bool:
    """Whether each value can stand in its column. Written out: `verify` asks it of every row."""
    for key, value in told:
        if value is None:
            continue
        if not (isinstance(value, str) or (isinstance(value, int) and -_MOST <= value < _MOST)):
            return False
        if key in shapes and not shapes[key](value):
            return False
    return True


def _texts(told: Told) -> bool:
    return all(map(is_pair, told.values()))


def _made(told: Told) -> bool:
    """Which records were made of a draw, before and after."""
    return told.keys() == {"made"} and _of(told["made"], 2, lambda uids: _of(uids, None, _is_text))


def _thawed(told: Told) -> bool:
    return told.get("thawed") is None or _of(told["thawed"], 3, _is_text)


def _merged(told: Told) -> bool:
    """What came in; `twice` are the records of each ledger that share a number."""
    twice = told.get("twice", {})
    return isinstance(twice, dict) and all(_of(uids, None, _is_text) for uids in twice.values())


def _absent(told: Told) -> bool:
    return _of(told.get("absent"), None, _is_text)


def _of(found: object, length: int | None, fit: Callable[[object], bool]) -> bool:
    return isinstance(found, list) and length in (None, len(found)) and all(map(fit, found))


def _is_text(found: object) -> bool:
    return isinstance(found, str)


_OTHERS: Mapping[tuple[str, str], Callable[[Told], bool]] = {
    (settings.LEDGER, "update"): _texts,
    (templates.LEDGER, "update"): lambda told: told.keys() == {"content"} and _texts(told),
    (draws.LEDGER, "update"): _made,
    (freezes.LEDGER, "rescue"): _thawed,
    ("", "merge"): _merged,
    ("", "part"): _absent,
}
_THINGS = frozenset(("", settings.LEDGER, templates.LEDGER, draws.LEDGER, freezes.LEDGER))
"""What the history tells of beside records; empty for the file as a whole."""
