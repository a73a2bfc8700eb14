import shutil
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from tests.office import WHO, filled, random_record
from tracker.ledgers import LEDGERS
from tracker.operations import rescuing


def test_x(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    random = Random(4)
    filled(path, {ledger: [random_record(ledger, random) for _n in range(12)] for ledger in LEDGERS}).close()
    r = rescuing.rescue(path, tmp_path / "b.db")
    print("\n".join(r.lines()))
    data = path.read_bytes()
    for seed in range(15):
        random = Random(seed)
        b = bytearray(data)
        for _n in range(random.randrange(1, 12)):
            at = random.randrange(1, len(data) // 8192) * 8192
            b[at : at + 8192] = random.randbytes(8192)
        p = tmp_path / f"w{seed}.db"
        p.write_bytes(b)
        import time
        t = time.time()
        r = rescuing.rescue(p, tmp_path / f"n{seed}.db")
        print(seed, sum(t.records for t in r.tallies), sum(t.rebuilt for t in r.tallies), r.lost, len(r.looks), r.whole_history, time.time() - t)
