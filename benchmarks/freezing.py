"""Import of a large .xlsx into a file with three freezes, over the same import into the file without any.

    python benchmarks/freezing.py [--rows 100000] [--keep FOLDER]

The file is the demonstration's. "free": the freezes are of 2018 and 2019, so that each row is held against them and
none needs a reason; "reason": they are of 2020, count every row, and the import gives its reason. The goal is a ratio
of at most 1.3. Each runs in a process of its own, in turn, and the quickest counts. Prints also what freezing takes.
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

from benchmarks import import_sheet
from tracker import i18n
from tracker.operations import demonstration, freezing, importing
from tracker.operations.office import open_office
from tracker.period import Period

GOAL = 1.3
YEARS = {"none": (), "free": (2018, 2019), "reason": (2020,)}


def periods(year: int) -> tuple[Period, ...]:
    """Three periods of a year, as one report has them."""
    return (
        Period.of(date(year, 1, 1), date(year, 8, 31)),
        Period.year(year, date(year, 12, 25)),
        Period.year(year),
    )


def run(what: str, sheet: Path, folder: Path) -> float:
    """Seconds to plan and carry out the import."""
    path = folder / "office.db"
    demonstration.make(demonstration.names()[0], path)
    office = open_office(path)
    for period in [period for year in YEARS[what] for period in periods(year)][-3:]:
        begun = time.perf_counter()
        made = freezing.freeze(office, period)
        told = (
            f"  {made.figures} figures, {made.records} records frozen in {time.perf_counter() - begun:.2f} s"
        )
        print(told, file=sys.stderr)
    begun = time.perf_counter()
    with office.because("benchmark" if what == "reason" else ""):
        plan = importing.read_plan(office, office.catalogue.by_name["disputes"], sheet)
        planned = time.perf_counter() - begun
        importing.carry_out(office, plan, skip_problems=True)
    taken = time.perf_counter() - begun
    office.close()
    text = f"  {what}: {len(plan.inserts)} new, {len(plan.frozen)} counted, {planned:.2f} + {taken - planned:.2f} s"
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
    parser.add_argument("--run", choices=list(YEARS), help=argparse.SUPPRESS)
    parser.add_argument("--sheet", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    i18n.use("zh_CN")
    if options.run:
        print(run(options.run, options.sheet, options.keep))
        return
    with tempfile.TemporaryDirectory() as folder:
        sheet = (options.keep or Path(folder)) / f"disputes-{options.rows}.xlsx"
        if not sheet.exists():
            print(f"making {options.rows} rows …", file=sys.stderr)
            import_sheet.write(sheet, import_sheet.disputes(options.rows))
        taken = [{what: alone(what, sheet) for what in YEARS} for _n in range(options.times)]
    least = {what: min(one[what] for one in taken) for what in YEARS}
    for what in ("free", "reason"):
        ratio = least[what] / least["none"]
        print(
            f"{what}: {least[what]:.2f} s, without freezes {least['none']:.2f} s, ratio {ratio:.2f} (goal {GOAL})"
        )


if __name__ == "__main__":
    main()
