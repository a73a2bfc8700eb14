"""All dispute figures of a year, with last year's, against one bare scan of the table with two sums.

Run: python benchmarks/figures.py [FILE]   (a file of a million disputes; made where it is missing)
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import gettempdir

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.floor import best, report  # noqa: E402  (the path above makes the checkout importable)
from benchmarks.million import make  # noqa: E402
from tracker.catalogue import STANDARD  # noqa: E402
from tracker.db.database import open_file  # noqa: E402
from tracker.indicators import INDICATORS  # noqa: E402
from tracker.operations.figures import figures  # noqa: E402
from tracker.period import Period  # noqa: E402

BARE = "SELECT sum(claim_amount), sum(settled_amount) FROM disputes"


def main(path: Path) -> None:
    if not path.exists():
        make(path)
    db = open_file(path, readonly=True)
    db.catalogue = STANDARD
    wanted = [indicator for indicator in INDICATORS if indicator.ledger == "disputes"]
    for period in (Period.year(2020), Period.year(2023), Period.year(2020, date(2020, 12, 25))):
        floor = best(lambda: db.rows(BARE))
        ours = best(lambda period=period: figures(db, period, wanted))
        report(f"all {len(wanted)} dispute figures of {period.label()}, with last year's", ours, floor, 3.0)
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-million.db")
