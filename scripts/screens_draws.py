"""Pictures of drawing lots."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import screen, then
from scripts.screens_pages import demonstration_window
from tracker.db import records
from tracker.db.records import Query
from tracker.draws import BY_KEY
from tracker.operations import drawing, editing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.ui.draws_page import DrawDialog, DrawsPage


def _prepare(office: Office) -> None:
    of, review = office.catalogue.by_name, BY_KEY["file_review"]
    if records.count(office.db, Query(of["officers"])) == 0:
        for n, name in enumerate(("陈立新", "赵敏", "段树林", "刘婷", "孙德胜", "周雅琴"), 1):
            editing.save(
                office, of["officers"], {"officer_no": f"{n:03d}", "name": name, "roles": "reviewer"}
            )
    for title, seed in (("下半年案卷评查", "20205142713071222"), ("上半年案卷评查", "20200618")):
        drawing.make(office, review, review.targets[0], Period.year(2020), 12, 2, title, seed)


def _page(
    step: Callable[[DrawsPage], object] = lambda page: None, *, drawn: bool = True
) -> Callable[[QApplication], QWidget]:
    def build(app: QApplication) -> QWidget:
        window = demonstration_window("draws")
        page = window.current
        assert isinstance(page, DrawsPage)
        if drawn:
            page.desk.run(lambda office, _p: _prepare(office), lambda _none: None)
            page.refresh()
        then(window, lambda: step(page))
        return window

    return build


def _new(page: DrawsPage) -> None:
    page.new_record()
    for dialog in page.window().findChildren(DrawDialog):
        dialog.title.setText("2020年度案卷评查")


screen("draws_none")(_page(drawn=False))
screen("draws")(_page())
screen("draw_new")(_page(_new))
screen("draw_records")(_page(lambda page: page.ask_records()))
