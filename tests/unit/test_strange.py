"""What a file declares beside what this program made is refused with a sentence, and the file stays as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO
from tests.unit.test_undoing import case
from tracker.db import records
from tracker.db.records import Query
from tracker.errors import DamagedFile, FileProblem, UnfinishedFile
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, editing
from tracker.operations.office import make_office, open_office

Attack = Callable[[sqlite3.Connection], object]


def sql(*statements: str) -> Attack:
    return lambda plain: [plain.execute(one) for one in statements]


def rewritten(name: str, before: str, after: str) -> Attack:
    """Other words in a declaration, as no statement of SQL could put there."""

    def attack(plain: sqlite3.Connection) -> None:
        (text,) = plain.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        assert before in text
        plain.execute("PRAGMA writable_schema = ON")
        plain.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (text.replace(before, after), name))

    return attack


REFUSED: dict[str, tuple[str, Attack]] = {
    "deletes with a head": (
        "disputes.evil",
        sql(
            "ALTER TABLE disputes ADD COLUMN evil BLOB REFERENCES heads(hash) ON DELETE CASCADE",
            "UPDATE disputes SET evil = (SELECT hash FROM heads)",
        ),
    ),
    "an own column that deletes": (
        "disputes.own_a",
        sql("ALTER TABLE disputes ADD COLUMN own_a TEXT REFERENCES operations(id) ON DELETE CASCADE"),
    ),
    "forbids to delete heads": ("evil", sql("CREATE TABLE evil (hash BLOB REFERENCES heads(hash))")),
    "a declared column of another type": (
        "disputes.applicant",
        rewritten("disputes", '"applicant" TEXT', '"applicant" INTEGER'),
    ),
    "a generated column": (
        "disputes.own_a",
        sql("ALTER TABLE disputes ADD COLUMN own_a TEXT GENERATED ALWAYS AS (hex(zeroblob(9))) VIRTUAL"),
    ),
    "a default": ("disputes.own_a", sql("ALTER TABLE disputes ADD COLUMN own_a TEXT NOT NULL DEFAULT 2")),
    "a condition": ("disputes.CHECK", rewritten("disputes", ") STRICT", ", CHECK (id < 6)) STRICT")),
    "a condition of a column": (
        "disputes.applicant",
        rewritten("disputes", '"applicant" TEXT', '"applicant" TEXT CHECK (id < 6)'),
    ),
    "another order of letters": (
        "disputes.applicant",
        rewritten("disputes", '"applicant" TEXT', '"applicant" TEXT COLLATE NOCASE'),
    ),
    "not strict": ("disputes", rewritten("disputes", ") STRICT", ")")),
    "a condition of the history": ("heads", rewritten("heads", ") STRICT", ", CHECK (length(hash) < 9)) STRICT")),
    "a column of the history": ("history", sql("ALTER TABLE history ADD COLUMN own_a TEXT")),
    "another foreign key": (
        "history",
        rewritten("history", 'REFERENCES "operations"("id")', 'REFERENCES "operations"("id") ON DELETE CASCADE'),
    ),
    "a condition of a search index": (
        "disputes_search_data",
        rewritten("disputes_search_data", "block BLOB)", "block BLOB CHECK (id < 6))"),
    ),
    "a foreign key of a search index": (
        "disputes_search_docsize",
        rewritten("disputes_search_docsize", "sz BLOB", "sz BLOB REFERENCES heads ON DELETE CASCADE"),
    ),
    "a search index of another table": (
        "disputes_search",
        rewritten("disputes_search", "content=''", "content='heads'"),
    ),
    "an index over an expression": ("evil", sql("CREATE INDEX evil ON disputes(length(hex(zeroblob(id))))")),
    "an index that lets nothing in": ("evil", sql("CREATE UNIQUE INDEX evil ON history(1) WHERE rowid > 99")),
    "an index by the name of another table's": (
        "disputes_by_evil",
        sql("CREATE UNIQUE INDEX disputes_by_evil ON heads(length(hash))"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        for n in range(1, 4):
            case(office, n)
        customising.add_field(office, DISPUTES, "调解员", "text")
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "cases.db"
    copy.write_bytes(made.read_bytes())
    return copy


def attacked(path: Path, attack: Attack) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        attack(plain)
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(path)) as plain:  # such a file can be made
        plain.execute("SELECT count(*) FROM disputes").fetchone()
    return path.read_bytes()


@pytest.mark.parametrize(("place", "attack"), REFUSED.values(), ids=REFUSED)
def test_what_was_never_declared_is_refused(path: Path, place: str, attack: Attack) -> None:
    content = attacked(path, attack)
    for readonly in (True, False):
        with pytest.raises(FileProblem, match=rf"“{place}”"):
            open_office(path, WHO, readonly=readonly)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "attack",
    [
        sql("CREATE UNIQUE INDEX disputes_by_evil ON disputes(length(hex(zeroblob(id + 9))))"),
        sql("DROP INDEX disputes_by_year_no", "CREATE UNIQUE INDEX disputes_by_year_no ON disputes(no)"),
        sql("DROP INDEX disputes_by_number_key"),
    ],
    ids=["one more", "another one", "one less"],
)
def test_an_index_by_a_name_of_ours_is_made_anew(path: Path, attack: Attack) -> None:
    with closing(open_office(path, WHO)) as office:
        before = dict(office.db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    attacked(path, attack)
    with closing(open_office(path, WHO)) as office:
        assert dict(office.db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'")) == before


def test_a_record_that_is_there_twice_keeps_its_index_from_being_made(path: Path) -> None:
    same = "UPDATE disputes SET uid = (SELECT uid FROM disputes WHERE id = 1) WHERE id = 2"
    content = attacked(path, sql("DROP INDEX disputes_by_uid", same))
    with pytest.raises(UnfinishedFile):
        open_office(path, WHO, readonly=True)
    with pytest.raises(DamagedFile, match=r"disputes\.uid"):
        open_office(path, WHO)
    assert path.read_bytes() == content


def test_a_step_that_says_it_was_never_taken_is_told(path: Path) -> None:
    attacked(path, sql("DELETE FROM _sqlite_migrations WHERE name = 'drafts_of_forms'"))
    with pytest.raises(UnfinishedFile):
        open_office(path, WHO, readonly=True)
    with pytest.raises(DamagedFile, match="drafts"):
        open_office(path, WHO)


def test_a_missing_index_of_the_history_is_told(path: Path) -> None:
    attacked(path, sql("DROP INDEX history_by_uid"))
    with pytest.raises(FileProblem, match="history_by_uid"):
        open_office(path, WHO)


def test_what_other_programs_and_the_office_leave_is_let_in(path: Path) -> None:
    """Statistics of the query planner, and the column of a field that the office gave up."""
    attacked(path, sql("ANALYZE"))
    with closing(open_office(path, WHO)) as office:
        (field,) = (key for key in office.catalogue.by_name["disputes"].by_key if key.startswith("own_"))
        customising.remove_field(office, DISPUTES, field)
    with closing(open_office(path, WHO)) as office:
        (uid,) = [uid for (uid,) in office.db.rows("SELECT uid FROM disputes LIMIT 1")]
        editing.save(office, DISPUTES, {"applicant": "李四"}, uid)
        assert len(list(records.ids(office.db, Query(DISPUTES)))) == 3
