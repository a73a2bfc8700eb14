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

from tests.effort import tries
from tests.graph import rehashed, unguarded, written
from tests.office import WHO
from tests.unit.test_undoing import back, case, forth
from tests.unit.test_undoing_cases import ACTIONS
from tracker import cli
from tracker.db import draws, freezes, templates, verifying
from tracker.db.draws import Draw
from tracker.db.history import Journal, Who
from tracker.errors import Cancelled, FileProblem, UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, editing, freezing, merging, parties, parting
from tracker.operations import past as history
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, make_office, open_office, save_settings
from tracker.operations.verifying import gap_told, sentence, verify
from tracker.period import Period
from tracker.schema.draw import Lot, Member


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
        draws.keep(office.db, WHO, drawn(uids[0]))
        freezing.unfreeze(office, freezing.freeze(office, Period.year(2021), "半年").freeze, "有误")
        freezing.freeze(office, Period.year(2020), "年报")
    return path


def drawn(uid: str) -> Draw:
    """A draw of one case for one reviewer."""
    target, person = Member(uid, "一"), Member("p", "甲")
    lots, at = (Lot(target, (person,)),), "2020-05-06T07:08:09"
    by = (at, WHO.clerk, WHO.origin, "file_review", "评查", "7")
    return Draw("d1", *by, 1, 1, (target,), (person,), lots, "disputes")


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
    "a day due": "UPDATE disputes SET due_on = '2099-01-01' WHERE applicant = '李四'",
    "the running number": "UPDATE disputes SET no = no + 10 WHERE applicant = '李四'",
    "the number as compared": "UPDATE disputes SET number_key = 'x' WHERE applicant = '李四'",
    "who entered it": "UPDATE disputes SET created_by = 'x' WHERE applicant = '李四'",
    "when it was changed": "UPDATE disputes SET updated_at = '2019-01-01T00:00:00' WHERE applicant = '李四'",
    "out of the bin": "UPDATE disputes SET binned_at = NULL, binned_by = NULL WHERE binned_at IS NOT NULL",
    "into the bin": "UPDATE disputes SET binned_at = '2020-01-01T00:00:00' WHERE applicant = '李四'",
    "a record less": "DELETE FROM disputes WHERE applicant = '李四'",
    "a party less": "DELETE FROM parties",
    "a content less": "DELETE FROM contents WHERE digest IN (SELECT digest FROM attachments)",
    "a record more": "INSERT INTO disputes(uid, year, no) VALUES ('x', 2020, 99)",
    "a setting": "UPDATE settings SET value = 'x' WHERE key = 'region'",
    "a setting less": "DELETE FROM settings WHERE key = 'region'",
    "a setting more": "INSERT INTO settings VALUES ('office', 'x')",
    "a template": "UPDATE templates SET content = x'00'",
    "a template less": "DELETE FROM templates",
    "a frozen figure": "UPDATE frozen_figures SET content = replace(content, '\"numerator\": 2', '\"numerator\": 9')",
    "a frozen figure less": "DELETE FROM frozen_figures WHERE place = 3",
    "frozen figures in another order": "UPDATE frozen_figures SET place = place + 1000 WHERE place = 3",
    "what a frozen figure counted": "UPDATE frozen_counts SET fields = 'uid' WHERE key = 'disputes.accepted'",
    "a frozen condition less": "DELETE FROM frozen_counts WHERE key = 'disputes.accepted'",
    "a frozen lock": "UPDATE frozen_locks SET condition = 'no = 0' WHERE ledger = 'disputes'",
    "a frozen lock less": "DELETE FROM frozen_locks WHERE ledger = 'petitions'",
    "a kept record": "UPDATE frozen_records SET content = replace(content, '张三', '王五')",
    "a kept record less": "DELETE FROM frozen_records WHERE rowid = (SELECT max(rowid) FROM frozen_records)",
    "a kept record more": "INSERT INTO frozen_records SELECT freeze, 'x', 'x', '{}' FROM frozen_records LIMIT 1",
    "when was frozen": "UPDATE freezes SET at = '2019-01-01T00:00:00' WHERE note = '年报'",
    "who froze": "UPDATE freezes SET clerk = 'x' WHERE note = '年报'",
    "what was frozen": "UPDATE freezes SET as_of = '2021-02-03' WHERE note = '年报'",
    "why was frozen": "UPDATE freezes SET note = 'x' WHERE note = '年报'",
    "a freeze that ended": "UPDATE freezes SET thawed_at = '2021-01-01T00:00:00', thawed_by = 'x', thawed_why = 'x'",
    "a freeze that goes on": "UPDATE freezes SET thawed_at = NULL, thawed_by = NULL, thawed_why = NULL",
    "a freeze less": "DELETE FROM freezes WHERE note = '年报'",
    "a freeze more": "INSERT INTO freezes SELECT 'x', begin, \"end\", as_of, at, clerk, origin, note, "
    "NULL, NULL, NULL FROM freezes LIMIT 1",
    "a draw's seed": "UPDATE draws SET seed = '8'",
    "a draw's result": "UPDATE draws SET content = replace(content, '甲', '乙')",
    "records made of a draw": "UPDATE draws SET content = json_set(content, '$.made', json('[\"x\"]'))",
    "when was drawn": "UPDATE draws SET at = '2020-05-07T07:08:09'",
    "who drew": "UPDATE draws SET clerk = 'x'",
    "what was drawn": "UPDATE draws SET kind = 'double_random'",
    "what for was drawn": "UPDATE draws SET title = 'x'",
    "a draw of nonsense": "UPDATE draws SET content = 'null'",
    "a draw less": "DELETE FROM draws",
    "a draw more": "INSERT INTO draws SELECT 'x', at, clerk, origin, kind, title, seed, content FROM draws",
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


