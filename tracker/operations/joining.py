"""Several rows of a sheet as one record: those of one merged number, and those that only name more people."""

from __future__ import annotations

from tracker.i18n import _
from tracker.operations.merged_cells import Merges
from tracker.operations.sheet_rows import Findings, Row, Table
from tracker.schema.fields import Count, Money, Names
from tracker.schema.ledger import Ledger


class Joiner:
    """Puts names in a row and adds up amounts of their own."""

    def __init__(self, ledger: Ledger, table: Table, merges: Merges, findings: Findings) -> None:
        self._ledger, self._table, self._merges, self._findings = ledger, table, merges, findings
        self._serials = table.mapping.serials
        self._is_own = table.mapping.is_own
        self._last = 0
        """The number of the row met last."""
        self._held: list[Row] = []
        """The record at hand, if any: further rows may go on with it."""

    def joined(self, rows: list[Row]) -> list[Row]:
        """The records that these rows end, each with the rows that go on with it."""
        kept = self._held
        for row in rows:
            goes_on = row.number - 1 in self._merges.continued
            if not goes_on and self._last == row.number - 1 and self._more_people(row):
                goes_on = True
                self._tell_more_people(kept, row)
            self._last = row.number
            if goes_on and kept:
                self._join(kept[-1], row)
            else:
                kept.append(row)
        self._held = kept[-1:]
        return kept[:-1]

    def rest(self) -> list[Row]:
        """The record at hand, which the sheet ends."""
        held, self._held = self._held, []
        return held

    def _more_people(self, row: Row) -> bool:
        """Whether a row without number names more people, perhaps with amounts of theirs, of the record above."""
        if self._is_own or row.wrong or not row.record or self._ledger.number in row.record:
            return False
        if any(row.cells[n] not in ("", None) for n in self._serials if n < len(row.cells)):
            return False
        fields = [self._ledger.field(key) for key in row.record]
        names = [str(row.record[of.key]) for of in fields if isinstance(of, Names)]
        named = bool(names) and not any(sign.isdigit() for name in names for sign in name)
        own = bool(self._serials) or self._table.mapping.column_of(self._ledger.number) is not None
        return own and named and all(isinstance(of, Names | Money | Count) for of in fields)

    def _tell_more_people(self, kept: list[Row], row: Row) -> None:
        """Say that a row was taken with the one above, where amounts are added or the file tells of other merges."""
        only_names = all(isinstance(self._ledger.field(key), Names) for key in row.record)
        if not kept or (only_names and self._table.sheet.spans is None):
            return
        column = next(
            c for c in self._table.mapping.columns if isinstance(c.field, Names) and c.field.key in row.record
        )
        text = _("Taken with row {row}: its names were joined and its amounts added.")
        self._findings.warn(row, column, text.format(row=kept[-1].number))

    def _join(self, row: Row, more: Row) -> None:
        filled = self._merges.filled(more.number - 1)
        row.wrong |= more.wrong
        row.refused = row.refused or more.refused
        row.people |= {who: phone for who, phone in more.people.items() if who not in row.people}
        for column in self._table.mapping.columns:
            of, value = column.field, more.record.get(column.field.key)
            held = row.record.get(of.key)
            if value is None or column.index in filled:
                continue
            if held is None:
                row.record[of.key] = value
            elif isinstance(of, Money | Count) and not (isinstance(of, Count) and of.heads_of):
                row.record[of.key] = int(held) + int(value)
            elif isinstance(of, Names):
                row.record[of.key] = _joined(str(held), str(value))
            elif held != value and of.key != self._ledger.number:
                text = _("This differs from row {row}, with which the number is merged.")
                self._findings.refuse(more, column, text.format(row=row.number))
                row.refuse(of.key)


def _joined(held: str, more: str) -> str:
    have = Names.split(held)
    return "、".join((held, *(name for name in Names.split(more) if name not in have)))
