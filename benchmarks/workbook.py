"""The year-end workbook of 20,000 disputes against the same cells plainly by openpyxl; memory as rows grow.

    python benchmarks/workbook.py [--disputes 20000] [--memory]

Prints the ratio of the best of three runs each, taken in turns in one process, and with `--memory` the peak of resident
memory over an idle process for 5,000, 20,000 and 80,000 disputes, each in a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from openpyxl import Workbook, load_workbook

from tests.unit.records import fill
from tracker import i18n
from tracker.db.history import Who
from tracker.operations.exporting import workbook
from tracker.operations.office import Office, make_office, open_office
from tracker.period import Period

YEAR = Period.year(2020)
LIMIT = 1.3


def office_of(folder: Path, disputes: int) -> Office:
    """A file with so many disputes, all of one year, and a fifth as many records in each other ledger."""
    folder.mkdir(exist_ok=True)
    office = make_office(folder / f"{disputes}.db", Who("bench", "bench"))
    fill(office, range(2020, 2021), disputes, disputes // 5)
    return office


def cells_of(path: Path) -> list[list[list[Any]]]:
    """Every sheet's rows as values: what the floor writes again."""
    book = load_workbook(path, read_only=True)
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def write_plainly(sheets: list[list[list[Any]]], path: Path) -> None:
    """The floor: the same values, without any style."""
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compare(folder: Path, disputes: int) -> float:
    """The ratio of our workbook to the floor."""
    office, ours, floor = office_of(folder, disputes), folder / "ours.xlsx", folder / "floor.xlsx"
    workbook(office, YEAR, ours)
    sheets = cells_of(ours)
    number = sum(value is not None for rows in sheets for row in rows for value in row)
    days = sum(isinstance(value, datetime) for rows in sheets for row in rows for value in row)
    times = [
        (seconds(lambda: workbook(office, YEAR, ours)), seconds(lambda: write_plainly(sheets, floor)))
        for _run in range(3)
    ]
    mine, least = (min(column) for column in zip(*times, strict=True))
    print(f"{disputes:,} disputes, {number:,} cells of which {days:,} days")
    print(f"workbook {mine:.2f} s, same cells {least:.2f} s, ratio {mine / least:.2f} (at most {LIMIT})")
    office.close()
    return mine / least


def peak() -> int:
    """Peak of this program's resident memory in MB; Linux only, since getrusage counts the parent's too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def grow(folder: Path) -> None:
    """Print the memory that writing takes at three sizes."""
    for disputes in (5_000, 20_000, 80_000):
        office_of(folder, disputes).close()
        command = [sys.executable, __file__, "--one", str(folder / f"{disputes}.db")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"{disputes:,} disputes: {done.stdout.strip()}")


def one(path: Path) -> None:
    """Write the workbook of an existing file and print what memory it took."""
    office = open_office(path, Who("bench", "bench"))
    before = peak()
    taken = seconds(lambda: workbook(office, YEAR, path.with_suffix(".xlsx")))
    print(f"peak {peak()} MB, {peak() - before} MB over idle, {taken:.1f} s")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--disputes", type=int, default=20_000)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--one", type=Path)
    options = parser.parse_args()
    i18n.use("zh_CN")
    if options.one:
        one(options.one)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        ratio = compare(Path(folder), options.disputes)
        if options.memory:
            grow(Path(folder) / "memory")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
