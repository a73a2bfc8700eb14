"""Conditions that a file keeps as SQL are only taken where this program could have written them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tracker.catalogue import STANDARD
from tracker.db import tables
from tracker.db.conditions import ours
from tracker.operations import freezing
from tracker.period import Period
from tracker.schema.filters import AnyOf, Condition, Named, NamedIn, OneOf, both, literal

NAMES = frozenset(STANDARD.by_name)
FUNCTIONS = {"instr", "json_each", "json_quote", "replace", "trim", "date", "like"}
NESTED = NamedIn("officers", "name", "inspections", "officers", Named("officers", ("张三", "李四")))


class Declared:
    """What has a catalogue."""

    catalogue = STANDARD


def written() -> Iterator[str]:
    """Conditions of this program."""
    period = Period.year(2020)
    for indicator in STANDARD.indicators:
        yield from (one.condition for one in freezing.countings(Declared(), indicator, period))  # type: ignore[arg-type]
    more: tuple[Condition, ...] = (NESTED, Named("arbitrator", ("O'x",)), OneOf("cause", ("a;b", "'")))
    for one in (*more, AnyOf(more), both(*more)):
        yield literal(one)


WRITTEN = sorted(set(written()))
LOOKS = [text for text in WRITTEN if "SELECT" in text]


def test_what_the_program_writes_is_taken() -> None:
    assert len(WRITTEN) > 200 and len(LOOKS) >= 4
    assert [text for text in WRITTEN if not ours(text, NAMES)] == []


@given(st.sampled_from(LOOKS), st.data())
def test_a_word_of_sql_in_any_other_case_is_refused(text: str, data: st.DataObject) -> None:
    outside = re.sub(r"'(?:[^']|'')*'", lambda found: "#" * len(found[0]), text)
    words = [word.span() for word in re.finditer(r"\b[A-Z]{2,}\b", outside)]
    begin, end = data.draw(st.sampled_from(words))
    upper = data.draw(
        st.lists(st.booleans(), min_size=end - begin, max_size=end - begin).filter(lambda b: not all(b))
    )
    other = "".join(c if up else c.lower() for c, up in zip(text[begin:end], upper, strict=True))
    assert not ours(text[:begin] + other + text[end:], NAMES)


@pytest.mark.parametrize(
    "text",
    (
        "EXISTS (select 1 from history a cross join history b)",
        "(select value from settings where key = 'office') = 'x'",
        "1 IN (select x from (select 1 x union all select 2))",
        "EXISTS (SELECT 1 FROM json_each('[1]'), json_each('[1]') WHERE 1)",
        "EXISTS (SELECT 1 FROM json_each('[1]'), disputes WHERE 1)",
        "EXISTS (SELECT 1 FROM disputes WHERE EXISTS (SELECT 1 FROM petitions WHERE petitions.no = disputes.no))",
        "EXISTS (SELECT 1 FROM json_each('[1]') WHERE EXISTS (SELECT 1 FROM json_each('[1]') WHERE 1))",
        "'x' IN reasons",
        "json_each('[1]')",
        "EXISTS (SELECT 1 FROM history WHERE 1)",
        "no BETWEEN 1 AND 2",
        "no between 1 AND 2",
        "case when 1 then 2 end",
        "_x(1)",
    ),
)
def test_what_it_does_not_write_is_refused(text: str) -> None:
    assert not ours(text, NAMES)


WORDS = (
    *("(", ")", "(", ")", ",", "=", "<>", "||", "+", ".", "1", "'x'", "'[1, 2]'"),
    *("AND", "OR", "NOT", "IN", "IS", "NULL", "EXISTS", "SELECT", "FROM", "WHERE", "LIKE"),
    *(
        "and",
        "or",
        "in",
        "exists",
        "select",
        "From",
        "where",
        "union",
        "all",
        "join",
        "cross",
        "as",
        "with",
        "values",
    ),
    *(
        "case",
        "when",
        "then",
        "end",
        "order",
        "by",
        "limit",
        "between",
        "cast",
        "collate",
        "distinct",
        "not",
        "rows",
    ),
    *(
        "json_each",
        "instr",
        "replace",
        "trim",
        "date",
        "json_quote",
        "randomblob",
        "load_extension",
        "count",
        "max",
    ),
    *(
        "disputes",
        "petitions",
        "history",
        "heads",
        "reasons",
        "sqlite_master",
        "no",
        "uid",
        "applicant",
        "value",
    ),
)
atoms = st.sampled_from(
    ("no", "uid", "applicant = 'x'", "1", "NULL", "value", "no = 1", "instr(applicant, 'x')")
)
froms = st.sampled_from(
    ("disputes", "petitions", "history", "json_each('[1, 2]')", "json_each(applicant)", "disputes, petitions",
     "disputes a", "json_each('[1]'), petitions", "(SELECT 1)", "petitions cross join history")
)  # fmt: skip


def bigger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    select, word = (
        st.sampled_from(("SELECT", "SELECT", "select")),
        st.sampled_from(("AND", "OR", "and", "||", ",")),
    )
    look = st.builds(
        "({} {} FROM {} WHERE {})".format, select, st.sampled_from(("1", "value", "*")), froms, inner
    )
    return st.one_of(
        st.builds("({} {} {})".format, inner, word, inner),
        st.builds("NOT {}".format, inner),
        st.builds("EXISTS {}".format, look),
        st.builds("no IN {}".format, look),
        st.builds("replace({}, 'a', 'b')".format, inner),
    )


mixed = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
anything = st.one_of(mixed, st.recursive(atoms, bigger, max_leaves=6))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("plain") / "cases.db"
    new_office(path, WHO).close()
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@how(max_examples=tries(500), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=anything)
def test_whatever_is_taken_looks_only_where_it_may_and_never_into_two_at_once(
    plain: sqlite3.Connection, text: str
) -> None:
    """As SQLite itself understands it: which tables it reads, which functions it calls, and what it scans in what."""
    if not ours(text, NAMES):
        return
    read, called = set(), set()

    def noted(action: int, one: str | None, two: str | None, *_where: object) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add(one)
        elif action == sqlite3.SQLITE_FUNCTION:
            called.add(two)
        return sqlite3.SQLITE_OK if action != sqlite3.SQLITE_RECURSIVE else sqlite3.SQLITE_DENY

    plain.set_authorizer(noted)
    try:
        plan = plain.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM disputes WHERE {text}").fetchall()
    except sqlite3.Error:
        return  # `checked` refuses what does not compile
    finally:
        plain.set_authorizer(None)
    if "sqlite_master" not in text:
        read.discard("sqlite_master")  # of SQLite itself, where it reads the list of tables anew
    assert read <= NAMES | {"json_each"} and called <= FUNCTIONS
    parents = {identity: parent for identity, parent, *_more in plan}
    scans = [(parent, told) for _id, parent, _n, told in plan if told.startswith(("SCAN", "SEARCH"))]
    assert len({parent for parent, _told in scans}) == len(scans), f"joined: {text}"
    real = {parent for parent, told in scans if "json_each" not in told}
    for place in real:
        depth, at = 0, place
        while at in parents:
            at = parents[at]
            depth += at in real
        assert depth <= 1, text


def test_columns_may_have_any_name_that_they_have() -> None:
    columns = {column for ledger in STANDARD.kept for column in tables.columns(ledger)}
    assert all(ours(f"{column} = 1", NAMES) for column in columns)
