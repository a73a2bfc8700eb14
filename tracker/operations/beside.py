"""What a sheet says beside what the program keeps by itself: days due, stamps, and fields that follow events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.db.events import Events
from tracker.exchange.headings import Column
from tracker.i18n import _
from tracker.operations.taking import Issue, Row
from tracker.schema.fields import Day, Value
from tracker.schema.values import Invalid

if TYPE_CHECKING:
    from tracker.operations.rows import Planner


class Beside:
    """Warns where it differs; what the program has stays."""

    def __init__(self, planner: Planner) -> None:
        self._to = planner
        self._once: set[str] = set()

    def follow_events(self, row: Row) -> None:
        """Warn where a field follows events that say other than the row."""
        for key, value in row.follows.items():
            column = self._to.mapping.column_of(key)
            if column and key in row.record and row.record[key] != value:
                text = _("{field} is {value} by the events of the case, which stay.")
                shown = column.field.format(value) or _("empty")
                self._to.warn(row, column, text.format(field=column.field.title(), value=shown))

    def compare(self, row: Row, told: Events) -> None:
        """Warn where a column that is not read in says other than the program."""
        said = [column for column in self._to.mapping.compared if row.cells[column.index] not in ("", None)]
        computed = (
            {**(row.old or {}), **self._to.ledger.derive(row.full, self._to.office.calendar, told)}
            if said
            else {}
        )
        for column in said:
            value = computed.get(column.field.key)
            if column.field.system and row.old is None:
                self._warn_once(column, _("{field} is kept by the program itself; the column was not read."))
            elif not _agrees(column, row.cells[column.index], value):
                text = _("{field} is {value} by the program’s own account, which stays.")
                shown = column.field.format(value) or _("empty")
                self._to.warn(row, column, text.format(field=column.field.title(), value=shown))

    def _warn_once(self, column: Column, text: str) -> None:
        if column.field.key not in self._once:
            self._once.add(column.field.key)
            message = text.format(field=column.field.title())
            self._to.warnings.append(
                Issue(self._to.mapping.row + 1, column.field.key, column.heading, message)
            )


def _agrees(column: Column, raw: object, value: Value) -> bool:
    """Whether a cell says what the program holds; a time of day only as far as the cell gives one."""
    try:
        said = column.field.parse(raw)
    except Invalid:
        return False
    if isinstance(column.field, Day) and isinstance(said, str):
        return str(value or "")[: len(said)] == said
    return said == value
