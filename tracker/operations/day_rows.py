"""What is due, as rows of a sheet or of a printed list."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.i18n import N_, _
from tracker.operations.day_words import ahead_text, left_text
from tracker.operations.office import Office
from tracker.operations.today import ENTERED, HEARING, Group, Line
from tracker.schema.fields import Day, Field, Text, Value

FIELDS: tuple[Field, ...] = (
    Text(key="part", label=N_("Part"), width=18),
    Text(key="days", label=N_("Days left"), width=12),
    Day(key="day", label=N_("Day and time"), moment=True, width=18),
    Text(key="number", label=N_("Number"), width=28),
    Text(key="about", label=N_("About"), width=40),
    Text(key="what", label=N_("What is to be done"), width=24),
    Text(key="note", label=N_("Place or note"), width=20),
    Text(key="ledger", label=N_("Ledger"), width=12),
    Text(key="basis", label=N_("Legal basis"), width=40),
)
"""The columns; days left are words, as on the page."""


def rows(office: Office, groups: Iterable[Group]) -> list[tuple[Value, ...]]:
    """A row for each line of the groups, but for what was entered today, which is not due."""
    names = {ledger.name: _(ledger.short) for ledger in office.catalogue.ledgers}
    return [
        (group.title, _days(line, group), line.day or None, line.number, line.about, line.what, line.note or None,
         names[line.ledger], line.basis or None)
        for group in groups
        if group.key != ENTERED
        for line in group.lines
    ]  # fmt: skip


def _days(line: Line, group: Group) -> str | None:
    if line.left is None:
        return None
    return ahead_text(line.left) if group.key == HEARING and line.left >= 0 else left_text(line.left)
