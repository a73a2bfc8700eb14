"""Files that earlier programs made, kept in `tests/earlier`: brought to this program's shape with all that they hold.

Each was made by the program as it stood at the end of one piece of work: a few records in every ledger, a change, one
in the bin, settings, and from the second on frozen figures. A new one is added whenever a migration is.
"""

from __future__ import annotations

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO
from tracker.cli import main
from tracker.db import migrations
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, opening, undoing, verifying
from tracker.operations.office import open_office

EARLIER = sorted((Path(__file__).parent.parent / "earlier").glob("*.db.xz"))
Held = dict[str, list[dict[str, object]]]


@pytest.fixture(params=EARLIER, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    path.write_bytes(lzma.decompress(request.param.read_bytes()))
    return path


def held(path: Path) -> Held:
    """Every row of every table that is no index of the program's, in order."""
    with closing(sqlite3.connect(path)) as plain:
        plain.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if "_search" not in name and name not in ("shapes", "computed", "names", "_sqlite_migrations")
        ]
        return {name: sorted(map(dict, plain.execute(f'SELECT * FROM "{name}"')), key=str) for name in names}


def test_the_kept_files_are_of_different_shapes() -> None:
    assert len(EARLIER) >= 5


def test_nothing_is_lost_and_the_file_is_sound(path: Path) -> None:
    before = held(path)
    assert sum(len(rows) for name, rows in before.items() if name == "disputes") == 4
    with closing(opening.to_write(path, WHO)) as office:
        assert not migrations.pending(office.db, office.catalogue.kept)
        assert verifying.verify(office).faults == ()
    after = held(path)
    for name, rows in before.items():
        kept = [{key: row[key] for key in rows[0]} for row in after[name]] if rows else []
        derived = {"due_on", "hearing_due_on"} if name in ("disputes",) else set()
        for row in (*rows, *kept):
            for key in derived & row.keys():
                del row[key]
        assert sorted(kept, key=str) == sorted(rows, key=str) or not rows, name
    for name, count in (("history", len(before["history"])), ("operations", len(before["operations"]))):
        assert len(after[name]) == count


def test_it_can_be_worked_in_and_taken_back(path: Path) -> None:
    with closing(opening.to_write(path, WHO)) as office:
        (uid,) = office.db.rows("SELECT uid FROM disputes WHERE binned_at IS NULL ORDER BY id LIMIT 1")[0]
        with office.because("更正"):
            editing.save(office, DISPUTES, {"remarks": "现在的程序改的"}, uid)
            undoing.undo(office)
        assert verifying.verify(office).sound


def test_it_can_be_read_at_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "disputes", "--json", "--file", str(path)]) == 0
    assert main(["verify", "--file", str(path)]) == 0
    assert capsys.readouterr().err == ""
    open_office(path, WHO, readonly=True).close()
