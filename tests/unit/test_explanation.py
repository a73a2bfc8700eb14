"""What is told of a limit names every step that moved it."""

from __future__ import annotations

import pytest

from tests.unit.clock_cases import CASES, Case
from tests.unit.test_clock_cases import _run
from tracker.attached.events import EVENTS
from tracker.schema.explanation import Step, explain


def _told(case: Case) -> tuple[Step, ...]:
    run, calendar, ledger = _run(case)
    return explain(ledger, run, EVENTS, calendar) if run else ()


def _of(why: str) -> str:
    (case,) = (case for case in CASES if case.why == why)
    return "\n".join(f"{step.when} {step.text}" for step in _told(case))


@pytest.mark.parametrize("case", [c for c in CASES if c.due], ids=lambda case: f"{case.clock}: {case.why}")
def test_the_last_day_told_is_the_day_due(case: Case) -> None:
    days = [step.when for step in _told(case) if len(step.when) == 10]
    assert days[-1] == case.due
    assert any("依据" in step.text for step in _told(case))


@pytest.mark.parametrize(
    ("why", "words"),
    (
        ("27 days to 31 March, 18 more", ("2024-03-04 受理日期", "45日")),
        ("14 and 30 make 44: 1 October, off to the 7th", ("2024-10-01 期限最后一日", "2024-10-08", "国庆节", "顺延")),
        ("ten days, both ends left out", ("2024-03-11至2024-03-20", "中止", "10日")),
        ("6, 30 and 9 after 25 March", ("2024-03-25 追加当事人", "重新计算")),
        ("granted late: it counts, and that is told", ("2024-04-19 批准延长15日", "期限已届满")),
        ("43 to New Year's Eve of 2026, 58 to 22 Jan", ("60个工作日", "2027年节假日安排尚未公布")),
        ("still going on: the clock stands", ("2024-03-11 ", "停止计算")),
        ("Zhejiang's 30 days: 27 and 3", ("30日", "按本单位设置")),
        ("19, Sunday the 18th, 9, 8, 7 Feb", ("2024-02-20 开庭", "倒算", "最迟")),
    ),
)  # fmt: skip
def test_each_step_is_named(why: str, words: tuple[str, ...]) -> None:
    text = _of(why)
    assert [word for word in words if word not in text] == []


def test_what_was_not_verified_says_so() -> None:
    assert "未经核对" in _of("5 to 27 Sep, 29, 30, then 8 to 12 Oct are 12; 14, 15, 16")
