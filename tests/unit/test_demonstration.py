"""The demonstration file: the report's figures to the piece, and an office in which a clerk would believe."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.demos import demo
from tracker.db import records
from tracker.demonstration import named
from tracker.demonstration.office import nothing
from tracker.errors import Cancelled, UserError
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.operations import demonstration, editing, hearings
from tracker.operations.figures import figures
from tracker.operations.office import Office, make_office, open_office
from tracker.period import Period
from tracker.schema.fields import Names, Value
from tracker.schema.indicator import Figure
from tracker.workdays import Calendar

NAME = "huairou-2020"
CUT_OFF = date(2020, 12, 25)
REPORT = {
    "disputes.accepted": "2207",
    "disputes.closed": "2191",
    "disputes.closed_of_accepted": "2191",
    "disputes.pending": "16",
    "disputes.carried_over": "0",
    "disputes.mediated": "1443",
    "disputes.final_awards": "143",
    "disputes.closure_rate": "99.28",
    "disputes.mediation_share": "65.86",
    "disputes.finality_rate": "72.39",
    "petitions.persons": "94",
    "petitions.completion_rate": "100.00",
    "inspections.targets": "903",
}
SUBJECTS = {
    "labour_relations": 11, "wages": 65, "employment": 1, "hr_management": 6, "pension": 2,
    "work_injury": 3, "social_insurance_agency": 4, "complaint": 2,
}  # fmt: skip
SAME = "51a6196b43cb982dbc91d5195e9af26cbb4b1f66695e081686bd401879673548"
"""SHA-256 of all records, on every machine and Python; set anew where the data change on purpose."""

FINAL = {"remuneration", "compensation", "work_injury", "damages", "hours_leave", "social_insurance"}
"""Causes of final awards (Mediation and Arbitration Law, Art 47)."""

AHEAD = {"rectify_by", "heard_on", "receive_by", "promised_by", "valid_until"}
"""Days that a record sets beforehand."""

Row = dict[str, Value]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One finished demonstration file for all tests that only read."""
    return demo(tmp_path_factory, NAME)


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    opened = open_office(path, readonly=True)
    yield opened
    opened.close()


def rows(office: Office, name: str) -> list[Row]:
    """Every record of a ledger in order of entry, with the fields of its form."""
    keys = [field.key for field in BY_NAME[name].entered]
    sql = f"SELECT {', '.join(keys)} FROM {name} ORDER BY year, no"
    return [dict(zip(keys, row, strict=True)) for row in office.db.rows(sql)]


def told(office: Office, period: Period) -> dict[str, Figure]:
    return {figure.indicator.key: figure for figure in figures(office.db, period)}


def test_the_figures_of_the_report_come_out_exactly(office: Office) -> None:
    found = told(office, Period.year(2020, CUT_OFF))
    assert {key: found[key].text() for key in REPORT} == REPORT
    assert found["petitions.by_subject"].parts == SUBJECTS


def test_the_whole_year_says_the_same_because_nothing_follows_the_cut_off(office: Office) -> None:
    found = told(office, Period.year(2020))
    assert {key: found[key].text() for key in REPORT} == REPORT


def test_the_year_before_is_there_to_compare_with(office: Office) -> None:
    accepted = told(office, Period.year(2020, CUT_OFF))["disputes.accepted"]
    assert accepted.previous is not None
    assert accepted.previous.text() == "2010"
    year = told(office, Period.year(2019))
    assert (year["disputes.closed"].text(), year["disputes.pending"].text()) == ("2010", "0")


def test_every_record_is_free_of_problems_and_warnings(office: Office) -> None:
    found = [
        (name, p.message)
        for name in BY_NAME
        for row in rows(office, name)
        for p in BY_NAME[name].problems(row)
    ]
    assert found == []


def test_every_value_is_one_that_its_field_can_hold(office: Office) -> None:
    for ledger in LEDGERS:
        for row in rows(office, ledger.name):
            for field in ledger.inputs:
                value = row[field.key]
                typed = field.edit_text(value) if field.kind == "money" else value
                assert field.parse(typed) == value, (ledger.name, field.key, value)


