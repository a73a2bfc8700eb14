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

POINTS = 60


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("work", WORKS)
def test_nothing_saved_is_lost_wherever_it_is_killed(work: str) -> None:
    words = [sys.executable, "-m", "tests.kills", work, str(POINTS), "7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    outcome = json.loads(done.stdout or "{}")
    assert outcome.get("wrong") == [] and outcome["points"] == POINTS, done.stderr[-2000:]
    assert outcome["killed"] > POINTS // 2  # the others had ended before their moment came
