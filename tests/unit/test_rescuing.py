"""Damaged files are rescued into sound ones: nothing is invented, nothing that could be read is left out unsaid."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.effort import tries
from tests.graph import unguarded
from tests.left_open import damage as damage_page
from tests.office import WHO, random_record
from tests.unit.test_undoing import case
from tracker import cli
from tracker.db import contents, draws, freezes, tables, templates, verifying
from tracker.db.database import PAGE_BYTES
from tracker.db.draws import Draw
from tracker.db.history import Journal
from tracker.db.salvage import Wreck
from tracker.db.verifying_rest import LOST
from tracker.errors import Cancelled, DamagedFile, FileProblem
from tracker.ids import uuid7
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.ledgers.tallies import TALLIES
from tracker.operations import (
    attachments,
    backups,
    customising,
    editing,
    freezing,
    merging,
    opening,
    parties,
    parting,
    past,
)
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.progress import Silent
from tracker.operations.rescuing import Rescued, Told, rescue
from tracker.operations.verifying import gap_told, verify
from tracker.period import Period
from tracker.schema.draw import Lot, Member
from tracker.schema.fields import Value

TRIES = tries(2)
"""So many files are damaged in each way; more where the variable says so."""
KEY = "一个很长的口令"
Records = dict[tuple[str, str], dict[str, Value]]


def fill(office: Office) -> None:
    """Each kind of thing that a file holds, over several pages."""
    save_settings(office, {"region": "京怀"})
    uids = [case(office, n) for n in range(1, 121)]
    random = Random(5)
    with office.writing("entry") as writer:
        for ledger in (PETITIONS, TALLIES):
            for n in range(30):
                writer.insert(ledger, {**random_record(ledger, random), ledger.number: f"号{n}"})
    for n in range(0, 30, 3):
        editing.save(office, DISPUTES, {"applicant": f"李四{n}", "claim_amount": n * 100}, uids[n])
    editing.bin_records(office, DISPUTES, [uids[1], uids[30]])
    for n in range(8):
        parties.save(office, DISPUTES, uids[n + 2], [{"role": "respondent", "name": f"某公司{n}"}])
        attachments.attach(
            office, DISPUTES, uids[n], [Incoming(f"笔录{n}.txt", content=random.randbytes(9000))]
        )
    templates.write(office.db, WHO, "report", b"one" * 4000)
    templates.write(office.db, WHO, "report", b"two" * 4000)
    customising.add_field(office, DISPUTES, "调解员", "text")
    people = (Member("p1", "甲"), Member("p2", "乙"))
    targets = (Member(uids[0], "一"), Member(uids[1], "二"))
    lots = (Lot(targets[0], people[:1]), Lot(targets[1], people[1:]))
    who = ("2020-01-01T00:00:00", WHO.clerk, WHO.origin)
    draws.keep(
        office.db, WHO, Draw("d1", *who, "file_review", "评查", "7", 2, 1, targets, people, lots, "disputes")
    )
    freezing.freeze(office, Period.year(2020), "年报")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        fill(office)
    return path


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locked") / "cases.db"
    with closing(make_office(path, WHO, key=KEY)) as office:
        fill(office)
    return path


def held(office: Office) -> Records:
    """What a clerk entered, of every record."""
    found: Records = {}
    for ledger in office.catalogue.kept:
        keys = ("uid", *verifying.told(ledger), "created_by")
        for row in office.db.rows(f"SELECT {', '.join(keys)} FROM {ledger.name}"):
            found[ledger.name, row[0]] = dict(zip(keys, row, strict=True))
    return found


@pytest.fixture(scope="module")
def original(made: Path) -> Records:
    with closing(open_office(made, WHO, readonly=True)) as office:
        return held(office)


def pages(data: bytearray, random: Random, size: int) -> None:
    """Some pages but the first are scribbled over."""
    for _n in range(random.randrange(1, 10)):
        at = random.randrange(1, len(data) // size) * size
        data[at : at + size] = random.randbytes(size)


def zeros(data: bytearray, random: Random, size: int) -> None:
    """A stretch of a few pages is empty, as after a bad block."""
    at = random.randrange(1, len(data) // size) * size
    length = random.randrange(1, 8) * size
    data[at : at + length] = bytes(min(length, len(data) - at))


def scribbles(data: bytearray, random: Random, size: int) -> None:
    """A few bytes here and there, which SQLite may not notice."""
    for _n in range(random.randrange(1, 30)):
        at = random.randrange(size, len(data) - 64)
        length = random.randrange(1, 64)
        data[at : at + length] = random.randbytes(length)


def cut(data: bytearray, random: Random, size: int) -> None:
    """The end is missing, not at the end of a page."""
    del data[random.randrange(len(data) // 2, len(data)) :]


def moved(data: bytearray, random: Random, size: int) -> None:
    """Two pages have changed places, as after a file system was mended."""
    one, other = (random.randrange(1, len(data) // size) * size for _n in range(2))
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def first(data: bytearray, random: Random, size: int) -> None:
    """The first page is lost, and with it the list of tables."""
    data[:size] = random.choice((bytes(size), random.randbytes(size)))


def doubled(data: bytearray, random: Random, size: int) -> None:
    """One page lies also where others were, so that a table leads to rows of another one."""
    one = random.randrange(1, len(data) // size) * size
    for _n in range(random.randrange(1, 12)):
        at = random.randrange(1, len(data) // size) * size
        data[at : at + size] = data[one : one + size]


def digits(data: bytearray, random: Random, size: int) -> None:
    """Digits have become others, which no tree nor number of bytes tells."""
    for _n in range(2000):
        at = random.randrange(size, len(data))
        if chr(data[at]).isdecimal():
            data[at] = ord("0") + random.randrange(10)


DAMAGES = (pages, zeros, scribbles, cut, moved, first, doubled, digits)
counted: Counter[str] = Counter()


def damaged(path: Path, folder: Path, seed: int, damage: Callable[[bytearray, Random, int], None]) -> Path:
    data = bytearray(path.read_bytes())
    damage(data, Random(seed), 8192 if data.startswith(b"SQLite") else 4096)
    wreck = folder / f"{damage.__name__}-{seed}.db"
    wreck.write_bytes(data)
    return wreck


def compare(rescued: Rescued, original: Records, key: str | None = None) -> None:
    """The new file is sound, and each difference from the original is told."""
    told = {(look.ledger, look.uid) for look in rescued.looks}
    with closing(opening.to_write(rescued.new, WHO, key=key)) as office:
        assert verify(office).faults == ()
        now = held(office)
        assert now.keys() <= original.keys(), "a record that never was"
        for place, record in now.items():
            same = all(original[place][key] == value for key, value in record.items())
            assert same or place in told, (place, record, original[place])
        lost = original.keys() - now.keys()
        assert not lost or not rescued.whole_history
        for tally in rescued.tallies:
            assert tally.records == sum(name == tally.ledger for name, _uid in now)
            missing = sum(name == tally.ledger for name, _uid in lost)
            assert tally.lost <= missing, "more than there were"
            assert tally.lost == missing or not tally.sure
        assert {name for name, _uid in lost} <= {tally.ledger for tally in rescued.tallies}
        editing.save(
            office,
            DISPUTES,
            {"case_no": "新", "applied_on": "2021-01-01", "applicant": "甲", "respondent": "乙"},
        )
    counted["files"] += 1
    counted["records"] += len(original)
    counted["as they were"] += sum(now.get(place) == record for place, record in original.items())
    counted["to look at"] += len(told & now.keys())
    counted["lost"] += len(lost)


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_can_be_read_is_in_the_new_file(
    made: Path, original: Records, tmp_path: Path, damage: Callable[[bytearray, Random, int], None]
) -> None:
    for seed in range(TRIES):
        wreck = damaged(made, tmp_path, seed, damage)
        before = wreck.read_bytes()
        rescued = rescue(wreck, tmp_path / f"new-{seed}.db")
        assert wreck.read_bytes() == before
        compare(rescued, original)
        assert rescued.list_path and "cases" not in rescued.list_path.read_text("utf-8-sig")
    print(damage.__name__, dict(counted))


def test_a_file_with_a_password(locked: Path, tmp_path: Path) -> None:
    """What is deciphered lies nowhere but in the new file, which has the same password."""
    with closing(open_office(locked, WHO, readonly=True, key=KEY)) as office:
        original = held(office)
    for damage in (pages, cut, moved)[: max(1, TRIES // 2)]:
        for seed in range(max(1, TRIES // 4)):
            wreck = damaged(locked, tmp_path, seed, damage)
            new = tmp_path / f"new-{damage.__name__}-{seed}.db"
            rescued = rescue(wreck, new, KEY)
            compare(rescued, original, KEY)
            assert rescued.list_path is None and not list(tmp_path.glob("*.txt"))
            assert "申请人".encode() not in new.read_bytes() and not new.read_bytes().startswith(b"SQLite")
    wreck = tmp_path / "first.db"
    data = bytearray(locked.read_bytes())
    data[100:4096] = bytes(3996)
    wreck.write_bytes(data)
    compare(rescue(wreck, tmp_path / "salted.db", KEY), original, KEY)
    data[:16] = bytes(16)
    wreck.write_bytes(data)
    for key in (KEY, "another", None):
        with pytest.raises(FileProblem, match="first"):
            rescue(wreck, tmp_path / "none.db", key)
    with pytest.raises(FileProblem):
        rescue(locked, tmp_path / "none.db", "another")
    (kept := backups.folder(wreck)).mkdir()
    shutil.copy(locked, kept / "20250102-120000-day.db")  # which has the bytes that are lost
    compare(rescue(wreck, tmp_path / "known.db", KEY), original, KEY)
    shutil.rmtree(kept)
    assert not (tmp_path / "none.db").exists() and not list(tmp_path.glob(".*"))


def test_no_page_of_a_file_with_a_password_hides_those_after_it(tmp_path: Path) -> None:
    """A second page of a row that cannot be deciphered comes as zeros without a fault, and then the connection refuses
    whatever is asked: what lies on all later pages is read nevertheless."""
    path = tmp_path / "cases.db"
    with closing(make_office(path, WHO, key=KEY)) as office:
        uid, ends = case(office, 1), []
        for n in range(2):
            office.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
            ends.append(path.stat().st_size // 4096)
            files = [Incoming(f"{n}.bin", content=Random(n).randbytes(5000)) for n in range(40)]
            attachments.attach(office, DISPUTES, uid, files if not n else [])
        for n in range(2, 300):
            case(office, n)
        later = {row[0] for row in office.db.rows("SELECT id FROM history ORDER BY rowid DESC LIMIT 200")}
        ((root,),) = office.db.rows("SELECT rootpage FROM sqlite_master WHERE name = 'history'")
    data = bytearray(path.read_bytes())
    for page in (root - 1, *range(*ends, 2)):
        data[page * 4096 : (page + 1) * 4096] = Random(page).randbytes(4096)
    path.write_bytes(data)
    with closing(Wreck(path, tmp_path, KEY)) as read:
        assert later <= {row[0] for row in read.pages(8)}


def left_open(made: Path, folder: Path) -> Path:
    """A copy of which the last changes are in the log beside it only, as after a power cut."""
    folder.mkdir()
    path = Path(shutil.copy(made, folder / "cases.db"))
    with closing(open_office(path, WHO)) as office:
        for n in range(200, 204):
            case(office, n, applied_on="2021-03-02")
        for mark in ("", "-wal"):
            shutil.copy(f"{path}{mark}", folder / f"wreck.db{mark}")
    return folder / "wreck.db"


def test_a_log_beside_the_file(made: Path, tmp_path: Path) -> None:
    """What its log holds is read too, as far as SQLite trusts it; neither is changed."""
    wreck = left_open(made, tmp_path / "log")
    with closing(open_office(tmp_path / "log" / "cases.db", WHO, readonly=True)) as office:
        original = held(office)
    log = wreck.with_name("wreck.db-wal")
    whole = log.read_bytes()
    for seed in range(TRIES):
        random = Random(seed)
        data = bytearray(whole)
        if seed:
            at = random.randrange(len(data))
            data[at : at + 3000] = random.randbytes(len(data[at : at + 3000]))
        log.write_bytes(data)
        file = damaged(made, tmp_path, seed, pages if seed else first).read_bytes()
        wreck.write_bytes(file)
        rescued = rescue(wreck, tmp_path / f"new-{seed}.db")
        assert wreck.read_bytes() == file and log.read_bytes() == data
        if not seed:
            assert rescued.whole_history
        with closing(open_office(rescued.new, WHO, readonly=True)) as office:
            told = {(look.ledger, look.uid) for look in rescued.looks}
            assert all(
                record == original[place] or place in told or seed for place, record in held(office).items()
            )
            assert held(office).keys() <= original.keys() and verify(office).sound
        counted["files"] += 1


def test_settings_documents_draws_and_frozen_figures_come_along(made: Path, tmp_path: Path) -> None:
    """Of a sound file everything, and also where the first page of the list of tables is lost."""
    wreck = damaged(made, tmp_path, 1, first)
    for path, sound in ((made, True), (wreck, False)):
        rescued = rescue(path, tmp_path / f"{path.stem}-new.db")
        with (
            closing(open_office(made, WHO, readonly=True)) as old,
            closing(open_office(rescued.new, WHO, readonly=True)) as new,
        ):
            assert new.settings == old.settings and new.catalogue.ledgers == old.catalogue.ledgers
            assert contents.total(new.db) == contents.total(old.db)
            told = [[replace(draw, at="") for draw in draws.every(each.db)] for each in (new, old)]
            assert told[0] == told[1] and told[0]
            assert freezes.all_freezes(new.db) == freezes.all_freezes(old.db)
            assert templates.read(new.db, "report") == b"two" * 4000
            (freeze,) = freezes.all_freezes(new.db)
            kept = freezes.kept_records(new.db, freeze)
            assert kept == freezes.kept_records(old.db, freeze) > 0
            assert rescued.is_whole
        if sound:
            assert rescued.whole_history and not rescued.lost
            shutil.copy(rescued.new, tmp_path / "again.db")
            assert (
                list(rescue(tmp_path / "again.db", tmp_path / "twice.db").lines())[1:-1]
                == list(rescued.lines())[1:-1]
            )


@pytest.mark.parametrize(
    ("statement", "looks"),
    (
        ("DELETE FROM frozen_records WHERE rowid % 2", 1),
        ("UPDATE frozen_figures SET content = replace(content, '1', '2')", 1),
        ("DELETE FROM frozen_figures WHERE place < 9", 1),
        ("DELETE FROM freezes", 0),  # of which the history has all
        ("DELETE FROM draws", 0),
        ("UPDATE draws SET content = '{}'", 0),
        ("DELETE FROM history WHERE ledger = 'draws'", 1),
        ("DELETE FROM history WHERE ledger = 'freezes'", 1),
        ("DELETE FROM history WHERE action = 'freeze'", 1),
        ("DELETE FROM history WHERE ledger = 'draws' AND action = 'insert'", 1),
    ),
)
def test_what_is_left_of_frozen_figures_and_draws_is_told_and_sealed_anew(
    made: Path, tmp_path: Path, statement: str, looks: int
) -> None:
    """The new file is sound, and comes together with a copy that never was damaged."""
    wreck, sound = (Path(shutil.copy(made, tmp_path / name)) for name in ("wreck.db", "sound.db"))
    for path in (wreck, sound):
        with closing(open_office(path, WHO)) as office, office.db.atomic():
            journal = Journal(office.db, WHO, "draw")
            draws.set_made(office.db, journal, "d1", ["u"])
            journal.flush()
    with closing(open_office(sound, WHO)) as office:
        freezing.unfreeze(office, freezes.all_freezes(office.db)[0], "有误")
    with closing(open_office(wreck, WHO)) as office:
        unguarded(office.db)
        office.db.run("PRAGMA foreign_keys = OFF")
        with office.db.atomic():
            office.db.run(statement)
        assert not verify(office).sound
    rescued = rescue(wreck, tmp_path / "new.db")
    assert sum("封账" in look.text or "抽签" in look.text for look in rescued.looks) == looks
    with closing(open_office(rescued.new, WHO)) as office:
        found = verify(office)
        assert found.faults == () and sum(gap.kept for gap in found.gaps) == looks
        merging.merge(office, sound, newest=True)
        assert verify(office).faults == () and draws.made(office.db, "d1") == ("u",)
        assert [freeze.active for freeze in freezes.all_freezes(office.db)] == [False]
    with closing(open_office(sound, WHO)) as office, office.because("合并"):
        merging.merge(office, rescued.new, newest=True)
        assert verify(office).faults == ()


OWN = {"lock_minutes": "15", "backup_second": "/media/盘"}


def altered(office: Office, statement: str) -> None:
    with office.db.atomic():
        office.db.run(statement)


def scribbled(office: Office, _statement: str) -> None:
    """Past the program, as a disk does."""
    office.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    damage_page(office.db.path, table="settings")


@pytest.mark.parametrize(
    "harm, statement, wanted, looks",
    [
        (altered, "UPDATE settings SET value = '7' WHERE key = 'lock_minutes'", OWN, 1),
        (scribbled, "", OWN, 1),
        (
            altered,
            "UPDATE settings SET value = '5' WHERE key = 'lock_minutes'",
            {**OWN, "lock_minutes": "5"},
            0,
        ),
        (altered, "DELETE FROM settings WHERE key = 'backup_second'", {"lock_minutes": "15"}, 0),
    ],
    ids=["never set", "lost", "another computer's came later", "none here"],
)
def test_settings_of_a_computer_are_what_some_row_set(
    tmp_path: Path, harm: Callable[[Office, str], None], statement: str, wanted: dict[str, str], looks: int
) -> None:
    """As they are, or where that cannot be known as they were last, which is told."""
    with closing(make_office(tmp_path / "wreck.db", WHO)) as office:
        save_settings(office, {"lock_minutes": "5"})
        save_settings(office, {**OWN, "region": "京怀"})
        case(office, 1)
        harm(office, statement)
        office.db.damaged = True
    rescued = rescue(tmp_path / "wreck.db", tmp_path / "new.db")
    assert len(rescued.looks) == looks
    with closing(open_office(rescued.new, WHO)) as office:
        assert office.settings == {**wanted, "region": "京怀"} and verify(office).faults == ()
        told = office.db.rows("SELECT count(*) FROM history WHERE ledger = 'settings'")
        assert told == [(2,)], "none is set anew"


def test_a_content_that_is_lost_is_told_until_a_copy_brings_it(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the new file, in a part of it and in a second rescue of it; the history of the attached file tells it too."""
    wreck = Path(shutil.copy(made, tmp_path / "wreck.db"))
    with closing(open_office(wreck, WHO)) as office:
        unguarded(office.db)
        with office.db.atomic():
            office.db.run("DELETE FROM contents WHERE digest = (SELECT digest FROM attachments LIMIT 1)")
        assert not verify(office).sound
    rescued = rescue(wreck, tmp_path / "new.db", who=WHO)
    assert len(rescued.looks) == 1 and "笔录" in rescued.looks[0].text, (
        "the file is named, not the case alone"
    )
    (line,) = (line for line in rescued.losses() if line.startswith("附件："))
    assert line == "附件：8条记录，其中 1 条内容丢失，只剩名称"
    assert not any("附件 8" in line for line in rescued.rest())
    again = rescue(rescued.new, tmp_path / "again.db")
    assert len(again.looks) == 1
    by_command = shutil.copy(again.new, tmp_path / "command.db")
    with closing(open_office(again.new, WHO)) as office:
        parting.write(office, parting.Choice(("disputes",), "2020-01-01", "2025-12-31"), tmp_path / "part.db")
        (owner,) = office.db.rows(
            "SELECT record FROM attachments WHERE digest NOT IN (SELECT digest FROM contents)"
        )
        told = [
            one for one in past.of_record(office, DISPUTES, {"uid": owner[0]}) if one.entry.action == LOST
        ]
        assert len(told) == 1 and not list(past.cells(told[0]))
        files = [one for one in past.of_record(office, DISPUTES, {"uid": owner[0]}) if one.uid == told[0].uid]
        assert past.state(files, files[-1].entry.id).there
    for path in (rescued.new, again.new, tmp_path / "part.db"):
        with closing(open_office(path, WHO)) as office:
            found = verify(office)
            (gap,) = (gap for gap in found.gaps if gap.contents)
            assert found.faults == () and not found.unbroken and (gap.contents, gap.clerk) == (1, WHO.clerk)
            assert "1 个附件" in gap_told(gap)
            merging.merge(office, made, newest=True)
            found = verify(office)
            assert found.faults == () and not any(gap.contents for gap in found.gaps)
    for told in ("1 个附件丢失的内容", "没有新内容"):
        assert cli.main(["merge", str(made), "--file", str(by_command)]) == 0
        assert told in capsys.readouterr().out
    with closing(open_office(by_command, WHO)) as office:
        assert not any(gap.contents for gap in verify(office).gaps)
        assert [one.why for one in backups.of(office.db)] == ["merge"]


