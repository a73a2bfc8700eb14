"""Rows of the history in shapes that no program writes: told by `verify`, not merged, no obstacle where they are."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import CLERKS, case, uids
from tests.effort import some
from tests.graph import rehashed, unguarded
from tests.unit.test_verifying import made as made
from tracker.db import verifying
from tracker.db.database import Database
from tracker.db.history import Journal
from tracker.errors import FileProblem
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.operations import editing, merging, past
from tracker.operations.office import Office, make_office, open_office
from tracker.operations.rescuing import rescue
from tracker.operations.verifying import verify

SAYS = "A row of the history says what no program writes"
ANYWHERE = ("x", "5", "[]", "null", '"a"', "", "[" * 100_000)
VALUES: tuple[object, ...] = ([1], {"a": 1}, 1.5, 1 << 64, [[["a"], "b"], "c"])
ODD = {
    ("disputes", "insert"): [{"remarks": value} for value in VALUES] + [{"no": "x"}, {"applied_on": "x"}],
    ("disputes", "update"): [
        *({"remarks": value} for value in (5, "ab", [1], [1, 2, 3], None)),
        *({"remarks": [value, "b"]} for value in VALUES),
        *({"remarks": [None, value]} for value in VALUES),
        {"claim_amount": ["x", 5]},
        {"claim_amount": [5, "x"]},
        {"closed_on": ["2020-13-99", None]},
        {"remarks": ["\ud800", "a"]},
    ],
    ("disputes", "bin"): [{"number_key": "x"}, {"number_key": [1, {}]}],
    ("parties", "insert"): [{"name": value} for value in VALUES],
    ("settings", "update"): [{"region": value} for value in ("x", [1, 2], ["a"], [None, {}])],
    ("templates", "update"): [{}, {"content": "x"}, {"content": [None, 5]}, {"content": [None, "a"], "b": 1}],
    ("freezes", "rescue"): [{"thawed": 5}, {"thawed": ["a"]}, {"thawed": [None, 1, {}]}],
    ("draws", "update"): [{}, {"made": 5}, {"made": [1, 2]}, {"made": [[], [5]]}],
    ("", "merge"): [{"twice": 5}, {"twice": {"disputes": 5}}, {"twice": {"disputes": [5]}}],
    ("", "part"): [{}, {"absent": 5}, {"absent": [5]}],
}
CASES = [(place, changes) for place, odd in ODD.items() for changes in (*ANYWHERE, *map(json.dumps, odd))]


def has_row(office: Office, ledger: str, action: str, changes: str) -> None:
    """Put a row of this kind first that is undone as far as records go, or last where there is none, by the hashes."""
    unguarded(office.db)
    found = office.db.one(
        "SELECT id FROM history WHERE ledger = ? AND action = ? ORDER BY id", (ledger, action)
    )
    if found is None:
        with office.db.atomic():
            journal = Journal(office.db, office.who, "edit")
            journal.add(ledger, "u", action, {})
            journal.flush()
    row = found[0] if found else office.db.one("SELECT max(id) FROM history")[0]  # type: ignore[index]
    rehashed(
        office.db,
        f"UPDATE history SET changes = '{changes.replace(chr(39), chr(39) * 2)}' WHERE id = '{row}'",
    )


def texts(office: Office) -> list[str]:
    return [fault.text for fault in verify(office).faults]


@pytest.mark.parametrize("place", ODD, ids="-".join)
def test_a_row_of_another_shape_shows(made: Path, tmp_path: Path, place: tuple[str, str]) -> None:
    for n, (_place, changes) in enumerate(some([one for one in CASES if one[0] == place], 2)):
        path = Path(shutil.copy(made, tmp_path / f"{n}.db"))
        with closing(open_office(path, CLERKS[0])) as office:
            has_row(office, *place, changes)
            assert SAYS in {fault.text for fault in verifying.graph(office.db)}, changes[:80]


def test_what_a_newer_program_may_do_is_let_be(made: Path, tmp_path: Path) -> None:
    """Other ledgers, and other deeds with records, may tell what they like by name."""
    path = Path(shutil.copy(made, tmp_path / "cases.db"))
    with closing(open_office(path, CLERKS[0])) as office:
        uid = case(office, "新1号", applied_on="2022-03-02")
        editing.save(office, DISPUTES, {"remarks": '引号"和\\ud800不是半个字'}, uid)
        with office.db.atomic():
            journal = Journal(office.db, office.who, "newer")
            journal.add("things", "u", "begin", {"a": [1, 2, 3], "b": {"c": 1.5}})
            journal.add("disputes", uid, "sealed", {"by": ["a", "b", "c"]})
            journal.flush()
        assert verify(office).faults == ()


def oddly(path: Path, ledger: str, changes: str) -> None:
    """A record was changed twice, the last time by a row of these changes, which its table follows."""
    with closing(open_office(path, CLERKS[1])) as office:
        (uid,) = office.db.rows(f"SELECT uid FROM {ledger} ORDER BY id LIMIT 1")[0]
        with office.db.atomic():
            journal = Journal(office.db, office.who, "edit")
            journal.add(ledger, uid, "update", {"remarks": [None, "x"]})
            journal.flush()
            told = "updated_at = ?, updated_by = ? WHERE uid = ?"
            office.db.run(f"UPDATE {ledger} SET {told}", (journal.at, office.who.clerk, uid))
        sql = f"UPDATE history SET changes = '{changes}' WHERE id = (SELECT max(id) FROM history)"
        rehashed(office.db, sql)


@pytest.mark.parametrize(
    "changes", ("x", "5", "[]", '{"remarks":5}', '{"remarks":[1]}', '{"name":[["a"],"b"]}')
)
@pytest.mark.parametrize("ledger", some(("disputes", "employers"), 2))
def test_it_is_not_merged_and_where_it_is_merging_goes_on(tmp_path: Path, ledger: str, changes: str) -> None:
    ours, theirs, third = (tmp_path / f"{name}.db" for name in ("ours", "theirs", "third"))
    with closing(make_office(ours, CLERKS[0])) as office:
        uid = case(office, "一号")
        editing.save(office, EMPLOYERS, {"name": "某公司"})
    for path in (theirs, third):
        shutil.copy(ours, path)
    oddly(theirs, ledger, changes)
    with closing(open_office(third, CLERKS[2])) as office:
        editing.save(office, DISPUTES, {"remarks": "丙"}, uid)
        case(office, "二号")
    with closing(open_office(ours, CLERKS[0])) as office:
        editing.save(office, DISPUTES, {"remarks": "甲"}, uid)
        with pytest.raises(FileProblem, match=r"theirs\.db"):
            merging.merge(office, theirs, newest=True)
        assert verify(office).faults == ()
    with closing(open_office(theirs, CLERKS[1])) as office:  # an earlier program took it in
        assert merging.merge(office, third, newest=True).inserted == {"disputes": 1}
        assert SAYS in texts(office)
        kept = len(uids(office))
        list(map(past.as_json, past.of_record(office, DISPUTES, {"uid": uid})))
    rescued = rescue(theirs, tmp_path / "new.db")
    with closing(open_office(rescued.new, CLERKS[1])) as office:
        assert verify(office).faults == () and len(uids(office)) == kept


@pytest.mark.parametrize("column", ("operation", "uid", "ledger", "action", "changes", "parents", "hash"))
def test_a_row_without_what_each_has_shows(made: Path, tmp_path: Path, column: str) -> None:
    path = Path(shutil.copy(made, tmp_path / "cases.db"))
    with closing(open_office(path, CLERKS[0])) as office:
        lacking(office.db, f"UPDATE history SET {column} = NULL WHERE id = (SELECT max(id) FROM history)")
        assert not verify(office).sound


def lacking(db: Database, sql: str) -> None:
    db.run("PRAGMA foreign_keys = OFF")
    with db.atomic():
        db.run(sql)
