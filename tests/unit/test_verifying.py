"""A file is sound after whatever was done with it by the program, and not after anything done past it."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.graph import rehashed, unguarded, written
from tests.office import WHO
from tests.unit.test_undoing import back, case, forth
from tests.unit.test_undoing_cases import ACTIONS
from tracker import cli, ids
from tracker.db import templates, verifying
from tracker.db.history import Who
from tracker.errors import Cancelled, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, editing, freezing, parties
from tracker.operations import past as history
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.verifying import sentence, verify
from tracker.period import Period


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which each kind of thing was changed, to be copied."""
    path = tmp_path_factory.mktemp("made") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        save_settings(office, {"region": "京怀"})
        uids = [case(office, n) for n in range(1, 4)]
        editing.save(office, DISPUTES, {"applicant": "李四"}, uids[0])
        editing.bin_records(office, DISPUTES, [uids[1]])
        parties.save(office, DISPUTES, uids[0], [{"role": "respondent", "name": "某公司"}])
        attachments.attach(office, DISPUTES, uids[0], [Incoming("笔录.txt", content=b"x")])
        templates.write(office.db, WHO, "report", b"one")
        templates.write(office.db, WHO, "report", b"two")
        freezing.freeze(office, Period.year(2020), "年报")
    return path


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Office:
    office = open_office(Path(shutil.copy(made, tmp_path)), WHO)
    office.reason = "更正"
    return office


def test_a_file_of_the_program_is_sound(office: Office) -> None:
    found = verify(office)
    assert found.sound and found.rows > 10 and found.records >= 5