def test_offices_work_on_working_days_and_nothing_is_dated_after_the_cut_off(office: Office) -> None:
    calendar = Calendar()
    for ledger in (
        ledger for ledger in LEDGERS if ledger.day
    ):  # a register's days are those of lasting things
        days = [f.key for f in ledger.inputs if f.kind == "day" and f.key not in AHEAD]
        for row in rows(office, ledger.name):
            for key in days:
                day = row[key] and date.fromisoformat(str(row[key])[:10])
                assert not day or (calendar.is_workday(day) and day <= CUT_OFF), (ledger.name, key, row)


def test_numbers_follow_the_days_without_a_gap(office: Office) -> None:
    for ledger in LEDGERS:
        listed = rows(office, ledger.name) if ledger.day else []
        assert [row[ledger.day] for row in listed] == sorted(str(row[ledger.day]) for row in listed)
        assert [editing.number_gaps(office, ledger, year) for year in (2019, 2020)] == [(), ()]
    first = rows(office, "disputes")[0]
    assert first["case_no"] == "京怀劳人仲字〔2019〕第1号"
    typed = BY_NAME["disputes"].field("case_no").parse("京怀劳人仲字[2020]1号")
    assert len(records.by_number(office.db, BY_NAME["disputes"], str(typed))) == 1


def test_cases_take_believable_time(office: Office) -> None:
    closed = [row for row in rows(office, "disputes") if row["closed_on"]]
    days: dict[str, list[int]] = {}
    for row in closed:
        length = date.fromisoformat(str(row["closed_on"])) - date.fromisoformat(str(row["accepted_on"]))
        days.setdefault(str(row["closing_method"]), []).append(length.days)
    mean = {method: sum(found) / len(found) for method, found in days.items()}
    assert mean["mediation"] < 20 < 32 < mean["final_award"] < mean["award"] < 45
    late = [row for row in closed if str(row["closed_on"]) > str(row["due_on"])]
    assert 8 <= len(late) <= 24
    assert {row["closing_method"] for row in late} == {"award"}
    assert any(row["extended"] for row in closed)
    assert any(row["suspended_days"] for row in closed)


def test_pending_cases_were_accepted_in_the_last_month(office: Office) -> None:
    pending = [row for row in rows(office, "disputes") if row["accepted_on"] and not row["closed_on"]]
    assert {str(row["accepted_on"])[:7] for row in pending} == {"2020-12"}
    decided = [row["accepted_on"] or row["refused_on"] for row in rows(office, "disputes")]
    assert 0 < decided.count(None) < 25


def test_the_epidemic_left_its_mark(office: Office) -> None:
    months = Counter(str(row["accepted_on"])[:7] for row in rows(office, "disputes"))
    assert months["2020-02"] * 3 < months["2019-02"]
    assert months["2020-04"] > months["2019-04"]


def test_final_awards_are_of_the_kinds_that_the_law_names(office: Office) -> None:
    for row in rows(office, "disputes"):
        if row["closing_method"] == "final_award":
            assert set(str(row["cause"]).split(";")) <= FINAL


def test_checks_are_made_by_two_officers_who_are_in_one_place_at_a_time(office: Office) -> None:
    where: dict[tuple[str, str], str] = {}
    for row in rows(office, "inspections"):
        officers = Names.split(row["officers"])
        assert len(set(officers)) == len(officers) >= 2
        for officer in officers:
            assert (
                where.setdefault((str(row["checked_on"]), officer), str(row["record_no"])) == row["record_no"]
            )


