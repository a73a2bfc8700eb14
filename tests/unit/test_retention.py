"""Which backups are kept, against what was promised of each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.operations.retention import Retention, kept

NOW = datetime(2026, 3, 18, 10, 0)
TIMES = st.lists(st.datetimes(datetime(2023, 1, 1), NOW), max_size=60)
RULES = st.builds(Retention, st.integers(1, 4), st.integers(0, 20), st.integers(0, 15), st.integers(0, 30))


@given(TIMES, RULES)
def test_what_is_promised_is_kept(made: list[datetime], rule: Retention) -> None:
    keep = kept(made, NOW, rule)
    assert keep <= set(made)
    assert {one for one in made if (NOW.date() - one.date()).days < rule.whole_days} <= keep
    assert not made or max(made) in keep
    old = sorted({one.date() for one in made if (NOW.date() - one.date()).days >= rule.whole_days})
    for most, name in ((rule.daily, "day"), (rule.weekly, "week"), (rule.monthly, "month")):
        spans = sorted({_span(one.date(), name) for one in made if one.date() in old})
        last = spans[max(0, len(spans) - most) :] if most else []
        for span in last:
            newest = max(one for one in made if one.date() in old and _span(one.date(), name) == span)
            assert newest in keep


def _span(day: date, name: str) -> date:
    if name == "day":
        return day
    return day - timedelta(days=day.weekday()) if name == "week" else day.replace(day=1)


@given(TIMES, RULES)
def test_no_more_is_kept_than_promised_and_a_second_time_nothing_goes(
    made: list[datetime], rule: Retention
) -> None:
    keep = kept(made, NOW, rule)
    whole = {one for one in made if (NOW.date() - one.date()).days < rule.whole_days}
    assert len(keep - whole) <= rule.daily + rule.weekly + rule.monthly + 1
    assert kept(keep, NOW, rule) == keep


def test_a_year_of_backups_five_a_day() -> None:
    made = [NOW - timedelta(days=n // 5, hours=n % 5) for n in range(5 * 365)]
    keep = kept(made, NOW, Retention())
    assert (
        len(keep) == 10 + 14 + 10 + 11
    )  # two whole days; days; weeks and months that no day stands for already
