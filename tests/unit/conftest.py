"""Copies of one file, for the tests of merging and of what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.copies import Copies, case
from tests.office import WHO
from tracker.operations.office import Office, make_office


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("begin") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        for n in range(3):
            case(office, f"{n}号")
    return path


@pytest.fixture
def copies(begin: Path, tmp_path: Path) -> Copies:
    return Copies(tmp_path, begin)


@pytest.fixture
def two(copies: Copies) -> Iterator[tuple[Office, Office]]:
    with ExitStack() as stack:
        yield tuple(stack.enter_context(closing(copies.open(n))) for n in range(2))  # type: ignore[misc]
