"""The pages of the window, in the order of the navigation: a new page is one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from tracker.i18n import N_
from tracker.schema.catalogue import Catalogue
from tracker.schema.ledger import Ledger
from tracker.ui.backups_page import BackupsPage
from tracker.ui.calendar_page import CalendarPage
from tracker.ui.clerks_page import ClerksPage
from tracker.ui.customise_page import CustomisePage
from tracker.ui.desk import Desk
from tracker.ui.draws_page import DrawsPage
from tracker.ui.freezes_page import FreezesPage
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.log_page import LogPage
from tracker.ui.report_page import ReportPage
from tracker.ui.settings_page import SettingsPage
from tracker.ui.statistics_page import StatisticsPage
from tracker.ui.today_page import TodayPage
from tracker.ui.working_calendar import WorkingCalendarPage

TOP, REGISTERS, BOTTOM = "", N_("Registers"), N_("Administration")


@dataclass(frozen=True)
class Page:
    """One place of the navigation; `ledger` is set where its records are counted there."""

    key: str
    label: str
    section: str
    icon: str
    make: Callable[[Desk], QWidget]
    ledger: Ledger | None = None


def ledger_page(ledger: Ledger) -> Page:
    """The page of a ledger."""
    return Page(
        ledger.name, ledger.short, ledger.section, ledger.icon, lambda desk: LedgerPage(desk, ledger), ledger
    )


def pages(catalogue: Catalogue) -> tuple[Page, ...]:
    """Every page of a file's window; ledgers that the office does not use are there, but not in the navigation."""
    return (
        Page("today", N_("Today"), TOP, "today", TodayPage),
        Page("calendar", N_("Calendar"), TOP, "calendar", CalendarPage),
        Page("statistics", N_("Statistics"), TOP, "statistics", StatisticsPage),
        Page("report", N_("Report"), TOP, "document", ReportPage),
        *map(ledger_page, catalogue.ledgers),
        Page("freezes", N_("Frozen figures"), BOTTOM, "lock", FreezesPage),
        Page("draws", N_("Drawing lots"), REGISTERS, "draw", DrawsPage),
        Page("customise", N_("Ledgers, fields and figures"), BOTTOM, "edit", CustomisePage),
        Page("clerks", N_("Clerks"), BOTTOM, "user", ClerksPage),
        Page("log", N_("Log"), BOTTOM, "history", LogPage),
        Page("working_calendar", N_("Working calendar"), BOTTOM, "calendar", WorkingCalendarPage),
        Page("backups", N_("Backups"), BOTTOM, "history", BackupsPage),
        Page("settings", N_("Settings"), BOTTOM, "settings", SettingsPage),
    )


@runtime_checkable
class Leavable(Protocol):
    """A page that may hold unsaved work."""

    def has_unsaved(self) -> bool: ...
    def may_leave(self) -> bool: ...


@runtime_checkable
class Searchable(Protocol):
    """A page with something to search in."""

    def focus_search(self) -> None: ...


@runtime_checkable
class Adding(Protocol):
    """A page that adds something of its own where a list adds a record."""

    def new_record(self) -> None: ...


@runtime_checkable
class Exporting(Protocol):
    """A page that writes a file of its own where others write the workbook."""

    def export_file(self) -> None: ...


@runtime_checkable
class Refreshable(Protocol):
    """A page that can read its contents anew."""

    def refresh(self) -> None: ...


@runtime_checkable
class Printing(Protocol):
    """A page that prints its list."""

    def print_list(self) -> None: ...
