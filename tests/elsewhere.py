"""A data file held by another process, as by another clerk's window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLDS = """
import sys
from pathlib import Path
from tracker.db.history import Who
from tracker.operations import editing, opening
from tracker.ledgers.disputes import DISPUTES
office = opening.to_write(Path(sys.argv[1]), Who("李四", "窗口电脑"))
case = {"case_no": "开着", "applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"}
editing.save(office, DISPUTES, case)
print("holds", flush=True)
sys.stdin.readline()
office.close()
"""


@contextmanager
def held_elsewhere(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has the file open, with a record saved in it."""
    words = [sys.executable, "-c", HOLDS, str(path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "holds\n"
        try:
            yield other
        finally:
            other.kill()
