"""Clerks and heads: who is named, who may what, who acts; and that nobody is asked for any of it before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tests.unit.test_undoing import case
from tracker.cli import main
from tracker.db import freezes, records
from tracker.db.history import Who
from tracker.db.log import Wanted
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import (
    backups,
    clerks,
    editing,
    exports,
    freezing,
    log,
    merging,
    today,
    undoing,
    verifying,
)
from tracker.operations.office import Office, open_office, save_settings
from tracker.operations.setup import open_as_set
from tracker.period import Period
from tracker.schema.clerks import Clerk, Deed, Role

HEAD, CLERK = Clerk("李敏", "科长", Role.HEAD), Clerk("王强", "监察员")
YEAR = Period.year(2020)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


@pytest.fixture
def named(office: Office) -> Office:
    """An office with a head and a clerk, the clerk acting."""
    for one in (CLERK, HEAD):
        clerks.name(office, one)
    clerks.act_as(office, CLERK.name)
    return office


def binned(office: Office) -> str:
    """A case in the bin, put there at the first call; its uid."""
    same = records.by_number(office.db, DISPUTES, "9号")
    uid = str(same[0]["uid"]) if same else case(office, 9)
    editing.bin_records(office, DISPUTES, [uid])
    return uid


def test_until_a_head_is_named_everybody_may_everything(office: Office) -> None:
    assert all(office.may(deed) for deed in Deed) and clerks.is_known(office)
    clerks.name(office, CLERK)
    assert all(office.may(deed) for deed in Deed)
    clerks.name(office, HEAD)
    assert not any(office.may(deed) for deed in Deed)
    clerks.act_as(office, HEAD.name)
    assert all(office.may(deed) for deed in Deed)


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (lambda office: freezing.freeze(office, YEAR), "封账"),
        (lambda office: freezing.unfreeze(office, freezes.all_freezes(office.db)[0], "更正"), "解封"),
        (lambda office: editing.delete_records(office, DISPUTES, [binned(office)]), "删除"),
        (lambda office: clerks.name(office, Clerk("赵敏")), "人员"),
        (lambda office: clerks.change(office, replace(CLERK, role=Role.HEAD)), "人员"),
        (lambda office: clerks.remove(office, HEAD), "人员"),
        (lambda office: log.read(office, Wanted(clerk=HEAD.name)), "他人"),
    ],
)
def test_a_clerk_who_tries_is_told_who_can_and_nothing_changes(
    named: Office, deed: Callable[[Office], object], words: str
) -> None:
    clerks.act_as(named, HEAD.name)
    binned(named)
    freezing.freeze(named, YEAR)
    clerks.act_as(named, CLERK.name)
    before = named.db.rows("SELECT hash FROM heads")
    with pytest.raises(UserError, match=f"{words}.*李敏"):
        deed(named)
    assert named.db.rows("SELECT hash FROM heads") == before
    clerks.act_as(named, HEAD.name)
    if words != "人员":
        deed(named)


def test_a_name_is_unique_and_a_name(office: Office) -> None:
    clerks.name(office, CLERK)
    for wrong in ("", " 　", "王强", " 王强 ", "王强、李敏", "长" * 31):
        with pytest.raises(UserError):
            clerks.name(office, Clerk(wrong))
    assert clerks.names(office) == ("王强",)


def test_the_last_head_stays_as_long_as_anybody_does(named: Office) -> None:
    clerks.act_as(named, HEAD.name)
    for gone in (replace(HEAD, role=Role.CLERK), replace(HEAD, retired=True)):
        with pytest.raises(UserError, match="最后一位"):
            clerks.change(named, gone)
    clerks.change(named, replace(CLERK, role=Role.HEAD))
    clerks.change(named, replace(HEAD, retired=True))
    assert (clerks.names(named), clerks.is_known(named)) == (("王强",), False)
    clerks.act_as(named, "王强")
    clerks.change(named, replace(CLERK, retired=True))
    assert named.may(Deed.FREEZE) and clerks.is_known(named)


def test_who_has_acted_retires_and_a_mistyped_name_is_taken_out(named: Office) -> None:
    case(named, 1)
    clerks.act_as(named, HEAD.name)
    clerks.name(named, Clerk("错字"))
    clerks.remove(named, Clerk("错字"))
    with pytest.raises(UserError, match=r"王强.*历史"):
        clerks.remove(named, CLERK)
    clerks.change(named, replace(CLERK, retired=True))
    assert [one.name for one in named.clerks] == ["李敏", "王强"] and clerks.names(named) == ("李敏",)


def test_naming_is_undone_but_never_past_the_last_head(named: Office) -> None:
    clerks.act_as(named, HEAD.name)
    clerks.name(named, Clerk("赵敏", role=Role.HEAD))
    assert undoing.offered(named).undo == "添加人员 赵敏（负责人）"
    clerks.act_as(named, "赵敏")
    clerks.change(named, replace(HEAD, role=Role.CLERK))
    clerks.act_as(named, HEAD.name)
    with pytest.raises(UserError, match="赵敏"):
        undoing.undo(named)
    assert "赵敏" in clerks.names(named)


def test_copies_that_name_the_same_people_come_together(tmp_path: Path, named: Office) -> None:
    other = tmp_path / "other.db"
    clerks.act_as(named, HEAD.name)
    named.db.copy_to(other)
    with closing(open_office(other, named.who)) as there:
        clerks.name(there, Clerk("赵敏", "书记员"))
        clerks.change(there, replace(CLERK, post="副科长"))
    clerks.name(named, Clerk("赵敏", "书记员"))
    merging.merge(named, other, newest=True)
    with closing(open_office(other, named.who)) as there:
        merging.merge(there, named.db.path, newest=True)
        assert there.clerks == named.clerks
        assert verifying.verify(there).sound
    assert [one.line() for one in named.clerks] == ["李敏 · 科长", "王强 · 副科长", "赵敏 · 书记员"]


# who acts


def test_a_file_is_opened_for_whom_the_environment_names_or_for_its_only_clerk(
    named: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_as_set(named.db.path)) as opened:
        assert not clerks.is_known(opened)
    monkeypatch.setenv("CASE_TRACKER_CLERK", "王强")
    with closing(open_as_set(named.db.path)) as opened:
        assert opened.who.clerk == "王强"
    monkeypatch.delenv("CASE_TRACKER_CLERK")
    clerks.act_as(named, HEAD.name)
    clerks.change(named, replace(CLERK, retired=True))
    with closing(open_as_set(named.db.path)) as opened:
        assert opened.who.clerk == "李敏"
        save_settings(opened, {"clerk": "某人"})
        assert opened.who.clerk == "李敏"


def test_mine_is_whose_turn_it_is(office: Office) -> None:
    save_settings(office, {"clerk": HEAD.name})
    assert set(today.clerks(office)) == {WHO.clerk, HEAD.name}
    for one in (CLERK, HEAD):
        clerks.name(office, one)
    clerks.act_as(office, CLERK.name)
    case(office, 1)
    assert today.clerks(office) == (CLERK.name,)
    assert today.read(office, date.today()).group(today.ENTERED).total == 1
    clerks.act_as(office, HEAD.name)
    assert today.read(office, date.today()).group(today.ENTERED).total == 0


# the command line


def test_commands_that_write_want_a_clerk_of_the_file(
    named: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    file, period = str(named.db.path), ["--year", "2020"]
    assert main(["freeze", *period, "--file", file, "--clerk", "无名"]) == 1
    assert "李敏" in capsys.readouterr().err
    assert main(["freeze", *period, "--file", file, "--clerk", "王强"]) == 1
    assert capsys.readouterr().err.strip() == "封账须由负责人办理：请找李敏。"
    assert main(["freeze", *period, "--file", file, "--clerk", "李敏"]) == 0
    assert main(["freeze", "--end", "--reason", "更正", *period, "--file", file, "--clerk", "王强"]) == 1
    assert main(["stats", *period, "--file", file, "--clerk", "无名"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        ("restore", "{backup}"),
        ("password", "set"),
        ("part", "{new}", "--ledger", "disputes"),
        ("backup", "--out", "{new}"),
    ],
    ids=" ".join,
)
def test_commands_for_the_whole_file_want_a_clerk_of_it(
    named: Office,
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CASE_TRACKER_NEW_PASSWORD", "一个很长的密码1234")
    case(named, 1)
    backup, path, new = backups.make(named.db, "day").path, named.db.path, tmp_path / "new.db"
    before = named.db.rows("SELECT hash FROM heads")
    named.close()
    filled = [word.format(backup=backup, new=new) for word in words]
    assert main([*filled, "--file", str(path), "--clerk", "无名"]) == 1
    assert "无名" in capsys.readouterr().err and not new.exists()
    with closing(open_office(path, WHO, readonly=True)) as office:
        assert office.db.rows("SELECT hash FROM heads") == before
    assert main([*filled, "--file", str(path), "--clerk", "王强"]) == 0


def test_the_log_tells_of_what_changes_no_record_too(office: Office, tmp_path: Path) -> None:
    exports.note(office, "争议清单", tmp_path / "清单.xlsx", 12, whole=True)
    freezing.freeze(office, YEAR, "年报")
    clerks.name(office, CLERK)
    undoing.undo(office)
    told = [(done.kind, done.what) for done in log.read(office)]
    assert told == [
        ("撤销", "添加人员 王强（经办人）"),
        ("更改设置", "添加人员 王强（经办人）"),
        ("封账", "2020-01-01至2020-12-31 · 年报"),
        ("导出", "争议清单 · 清单.xlsx"),
    ]
    exported = log.details(office, log.read(office)[-1].operation)
    assert [(one.field, one.after) for one in exported] == [
        ("文件", "清单.xlsx"),
        ("条数", "12"),
        ("证件号与电话", "完整"),
    ]
    named = log.details(office, log.read(office)[1].operation)
    assert [(one.field, one.before, one.after) for one in named] == [("王强", "（空）", "监察员 · 经办人")]


def test_the_log_tells_what_was_done_to_a_clerk(office: Office) -> None:
    for one in (CLERK, HEAD):
        clerks.name(office, one)
    office.who = Who(HEAD.name, office.who.origin)
    for change in (
        {"role": Role.HEAD},
        {"role": Role.CLERK},
        {"post": "所长"},
        {"retired": True},
        {"retired": False},
    ):
        clerks.change(office, replace(CLERK, **change))
    clerks.name(office, Clerk("赵明"))
    clerks.remove(office, Clerk("赵明"))
    told = [done.what for done in log.read(office)]
    assert told[::-1] == [
        "添加人员 王强（经办人）",
        "添加人员 李敏（负责人）",
        "指定 王强 为负责人",
        "王强 不再任负责人",
        "修改人员 王强 的职务",
        "停用人员 王强",
        "恢复人员 王强",
        "添加人员 赵明（经办人）",
        "移除人员 赵明",
    ]


def test_the_history_of_a_record_in_no_list_is_told(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    editing.delete_records(office, DISPUTES, [binned(office)])
    assert main(["history", "disputes", "9号", "--file", str(office.db.path)]) == 0
    assert "删除" in capsys.readouterr().out
    assert main(["history", "disputes", "8号", "--file", str(office.db.path)]) == 1


def test_the_log_is_told_without_a_window(named: Office, capsys: pytest.CaptureFixture[str]) -> None:
    case(named, 1)
    clerks.act_as(named, HEAD.name)
    case(named, 2)
    file = str(named.db.path)
    assert main(["history", "--file", file, "--clerk", "王强", "--json"]) == 0
    (mine,) = json.loads(capsys.readouterr().out)
    assert (mine["clerk"], mine["what"], list(mine["records"])) == ("王强", "登记 1号", ["disputes"])
    assert main(["history", "--file", file, "--clerk", "李敏", "--kind", "records"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[-1] for line in lines] == ["登记 2号", "登记 1号"]
    assert main(["history", "--file", file, "--clerk", "王强", "--by", "李敏"]) == 1
    assert main(["history", "--file", file, "--clerk", "李敏", "--by", "王强", "--most", "1"]) == 0
    assert "登记 1号" in capsys.readouterr().out
    assert main(["history", "--file", file]) == 1
    assert "李敏" in capsys.readouterr().err
    assert main(["history", "disputes", "--file", file]) == 2
