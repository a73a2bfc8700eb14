"""The day's list on a million disputes, as a ratio to the floor: one pass over the table that reads what it must.

Run: python benchmarks/today.py [FILE]   (made where it is missing; each the median of 5)
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import gettempdir

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.million import make  # noqa: E402  (after the path is set)
from tracker import i18n  # noqa: E402
from tracker.db import agenda  # noqa: E402
from tracker.ledgers.disputes import DISPUTES  # noqa: E402
from tracker.operations import deadlines, hearings, month, today  # noqa: E402
from tracker.operations.office import Office, open_office  # noqa: E402
from tracker.operations.today import Wanted  # noqa: E402
from tracker.schema.filters import ALL  # noqa: E402

ON, RUNS = date(2025, 12, 31), 5
FLOOR = (
    "SELECT count(*) FROM disputes WHERE due_on < '2026-01-31' AND +closed_on IS NULL AND +binned_at IS NULL"
)
MOST = 1.0
"""What of the day is not limits may take as long as the floor, at most."""


def timed(act: Callable[[], object]) -> float:
    """Milliseconds, the median of some runs."""
    found = []
    for _n in range(RUNS):
        begun = time.perf_counter()
        act()
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


def acts(office: Office) -> dict[str, Callable[[], object]]:
    """What is measured, by its name."""
    db, steps = office.db, DISPUTES.agenda.waiting
    own = today.mine(office, DISPUTES)
    return {
        "limits (deadlines.due)": lambda: deadlines.due(office, ON),
        "limits, the badge (deadlines.count)": lambda: deadlines.count(office, ON),
        "hearings of 15 days": lambda: hearings.between(office, ON, ON.replace(year=2026, month=1, day=14)),
        "steps, counted": lambda: [agenda.count_waiting(db, DISPUTES, step, ALL) for step in steps],
        "steps, mine, counted": lambda: [agenda.count_waiting(db, DISPUTES, step, own) for step in steps],
        "steps, first lines": lambda: [
            agenda.waiting(db, DISPUTES, step, ALL, today.READ_WAITING) for step in steps
        ],
        "entered today": lambda: agenda.touched(db, today.clerks(office), ON),
        "whole list": lambda: today.read(office, ON),
        "whole list, mine": lambda: today.read(office, ON, Wanted(mine=True)),
        "month": lambda: month.read(office, ON, ON, Wanted()),
    }


def main(path: Path) -> int:
    """Measure and print; the number of figures over their target."""
    if not path.exists():
        make(path)
    i18n.use("zh_CN")
    office = open_office(path)
    floor = timed(lambda: office.db.one(FLOOR))
    print(f"floor, one pass: {floor:.0f} ms")
    limits, over = 0.0, 0
    for name, act in acts(office).items():
        took = timed(act)
        limits = limits or took
        more = took - (limits if name in ("whole list", "whole list, mine", "month") else 0)
        is_limits = name.startswith("limits")
        late = not is_limits and more / floor > MOST
        over += late
        print(f"{name}: {took:.1f} ms, {took / floor:.2f} of the floor{' TOO SLOW' if late else ''}")
    office.close()
    return over


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-million.db"))
