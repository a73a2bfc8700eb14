"""Months and breakdowns: tables whose every part is recounted, with native charts beside or below them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

from tracker.exchange import formulas, styles
from tracker.exchange.workbook_sheet import Book, Content, Sheet, note
from tracker.exchange.workbook_summary import proof
from tracker.i18n import _
from tracker.schema.filters import Filled
from tracker.schema.indicator import (
    UNSPECIFIED,
    Breakdown,
    Count,
    Figure,
    part_condition,
    part_keys,
    part_label,
    written,
)
from tracker.schema.ledger import Ledger

CHART_ROWS = 15
HEAD_POINTS = 80  # title, note and headings
MONTH_SCALE, BREAKDOWN_SCALE = 58, 64  # the longest ledger on one page; two breakdowns on one
MONTH_LABEL, MONTH_UNIT, MONTH_WIDTH = 24, 8, 12


def month_widths(content: Content) -> tuple[float, ...]:
    """Widths of the monthly sheet: label, unit, months, total, check."""
    return (MONTH_LABEL, MONTH_UNIT, *(MONTH_WIDTH for _month in content.period.months()), 15, 11)


def write_months(book: Book, sheet: Sheet, content: Content) -> None:
    """Fill the monthly sheet: two rows a figure, as computed and as recounted, and a chart for each ledger."""
    months = content.period.months()
    styles.page(sheet.raw, _("Figures by month"), head_rows="3:3")
    pages = styles.Pages(sheet.raw, min(MONTH_SCALE, styles.scale_for(month_widths(content))), HEAD_POINTS)
    sheet.raw.freeze_panes = "C4"
    sheet.head(_("Figures by month"), len(months) + 4, note(content))
    sheet.headings(
        _("Figure"),
        _("Unit"),
        *(_month(month, content) for month in months),
        _("Total"),
        _("Agreement"),
        height=22,
    )
    first, number = sheet.row + 1, 0
    for ledger in content.ledgers():
        figures = [f for f in content.months if f.indicator.ledger == ledger.name]
        if figures:
            pages.block(sheet.row, 20 + 32 * len(figures) + 15 * (CHART_ROWS + 1))
            sheet.add(
                sheet.cell(ledger.title(), "group"),
                *(sheet.cell(None, "group") for _n in range(len(months) + 3)),
                height=20,
            )
            places = [(figure, _month_rows(book, sheet, figure, ledger)) for figure in figures]
            _month_chart(sheet, places, len(months), ledger)
            number += len(figures)
    sheet.agreements(len(months) + 4, first, max(first, sheet.row), number)


def _month(month: str, content: Content) -> str:
    if content.period.begin.year == content.period.end.year:
        return _("Month {month}").format(month=int(month[5:]))
    return _("{year}-{month:02d}").format(year=int(month[:4]), month=int(month[5:]))


def _month_rows(book: Book, sheet: Sheet, figure: Figure, ledger: Ledger) -> int:
    """Two rows: the numbers and their recount; returns the number of the first."""
    breakdown, months = _breakdown(figure), figure.period.months()
    form = styles.MONEY if figure.money else styles.WHOLE
    last = styles.letter(len(months) + 3)
    row = sheet.row + 1
    sheet.add(
        sheet.cell(_(figure.indicator.label), "label"),
        sheet.cell(_(figure.indicator.unit), "unit"),
        *(sheet.cell(part_number(figure, month), "number", form) for month in months),
        sheet.cell(_whole(figure), "total", form),
        sheet.agreement(f"SUMPRODUCT(1*(C{row}:{last}{row}<>C{row + 1}:{last}{row + 1}))=0"),
        height=18,
    )
    parts = (_part_proof(book, figure, breakdown, month, ledger) for month in months)
    sheet.add(
        sheet.cell(_("recounted"), "proof"),
        sheet.cell(None, "proof"),
        *(sheet.formula(part, "proof", form) for part in parts),
        sheet.formula(proof(book, figure.indicator, breakdown.of, figure.period), "proof", form),
        sheet.cell(None, "proof"),
        height=14,
    )
    return row


def _month_chart(sheet: Sheet, places: Sequence[tuple[Figure, int]], months: int, ledger: Ledger) -> None:
    """A column chart of up to three counts that have no condition but their day."""
    plain = [(figure, row) for figure, row in places if _unconditional(figure)]
    unit = plain[0][0].indicator.unit if plain else ""
    chosen = sorted((p for p in plain if p[0].indicator.unit == unit), key=lambda p: -(p[0].numerator or 0))[
        :3
    ]
    if not chosen or months < 2:
        sheet.skip()
        return
    chart = _bars("col", _("{name} ({unit})").format(name=ledger.title(), unit=_(unit)))
    for place, (figure, row) in enumerate(chosen):
        numbers = Reference(sheet.raw, min_col=3, max_col=months + 2, min_row=row, max_row=row)
        _add(chart, numbers, _(figure.indicator.label), place)
    chart.set_categories(Reference(sheet.raw, min_col=3, max_col=months + 2, min_row=3, max_row=3))
    chart.legend.position = "b"
    chart.width, chart.height = 34, 7.4
    sheet.skip()
    sheet.raw.add_chart(chart, f"A{sheet.row + 1}")
    sheet.skip(CHART_ROWS)


def _unconditional(figure: Figure) -> bool:
    of = _breakdown(figure).of
    parts = getattr(of.where, "parts", (of.where,))
    return isinstance(of, Count) and all(isinstance(part, Filled) for part in parts[1:])


# Breakdowns

BREAKDOWN_WIDTHS = (32, 15, 10, 15, 11, 3, 12, 12, 12, 12, 12, 12)


def write_breakdowns(book: Book, sheet: Sheet, content: Content) -> None:
    """Fill the sheet of breakdowns: a table each, with a chart beside it."""
    styles.page(sheet.raw, _("Breakdowns"), head_rows="1:2")
    pages = styles.Pages(sheet.raw, min(BREAKDOWN_SCALE, styles.scale_for(BREAKDOWN_WIDTHS)), HEAD_POINTS)
    sheet.raw.freeze_panes = "A3"
    sheet.head(_("Breakdowns"), len(BREAKDOWN_WIDTHS), note(content))
    first, number = sheet.row + 1, 0
    for ledger in content.ledgers():
        for figure in content.figures:
            if figure.indicator.ledger == ledger.name and isinstance(figure.indicator.measure, Breakdown):
                pages.block(sheet.row, _height(figure, ledger))
                number += _table(book, sheet, figure, ledger)
    sheet.agreements(5, first, max(first, sheet.row), number)


def _height(figure: Figure, ledger: Ledger) -> float:
    """Points that a breakdown takes, its chart included."""
    parts = len(_parts(figure, _breakdown(figure), ledger))
    return 60 + 18 * (parts + 1) + 15 * _spare(parts)


def _spare(parts: int) -> int:
    """Empty rows below a table, so that the chart beside it has room."""
    return max(2, CHART_ROWS - parts - 1)


def _table(book: Book, sheet: Sheet, figure: Figure, ledger: Ledger) -> int:
    """One breakdown; returns how many agreement cells it has."""
    breakdown, unit = _breakdown(figure), _(figure.indicator.unit)
    start = sheet.row + 1
    title = f"{_(ledger.short)} · {_(figure.indicator.label)}"
    sheet.add(sheet.cell(title, "section"), height=24)
    sheet.add(sheet.cell(_(figure.indicator.definition), "note"), height=16)
    sheet.headings(
        _("Item"),
        _("{name} ({unit})").format(name=_("Value"), unit=unit),
        _("Share %"),
        _("Recounted"),
        _("Agreement"),
        height=20,
    )
    form = styles.MONEY if figure.money else styles.WHOLE
    parts, first = _parts(figure, breakdown, ledger), sheet.row + 1
    total = first + len(parts)
    for part in parts:
        row = sheet.row + 1
        share = f"IF($B${total}=0,0,INT(10000*B{row}/$B${total}+0.5)/100)=C{row}"
        sheet.add(
            sheet.cell(part_label(breakdown, part, ledger), "label"),
            sheet.cell(part_number(figure, part), "number", form),
            sheet.cell(_share(figure, part), "number", "0.00"),
            sheet.formula(_part_proof(book, figure, breakdown, part, ledger), "proof", form),
            sheet.agreement(f"AND(B{row}=D{row},{share})"),
            height=18,
        )
    _total_row(book, sheet, figure, form, first)
    sheet.raw.add_chart(_breakdown_chart(sheet, figure, title, first, total - 1), f"G{start + 1}")
    sheet.skip(_spare(len(parts)))
    return len(parts) + 1


def _total_row(book: Book, sheet: Sheet, figure: Figure, form: str, first: int) -> None:
    row = sheet.row + 1
    adds = f"ROUND(SUM(B{first}:B{row - 1}),2)=B{row}"
    sheet.add(
        sheet.cell(_("Total"), "group"),
        sheet.cell(_whole(figure), "total", form),
        sheet.cell(100 if figure.numerator else 0, "total", "0.00"),
        sheet.formula(proof(book, figure.indicator, _breakdown(figure).of, figure.period), "proof", form),
        sheet.agreement(f"AND(B{row}=D{row},{adds})"),
        height=18,
    )


def _breakdown_chart(sheet: Sheet, figure: Figure, title: str, first: int, last: int) -> Any:
    upright = _breakdown(figure).month
    chart = _bars("col" if upright else "bar", title)
    _add(chart, Reference(sheet.raw, min_col=2, min_row=first, max_row=last), title, 0)
    chart.set_categories(Reference(sheet.raw, min_col=1, min_row=first, max_row=last))
    chart.legend = None
    chart.series[0].dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False
    )
    chart.x_axis.scaling.orientation = "minMax" if upright else "maxMin"
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.width, chart.height = 15.5, max(7.5, 0.62 * (last - first + 3))
    return chart


def _parts(figure: Figure, breakdown: Breakdown, ledger: Ledger) -> list[str]:
    """The parts shown: all that the code table knows, and others only where they are not zero."""
    known = [key for key in part_keys(breakdown, ledger, figure.period) if key != UNSPECIFIED]
    held = figure.parts or {}
    return [*known, *(key for key in held if key not in known)]


def part_number(figure: Figure, part: str) -> float | int:
    """One part as a number, in yuan for money."""
    text = figure.part_text(part)
    return float(text) if "." in text else int(text)


def _whole(figure: Figure) -> float | int:
    number = figure.numerator or 0
    return float(written(Fraction(number, 100), 2)) if figure.money else number


def _share(figure: Figure, part: str) -> float:
    total = figure.numerator or 0
    return float(written(Fraction(100 * (figure.parts or {}).get(part, 0), total), 2)) if total else 0.0


def _part_proof(book: Book, figure: Figure, breakdown: Breakdown, part: str, ledger: Ledger) -> str:
    where = part_condition(breakdown, part, ledger, figure.period)
    of = breakdown.of
    return formulas.recomputed(of, where, book.sources[ledger.name])


def _breakdown(figure: Figure) -> Breakdown:
    measure = figure.indicator.measure
    assert isinstance(measure, Breakdown)
    return measure


def _bars(kind: str, title: str) -> Any:
    chart: Any = BarChart()
    chart.type, chart.title, chart.gapWidth = kind, title, 60
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format, chart.y_axis.majorTickMark = "#,##0", "none"
    _plain_type(chart)
    return chart


def _plain_type(chart: Any) -> None:
    """Quiet type and grid lines instead of the large ones that charts come with."""
    title_font = CharacterProperties(sz=1100, b=True, solidFill=styles.INK)
    chart.title.overlay = False
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=title_font)
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = title_font
    paragraph = ParagraphProperties(defRPr=CharacterProperties(sz=900, solidFill=styles.MUTED))
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=styles.LINE, w=6350))
    )
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = RichText(p=[Paragraph(pPr=paragraph, endParaRPr=CharacterProperties())])


def _add(chart: Any, numbers: Reference, name: str, place: int) -> None:
    series = Series(numbers, title=name)
    series.graphicalProperties.solidFill = styles.SERIES[place]
    series.graphicalProperties.line.solidFill = styles.SERIES[place]
    chart.series.append(series)


__all__ = ["BREAKDOWN_WIDTHS", "month_widths", "part_number", "write_breakdowns", "write_months"]
