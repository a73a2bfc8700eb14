"""The summary: every single figure with its parts, last year, its recount from the detail sheet, and agreement."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tracker.exchange import formulas, styles
from tracker.exchange.formulas import at_rate
from tracker.exchange.workbook_sheet import NONE, Book, Content, Sheet, note, number_style
from tracker.i18n import _
from tracker.period import Period
from tracker.schema.indicator import Atom, Distinct, Figure, Indicator, Quantity, Ratio, atoms_of, written

WIDTHS = (27, 15, 8, 15, 15, 12, 12, 12, 12, 15, 11, 58)
VALUE, ABOVE, BELOW, ABOVE_AGAIN, BELOW_AGAIN, AGAIN, AGREEMENT = "B", "F", "G", "H", "I", "J", 11


def proof(book: Book, indicator: Indicator, quantity: Quantity, period: Period) -> str:
    """The expression that recounts one of an indicator's numbers from the detail sheets."""
    return "+".join(_proof(book, indicator.ledger_of(atom), atom, period) for atom in atoms_of(quantity))


def _proof(book: Book, ledger: str, atom: Atom, period: Period) -> str:
    source, where = book.sources[ledger], atom.where.at(period)
    if isinstance(atom, Distinct) and atom.month:
        return formulas.months_recounted(atom, where, source, period.months())
    if isinstance(atom, Distinct):
        return formulas.recounted(atom, where, source, book.counts[ledger, atom, where])
    return formulas.recomputed(atom, where, source)


def write_summary(book: Book, sheet: Sheet, content: Content) -> None:
    """Fill the summary sheet."""
    styles.page(sheet.raw, _("Summary of figures"), head_rows="3:3")
    sheet.raw.freeze_panes = "B4"
    sheet.head(_("Summary of figures"), len(WIDTHS), note(content))
    sheet.headings(
        _("Figure"), _("Value"), _("Unit"), _("Same period last year"), _("Change"), _("Numerator"), _("Denominator"),
        _("Numerator recounted"), _("Denominator recounted"), _("Value recomputed"), _("Agreement"), _("Definition"),
    )  # fmt: skip
    first = sheet.row + 1
    number, section = 0, ""
    for ledger in content.ledgers():
        figures = content.of(ledger)
        if figures and ledger.section != section:
            section = ledger.section
            sheet.add(sheet.cell(_(section), "section"), height=26)
        if figures:
            sheet.add(
                sheet.cell(ledger.title(), "group"),
                *(sheet.cell(None, "group") for _n in WIDTHS[1:]),
                height=20,
            )
            for figure in figures:
                _figure(book, sheet, figure)
            number += len(figures)
    sheet.agreements(AGREEMENT, first, max(first, sheet.row), number)


def _figure(book: Book, sheet: Sheet, figure: Figure) -> None:
    indicator, row = figure.indicator, sheet.row + 1
    definition = _(indicator.definition)
    style, form = number_style(figure)
    parts = (
        _ratio(book, sheet, figure, row)
        if isinstance(indicator.measure, Ratio)
        else _plain(book, sheet, figure, form)
    )
    height = max(20, 13.5 * styles.lines_of(definition, WIDTHS[-1] * 1.25) + 6)
    sheet.add(
        sheet.cell(_(indicator.label), "wrapped"),
        sheet.cell(value_of(figure), style, form),
        sheet.cell(_(indicator.unit), "unit"),
        sheet.cell(value_of(figure.previous) if figure.previous else NONE, style, form),
        _change(sheet, figure),
        *parts,
        sheet.cell(definition, "small"),
        height=height,
    )


def value_of(figure: Figure) -> float | int | str:
    """The printed value as a number; a dash where there is none."""
    text = figure.text()
    return NONE if text is None else float(text) if "." in text else int(text)


def _change(sheet: Sheet, figure: Figure) -> Any:
    text = figure.change()
    if text is None:
        return sheet.cell(NONE, "number")
    sign = _("{number} points") if figure.indicator.relative else "{number}%"
    before, _mark, after = sign.partition("{number}")
    form = ";".join(f"{s}{_literal(before)}0.00{_literal(after)}" for s in ("+", "-", ""))
    return sheet.cell(float(text), "number", form)


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _plain(book: Book, sheet: Sheet, figure: Figure, form: str) -> list[Any]:
    (quantity,) = figure.indicator.quantities()
    again = sheet.formula(proof(book, figure.indicator, quantity, figure.period), "proof", form)
    row = sheet.row + 1
    return [
        *(sheet.cell(None, "number") for _n in range(4)),
        again,
        sheet.agreement(f"{AGAIN}{row}={VALUE}{row}"),
    ]


def _ratio(book: Book, sheet: Sheet, figure: Figure, row: int) -> list[Any]:
    measure = figure.indicator.measure
    assert isinstance(measure, Ratio)
    above, below = measure.numerator, measure.denominator
    money = (figure.money, figure.below_money)
    forms = [styles.MONEY if in_fen else styles.WHOLE for in_fen in money]
    numbers = (figure.numerator, figure.denominator)
    shown = [
        sheet.cell(_number(n, fen), "number", form)
        for n, fen, form in zip(numbers, money, forms, strict=True)
    ]
    again = [
        sheet.formula(proof(book, figure.indicator, quantity, figure.period), "proof", form)
        for quantity, form in zip((above, below), forms, strict=True)
    ]
    truncate = bool(figure.rounding and figure.rounding.truncate)
    rate = at_rate(
        f"{ABOVE_AGAIN}{row}", f"{BELOW_AGAIN}{row}", measure.scale, figure.decimals, truncate, money
    )
    pairs = ((ABOVE_AGAIN, ABOVE), (BELOW_AGAIN, BELOW), (AGAIN, VALUE))
    same = ",".join(f"{a}{row}={b}{row}" for a, b in pairs)
    return [
        *shown,
        *again,
        sheet.formula(rate, "proof", number_style(figure)[1]),
        sheet.agreement(f"AND({same})"),
    ]


def _number(number: int | None, money: bool) -> float | int:
    return float(written(Fraction(number or 0, 100), 2)) if money else number or 0
