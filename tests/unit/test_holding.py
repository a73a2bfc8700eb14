"""The lock beside a data file: one has it at a time, and whoever comes second learns who that is."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.apart import apart
from tests.office import WHO, new_office
from tracker.db import holding
from tracker.db.history import Who
from tracker.db.holding import Held
from tracker.operations import clerks, opening
from tracker.operations.office import save_settings
from tracker.operations.setup import open_as_set
from tracker.schema.clerks import Clerk

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX locks and permissions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    new_office(path, WHO).close()
    return path


@posix
def test_letting_go_leaves_the_lock_of_the_next_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one has just made its lock, still empty, when the one before has closed its own."""
    first = holding.take(path, "张三", "电脑")
    place = holding.lock_path(path)
    close = os.close
    theirs: list[int] = []

    def close_and_be_followed(handle: int) -> None:
        close(handle)
        if not theirs:
            theirs.append(holding._open(path, place))
            assert holding._lock(theirs[0])

    monkeypatch.setattr(holding.os, "close", close_and_be_followed)
    first.release()
    monkeypatch.undo()
    assert os.path.samestat(os.fstat(theirs[0]), place.stat())
    with pytest.raises(Held):
        holding.take(path, "王五", "电脑")
    close(theirs[0])


@posix
def test_a_lock_that_went_with_the_one_before_is_not_held(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before ends, and takes its lock away, as the next one has opened that and not locked it yet."""
    first = holding.take(path, "张三", "电脑")
    opened = holding._open

    def open_as_the_first_ends(data: Path, place: Path) -> int:
        handle = opened(data, place)
        first.release()
        return handle

    monkeypatch.setattr(holding, "_open", open_as_the_first_ends)
    second = holding.take(path, "李四", "电脑")
    monkeypatch.undo()
    with pytest.raises(Held) as found:
        holding.take(path, "王五", "电脑")
    assert found.value.holder.clerk == "李四"
    second.release()


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_the_lock_is_for_whoever_may_use_the_file(path: Path, mode: int) -> None:
    path.chmod(mode)
    before = os.umask(0o022)
    try:
        held = holding.take(path, "张三", "电脑")
    finally:
        os.umask(before)
    assert stat.S_IMODE(holding.lock_path(path).stat().st_mode) == mode
    held.release()


def nobody() -> None:
    """Another user, where the tests may become one."""
    if os.geteuid() == 0:
        os.setegid(65534)
        os.seteuid(65534)


def open_to_others(folder: Path) -> None:
    """Let other users into a folder of the test's."""
    for each in (folder, *folder.parents):
        if each != Path("/") and each.stat().st_uid == os.getuid() and each.stat().st_mode & 0o005 != 0o005:
            each.chmod(0o755)


@posix
def test_another_user_is_told_who_has_a_file(path: Path) -> None:
    """Even where the lock is not for that user to write; and holds it once the holder is gone."""
    open_to_others(path.parent)
    path.parent.chmod(0o777)
    path.chmod(0o666)

    def work() -> str:
        opening.to_write(path, Who("李四", "别的电脑"), wait=0).close()
        return "opened"

    held = holding.take(path, "张三", "窗口电脑")
    assert "张三" in apart(work, nobody)
    holding.lock_path(path).chmod(0o444)
    assert "张三" in apart(work, nobody)
    assert "窗口电脑" in apart(lambda: str(holding.holder(path)), nobody)
    holding.lock_path(path).chmod(0o666)
    held.forget()
    assert apart(work, nobody) == "opened"


@posix
@pytest.mark.parametrize("left", [True, False])
def test_where_a_full_disk_cannot_note_who_has_it_the_sign_of_an_unclean_end_stays(
    path: Path, left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = holding.lock_path(path)
    if left:
        holding.take(path, "张三", "电脑").forget()
    before = place.read_bytes() if left else None

    def full(handle: int, said: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="full"):
        patched.setattr(os, "write", full)
        holding.take(path, "李四", "电脑")
    assert (place.read_bytes() if place.exists() else None) == before


def test_the_lock_tells_who_acts_now(path: Path) -> None:
    def told() -> str:
        holder = holding.holder(path)
        assert holder
        return holder.clerk

    with closing(open_as_set(path)) as office:
        first = told()
        assert first == office.who.clerk
        for name in ("甲", "欧阳修文"):
            clerks.name(office, Clerk(name))
        for name in ("欧阳修文", "甲"):
            clerks.act_as(office, name)
            with pytest.raises(Held) as found:
                holding.take(path, "王五", "电脑")
            assert found.value.holder.clerk == name == told()
        left = holding.lock_path(path).read_bytes()
    holding.lock_path(path).write_bytes(left)
    with opening.taken(path, WHO) as one:
        assert one.hold.left and one.hold.left.clerk == "甲"


def test_the_lock_tells_the_clerk_that_the_file_names(path: Path) -> None:
    with closing(opening.to_write(path, WHO)) as office:
        save_settings(office, {"clerk": "赵六"})
    with closing(open_as_set(path)):
        found = holding.holder(path)
        assert found and found.clerk == "赵六"
    assert not holding.lock_path(path).exists()
