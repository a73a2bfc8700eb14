"""What commands say of a file or a disk that is not as it should be: in sentences, with what can be done."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import case
from tests.left_open import damage
from tests.office import WHO
from tests.unit.test_full_disk import full, one_case
from tracker import logs, paths
from tracker.cli import main
from tracker.db import keys
from tracker.db.database import PAGE_BYTES
from tracker.operations import backups
from tracker.operations.office import open_office
from tracker.operations.verifying import verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return one_case(tmp_path)


def another(path: Path, folder: Path) -> Path:
    """A copy of the file with a case more."""
    other = Path(shutil.copy(path, folder / "other.db"))
    with closing(open_office(other, WHO)) as office:
        case(office, "2")
    return other


@pytest.fixture
def bare() -> Iterator[None]:
    """The root of all logs as a process has it: with no handler, so that Python itself prints warnings."""
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, []
    yield
    root.handlers = handlers


def run(words: Sequence[str], path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """A command's status and what it prints as errors."""
    capsys.readouterr()
    return main([*words, "--file", str(path)]), capsys.readouterr().err


WORDS = (["list", "disputes"], ["verify"], ["merge", "{other}", "--newest"], ["backup"])


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("large", [False, True])  # found on opening, and only at work
def test_of_a_damaged_file_the_commands_are_named_that_help(
    words: list[str],
    large: bool,
    path: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = another(path, tmp_path)
    damage(path, table="disputes")
    if large:
        monkeypatch.setattr("tracker.db.examining.SMALL", 0)
        monkeypatch.setattr("tracker.db.examining._ends", lambda db: None)
    status, told = run([word.format(other=other) for word in words], path, capsys)
    assert status == 1
    assert "case-tracker rescue" in told and "case-tracker backup --list" in told
    assert "no backup" not in told and "重新打开" not in told
    assert len(told.splitlines()) == 1, told


def test_of_another_ones_damaged_file_none_of_ours_is_restored_or_rescued(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    damage(other, table="disputes")
    status, told = run(["merge", str(other), "--newest"], path, capsys)
    assert status == 1 and "other.db 已损坏" in told and "case-tracker" not in told


def test_the_backups_of_a_file_that_cannot_be_opened_are_listed(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_office(path, WHO)) as office:
        made = backups.make(office.db, "asked")
    with path.open("r+b") as file:
        file.write(b"\xff" * keys.PAGE)
    assert main(["backup", "--list", "--file", str(path)]) == 0
    told = capsys.readouterr()
    assert made.name in told.out and "损坏" in told.err


def lose_pages(path: Path, pages: int) -> None:
    """A table of which nothing but its pages is left."""
    with closing(open_office(path, WHO)) as office:
        with office.db.atomic():
            office.db.run("CREATE TABLE lost (content BLOB)")
            office.db.run("INSERT INTO lost VALUES (zeroblob(?))", ((pages - 1) * PAGE_BYTES,))
        office.db.connection.execute("PRAGMA writable_schema = ON")
        with office.db.atomic():
            office.db.run("DELETE FROM sqlite_master WHERE name = 'lost'")


def test_damage_is_one_sentence_and_its_places_are_for_who_looks_into_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose_pages(path, 4)
    status, told = run(["verify"], path, capsys)
    assert status == 1 and "：4 处文件结构损坏" in told and "Page" not in told
    assert "case-tracker rescue" in told and len(told.splitlines()) == 2
    assert main(["verify", "--json", "--file", str(path)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert len(found["faults"]) == 1 and len(found["damage"]) == 4 and "Page" in found["damage"][0]


def test_of_many_damaged_places_it_is_told_that_there_may_be_more(path: Path) -> None:
    lose_pages(path, 40)
    with closing(open_office(path, WHO)) as office:
        assert "至少 20 处" in verify(office).told[0]


@pytest.mark.usefixtures("bare")
def test_no_word_of_saved_work_where_nothing_is_saved(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup finds no room, and then the merge neither."""
    other = another(path, tmp_path)
    with full(tmp_path / "disk", path, left=300) as file:
        status, told = run(["merge", str(other)], file, capsys)
    assert status == 1 and len(told.splitlines()) == 1 and "满" in told, told


@pytest.mark.usefixtures("bare")
def test_a_missing_backup_is_told_once_with_what_must_stay_free(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = another(path, tmp_path)
    with full(tmp_path / "disk", path, left=8 * 1024) as file:
        status, told = run(["merge", str(other)], file, capsys)
    assert status == 0 and len(told.splitlines()) == 1, told
    assert "16.0 MB" in told and "照常保存" in told
    log = (paths.log_folder() / logs.FILE).read_text(encoding="utf-8")
    assert "no backup" in log, "what the program notes goes into its log, and nowhere else"
