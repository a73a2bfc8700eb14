"""What the office sets: declared, checked, kept with history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker import settings
from tracker.errors import UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.penalties import PENALTIES
from tracker.operations.office import Changed, Office, open_office, save_settings
from tracker.schema.fields import Name


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "cases.db", WHO)


def test_a_setting_has_its_default_until_it_is_made(office: Office) -> None:
    assert office.setting("office") is None
    assert office.setting("pattern_disputes") == DISPUTES.number_pattern
    assert save_settings(office, {"office": " 怀柔区人社局 "}) == Changed(settings=True)
    path = office.db.path
    office.close()
    again = open_office(path, WHO, readonly=True)
    assert again.setting("office") == "怀柔区人社局"
    again.close()


def test_clearing_a_setting_brings_the_default_back(office: Office) -> None:
    save_settings(office, {"pattern_disputes": "{n}"})
    assert office.patterns["disputes"].number(2020, 3) == "3"
    save_settings(office, {"pattern_disputes": None})
    assert office.setting("pattern_disputes") == DISPUTES.number_pattern


def test_setting_the_same_changes_nothing(office: Office) -> None:
    save_settings(office, {"region": "京怀"})
    before = office.db.rows("SELECT * FROM history")
    assert save_settings(office, {"region": "京怀"}) == Changed()
    assert office.db.rows("SELECT * FROM history") == before


@pytest.mark.parametrize("wrong", ("没有编号", "{n}{n}", "{month}{n}"))
def test_a_pattern_that_cannot_count_is_not_kept(office: Office, wrong: str) -> None:
    with pytest.raises(UserError, match=r"\{序号\}"):
        save_settings(office, {"region": "京怀", "pattern_disputes": wrong})
    assert (office.setting("region"), office.setting("pattern_disputes")) == (None, DISPUTES.number_pattern)


def test_every_ledger_has_a_pattern_and_every_setting_a_label() -> None:
    numbered = [ledger for ledger in LEDGERS if not isinstance(ledger.field(ledger.number), Name)]
    assert len(numbered) > 15
    assert {settings.pattern_key(ledger) for ledger in numbered} <= set(settings.BY_KEY)
    assert all(field.label and field.title() for field in settings.SETTINGS)


def reviewed(office: Office, amount: int) -> set[str]:
    """The fields of a penalty of so many fen on a person about which the office is warned."""
    record = {
        "kind": "penalty",
        "party_kind": "person",
        "party": "张三",
        "amount": amount,
        "filed_on": "2023-03-01",
    }
    ledger = office.catalogue.by_name["penalties"]
    return {p.field for p in ledger.problems({"decision_no": "1", **record}) if p.warning}


def test_an_office_sets_the_amount_from_which_a_legal_review_is_due(office: Office) -> None:
    assert (reviewed(office, 99_999), reviewed(office, 100_000)) == (set(), {"reviewed_on"})
    save_settings(office, {"review_person": "5000"})
    assert office.setting("review_person") == 500_000
    assert (reviewed(office, 499_999), reviewed(office, 500_000)) == (set(), {"reviewed_on"})
    path = office.db.path
    office.close()
    again = open_office(path, WHO)
    assert (reviewed(again, 499_999), reviewed(again, 500_000)) == (set(), {"reviewed_on"})
    save_settings(again, {"review_person": None})
    assert again.catalogue.by_name["penalties"] == PENALTIES
    again.close()


def test_a_final_award_over_twelve_minimum_wages_is_told_once_the_office_knows_the_wage(
    office: Office,
) -> None:
    award = {"case_no": "1", "applied_on": "2023-03-01", "accepted_on": "2023-03-01", "applicant": "张三",
             "respondent": "某公司", "closed_on": "2023-03-20", "closing_method": "final_award"}  # fmt: skip

    def told(amount: int) -> list[str]:
        return [
            p.field
            for p in office.catalogue.by_name["disputes"].problems({**award, "settled_amount": amount})
        ]

    assert told(10**9) == []
    save_settings(office, {"minimum_wage": "2420"})
    assert (told(2420_00 * 12), told(2420_00 * 12 + 1)) == ([], ["settled_amount"])
