"""Undoing and redoing an import, over the import itself; and what is looked up after each change and while typing.

Run: python benchmarks/undoing.py [ROWS]   (100,000 rows)
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.floor import best, report, timed  # noqa: E402  (the path above makes the checkout importable)
from benchmarks.million import records as made  # noqa: E402
from tests.office import WHO  # noqa: E402
from tracker.ledgers.disputes import DISPUTES  # noqa: E402
from tracker.operations import alike, undoing  # noqa: E402
from tracker.operations.office import Office, make_office  # noqa: E402


def bring(office: Office, rows: int) -> None:
    """So many disputes in one operation."""
    with office.writing("import", "sheet.xlsx") as writer, writer.bulk(DISPUTES, rows):
        for record in made(rows):
            writer.insert(DISPUTES, record)


def main() -> None:
    """Print each measure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "cases.db", WHO)
        floor = timed(lambda: bring(office, rows))
        report(f"undo of an import of {rows:,}", timed(lambda: undoing.undo(office)), floor, 2)
        report("redo of it", timed(lambda: undoing.redo(office)), floor, 2)
        offered = best(lambda: undoing.offered(office))
        print(f"what the menu says after a change: {offered * 1000:.1f} ms")
        typed = office.db.rows(
            "SELECT applicant, respondent, applied_on FROM disputes ORDER BY id DESC LIMIT 20"
        )
        for applicant, respondent, day in typed[:: len(typed) // 4]:
            record = {"applicant": applicant, "respondent": respondent, "applied_on": day}
            told = best(lambda r=record: alike.earlier(office.db, DISPUTES, r))
            print(f"what a new case looks like ({applicant}, {respondent}): {told * 1000:.1f} ms")
        office.close()


if __name__ == "__main__":
    main()
