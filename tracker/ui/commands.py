"""What the window's menus offer: one declaration a command, with its keys."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import N_

FILE, EDIT, RECORD, GO, HELP = N_("&File"), N_("&Edit"), N_("&Record"), N_("&Go"), N_("&Help")
MENUS = (FILE, EDIT, RECORD, GO, HELP)
PAGE_KEYS = tuple(f"Ctrl+{n}" for n in range(1, 10))
"""Those of the first pages of the navigation."""


@dataclass(frozen=True)
class Command:
    """`key` names the method of the window that does it; `gap` draws a line above it in its menu; `also` are other keys
    that do it."""

    key: str
    menu: str
    label: str
    keys: str = ""
    icon: str = ""
    gap: bool = False
    also: str = ""
    writes: bool = False
    """Whether it is of no use where the file is open for reading only."""


COMMANDS: tuple[Command, ...] = (
    Command("new_file", FILE, N_("New file …"), "Ctrl+Shift+N", "document"),
    Command("open_file", FILE, N_("Open file …"), "Ctrl+O", "folder"),
    Command("import_sheet", FILE, N_("Import a sheet …"), "Ctrl+I", "import", gap=True, writes=True),
    Command("export_workbook", FILE, N_("Export the workbook …"), "Ctrl+E", "export"),
    Command("merge_file", FILE, N_("Merge another clerk's file …"), "Ctrl+Alt+M", "combine", writes=True),
    Command("write_part", FILE, N_("Write a part for sending …"), "Ctrl+Alt+E", "export"),
    Command("print_list", FILE, N_("Print the list …"), "Ctrl+P", "print"),
    Command("freeze_figures", FILE, N_("Freeze the figures …"), "Ctrl+Shift+K", "lock", writes=True),
    Command("export_return", FILE, N_("Export the statistical return …"), "Ctrl+Shift+R", "export"),
    Command("password", FILE, N_("Password …"), "Ctrl+Alt+K", "lock", gap=True, writes=True),
    Command("lock", FILE, N_("Lock now"), "F12", "lock"),
    Command("back_up", FILE, N_("Back up now"), "Ctrl+Alt+S", "save", gap=True),
    Command("show_backups", FILE, N_("Backups"), "Ctrl+Alt+B", "history"),
    Command("switch_clerk", FILE, N_("Switch clerk …"), "Ctrl+Shift+L", "user"),
    Command("show_settings", FILE, N_("Settings"), "Ctrl+,", "settings"),
    Command("close", FILE, N_("Quit"), "Ctrl+Q", "close", gap=True),
    Command("undo", EDIT, N_("Undo"), "Ctrl+Z", "undo", writes=True),
    Command("redo", EDIT, N_("Redo"), "Ctrl+Shift+Z", "redo", also="Ctrl+Y", writes=True),
    Command("new_record", RECORD, N_("New record"), "Ctrl+N", "add", writes=True),
    Command("enter_table", RECORD, N_("Enter several as a table …"), "Ctrl+B", "columns", writes=True),
    Command("search", RECORD, N_("Search"), "Ctrl+F", "search"),
    Command(
        "hand_over", RECORD, N_("Hand over open cases …"), "Ctrl+Shift+H", "referrals", gap=True, writes=True
    ),
    Command("search_all", GO, N_("Find a record, page or ledger …"), "Ctrl+K", "search"),
    Command("back", GO, N_("Back"), "Alt+Left", "back"),
    Command("forward", GO, N_("Forward"), "Alt+Right", "forward"),
    Command("focus_navigation", GO, N_("Navigation"), "F6"),
    Command("refresh", GO, N_("Refresh"), "F5", "refresh"),
    Command("show_shortcuts", HELP, N_("Keyboard shortcuts"), "F1", "info"),
    Command("show_about", HELP, N_("About Case Tracker")),
)
