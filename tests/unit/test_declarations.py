"""The declarations keep the fixed keys, types and codes, and what is wrong with a declaration is told by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.office import WHO
from tracker import i18n
from tracker.db import history, migrations, records
from tracker.db.database import open_file
from tracker.db.records import Query
from tracker.db.writing import writing
from tracker.indicators import BY_KEY, INDICATORS
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.petitions import PETITIONS
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Choices, Code, Count, Day, Field, Money, Number, Text, fold
from tracker.schema.filters import Filled, InPeriod
from tracker.schema.indicator import Breakdown, DaySum, Indicator, Sum, check
from tracker.schema.indicator import Count as HowMany
from tracker.schema.ledger import Ledger
from tracker.schema.own import OWN
from tracker.schema.rules import Limited, NotBefore
from tracker.workdays import Calendar

DESIGN = {
    "disputes": """
        case_no:number! applied_on:day! accepted_on:day refused_on:day channel:code(onsite,online,mail,referral)
        applicant:names! applicant_kind:code(worker,employer) respondent:names! workers:count
        cause:codes(relationship,contract,dismissal,hours_leave,social_insurance,welfare,training,protection,remuneration,work_injury,compensation,damages,personnel,other)
        claim_amount:money procedure:code(ordinary,simplified,expedited) arbitrator:text clerk:text organisation:link
        heard_on:day hearing_session:code(regular,evening,weekend,default) hearing_mode:code(onsite,digital)
        suspended_days:count extended:yesno due_on:day closed_on:day
        closing_method:code(mediation,final_award,award,withdrawal,deemed_withdrawal,transfer,termination,cancelled,other)
        award_result:code(worker,employer,partial) settled_amount:money sued_on:day archived_on:day""",
    "petitions": """
        petition_no:number! received_on:day! channel:code(letter,visit,online,hotline,mailbox,referral,national)!
        petitioner:names! persons:count
        subject:code(labour_relations,wages,employment,hr_management,pension,work_injury,social_insurance_agency,complaint,other)!
        purpose:code(suggestion,exposure,resolution) repeated:yesno decision:code(accepted,not_accepted,transferred)
        decided_on:day handler:text extended:yesno due_on:day closed_on:day
        satisfaction:code(satisfied,basically,dissatisfied,unrated)""",
    "wage_arrears": """
        case_no:number! received_on:day! filed_on:day source:code(complaint,report,inspection,referral,clue_platform)!
        employer:text! project:text sector:code(construction,manufacturing,services,trade,other) migrant:yesno
        workers:count owed_amount:money recovered_amount:money extended:yesno due_on:day closed_on:day
        outcome:code(paid,mediated,rectified,decision,penalty,police,court,arbitration,withdrawn)
        credit_points:count""",
    "inspections": """
        record_no:number! checked_on:day! place:text! officers:names! target:text! targets:count
        kind:code(routine,special,double_random,project,market,complaint)! joint:yesno departments:text campaign:text
        items:text! recorded:yesno finding:code(none,rectify,filed) contracts_signed:count workers:count
        recovered_amount:money rectify_by:day closed_on:day""",
}  # fmt: skip
"""The fixed fields of each ledger: key, type with its codes in order, `!` where it is required."""

EVERY = (
    "uid:text no:count remarks:text created_at:day created_by:text updated_at:day updated_by:text origin:text"
)

FIGURES = {
    "disputes": """applications refused carried_over accepted closed pending closed_of_accepted closure_rate
        closure_rate_on_hand mediated mediation_share final_awards finality_rate withdrawn mediation_withdrawal_rate
        awarded on_time_rate mean_days collective collective_workers workers claim_amount settled_amount online_share
        digital_hearings off_hours_closed by_cause by_closing_method by_award_result by_month""",
    "petitions": """received persons visits closed_of_received completion_rate decided_on_time_rate on_time_rate
        rated satisfaction_rate repeated collective_visits by_subject by_channel""",
    "wage_arrears": """received closed_of_received closure_rate migrant_cases workers owed_amount recovered_amount
        recovery_rate referred_to_police penalised_employers on_time_rate by_outcome by_sector by_source""",
    "inspections": """records campaigns targets double_random double_random_targets joint joint_targets project_sites
        problems problem_rate contracts_signed recovered_amount recorded_rate by_kind""",
}

UNITS = {
    "件": "disputes.accepted disputes.by_month petitions.received petitions.by_channel wage_arrears.by_sector",
    "%": "disputes.closure_rate petitions.satisfaction_rate wage_arrears.recovery_rate inspections.problem_rate",
    "天": "disputes.mean_days",
    "人": "disputes.workers disputes.collective_workers wage_arrears.workers",
    "元": "disputes.claim_amount disputes.settled_amount wage_arrears.owed_amount inspections.recovered_amount",
    "人次": "petitions.persons petitions.visits petitions.by_subject",
    "家": "wage_arrears.penalised_employers",
    "份": "inspections.records inspections.contracts_signed",
    "次": "inspections.campaigns inspections.double_random inspections.joint",
    "户次": "inspections.targets inspections.joint_targets inspections.problems inspections.by_kind",
    "个": "inspections.project_sites",
}


def told(field: Field) -> str:
    """A field in the words of DESIGN."""
    codes = f"({','.join(code.key for code in field.codes)})" if isinstance(field, Choice) else ""
    return f"{field.key}:{field.kind}{codes}{'!' if field.required else ''}"


@pytest.mark.parametrize("name", DESIGN)
def test_fields_are_those_of_the_design(name: str) -> None:
    declared = {told(field) for field in BY_NAME[name].fields}
    assert {*DESIGN[name].split(), *EVERY.split()} <= declared


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_ledgers_are_told_apart_by_their_names(language: str) -> None:
    """Sheets of a workbook and the names of their columns are made of them."""
    i18n.use(language)
    for names in ([i18n._(ledger.short) for ledger in LEDGERS], [ledger.title() for ledger in LEDGERS]):
        assert len({name.casefold()[:31] for name in names}) == len(LEDGERS)


def test_what_the_program_computes_or_keeps_is_never_typed() -> None:
    for ledger in LEDGERS:
        typed = {field.key for field in ledger.inputs}
        assert typed.isdisjoint(
            {"due_on", "uid", "no", "created_at", "created_by", "updated_at", "updated_by", "origin"}
        )
    assert BY_NAME["disputes"].field("workers").default == 1
    assert BY_NAME["petitions"].field("persons").default == 1
    assert BY_NAME["inspections"].field("targets").default == 1
    assert BY_NAME["disputes"].field("applicant_kind").default == "worker"


def test_figures_are_those_of_the_design() -> None:
    fixed = [f"{ledger}.{key}" for ledger, keys in FIGURES.items() for key in keys.split()]
    assert [i.key for i in INDICATORS if i.key in fixed] == fixed
    assert len(BY_KEY) == len(INDICATORS)


@pytest.mark.parametrize("unit", UNITS)
def test_units_are_those_of_the_design(unit: str) -> None:
    assert {i18n._(BY_KEY[key].unit) for key in UNITS[unit].split()} == {unit}


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_ledger_is_declared_well(ledger: Ledger) -> None:
    assert ledger.check() == []


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.key)
def test_figure_is_declared_well(indicator: Indicator) -> None:
    assert check(indicator, BY_NAME) == []


def test_no_declared_key_is_taken_for_an_offices_own() -> None:
    fields = [field for ledger in LEDGERS for field in ledger.fields]
    codes = [code.key for field in fields if isinstance(field, Choice) for code in field.codes]
    names = [indicator.key.partition(".")[2] for indicator in INDICATORS]
    assert not [key for key in (*names, *codes, *(f.key for f in fields)) if key.startswith(OWN)]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_heading_or_a_code_means_one_thing(language: str) -> None:
    i18n.use(language)
    assert len({ledger.title() for ledger in LEDGERS}) == len(LEDGERS)
    assert len({(i.ledger, i18n._(i.label)) for i in INDICATORS}) == len(INDICATORS)
    for ledger in LEDGERS:
        assert len({fold(field.title()) for field in ledger.fields}) == len(ledger.fields)
        for field in ledger.fields:
            for code in field.codes if isinstance(field, Choice) else ():
                assert {field.key_of(code.key), field.key_of(i18n._(code.label))} == {code.key}


def with_field(field: Field) -> Ledger:
    return replace(PETITIONS, typed=(*PETITIONS.typed, field))


def choice(**more: Any) -> Choice:
    return Choice(key="mood", label="Mood", **more)


ONE, TWO = Code(key="one", label="One"), Code(key="two", label="Two")
FAULTS: tuple[tuple[Ledger, str], ...] = (
    (replace(PETITIONS, name="Petitions"), "name is not lower-case ASCII"),
    (replace(PETITIONS, name="history"), "name is not lower-case ASCII or is taken"),
    (with_field(Text(key="信", label="Mood")), "key '信' is not lower-case ASCII"),
    (with_field(Text(key="order", label="Mood")), "key 'order' is not lower-case ASCII or is reserved"),
    (with_field(Text(key="binned_at", label="Mood")), "key 'binned_at'"),
    (with_field(Text(key="handler", label="Mood")), "key 'handler' stands twice"),
    (with_field(Text(key="mood", label="")), "field 'mood' has no label"),
    (with_field(Text(key="mood", label="handled by")), "'handler' and 'mood' are both called"),
    (
        with_field(Text(key="mood", label="Mood", only_when=Filled("moon"))),
        "only_when of 'mood' names 'moon'",
    ),
    (with_field(choice(codes=(ONE, ONE))), "code 'one' of 'mood' stands twice"),
    (with_field(choice(codes=(ONE, replace(TWO, label="ONE")))), "codes 'one' and 'two' of 'mood' are both"),
    (with_field(choice(codes=(replace(ONE, key="a;b"),))), "code 'a;b' of 'mood' is not lower-case ASCII"),
    (with_field(choice(codes=(ONE,), default="two")), "default of 'mood' is 'two'"),
    (with_field(choice(codes=(ONE,), prefill="two")), "prefill of 'mood' is 'two'"),
    (
        with_field(Day(key="ends_on", label="Ends on", derived=True)),
        "field 'ends_on' is derived without a clock",
    ),
    (replace(PETITIONS, columns=("petition_no", "moon")), "columns names 'moon'"),
    (replace(PETITIONS, rules=(NotBefore("closed_on", "moon"),)), "NotBefore names 'moon'"),
    (replace(PETITIONS, indexes=(("moon",),)), "indexes names 'moon'"),
    (
        replace(PETITIONS, rules=(Limited("persons", "persons", "most", Filled("persons"), "Too many."),)),
        "Limited compares with 'most', which is no limit",
    ),
    (replace(PETITIONS, first_days=(("moon", "hearing"),)), "first_days names 'moon'"),
    (replace(PETITIONS, first_days=(("decided_on", "appraisal"),)), "events of kind 'appraisal'"),
    (replace(PETITIONS, number="handler"), "number 'handler' is not a required Number"),
    (replace(PETITIONS, day="closed_on"), "day 'closed_on' is not a required Day"),
    (replace(PETITIONS, number_pattern="{year}"), "number_pattern has no {n}"),
    (
        replace(PETITIONS, clocks=(Clock(key="c", label="C", starts=(Start(field="moon"),), days=1),)),
        "clock 'c' names 'moon'",
    ),
)


@pytest.mark.parametrize(("ledger", "fault"), FAULTS, ids=[fault for _ledger, fault in FAULTS])
def test_fault_of_a_ledger_is_named(ledger: Ledger, fault: str) -> None:
    assert any(sentence.startswith(f"{ledger.name}: ") and fault in sentence for sentence in ledger.check())


def figure(**words: Any) -> Indicator:
    fitting: dict[str, Any] = {"key": "petitions.x", "label": "X", "unit": "items", "definition": "X."}
    return Indicator(**{**fitting, "measure": HowMany(InPeriod("received_on")), **words})


WHEN = InPeriod("received_on")
FIGURE_FAULTS: tuple[tuple[Indicator, str], ...] = (
    (figure(definition=""), "definition is missing"),
    (figure(key="disputes.x"), "key is not a ledger, a point and a name"),
    (figure(measure=HowMany(InPeriod("moon"))), "names 'moon', which is no field of petitions"),
    (figure(measure=Sum("handler", WHEN)), "sums 'handler', which is no number"),
    (figure(measure=DaySum("handler", "closed_on", WHEN)), "counts days from or to 'handler'"),
    (figure(measure=Breakdown(HowMany(WHEN), "handler")), "is broken down by 'handler'"),
    (figure(measure=Breakdown(HowMany(WHEN), "channel", month=True)), "is broken down by 'channel'"),
)


@pytest.mark.parametrize(("indicator", "fault"), FIGURE_FAULTS, ids=[fault for _i, fault in FIGURE_FAULTS])
def test_fault_of_a_figure_is_named(indicator: Indicator, fault: str) -> None:
    assert any(
        sentence.startswith(f"{indicator.key}: ") and fault in sentence
        for sentence in check(indicator, {"petitions": PETITIONS})
    )


GATES = Ledger(
    name="gates",
    label="Gates",
    short="Gates",
    section="Elsewhere",
    record="gate",
    number="gate_no",
    number_pattern="门〔{year}〕{n}号",
    day="opened_on",
    columns=("gate_no", "opened_on"),
    indexes=(("opened_on",),),
    typed=(
        Number(key="gate_no", label="Gate no.", required=True),
        Day(key="opened_on", label="Opened on", required=True),
        Choices(key="colours", label="Colours", codes=(ONE, TWO)),
        Money(key="toll", label="Toll"),
        Count(key="carts", label="Carts", default=1),
        Day(key="due_on", label="Due", derived=True),
        Day(key="closed_on", label="Closed on"),
    ),
    clocks=(Clock(key="night", label="By night", starts=(Start(field="opened_on"),), days=10),),
)


def test_a_fifth_ledger_needs_nothing_but_its_declaration(tmp_path: Path) -> None:
    assert GATES.check() == []
    db = open_file(tmp_path / "cases.db", create=True)
    migrations.bring_up(db, LEDGERS)
    migrations.bring_up(db, (*LEDGERS, GATES))  # as a newer program would find the file
    given = {"gate_no": "门〔2020〕1号", "opened_on": "2020-01-06", "colours": "two;one", "toll": 1250}
    with writing(db, WHO, "test", Calendar(), {}) as writer:
        uid = writer.insert(GATES, given)
    kept = records.get(db, GATES, uid) or {}
    assert {key: kept[key] for key in given} == given
    assert (kept["carts"], kept["due_on"], kept["year"], kept["no"]) == (1, "2020-01-16", 2020, 1)
    assert [entry.action for entry in history.of_record(db, uid)] == ["insert"]
    assert list(records.ids(db, Query(GATES, search="门〔2020"))) == [kept["id"]]
    db.close()
