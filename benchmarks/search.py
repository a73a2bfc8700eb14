"""The search over all ledgers on a million disputes: milliseconds from a typed text to its results, over a floor.

    python benchmarks/search.py [FILE]   (made where it is missing)

The floor is a bare scan of two columns of the table in the same run; the goal is 100 ms on a machine that scans it in
400 ms, thus a quarter of the floor. Also told: what a list takes for the same pinyin, how fast names are spelled, and
what noting them adds to the writing of 100,000 new records (each best of 3).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.floor import best
from benchmarks.million import make, records
from tracker import i18n
from tracker.db import records as reading
from tracker.db import spelling, tables
from tracker.db.history import Who
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import finding
from tracker.operations.office import Office, make_office, open_office

BARE = "SELECT sum(claim_amount), sum(settled_amount) FROM disputes"
SHARE = 0.25
TEXTS = (
    *("北京", "张", "伟", "张伟", "科技", "有限公司", "公", "下落不明", "查无此人", "公司有限公"),
    *("z", "zs", "zw", "zhang", "zhangwei", "kjyxgs", "youxiangongsi", "nobody"),
    *("1", "45", "2020", "2020-45", "〔2020〕45号", "京怀劳人仲字(2020)第45号"),
    *("张伟 2020", "王 科技", "zw 科技", "zw kj"),
)
LISTED = ("zw", "zhangwei", "zs")
ROWS = 100_000


def main(path: Path) -> int:
    """Measure and print; the number of texts over the goal."""
    i18n.use("zh_CN")
    if not path.exists():
        make(path)
    office = open_office(path, Who("基准", "benchmark"))
    begun = time.perf_counter()
    while spelling.waiting(office.db):
        spelling.spell(office.db)
    finding.merge(office)
    (count,) = office.db.one("SELECT count(*) FROM names") or (0,)
    print(f"{count:,} names spelled in {time.perf_counter() - begun:.1f} s (0.0 where they were before)")
    floor = best(lambda: office.db.rows(BARE), 3)
    print(f"{'for comparison, a bare scan of the table':34} {floor * 1000:6.0f} ms")
    over = [text for text in TEXTS if searched(office, text, floor) > SHARE * floor]
    for text in LISTED:
        took = best(lambda text=text: reading.ids(office.db, Query(DISPUTES, search=text)), 3)  # type: ignore[misc]
        print(f"{'the whole list: ' + text:34} {took * 1000:6.0f} ms")
    office.close()
    written()
    return len(over)


def searched(office: Office, text: str, floor: float) -> float:
    """Seconds for a text in all ledgers."""
    took = best(lambda: finding.find(office.db, text), 3)
    told = "within" if took <= SHARE * floor else "OVER"
    found = sum(one.count for one in finding.find(office.db, text))
    print(
        f"{text:34} {took * 1000:6.0f} ms  {took / floor:5.2f} x the floor; {told} {SHARE} x ({found} found)"
    )
    return took


def written() -> None:
    """What noting the names adds where records are written in bulk, as an import does."""
    with TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "new.db", Who("基准", "benchmark"))
        rows = [tuple(map(r.get, names())) for r in records(ROWS)]
        sql = f"INSERT INTO disputes({', '.join(names())}) VALUES ({', '.join('?' * len(names()))})"
        db = office.db
        with db.atomic():
            for event in ("insert", "update"):
                db.run(f"DROP TRIGGER disputes_search_{event}")
            begun = time.perf_counter()
            db.run_many(sql, rows)
            plain = time.perf_counter() - begun
            begun = time.perf_counter()
            db.run(tables.collected(DISPUTES))
            noted = time.perf_counter() - begun
        print(
            f"{ROWS:,} records: {plain:.2f} s to write without any index, {noted:.2f} s more to note their names"
        )
        office.close()


def names() -> tuple[str, ...]:
    """The columns that are written."""
    return tuple(tables.columns(DISPUTES))


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-million.db"
    sys.exit(main(given))
