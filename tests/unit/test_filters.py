"""A condition's SQL finds exactly the records that its test in Python finds, whatever it is made of."""

from __future__ import annotations

from array import array
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import FIRST, LAST, WORDS, filled, random_record
from tracker import i18n
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema import operators
from tracker.schema.fields import Choice, Choices, Day, Field, Value, YesNo
from tracker.schema.filters import (
    All,
    AnyOf,
    AtLeast,
    BeforePeriod,
    Between,
    ByEnd,
    Condition,
    Contains,
    Days,
    Disjoint,
    Empty,
    Filled,
    HasCode,
    InPeriod,
    Is,
    KnownBy,
    Named,
    Not,
    NotBeforePeriod,
    NotBy,
    NotKnownBy,
    NotLater,
    OneOf,
    both,
)
from tracker.schema.ledger import Ledger

DAYS = st.dates(FIRST, LAST).map(date.isoformat)
TEXTS = st.sampled_from((*WORDS, "张", "公司", "a", "O'", "%", "_", "\\", "Ａ", "o'neil", "")) | st.text(
    "张公aA%_\\", max_size=3
)
NAMES = st.sampled_from(("O'Neil", "DROP", "张三", "李四", "丙 "))
RELATIVE = (InPeriod, KnownBy, NotKnownBy, ByEnd, BeforePeriod, NotBeforePeriod)


def keys(ledger: Ledger, kind: type[Field]) -> st.SearchStrategy[str]:
    return st.sampled_from([field.key for field in ledger.entered if isinstance(field, kind)])


def codes(ledger: Ledger, kind: type[Choice]) -> st.SearchStrategy[tuple[str, list[str]]]:
    """A field of codes, and some of them, unknown ones too."""
    fields = [f for f in ledger.entered if type(f) is kind]
    words = {
        f.key: [*(c.key for c in f.codes), "hours-leave", "%", "re", "*"]
        for f in fields
        if isinstance(f, Choice)
    }
    return st.sampled_from(sorted(words)).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(st.sampled_from(words[k])))
    )


def simple(ledger: Ledger) -> st.SearchStrategy[Condition]:
    """Any condition without parts of its own."""
    texts, days = [f.key for f in ledger.entered if f.kind in ("text", "names", "number")], keys(ledger, Day)
    numbers = [f.key for f in ledger.entered if f.kind in ("count", "money")]
    plain = [f.key for f in ledger.entered if isinstance(f, Day) and not f.moment]
    bound = st.none() | st.integers(-1, 10_000_000) | st.integers(0, 31)
    kinds = [
        codes(ledger, Choice).map(lambda found: OneOf(found[0], tuple(found[1]))),
        st.builds(Filled, st.sampled_from([f.key for f in ledger.fields])),
        st.builds(Empty, st.sampled_from([f.key for f in ledger.fields])),
        st.builds(Is, st.sampled_from(texts), TEXTS),
        st.builds(Contains, st.sampled_from(texts), TEXTS),
        st.builds(Named, st.sampled_from(texts), st.lists(TEXTS | NAMES, max_size=3).map(tuple)),
        st.builds(Days, days, st.none() | DAYS, st.none() | DAYS),
        st.builds(NotBy, days, DAYS),
        st.builds(NotLater, st.sampled_from(plain), days, st.sampled_from((0, 1, 15, 400))),
    ]
    if numbers:
        kinds.append(st.builds(Between, st.sampled_from(numbers), bound, bound))
    if any(isinstance(field, YesNo) for field in ledger.entered):
        kinds.append(st.builds(Is, keys(ledger, YesNo), st.integers(0, 1)))
    if any(isinstance(field, Choices) for field in ledger.entered):
        several = codes(ledger, Choices).filter(lambda found: bool(found[1]))
        kinds.append(
            st.builds(lambda found, main: HasCode(found[0], found[1][0], main), several, st.booleans())
        )
    return st.one_of(kinds)


