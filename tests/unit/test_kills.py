"""What was told to be saved is there after the process was killed at any point; see `tests/kills.py`.

A few points of each work are tried each time; `docs/safety.md` tells of longer runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.effort import tries
from tests.kills_works import WORKS

POINTS = tries(3)
"""Of each work, half as many where a password is tried, which takes its time on purpose; TRIES=40 makes 500."""


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("work", WORKS)
def test_nothing_saved_is_lost_wherever_it_is_killed(work: str) -> None:
    points = (POINTS + 1) // 2 if "password" in work else POINTS
    words = [sys.executable, "-m", "tests.kills", work, str(points), "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    outcome = json.loads(done.stdout or "{}")
    assert outcome.get("wrong") == [] and outcome["points"] == points, done.stderr[-2000:]
    assert outcome["killed"] >= points // 2  # the others had ended before their moment came
