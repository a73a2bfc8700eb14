"""Lists kept under names: one setting each, read back as they were, sound whatever became of their fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, views
from tracker.operations.office import Office, open_office
from tracker.operations.views import View
from tracker.schema.operators import Filter

MEDIATED = View(
    "disputes",
    "2020年调解",
    (
        Filter("closed_on", "days", ("2020-01-01", "2020-12-31")),
        Filter("closing_method", "one_of", ("mediation",)),
        Filter("claim_amount", "between", (10_000_000, None)),
    ),
    "北京",
    (("claim_amount", True), ("case_no", False)),
    ("case_no", "claim_amount"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    yield made
    made.close()


def test_a_view_is_read_back_as_it_was_kept_also_after_opening_anew(office: Office) -> None:
    kept = views.keep(office, MEDIATED)
    assert kept.changed.settings and not kept.changed.structure
    assert views.views(office.db) == views.views(office.db, "disputes") == (kept.view,)
    assert replace(kept.view, key="") == MEDIATED
    assert views.views(office.db, "petitions") == ()
    office.close()
    again = open_office(office.db.path, WHO)
    assert views.views(again.db) == (kept.view,)


def test_its_filters_read_as_one_sentence(office: Office) -> None:
    told = "结案日期在2020-01-01至2020-12-31，且结案方式为调解，且申请标的额不少于100,000.00，且含“北京”"
    assert MEDIATED.sentence(DISPUTES) == f"{told}，且按申请标的额；案号排序"
    assert View("disputes").sentence(DISPUTES) == "全部记录"


def test_each_is_one_setting_with_its_history(office: Office) -> None:
    one = views.keep(office, MEDIATED).view
    other = views.keep(office, View("disputes", "未结")).view
    keys = {key for key in stored.read(office.db) if key.startswith("view:")}
    assert keys == {f"view:{one.key}", f"view:{other.key}"}
    renamed = views.keep(office, replace(one, label="调解结案")).view
    assert renamed.key == one.key
    assert {view.label for view in views.views(office.db)} == {"未结", "调解结案"}
    assert views.drop(office, other).settings
    assert views.views(office.db) == (renamed,)
    changes = [
        row[0] for row in office.db.rows("SELECT changes FROM history WHERE ledger = 'settings' ORDER BY id")
    ]
    assert len(changes) == 4 and all(len(json.loads(each)) == 1 for each in changes)


@pytest.mark.parametrize("label", ("", "  ", "x" * 61, "a\nb", "２020年 调解"))
def test_a_name_that_cannot_be_is_refused_and_changes_nothing(office: Office, label: str) -> None:
    views.keep(office, MEDIATED)
    before = stored.read(office.db)
    with pytest.raises(UserError):
        views.keep(office, replace(MEDIATED, label=label))
    assert stored.read(office.db) == before


def test_another_ledger_may_have_the_same_name(office: Office) -> None:
    views.keep(office, MEDIATED)
    views.keep(office, View("petitions", MEDIATED.label))
    assert len(views.views(office.db)) == 2


def test_what_is_no_more_or_was_written_wrongly_is_left_out(office: Office) -> None:
    key, _changed = customising.add_field(office, DISPUTES, "街道", "text")
    own = Filter(key, "contains", ("龙山",))
    views.keep(
        office,
        replace(
            MEDIATED, filters=(own, *MEDIATED.filters[:1]), columns=(key, "case_no"), sort=((key, True),)
        ),
    )
    ledger = office.catalogue.by_name["disputes"]
    customising.remove_field(office, ledger, key)
    (view,) = views.views(office.db)
    assert (view.filters, view.columns, view.sort) == (MEDIATED.filters[:1], ("case_no",), ())
    with office.db.atomic():
        wrong = [
            "x",
            "[]",
            '{"label": 1}',
            '{"label": "a", "filters": [["closed_on", "days", []], 7], "sort": 3}',
        ]
        office.db.run_many(
            "INSERT INTO settings VALUES (?, ?)",
            [(f"view:disputes.own_{n}", text) for n, text in enumerate(wrong)],
        )
        office.db.run("INSERT INTO settings VALUES ('view:nothing.own_1', '{\"label\": \"b\"}')")
    assert [(view.label, view.filters) for view in views.views(office.db)][1:] == [("a", ())]


def test_views_of_hidden_ledgers_are_not_offered(office: Office) -> None:
    views.keep(office, MEDIATED)
    customising.hide_ledger(office, DISPUTES, True)
    assert views.views(office.db) == () and len(views.views(office.db, "disputes")) == 1
