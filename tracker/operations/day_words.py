"""How a day reads: days left in words, and days as short as can be told beside today."""

from __future__ import annotations

from datetime import date

from tracker.i18n import N_, _, ngettext

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
SHORT_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WEEKDAY_LETTERS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))


def left_text(days: int) -> str:
    """Such as “2 days left”."""
    if days < 0:
        return ngettext("{n} day overdue", "{n} days overdue", -days).format(n=f"{-days:,}")
    if days == 0:
        return _("due today")
    return ngettext("{n} day left", "{n} days left", days).format(n=f"{days:,}")


def ahead_text(days: int) -> str:
    """Such as “tomorrow”, of a hearing."""
    if days in (0, 1):
        return _("today") if days == 0 else _("tomorrow")
    return ngettext("in {n} day", "in {n} days", days).format(n=days)


def waited_text(days: int) -> str:
    """Such as “waiting for 3 days”, of a record whose next step is not done."""
    if days == 0:
        return _("new today")
    return ngettext("waiting for {n} day", "waiting for {n} days", days).format(n=f"{days:,}")


def weekday(day: date) -> str:
    """Its name, short."""
    return _(SHORT_WEEKDAYS[day.weekday()])


def letter_of_weekday(day: date) -> str:
    """Its name, as short as it stands at the head of a calendar."""
    return _(WEEKDAY_LETTERS[day.weekday()])


def day_text(at: str, today: date) -> str:
    """A day, or a day and time, as short as can be told beside today: without the year where it is this one."""
    day = date.fromisoformat(at[:10])
    shown = _("{month}/{day}") if day.year == today.year else _("{year}/{month}/{day}")
    text = shown.format(year=day.year, month=day.month, day=day.day)
    hour = at[11:16]
    return f"{text} {weekday(day)} {hour}".strip()


def long_day(day: date) -> str:
    """A day in full."""
    text = _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day)
    return f"{text} {long_weekday(day)}"


def long_weekday(day: date) -> str:
    """The name of its weekday."""
    return _(WEEKDAYS[day.weekday()])


def due_title(on: date) -> str:
    """What a list of what is due is called."""
    return _("Due as of {year}-{month:02d}-{day:02d}").format(year=on.year, month=on.month, day=on.day)


def month_title(on: date) -> str:
    """What a list of a month's hearings and limits is called."""
    return _("Hearings and limits of {year}-{month:02d}").format(year=on.year, month=on.month)
