"""Opening, backing up, verifying, restoring, encrypting and merging, over what SQLite itself takes for the same bytes.

Run: python benchmarks/safety.py [ROWS]   (100,000 rows)

The floor of what copies is SQLite's own backup to a file that is synced; of what reads, its integrity check.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.floor import best, report, timed  # noqa: E402  (the path above makes the checkout importable)
from benchmarks.undoing import bring  # noqa: E402
from tests.office import WHO  # noqa: E402
from tracker.db.history import Who  # noqa: E402
from tracker.ledgers.disputes import DISPUTES  # noqa: E402
from tracker.operations import backups, editing, merging, opening, passwords, restoring, verifying  # noqa: E402
from tracker.operations.office import make_office, open_office  # noqa: E402

PASSWORD = "紫色螃蟹下午修冰箱"
EDITS = 1000


def copied(path: Path, to: Path) -> None:
    """SQLite's own backup, synced."""
    with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(to)) as here:
        there.backup(here)
    with to.open("rb") as done:
        os.fsync(done.fileno())
    to.unlink()


def checked(path: Path) -> None:
    """SQLite's own look through the whole file."""
    with closing(sqlite3.connect(path)) as there:
        assert there.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def connected(path: Path) -> None:
    """A connection that has read one row."""
    with closing(sqlite3.connect(path)) as there:
        there.execute("SELECT uid FROM disputes ORDER BY id DESC LIMIT 1").fetchone()


def opened(path: Path, key: str | None = None) -> None:
    """As a window opens a file that was closed as it should."""
    opening.to_write(path, WHO, key=key).close()


def backed_up(path: Path, key: str | None = None) -> None:
    """One backup more, verified, which is then taken away."""
    with closing(open_office(path, WHO, key=key)) as office:
        backups.make(office.db, "asked", new=True).path.unlink()


def verified(path: Path) -> None:
    """Structure, history and every record against it."""
    with closing(open_office(path, WHO, readonly=True)) as office:
        assert verifying.verify(office).sound


def edited(path: Path, clerk: str, first: int) -> None:
    """Another field of a thousand records."""
    with closing(open_office(path, Who(clerk, clerk))) as office:
        sql = "SELECT uid FROM disputes ORDER BY id LIMIT ? OFFSET ?"
        for (uid,) in office.db.rows(sql, (EDITS, first)):
            editing.save(office, DISPUTES, {"remarks": clerk}, str(uid))


def merged(path: Path, other: Path) -> None:
    """What the other clerk has changed comes in."""
    with closing(open_office(path, WHO)) as office:
        assert sum(merging.merge(office, other).updated.values()) == EDITS


def main() -> None:
    """Print each measure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        path, other, spare = (Path(folder) / f"{name}.db" for name in ("cases", "other", "spare"))
        with closing(make_office(path, WHO)) as office:
            bring(office, rows)
        print(f"{rows:,} disputes, {path.stat().st_size / 1e6:.0f} MB")
        copy, look = best(lambda: copied(path, spare), 3), best(lambda: checked(path), 3)
        print(f"opening and closing it: {best(lambda: opened(path)) * 1000:.0f} ms", end="; ")
        print(f"a bare connection that reads a row: {best(lambda: connected(path)) * 1000:.0f} ms")
        report(
            "looking through all of it",
            best(lambda: opening.examine(path, whole=True), 3),
            look,
            1.5,
        )
        report("verify", best(lambda: verified(path), 2), look, 10)
        report("a backup, verified", best(lambda: backed_up(path), 3), copy + look, 1.5)
        shutil.copy(path, other)
        edited(other, "b", rows // 2)
        edited(path, "a", 0)
        report(f"merging {EDITS:,} changed records", timed(lambda: merged(path, other)), copy + look, 10)
        with closing(open_office(path, WHO)) as office:
            before = backups.make(office.db, "asked", new=True).path
            edited_one = office.db.rows("SELECT uid FROM disputes LIMIT 1")[0][0]
            editing.save(office, DISPUTES, {"remarks": "c"}, str(edited_one))
        report("restoring", timed(lambda: restoring.restore(path, before, WHO)), copy + look, 10)
        shutil.rmtree(backups.folder(path))
        report(
            "setting a password, with the backup before it",
            timed(lambda: passwords.change(path, None, PASSWORD, WHO)),
            copy + look,
            5,
        )
        print(f"opening it with a password: {best(lambda: opened(path, PASSWORD), 3) * 1000:.0f} ms")
        report("a backup of it, verified", best(lambda: backed_up(path, PASSWORD), 3), copy + look, 3)


if __name__ == "__main__":
    main()
