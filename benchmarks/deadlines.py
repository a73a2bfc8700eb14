"""What is due among a million disputes, now and as known on a day nine years ago, over a floor.

Run: python benchmarks/deadlines.py [FILE]   (made where it is missing; the best of 3)

The floor of "now" is reading the same open cases by their index, of "then" one bare scan of the table.
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
from tracker.operations import deadlines  # noqa: E402
from tracker.operations.office import open_office  # noqa: E402

NOW, THEN = date(2025, 12, 31), date(2017, 6, 30)
OPEN = "SELECT * FROM disputes WHERE binned_at IS NULL AND closed_on IS NULL AND accepted_on <= ?"
BARE = "SELECT sum(claim_amount), sum(settled_amount) FROM disputes"


def main(path: Path) -> None:
    """Measure both and print the ratios."""
    if not path.exists():
        make(path)
    office = open_office(path, readonly=True)
    for name, day, floor, values, limit in (
        ("due now", NOW, OPEN, (NOW.isoformat(),), 20),
        ("due then", THEN, BARE, (), 5),
    ):
        ours = best(lambda day=day: deadlines.due(office, day), 3)  # type: ignore[misc]
        bare = best(lambda sql=floor, values=values: office.db.rows(sql, values), 3)  # type: ignore[misc]
        print(f"{name}: {len(deadlines.due(office, day)):,} time limits")
        report(name, ours, bare, limit)
    office.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "tracker-million.db")
