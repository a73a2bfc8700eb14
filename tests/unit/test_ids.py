"""Identifiers: UUIDs of version 7 that sort by when they were made."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tests.copies import elsewhere
from tracker import ids
from tracker.ids import uuid7


def test_they_are_version_7_and_carry_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(uuid7())
    assert made.version == 7 and made.variant == uuid.RFC_4122
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_each_sorts_after_the_one_before() -> None:
    made = [uuid7() for _n in range(20_000)]
    assert made == sorted(set(made))


def test_two_computers_that_go_on_from_one_ahead_of_their_clocks_never_make_the_same() -> None:
    elsewhere(timedelta(days=1))
    ahead = uuid7()
    made = []
    for _computer in range(2):
        elsewhere()
        ids.follow(ahead)
        made.append({uuid7() for _n in range(5000)})
    assert len(made[0] | made[1]) == 10_000 and min(made[0] | made[1]) > ahead


def test_threads_never_share_one() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [
            one for many in pool.map(lambda _n: [uuid7() for _m in range(2000)], range(4)) for one in many
        ]
    assert len(set(made)) == 8000
