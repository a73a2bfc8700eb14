"""What is due, written to a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tracker.exchange.lists import write_csv, write_sheet
from tracker.operations import exports
from tracker.operations.day_rows import FIELDS, rows
from tracker.operations.exporting import Exported
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office
from tracker.operations.today import Group


def export(office: Office, title: str, groups: Sequence[Group], path: Path) -> Exported:
    """Write what is due to .xlsx or .csv; raises UserError."""
    found = rows(office, groups)
    with fresh_file(path) as fresh:
        if path.suffix.lower() == ".csv":
            write_csv(FIELDS, found, fresh)
        else:
            write_sheet(title, FIELDS, found, fresh)
    exports.note(office, title, path, len(found))
    return Exported(path, len(found))