def test_a_record_is_rescued_from_its_page_where_neither_tree_nor_history_has_it(
    made: Path, tmp_path: Path
) -> None:
    """The root of the table and the pages of the history that tell of one record are lost."""
    data = bytearray(made.read_bytes())
    with closing(open_office(made, WHO, readonly=True)) as office:
        (root,) = office.db.rows("SELECT rootpage FROM sqlite_master WHERE name = 'disputes'")[0]
        (uid,) = office.db.rows("SELECT uid FROM disputes WHERE case_no = '20号'")[0]
        (asked,) = office.db.rows("SELECT id FROM history WHERE uid = ?", (uid,))[0]
    data[(root - 1) * 8192 : root * 8192] = bytes(8192)
    while (at := data.find(asked.encode())) >= 0:
        data[at : at + 36] = bytes(36)
    wreck = tmp_path / "wreck.db"
    wreck.write_bytes(data)
    rescued = rescue(wreck, tmp_path / "new.db")
    (look,) = [look for look in rescued.looks if look.uid == uid]
    assert look.number == "20号" and "历史" in look.text
    with closing(open_office(rescued.new, WHO, readonly=True)) as office:
        assert office.db.rows("SELECT case_no, created_by FROM disputes WHERE uid = ?", (uid,)) == [
            ("20号", WHO.clerk)
        ]


