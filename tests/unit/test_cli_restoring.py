"""Which passwords `restore`, `verify` and `merge` take on the command line, where two files may have two of them."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing, suppress
from pathlib import Path
from subprocess import Popen

import pytest

from tests.copies import CLERKS, case
from tests.office import new_office
from tests.unit.test_backups import held
from tracker.cli import main
from tracker.operations import backups, passwords
from tracker.operations.office import open_office

EARLIER, NOW, WRONG = "从前的密码很长1234", "现在的密码很长5678", "别的密码很长90123"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file under a password, with two cases."""
    path = tmp_path / "cases.db"
    with closing(new_office(path, CLERKS[0])) as office:
        case(office, "1号")
    passwords.change(path, None, EARLIER, CLERKS[0])
    shutil.copy(path, tmp_path / "earlier.db")
    passwords.change(path, EARLIER, NOW, CLERKS[0])
    with closing(open_office(path, CLERKS[0], key=NOW)) as office:
        case(office, "2号")
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", NOW)
    return path


@pytest.fixture
def backup(path: Path) -> Path:
    """One from when the file had an earlier password, and one case."""
    return path.with_name("earlier.db")


def test_a_backup_of_an_earlier_password_has_a_variable_of_its_own(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restore = ["restore", str(backup), "--file", str(path)]
    assert main(restore) == 1
    err = capsys.readouterr().err
    assert "earlier.db" in err and "CASE_TRACKER_OTHER_PASSWORD" in err
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", WRONG)
    assert main(restore) == 1
    assert "earlier.db" in capsys.readouterr().err and held(path, NOW) == 2
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", EARLIER)
    assert main(restore) == 0
    assert held(path, NOW) == 1 and held(backup, EARLIER) == 1


def test_with_an_earlier_password_alone_nothing_is_restored(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("CASE_TRACKER_PASSWORD", "CASE_TRACKER_OTHER_PASSWORD"):
        monkeypatch.setenv(variable, EARLIER)
    assert main(["restore", str(backup), "--file", str(path)]) == 1
    assert "cases.db" in capsys.readouterr().err and held(path, NOW) == 2


def test_a_backup_under_the_password_of_the_file_needs_no_second_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_office(path, CLERKS[0], key=NOW)) as office:
        made = backups.make(office.db, "asked").path
        case(office, "3号")
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", WRONG)
    assert main(["restore", str(made), "--file", str(path)]) == 0
    assert held(path, NOW) == 2


@pytest.mark.parametrize("variable", ["CASE_TRACKER_PASSWORD", "CASE_TRACKER_OTHER_PASSWORD"])
def test_where_there_is_no_file_either_one_opens_the_backup(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, EARLIER)
    new = path.with_name("new.db")
    assert main(["restore", str(backup), "--file", str(new)]) == 0
    assert held(new, EARLIER) == 1


def test_over_a_damaged_file_a_plain_backup_comes_under_the_password_of_the_file(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords.change(backup, EARLIER, None, CLERKS[0])
    with path.open("r+b") as file:
        for place in range(40 * 4096, path.stat().st_size, 2 * 4096):
            file.seek(place)
            file.write(b"\xff" * 4096)
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", WRONG)
    assert main(["restore", str(backup), "--file", str(path)]) == 0
    assert held(path, NOW) == 1


def test_a_backup_is_verified_by_either_password(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verify = ["verify", str(backup), "--file", str(path)]
    assert main(verify) == 1
    assert "CASE_TRACKER_OTHER_PASSWORD" in capsys.readouterr().err
    monkeypatch.setenv("CASE_TRACKER_OTHER_PASSWORD", EARLIER)
    assert main(verify) == 0
    monkeypatch.delenv("CASE_TRACKER_OTHER_PASSWORD")
    monkeypatch.setenv("CASE_TRACKER_PASSWORD", EARLIER)
    assert main(verify) == 0


@pytest.mark.skipif(os.name != "posix", reason="elsewhere there is no terminal to be made")
@pytest.mark.usefixtures("slow_keys")
@pytest.mark.parametrize("command", ["restore", "merge"])
def test_on_a_terminal_each_prompt_names_its_file(
    path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("CASE_TRACKER_PASSWORD")
    said, status = on_terminal([command, str(backup), "--file", str(path)], [NOW, EARLIER])
    first, second = (line for line in said.splitlines() if "密码" in line)
    assert "cases.db" in first and "earlier.db" in second
    assert status == 0 and held(path, NOW) == (1 if command == "restore" else 2)


def on_terminal(words: list[str], typed: list[str]) -> tuple[str, int]:
    """What a command says on a terminal of its own, on which at each prompt the next of these lines is typed."""
    import fcntl  # here: not on every system
    import termios

    ours, theirs = os.openpty()
    with Popen(
        [sys.executable, "-m", "tracker", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as child:
        os.close(theirs)
        said, left = b"", list(typed)
        with suppress(OSError):  # what Linux reports once nobody has the other end
            while piece := os.read(ours, 4096):
                said += piece
                if left and said.endswith(b": "):
                    os.write(ours, f"{left.pop(0)}\n".encode())
        os.close(ours)
    return said.decode(), child.returncode