TAMPERINGS = {
    "a row's content": "UPDATE history SET changes = replace(changes, '李四', '王五')",
    "a row's record": "UPDATE history SET uid = 'another' WHERE action = 'bin'",
    "a row's predecessors": "UPDATE history SET parents = x'' WHERE id = (SELECT max(id) FROM history)",
    "nonsense": "UPDATE history SET changes = 'x'",
    "a list": "UPDATE history SET changes = '[]'",
    "who": "UPDATE operations SET clerk = 'somebody else' WHERE kind = 'bin'",
    "when": "UPDATE operations SET at = '2019-01-01T00:00:00' WHERE kind = 'bin'",
    "a row less": "DELETE FROM history WHERE action = 'bin'",
    "the last row": "DELETE FROM history WHERE id = (SELECT max(id) FROM history)",
    "the first row": "DELETE FROM history WHERE id = (SELECT min(id) FROM history)",
    "another end": "UPDATE heads SET hash = (SELECT hash FROM history ORDER BY id LIMIT 1)",
    "no end": "DELETE FROM heads",
    "an operation of its own": "INSERT INTO operations VALUES ('0', '', '', '', '', '')",
    "a field": "UPDATE disputes SET applicant = '王五' WHERE applicant = '李四'",
    "an amount": "UPDATE disputes SET claim_amount = 1 WHERE applicant = '李四'",
    "the running number": "UPDATE disputes SET no = no + 10 WHERE applicant = '李四'",
    "the number as compared": "UPDATE disputes SET number_key = 'x' WHERE applicant = '李四'",
    "who entered it": "UPDATE disputes SET created_by = 'x' WHERE applicant = '李四'",
    "when it was changed": "UPDATE disputes SET updated_at = '2019-01-01T00:00:00' WHERE applicant = '李四'",
    "out of the bin": "UPDATE disputes SET binned_at = NULL, binned_by = NULL WHERE binned_at IS NOT NULL",
    "into the bin": "UPDATE disputes SET binned_at = '2020-01-01T00:00:00' WHERE applicant = '李四'",
    "a record less": "DELETE FROM disputes WHERE applicant = '李四'",
    "a party less": "DELETE FROM parties",
    "a record more": "INSERT INTO disputes(uid, year, no) VALUES ('x', 2020, 99)",
    "a setting": "UPDATE settings SET value = 'x' WHERE key = 'region'",
    "a setting less": "DELETE FROM settings WHERE key = 'region'",
    "a setting more": "INSERT INTO settings VALUES ('office', 'x')",
    "a template": "UPDATE templates SET content = x'00'",
    "a template less": "DELETE FROM templates",
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_is_done_past_the_program_shows(office: Office, tampering: str) -> None:
    unguarded(office.db)
    office.db.run("PRAGMA foreign_keys = OFF")
    with office.db.atomic():
        before = office.db.connection.total_changes
        office.db.run(tampering)
        assert office.db.connection.total_changes > before
    found = verify(office)
    assert not found.sound
    assert all("{" not in sentence(fault, office.catalogue) for fault in found.faults)


def test_a_content_that_was_changed_shows(office: Office) -> None:
    unguarded(office.db)
    with office.db.atomic():
        office.db.run("UPDATE contents SET content = x'00'")
    assert [fault.text for fault in verify(office).faults] != []


def test_rows_that_stand_out_of_order_show(office: Office) -> None:
    """A row whose identifier is made smaller than its predecessor's, with hashes that fit."""
    rehashed(
        office.db, "UPDATE history SET id = '00' || substr(id, 3) WHERE id = (SELECT max(id) FROM history)"
    )
    assert not verify(office).sound


@pytest.mark.parametrize("named", (True, False))
def test_what_a_part_left_out_is_missing_unless_a_row_names_it(office: Office, named: bool) -> None:
    (first,) = office.db.rows("SELECT hash, operation FROM history ORDER BY id LIMIT 1")
    assert office.db.one("SELECT count(*) FROM settings") == (1,)
    written(office.db, verifying.PART if named else "another", {"absent": [first[0].hex()]})
    with office.db.atomic():
        office.db.run("DELETE FROM settings")
        office.db.run("DELETE FROM history WHERE operation = ?", (first[1],))
        office.db.run("DELETE FROM operations WHERE id = ?", (first[1],))
    assert verify(office).sound is named


@how(max_examples=25)
@given(st.data())
def test_whatever_is_done_by_the_program_is_sound(made: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, closing(open_office(Path(shutil.copy(made, folder)), WHO)) as office:
        office.reason = "更正"
        for action in data.draw(st.lists(st.sampled_from((*ACTIONS, back, forth)), max_size=12)):
            try:
                action(office, data)
            except UserError:
                continue
        assert verify(office).faults == ()


def test_rows_of_a_clock_that_runs_behind_come_after_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row from a computer that is a year ahead is followed by greater identifiers on one that is not."""
    monkeypatch.setattr(ids, "_last", ids._last)  # so that the next test is not ahead
    ahead = f"{int((date.today().toordinal() + 366 - 719163) * 86_400_000):012x}"
    rehashed(
        office.db,
        f"UPDATE history SET id = '{ahead[:8]}-{ahead[8:]}' || substr(id, 14) "
        "WHERE id = (SELECT max(id) FROM history)",
    )
    case(office, 9)
    rows = office.db.rows("SELECT id, action FROM history ORDER BY id DESC LIMIT 2")
    assert [action for _id, action in rows] == ["insert", "freeze"] and rows[1][0].startswith(ahead[:8])
    assert verify(office).sound


def test_it_can_be_stopped(office: Office) -> None:
    class Stop:
        def report(self, done: int, total: int | None = None, text: str = "") -> None:
            raise Cancelled

        def check(self) -> None: ...

    with office.writing("entry") as writer:
        for n in range(2100):
            writer.insert(
                DISPUTES,
                {"case_no": f"s{n}", "applied_on": "2021-03-02", "applicant": "x", "respondent": "y"},
            )
    with pytest.raises(Cancelled):
        verify(office, Stop())


def test_commands(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(office.db.path)
    editing.save(office, DISPUTES, {"claim_amount": 1200050}, uid := case(office, 8))
    other = Who("李四", "elsewhere")
    with closing(open_office(office.db.path, other)) as second:
        parties.save(
            second, DISPUTES, uid, [{"role": "respondent", "name": "某公司", "phone": "13812345678"}]
        )
    number = office.db.rows("SELECT case_no FROM disputes WHERE uid = ?", (uid,))[0][0]
    assert cli.main(["verify", "--file", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True
    assert cli.main(["history", "disputes", number, "--file", path, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["action"], one["clerk"], one["ledger"]) for one in told] == [
        ("insert", WHO.clerk, "disputes"),
        ("update", WHO.clerk, "disputes"),
        ("insert", "李四", "parties"),
    ]
    assert told[1]["changes"] == {"claim_amount": [None, "12000.50"]}
    assert cli.main(["history", "disputes", number, "--file", path, "--lang", "zh_CN"]) == 0
    text = capsys.readouterr().out
    assert "（空） → 12,000.50" in text and "13812345678" not in text
    assert cli.main(["history", "disputes", "没有", "--file", path]) == 1
    capsys.readouterr()
    unguarded(office.db)
    with office.db.atomic():
        office.db.run("UPDATE disputes SET remarks = '改' WHERE uid = ?", (uid,))
    assert cli.main(["verify", "--file", path]) == 1
    assert number in capsys.readouterr().err
    record = office.db.rows("SELECT id FROM history WHERE uid = ? ORDER BY id", (uid,))[0][0]
    found = history.of_record(office, DISPUTES, {"uid": uid})
    assert history.as_of(found, record).get("claim_amount") is None
    assert history.as_of(found, found[-1].entry.id)["claim_amount"] == 1200050
