"""Every file that records leave by is a line of the history."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest

import tracker
from tests.elsewhere import held_elsewhere
from tests.left_open import as_after_a_kill, damage
from tests.office import WHO, filled, random_record
from tracker.cli import main
from tracker.commands.base import General, reading, writing
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.operations import (
    attachments,
    backup_files,
    backups,
    day_sheet,
    exporting,
    exports,
    importing,
    opening,
    papers,
    parting,
    report,
    undoing,
    verifying,
)
from tracker.operations.attachments import Incoming
from tracker.operations.office import Office, open_office
from tracker.operations.setup import open_to_read
from tracker.period import Period
from tracker.schema.ledger import Ledger

YEAR = Period.year(2020, date(2021, 1, 1))
EMPLOYER = ["name", "phone"]


@dataclass(frozen=True)
class Way:
    """A function by which records leave, tried; `whole` where it does not mask personal numbers."""

    by: str
    leave: Callable[[Office, Path], object]
    whole: bool = False
    writes: bool = False
    """Whether only who may write to the file can do it at all."""


def one_attached(office: Office, path: Path) -> None:
    file = attachments.of_record(office.db, only(office, DISPUTES))[0]
    attachments.save_as(office, file, path)


def documents(office: Office, path: Path) -> None:
    offer = papers.offers(office, DISPUTES)[0]
    uids, keys = [only(office, DISPUTES)], [offer.key]
    wish = papers.Wish(
        ledger=DISPUTES, uids=uids, keys=keys, folder=path.parent, attach=False, as_event=False
    )
    (made,) = papers.make(office, wish).paths
    made.rename(path)


def problems(office: Office, path: Path) -> None:
    sheet = path.with_name("rows.csv")
    sheet.write_text("案号,申请日期,申请人,被申请人\n1,没有这一天,张三,某公司\n", encoding="utf-8")
    importing.export_problems(office, importing.read_plan(office, DISPUTES, sheet), path)


def only(office: Office, ledger: Ledger) -> str:
    return str(office.db.rows(f"SELECT uid FROM {ledger.name} ORDER BY uid LIMIT 1")[0][0])


WAYS = {
    "workbook.xlsx": Way(
        "operations.exporting.workbook", lambda office, path: exporting.workbook(office, YEAR, path)
    ),
    "return.xlsx": Way(
        "operations.exporting.statistical_return",
        lambda office, path: exporting.statistical_return(office, YEAR, path),
    ),
    "list.csv": Way(
        "operations.exporting.export_list",
        lambda office, path: exporting.export_list(office, Query(EMPLOYERS), EMPLOYER, path),
    ),
    "whole.xlsx": Way(
        "operations.exporting.export_list",
        lambda office, path: exporting.export_list(
            office, Query(EMPLOYERS), EMPLOYER, path, whole_numbers=True
        ),
        whole=True,
    ),
    "today.csv": Way(
        "operations.day_sheet.export", lambda office, path: day_sheet.export(office, "今日", (), path)
    ),
    "report.docx": Way("operations.report.report", lambda office, path: report.report(office, YEAR, path)),
    "part.db": Way(
        "operations.parting.write",
        lambda office, path: parting.write(office, parting.Choice(), path),
        whole=True,
    ),
    "attached.txt": Way("operations.attachments.save_as", one_attached, whole=True),
    "paper.docx": Way("operations.papers._write", documents, whole=True, writes=True),
    "problems.xlsx": Way("operations.importing.export_problems", problems, whole=True),
    "copy.db": Way(
        "commands.backing._written",
        lambda office, path: main(["backup", "--out", str(path), "--file", str(office.db.path)]),
        whole=True,
    ),
}
IN_WINDOWS = {"ui.paper.write_pdf"}
"""Tried with printing in `tests/ui/test_form_preview.py`."""
WRITERS = ("fresh_file", "snapshots.write", "snapshots.copy_file", "restoring.restore", "restoring.swap")
"""By these what holds records gets a name."""
WITHOUT_A_LINE = {
    "operations.backups._put": "a backup, closed to others as the file is, where the office has them",
    "operations.backups._copy_into": "the same in the second place",
    "operations.backup_files.keep_as": "a backup is not written to; the new file tells of it",
    "commands.backing.restore_command": "as keep_as, or the file itself, which tells of it",
    "ui.damaged_dialog.take_back": "the file itself, which tells of it",
    "app._swap": "the file itself, which tells of it",
    "operations.attachments.copy_to_open": "a private copy to be looked at, which is cleared away",
    "operations.rescuing._rescued": "a damaged file is not written to; the new one tells of it",
    "operations.importing.template": "an empty sheet",
    "operations.papers.save_template": "a template",
    "operations.templates.save_as": "a template",
    "operations.working_days.write_out": "a calendar",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    random = Random(2)
    ledgers = (DISPUTES, EMPLOYERS)
    with closing(
        filled(path, {ledger: [random_record(ledger, random) for _n in range(5)] for ledger in ledgers})
    ) as office:
        attachments.attach(
            office, DISPUTES, only(office, DISPUTES), [Incoming("笔录.txt", content=b"110101")]
        )
    return path


def noted(path: Path) -> list[dict[str, object]]:
    with closing(open_office(path, WHO, readonly=True)) as office:
        found = office.db.rows("SELECT changes FROM history WHERE action = 'export' ORDER BY id")
        assert verifying.verify(office).sound
        return [json.loads(text) for (text,) in found]


def test_every_function_that_writes_a_file_is_a_way_or_tells_why_not() -> None:
    """So that a new one cannot be forgotten."""
    root = Path(tracker.__file__).parent
    found = set()
    for source in root.rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(f"{name}(" in text for name in WRITERS) else ():
            calls = (ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call))
            if isinstance(node, ast.FunctionDef) and not set(WRITERS).isdisjoint(calls):
                found.add(".".join((*source.relative_to(root).with_suffix("").parts, node.name)))
    assert found == {way.by for way in WAYS.values()} | IN_WINDOWS | WITHOUT_A_LINE.keys()


@pytest.mark.parametrize(
    ("name", "readonly"),
    [
        (name, readonly)
        for name, way in WAYS.items()
        for readonly in (False, True)
        if not (way.writes and readonly)
    ],
)
def test_what_is_written_is_noted_and_changes_nothing_else(
    name: str, readonly: bool, path: Path, tmp_path: Path
) -> None:
    """From a window, which may write, and from a command, which only reads."""
    with closing(open_office(path, WHO, readonly=readonly)) as office:
        offered = undoing.offered(office)
        WAYS[name].leave(office, tmp_path / name)
        assert undoing.offered(office) == offered
    (told,) = noted(path)
    assert told["what"] and told["whole"] == WAYS[name].whole
    assert told["file"] == name or name == "paper.docx"  # which has a name of its own


def test_a_data_file_made_of_a_backup_tells_of_it_itself(path: Path, tmp_path: Path) -> None:
    with closing(open_office(path, WHO)) as office:
        backup = backups.make(office.db, "asked").path
    before = backup.read_bytes()
    backup_files.keep_as(backup, tmp_path / "kept.db", None)
    with closing(open_office(tmp_path / "kept.db", WHO, readonly=True)) as office:
        told = office.db.rows("SELECT action, changes FROM history ORDER BY id DESC LIMIT 1")
    assert [(kind, json.loads(text)["backup"]) for kind, text in told] == [("restored", backup.name)]
    assert backup.read_bytes() == before and noted(path) == []


def test_what_is_not_written_is_not_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "none" / "w.xlsx")
    assert main(["workbook", "--year", "2020", "--out", out, "--file", str(path)]) == 1
    assert noted(path) == []
    assert main(["workbook", "--year", "2020", "--out", str(tmp_path / "w.xlsx"), "--file", str(path)]) == 0
    assert len(noted(path)) == 1
    capsys.readouterr()


def test_a_command_notes_its_export_while_a_window_has_the_file(path: Path, tmp_path: Path) -> None:
    with held_elsewhere(path) as other:
        words = ["--year", "2020", "--file", str(path)]
        assert main(["report", *words, "--out", str(tmp_path / "report.docx")]) == 0
        assert other.stdin and other.stdin.write("\n") and not other.stdin.flush()
        other.wait(timeout=30)
    assert [told["file"] for told in noted(path)] == ["report.docx"]


def test_who_may_not_write_exports_without_a_line(path: Path, tmp_path: Path) -> None:
    with closing(opening.to_read(path, WHO, why="只能查看。")) as office:
        WAYS["list.csv"].leave(office, tmp_path / "list.csv")
    assert (tmp_path / "list.csv").exists() and noted(path) == []


def test_a_command_says_that_its_export_could_not_be_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_after_a_kill(path)  # so that it is looked through before anything is written to it
    damage(path)
    with reading(General(file=str(path))) as office:
        WAYS["list.csv"].leave(office, tmp_path / "list.csv")
    assert (tmp_path / "list.csv").exists() and "没有记入历史" in capsys.readouterr().err


def test_a_command_that_writes_says_so_too(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(General(file=str(path))) as office:
        path.rename(path.with_name("away.db"))
        WAYS["list.csv"].leave(office, tmp_path / "list.csv")
        path.with_name("away.db").rename(path)
    assert (tmp_path / "list.csv").exists() and "没有记入历史" in capsys.readouterr().err


def test_of_a_file_that_another_one_has_it_is_noted_beside(path: Path, tmp_path: Path) -> None:
    with held_elsewhere(path) as other, closing(open_to_read(path, "李四正在使用")) as office:
        exports.note(office, "清单", tmp_path / "list.xlsx", 3)
        assert other.stdin and other.stdin.write("\n") and not other.stdin.flush()
        other.wait(timeout=30)
        assert [row["file"] for row in noted(path)] == ["list.xlsx"]
    with closing(open_to_read(path, "只看")) as office:  # as a damaged one that is looked at
        exports.note(office, "清单", tmp_path / "other.xlsx", 3)
    assert [row["file"] for row in noted(path)] == ["list.xlsx"]
