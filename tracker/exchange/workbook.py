"""The year-end workbook that proves itself: figures are numbers, beside each a formula recounts it from the records."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from tracker import __version__
from tracker.exchange import styles
from tracker.exchange.workbook_details import Values, write_details, write_lists
from tracker.exchange.workbook_return import WIDTHS as RETURN_WIDTHS
from tracker.exchange.workbook_return import write_return
from tracker.exchange.workbook_rows import Told
from tracker.exchange.workbook_sheet import Book, Content, Sheet
from tracker.exchange.workbook_summary import WIDTHS, write_summary
from tracker.exchange.workbook_tables import BREAKDOWN_WIDTHS, month_widths, write_breakdowns, write_months
from tracker.i18n import _

COVER_WIDTHS = (4, 24, 70, 4)


def write_workbook(content: Content, path: Path, tell: Told | None = None) -> int:
    """Write the workbook to `path` and return how many proofs it holds.

    `tell` hears how many records are written and may raise to stop; temporary files are removed then too.
    """
    return _written(content, path, _fill, tell)


def write_return_workbook(content: Content, path: Path, tell: Told | None = None) -> int:
    """Write only the statistical return, with the records that prove it; as `write_workbook`."""
    return _written(content, path, _fill_return, tell)


def _fill_return(book: Book, content: Content, tell: Told | None) -> int:
    sheet = book.sheet(_("Statistical return"), "", RETURN_WIDTHS)
    before = 0
    for details in content.details:
        write_details(book, content, details, _shifted(tell, before))
        before += details.total
    write_return(book, sheet, content)
    return sum(number for _ref, number in book.agreements)


def _written(
    content: Content, path: Path, fill: Callable[[Book, Content, Told | None], int], tell: Told | None
) -> int:
    with streamed() as workbook:
        styles.add_styles(workbook)
        proofs = fill(Book(workbook), content, tell)
        workbook.calculation = CalcProperties(fullCalcOnLoad=True)
        workbook.properties.title = _title(content)
        workbook.properties.creator = content.clerk
        workbook.save(path)
    return proofs


@contextmanager
def streamed() -> Iterator[Workbook]:
    """A workbook whose temporary files are gone afterwards; raises OSError where the disk is full."""
    workbook = Workbook(write_only=True)
    try:
        yield workbook
    except SerialisationError as wrong:  # how lxml, with which openpyxl writes, says so
        raise OSError(errno.ENOSPC, str(wrong)) from wrong
    finally:
        discard(workbook)


def discard(workbook: Workbook) -> None:
    """Remove the temporary files of sheets that were not saved."""
    for sheet in workbook.worksheets:
        half: Any = sheet
        if half._writer is None or not Path(half._writer.out).exists():
            continue
        with suppress(
            OSError, SerialisationError
        ):  # the disk may be full: what is thrown away need not be finished
            if half._rows is not None:
                half._rows.close()
            half._writer.close()
        half._writer.cleanup()


def _fill(book: Book, content: Content, tell: Told | None) -> int:
    cover = book.sheet(_("Cover"), "", COVER_WIDTHS)
    summary = book.sheet(_("Summary"), _("Every figure with its definition, last year and its proof"), WIDTHS)
    months = book.sheet(
        _("By month"), _("Counts and sums by month, each recounted, with charts"), month_widths(content)
    )
    breakdowns = book.sheet(
        _("Breakdowns"),
        _("Figures by cause, method, kind and so on, each part recounted, with charts"),
        BREAKDOWN_WIDTHS,
    )
    about = _("Rows of the return in their order, each with last year's value and its proof")
    statistical = book.sheet(_("Statistical return"), about, RETURN_WIDTHS) if content.returns else None
    values: Values = {}
    before = 0
    for details in content.details:
        values |= write_details(book, content, details, _shifted(tell, before))
        before += details.total
    write_lists(book, values)
    write_summary(book, summary, content)
    write_months(book, months, content)
    write_breakdowns(book, breakdowns, content)
    if statistical:
        write_return(book, statistical, content)
    write_cover(book, cover, content)
    if tell:
        tell(before)
    return sum(number for _ref, number in book.agreements)


def _shifted(tell: Told | None, before: int) -> Callable[[int], object] | None:
    return (lambda number: tell(before + number)) if tell else None


def _title(content: Content) -> str:
    return " ".join(
        part for part in (content.office, content.period.label(), _("year-end statistics")) if part
    )


def write_cover(book: Book, sheet: Sheet, content: Content) -> None:
    """Fill the cover; last, since it counts what the others prove."""
    styles.page(sheet.raw, "", landscape=False)
    sheet.raw.sheet_view.showGridLines = False
    sheet.skip(2)
    for text, style, height in (
        (content.office or _("Labour rights ledgers"), "subtitle", 26),
        (
            _("{period} statistics").format(period=replace(content.period, as_of=content.period.end).label()),
            "cover",
            46,
        ),
        (_("Figures that prove themselves from the records behind them"), "subtitle", 26),
    ):
        sheet.add(sheet.cell(text, style), height=height)
        sheet.merge(len(COVER_WIDTHS))
    sheet.skip()
    if content.part:
        sheet.add(
            None, sheet.cell(content.part, "warning"), height=15 * styles.lines_of(content.part, 92) + 10
        )
        sheet.raw.merged_cells.add(f"B{sheet.row}:C{sheet.row}")
        sheet.skip()
    _facts(book, sheet, content)
    _contents(book, sheet)
    _notes(sheet)


def _facts(book: Book, sheet: Sheet, content: Content) -> None:
    period, total = content.period, sum(number for _ref, number in book.agreements)
    agree = "+".join(f'COUNTIF({ref},"{styles.agrees()}")' for ref, _number in book.agreements) or "0"
    _heading(sheet, _("About this workbook"))
    facts = (
        (_("Office"), content.office or "—"),
        (_("Period of the figures"), _("{begin} to {end}").format(begin=period.begin, end=period.end)),
        (_("As of"), period.as_of.isoformat()),
        (_("Made on"), content.made.strftime("%Y-%m-%d %H:%M")),
        (_("Made by"), content.clerk or "—"),
        (_("Program"), _("Case Tracker") + " " + __version__),
        (
            _("Records"),
            _("{total} in the detail sheets").format(total=f"{sum(d.total for d in content.details):,}"),
        ),
    )
    for label, text in facts:
        sheet.add(None, sheet.cell(label, "label"), sheet.cell(text, "wrapped"), height=20)
    sheet.add(None, sheet.cell(_("Proofs"), "label"), sheet.cell(total, "fact"), height=20)
    row = sheet.add(
        None, sheet.cell(_("Proofs that agree"), "label"), sheet.formula(agree, "fact"), height=20
    )
    verdict = sheet.formula(f'IF(C{row}=C{row - 1},"{styles.agrees()}","{styles.differs()}")', "fact")
    sheet.add(None, sheet.cell(_("All figures"), "label"), verdict, height=24)
    styles.colour_agreement(sheet.raw, f"C{sheet.row}")
    sheet.skip()


def _contents(book: Book, sheet: Sheet) -> None:
    _heading(sheet, _("What each sheet holds"))
    for title, about in book.contents:
        height = 15 * styles.lines_of(about, COVER_WIDTHS[2]) + 5
        sheet.add(None, sheet.link(title, title), sheet.cell(about, "wrapped"), height=height)
    sheet.skip()


def _notes(sheet: Sheet) -> None:
    _heading(sheet, _("How to read it"))
    notes = (
        _("Figures are plain numbers; beside each a formula recounts it from the detail sheets, "
            "and another says whether both agree."),
        _("Results of formulas are not stored in the file: they are computed when it is opened. "
            "In Excel's protected view choose “Enable Editing” first."),
        _("Detail sheets hold the records behind the figures of this period only; "
            "last year's values are taken from the data file and have no proof here."),
        _("Whatever is dated after the as-of day is not yet known; a closing after it counts as not yet closed."),
    )  # fmt: skip
    for number, text in enumerate(notes, 1):
        sheet.add(
            None, sheet.cell(f"{number}. {text}", "paragraph"), height=15 * styles.lines_of(text, 92) + 5
        )
        sheet.raw.merged_cells.add(f"B{sheet.row}:C{sheet.row}")


def _heading(sheet: Sheet, text: str) -> None:
    sheet.add(None, sheet.cell(text, "section"), height=24)