@pytest.mark.parametrize(
    "tampering", [TAMPERINGS[key] for key in ("a frozen figure", "a kept record less", "a draw's seed")]
)
def test_figures_and_draws_that_were_altered_are_not_merged(
    office: Office, tmp_path: Path, tampering: str
) -> None:
    unguarded(office.db)
    with office.db.atomic():
        office.db.run(tampering)
    with closing(make_office(tmp_path / "ours.db", WHO)) as ours:
        case(ours, 7)
        with pytest.raises(FileProblem, match=r"cases\.db"):
            merging.merge(ours, office.db.path, newest=True)
        assert (
            ours.db.rows("SELECT count(*) FROM freezes")
            == [(0,)]
            == ours.db.rows("SELECT count(*) FROM draws")
        )


def test_freezes_and_draws_that_came_by_merges_are_sound(office: Office, tmp_path: Path) -> None:
    """Each copy keeps the rows in the order in which they were sealed, and the other one's end of a freeze."""
    with closing(make_office(tmp_path / "ours.db", WHO)) as ours:
        merging.merge(ours, office.db.path, newest=True)
        with closing(make_office(tmp_path / "third.db", WHO)) as third:
            merging.merge(third, ours.db.path, newest=True)
            freezing.unfreeze(ours, freezes.all_freezes(ours.db)[0], "重报")
            freezing.unfreeze(third, freezes.all_freezes(third.db)[0], "也要重报")
            with third.db.atomic():
                journal = Journal(third.db, WHO, "draw")
                draws.set_made(third.db, journal, "d1", ["u"])
                journal.flush()
            merging.merge(third, ours.db.path, newest=True)
            merging.merge(ours, third.db.path, newest=True)
            for each in (ours, third):
                assert verify(each).faults == ()
                assert len(freezes.all_freezes(each.db)) == 2 and draws.made(each.db, "d1") == ("u",)


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


def test_a_branch_that_stands_before_what_it_left_shows(office: Office, tmp_path: Path) -> None:
    """Though the history went on there too, and both were merged, so that it ends where it should."""
    case(office, 7)
    office.db.copy_to(tmp_path / "theirs.db")
    with closing(open_office(tmp_path / "theirs.db", WHO)) as theirs, theirs.because("更正"):
        branch = case(theirs, 8)
    case(office, 9)
    merging.merge(office, tmp_path / "theirs.db")
    assert verify(office).sound
    rehashed(office.db, f"UPDATE history SET id = '00' || substr(id, 3) WHERE uid = '{branch}'")
    assert [fault.text for fault in verify(office).faults] == [
        "A row before this one is missing from the history, or comes after it"
    ]


@pytest.mark.parametrize("named", (True, False))
def test_what_a_part_left_out_is_missing_unless_a_row_names_it(office: Office, named: bool) -> None:
    """A row that names what is gone hides nothing: the history is not unbroken then, and who wrote the row is told."""
    (first,) = office.db.rows("SELECT hash, operation FROM history ORDER BY id LIMIT 1")
    assert office.db.one("SELECT count(*) FROM settings") == (1,)
    written(office.db, verifying.PART if named else "another", {"absent": [first[0].hex()]})
    with office.db.atomic():
        office.db.run("DELETE FROM settings")
        office.db.run("DELETE FROM history WHERE operation = ?", (first[1],))
        office.db.run("DELETE FROM operations WHERE id = ?", (first[1],))
    found = verify(office)
    assert found.sound is named and not found.unbroken
    if named:
        (gap,) = found.gaps
        assert (gap.clerk, gap.rows, gap.rescued) == (WHO.clerk, 1, False)
        assert WHO.clerk in gap_told(gap) and "1" in gap_told(gap)


