"""Files kept with a record: once in the data file, under harmless names, never lost while anything refers to them."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from tests.office import WHO, new_office
from tracker.db import contents
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, editing
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, open_office, save_settings
from tracker.schema.file_name import MOST_BYTES, fresh, harmless, may_run


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def case(office: Office, number: str = "1号") -> str:
    record = {"case_no": number, "applied_on": "2020-01-02", "applicant": "张三", "respondent": "某公司"}
    return editing.save(office, DISPUTES, record).uid


def test_file_comes_back_byte_by_byte_after_reopening_and_that_it_left_is_noted(
    office: Office, tmp_path: Path
) -> None:
    uid, scan = case(office), tmp_path / "裁决书.pdf"
    scan.write_bytes(bytes(range(256)) * 9000)
    done = attachments.attach(office, DISPUTES, uid, [Incoming(scan.name, scan)])
    assert done.added == ("裁决书.pdf",)
    reader = open_office(office.db.path, WHO, readonly=True)
    (found,) = attachments.of_record(reader.db, uid)
    assert (found.size, found.by) == (2_304_000, WHO.clerk)
    assert found.digest == hashlib.sha256(scan.read_bytes()).hexdigest()
    out = attachments.save_as(reader, found, tmp_path / "out.pdf")
    reader.close()
    assert out.read_bytes() == scan.read_bytes()
    ((noted,),) = office.db.rows("SELECT changes FROM history WHERE action = 'export'")
    assert (json.loads(noted)["what"], json.loads(noted)["file"]) == ("裁决书.pdf", "out.pdf")


def test_same_content_is_kept_once_however_often_it_is_attached(office: Office) -> None:
    one, other = case(office), case(office, "2号")
    attachments.attach(office, DISPUTES, one, [Incoming("a.txt", content=b"same")])
    attachments.attach(office, DISPUTES, other, [Incoming("b.txt", content=b"same")])
    again = attachments.attach(office, DISPUTES, one, [Incoming("c.txt", content=b"same")])
    assert (again.added, again.already) == ((), ("a.txt",))
    assert attachments.file_total(office.db) == (1, 4)
    assert [len(attachments.of_record(office.db, uid)) for uid in (one, other)] == [1, 1]


def test_names_given_twice_are_told_apart(office: Office) -> None:
    uid = case(office)
    files = [Incoming("Scan.pdf", content=b"1"), Incoming("scan.PDF", content=b"2")]
    attachments.attach(office, DISPUTES, uid, files)
    assert [a.name for a in attachments.of_record(office.db, uid)] == ["Scan.pdf", "scan (2).PDF"]


def test_too_large_empty_missing_and_folder_are_refused_and_nothing_is_kept(
    office: Office, tmp_path: Path
) -> None:
    uid = case(office)
    save_settings(office, {"attachment_limit": "1"})
    large = tmp_path / "large.pdf"
    large.write_bytes(b"x" * (1024**2 + 1))
    good = Incoming("good.txt", content=b"good")
    for bad, words in (
        (Incoming("large.pdf", large), "1.0 MB"),
        (Incoming("empty.pdf", content=b""), "empty.pdf"),
        (Incoming("gone.pdf", tmp_path / "gone.pdf"), "gone.pdf"),
        (Incoming("folder", tmp_path), "folder"),
    ):
        with pytest.raises(UserError, match=words):
            attachments.attach(office, DISPUTES, uid, [good, bad])
    assert attachments.of_record(office.db, uid) == []
    assert attachments.file_total(office.db) == (0, 0)


def test_removed_file_is_in_the_bin_and_comes_back_with_its_content(office: Office) -> None:
    uid = case(office)
    attachments.attach(office, DISPUTES, uid, [Incoming("a.txt", content=b"kept")])
    (found,) = attachments.of_record(office.db, uid)
    attachments.remove(office, DISPUTES, uid, [found.uid])
    assert attachments.of_record(office.db, uid) == []
    attachments.restore(office, [found.uid])
    assert attachments.content(office.db, attachments.of_record(office.db, uid)[0]) == b"kept"


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM contents",
        "UPDATE contents SET content = x'00'",
        "INSERT OR REPLACE INTO contents SELECT digest, 1, x'00' FROM contents",
        "INSERT OR REPLACE INTO contents(rowid, digest, size, content) SELECT rowid, 'x', 1, x'00' FROM contents",
    ],
)
def test_file_itself_refuses_to_lose_or_alter_a_content(office: Office, sql: str) -> None:
    attachments.attach(office, DISPUTES, case(office), [Incoming("a.txt", content=b"kept")])
    with pytest.raises(dbapi2.IntegrityError, match="what is kept stays"):
        office.db.run(sql)
    assert contents.total(office.db) == (1, 4)


def test_content_that_does_not_fit_its_digest_is_not_handed_out(office: Office) -> None:
    attachments.attach(office, DISPUTES, uid := case(office), [Incoming("a.txt", content=b"kept")])
    office.db.run("DROP TRIGGER contents_kept_update")
    office.db.run("UPDATE contents SET content = ?", (b"bent",))
    with pytest.raises(UserError, match=r"a\.txt"):
        attachments.content(office.db, attachments.of_record(office.db, uid)[0])


def test_renaming_keeps_the_ending_and_refuses_a_name_that_is_taken(office: Office) -> None:
    uid = case(office)
    attachments.attach(
        office, DISPUTES, uid, [Incoming("a.pdf", content=b"1"), Incoming("b.pdf", content=b"2")]
    )
    first = attachments.of_record(office.db, uid)[0]
    attachments.rename(office, DISPUTES, uid, first, "../裁决书")
    assert attachments.of_record(office.db, uid)[0].name == "裁决书.pdf"
    with pytest.raises(UserError, match=r"B\.PDF"):
        attachments.rename(office, DISPUTES, uid, first, "B.PDF")
    with pytest.raises(UserError):
        attachments.rename(office, DISPUTES, uid, first, " . ")


def test_copy_to_open_is_private_and_cannot_be_written(office: Office, tmp_path: Path) -> None:
    attachments.attach(office, DISPUTES, uid := case(office), [Incoming("a.txt", content=b"kept")])
    (found,) = attachments.of_record(office.db, uid)
    path = attachments.copy_to_open(office.db, found, tmp_path)
    assert (path.name, path.read_bytes()) == ("a.txt", b"kept")
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o077 == 0
    assert attachments.copy_to_open(office.db, found, tmp_path) == path


def test_copy_is_whole_or_not_there_and_a_folder_that_is_gone_is_told(office: Office, tmp_path: Path) -> None:
    attachments.attach(office, DISPUTES, uid := case(office), [Incoming("a.txt", content=b"kept")])
    (found,) = attachments.of_record(office.db, uid)
    with pytest.raises(UserError, match=r"a\.txt"):
        attachments.copy_to_open(office.db, found, tmp_path / "gone")
    path = attachments.copy_to_open(office.db, found, tmp_path)
    assert [each.name for each in path.parent.iterdir()] == ["a.txt"]


@given(st.text(max_size=300) | st.text(st.sampled_from("./\\:conaux1\u202e\u200b\x00 号"), max_size=40))
@example("..\\..\\Windows\\system32\\calc.exe")
@example("con.pdf")
@example("COM¹")
@example("裁决书\u202efdp.exe")
@example("号" * 300 + ".pdf")
@example("\ud800.txt")
def test_any_name_becomes_harmless_and_stays_as_it_is_then(name: str) -> None:
    safe = harmless(name)
    assert safe == harmless(safe) != ""
    assert len(safe.encode()) <= MOST_BYTES + 1
    assert not set(safe) & set('/\\<>:"|?*')
    assert not {unicodedata.category(c) for c in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe.strip(" .") == safe
    assert safe.partition(".")[0].strip().casefold() not in {
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "lpt9",
        "com¹",
    }
    assert Path("/a", safe).resolve().parent == Path("/a")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\scan\\裁决书.pdf", "裁决书.pdf"),
        ("/etc/passwd", "passwd"),
        ("裁决书\u202efdp.exe", "裁决书fdp.exe"),
        ("con.pdf", "_con.pdf"),
        ("a\x00b\n.txt", "ab.txt"),
        ("…", "…"),
        ("..", "file"),
        ("what?.doc", "what_.doc"),
    ],
)
def test_harmless_names(name: str, safe: str) -> None:
    assert harmless(name) == safe


def test_long_name_keeps_its_ending() -> None:
    assert harmless("号" * 300 + ".docx").endswith("号.docx")


@given(st.lists(st.sampled_from(["a.pdf", "A.PDF", "a (2).pdf", "b"]), max_size=6))
def test_fresh_names_are_all_different_whatever_their_case(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        taken.add(fresh(name, taken))
    assert len({name.casefold() for name in taken}) == len(names)


@pytest.mark.parametrize(
    ("name", "begins", "runs"),
    [
        ("裁决书.pdf", b"%PDF-1.7", False),
        ("裁决书.pdf.exe", b"", True),
        ("裁决书.pdf", b"MZ\x90", True),
        ("run.sh", b"", True),
        ("scan.jpg", b"\xff\xd8\xff", False),
        ("list.XLSM", b"PK", True),
    ],
)
def test_what_runs_is_known_by_ending_or_content(name: str, begins: bytes, runs: bool) -> None:
    assert may_run(name, begins) is runs
