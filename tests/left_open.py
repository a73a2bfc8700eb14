"""Data files as a killed program leaves them: with their log or journal, their lock, or a page scribbled over."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from random import Random

from tests.office import WHO
from tracker.db import holding
from tracker.db.database import open_file
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import open_office

CASE = {"case_no": "留在日志里", "applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}


def with_log(path: Path, folder: Path, key: str | None = None) -> Path:
    """A copy of a file in a new folder, a record saved in it only in the log."""
    folder.mkdir()
    with closing(open_office(path, WHO, key=key)) as office:
        editing.save(office, DISPUTES, CASE)
        for mark in ("", "-wal"):
            shutil.copy(f"{path}{mark}", folder / f"{path.name}{mark}")
    return folder / path.name


def with_journal(path: Path, folder: Path, key: str | None = None) -> Path:
    """A copy of a file in a new folder, in the middle of a change, with the journal that undoes it."""
    folder.mkdir()
    with closing(open_office(path, WHO, key=key)) as office:
        office.db.connection.execute("PRAGMA journal_mode = DELETE")
        office.db.connection.execute("PRAGMA cache_size = 2")
        office.db.connection.execute("BEGIN IMMEDIATE")
        office.db.connection.execute("UPDATE disputes SET remarks = hex(randomblob(3000))")
        for mark in ("", "-journal"):
            shutil.copy(f"{path}{mark}", folder / f"{path.name}{mark}")
        office.db.connection.execute("ROLLBACK")
    return folder / path.name


def damage(path: Path, like: Path | None = None, table: str = "consultations") -> None:
    """Scribble over the first page of a table, as a disk does, by default of one that no list of another one reads;
    `like` tells where that is."""
    with closing(open_file(like or path, readonly=True)) as db:
        ((root,),) = db.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        ((size,),) = db.rows("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(Random(1).randbytes(size))


def as_after_a_kill(path: Path) -> None:
    """Leave the lock of somebody who held it."""
    holding.take(path, "李四", "窗口电脑").forget()


def content(path: Path) -> tuple[bytes, ...]:
    """A file with what is to come into it, and the lock's words where it is left."""
    names = ("", "-wal", "-journal", ".lock")
    found = (path.with_name(f"{path.name}{mark}") for mark in names)
    return tuple(each.read_bytes() if each.exists() else b"-" for each in found)