def test_the_same_seed_makes_the_same_records() -> None:
    first, again = named(NAME).records(), named(NAME).records()
    assert first == again
    text = json.dumps(first, ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == SAME


def test_the_file_says_that_it_is_a_demonstration(office: Office) -> None:
    assert str(office.setting("office")) == "北京市怀柔区人力资源和社会保障局（演示）"
    kinds = dict(office.db.rows("SELECT kind, note FROM operations"))
    assert "2019-12-31" in kinds["demonstration"]


class Told:
    """Progress that keeps what it is told, and asks to stop once so many are done."""

    def __init__(self, stop_at: int = 10**9) -> None:
        self.stop_at = stop_at
        self.seen: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        self.seen.append((done, total))
        if done >= self.stop_at:
            raise Cancelled


def test_progress_runs_to_the_end_and_the_result_counts_what_was_made(tmp_path: Path) -> None:
    progress = Told()
    made = demonstration.make(NAME, tmp_path / "demo.db", progress)
    total = sum(made.counts.values())
    assert progress.seen[-1] == (total, total)
    assert len(made.notes) == 4
    opened = open_office(made.path, readonly=True)
    there = {name: len(rows(opened, name)) for name in BY_NAME}
    assert {name: number for name, number in there.items() if number} == made.counts
    opened.close()


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        demonstration.make(NAME, tmp_path / "demo.db", Told(stop_at=1000))
    assert list(tmp_path.iterdir()) == []


def test_it_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine")
    with pytest.raises(UserError, match=r"mine\.db"):
        demonstration.make(NAME, path)
    assert path.read_text() == "mine"


def test_every_name_has_its_demonstration() -> None:
    assert [named(name).name for name in demonstration.names()] == list(demonstration.names())
    assert demonstration.title(NAME) == "北京怀柔：2019年及2020年（截至12月25日）"


def test_an_unknown_name_is_told_those_there_are(tmp_path: Path, english: None) -> None:
    with pytest.raises(UserError, match=r"no demonstration “nowhere”; there are: huairou-2020"):
        demonstration.make("nowhere", tmp_path / "demo.db")
    assert NAME in demonstration.names()
    assert list(tmp_path.iterdir()) == []


# what belongs to the records


def belonging(office: Office, name: str) -> list[Row]:
    ledger = office.catalogue.every[name]
    keys = [field.key for field in ledger.entered]
    sql = f"SELECT {', '.join(keys)} FROM {name}"
    return [dict(zip(keys, row, strict=True)) for row in office.db.rows(sql)]


def test_events_and_parties_are_free_of_problems_and_warnings(office: Office) -> None:
    for name in ("events", "parties"):
        found = belonging(office, name)
        assert 40 < len(found) < 100
        assert [office.catalogue.every[name].problems(row) for row in found] == [()] * len(found)


def test_events_say_what_the_records_count_already(path: Path, tmp_path: Path) -> None:
    """Neither a day due nor a figure moves by them."""
    bare = tmp_path / "bare.db"
    plain = replace(named(NAME), belongings=nothing)
    filled = make_office(bare)
    demonstration.fill(filled, plain, None)
    filled.close()
    sql = "SELECT case_no, due_on, suspended_days, extended FROM disputes ORDER BY case_no"
    one, other = (open_office(where, readonly=True) for where in (path, bare))
    assert one.db.rows(sql) == other.db.rows(sql)
    assert not other.db.rows("SELECT 1 FROM events")
    for opened in (one, other):
        opened.close()


def test_the_calendar_shows_hearings_with_time_and_place(office: Office) -> None:
    found = hearings.between(office, CUT_OFF, date(2021, 1, 31))
    ahead = [one for one in found if one.at > CUT_OFF.isoformat() and one.place]
    assert len(ahead) >= 10
    assert all(len(one.at) > 10 and Calendar().is_workday(date.fromisoformat(one.at[:10])) for one in ahead)


def test_parties_are_those_that_their_records_name(office: Office) -> None:
    owners = {
        str(row[0]): row[1:] for row in office.db.rows("SELECT uid, applicant, respondent FROM disputes")
    }
    for party in belonging(office, "parties"):
        applicant, respondent = owners[str(party["record"])]
        named_there = Names.split(str(applicant if party["role"] == "applicant" else respondent))
        assert party["name"] in named_there
        assert str(party["phone"])[3:7] == "0000"
        assert str(party["id_number"] or "990000").startswith("990000")
