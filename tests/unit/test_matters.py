"""A matter through petition, mediation, check and arbitration: begun, linked, told as one chain, counted once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.db import records
from tracker.errors import UserError
from tracker.indicators import BY_KEY
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.mediations import MEDIATIONS
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import editing, figures, matters, undoing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.continuing import CONTINUES, Continuation
from tracker.schema.fields import Choice, Value
from tracker.schema.ledger import Ledger

YEAR = Period.year(2020)
PETITION: dict[str, Value] = {
    "petition_no": "信1号", "received_on": "2020-03-02", "channel": "visit", "petitioner": "张三、李四",
    "persons": 2, "employer": "安居公司", "subject": "wages",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(new_office(tmp_path / "cases.db", WHO)) as made:
        yield made


def way(ledger: Ledger, to: Ledger) -> Continuation:
    return next(way for way in ledger.continued_as if way.to == to.name)


def go_on(office: Office, ledger: Ledger, uid: str, to: Ledger, **more: Value) -> str:
    record = records.get(office.db, ledger, uid) or {}
    begun = matters.begun(ledger, record, way(ledger, to), to)
    return editing.save(office, to, {**begun, **more}).uid


def told(office: Office, ledger: Ledger, uid: str) -> list[str]:
    return [part.target.called for part in matters.chain(office.db, ledger, uid)]


def count(office: Office) -> int:
    (figure,) = figures.figures(office.db, YEAR, [BY_KEY["disputes.matters"]])
    return int(figure.numerator or 0)


def dispute(office: Office, petition: str, no: str = "仲1号", day: str = "2020-05-01") -> str:
    return go_on(office, PETITIONS, petition, DISPUTES, case_no=no, applied_on=day)


def test_a_case_goes_on_from_a_petition_with_its_parties(office: Office) -> None:
    petition = editing.save(office, PETITIONS, PETITION).uid
    case = dispute(office, petition)
    record = records.get(office.db, DISPUTES, case) or {}
    assert (record["applicant"], record["respondent"], record["workers"]) == ("张三、李四", "安居公司", 2)
    assert record[CONTINUES.key] == petition
    assert told(office, PETITIONS, petition) == told(office, DISPUTES, case) == ["信1号", "仲1号"]
    assert [part.here for part in matters.chain(office.db, DISPUTES, case)] == [False, True]
    undoing.undo(office)
    assert told(office, PETITIONS, petition) == ["信1号"]
    undoing.redo(office)
    assert told(office, PETITIONS, petition) == ["信1号", "仲1号"]


def test_a_matter_is_counted_once(office: Office) -> None:
    petition = editing.save(office, PETITIONS, PETITION).uid
    assert count(office) == 1
    case = dispute(office, petition)
    assert count(office) == 1
    matters.link(office, DISPUTES, case, None)
    assert count(office) == 2
    undoing.undo(office)
    assert count(office) == 1


def test_an_earlier_record_of_the_same_parties_is_offered_and_linked(office: Office) -> None:
    petition = editing.save(office, PETITIONS, PETITION).uid
    editing.save(office, PETITIONS, {**PETITION, "petition_no": "信2号", "petitioner": "王五"})
    case: dict[str, Value] = {
        "case_no": "仲1号",
        "applied_on": "2020-05-01",
        "applicant": "李四",
        "respondent": "安居公司",
    }
    uid = editing.save(office, DISPUTES, case).uid
    assert [part.target.uid for part in matters.earlier(office.db, DISPUTES, uid)] == [petition]
    assert matters.link(office, DISPUTES, uid, petition).ledgers == {"disputes"}
    assert matters.earlier(office.db, DISPUTES, uid) == ()
    assert told(office, DISPUTES, uid) == ["信1号", "仲1号"]
    editing.bin_records(office, PETITIONS, [petition])
    assert told(office, DISPUTES, uid) == ["仲1号"]


def test_no_record_continues_itself_nor_one_that_continues_it(office: Office) -> None:
    petition = editing.save(office, PETITIONS, PETITION).uid
    mediation = go_on(
        office,
        PETITIONS,
        petition,
        MEDIATIONS,
        mediation_no="调1号",
        registered_on="2020-04-01",
        organisation="调委会",
    )
    case = go_on(office, MEDIATIONS, mediation, DISPUTES, case_no="仲1号", applied_on="2020-05-01")
    assert told(office, MEDIATIONS, mediation) == ["信1号", "调1号", "仲1号"]
    for ledger, uid, to in (
        (DISPUTES, case, case),
        (MEDIATIONS, mediation, case),
        (PETITIONS, petition, case),
    ):
        with pytest.raises(UserError):
            matters.link(office, ledger, uid, to)
    assert told(office, MEDIATIONS, mediation) == ["信1号", "调1号", "仲1号"]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_what_is_declared_is_there(ledger: Ledger) -> None:
    for way in ledger.continued_as:
        to = BY_NAME[way.to]
        assert to.matter and ledger.matter
        for key, source in way.fields:
            mine, theirs = to.field(key), ledger.field(source)
            assert mine.integer == theirs.integer
            if isinstance(mine, Choice):
                assert isinstance(theirs, Choice) and mine.codes == theirs.codes
