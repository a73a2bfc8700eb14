"""What a sheet was understood to hold: counts, problems, warnings, columns and first rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from tracker.i18n import _
from tracker.operations.importing import Plan, result
from tracker.operations.taking import Issue
from tracker.ui import theme, widgets
from tracker.ui.plain_table import Cell, Head, PlainTable

SHOWN = 20_000
"""So many problems are listed; a sheet with more is another ledger's."""


class Tally(QFrame):
    """A count with its name below."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.number, self.name = QLabel("0"), widgets.Caption(name)
        self.number.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        column.setSpacing(0)
        column.addWidget(self.number)
        column.addWidget(self.name)

    def show_count(self, count: int, role: str = "title") -> None:
        """Show a count, in the colour of problems where the role is `problem`."""
        self.number.setText(f"{count:,}")
        self.setAccessibleName(f"{self.name.text()} {count:,}")
        wrong = role == "problem" and count > 0
        theme.set_property(self.number, "problem", wrong)
        self.name.setProperty("role", "problem" if wrong else "muted")
        theme.restyle(self.name)


class Preview(QWidget):
    """A plan, before it is carried out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tallies = {
            "inserted": Tally(_("New records")),
            "updated": Tally(_("Changed records")),
            "unchanged": Tally(_("Unchanged")),
            "skipped": Tally(_("Rows with problems")),
        }
        self.problems = PlainTable(_("Problems"))
        self.warnings = PlainTable(_("Warnings"))
        self.columns = PlainTable(_("What the columns mean"))
        self.rows = PlainTable(_("First rows"), sortable=False)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for table in (self.problems, self.warnings, self.columns, self.rows):
            self.tabs.addTab(table, table.accessibleName())
        counts = QHBoxLayout()
        counts.setSpacing(theme.S)
        for tally in self.tallies.values():
            counts.addWidget(tally, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.M)
        column.addLayout(counts)
        column.addWidget(self.tabs, 1)
        self.detail = widgets.Caption()
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.detail)
        self.tabs.currentChanged.connect(lambda _index: self._show_detail())

    def _show_detail(self) -> None:
        """The whole message of the row in hand, which the table may have to shorten."""
        table = self.tabs.currentWidget()
        issues = table in (self.problems, self.warnings)
        text = table.message() if isinstance(table, PlainTable) and issues else ""
        self.detail.setText(text)
        self.detail.setVisible(bool(text))

    def show_plan(self, plan: Plan) -> None:
        """Show what importing would do; the problems come to the front where there are any."""
        told = result(plan)
        for name, tally in self.tallies.items():
            tally.show_count(getattr(told, name), "problem" if name == "skipped" else "title")
        self._show_issues(self.problems, plan, plan.problems)
        self._show_issues(self.warnings, plan, plan.warnings)
        self._show_columns(plan)
        self._show_rows(plan)
        self._name_tab(0, _("Problems"), len(plan.problems))
        self._name_tab(1, _("Warnings"), len(plan.warnings))
        first = self.problems if plan.problems else self.warnings if plan.warnings else self.rows
        self.tabs.setCurrentWidget(first)
        self._show_detail()

    def _name_tab(self, index: int, name: str, count: int) -> None:
        self.tabs.setTabText(index, f"{name} ({count:,})" if count else name)
        self.tabs.setTabVisible(index, count > 0)

    def _show_issues(self, table: PlainTable, plan: Plan, issues: tuple[Issue, ...]) -> None:
        heads = [Head(_("Row"), 72), Head(_("Column"), 150), Head(_("Cell"), 180), Head(_("What is wrong"))]
        if table is self.warnings:
            heads[-1] = Head(_("What to know"))
        table.fill(heads, [self._issue(plan, issue) for issue in issues[:SHOWN]])
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_detail())
        table.model().layoutChanged.connect(lambda *_parts: self._show_detail())

    def _issue(self, plan: Plan, issue: Issue) -> list[Cell]:
        field = plan.ledger.by_key.get(issue.field)
        return [issue.row, field.title() if field else "", issue.value, issue.message]

    def _show_columns(self, plan: Plan) -> None:
        mapping, skipped = plan.mapping, _("not read")
        rows = [[c.heading, c.field.title(), _("× 10,000") if c.scale > 1 else ""] for c in mapping.columns]
        rows += [[c.heading, c.field.title(), _("only compared")] for c in mapping.compared]
        rows += [[heading, "", skipped] for heading in mapping.unknown]
        self.columns.fill(
            [Head(_("Heading in the sheet"), 260), Head(_("Field"), 260), Head(_("Note"))], rows
        )

    def _show_rows(self, plan: Plan) -> None:
        fields = [column.field for column in plan.mapping.columns]
        heads = [Head(_("Row"), 64), *(Head(f.title(), min(240, 24 + 9 * max(f.width, 8))) for f in fields)]
        rows: list[list[Cell]] = [[n, *(cells[f.key] for f in fields)] for n, cells in plan.sample]
        self.rows.fill(heads, rows)
