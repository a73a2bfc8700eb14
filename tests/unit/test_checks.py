"""Many records at once are judged as each by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import strategy
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.schema.checks import Checks


@pytest.mark.parametrize("name", [ledger.name for ledger in LEDGERS])
@given(data=st.data())
@settings(max_examples=tries(6), deadline=None)
def test_suspects_are_the_records_with_problems(name: str, data: st.DataObject) -> None:
    ledger = BY_NAME[name]
    drawn = st.fixed_dictionaries({}, optional={f.key: st.none() | strategy(f) for f in ledger.inputs})
    checks, records = Checks(ledger), []
    for _block in range(
        2
    ):  # what the first taught must not mislead it in the second, which holds the same and more
        records += data.draw(st.lists(drawn, max_size=6))
        said = {n for n, record in enumerate(records) if ledger.problems(record)}
        assert checks.suspects(records) == said
