"""The demonstrations' files, each made once for all tests and the processes that share the work."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tracker.operations import demonstration


def demo(factory: pytest.TempPathFactory, name: str) -> Path:
    """A copy of one's own."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstrations"
    folder.mkdir(exist_ok=True)
    made = folder / f"{name}.db"
    if not made.is_file():
        part = folder / f"{name}-{os.getpid()}.db"
        demonstration.make(name, part)
        part.replace(made)
    return Path(shutil.copy(made, factory.mktemp("demo") / made.name))
