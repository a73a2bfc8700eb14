"""Start of the command line: `case-tracker stats` on a small file, over `python -c 'import sqlite_utils'`, in seconds.

Run `python benchmarks/start.py [RUNS]`. The two take turns, so that what else the machine does meets both; the
medians' difference is printed, and where it went: `python -X importtime -m tracker stats ...` tells more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
ALLOWED = 0.3
RECORDS = 50


def make(path: Path) -> None:
    """A file with 50 plain records in each ledger."""
    from tests.office import LAST, filled, repaired  # here: the floor's own process loads nothing of this
    from tracker.ledgers import LEDGERS

    chosen = {
        ledger: [
            repaired(ledger, {ledger.number: "1", ledger.day: LAST.isoformat()}) for _n in range(RECORDS)
        ]
        for ledger in LEDGERS
    }
    filled(path, chosen).close()


def seconds(command: Sequence[str]) -> float:
    """Wall time of one run, which must succeed."""
    begin = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return time.perf_counter() - begin


def main(words: list[str]) -> int:
    runs = int(words[0]) if words else 15
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "small.db"
        make(path)
        stats = (sys.executable, "-m", "tracker", "stats", "--year", "2021", "--json", "--file", str(path))
        floor = (sys.executable, "-c", "import sqlite_utils")
        for command in (stats, floor):  # once for the compiled files
            seconds(command)
        pairs = [(seconds(stats), seconds(floor)) for _n in range(runs)]
    ours, least = (median(times) for times in zip(*pairs, strict=True))
    over = ours - least
    print(f"stats on a small file: {ours:.3f} s; import sqlite_utils: {least:.3f} s")
    print(f"over it: {over:.3f} s (at most {ALLOWED} s)")
    return 0 if over <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
