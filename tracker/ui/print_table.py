"""Opens the preview of a table on paper."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from tracker.i18n import _
from tracker.operations.printable import Printable
from tracker.ui.desk import Desk


def show_table(parent: QWidget, content: Printable, desk: Desk) -> None:
    """Show it page by page, ready to be printed."""
    from tracker.ui.paper_notes import note_what_leaves  # as above
    from tracker.ui.paper_table import TablePaper  # here: Qt's printing is loaded once it is asked for
    from tracker.ui.print_preview import PrintPreview  # as above

    printed = _("printed on {day}").format(day=date.today().isoformat())
    foot = " · ".join(filter(None, (content.office, content.title, printed)))
    preview = PrintPreview(desk.state, parent.window(), TablePaper(content, foot))
    note_what_leaves(preview, desk)
    preview.open()
