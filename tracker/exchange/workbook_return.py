"""A statistical return as a sheet: its rows in their order with last year's and proofs, and what must add up."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.exchange import styles
from tracker.exchange.workbook_sheet import NONE, Book, Content, Sheet, note, number_style
from tracker.exchange.workbook_summary import proof, value_of
from tracker.i18n import _
from tracker.schema.indicator import Figure

WIDTHS = (6, 44, 8, 14, 16, 12, 14, 11)
AGREEMENT = 8


def write_return(book: Book, sheet: Sheet, content: Content) -> None:
    """Fill the sheet of the return of disputes."""
    title = _("Statistical return of labour disputes")
    styles.page(sheet.raw, title, landscape=False, head_rows="3:3")
    sheet.raw.freeze_panes = "C4"
    sheet.head(title, len(WIDTHS), note(content))
    sheet.headings(
        _("No."), _("Item"), _("Unit"), _("This period"), _("Same period last year"), _("Change"),
        _("Recounted"), _("Agreement"),
    )  # fmt: skip
    first, rows = sheet.row + 1, dict[str, int]()
    number = 0
    for line in content.returns:
        if line.heading:
            sheet.add(None, sheet.cell(_(line.heading), "group"), height=20)
        number += 1
        rows[line.figure.indicator.key.partition("return_")[2]] = sheet.row + 1
        _row(book, sheet, number, line.figure, line.level)
    sheet.agreements(AGREEMENT, first, max(first, sheet.row), number)
    sheet.skip()
    if rows:
        _sums(sheet, rows, SUMS[1:] if content.period.as_of > content.period.end else SUMS)


def _row(book: Book, sheet: Sheet, number: int, figure: Figure, level: int) -> None:
    indicator, row = figure.indicator, sheet.row + 1
    style, form = number_style(figure)
    change = figure.change()
    sheet.add(
        sheet.cell(f"{number:02d}", "unit"),
        sheet.cell("　" * level + _(indicator.label), "label"),
        sheet.cell(_(indicator.unit), "unit"),
        sheet.cell(value_of(figure), style, form),
        sheet.cell(value_of(figure.previous) if figure.previous else NONE, style, form),
        sheet.cell(float(change) if change else NONE, "number", '+0.00"%";-0.00"%";0.00"%"'),
        sheet.formula(proof(book, indicator, indicator.quantities()[0], figure.period), "proof", form),
        sheet.agreement(f"G{row}=D{row}"),
        height=19,
    )


Sums = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
SUMS: Sums = (
    (("carried_over", "accepted"), ("closed", "pending")),
    (
        ("remuneration", "social_insurance", "contract", "dismissal", "hours_leave", "other_causes"),
        ("accepted",),
    ),
    (("mediated", "awarded", "otherwise"), ("closed",)),
)
"""Rows that add up to the same: the first does where the as-of day is not after the period's last."""


def _sums(sheet: Sheet, rows: dict[str, int], sums: Sums) -> None:
    first = sheet.row + 1
    for left, right in sums:
        text = _("Rows {left} add up to rows {right}").format(
            left=_joined(left, rows), right=_joined(right, rows)
        )
        equal = "=".join("+".join(f"D{rows[key]}" for key in side) for side in (left, right))
        sheet.add(
            None, sheet.cell(text, "note"), *(None for _n in range(5)), sheet.agreement(equal), height=18
        )
    sheet.agreements(AGREEMENT, first, sheet.row, len(sums))


def _joined(keys: Iterable[str], rows: dict[str, int]) -> str:
    order = sorted(rows, key=lambda key: rows[key])
    return "+".join(f"{order.index(key) + 1:02d}" for key in keys)
