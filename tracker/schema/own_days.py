"""The office's own calendar as its file keeps it: one setting a day, and one for each year entered whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from tracker.schema.own import kept, setting
from tracker.workdays import Calendar

DAY, YEAR = "workday", "workyear"


def calendar(stored: Mapping[str, str]) -> Calendar:
    """The working calendar of a file with these settings; what cannot be read is passed over."""
    changes: dict[date, bool] = {}
    notes: dict[date, str] = {}
    for place, told in kept(stored, DAY):
        if isinstance(told, dict) and isinstance(told.get("worked"), bool) and (day := _day(place)):
            changes[day] = told["worked"]
            if told.get("note"):
                notes[day] = str(told["note"])
    years = frozenset(int(place) for place, _told in kept(stored, YEAR) if place.isdecimal())
    return Calendar(changes, notes, years)


def day_setting(day: date, worked: bool | None, note: str = "") -> tuple[str, str | None]:
    """The setting that keeps a day of the office's own, None where the published calendar holds again."""
    told = None if worked is None else json.dumps({"worked": worked, "note": note}, ensure_ascii=False)
    return setting(DAY, day.isoformat()), told


def year_setting(year: int, whole: bool) -> tuple[str, str | None]:
    """The setting that says that a year's announcement was entered whole."""
    return setting(YEAR, str(year)), "1" if whole else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
