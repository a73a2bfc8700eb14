"""An empty sheet to fill in: headings, formats, lists and help, and no row that could be taken for a record."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tracker.i18n import _, listed
from tracker.schema.fields import Choice, Choices, Count, Day, Field, Money, YesNo
from tracker.schema.ledger import Ledger

ROWS = 1000
"""So many rows offer lists."""
HEAD_ROW = 1
_HEAD = PatternFill("solid", fgColor="E4EDFA")
_NEEDED = PatternFill("solid", fgColor="FCF0D4")
_LINE = Border(bottom=Side(style="thin", color="8395AE"))
_FORMATS = {"day": "yyyy-mm-dd", "money": "#,##0.00", "count": "0"}


def write(ledger: Ledger, path: Path) -> None:
    """Write the empty sheet, headings and lists in the language in use."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new book has one
    sheet.title = _sheet_name(ledger.title())
    lists = book.create_sheet(_sheet_name(_("Codes")))
    places = _write_lists(lists, ledger)
    for number, field in enumerate(ledger.inputs, 1):
        _write_heading(sheet, number, field)
        _prepare(sheet, number, field, places.get(field.key, ""))
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    sheet.row_dimensions[HEAD_ROW].height = 24
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    book.save(path)


def heading(field: Field) -> str:
    """The heading of a field: its label, with its unit for money and a mark where it is required."""
    unit = f"({_(field.unit)})" if isinstance(field, Money) else ""
    return f"{field.title()}{unit}{'*' if field.required else ''}"


def _write_heading(sheet: Worksheet, number: int, field: Field) -> None:
    cell = sheet.cell(HEAD_ROW, number, heading(field))
    cell.font = Font(bold=True)
    cell.fill = _NEEDED if field.required else _HEAD
    cell.border = _LINE
    cell.alignment = Alignment(vertical="center")
    comment = Comment(hint(field), _("Case Tracker"))
    comment.width, comment.height = 260, 120
    cell.comment = comment


def hint(field: Field) -> str:
    """What may stand in the column, in words."""
    lines = [_("Required.")] if field.required else []
    if field.help:
        lines.append(_(field.help))
    if isinstance(field, Choices):
        lines.append(_("Several are separated by 、, the main one first:"))
        lines.append(listed(field.code_label(code.key) for code in field.offered))
    elif isinstance(field, Choice | YesNo):
        lines.append(_("Choose from the list."))
    elif isinstance(field, Day):
        lines.append(_("A day such as 2020-01-05 or 20200105."))
    elif isinstance(field, Money):
        lines.append(_("Yuan, in digits."))
    elif isinstance(field, Count):
        lines.append(_("A whole number."))
    if field.default is not None:
        lines.append(_("Where nothing is said: {value}.").format(value=field.format(field.default)))
    return "\n".join(lines) or _("Text.")


def _prepare(sheet: Worksheet, number: int, field: Field, place: str) -> None:
    """Width, format and list of a column; text cells keep long digits and leading zeros."""
    letter = get_column_letter(number)
    column = sheet.column_dimensions[letter]
    column.width = max(field.width, 2 * len(heading(field))) + 2
    column.number_format = _FORMATS.get(field.kind, "@")
    if place:
        rule = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = field.title()[:32], _("Choose one of the list.")
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + ROWS}")


def _write_lists(sheet: Worksheet, ledger: Ledger) -> dict[str, str]:
    """The codes, one column a field; where each single-code field's list stands, as a formula."""
    places: dict[str, str] = {}
    fields = [field for field in ledger.inputs if isinstance(field, Choice | YesNo)]
    for number, field in enumerate(fields, 1):
        labels = (
            [field.format(code.key) for code in field.offered]
            if isinstance(field, Choice)
            else [_("Yes"), _("No")]
        )
        letter = get_column_letter(number)
        title = _("Codes of {field}").format(field=field.title())
        head = sheet.cell(1, number, title)
        head.font, head.fill = Font(bold=True), _HEAD
        for row, label in enumerate(labels, 2):
            sheet.cell(row, number, label)
        sheet.column_dimensions[letter].width = 2 * max(map(len, [title, *labels])) + 2
        if not isinstance(field, Choices):
            name = sheet.title.replace("'", "''")
            places[field.key] = f"'{name}'!${letter}$2:${letter}${len(labels) + 1}"
    sheet.freeze_panes = "A2"
    return places


def _sheet_name(text: str) -> str:
    """A name that spreadsheets allow: at most 31 characters, none of []:*?/\\."""
    return "".join(c for c in text if c not in "[]:*?/\\")[:31]
