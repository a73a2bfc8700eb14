"""What was decided of whole columns of a sheet beyond what their cells say, told once of each."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.exchange import days
from tracker.exchange.cells import Masked, Parser
from tracker.exchange.headings import Column
from tracker.exchange.layout import Hints
from tracker.i18n import _
from tracker.operations.sheet_rows import Findings, Issue, Row, Table
from tracker.schema.fields import Money
from tracker.schema.values import Invalid, visible


class Notes:
    """Tells it of one sheet, by its name where several are read."""

    def __init__(self, table: Table, findings: Findings, name: str) -> None:
        self._table, self._findings, self._name = table, findings, name

    def unsure(self, parser: Parser, raws: Iterable[object]) -> None:
        """Count words that may mean several codes, and say once for which they were taken."""
        for raw in raws:
            if not isinstance(raw, str) or visible(raw) not in parser.unsure:
                continue
            word = visible(raw).strip()
            self._findings.unsure[parser.field.key, word] += 1
            (value,) = parser.values([raw])
            label = "" if isinstance(value, Invalid | Masked) else parser.field.format(value)
            text = _("“{word}” was taken for “{label}”; say once if it means another.")
            self._once("unsure", parser.column, word, text.format(word=word, label=label))

    def huge(self, parser: Parser, rows: Iterable[Row]) -> None:
        """Warn of amounts such as no case has, by the unit of their column."""
        text = _(
            "Read as {amount} yuan, as the unit of the column says; see whether the cell is in yuan already."
        )
        for row in rows:
            value = row.record.get(parser.field.key)
            if value is not None and row.cells[parser.column.index] in parser.huge:
                self._findings.warn(row, parser.column, text.format(amount=parser.field.format(value)))

    def tell(self, parsers: Iterable[Parser], hints: Hints) -> None:
        """Say once of each column how its days were read, and in which unit its amounts."""
        for parser in parsers:
            for note, text in parser.days.notes.items() if parser.days else ():
                about = f"{note} {hints.year}" if note == days.YEAR else note
                told = _day_note(parser, note, text, hints)
                self._once(about, parser.column, parser.column.heading, told)
        if hints.scale != 1:
            text = _("The title says that amounts are in units of {n} yuan, and they were read so.")
            told = text.format(n=f"{hints.scale:,}")
            for column in self._table.mapping.columns:
                if isinstance(column.field, Money) and column.scale == hints.scale and not column.unit:
                    self._once("scale", column, column.heading, told)

    def _once(self, about: str, column: Column, value: str, text: str) -> None:
        issue = Issue(self._table.mapping.row + 1, column.field.key, value, text, self._name)
        self._findings.warn_once(about, issue)


def _day_note(parser: Parser, note: str, text: str, hints: Hints) -> str:
    assert parser.days
    if note == days.SERIAL:
        told = _("“{text}” and others were taken for serial numbers of days: {day}.")
        return told.format(text=text, day=parser.field.format(parser.days.read(float(text))))
    if note == days.YEAR:
        told = _("Days without a year, such as “{text}”, were taken for days of {year}, from title or name.")
        return told.format(text=text, year=hints.year)
    order = parser.days.order
    sure = _("Days such as “{text}” were read as {order}, which all of the column fit best.")
    guess = _("Days such as “{text}” were read as {order}; the column fits other orders too: compare some.")
    return (sure if order.sure else guess).format(text=order.sample, order=_(days.MEANT[order.parts]))
