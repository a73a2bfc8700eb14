"""The works that are killed, and what must be there afterwards."""

from __future__ import annotations

import lzma
import os
import shutil
from contextlib import chdir, closing
from pathlib import Path

from tests import kills_passwords
from tests.kills import NAME, WHO, Tell, Work, nothing_left, opened
from tests.office import new_office
from tracker.db import drafts, history
from tracker.db import settings as stored
from tracker.db.drafts import Draft
from tracker.db.history import Who
from tracker.db.snapshots import PART
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import (
    backups,
    editing,
    importing,
    opening,
    parting,
    rescuing,
    restoring,
    undoing,
    verifying,
)
from tracker.operations.merging import merge
from tracker.operations.office import Office, save_settings
from tracker.operations.setup import make_new
from tracker.schema.fields import Value

CASE: dict[str, Value] = {"applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
LETTER: dict[str, Value] = {
    "received_on": "2020-03-02",
    "channel": "letter",
    "petitioner": "李四",
    "subject": "wages",
}
ROWS = 120
OLD = Path(__file__).parent / "earlier" / "3-clerks-day.db.xz"


def count(office: Office, table: str = "disputes") -> int:
    return int(office.db.rows(f"SELECT count(*) FROM {table}")[0][0])


def begin(folder: Path) -> None:
    with closing(new_office(folder / NAME, WHO)) as office:
        for n in range(5):
            editing.save(office, DISPUTES, {**CASE, "case_no": f"旧{n}"})


# saving


def save(folder: Path, tell: Tell) -> None:
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        for n in range(8):
            uid = editing.save(office, DISPUTES, {**CASE, "case_no": f"新{n}"}).uid
            tell(f"新{n}")
            editing.save(office, DISPUTES, {"remarks": f"改{n}"}, uid)
            tell(f"改{n}")
        undoing.undo(office)
        editing.bin_records(office, DISPUTES, [uid])
        tell("binned")


def saved(folder: Path, told: list[str]) -> None:
    with closing(opened(folder)) as office:
        by_number = {row[0]: row[1:] for row in office.db.rows("SELECT case_no, uid, remarks FROM disputes")}
        for word in told:
            number = word.replace("改", "新")
            if word == "binned":
                assert office.db.one("SELECT 1 FROM disputes WHERE binned_at IS NOT NULL")
                continue
            uid, remarks = by_number[number]
            entries = list(history.of_record(office.db, uid))
            assert entries[0].action == "insert"
            if word.startswith("改") and word != "改7":  # the last one is taken back
                assert remarks == word and len(entries) >= 2
        assert len(by_number) - 5 - sum(word.startswith("新") for word in told) in (0, 1)
    nothing_left(folder)


# settings and drafts


def set_up(folder: Path, tell: Tell) -> None:
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        for n in range(10):
            save_settings(office, {"office": f"第{n}个"})
            tell(f"第{n}个")
            drafts.keep(office.db, WHO, Draft("1", "disputes", "", {"applicant": [True, f"{n}"]}))
            tell(f"{n}")


def was_set(folder: Path, told: list[str]) -> None:
    numbers = [int(word.strip("第个")) for word in told if word.startswith("第")]
    last = max(numbers, default=-1)
    with closing(opened(folder)) as office:
        kept = stored.read(office.db).get("office")
        assert kept in {f"第{last}个" if last >= 0 else None, f"第{last + 1}个"}
        written = [int(word) for word in told if word.isdigit()]
        left = [int(str(draft.content["applicant"][1])) for draft in drafts.left(office.db, WHO)]
        assert (
            left == [] if not written and not left else left[0] in (max(written, default=-1), last, last + 1)
        )
    nothing_left(folder)


# importing


def with_sheet(folder: Path) -> None:
    begin(folder)
    lines = ["案号,申请日期,申请人,被申请人,联系电话"]
    lines += [f"表{n},2020-03-02,张{n},某公司{n},1390000{n:04}" for n in range(ROWS)]
    (folder / "sheet.csv").write_text("\n".join(lines), encoding="utf-8")


def import_sheet(folder: Path, tell: Tell) -> None:
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        plan = importing.read_plan(office, DISPUTES, folder / "sheet.csv")
        importing.carry_out(office, plan)
        tell("imported")


def imported(folder: Path, told: list[str]) -> None:
    with closing(opened(folder)) as office:
        more = count(office) - 5
        assert more == ROWS if told else more in (0, ROWS)
    nothing_left(folder, "sheet.csv")


# bringing an older file up


def older(folder: Path) -> None:
    (folder / NAME).write_bytes(lzma.decompress(OLD.read_bytes()))


def migrate(folder: Path, tell: Tell) -> None:
    opening.to_write(folder / NAME, WHO).close()
    tell("migrated")


def migrated(folder: Path, told: list[str]) -> None:
    with closing(opened(folder)) as office:
        assert count(office) == 4 and count(office, "history") == 96
    nothing_left(folder)


# merging


def with_other(folder: Path) -> None:
    begin(folder)
    shutil.copy(folder / NAME, folder / "other.db")
    with closing(opening.to_write(folder / "other.db", Who("乙", "other"))) as office:
        for n in range(20):
            editing.save(office, PETITIONS, {**LETTER, "petition_no": f"访{n}"})
            editing.save(office, DISPUTES, {**CASE, "case_no": f"乙{n}"})
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        editing.save(office, DISPUTES, {**CASE, "case_no": "甲"})


def take_in(folder: Path, tell: Tell) -> None:
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        merge(office, folder / "other.db", newest=True)
        tell("merged")


def taken_in(folder: Path, told: list[str]) -> None:
    with closing(opened(folder)) as office:
        there = count(office), count(office, "petitions")
        assert there in (((26, 20),) if told else ((6, 0), (26, 20)))
        merge(office, folder / "other.db", newest=True)
        assert (count(office), count(office, "petitions")) == (26, 20)
    nothing_left(folder, "other.db")


# backing up and restoring


def kept_twice(folder: Path) -> None:
    begin(folder)
    (folder / "stick").mkdir()
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        save_settings(office, {"backup_second": "stick"})


def back_up(folder: Path, tell: Tell) -> None:
    os.chdir(folder)  # where the second place is
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        for n in range(3):
            editing.save(office, DISPUTES, {**CASE, "case_no": f"新{n}"})
            tell(f"新{n}")
            tell(backups.make(office.db, "asked").name)


def backed_up(folder: Path, told: list[str]) -> None:
    there = {path.name for path in backups.folder(folder / NAME).glob("*.db")}
    assert {word for word in told if word.endswith(".db")} <= there
    copies = [*backups.folder(folder / NAME).glob("*.db"), *(folder / "stick").rglob("*.db")]
    for n, copy in enumerate(copies):  # each that has its name is whole
        place = folder / f"copy{n}"
        place.mkdir()
        shutil.copy(copy, place / NAME)
        opened(place).close()
        shutil.rmtree(place)
    with closing(opened(folder)) as office:
        made = sum(word.startswith("新") for word in told)
        assert count(office) - 5 - made in (0, 1)
        places = (backups.folder(folder / NAME), *(folder / "stick").iterdir())
        for left in (left for place in places if place.is_dir() for left in place.glob(".*")):
            os.utime(left, (0, 0))  # another program may be at work on a younger one
        with chdir(folder):
            backups.make(office.db, "asked", new=True)
    for place in places:
        parts = [path.name for path in place.iterdir() if path.name.startswith(".") and PART in path.name]
        assert parts == [], parts
    nothing_left(folder, "stick")


def with_backup(folder: Path) -> None:
    begin(folder)
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        made = backups.make(office.db, "asked")
        made.path.rename(folder / "backup.db")
        for n in range(4):
            editing.save(office, DISPUTES, {**CASE, "case_no": f"后{n}"})


def restore(folder: Path, tell: Tell) -> None:
    restoring.restore(folder / NAME, folder / "backup.db", WHO)
    tell("restored")


def restored(folder: Path, told: list[str]) -> None:
    """The old file or the restored one, whole; where it is the restored one, the old one is among the backups."""
    with closing(opened(folder)) as office:
        there = count(office)
        assert there == 5 if told else there in (5, 9)
    if there == 5:
        (before,) = backups.folder(folder / NAME).glob("*-restore.db")
        restoring.restore(folder / NAME, before, WHO)
        with closing(opened(folder)) as office:
            assert count(office) == 9
    nothing_left(folder, "backup.db")


# restoring a damaged file

WHOLE = "whole"
"""A folder with the damaged file as it was, and the log beside it."""


def damaged(folder: Path) -> None:
    """A file whose program was killed, so that its newest cases are only in the log, and which is damaged since."""
    with_backup(folder)
    path, keep = folder / NAME, folder / WHOLE
    keep.mkdir()
    with closing(opening.to_write(path, WHO)) as office:
        sql = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'permits'"
        page, size = office.db.rows(sql)[0]
        editing.save(office, DISPUTES, {**CASE, "case_no": "只在日志"})
        for mark in ("", "-wal"):
            shutil.copy(f"{path}{mark}", keep / f"{NAME}{mark}")
    with (keep / NAME).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    for mark in ("", "-wal"):
        shutil.copy(keep / f"{NAME}{mark}", folder)


def is_whole(path: Path, kept: Path) -> bool:
    """Whether the damaged file lies there as it was, and its log with it."""
    files = [(path.with_name(path.name + mark), kept / f"{NAME}{mark}") for mark in ("", "-wal")]
    return all(file.is_file() and file.read_bytes() == whole.read_bytes() for file, whole in files)


def kept(folder: Path, told: list[str]) -> None:
    """The damaged file, with its log, under its own name or the other one; it can be restored then."""
    path, whole = folder / NAME, folder / WHOLE
    there = [path, *folder.glob("cases.before-*.db")]
    assert any(is_whole(one, whole) for one in there), "nowhere is the file with its log"
    if path.exists() and path.read_bytes() == (whole / NAME).read_bytes():
        assert is_whole(path, whole), "its log is elsewhere"
    if not told:
        restoring.restore(path, folder / "backup.db", WHO)
    with closing(opened(folder)) as office:
        assert count(office) == 5, "a log was played into it"
    assert any(is_whole(one, whole) for one in folder.glob("cases.before-*.db"))
    nothing_left(folder, "backup.db", WHOLE, *(one.name for one in folder.glob("cases.before-*")))


# making a new file


def nothing(folder: Path) -> None:
    """The folder as it is."""


def make(folder: Path, tell: Tell) -> None:
    make_new(folder / NAME, {"office": "某局"}).close()
    tell("made")


def newly_made(folder: Path, told: list[str]) -> None:
    """A file with its settings, or none and the next try makes it."""
    if not (folder / NAME).exists():
        assert not told
        make_new(folder / NAME, {"office": "某局"}).close()
    with closing(opened(folder)) as office:
        assert office.setting("office") == "某局"
    nothing_left(folder)


# a rescue and a part: a new file of the clerk's own name, made of one that stays as it is


def rescue(folder: Path, tell: Tell) -> None:
    rescuing.rescue(folder / NAME, folder / MADE)
    tell("made")


def part(folder: Path, tell: Tell) -> None:
    with closing(opening.to_write(folder / NAME, WHO)) as office:
        parting.write(office, parting.Choice(), folder / MADE)
        tell("made")


MADE, LIST = "made.db", "made.txt"


def made(folder: Path, told: list[str]) -> None:
    """The new file is whole or not there; what was read of the old one for it is gone once that is opened."""
    new = folder / MADE
    assert new.exists() or not told
    opened(folder).close()
    if new.exists():
        with closing(opening.to_write(new, WHO)) as office:
            assert count(office) == 5 and verifying.verify(office).sound
    for path in (new, folder / LIST):
        path.unlink(missing_ok=True)
    nothing_left(folder)


WORKS = {
    "save": Work(begin, save, saved),
    "settings": Work(begin, set_up, was_set),
    "import": Work(with_sheet, import_sheet, imported),
    "migrate": Work(older, migrate, migrated),
    "merge": Work(with_other, take_in, taken_in),
    "backup": Work(kept_twice, back_up, backed_up),
    "restore": Work(with_backup, restore, restored),
    "restore-damaged": Work(damaged, restore, kept),
    "new": Work(nothing, make, newly_made),
    "rescue": Work(begin, rescue, made),
    "part": Work(begin, part, made),
    **kills_passwords.WORKS,
}
