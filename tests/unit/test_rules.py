"""Walls refuse, warnings only speak, and each sentence names the field at fault."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import valid_records
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.schema.fields import Choice, Day, Value
from tracker.schema.ledger import Ledger

GOOD: dict[str, dict[str, Value]] = {
    "disputes": {"case_no": "1", "applied_on": "2020-03-02", "applicant": "张三", "respondent": "某公司"},
    "petitions": {
        "petition_no": "1",
        "received_on": "2020-03-02",
        "channel": "visit",
        "petitioner": "李四",
        "subject": "wages",
    },
    "wage_arrears": {"case_no": "1", "received_on": "2020-03-02", "source": "report", "employer": "某公司"},
    "inspections": {
        "record_no": "1",
        "checked_on": "2020-03-02T09:30",
        "place": "某街",
        "officers": "王五、赵六",
        "target": "某店",
        "kind": "routine",
        "items": "工资支付",
    },
}

WALLS: tuple[tuple[str, dict[str, Value], str], ...] = (
    ("disputes", {"accepted_on": "2020-03-01"}, "accepted_on"),
    ("disputes", {"accepted_on": "2020-03-05", "refused_on": "2020-03-05"}, "refused_on"),
    (
        "disputes",
        {"accepted_on": "2020-03-05", "closed_on": "2020-03-04", "closing_method": "mediation"},
        "closed_on",
    ),
    ("disputes", {"accepted_on": "2020-03-05", "closed_on": "2020-03-06"}, "closing_method"),
    ("disputes", {"closing_method": "mediation"}, "closed_on"),
    (
        "disputes",
        {
            "accepted_on": "2020-03-05",
            "closed_on": "2020-03-06",
            "closing_method": "mediation",
            "award_result": "worker",
        },
        "award_result",
    ),
)

WARNINGS: tuple[tuple[str, dict[str, Value], str], ...] = (
    (
        "disputes",
        {
            "accepted_on": "2020-03-05",
            "closed_on": "2020-03-06",
            "closing_method": "award",
            "heard_on": "2020-03-07",
        },
        "closed_on",
    ),
    ("disputes", {"closed_on": "2020-03-06", "closing_method": "withdrawal"}, "accepted_on"),
    ("disputes", {"refused_on": "2020-03-01"}, "refused_on"),
    ("petitions", {"decided_on": "2020-03-01", "decision": "accepted"}, "decided_on"),
    ("petitions", {"closed_on": "2020-03-01"}, "closed_on"),
    ("wage_arrears", {"owed_amount": 100, "recovered_amount": 101}, "recovered_amount"),
    ("wage_arrears", {"closed_on": "2020-04-01"}, "outcome"),
    ("inspections", {"officers": "王五"}, "officers"),
    ("inspections", {"departments": "住建委"}, "joint"),
)


@pytest.mark.parametrize("name", GOOD)
def test_a_plain_record_has_no_problem(name: str) -> None:
    assert BY_NAME[name].problems(GOOD[name]) == ()


@pytest.mark.parametrize(("name", "extra", "field"), WALLS)
def test_a_wall_refuses(name: str, extra: dict[str, Value], field: str) -> None:
    ledger = BY_NAME[name]
    (problem,) = [p for p in ledger.problems(GOOD[name] | extra) if not p.warning]
    assert problem.field == field
    assert ledger.field(field).title() in problem.message


@pytest.mark.parametrize(("name", "extra", "field"), WARNINGS)
def test_what_is_only_unlikely_is_a_warning(name: str, extra: dict[str, Value], field: str) -> None:
    found = BY_NAME[name].problems(GOOD[name] | extra)
    assert [(p.field, p.warning) for p in found] == [(field, True)]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_each_required_field_is_missed(ledger: Ledger) -> None:
    required = [f.key for f in ledger.fields if f.required]
    assert {p.field for p in ledger.problems({}) if not p.warning} == set(required)
    for key in required:
        (problem,) = ledger.problems({**GOOD[ledger.name], key: None})
        assert problem.field == key and ledger.field(key).title() in problem.message


def test_problems_come_in_the_order_of_the_form() -> None:
    record = {
        **GOOD["disputes"],
        "applicant": None,
        "accepted_on": "2020-03-01",
        "closing_method": "mediation",
    }
    order = [field.key for field in DISPUTES.fields]
    found = [order.index(p.field) for p in DISPUTES.problems(record)]
    assert found == sorted(found) and len(found) == 3


def test_a_time_of_day_is_not_before_its_own_day() -> None:
    record = {**GOOD["inspections"], "closed_on": "2020-03-02", "finding": "rectify"}
    assert BY_NAME["inspections"].problems(record) == ()


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
@settings(max_examples=30)
@given(data=st.data())
def test_only_days_and_codes_are_ever_at_fault_beside_what_is_missing(
    ledger: Ledger, data: st.DataObject
) -> None:
    record = data.draw(valid_records(ledger))
    record[data.draw(st.sampled_from([f.key for f in ledger.inputs]))] = None
    for problem in ledger.problems(record):
        if not problem.warning and not ledger.field(problem.field).required:
            assert isinstance(ledger.field(problem.field), Day | Choice)
