"""Asks where the statistical return of disputes is written, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tracker.i18n import _
from tracker.period import Period
from tracker.ui.desk import Desk


def ask_return(
    parent: QWidget,
    desk: Desk,
    period: Period,
    tell_done: Callable[[str], object],
    tell_problem: Callable[[str], object],
) -> None:
    """Of a period, such as a quarter."""
    from tracker.operations import exporting  # here: its libraries take long to load

    title = _("Statistical return of labour disputes")
    start = str(desk.office.db.path.with_name(f"{title} {period.label()}.xlsx"))
    kinds = _("Workbooks (*.xlsx)")
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Export the statistical return"), start, kinds)
    if not chosen:
        return
    path = Path(chosen).with_suffix(".xlsx")
    desk.run(
        lambda office, progress: exporting.statistical_return(office, period, path, progress),
        lambda made: tell_done(_("Written: {path}").format(path=made.path)),
        lambda wrong: tell_problem(str(wrong)),
        cancellable=True,
    )
