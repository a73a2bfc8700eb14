"""What a sheet was understood to hold: counts, problems, warnings, columns and first rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.exchange.party_columns import Phone
from tracker.i18n import _
from tracker.operations.importing import Plan, result
from tracker.operations.sheet_people import Person
from tracker.operations.sheet_rows import PASSED, Issue
from tracker.schema.fields import Choice, Field
from tracker.ui import theme, widgets
from tracker.ui.keys import Import
from tracker.ui.plain_table import Cell, Head, LazyRows, PlainTable

SHOWN = 20_000
"""So many problems are listed; a sheet with more is another ledger's."""


class IssueRow(list[Cell]):
    """The cells of an issue, with the issue itself: the row in hand may be looked at at every key."""

    def __init__(self, cells: list[Cell], issue: Issue) -> None:
        super().__init__(cells)
        self.issue = issue


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
    """A plan, before it is carried out. `corrected` tells (sheet, row), field and text; `left_out` (sheet, row)."""

    corrected = Signal(object, str, str)
    left_out = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.tallies = {
            "inserted": Tally(_("New records")),
            "updated": Tally(_("Changed records")),
            "unchanged": Tally(_("Unchanged")),
            "skipped": Tally(_("Rows with problems")),
        }
        self.problems = PlainTable(_("Problems"))
        self.warnings = PlainTable(_("Warnings"))
        self.added = PlainTable(_("New records"), sortable=False)
        self.changes = PlainTable(_("Changes"), sortable=False)
        self.columns = PlainTable(_("What the columns mean"))
        self.passed = PlainTable(_("Passed over"))
        self.rows = PlainTable(_("First rows"), sortable=False)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tables = (
            self.problems, self.warnings, self.added, self.changes, self.columns, self.rows, self.passed,
        )  # fmt: skip
        for table in self.tables:
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
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.detail)
        column.addWidget(self._correcting())
        self.tabs.currentChanged.connect(lambda _index: self._show_detail())

    def _correcting(self) -> QWidget:
        """The line in which the cell in hand is given another text."""
        self.correction = QWidget()
        self.cell: QLineEdit = QLineEdit()
        self.cell.setMinimumWidth(280)
        self.cell.setAccessibleName(_("What the cell should say"))
        self.cell.returnPressed.connect(self._correct)
        self.cell_label = QLabel()
        self.cell_label.setBuddy(self.cell)
        self.leave_out = widgets.button(_("Leave this row out"), quiet=True)
        Import.leave_out.press(self.leave_out, _("Do not import the row in hand"))
        self.leave_out.clicked.connect(self._leave_out)
        for table in (self.problems, self.warnings):
            table.activated.connect(lambda _index: self.cell.setFocus())
        line = QHBoxLayout(self.correction)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.S)
        line.addWidget(self.cell_label)
        line.addWidget(self.cell, 1)
        line.addWidget(self.leave_out)
        line.addStretch(1)
        return self.correction

    @property
    def issue(self) -> Issue | None:
        """The problem or warning about a row that is in hand."""
        table = self._issues
        row = table.currentIndex().row() if table else -1
        if self._plan is None or table is None or row < 0:
            return None
        told = table.row(row)
        found = told.issue if isinstance(told, IssueRow) else None
        return found if found and found.row > self._plan.mapping.row + 1 else None

    @property
    def _issues(self) -> PlainTable | None:
        """The table in front, where it lists problems or warnings."""
        table = self.tabs.currentWidget()
        return table if table is self.problems or table is self.warnings else None

    def _correct(self) -> None:
        issue = self.issue
        if issue is None or not issue.field:
            return
        text = self.cell.text()
        self.cell.setModified(False)
        self.corrected.emit((issue.sheet, issue.row), issue.field, text)
        told = _("Corrected to “{text}”; not yet checked ({reread}).")
        self._go_on(told.format(text=text, **Import.names()))

    def finish(self) -> None:
        """Take what is typed in the line and was not entered yet."""
        if self.cell.isModified():
            self._correct()

    def _leave_out(self) -> None:
        if issue := self.issue:
            self.left_out.emit((issue.sheet, issue.row))
            self._go_on(_("The row is left out; not yet checked ({reread}).").format(**Import.names()))

    def _go_on(self, told: str) -> None:
        """Say what was done, and go to the next one."""
        table = self._issues
        assert table
        table.tell(told)
        row = table.currentIndex().row() + 1
        if row < table.model().rowCount():
            table.setCurrentIndex(table.model().index(row, 0))
        table.setFocus()
        self._show_detail()

    def _show_detail(self) -> None:
        """The whole message of the row in hand, which the table may have to shorten, and its cell to correct."""
        text = self._issues.message() if self._issues else ""
        self.detail.setText(text)
        self.detail.setVisible(bool(text))
        issue = self.issue
        field = self._plan.ledger.by_key.get(issue.field) if self._plan and issue else None
        self.correction.setVisible(bool(issue and field))
        if issue and field:
            self.cell_label.setText(
                _("{field} in row {row} &should be").format(field=field.title(), row=issue.row)
            )
            self.cell.setText(issue.value)
            words = (
                [field.code_label(code.key) for code in field.offered] if isinstance(field, Choice) else []
            )
            self.cell.setCompleter(QCompleter(words, self.cell) if words else None)  # type: ignore[arg-type]

    def show_plan(self, plan: Plan) -> None:
        """Show what importing would do; the problems come to the front where there are any."""
        self._plan = plan
        told = result(plan)
        for name, tally in self.tallies.items():
            tally.show_count(getattr(told, name), "problem" if name == "skipped" else "title")
        self._show_issues(self.problems, plan, plan.problems)
        self._show_issues(self.warnings, plan, plan.warnings)
        self._show_columns(plan)
        self._show_added(plan)
        self._show_changes(plan)
        self._show_rows(plan)
        passed: list[list[Cell]] = [
            [i.row, i.sheet, i.value, _(PASSED[i.message])] for i in plan.passed[:SHOWN]
        ]
        self.passed.fill(
            [Head(_("Row"), 72), Head(_("Sheet"), 120), Head(_("Text"), 320), Head(_("Why"))], passed
        )
        counts = (len(plan.problems), len(plan.warnings), len(plan.inserts), len(plan.updates))
        for index, count in enumerate(counts):
            self._name_tab(index, self.tables[index].accessibleName(), count)
        self._name_tab(6, self.passed.accessibleName(), len(plan.passed))
        first = self.problems if plan.problems else self.warnings if plan.warnings else self.rows
        if first is self.rows and plan.updates:
            first = self.changes
        self.tabs.setCurrentWidget(first)
        self._show_detail()

    def _name_tab(self, index: int, name: str, count: int) -> None:
        self.tabs.setTabText(index, f"{name} ({count:,})" if count else name)
        self.tabs.setTabVisible(index, count > 0)

    def _show_issues(self, table: PlainTable, plan: Plan, issues: tuple[Issue, ...]) -> None:
        wide = 140 if any(issue.sheet for issue in issues) else 72
        heads = [Head(_("Row"), wide), Head(_("Column"), 150), Head(_("Cell"), 180), Head(_("What is wrong"))]
        if table is self.warnings:
            heads[-1] = Head(_("What to know"))
        table.fill(heads, [self._issue(plan, issue) for issue in issues[:SHOWN]])
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_detail())
        table.model().layoutChanged.connect(lambda *_parts: self._show_detail())

    def _issue(self, plan: Plan, issue: Issue) -> IssueRow:
        columns = {column.field.key: column.field for column in plan.mapping.columns}
        field = plan.ledger.by_key.get(issue.field) or columns.get(issue.field)
        row: Cell = f"{issue.sheet} {issue.row}" if issue.sheet else issue.row
        return IssueRow([row, field.title() if field else "", issue.value, issue.message], issue)

    def _show_columns(self, plan: Plan) -> None:
        mapping, skipped = plan.mapping, _("not read")
        rows = [
            [c.heading, c.field.title(), f"× {c.scale:,}" if c.scale > 1 else ""] for c in mapping.columns
        ]
        rows += [[c.heading, c.field.title(), _("only compared")] for c in mapping.compared]
        rows += [[heading, "", skipped] for heading in mapping.unknown]
        self.columns.fill(
            [Head(_("Heading in the sheet"), 260), Head(_("Field"), 260), Head(_("Note"))], rows
        )

    def _show_added(self, plan: Plan) -> None:
        ledger = plan.ledger
        keys = dict.fromkeys(
            (ledger.number, *(key for key in ledger.columns if not ledger.field(key).derived))
        )
        keys |= dict.fromkeys(c.field.key for c in plan.mapping.columns if c.field.key in ledger.by_key)
        fields = [ledger.field(key) for key in keys]
        phones = [c.field for c in plan.mapping.columns if isinstance(c.field, Phone)]

        def made(n: int) -> list[Cell]:
            sheet, row = plan.insert_places[n]
            place: Cell = f"{sheet} {row}" if sheet else row
            people = plan.insert_people.get(n, ())
            return [
                place,
                *(f.format(plan.inserts[n].get(f.key)) for f in fields),
                *(_of(f, people) for f in phones),
            ]

        self.added.fill(_heads([*fields, *phones]), LazyRows(len(plan.inserts), made))

    def _show_changes(self, plan: Plan) -> None:
        ledger = plan.ledger

        def made(n: int) -> list[Cell]:
            (sheet, row), (old, new) = plan.update_places[n], plan.updates[n]
            place: Cell = f"{sheet} {row}" if sheet else row
            told = [
                _("{field}: {old} → {new}").format(
                    field=ledger.field(key).title(),
                    old=ledger.field(key).format(old.get(key)) or _("empty"),
                    new=ledger.field(key).format(value) or _("empty"),
                )
                for key, value in new.items()
            ]
            told += [
                _("{field}: {old} → {new}").format(
                    field=_("Telephone of “{party}”").format(party=one.name), old=_("empty"), new=one.phone
                )
                for one in plan.update_people.get(n, ())
            ]
            return [place, str(old.get(ledger.number) or ""), "; ".join(told)]

        title = ledger.field(ledger.number).title()
        self.changes.fill(
            [Head(_("Row"), 72), Head(title, 220), Head(_("What changes"))], LazyRows(len(plan.updates), made)
        )

    def _show_rows(self, plan: Plan) -> None:
        fields = [column.field for column in plan.mapping.columns]
        rows: list[list[Cell]] = [[n, *(cells.get(f.key, "") for f in fields)] for n, cells in plan.sample]
        self.rows.fill(_heads(fields), rows)


def _of(field: Phone, people: Iterable[Person]) -> str:
    return "、".join(f"{one.name} {one.phone}" for one in people if one.role == field.role)


def _heads(fields: Sequence[Field]) -> list[Head]:
    return [Head(_("Row"), 64), *(Head(f.title(), min(240, 24 + 9 * max(f.width, 8))) for f in fields)]
