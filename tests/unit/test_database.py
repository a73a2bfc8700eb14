"""The data file: STRICT, whole when closed, and a sentence for each way in which it cannot be used."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from tests.apart import apart
from tests.office import WHO, filled, random_record
from tracker.cli import main
from tracker.db import cipher, database, migrations, records
from tracker.db.database import open_file
from tracker.db.records import Query
from tracker.errors import Cancelled, FileProblem, ReadOnlyFile, UnfinishedFile
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, opening
from tracker.operations.office import make_office, open_office, save_settings
from tracker.schema.agenda import NO_AGENDA
from tracker.schema.fields import Value

CASE: dict[str, Value] = {
    "case_no": "1",
    "applied_on": "2020-03-02",
    "applicant": "张三",
    "respondent": "某公司",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with 30 records in each ledger."""
    random = Random(3)
    path = tmp_path / "cases.db"
    filled(path, {ledger: [random_record(ledger, random) for _n in range(30)] for ledger in LEDGERS}).close()
    return path


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir())


def test_closing_leaves_one_whole_file(path: Path) -> None:
    assert beside(path) == ["cases.db"]
    office = open_office(path, WHO)
    assert editing.save(office, DISPUTES, CASE).uid
    assert "cases.db-wal" in beside(path)
    office.close()
    assert beside(path) == ["cases.db"]
    plain = sqlite3.connect(path)  # without a password any tool opens it
    assert plain.execute("SELECT count(*) FROM disputes").fetchone() == (31,)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_reading_leaves_nothing_behind_and_changes_nothing(path: Path) -> None:
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    assert main(["list", "disputes", "--file", str(path)]) == 0
    assert main(["stats", "--year", "2020", "--file", str(path)]) == 0
    assert (beside(path), path.read_bytes(), path.stat().st_mtime_ns) == (["cases.db"], before, when)


