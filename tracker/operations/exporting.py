"""Sheets out: the year-end workbook and the list as it is shown, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tracker.db import records
from tracker.db.database import Database
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.exchange.lists import write_csv, write_sheet
from tracker.exchange.workbook import write_return_workbook, write_workbook
from tracker.exchange.workbook_sheet import Content, Details, ReturnLine
from tracker.i18n import _
from tracker.operations import exports, overview, partial
from tracker.operations.figures import figures
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office
from tracker.operations.progress import Progress
from tracker.period import Period
from tracker.returns import DISPUTES, Line
from tracker.schema.fields import Field
from tracker.schema.filters import (
    All,
    AnyOf,
    BeforePeriod,
    ByEnd,
    Condition,
    InPeriod,
    NotBeforePeriod,
    NotKnownBy,
    widest,
)
from tracker.schema.indicator import Breakdown, Count, Figure, Indicator, Sum, names
from tracker.schema.ledger import Ledger

MOST_ROWS = 1_048_000
"""Records that a sheet holds beside its titles; a sheet ends at row 1,048,576."""


@dataclass(frozen=True)
class Exported:
    """A file that is written: how many records it holds, and for a workbook how many proofs."""

    path: Path
    records: int
    proofs: int = 0


def workbook(
    office: Office, period: Period, path: Path, progress: Progress | None = None,
    ledgers: Sequence[Ledger] | None = None,
) -> Exported:  # fmt: skip
    """Write the year-end workbook of a period, by default of the ledgers in use.

    Raises UserError, and leaves an older file of that name as it was.
    """
    if progress:
        progress.report(0, None, _("Computing the figures"))
    with fresh_file(path) as fresh, office.db.snapshot():  # else a proof might see what its figure did not
        kept = overview.in_use(office.db) if ledgers is None else tuple(ledgers)
        known = {ledger.name for ledger in kept}
        wanted = [i for i in office.catalogue.indicators if i.ledger in known]
        lines = DISPUTES if DISPUTES[0].figure.ledger in known else ()
        counted = [*wanted, *(line.figure for line in lines)]
        content = Content(
            **_about(office, period),
            figures=figures(office.db, period, wanted),
            months=monthly_figures(office.db, period, wanted),
            details=_details(office, kept, counted, period),
            returns=_return_lines(office.db, period, lines),
        )
        total = sum(part.total for part in content.details)
        proofs = write_workbook(content, fresh, _teller(progress, total))
    exports.note(office, _("Workbook {period}").format(period=period.label()), path, total)
    return Exported(path, total, proofs)


def statistical_return(
    office: Office, period: Period, path: Path, progress: Progress | None = None
) -> Exported:
    """Write the statistical return of disputes for a period, with the records that prove it. Raises UserError."""
    counted = [line.figure for line in DISPUTES]
    with fresh_file(path) as fresh, office.db.snapshot():
        content = Content(
            **_about(office, period),
            figures=(),
            months=(),
            details=_details(office, (), counted, period),
            returns=_return_lines(office.db, period, DISPUTES),
        )
        total = sum(part.total for part in content.details)
        proofs = write_return_workbook(content, fresh, _teller(progress, total))
    exports.note(office, _("Statistical return {period}").format(period=period.label()), path, total)
    return Exported(path, total, proofs)


def _about(office: Office, period: Period) -> dict[str, Any]:
    clerk = str(office.setting("clerk") or office.who.clerk)
    name = str(office.setting("office") or "")
    return {
        "office": name,
        "clerk": clerk,
        "made": datetime.now(),
        "period": period,
        "part": partial.beside_figures(office.db),
    }


def _details(
    office: Office, kept: Iterable[Ledger], counted: list[Indicator], period: Period
) -> list[Details]:
    """The records of the ledgers kept, and of others that a figure counts beside."""
    shown = [*kept]
    shown += _counted_beside(office, counted, {ledger.name for ledger in shown})
    return [details(office.db, ledger, counted, period) for ledger in shown]


def _return_lines(db: Database, period: Period, lines: Sequence[Line]) -> list[ReturnLine]:
    found = figures(db, period, [line.figure for line in lines]) if lines else []
    return [ReturnLine(f, line.level, line.heading) for f, line in zip(found, lines, strict=True)]


def _counted_beside(office: Office, indicators: Iterable[Indicator], known: set[str]) -> list[Ledger]:
    """Ledgers whose records count in a figure of another one, such as the officers in checks per officer."""
    names = dict.fromkeys(name for i in indicators for name in i.looks_into() if name not in known)
    return [office.catalogue.by_name[name] for name in names]


def _teller(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    """Puts written records on the progress; the last step is packing the file."""
    if progress is None:
        return None
    text = _("Writing {total} records").format(total=f"{total:,}")
    return lambda done: progress.report(done, total + total // 10 + 1, text)


def details(db: Database, ledger: Ledger, indicators: Iterable[Indicator], period: Period) -> Details:
    """The records behind any of the ledger's figures, with the columns of its list and those that figures look at."""
    mine = [indicator for indicator in indicators if ledger.name in indicator.looks_into()]
    where = widest([indicator.rows(ledger.name).at(period) for indicator in mine])
    used = {ledger.number, *ledger.columns, *([ledger.day] if ledger.day else [])}.union(
        *(names(indicator, ledger.name) for indicator in mine)
    )
    columns: tuple[Field, ...] = tuple(field for field in ledger.fields if field.key in used)
    query = Query(ledger, where, sort=((ledger.order, False),))
    total = records.count(db, query)
    refuse_more_than_a_sheet_holds(total, ledger)
    return Details(ledger, columns, records.each(db, query, [field.key for field in columns]), total)


