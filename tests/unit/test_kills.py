"""What was told to be saved is there after the process was killed at any point; see `tests/kills.py`.

So many points of each work are tried here; `docs/safety.md` tells of longer runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.kills_works import WORKS

POINTS, POINTS_OF_PASSWORDS = 66, 20
"""Together more than 500; a password takes its time to be tried, on purpose."""


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("work", WORKS)
def test_nothing_saved_is_lost_wherever_it_is_killed(work: str) -> None:
    points = POINTS_OF_PASSWORDS if "password" in work else POINTS
    words = [sys.executable, "-m", "tests.kills", work, str(points), "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    outcome = json.loads(done.stdout or "{}")
    assert outcome.get("wrong") == [] and outcome["points"] == points, done.stderr[-2000:]
    assert outcome["killed"] > points // 2  # the others had ended before their moment came
