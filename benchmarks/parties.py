"""What parties add to a search: 200,000 disputes without any, then with as many parties, over a floor in the same run.

    python benchmarks/parties.py [ROWS]

The floor is a bare scan of two columns of the table. Told for each text: the whole list, and the search of all ledgers.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.floor import best
from benchmarks.million import GIVEN, SURNAMES, make
from benchmarks.search import BARE
from tracker import i18n
from tracker.attached.parties import PARTIES
from tracker.db import records, spelling, tables
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.ids import uuid7
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import finding
from tracker.operations.office import Office, open_office
from tracker.schema.fields import Value

ROWS = 200_000
TEXTS = ("张伟", "zw", "zhangwei", "1380", "00005678", "公司", "zw kj")


def main(rows: int) -> int:
    """Measure and print."""
    i18n.use("zh_CN")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.db"
        make(path, rows)
        office = open_office(path, Who("基准", "benchmark"))
        plain = measured(office)
        add(office, rows)
        for text, (lists, everywhere) in measured(office).items():
            told = (
                f"list {plain[text][0]:5.2f} -> {lists:5.2f}, all {plain[text][1]:5.2f} -> {everywhere:5.2f}"
            )
            print(f"{text:12} {told} x the floor")
        office.close()
    return 0


def add(office: Office, rows: int) -> None:
    """One party for each dispute on an average."""
    names = tuple(tables.columns(PARTIES))
    sql = f"INSERT INTO parties({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    uids = [str(row[0]) for row in office.db.rows("SELECT uid FROM disputes")]
    with office.db.atomic():
        office.db.run_many(sql, (tuple(map(one.get, names)) for one in parties(uids, rows)))


def parties(uids: list[str], rows: int) -> Iterator[dict[str, Value]]:
    """Parties of any of these disputes; the same ones again but for their uids."""
    dice = random.Random(4)
    for no in range(1, rows + 1):
        name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2))))
        phone = f"1{dice.randint(3, 9)}{dice.randint(0, 999_999_999):09d}"
        whose: dict[str, Value] = {"of": "disputes", "record": dice.choice(uids), "role": "applicant"}
        yield {"uid": uuid7(), "year": 2020, "no": no, "name": name, "phone": phone, **whose}


def measured(office: Office) -> dict[str, tuple[float, float]]:
    """For each text the list and the search of all ledgers, as parts of the floor."""
    while spelling.waiting(office.db):
        spelling.spell(office.db)
    finding.merge(office)
    floor = best(lambda: office.db.rows(BARE), 3)
    print(f"a bare scan of the table: {floor * 1000:.0f} ms")
    return {text: (listed(office, text) / floor, found(office, text) / floor) for text in TEXTS}


def listed(office: Office, text: str) -> float:
    """Seconds for the whole list."""
    return best(lambda: records.ids(office.db, Query(DISPUTES, search=text)), 3)


def found(office: Office, text: str) -> float:
    """Seconds for the search of all ledgers."""
    return best(lambda: finding.find(office.db, text), 3)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
