"""`merge` on the command line: which password opens the other file, and what is told of a merge that brings little."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import CLERKS, case, uids
from tests.office import new_office
from tracker.cli import main
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, editing, exports, passwords
from tracker.operations.office import Office, open_office, save_settings

OURS, THEIRS = "我们的密码很长1234", "他们的密码很长5678"


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two copies of a file under our password, with a case that only the second one has."""
    ours, theirs = tmp_path / "ours.db", tmp_path / "theirs.db"
    with closing(new_office(ours, CLERKS[0])) as office:
        case(office, "1号")
    passwords.change(ours, None, OURS, CLERKS[0])
    shutil.copy(ours, theirs)
    with closing(open_office(theirs, CLERKS[1], key=OURS)) as office:
        case(office, "2号")
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", OURS)
    return ours, theirs


def test_a_copy_under_our_own_password_needs_no_second_one(
    sealed: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = sealed
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", THEIRS)
    assert main(["merge", str(theirs), "--file", str(ours)]) == 0
    assert "新增 1 条" in capsys.readouterr().out


def test_another_password_is_taken_from_its_own_variable_or_asked_for(
    sealed: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = sealed
    passwords.change(theirs, OURS, THEIRS, CLERKS[1])
    merge = ["merge", str(theirs), "--file", str(ours)]
    assert main(merge) == 1
    assert "CASE_TRACKER_OTHER_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", THEIRS)
    assert main(merge) == 0
    assert "新增 1 条" in capsys.readouterr().out


def test_history_or_settings_alone_are_told(
    two: tuple[Office, Office], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = two
    merge = ["merge", str(theirs.db.path), "--file", str(ours.db.path)]
    ours.close()
    exports.note(theirs, "List", Path("清单.xlsx"), 3)
    assert main(merge) == 0
    assert capsys.readouterr().out.splitlines() == ["已合并：只有历史记录"]
    save_settings(theirs, {"region": "京怀"})
    assert main(merge) == 0
    assert capsys.readouterr().out.splitlines() == ["已合并：设置"]
    assert main(merge) == 0
    assert capsys.readouterr().out.splitlines() == ["对方文件中没有新内容。"]


def test_what_a_file_without_shared_history_sets_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = tmp_path / "ours.db", tmp_path / "theirs.db"
    with closing(new_office(ours, CLERKS[0])) as office:
        case(office, "1号")
    with closing(new_office(theirs, CLERKS[1])) as office:
        customising.add_field(office, DISPUTES, "工种", "text")
        save_settings(office, {"region": "京昌"})
    assert main(["merge", str(theirs), "--newest", "--file", str(ours)]) == 0
    assert capsys.readouterr().out.splitlines() == ["已合并：设置、台账与指标"]


def test_of_what_was_decided_by_the_newest_it_is_told_which_stands(
    two: tuple[Office, Office], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = two
    uid = uids(ours)[0]
    editing.save(theirs, DISPUTES, {"remarks": "乙记"}, uid)
    editing.save(ours, DISPUTES, {"remarks": "甲记"}, uid)
    ours.close()
    assert main(["merge", str(theirs.db.path), "--newest", "--file", str(ours.db.path)]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "备注" in line]
    assert line.endswith("为乙记；现为甲记"), line
