"""What tests without a window share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.copies import Copies, case
from tests.copies_work import begun
from tests.office import WHO, new_office
from tracker.db.history import Who
from tracker.operations.office import Office, make_office, open_office


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("begin") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        for n in range(3):
            case(office, f"{n}号")
    return path


@pytest.fixture(scope="module")
def common(begin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What copies have in common before they are worked in at random."""
    path = Path(shutil.copy(begin, tmp_path_factory.mktemp("common")))
    with closing(open_office(path, WHO)) as office:
        begun(office)
    return path


@pytest.fixture
def copies(begin: Path, tmp_path: Path) -> Copies:
    return Copies(tmp_path, begin)


@pytest.fixture
def two(copies: Copies) -> Iterator[tuple[Office, Office]]:
    with ExitStack() as stack:
        yield tuple(stack.enter_context(closing(copies.open(n))) for n in range(2))  # type: ignore[misc]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office's new file, closed at the end; tests that need another have their own."""
    made = new_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
    yield made
    made.close()
