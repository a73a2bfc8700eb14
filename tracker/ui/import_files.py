"""Which files an import reads and writes; None where the clerk names none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.i18n import _
from tracker.schema.ledger import Ledger
from tracker.ui.state import State

FOLDER = "import_folder"
"""By which the folder last read from is remembered."""
SUFFIXES = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv"


def ask_sheet(parent: QWidget, state: State) -> Path | None:
    """A sheet to read."""
    sheets, all_files = _("Sheets"), _("All files")
    kinds = f"{sheets} ({SUFFIXES});;{all_files} (*)"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose a sheet"), _folder(state), kinds)
    return Path(chosen) if chosen else None


def ask_template(parent: QWidget, state: State, ledger: Ledger) -> Path | None:
    """Where an empty sheet is written."""
    name = _("{ledger} template.xlsx").format(ledger=_(ledger.short))
    return _ask_workbook(parent, _("Save a template"), Path(_folder(state)) / name)


def ask_problems(parent: QWidget, sheet: Path) -> Path | None:
    """Where the doubtful rows of a sheet are written."""
    start = sheet.with_name(_("{name} – problems.xlsx").format(name=sheet.stem))
    path = _ask_workbook(parent, _("Export problem rows"), start)
    return path.with_suffix(".xlsx") if path else None


def _ask_workbook(parent: QWidget, title: str, start: Path) -> Path | None:
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(start), "Excel (*.xlsx)")
    return Path(chosen) if chosen else None


def _folder(state: State) -> str:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(state.get(FOLDER) or documents)
