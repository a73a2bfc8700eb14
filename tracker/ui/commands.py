"""What the window's menus offer: one declaration a command, with its keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from tracker.i18n import N_

FILE, EDIT, RECORD, GO, HELP = N_("&File"), N_("&Edit"), N_("&Record"), N_("&Go"), N_("&Help")
MENUS = (FILE, EDIT, RECORD, GO, HELP)
TIMELINE, EXPLAIN, ANNOUNCEMENT = "Ctrl+T", "Ctrl+Shift+T", "Ctrl+Shift+I"
"""Keys on the form of a case, and in the working calendar."""


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


COMMANDS: tuple[Command, ...] = (
    Command("new_file", FILE, N_("New file …"), "Ctrl+Shift+N", "document"),
    Command("open_file", FILE, N_("Open file …"), "Ctrl+O", "folder"),
    Command("import_sheet", FILE, N_("Import a sheet …"), "Ctrl+I", "import", gap=True),
    Command("export_workbook", FILE, N_("Export the workbook …"), "Ctrl+E", "export"),
    Command("print_list", FILE, N_("Print the list …"), "Ctrl+P", "print"),
    Command("freeze_figures", FILE, N_("Freeze the figures …"), "Ctrl+Shift+K", "lock"),
    Command("export_return", FILE, N_("Export the statistical return …"), "Ctrl+Shift+R", "export"),
    Command("show_settings", FILE, N_("Settings"), "Ctrl+,", "settings", gap=True),
    Command("close", FILE, N_("Quit"), "Ctrl+Q", "close", gap=True),
    Command("undo", EDIT, N_("Undo"), "Ctrl+Z", "undo"),
    Command("redo", EDIT, N_("Redo"), "Ctrl+Shift+Z", "redo", also="Ctrl+Y"),
    Command("new_record", RECORD, N_("New record"), "Ctrl+N", "add"),
    Command("enter_table", RECORD, N_("Enter several as a table …"), "Ctrl+B", "columns"),
    Command("search", RECORD, N_("Search"), "Ctrl+F", "search"),
    Command("search_all", GO, N_("Find a record, page or ledger …"), "Ctrl+K", "search"),
    Command("back", GO, N_("Back"), "Alt+Left", "back"),
    Command("forward", GO, N_("Forward"), "Alt+Right", "forward"),
    Command("focus_navigation", GO, N_("Navigation"), "F6"),
    Command("refresh", GO, N_("Refresh"), "F5", "refresh"),
    Command("show_shortcuts", HELP, N_("Keyboard shortcuts"), "F1", "info"),
    Command("show_about", HELP, N_("About Case Tracker")),
)

ELSEWHERE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("On Today"),
        (
            ("Enter", N_("Open the record, or list the records of a part")),
            ("Ctrl+Down", N_("Next part")),
            ("Ctrl+Up", N_("Part before")),
            ("Space", N_("Open and close a part")),
            ("Ctrl+M", N_("Only mine")),
            ("Ctrl+E", N_("Write what is due to a sheet")),
        ),
    ),
    (
        N_("In the calendar"),
        (
            ("Enter", N_("Open the day")),
            ("PgUp", N_("Month before")),
            ("PgDown", N_("Next month")),
            ("Home", N_("To today")),
            ("Esc", N_("Back from the day to the month")),
        ),
    ),
    (
        N_("In a list"),
        (
            ("Enter", N_("Open the record")),
            ("Ctrl+C", N_("Copy the selection as a table")),
            ("Ctrl+D", N_("Begin a record like this one")),
            ("Ctrl+U", N_("Change a field of the selected records")),
            ("Del", N_("Put into the bin")),
            ("Ctrl+R", N_("Restore from the bin")),
            ("Ctrl+Shift+F", N_("Add a filter")),
            ("Alt+F", N_("Filter by this column …")),
            ("Ctrl+Shift+S", N_("Sort by a column")),
            ("Ctrl+Shift+C", N_("Choose the columns")),
            ("Ctrl+Shift+V", N_("Saved views")),
            ("Ctrl+Shift+E", N_("Write this list to a sheet")),
            ("Ctrl+Shift+B", N_("Show the records in the bin")),
            ("Ctrl+Shift+D", N_("Make documents of the selected cases")),
            ("Ctrl+Alt+P", N_("Print forms of the selected records")),
        ),
    ),
    (
        N_("In a register, also"),
        (
            ("Ctrl+M", N_("Combine the two selected entries")),
            ("Ctrl+Shift+M", N_("Find entries made twice")),
        ),
    ),
    (
        N_("In the statistics"),
        (
            ("Enter", N_("Show the records behind the figure")),
            ("Shift+Enter", N_("Show the numerator's records")),
            ("Ctrl+Enter", N_("Show the denominator's records")),
            ("Alt+Enter", N_("Show last year's records")),
            ("Ctrl+L", N_("Type the period")),
            ("Ctrl+PgUp", N_("Earlier period")),
            ("Ctrl+PgDown", N_("Later period")),
        ),
    ),
    (
        N_("On the form"),
        (
            ("Enter", N_("Next field to fill in")),
            ("Tab", N_("Next field")),
            ("Shift+Enter", N_("Previous field")),
            ("Alt+Down", N_("Open the calendar or the list")),
            ("Ctrl+S", N_("Save")),
            ("Ctrl+Enter", N_("Save and begin the next")),
            ("Alt+Enter", N_("Open the record that the field names, or enter it")),
            ("Ctrl+J", N_("Go to the related records")),
            ("Ctrl+Shift+J", N_("Enter what this record goes on as")),
            ("Ctrl+D", N_("Begin a record like this one")),
            ("Ctrl+Shift+A", N_("Attach files")),
            ("Ctrl+Shift+P", N_("Enter the parties one by one")),
            ("Ctrl+Shift+D", N_("Make documents of the case")),
            ("Ctrl+Alt+P", N_("Print forms of the case")),
            ("Esc", N_("Close")),
        ),
    ),
    (
        N_("Among the attachments of a form"),
        (
            ("Enter", N_("Open a copy")),
            ("F2", N_("Rename")),
            ("Ctrl+Shift+S", N_("Save as a file")),
            ("Ctrl+V", N_("Paste a picture or files")),
            ("Del", N_("Put into the bin")),
        ),
    ),
    (
        N_("In a table of parties or new records"),
        (
            ("Enter", N_("Next cell")),
            ("Ctrl+V", N_("Paste rows of a sheet")),
            ("Del", N_("Empty the cells")),
            ("Ctrl+Del", N_("Remove the rows")),
            ("Ctrl+Z", N_("Take back the last step in the table")),
            ("Ctrl+Y, Ctrl+Shift+Z", N_("Do again what was taken back")),
            ("F8", N_("Next doubtful cell")),
            ("Ctrl+S", N_("Save")),
        ),
    ),
    (
        N_("In the import"),
        (
            ("Ctrl+O", N_("Choose a file")),
            ("Ctrl+T", N_("Make an empty sheet to fill in")),
            ("F5", N_("Read the file again")),
            ("Ctrl+Enter", N_("Go on")),
            ("Ctrl+Shift+Enter", N_("Import the rest only")),
            ("Ctrl+S", N_("Write the doubtful rows to a sheet")),
            ("Ctrl+Del", N_("Leave a row out")),
        ),
    ),
    (
        N_("In the preview of what is printed"),
        (
            ("PgUp, PgDown", N_("Another page")),
            ("Ctrl++, Ctrl+-", N_("Larger, smaller")),
            ("Ctrl+L", N_("Turn the paper")),
            ("Ctrl+S", N_("Write a PDF")),
            ("Ctrl+P", N_("Choose a printer and print")),
        ),
    ),
    (
        N_("On the form of a case"),
        (
            (TIMELINE, N_("Add an event of the case")),
            (EXPLAIN, N_("How the day due was counted")),
        ),
    ),
    (
        N_("In the working calendar"),
        (
            ("Space", N_("Off or worked")),
            ("PgUp, PgDown", N_("Another year")),
            (ANNOUNCEMENT, N_("Import an announcement …")),
        ),
    ),
    (
        N_("In the report"),
        (
            ("Tab", N_("Next figure")),
            ("Shift+Tab", N_("Previous figure")),
            ("Enter", N_("Show the records behind the figure")),
            ("Down", N_("Next paragraph")),
            ("Ctrl+C", N_("Copy the paragraph")),
            ("Ctrl+F", N_("Insert a figure")),
            ("Ctrl+E", N_("Write the report")),
        ),
    ),
    (
        N_("In the search over everything"),
        (
            ("Down", N_("Next line")),
            ("Enter", N_("Open the record, page or ledger")),
            ("Esc", N_("Go back to where one was")),
        ),
    ),
)
"""Keys that belong to pages, for the sheet of shortcuts."""


def shown(keys: str) -> str:
    """Keys as this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
