"""What the office sets: declared, checked, kept with history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office import WHO
from tracker import settings
from tracker.errors import UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations.office import Changed, Office, make_office, open_office, save_settings


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "cases.db", WHO)


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
    with pytest.raises(UserError, match=r"\{n\}"):
        save_settings(office, {"region": "京怀", "pattern_disputes": wrong})
    assert (office.setting("region"), office.setting("pattern_disputes")) == (None, DISPUTES.number_pattern)


def test_every_ledger_has_a_pattern_and_every_setting_a_label() -> None:
    assert {settings.pattern_key(ledger) for ledger in LEDGERS} <= set(settings.BY_KEY)
    assert all(field.label and field.title() for field in settings.SETTINGS)