def strained(made: Path, folder: Path, *statements: str) -> Path:
    """A copy in which statements were run past the program, as damage could leave it."""
    wreck = Path(shutil.copy(made, folder / "wreck.db"))
    with closing(open_office(wreck, WHO)) as office, office.because("x"):
        unguarded(office.db)
        with office.db.atomic():
            for statement in statements:
                office.db.run(statement)
    return wreck


def test_a_uid_with_another_digit_makes_no_second_record(
    made: Path, original: Records, tmp_path: Path
) -> None:
    """The history tells of the record, and where it has its number."""
    other = "substr(uid, 1, 35) || CASE substr(uid, 36) WHEN '0' THEN '1' ELSE '0' END"
    wreck = strained(made, tmp_path, f"UPDATE disputes SET uid = {other} WHERE case_no IN ('20号', '21号')")
    rescued = rescue(wreck, tmp_path / "new.db")
    with closing(open_office(rescued.new, WHO, readonly=True)) as office:
        assert held(office) == original and verify(office).sound
    assert rescued.looks == ()


def without_pages(made: Path, folder: Path) -> tuple[Path, int]:
    """A copy in which leaves of the table of disputes and their rows of the history are gone, and how many."""
    wreck = Path(shutil.copy(made, folder / "wreck.db"))
    with closing(open_office(made, WHO, readonly=True)) as office:
        known = office.db.rows("SELECT d.uid, h.id FROM disputes d JOIN history h ON h.uid = d.uid")
        gone = sorted({uid for uid, _id in known})[30:60]
    data = bytearray(wreck.read_bytes())
    for text in (*gone, *(identity for uid, identity in known if uid in gone)):
        while (at := data.find(text.encode())) >= 0:
            page = at // PAGE_BYTES * PAGE_BYTES
            data[page : page + PAGE_BYTES] = bytes(PAGE_BYTES)
    wreck.write_bytes(data)
    return wreck, len(gone)