def refuse_more_than_a_sheet_holds(total: int, ledger: Ledger) -> None:
    """Raise UserError where a spreadsheet has too few rows for so many records."""
    if total > MOST_ROWS:
        raise UserError(
            _("{ledger} has {total:,} records to write, but a sheet holds {most:,}; choose fewer.").format(
                ledger=ledger.title(), total=total, most=MOST_ROWS
            )
        )


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else (condition,)


def monthly_figures(db: Database, period: Period, indicators: Iterable[Indicator]) -> list[Figure]:
    """Counts and sums by the month of the day that puts a record into the period."""
    wanted = [replace(indicator, measure=by) for indicator in indicators if (by := by_month(indicator))]
    return figures(db, period, wanted, compared=False)


def by_month(indicator: Indicator) -> Breakdown | None:
    """The indicator split by month, where its records have one day that lies in the period."""
    measure = indicator.measure
    if not isinstance(measure, (Count, Sum)):
        return None
    parts = _parts(measure.where)
    days = [part.field for part in parts if isinstance(part, InPeriod)]
    if len(days) != 1 or any(
        isinstance(part, (BeforePeriod, NotBeforePeriod, ByEnd, NotKnownBy, AnyOf)) for part in parts
    ):
        return None
    return Breakdown(measure, days[0], month=True)


def export_list(
    office: Office,
    query: Query,
    columns: Sequence[str],
    path: Path,
    progress: Progress | None = None,
    *,
    whole_numbers: bool = False,
) -> Exported:
    """Write the list as filtered and sorted, with these columns, to .xlsx or .csv; raises UserError.

    Identity and telephone numbers are masked unless `whole_numbers` is asked for.
    """
    db = office.db
    fields = [query.ledger.field(key) for key in columns]
    if whole_numbers:
        fields = [replace(field, personal=False) for field in fields]
    total = records.count(db, query)
    if path.suffix.lower() != ".csv":
        refuse_more_than_a_sheet_holds(total, query.ledger)
    rows = records.each(db, query, columns)
    tell = _teller(progress, total)
    with fresh_file(path) as fresh:
        if path.suffix.lower() == ".csv":
            write_csv(fields, rows, fresh, tell)
        else:
            write_sheet(query.ledger.title(), fields, rows, fresh, tell, part=partial.beside_figures(db))
    exports.note(office, query.ledger.title(), path, total, whole=whole_numbers)
    return Exported(path, total)
