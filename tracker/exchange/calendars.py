"""A year's working calendar as a sheet: 日期 (a day or a range), 休/班, 说明."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.exchange import cells, lists, reading
from tracker.i18n import N_, _, everywhere, listed
from tracker.schema.fields import Choice, Day, Field, Text, codes, fold
from tracker.schema.values import Invalid, parse_day

LONGEST = 31
"""A row with more days than this is a slip of the year."""
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|–|\.\.)\s*")
_ASIDE = re.compile(r"[（(][^）)]*[）)]")
"""Such as the day of the week."""
_SHORT = re.compile(r"(\d{1,2})日?")
DAY = Day(key="day", label=N_("Day"), width=24)
KIND = Choice(key="kind", label=N_("Off or worked"), width=8, codes=codes(
    ("off", N_("Off"), ("休", "放假", "休息", "假", "节假日", "休假")),
    ("worked", N_("Worked"), ("班", "上班", "补班", "调休上班", "工作日", "工作")),
))  # fmt: skip
NOTE = Text(key="note", label=N_("What it is"), width=30)
FIELDS: tuple[Field, ...] = (DAY, KIND, NOTE)
HEADINGS = {
    "day": ("日期", "时间", "day", "date"),
    "kind": ("休/班", "休班", "类型", "kind", "安排"),
    "note": ("说明", "备注", "节日", "名称", "note"),
}


@dataclass(frozen=True)
class Line:
    """A row that was understood; one day, or several from the first to the last."""

    row: int
    first: date
    last: date
    worked: bool
    note: str


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a row, as the spreadsheet numbers them."""

    row: int
    message: str


def read(path: Path, name: str = "") -> tuple[list[Line], list[Trouble]]:
    """The rows of a sheet and what is wrong with others; raises UserError for a file that is no such sheet."""
    source = reading.recognise(path)
    sheet = reading.read(source, name or source.names[0])
    lines: list[Line] = []
    problems: list[Trouble] = []
    places: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        if not places:
            places = _places(row)
        elif any(cell not in ("", None) for cell in row):
            _take(number, row, places, lines, problems)
    if not places:
        heads = listed((DAY.title(), KIND.title(), NOTE.title()))
        problems.append(Trouble(1, _("No row has the headings {headings}; add them.").format(headings=heads)))
    return lines, problems


def _places(row: Sequence[object]) -> dict[str, int]:
    """The columns by their fields where the row is that of the headings, else nothing."""
    known = {
        fold(word): field.key for field in FIELDS for word in (*everywhere(field.label), *HEADINGS[field.key])
    }
    found = {
        known[fold(cell)]: n for n, cell in enumerate(row) if isinstance(cell, str) and fold(cell) in known
    }
    return found if {"day", "kind"} <= found.keys() else {}


def _take(
    number: int, row: Sequence[object], places: dict[str, int], lines: list[Line], problems: list[Trouble]
) -> None:
    cell = {key: row[n] if n < len(row) else None for key, n in places.items()}
    try:
        first, last = _days(cell["day"])
        kind = KIND.parse(cell["kind"])
    except Invalid as wrong:
        problems.append(Trouble(number, str(wrong)))
        return
    if kind is None:
        problems.append(
            Trouble(number, _("It is not said whether the day is off or worked; write 休 or 班."))
        )
    else:
        lines.append(Line(number, first, last, kind == "worked", cells.shown(cell.get("note")).strip()))


def _days(raw: object) -> tuple[date, date]:
    if raw in ("", None):
        raise Invalid(_("The day is missing; fill it in."))
    parts = _RANGE.split(_ASIDE.sub("", raw).strip()) if isinstance(raw, str) else [raw]
    if len(parts) > 2:
        raise Invalid(_("“{text}” is not a day or a range such as 2027-02-06至2027-02-12.").format(text=raw))
    first = date.fromisoformat(parse_day(parts[0]))
    if len(parts) > 1 and (short := _SHORT.fullmatch(str(parts[1]))):
        parts[1] = f"{first:%Y-%m}-{short[1]}"
    last = date.fromisoformat(parse_day(parts[-1], first)) if len(parts) > 1 else first
    if last < first:
        raise Invalid(_("“{text}” ends before it begins; correct it.").format(text=raw))
    if (last - first).days >= LONGEST:
        raise Invalid(_("“{text}” is longer than a month; correct the year or part it.").format(text=raw))
    return first, last


def write(path: Path, year: int, days: Sequence[tuple[date, bool, str]]) -> None:
    """Write the days of a year as a sheet that `read` takes back."""
    rows = [(day.isoformat(), "worked" if worked else "off", note or None) for day, worked, note in days]
    lists.write_sheet(_("Working calendar {year}").format(year=year), FIELDS, rows, path)