def test_what_neither_table_nor_history_has_any_more_is_counted_and_named_by_the_newest_backup(
    made: Path, original: Records, tmp_path: Path
) -> None:
    """The numbers of the rows tell how many there were; the backup tells which."""
    wreck, at_least = without_pages(made, tmp_path)
    alone = rescue(wreck, tmp_path / "alone.db")
    compare(alone, original)
    (disputes,) = (tally for tally in alone.tallies if tally.ledger == "disputes")
    assert at_least <= disputes.lost == 120 - disputes.records and not disputes.sure
    assert "至少丢失" in "".join(alone.losses()) and alone.backup is None
    assert not any("争议" in line and "无记录丢失" in line for line in alone.lines())
    (kept := backups.folder(wreck)).mkdir()
    shutil.copy(made, kept / "20250102-120000-day.db")
    known = rescue(wreck, tmp_path / "known.db")
    compare(known, original)
    lost = [look for look in known.looks if look.text.endswith("读不出")]
    assert [*known.looks[: len(lost)]] == lost and len(lost) == known.in_backup == known.lost
    assert known.lost == len(original) - sum(tally.records for tally in known.tallies)
    assert known.backup == kept / "20250102-120000-day.db" and str(known.backup) in "".join(known.losses())
    with closing(open_office(known.new, WHO)) as office, office.because("合并"):
        merging.merge(office, known.backup, newest=True)
        assert held(office).keys() >= original.keys(), "which brings them back"
    taken_back = (kept / "20250102-120000-day.db").rename(kept / "20250102-120000-restore.db")
    with closing(open_office(taken_back, WHO)) as office:
        case(office, 300, applied_on="2021-03-02")
    restored = rescue(wreck, tmp_path / "restored.db")
    assert restored.backup is None, "it may hold what the restore took back"


