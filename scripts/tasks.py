"""Writes `docs/tasks.md` anew: `python -m scripts.tasks` works the clerk's week and counts its keys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
WRITE = "WRITE_TASKS"
"""Set where the test writes the document and does not compare it."""


def main() -> int:
    """Run the test that counts; its exit status."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/end2end/test_clerk_week.py"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, WRITE: "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
