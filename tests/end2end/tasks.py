"""`docs/tasks.md`: what ten common tasks take at the keyboard, as counted in the clerk's week."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tests.end2end.clerk import Count, keystrokes
from tracker.db.records import Record
from tracker.schema.ledger import Ledger

PATH = Path(__file__).parents[2] / "docs/tasks.md"
HEAD = """# Ten tasks at the keyboard

Counted by `tests/end2end/test_clerk_week.py`, which works a week in the real window on a real file; it fails where a
task takes other keys than are written here. Write it anew with `python -m scripts.tasks`.

- **Keystrokes**: every key that is pressed, keys held down too: Ctrl+K are two. Chinese counts as typed with an input
  method, the letters of its pinyin and one key to choose the words: 张三 takes `zhangsan` and a space, nine keys.
- **Seconds** are those of the program, from the key to the finished work, without the clerk's. They were measured on
  the machine and day of the last writing (a machine of two cores, busy with other work), and are not compared.
- **In a row of a spreadsheet**: the same values typed cell by cell, a Tab after each and over the cells between; what
  the program fills in by itself must be typed there. Computed, and only where that is the same work.

| task | keys | keystrokes | in a row of a spreadsheet | seconds |
| --- | --- | --- | --- | --- |
"""


def written(counted: Mapping[str, Count], rows: Mapping[str, int]) -> str:
    """The document; `rows` are the keystrokes in a spreadsheet of the tasks that have any."""
    lines = [
        f"| {name} | {_keys(count)} | {count.keys} | {rows.get(name, '–')} | {count.seconds:.1f} |\n"
        for name, count in counted.items()
    ]
    return HEAD + "".join(lines)


def without_seconds(text: str) -> str:
    """The document without what depends on the machine."""
    return re.sub(r" [\d.]+ \|$", "", text, flags=re.M)


def in_a_row(ledger: Ledger, record: Record, first: str = "", last: str = "") -> int:
    """Keystrokes to type what a record holds from one field to another into cells, a Tab after each."""
    keys = [field.key for field in ledger.inputs]
    some = keys[keys.index(first) if first else 0 : keys.index(last) + 1 if last else None]
    held = [key for key in some if record[key] is not None]
    cells = some[: some.index(held[-1]) + 1]
    return sum(keystrokes(ledger.field(key).format(record[key])) + 1 for key in cells)


def _keys(count: Count) -> str:
    """The keys in their order, the same one after another as a number of times."""
    runs = ((key, len(list(same))) for key, same in groupby(count.pressed))
    return " ".join(key if times == 1 else f"{key}×{times}" for key, times in runs if key != "“”")