def conditions(ledger: Ledger) -> st.SearchStrategy[Condition]:
    """Any absolute condition, nested."""

    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, max_size=3).map(tuple)
        return st.builds(All, several) | st.builds(AnyOf, several) | st.builds(Not, inner)

    return st.recursive(simple(ledger), joined, max_leaves=5)


Known = dict[str, list[dict[str, Value]]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    random = Random(11)
    chosen = {ledger: [random_record(ledger, random) for _n in range(150)] for ledger in LEDGERS}
    for n, record in enumerate(chosen[INSPECTIONS]):
        record["checked_on"] = f"{record['checked_on']}T09:30" if n % 2 else record["checked_on"]
    return filled(tmp_path_factory.mktemp("filters") / "cases.db", chosen)


@pytest.fixture(scope="module")
def known(office: Office) -> Known:
    """Every record by ledger, as stored."""
    found: Known = {}
    for ledger in LEDGERS:
        names = [f.key for f in ledger.fields]
        rows = records.each(office.db, Query(ledger), names)
        found[ledger.name] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def agree(office: Office, known: Known, ledger: Ledger, condition: Condition) -> int:
    """How many records SQL and Python find alike."""
    by_sql = {row[0] for row in records.each(office.db, Query(ledger, condition), ["uid"])}
    assert by_sql == {record["uid"] for record in known[ledger.name] if condition.matches(record)}
    assert condition.fields() <= set(ledger.by_key)
    return len(by_sql)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
@settings(max_examples=tries(5))
@given(data=st.data())
def test_sql_and_python_find_the_same(
    office: Office, known: Known, ledger: Ledger, data: st.DataObject
) -> None:
    agree(office, known, ledger, data.draw(conditions(ledger)))


@settings(max_examples=tries(30))
@given(data=st.data())
def test_so_they_do_when_a_period_is_filled_in(office: Office, known: Known, data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from(LEDGERS))
    begin, end = sorted((data.draw(st.dates(FIRST, LAST)), data.draw(st.dates(FIRST, LAST))))
    period = Period.of(begin, end, data.draw(st.none() | st.dates(FIRST, LAST)))
    parts = st.lists(
        st.builds(lambda kind, key: kind(key), st.sampled_from(RELATIVE), keys(ledger, Day)), max_size=3
    )
    kind = data.draw(st.sampled_from((All, AnyOf, Disjoint)))
    agree(office, known, ledger, kind(tuple(data.draw(parts))).at(period))


def test_a_time_of_day_never_moves_a_day(office: Office, known: Known) -> None:
    moment = next(str(r["checked_on"]) for r in known["inspections"] if "T" in str(r["checked_on"]))
    day = moment[:10]
    for condition in (
        Days("checked_on", day, day),
        Days("checked_on", None, day),
        Not(NotBy("checked_on", day)),
    ):
        assert condition.matches({"checked_on": moment})
        assert agree(office, known, INSPECTIONS, condition) >= 1


def test_a_condition_finds_some_and_not_all(office: Office, known: Known) -> None:
    """That the comparison above is not one of nothing with nothing."""
    for condition in (
        Is("channel", "online"),
        HasCode("cause", "welfare"),
        HasCode("cause", "welfare", main=True),
        AtLeast("workers", 10),
        Contains("applicant", "王"),
        Named("applicant", ("DROP", "李四")),
        NotLater("applied_on", "heard_on"),
        Filled("sued_on"),
        InPeriod("heard_on").at(Period.year(2020)),
    ):
        assert 0 < agree(office, known, DISPUTES, condition) < 150


@pytest.mark.parametrize(
    "condition",
    (
        OneOf("channel", ()),
        AnyOf(()),
        Not(All(())),
        Empty("no"),
        Empty("uid"),
        Not(Filled("uid")),
        All((Filled("sued_on"), Empty("no"))),
        All((Days("closed_on", "2020-01-01"), AnyOf(()))),
        Contains("remarks", "长" * 20_000),
    ),
)
def test_what_no_record_meets_finds_none(office: Office, known: Known, condition: Condition) -> None:
    assert agree(office, known, DISPUTES, condition) == 0
    assert records.first_ids(office.db, Query(DISPUTES, condition), 9, 5) == (array("q"), True)


@pytest.mark.parametrize("code", ("relationship", "hours_leave", "re", "other", "hours-leave", "*", "%"))
def test_a_code_is_whole_and_itself(office: Office, known: Known, code: str) -> None:
    found = [agree(office, known, DISPUTES, HasCode("cause", code, main)) for main in (False, True)]
    assert (found[0] > found[1] > 0) == (code in ("relationship", "hours_leave", "other"))


def test_without_a_period_there_is_no_sql() -> None:
    for kind in RELATIVE:
        for use in (lambda c: c.sql(), lambda c: c.matches({})):
            with pytest.raises(NotImplementedError):
                use(kind("closed_on"))
        assert "结案日期" in kind("closed_on").sentence(DISPUTES)


def test_nested_conjunctions_are_laid_flat() -> None:
    parts = (Filled("sued_on"), Empty("heard_on"), Is("channel", "mail"))
    assert both(All(parts[:2]), parts[2]) == All(parts)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@settings(max_examples=tries(30))
@given(data=st.data())
def test_every_condition_has_a_sentence(language: str, data: st.DataObject) -> None:
    i18n.use(language)
    ledger = data.draw(st.sampled_from(LEDGERS))
    assert data.draw(simple(ledger)).sentence(ledger).strip()


SENTENCES = (
    (Is("channel", "online"), "Filed by is Online", "申请渠道为网上"),
    (OneOf("channel", ("online", "mail")), "Filed by is Online or By post", "申请渠道为网上或邮寄"),
    (Days("closed_on", "2020-01-01", "2020-12-31"), "Closed on from 2020-01-01 to 2020-12-31", "2020-01-01"),
    (Not(Filled("sued_on")), "not (Sued on is filled in)", "起诉日期"),
    (All(()), "all records", "全部记录"),
)


@pytest.mark.parametrize(("condition", "in_english", "in_chinese"), SENTENCES)
def test_a_condition_reads_as_a_clerk_would_say_it(
    condition: Condition, in_english: str, in_chinese: str
) -> None:
    assert in_chinese in condition.sentence(DISPUTES)
    i18n.use("en")
    assert condition.sentence(DISPUTES) == in_english


@pytest.mark.parametrize("typed", ("测(2020)", "［２０２０］", "（2020） 1"))
def test_a_number_is_filtered_however_its_brackets_are_written(office: Office, typed: str) -> None:
    def found(operator: str, text: str) -> int:
        where = operators.Filter("case_no", operator, (text,)).condition(DISPUTES)
        return records.count(office.db, Query(DISPUTES, where))

    every = records.count(office.db, Query(DISPUTES))
    assert 0 < found("contains", typed) == every - found("lacks", typed) < every
    assert found("equals", "测（2020）1 号") == found("equals", "测〔2020〕1号")


def asked(field: Field, operator: operators.Operator) -> tuple[Value, ...]:
    """Something that a clerk could have entered for the operator."""
    if operator.inputs == "codes":
        return tuple(c.key for c in field.codes[:2]) if isinstance(field, Choice) else ()
    if operator.inputs == "range":
        return ("2019-05-01", "2020-05-01") if isinstance(field, Day) else (2, 5_000_000)
    return ("张",) if operator.inputs == "one" else ()


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_filter_of_a_list_finds_what_it_says(office: Office, known: Known, ledger: Ledger) -> None:
    for field in operators.filterable(ledger):
        for operator in operators.BY_KIND[field.kind]:
            chosen = operators.Filter(field.key, operator.key, asked(field, operator))
            assert operators.Filter.from_json(chosen.to_json()) == chosen
            assert chosen.sentence(ledger)
            agree(office, known, ledger, chosen.condition(ledger))