def test_tables_are_strict_and_keys_are_kept(path: Path) -> None:
    db = open_file(path)
    strict = dict(db.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"))
    ours = {
        *(ledger.name for ledger in LEDGERS),
        "settings",
        "counters",
        "operations",
        "history",
        "heads",
        "shapes",
        "templates",
    }
    assert {name: strict[name] for name in ours} == dict.fromkeys(ours, 1)
    assert db.one("PRAGMA foreign_keys") == (1,)
    with pytest.raises(database.dbapi2.IntegrityError, match="cannot store TEXT"), db.atomic():
        db.run("UPDATE disputes SET workers = 'many'")
    with pytest.raises(database.dbapi2.IntegrityError, match="FOREIGN KEY"), db.atomic():
        db.run("INSERT INTO history VALUES ('a', 'no such operation', 'l', 'u', 'x', '{}', x'', x'')")
    db.close()


def test_opening_again_changes_no_shape(path: Path) -> None:
    db = open_file(path)
    shape = db.rows("SELECT name, sql FROM sqlite_master ORDER BY name")
    migrations.bring_up(db, LEDGERS)
    assert db.rows("SELECT name, sql FROM sqlite_master ORDER BY name") == shape
    assert not migrations.pending(db, LEDGERS)
    db.close()


def test_nested_changes_are_all_or_none(path: Path) -> None:
    db = open_file(path)
    with pytest.raises(ZeroDivisionError), db.atomic():
        db.run("UPDATE disputes SET remarks = 'outer'")
        with db.atomic():
            db.run("UPDATE disputes SET remarks = 'inner'")
        raise ZeroDivisionError
    assert db.one("SELECT count(*) FROM disputes WHERE remarks IN ('outer', 'inner')") == (0,)
    db.close()


def test_reading_cannot_write(path: Path) -> None:
    db = open_file(path, readonly=True)
    with pytest.raises(FileProblem, match="写入"), db.atomic():
        db.run("DELETE FROM disputes")
    assert records.count(db, Query(DISPUTES)) == 30
    db.close()


def test_whoever_writes_waits_for_the_disk(path: Path) -> None:
    """2 is FULL: what was saved is on the disk before it is told."""
    with (
        closing(make_office(path.with_name("new.db"), WHO)) as new,
        closing(open_office(path, WHO)) as opened,
    ):
        for office in (new, opened):
            assert office.db.rows("PRAGMA synchronous") == [(2,)]
        opened.db.forget()
        opened.db.reopen(None)
        assert opened.db.rows("PRAGMA synchronous") == [(2,)]


def test_interrupted_reading_says_so(path: Path) -> None:
    db = open_file(path, readonly=True)
    db.connection.create_function("stop", 0, lambda: db.interrupt() or 1)
    with pytest.raises(Cancelled):
        db.rows("SELECT stop() FROM disputes, petitions, inspections")
    db.close()


Maker = Callable[[Path], None]


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def other_database(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE disputes (uid TEXT)")
    other.close()


def renamed(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("UPDATE shapes SET shape = replace(shape, 'remarks', 'remarks_of_2031')")
    other.commit()
    other.close()


def newer(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("ALTER TABLE disputes ADD COLUMN of_2031 TEXT")
    more = '"remarks": "str", "of_2031": "str"'
    other.execute('UPDATE shapes SET shape = replace(shape, \'"remarks": "str"\', ?)', (more,))
    assert other.execute("SELECT count(*) FROM shapes WHERE shape LIKE '%of_2031%'").fetchone()[0]
    other.commit()
    other.close()


def newer_step(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('tracker', 'of_2031', '2031')"
    )
    other.commit()
    other.close()


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = Random(5).randbytes(3900)
    path.write_bytes(data)


BAD: dict[str, tuple[Maker, str]] = {
    "missing": (Path.unlink, "找不到数据文件"),
    "directory": (directory, "文件夹"),
    "empty": (lambda path: path.write_bytes(b"") and None, "不是"),
    "text": (lambda path: path.write_text("案号,申请人\n", encoding="utf-8") and None, "不是"),
    "other database": (other_database, "不是"),
    "columns renamed by a newer program": (renamed, "更新版本"),
    "cut": (cut, "损坏"),
    "scribbled over": (scribbled, "损坏"),
}
COMMANDS = (
    ["stats", "--year", "2020"],
    ["list", "disputes", "--json"],
    ["list", "disputes", "--search", "张"],
)


@pytest.mark.parametrize("made_by", [newer, newer_step])
def test_a_newer_file_is_read_and_never_written(
    made_by: Maker, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_by(path)
    before = path.read_bytes()
    for command in COMMANDS:
        assert main([*command, "--file", str(path)]) == 0
        told = capsys.readouterr()
        assert told.out and "更新版本" in told.err and len(told.err.strip().splitlines()) == 1
    with pytest.raises(ReadOnlyFile, match="更新版本"):
        open_office(path, WHO)
    with (
        closing(open_office(path, WHO, readonly=True)) as office,
        pytest.raises(ReadOnlyFile, match="更新版本"),
    ):
        save_settings(office, {"office": "x"})
    assert path.read_bytes() == before and beside(path) == ["cases.db"]


@pytest.mark.parametrize("fault", BAD)
def test_a_file_that_cannot_be_used(fault: str, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    BAD[fault][0](path)
    before = path.read_bytes() if path.is_file() else None
    for command in COMMANDS:
        assert main([*command, "--file", str(path)]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert BAD[fault][1] in told.err and len(told.err.strip().splitlines()) == 1
    with pytest.raises(FileProblem, match=BAD[fault][1]):
        open_office(path, WHO)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert beside(path) == (["cases.db"] if path.exists() else [])


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_is_found_or_does_no_harm(
    seed: int, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    random, data = Random(seed), path.read_bytes()
    path.write_bytes(data[: random.randrange(1, len(data))])
    for command in COMMANDS:
        status = main([*command, "--file", str(path)])
        assert status in (0, 1) and "Traceback" not in capsys.readouterr().err


def test_a_file_is_never_overwritten_by_a_new_one(path: Path) -> None:
    with pytest.raises(FileProblem, match=r"cases\.db"):
        make_office(path, WHO)


def test_a_new_file_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="nowhere"):
        make_office(tmp_path / "nowhere" / "cases.db", WHO)
    assert list(tmp_path.iterdir()) == []


def test_a_second_connection_knows_the_password(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    make_office(path, WHO, key="口'令 1").close()
    with pytest.raises(FileProblem, match=r"cases\.db"):
        open_office(path, WHO)
    office = open_office(path, WHO, key="口'令 1")
    reader = office.reader()
    assert editing.save(office, DISPUTES, CASE).uid
    assert records.count(reader, Query(DISPUTES)) == 1
    assert "口" not in repr(office)
    reader.close()
    office.close()
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_a_snapshot_stays_as_it_was(path: Path) -> None:
    first, second = open_office(path, WHO), open_office(path, WHO)
    with first.db.snapshot(), first.db.snapshot():
        assert records.count(first.db, Query(DISPUTES)) == 30
        assert editing.save(second, DISPUTES, CASE).uid
        assert records.count(first.db, Query(DISPUTES)) == 30
    assert records.count(first.db, Query(DISPUTES)) == 31
    assert editing.save(first, DISPUTES, {**CASE, "case_no": "2"}).uid
    second.close()
    first.close()


def test_a_second_writer_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    first, second = open_office(path, WHO), open_office(path, WHO)
    with first.db.atomic(), pytest.raises(FileProblem, match=r"cases\.db"):
        editing.save(second, DISPUTES, CASE)
    assert editing.save(second, DISPUTES, CASE).uid  # and can, once the first is done
    second.close()
    first.close()


def test_a_file_locked_by_another_program(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    holder = database.dbapi2.connect(str(path), isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    assert main([*COMMANDS[0], "--file", str(path)]) == 1
    told = capsys.readouterr().err
    assert str(path) in told and len(told.strip().splitlines()) == 1
    holder.close()
    assert main([*COMMANDS[0], "--file", str(path)]) == 0


def counted(path: Path) -> str:
    office = open_office(path, WHO, readonly=True)
    try:
        return str(records.count(office.db, Query(DISPUTES)))
    finally:
        office.close()


def written(path: Path) -> str:
    office = open_office(path, WHO)
    for n in range(200):
        editing.save(office, DISPUTES, {**CASE, "case_no": str(n), "remarks": "长" * 9_000})
    return "saved"


def test_a_full_disk_loses_nothing(path: Path) -> None:
    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = path.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    told = apart(lambda: written(path), no_room)
    assert told.startswith("UserError: ") and "磁盘" in told
    office = open_office(path, WHO, readonly=True)
    kept = records.count(office.db, Query(DISPUTES))
    assert 30 < kept < 230
    assert office.db.one("PRAGMA integrity_check") == ("ok",)
    assert office.db.one("SELECT count(*) FROM history WHERE ledger = 'disputes'") == (kept,)
    office.close()


def nobody() -> None:
    """Whom no file belongs to; root would not be held by permissions."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


@pytest.fixture
def guarded(path: Path) -> Iterator[Path]:
    """The file, read-only in a read-only folder that everybody may enter."""
    with TemporaryDirectory() as folder:
        guarded = Path(shutil.copy(path, folder))
        guarded.chmod(0o444)
        guarded.parent.chmod(0o555)
        yield guarded
        guarded.parent.chmod(0o755)


def test_a_read_only_file_and_folder_can_be_read(guarded: Path) -> None:
    assert apart(lambda: counted(guarded), nobody) == "30"
    guarded.parent.chmod(0o777)  # and where only the file is read-only
    assert apart(lambda: counted(guarded), nobody) == "30"


def test_a_read_only_file_is_not_written(guarded: Path) -> None:
    before = guarded.read_bytes()
    for mode in (0o444, 0o666):  # where it may be written but its folder not, no log can be kept beside it
        guarded.chmod(mode)
        told = apart(lambda: written(guarded), nobody)
        assert told.startswith("UserError: ") and str(guarded) in told
        assert guarded.read_bytes() == before


def test_a_file_that_may_not_be_read_is_told(guarded: Path) -> None:
    guarded.chmod(0o000)
    assert apart(lambda: counted(guarded), nobody).startswith("UserError: ")


def test_reading_an_older_file_brings_it_up_first(tmp_path: Path) -> None:
    typed = tuple(field for field in DISPUTES.typed if field.key != "archived_on")
    older = replace(DISPUTES, typed=typed, rules=(), indexes=(), agenda=NO_AGENDA)
    db = open_file(tmp_path / "older.db", create=True)
    migrations.bring_up(db, (older, *LEDGERS[1:]))
    db.close()
    with pytest.raises(UnfinishedFile):
        open_office(tmp_path / "older.db", readonly=True)
    office = opening.for_command(tmp_path / "older.db")
    assert office.db.rows("SELECT archived_on FROM disputes") == []
    office.close()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open is not replaced")
def test_who_waited_to_open_a_file_that_is_exchanged_has_the_new_one(tmp_path: Path) -> None:
    path, other = tmp_path / "cases.db", tmp_path / "other.db"
    for name in (path, other):
        with closing(open_file(name, create=True)) as db, db.atomic():
            db.run(f"CREATE TABLE {name.stem} (x)")
    found: list[object] = []

    def open_it() -> None:
        with closing(open_file(path)) as db:
            found.extend(db.rows("SELECT name FROM sqlite_master"))

    waiting = Thread(target=open_it)
    with cipher.alone(path, None):
        waiting.start()
        waiting.join(0.3)
        os.replace(other, path)
    waiting.join()
    assert found == [("other",)]
