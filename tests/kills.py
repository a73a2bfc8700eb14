"""A process that writes is killed (SIGKILL), again and again at another point, and what it left is looked at.

Half of the points are moments, spread over the time that the work takes; the other half are steps: just before the n-th
statement to SQLite or change to a file (renaming, syncing, deleting). Run as a program it prints one JSON document:

    python -m tests.kills save 50 1     # 50 points of the work `save`, by the seed 1

It must not load Qt: every point is a fork of it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from tests import quick_keys
from tests.apart import fork
from tracker.db.history import Who
from tracker.operations import backups, opening, verifying
from tracker.operations.office import Office

WHO = Who("被杀的", "kills")
NAME = "cases.db"
STEPS = frozenset(
    (
        *("execute", "executemany", "replace", "rename", "fsync", "unlink", "remove", "rmdir", "mkdir"),
        *("truncate", "ftruncate", "open", "write", "link"),
    )
)
"""Functions written in C, by their names, before which a process is killed."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Work:
    """`prepare` fills a folder once; `run` is killed and tells what is surely done; `check` looks at what is there."""

    prepare: Callable[[Path], None]
    run: Callable[[Path, Tell], None]
    check: Callable[[Path, list[str]], None]


@dataclass
class Outcome:
    """How many points were tried, at how many the process was still running, and what was wrong afterwards."""

    points: int = 0
    killed: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)


def tried(work: Work, points: int, seed: int) -> Outcome:
    """Kill the work at so many points."""
    random, outcome = Random(seed), Outcome()
    with TemporaryDirectory(prefix="kills-") as folder:
        begin = Path(folder) / "begin"
        begin.mkdir()
        work.prepare(begin)
        seconds, steps = _whole(work, begin, Path(folder) / "whole")
        for n in range(points):
            here = Path(folder) / str(n)
            shutil.copytree(begin, here)
            after = random.uniform(0, seconds) if n % 2 else None
            before = None if n % 2 else random.randrange(steps)
            told, killed = _one(work, here, after, before)
            outcome.points += 1
            outcome.killed += killed
            outcome.told += len(told)
            point = f"{seed}/{n} after {after} s before step {before} of {steps}, told {told[-1:]}"
            try:
                work.check(here, told)
            except Exception as wrong:  # noqa: BLE001 (told, with the point at which it happened)
                at = traceback.extract_tb(wrong.__traceback__)[-1]
                outcome.wrong.append(f"{point}: {wrong!r} at {at.name}:{at.lineno}")
            shutil.rmtree(here)
    return outcome


def _whole(work: Work, begin: Path, here: Path) -> tuple[float, int]:
    """How long the work takes when nobody kills it, and how many steps it has; what it leaves must pass."""
    shutil.copytree(begin, here)
    start = time.monotonic()
    told, killed = _one(work, here, None, None)
    seconds = time.monotonic() - start
    assert not killed and told, "the work must end by itself, and tell"
    work.check(here, told)
    shutil.rmtree(here)
    shutil.copytree(begin, here)
    told, _killed = _one(work, here, None, -1)
    shutil.rmtree(here)
    return seconds, int(told[-1])


def _one(work: Work, here: Path, after: float | None, before: int | None) -> tuple[list[str], bool]:
    """Do the work in a process of its own that is killed after a time, or before a step; what it told."""
    receiving, sending = os.pipe()
    child = fork()
    if child == 0:
        _child(work, here, sending, before)
    os.close(sending)
    if after is not None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    with open(receiving, "rb") as pipe:
        told = pipe.read().decode().splitlines()
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError(f"the work failed: {told[-1:]}")
    return told, os.WIFSIGNALED(status)


def _child(work: Work, here: Path, sending: int, before: int | None) -> None:
    """Never returns."""
    count = 0

    def follow(_frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        if event == "c_call" and getattr(arg, "__name__", "") in STEPS:
            if count == before:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    def tell(text: str) -> None:
        os.write(sending, f"{text}\n".encode())

    try:
        if before is not None:
            sys.setprofile(follow)
        work.run(here, tell)
        sys.setprofile(None)
        if before == -1:
            tell(str(count))
    except BaseException as wrong:  # noqa: BLE001 (told to the parent)
        sys.setprofile(None)
        tell(repr(wrong))
        os._exit(1)
    os._exit(0)


def opened(folder: Path, key: str | None = None) -> Office:
    """The file that was left, opened as the window opens it: held, and looked through wholly."""
    office = opening.to_write(folder / NAME, WHO, key=key)
    found = verifying.verify(office)
    if not found.sound:
        office.close()
        raise AssertionError(f"not sound: {found.faults}")
    return office


def nothing_left(folder: Path, *more: str) -> None:
    """Only the file, and what is named, once it was opened and closed again."""
    there = {path.name for path in folder.iterdir()} - {backups.folder(Path(NAME)).name}
    assert there == {NAME, *more}, there


def main(name: str, points: int, seed: int) -> int:
    from tests.kills_works import WORKS  # here: it needs what is declared above

    outcome = tried(WORKS[name], points, seed)
    print(json.dumps(vars(outcome), ensure_ascii=False))
    return int(bool(outcome.wrong))


if __name__ == "__main__":
    quick_keys.set_rounds(quick_keys.QUICK)
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
