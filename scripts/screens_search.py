"""Pictures of the search over all ledgers and of saved views."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import both, screen, then
from scripts.screens_pages import demonstration_window, ledger_page
from tracker.db import records
from tracker.operations import views
from tracker.operations.views import View
from tracker.schema.operators import Filter
from tracker.ui.main_window import MainWindow
from tracker.ui.recents import remember

MEDIATED = (
    Filter("closed_on", "days", ("2020-01-01", "2020-12-31")),
    Filter("closing_method", "one_of", ("mediation",)),
    Filter("claim_amount", "between", (10_000_000, None)),
)


def keep_views(window: MainWindow) -> None:
    """Two lists kept under names."""
    name = both("2020年调解、10万元以上", "Mediated in 2020, over 100,000")
    views.keep(window.desk.office, View("disputes", name, MEDIATED))
    open_ones = (Filter("closed_on", "empty"), Filter("accepted_on", "filled"))
    views.keep(
        window.desk.office,
        View("disputes", both("未结案件", "Open cases"), open_ones, "", (("due_on", False),)),
    )


def finder(name: str, text: str) -> None:
    """A screen: the search with what was typed, over the window."""

    @screen(name)
    def build(app: QApplication) -> QWidget:
        window = demonstration_window("disputes")
        keep_views(window)
        desk = window.desk
        for ledger in ("petitions", "inspections", "disputes"):
            of = desk.office.catalogue.by_name[ledger]
            found = records.ids(desk.reader, records.Query(of), limit=3)
            for row in records.rows(desk.reader, of, ("uid",), found):
                remember(desk.state, desk.office.db.path, ledger, str(row[0] if row else ""))
        then(window, lambda: window.finder.ask(text))
        return window


finder("finder-empty", "")
finder("finder-initials", "zs")
finder("finder-pages", "执法")
finder("finder-firm", "餐饮 2020")
finder("finder-phrase", "支付")
finder("finder-party", "139000")
finder("finder-nothing", "查无此人某某")


def with_views(act: Callable[[MainWindow], object]) -> Callable[[QApplication], QWidget]:
    """A screen: the list of disputes with kept views, and what is done then."""

    def build(app: QApplication) -> QWidget:
        window = demonstration_window("disputes")
        keep_views(window)
        (first, *_rest) = (v for v in views.views(window.desk.reader, "disputes") if len(v.filters) == 3)
        page = ledger_page(window)
        page.views.show_view(first)
        then(window, lambda: act(window))
        return window

    return build


screen("views-menu")(with_views(lambda window: ledger_page(window).head.views.click()))
screen("views-save")(with_views(lambda window: ledger_page(window).views.ask_name()))
