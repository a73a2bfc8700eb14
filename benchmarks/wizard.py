"""The import wizard's reading and planning of a sheet without numbers, over only reading its cells.

    python benchmarks/wizard.py [--rows 100000]

The sheet has a title, a totals row and no numbers: numbers are given, and when it is read again every row must be known
for the record that it became. Floor: python-calamine hands over the cells. Processor seconds, so that what else runs
on the machine counts less; nothing of it happens in the window's thread.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import python_calamine
from openpyxl import Workbook

from benchmarks import import_sheet
from tracker import i18n
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import importing, sheets
from tracker.operations.importing import Plan
from tracker.operations.office import Office, make_office
from tracker.operations.sheet_rows import Intent


def write(path: Path, count: int) -> None:
    """The rows of `import_sheet` as an office would keep them: days as text, no numbers, a title and a total."""
    rows = import_sheet.disputes(count)
    keys = [key for key in rows[0] if key != "case_no"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("2020年")
    sheet.append(["2020年劳动人事争议案件台账"])
    sheet.append([DISPUTES.field(key).title() for key in keys])
    for row in rows:
        sheet.append([_dotted(cell) if isinstance(cell := row[key], date) else cell for key in keys])
    sheet.append(["合计", None, count])
    book.save(path)


def _dotted(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds that some work takes, and its result."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def planned(office: Office, path: Path) -> Plan:
    """As the window does it."""
    seen = sheets.survey(office, DISPUTES, path)
    return importing.make_plan(office, DISPUTES, seen, Intent(invent=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    i18n.use("zh_CN")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.xlsx"
        write(path, options.rows)
        floor = min(
            seconds(
                lambda: python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            )[0]
            for _n in range(3)
        )
        office = make_office(Path(folder) / "office.db")
        first, plan = seconds(lambda: planned(office, path))
        assert isinstance(plan, Plan) and len(plan.inserts) == options.rows
        written, _done = seconds(lambda: importing.carry_out(office, plan))
        second, known = seconds(lambda: planned(office, path))
        assert isinstance(known, Plan) and known.unchanged == options.rows
        office.close()
    print(f"{options.rows} rows without numbers, processor seconds; only handing over the cells: {floor:.2f}")
    print(f"first time: {first:.2f} to read and plan (ratio {first / floor:.1f}), {written:.2f} to write")
    print(f"again, every row known: {second:.2f} (ratio {second / floor:.1f})")


if __name__ == "__main__":
    main()
