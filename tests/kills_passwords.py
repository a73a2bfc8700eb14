"""Passwords set, changed and removed, and killed: the old file or the new one is there, by its own password."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.kills import NAME, WHO, Tell, Work, nothing_left, opened
from tests.office import new_office
from tracker.db import cipher, keys
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, passwords
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
FIRST, SECOND = "第一个 pass'word", "第二个; password"
RECORDS = 5
BACKUPS = f"{NAME}.backups"
COPY = f"{BACKUPS}/20200101-120000-day.db"


def begin(password: str | None) -> Callable[[Path], None]:
    """A file with or without a password, and a backup of it."""

    def prepare(folder: Path) -> None:
        path = folder / NAME
        with closing(new_office(path, WHO)) as office:
            for n in range(RECORDS):
                editing.save(office, DISPUTES, {**CASE, "case_no": f"旧{n}"})
        if password:
            passwords.change(path, None, password, WHO)
        (folder / BACKUPS).mkdir(exist_ok=True)
        shutil.copy(path, folder / COPY)

    return prepare


def change(old: str | None, new: str | None) -> Callable[[Path, Tell], None]:
    def run(folder: Path, tell: Tell) -> None:
        passwords.change(folder / NAME, old, new, WHO)
        tell("changed")

    return run


def changed(old: str | None, new: str | None) -> Callable[[Path, list[str]], None]:
    """One of the two passwords opens the file, once that was told the new one; and so the backup."""

    def check(folder: Path, told: list[str]) -> None:
        key = opening_one(folder / NAME, old, new)
        assert key == new or (key == old and not told)
        with closing(opened(folder, key)) as office:
            assert office.db.rows("SELECT count(*) FROM disputes") == [(RECORDS,)]
            noted = office.db.rows("SELECT count(*) FROM operations WHERE kind = 'password'")
            assert noted == [(int(key != old) + int(old is not None),)]
        copy = opening_one(folder / COPY, old, new)
        assert copy == old if new is None or key == old else copy in ((new,) if told else (old, new))
        with closing(opened(folder, key)) as office:
            passwords.make_up(office)
        assert keys.is_encrypted(folder / COPY) or key is None
        shutil.rmtree(folder / BACKUPS)  # with what a kill there has left, which goes at the next change
        nothing_left(folder)

    return check


def opening_one(path: Path, old: str | None, new: str | None) -> str | None:
    """Which of two passwords opens a file; None where it needs none."""
    key = next((word for word in (old, new) if word and cipher.opens(path, word)), None)
    assert keys.is_encrypted(path) == (key is not None), "neither of them opens it"
    return key


WORKS = {
    name: Work(begin(old), change(old, new), changed(old, new))
    for name, old, new in (
        ("password-set", None, FIRST),
        ("password-change", FIRST, SECOND),
        ("password-remove", FIRST, None),
    )
}
