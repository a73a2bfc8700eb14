"""A firm's page on a file of 200,000 cases and 50,000 firms: what names it, what is offered, a rename, duplicates.

Run: python benchmarks/links.py [FILE]   (made where it is missing; milliseconds, the best of 5)
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from tempfile import gettempdir

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.floor import best, timed  # noqa: E402  (the path above makes the checkout importable)
from benchmarks.million import GIVEN, TRADES  # noqa: E402
from tests.linked import BODIES, FIRMS, MADE, SUITS, linked_office  # noqa: E402
from tests.office import WHO  # noqa: E402
from tracker.db import records  # noqa: E402
from tracker.db.database import open_file  # noqa: E402
from tracker.db.records import Query  # noqa: E402
from tracker.ledgers import LEDGERS  # noqa: E402
from tracker.operations import combining, links  # noqa: E402
from tracker.operations.editing import save  # noqa: E402
from tracker.operations.office import Office  # noqa: E402
from tracker.schema.catalogue import Catalogue  # noqa: E402

CASES, KNOWN = 200_000, 50_000


def make(path: Path) -> None:
    """Firms, some with former names, and suits that name them, a great one in every hundredth."""
    dice, office = random.Random(1), linked_office(path)
    firms = [f"北京{''.join(dice.choices(GIVEN, k=3))}{dice.choice(TRADES)}有限公司" for _n in range(KNOWN)]
    firms = list(dict.fromkeys(firms))
    with office.writing("made") as writer, writer.bulk(FIRMS, KNOWN):
        for n, name in enumerate(firms):
            former = f"{name[2:6]}老厂{n}" if n % 50 == 0 else None
            writer.insert(FIRMS, {"name": name, "former_names": former, "town": "怀柔镇"})
    with office.writing("made") as writer, writer.bulk(BODIES, 300):
        for n in range(300):
            writer.insert(
                BODIES, {"body_no": f"B{n}", "title": f"第{n}调委会", "arbitrator": f"仲裁员{n % 20}"}
            )
    with office.writing("made") as writer, writer.bulk(SUITS, CASES):
        for n in range(CASES):
            firm = firms[0] if n % 100 == 0 else dice.choice(firms)
            year, day = 2016 + n * 9 // CASES, f"{1 + n % 12:02d}-{1 + n % 28:02d}"
            record = {
                "suit_no": f"诉〔{year}〕{n}号",
                "filed_on": f"{year}-{day}",
                "parties": f"张三、{firm}",
            }
            writer.insert(
                SUITS, {**record, "payer": firm if n % 3 == 0 else None, "judge": f"仲裁员{n % 20}"}
            )
    office.close()


def told(what: str, seconds: float) -> None:
    """Print one measure."""
    print(f"{what}: {seconds * 1000:.1f} ms")


def measure(office: Office) -> None:
    """All of it, on the real operations."""
    db = office.db
    ids = records.ids(db, Query(FIRMS))
    great = records.by_id(db, FIRMS, ids[-1]) or {}
    small = records.by_id(db, FIRMS, ids[4321]) or {}
    for what, record in (("a great firm", great), ("a small firm", small)):
        counts = [part.count for part in links.incoming(db, FIRMS, record)]
        told(f"what names {what} ({counts} records)", best(lambda r=record: links.incoming(db, FIRMS, r)))
    case = records.by_id(db, SUITS, 100_000) or {}
    told("what a case names", best(lambda: links.outgoing(db, SUITS, case)))
    for text in ("北京", "科技", "赵钱科", str(great["name"])[:7], "老厂"):
        field = SUITS.field("parties")
        told(f"offers for “{text}”", best(lambda t=text, f=field: links.offers(db, SUITS, f, t)))
    uid = str(great["uid"])
    told(
        f"renaming it with {counts and links.incoming(db, FIRMS, great)[-1].count} links",
        timed(lambda: save(office, FIRMS, {"name": f"新名公司{time.time()}"}, uid)),
    )
    pairs: list[int] = []
    told("duplicates among all firms", timed(lambda: pairs.append(len(combining.duplicates(db, FIRMS)))))
    print(pairs, "pairs")


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-links.db"
    if not path.exists():
        make(path)
    office = Office(open_file(path), WHO)
    office.db.catalogue = Catalogue((*LEDGERS, *MADE))
    measure(office)
    office.close()
