"""What tests without a window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import new_office
from tracker.db.history import Who
from tracker.operations.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office's new file, closed at the end; tests that need another have their own."""
    made = new_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
    yield made
    made.close()
