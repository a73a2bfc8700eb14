"""Cells copied from a spreadsheet, as the clipboard holds them: rows of lines, cells parted by tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 2000
"""So many rows a table takes; a longer sheet is imported."""
_CELL = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\n]|\Z)|([^\t\n]*)')
"""Spreadsheets quote a cell that has a line break. A mark that nothing closes within the cell is only a mark."""


@dataclass(frozen=True)
class Pasted:
    """The rows that are taken, and how many more there were."""

    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


def read(text: str, most: int = MOST, *, blank: bool = True) -> Pasted:
    """The rows of a copied table, without white space around cells, at most so many; without `blank` only full ones."""
    rows = _rows(text)
    if not blank:
        rows = [row for row in rows if any(row)]
    return Pasted(tuple(map(tuple, rows[:most])), max(0, len(rows) - most))


def _rows(text: str) -> list[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not text:
        return []
    if '"' not in text:
        return [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        found = _CELL.match(text, at)
        assert found  # an empty cell is one
        quoted, bare = found.groups()
        rows[-1].append((quoted.replace('""', '"') if bare is None else bare).strip())
        at = found.end() + 1
        if at > len(text):
            return rows
        if text[at - 1] == "\n":
            rows.append([])
