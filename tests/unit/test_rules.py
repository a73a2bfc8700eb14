"""Walls refuse, warnings only speak, and each sentence names the field at fault."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
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
    "mediations": {
        "mediation_no": "1",
        "registered_on": "2020-03-02",
        "organisation": "某街道调解中心",
        "applicant": "张三",
        "respondent": "某公司",
    },
    "organisations": {"name": "某街道调解中心", "kind": "mediation"},
    "interviews": {"interview_no": "1", "held_on": "2020-03-02", "employer": "某公司"},
    "hazards": {"hazard_no": "1", "screened_on": "2020-03-02", "employer": "某公司"},
    "penalties": {"decision_no": "1", "filed_on": "2020-03-02", "kind": "penalty", "party": "某公司"},
    "referrals": {
        "referral_no": "1",
        "sent_on": "2020-03-02",
        "kind": "referral",
        "recipient": "police",
        "matter": "拒不支付劳动报酬",
    },
    "litigation": {"case_no": "1", "filed_on": "2020-03-02", "kind": "reconsideration"},
    "legal_reviews": {"review_no": "1", "received_on": "2020-03-02", "object": "contract", "title": "合同"},
    "documents": {"document_no": "1", "issued_on": "2020-03-02", "title": "办法"},
    "file_reviews": {
        "review_no": "1",
        "reviewed_on": "2020-03-02",
        "reviewers": "王五、赵六",
        "file_kind": "dispute",
    },
    "permits": {
        "permit_no": "1",
        "received_on": "2020-03-02",
        "kind": "dispatch",
        "action": "new",
        "enterprise": "某公司",
    },
    "disclosures": {"item_no": "1", "received_on": "2020-03-02", "kind": "proactive", "title": "公告"},
    "proposals": {
        "proposal_no": "1",
        "received_on": "2020-03-02",
        "kind": "deputy",
        "title": "建议",
        "role": "lead",
    },
    "activities": {"activity_no": "1", "held_on": "2020-03-02", "kind": "lecture", "title": "讲座"},
    "consultations": {
        "consultation_no": "1",
        "held_on": "2020-03-02",
        "channel": "visit",
        "kind": "labour_law",
    },
    "employers": {"name": "某公司"},
    "officers": {"officer_no": "1", "name": "王五", "roles": "officer"},
    "powers": {"power_no": "1", "name": "劳务派遣经营许可", "kind": "permit"},
    "tallies": {
        "tally_no": "1",
        "counted_on": "2020-03-02",
        "subject": "body_cameras",
        "quantity": 10,
        "unit": "台",
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
    ("mediations", {"closed_on": "2020-03-10"}, "outcome"),
    ("mediations", {"closed_on": "2020-03-01", "outcome": "failed"}, "closed_on"),
    ("mediations", {"accepted_on": "2020-03-03", "refused_on": "2020-03-03"}, "refused_on"),
    ("organisations", {"founded_on": "2020-03-03", "ended_on": "2020-03-02"}, "ended_on"),
    ("hazards", {"resolved_on": "2020-03-09"}, "level"),
    ("penalties", {"officers": "王五"}, "officers"),
    ("penalties", {"party_kind": "person", "amount": 1_000_00}, "reviewed_on"),
    ("penalties", {"party_kind": "enterprise", "amount": 30_000_00}, "reviewed_on"),
    ("penalties", {"decided_on": "2020-03-06", "published_on": "2020-03-18"}, "published_on"),
    ("penalties", {"decided_on": "2020-03-06"}, "published_on"),  # years ago, and still not published
    (
        "penalties",
        {"decided_on": "2020-03-06", "published_on": "2020-03-09", "served_on": "2020-03-18"},
        "served_on",
    ),
    ("referrals", {"result": "filed"}, "received_on"),
    ("litigation", {"closed_on": "2020-05-06"}, "outcome"),
    ("litigation", {"opinion": "judicial"}, "opinion_on"),
    ("litigation", {"kind": "lawsuit"}, "stage"),
    ("employers", {"credit_code": "91110108MA00000000"}, "credit_code"),
    ("powers", {"ended_by": "merged"}, "valid_until"),
)

KEPT: tuple[tuple[str, dict[str, Value]], ...] = (
    ("penalties", {"party_kind": "person", "amount": 999_99}),
    ("penalties", {"party_kind": "enterprise", "amount": 29_999_99}),
    ("penalties", {"party_kind": "person", "amount": 5_000_00, "reviewed_on": "2020-03-05"}),
    ("penalties", {"kind": "handling", "party_kind": "enterprise", "amount": 90_000_00}),
    ("penalties", {"decided_on": "2020-03-06", "published_on": "2020-03-17", "served_on": "2020-03-17"}),
    ("penalties", {"decided_on": "2020-03-06", "procedure": "summary"}),
    ("penalties", {"decided_on": "2020-03-06", "kind": "handling"}),
    ("employers", {"credit_code": "91350100M000100Y43"}),
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


@pytest.mark.parametrize(("name", "extra"), KEPT)
def test_what_keeps_the_rule_is_not_spoken_of(name: str, extra: dict[str, Value]) -> None:
    assert BY_NAME[name].problems(GOOD[name] | extra) == ()


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
@settings(max_examples=tries(10))
@given(data=st.data())
def test_only_days_and_codes_are_ever_at_fault_beside_what_is_missing(
    ledger: Ledger, data: st.DataObject
) -> None:
    record = data.draw(valid_records(ledger))
    record[data.draw(st.sampled_from([f.key for f in ledger.inputs]))] = None
    for problem in ledger.problems(record):
        if not problem.warning and not ledger.field(problem.field).required:
            assert isinstance(ledger.field(problem.field), Day | Choice)
