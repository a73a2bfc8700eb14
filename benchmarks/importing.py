"""Import of a large .xlsx against its floor: the same file read by python-calamine and its rows put into a bare table.

    python benchmarks/importing.py [--rows 100000] [--keep FOLDER]

The floor's table has the columns of the ledger's, WAL and synchronous FULL, and takes the rows in one transaction; it
has no index, no search, no history, and checks nothing. The goal is a ratio of at most 2.5. Floor and import run in
turn, in processes of their own, and the quickest of each counts.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import python_calamine
from sqlcipher3 import dbapi2

from benchmarks import import_sheet
from tracker import i18n
from tracker.db import tables
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import importing
from tracker.operations.office import make_office

GOAL = 2.5


def floor(sheet: Path, folder: Path) -> float:
    """Seconds to read the sheet and put its rows into a table of the same columns."""
    database = dbapi2.connect(str(folder / "floor.db"), isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    columns = list(tables.columns(DISPUTES))
    database.execute(f"CREATE TABLE disputes (id INTEGER PRIMARY KEY, {', '.join(columns)})")
    begun = time.perf_counter()
    page = python_calamine.CalamineWorkbook.from_path(sheet).get_sheet_by_index(0)
    rows = page.to_python()[1:]
    keys = [field.key for field in DISPUTES.entered]
    marks = ", ".join("?" * len(keys))
    database.execute("BEGIN IMMEDIATE")
    plain = ([c.isoformat() if isinstance(c, date) else c for c in row[: len(keys)]] for row in rows)
    database.executemany(f"INSERT INTO disputes({', '.join(keys)}) VALUES ({marks})", plain)
    database.execute("COMMIT")
    taken = time.perf_counter() - begun
    database.close()
    return taken


def ours(sheet: Path, folder: Path) -> float:
    """Seconds to plan and carry out the import into a new file, and say how many rows came in."""
    office = make_office(folder / "office.db")
    begun = time.perf_counter()
    plan = importing.read_plan(office, DISPUTES, sheet)
    planned = time.perf_counter() - begun
    done = importing.carry_out(office, plan)
    taken = time.perf_counter() - begun
    office.close()
    text = f"  {done.inserted} rows: {planned:.2f} s to read and check, {taken - planned:.2f} s to write"
    print(text, file=sys.stderr)
    return taken


def alone(what: str, sheet: Path) -> float:
    """The seconds that `what` takes in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--run", what, "--sheet", str(sheet), "--keep", folder]
        return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="keep the sheet here, and take it from here the next time")
    parser.add_argument("--run", choices=["floor", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--sheet", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    i18n.use("zh_CN")
    if options.run:
        print({"floor": floor, "ours": ours}[options.run](options.sheet, options.keep))
        return
    with tempfile.TemporaryDirectory() as folder:
        sheet = (options.keep or Path(folder)) / f"disputes-{options.rows}.xlsx"
        if not sheet.exists():
            print(f"making {options.rows} rows …", file=sys.stderr)
            import_sheet.write(sheet, import_sheet.disputes(options.rows))
        taken = [(alone("floor", sheet), alone("ours", sheet)) for _n in range(options.times)]
    lowest, quickest = min(a for a, _b in taken), min(b for _a, b in taken)
    ratio = quickest / lowest
    print(
        f"import of {options.rows} rows: {quickest:.2f} s, floor {lowest:.2f} s, ratio {ratio:.2f} (goal {GOAL})"
    )


if __name__ == "__main__":
    main()