@how(max_examples=tries(12))
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


def test_rows_of_a_clock_that_runs_behind_come_after_all_the_same(office: Office) -> None:
    """A row from a computer that is a year ahead is followed by greater identifiers on one that is not."""
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


def test_a_part_is_told_until_all_of_it_is_there(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part, whole = tmp_path / "part.db", tmp_path / "whole.db"
    case(office, 8, applied_on="2021-05-06")
    editing.save(office, DISPUTES, {"remarks": "后来"}, case(office, 9))
    parting.write(office, parting.Choice(("disputes",), "2021-01-01", "2021-12-31"), part)
    assert cli.main(["verify", "--file", str(part), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    left = verify(office).records - 1
    assert "unbroken" not in told and "with gaps" in told
    assert f"that {WHO.clerk} wrote on {date.today()}: {left} records of the whole file" in told
    assert cli.main(["verify", "--file", str(part), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unbroken"] is False
    office.db.copy_to(whole)
    with closing(open_office(whole, WHO)) as other:
        merging.merge(other, part, newest=True)  # of a whole file nothing is missing, whatever parts came in
        assert verify(other).unbroken
    with closing(make_office(tmp_path / "ours.db", WHO)) as ours:
        merging.merge(ours, part, newest=True)
        assert verify(ours).sound and len(verify(ours).gaps) == 1
        merging.merge(ours, office.db.path, newest=True)
        assert verify(ours).unbroken


def test_a_part_of_the_first_records_is_told_as_well(office: Office, tmp_path: Path) -> None:
    """Of rows that nothing follows the last ones are named."""
    for n in (8, 9):
        case(office, n, applied_on=f"202{n - 4}-05-06")
    part = tmp_path / "part.db"
    parting.write(office, parting.Choice(("disputes",), "2020-01-01", "2024-12-31"), part)
    with closing(open_office(part, WHO)) as other:
        assert verify(other).sound and verify(other).gaps


def test_the_last_change_is_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """An end that was cut off leaves no trace in the file: it shows by the day, and against a copy."""
    whole = office.db.path.with_name("whole.db")
    ends = office.db.rows("SELECT hash FROM heads")
    before = verify(office).last
    office.db.copy_to(whole)
    other = Who("李四", "elsewhere")
    with closing(open_office(whole, other)) as later:
        uid = case(later, 9, applied_on="2023-05-06")
        assert verify(later).last[1] == other.clerk != before[1]
        later.db.copy_to(office.db.path.with_name("later.db"))
        unguarded(later.db)
        with later.db.atomic():
            for table in ("disputes", "history"):
                later.db.run(f"DELETE FROM {table} WHERE uid = ?", (uid,))
            later.db.run("DELETE FROM operations WHERE id NOT IN (SELECT operation FROM history)")
            later.db.run("DELETE FROM heads")
            later.db.run_many("INSERT INTO heads VALUES (?)", ends)
        assert verify(later).last == before
        merged = merging.merge(later, office.db.path.with_name("later.db"), newest=True)
        assert merged.inserted == {"disputes": 1}
    assert cli.main(["verify", "--file", str(office.db.path), "--lang", "en"]) == 0
    assert f"Last change: {before[0].replace('T', ' ')[:16]}, {before[1]}" in capsys.readouterr().out


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
    assert f"{number}：记录被绕过程序改动：备注" in capsys.readouterr().err
    unguarded(office.db)  # which the command made anew
    with office.db.atomic():
        office.db.run("UPDATE disputes SET remarks = NULL WHERE uid = ?", (uid,))
        office.db.run("UPDATE settings SET value = '别处' WHERE key = 'region'")
        office.db.run("DELETE FROM parties")
        office.db.run("DELETE FROM disputes WHERE uid = ?", (uid,))
    assert cli.main(["verify", "--file", path]) == 1
    first, *more = capsys.readouterr().err.strip().split("\n")
    assert number in first and all(more)
    assert "设置被绕过程序改动：地区简称" in more
    record = office.db.rows("SELECT id FROM history WHERE uid = ? ORDER BY id", (uid,))[0][0]
    found = history.of_record(office, DISPUTES, {"uid": uid})
    assert history.as_of(found, record).get("claim_amount") is None
    assert history.as_of(found, found[-1].entry.id)["claim_amount"] == 1200050
