"""New records of a ledger as typed rows: each cell as its field shows it, with what the field does not take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject

from tracker.exchange import pasted
from tracker.exchange.pasted import MOST
from tracker.i18n import _, ngettext
from tracker.operations import cells
from tracker.schema.fields import Field, Link, Name, Names, Text, Value
from tracker.schema.ledger import Ledger
from tracker.ui.typed_model import Fault, Taken, Texts, TypedModel

SPARE = 1
"""So many empty rows always follow those filled in."""
NAME_WIDE = 260
"""Pixels in which the name of a firm is read whole."""


@dataclass(frozen=True)
class Block:
    """Copied cells as they are shown, and how many rows and columns there were beyond those that fit."""

    lines: Sequence[Texts]
    rows: int
    columns: int


class BatchModel(TypedModel):
    """The columns change with what is shared; what was typed in one that is not shown stays, and counts when it is."""

    least = 12
    most = MOST

    def __init__(self, ledger: Ledger, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(fields, parent)
        self.ledger = ledger
        self.begin(())

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Show the columns of other fields; what was typed stays."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self._faults.clear()
        self.endResetModel()
        self.tell(())

    def is_blank(self, texts: Texts) -> bool:
        return not any(texts.get(field.key) for field in self.fields)

    def typed(self, texts: Texts, field: Field, text: str) -> Texts:
        return {**texts, field.key: cells.shown(field, text, date.today())}

    def in_row(self, texts: Texts) -> Iterable[Fault]:
        told = ((field.key, cells.fault(field, texts.get(field.key, ""))) for field in self.fields)
        return ((key, message, False) for key, message in told if message)

    def start(self) -> int:
        """The first cell that must be filled in and that the program does not fill in itself."""
        given = self.ledger.number if self.ledger.number_pattern else ""
        must = (n for n, field in enumerate(self.fields) if field.required and field.key != given)
        return next(must, int(len(self.fields) > 1 and self.fields[0].key == given))

    def naming(self) -> int:
        """The first name, else the first text."""
        names = [n for n, f in enumerate(self.fields) if f.names or isinstance(f, Names | Name | Link)]
        texts = [n for n, f in enumerate(self.fields) if isinstance(f, Text)]
        return next(iter((*names, *texts)), 0)

    def width(self, field: Field, heading: int) -> int:
        usual = super().width(field, heading)
        return max(NAME_WIDE, usual) if field == self.fields[self.naming()] else usual

    def hint(self, field: Field, texts: Texts) -> str:
        numbered = field.key == self.ledger.number and self.ledger.number_pattern
        return _("automatic") if numbered and not self.is_blank(texts) else ""

    def values(self, row: int) -> dict[str, Value]:
        """The values of a row in which nothing is wrong."""
        texts = self.rows[row].texts
        return {field.key: field.parse(texts.get(field.key, "")) for field in self.fields}

    def reading(self, text: str, row: int, column: int) -> Callable[[], Block]:
        fields = self.fields[column:]

        def read() -> Block:
            found = pasted.read(text, MOST - row - SPARE)
            wide = max(map(len, found.rows), default=0)
            return Block(cells.spelled(fields, found.rows), found.left_out, max(0, wide - len(fields)))

        return read

    def take(self, read: Block, row: int, column: int) -> Taken:
        if read.lines:
            self.write(row, read.lines)
        told = []
        if read.rows:
            text = ngettext("{n} row did not fit", "{n} rows did not fit", read.rows)
            text, most = text.format(n=f"{read.rows:,}"), f"{MOST:,}"
            told.append(
                _("{what}: a table takes {most}. Import a longer sheet.").format(what=text, most=most)
            )
        if read.columns:
            text = ngettext(
                "{n} column did not fit to the right of the cell in hand.",
                "{n} columns did not fit to the right of the cell in hand.",
                read.columns,
            )
            told.append(text.format(n=read.columns))
        return Taken("warning", " ".join(told))
