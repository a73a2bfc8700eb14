"""A printed form: a title and a ruled table, read from plain text and painted or filled in by others.

`#` a line above the title, `##` the title, `###` a line below it, `>` at the right; `|=` the widths of columns in
parts; `|` a row's cells, `|@40` with a height of at least so many millimetres, `<` joins a cell with the one before;
what follows ` // ` in a cell stands at its foot, at the right; `\\n` breaks a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ROW = re.compile(r"\|(?:@(\d+))?\s?(.*)")
ROW_HEIGHT = 10


@dataclass(frozen=True)
class Cell:
    """`text` and `foot` as written in the form; `label` where it is the form's own word and not filled in."""

    text: str
    span: int = 1
    foot: str = ""
    label: bool = False


@dataclass(frozen=True)
class Row:
    """Cells from left to right; at least so many millimetres high."""

    cells: tuple[Cell, ...]
    height: int = ROW_HEIGHT


@dataclass(frozen=True)
class Form:
    """Lines above the table, each with its mark, and the table."""

    heads: tuple[tuple[str, str], ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...] = field(default=())


def read(source: str) -> Form:
    """The form of a text; a row with other than as many cells as there are widths is a fault of the text."""
    heads: list[tuple[str, str]] = []
    widths: tuple[int, ...] = (1,)
    rows: list[Row] = []
    for line in filter(None, map(str.strip, source.splitlines())):
        if line.startswith("|="):
            widths = tuple(int(part) for part in line[2:].split("|"))
        elif line.startswith("|"):
            rows.append(_row(line, len(widths)))
        else:
            mark, _space, text = line.partition(" ")
            heads.append((mark, text))
    return Form(tuple(heads), widths, tuple(rows))


def _row(line: str, columns: int) -> Row:
    match = _ROW.match(line)
    assert match is not None
    texts = [text.strip() for text in re.split(r"(?<!\|)\|(?=\s|$)", match[2])]
    assert len(texts) == columns, line
    cells: list[Cell] = []
    for text in texts:
        if text == "<":
            last = cells.pop()
            cells.append(Cell(last.text, last.span + 1, last.foot, last.label))
        else:
            body, _mark, foot = text.partition("//")
            plain = bool(text) and "{" not in text and "//" not in text
            cells.append(Cell(body.strip(), 1, foot.strip(), plain))
    return Row(tuple(cells), int(match[1] or ROW_HEIGHT))