def test_the_list_of_a_rescue_is_whole_and_begins_with_what_is_lost(tmp_path: Path) -> None:
    looks = tuple(Told("disputes", str(n), f"{n}号", f"{n}号：") for n in range(2000))
    lines = [*Rescued(tmp_path / "a.db", tmp_path / "b.db", (), looks, False).losses()]
    assert len(lines) > 2000 and lines[-1].endswith("1999号：")


def test_rows_that_are_no_records_are_left_out_and_told(
    made: Path, original: Records, tmp_path: Path
) -> None:
    """Of pages that belong to other tables; of a record that is there; of one without what each has."""
    with closing(open_office(made, WHO, readonly=True)) as office:
        columns = [
            name for name in tables.columns(DISPUTES) if name not in ("uid", "created_at", "number_key")
        ]
        ((operation, uid, former),) = office.db.rows(
            "SELECT h.operation, h.uid, d.uid FROM history h, disputes d WHERE h.ledger = 'tallies' "
            "AND h.action = 'insert' AND d.case_no = '20号' LIMIT 1"
        )
    same = ", ".join(columns)
    copied = f"INSERT INTO disputes(uid, created_at, number_key, {same}) SELECT '{{}}', {{}}, {{}}, {same} "
    copied += f"FROM disputes WHERE uid = '{former}'"
    fresh = [uuid7() for _n in range(3)]
    wreck = strained(
        made,
        tmp_path,
        "INSERT INTO petitions(uid, year, no) VALUES ('proposals.by_grade', 0, 0), "
        f"('activities.exams', 2020, 1), ('{operation}', 0, 0)",
        copied.format(uid, "created_at", "'one more'"),
        copied.format(fresh[0], "NULL", "number_key"),
        copied.format(fresh[1], "created_at", "'another'"),
        copied.format(fresh[2], "created_at", "number_key"),
    )
    rescued = rescue(wreck, tmp_path / "new.db")
    with closing(open_office(rescued.new, WHO, readonly=True)) as office:
        assert held(office) == original and verify(office).sound
    told = sorted((look.ledger, look.uid, look.text) for look in rescued.looks)
    assert [look[:2] for look in told] == [("disputes", ""), ("disputes", ""), ("petitions", "")]
    assert "20号" in told[0][2] + told[1][2] and "3" in told[2][2]


