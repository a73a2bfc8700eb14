"""Every graph that working in copies, sending parts, merging and rescuing make is sound, in any order of these."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from tests.copies import AHEAD, CLERKS, case, elsewhere, uids
from tests.effort import tries
from tests.office import new_office
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, parting
from tracker.operations.merging import merge
from tracker.operations.office import Office, open_office
from tracker.operations.rescuing import rescue
from tracker.operations.verifying import verify

DEEDS = tries(10)
YEARS = range(2018, 2021)


class Copies:
    """Three copies of a file and a stranger's, with what is done to one of them at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.done = folder, Random(seed), 0
        self.paths = [folder / f"{n}.db" for n in range(4)]
        for path in (self.paths[0], self.paths[3]):
            with closing(new_office(path, CLERKS[0])) as office:
                for n in range(2):
                    self.new(office, f"{path.stem}{n}")
        for path in self.paths[1:3]:
            shutil.copy(self.paths[0], path)

    def one(self, but: Path | None = None) -> Path:
        return self.random.choice([path for path in self.paths if path != but])

    def work(self, path: Path) -> None:
        """A case changed or entered, by one of two clerks who both act in every copy."""
        with closing(open_office(path, self.random.choice(CLERKS[:2]))) as office:
            if self.random.random() < 0.3:
                self.new(office, f"新{self.done}-{self.random.random()}")
            else:
                told = {"remarks": f"第{self.done}次"}
                editing.save(office, DISPUTES, told, self.random.choice(uids(office)))

    def new(self, office: Office, number: str) -> None:
        case(office, number, applied_on=f"{self.random.choice(YEARS)}-03-02")

    def merge(self, path: Path) -> None:
        with closing(open_office(path, CLERKS[0])) as office:
            merge(office, self.one(path), newest=True)

    def send(self, path: Path) -> None:
        """A part, worked in where it came to, taken into another copy; or gone on with instead of one."""
        part, year = self.folder / f"part{self.done}.db", self.random.choice(YEARS)
        with closing(open_office(path, CLERKS[0])) as office:
            parting.write(office, parting.Choice(("disputes",), f"{year}-01-01", f"{year}-12-31"), part)
        for _n in range(self.random.randrange(3)):
            self.work(part)
        sound(part)
        with closing(open_office(self.one(), CLERKS[1])) as office:
            merge(office, part, newest=True)
        if self.random.random() < 0.2:
            shutil.move(part, self.paths[2])

    def copy(self, path: Path) -> None:
        shutil.copy(path, self.one(path))

    def rescue(self, path: Path) -> None:
        """One page or two are lost, and the office goes on with what was rescued."""
        data, new = bytearray(path.read_bytes()), self.folder / f"new{self.done}.db"
        for _n in range(self.random.randrange(3)):
            at = self.random.randrange(1, len(data) // 4096) * 4096
            data[at : at + 4096] = bytes(4096)
        path.write_bytes(data)
        rescue(path, new, who=CLERKS[1])
        shutil.move(new, path)


WAYS: tuple[Callable[[Copies, Path], None], ...] = (
    *(Copies.work,) * 4, *(Copies.merge,) * 4, Copies.send, Copies.send, Copies.copy, Copies.rescue,
)  # fmt: skip


def sound(path: Path) -> None:
    with closing(open_office(path, CLERKS[0], readonly=True)) as office:
        assert verify(office).faults == ()
        assert len(office.db.rows("SELECT * FROM heads")) == 1


@pytest.mark.parametrize("seed", (1, 2))
def test_whatever_is_done_with_copies_is_sound(tmp_path: Path, seed: int) -> None:
    copies = Copies(tmp_path, seed)
    for copies.done in range(DEEDS):
        elsewhere(copies.random.choice(AHEAD))
        try:
            copies.random.choice(WAYS)(copies, copies.one())
        except UserError as refused:  # nothing of the year is there
            assert "没有" in str(refused), refused
        for path in copies.paths:
            sound(path)
