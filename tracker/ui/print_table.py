"""Opens the preview of a table on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tracker.i18n import _
from tracker.operations.printable import Printable
from tracker.ui.file_names import chosen_folder
from tracker.ui.state import State

if TYPE_CHECKING:
    from tracker.ui.print_preview import PrintPreview

WIDE = 6
"""From so many columns on the paper lies."""


def show_table(parent: QWidget, content: Printable, state: State) -> PrintPreview:
    """Show it page by page, ready to be printed."""
    from tracker.ui.paper_table import TablePaper  # here: Qt's printing is loaded once it is asked for
    from tracker.ui.print_preview import preview  # as above

    printed = _("printed on {day}").format(day=date.today().isoformat())
    foot = " · ".join(filter(None, (content.office, content.title, printed)))
    wide = len(content.heads) >= WIDE
    return preview(parent.window(), content.title, TablePaper(content, foot), wide, chosen_folder(state))