def test_what_differs_is_named_and_what_earlier_programs_did_not_note_is_no_damage(
    made: Path, original: Records, tmp_path: Path
) -> None:
    wreck = strained(
        made, tmp_path, "UPDATE disputes SET binned_by = NULL, no = no + 500 WHERE case_no = '2号'"
    )
    rescued = rescue(wreck, tmp_path / "new.db")
    (look,) = rescued.looks
    assert look.text.endswith("序号")
    shutil.copy(made, wreck)
    wreck = strained(made, tmp_path, "UPDATE disputes SET binned_by = NULL")
    assert rescue(wreck, tmp_path / "again.db").looks == ()
    with closing(open_office(tmp_path / "again.db", WHO, readonly=True)) as office:
        assert held(office) == original and verify(office).sound


def test_what_is_no_file_of_ours_is_refused_and_leaves_nothing(made: Path, tmp_path: Path) -> None:
    for name, content in (
        ("empty.db", b""),
        ("text.db", b"abc" * 9000),
        ("noise.db", Random(1).randbytes(90000)),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DamagedFile, match="备份"):
            rescue(path, tmp_path / "new.db")
    for old, new in (
        (tmp_path / "none.db", tmp_path / "new.db"),
        (made, path),
        (made, tmp_path / "no" / "new.db"),
    ):
        with pytest.raises(FileProblem):
            rescue(old, new)

    class Stopped(Silent):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        rescue(made, tmp_path / "new.db", progress=Stopped())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.db", "noise.db", "text.db"]


def test_command(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wreck = damaged(made, tmp_path, 3, cut)
    new = tmp_path / "new.db"
    assert cli.main(["rescue", str(new), "--file", str(wreck), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(new) and told["list"] == str(tmp_path / "new.txt")
    assert {ledger["ledger"] for ledger in told["ledgers"]} >= {"disputes", "petitions"}
    assert {look["text"] for look in told["look"]} and told["history_whole"] is False
    before = new.read_bytes()
    assert cli.main(["rescue", str(new), "--file", str(wreck), "--lang", "zh_CN"]) == 1
    assert "已存在" in capsys.readouterr().err and new.read_bytes() == before
    assert cli.main(["rescue", str(tmp_path / "b.db"), "--file", str(wreck), "--lang", "zh_CN"]) == 0
    assert "劳动" in capsys.readouterr().out
    assert cli.main(["verify", "--file", str(new)]) == 0
