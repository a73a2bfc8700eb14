"""The list's model: lazy rows, the worker's ids, reading anew; on real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from benchmarks.million import make
from tests.ui.form_tools import DISPUTE, add, desk_on
from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing, printable
from tracker.operations.office import open_office
from tracker.schema.filters import Is
from tracker.ui import ledger_model
from tracker.ui.desk import Desk
from tracker.ui.ledger_model import FIRST, PAGES_KEPT, Column, LedgerModel, sorted_by
from tracker.ui.ledger_table import clip
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

MANY = 6000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with more disputes than are found at once."""
    path = tmp_path_factory.mktemp("big") / "big.db"
    make(path, MANY)
    return path


def desk_of(path: Path, folder: Path, *, instant: bool) -> Desk:
    return Desk(open_office(path), Tasks(instant=instant), State(folder / "state.json"))


def shown(model: LedgerModel, row: int, key: str) -> str:
    keys = [column.field.key for column in model.columns]
    return str(model.data(model.index(row, keys.index(key))))


def test_model_keeps_to_the_rules_of_models(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with desk_on(tmp_path) as desk:
        for n in range(12):
            add(desk, DISPUTES, {**DISPUTE, "case_no": f"劳仲〔2020〕{n + 1}号"})
        model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
        qtmodeltester.check(model)
        model.show(Query(DISPUTES))
        qtmodeltester.check(model)
        assert model.rowCount() == 12


def test_values_stand_as_people_write_them(tmp_path: Path) -> None:
    with desk_on(tmp_path) as desk:
        add(desk, DISPUTES, {**DISPUTE, "claim_amount": 123456700, "remarks": "一\n二"})
        model = LedgerModel(desk, DISPUTES, ("claim_amount", "cause", "remarks", "due_on"))
        model.show(Query(DISPUTES))
        assert shown(model, 0, "claim_amount") == "1,234,567.00"
        assert shown(model, 0, "cause") == DISPUTES.field("cause").format("remuneration")
        assert shown(model, 0, "remarks") == "一 二"
        assert shown(model, 0, "due_on") == "2020-07-20"  # the 45th day, a Saturday, rolls on
        right = model.data(model.index(0, 0), Qt.ItemDataRole.TextAlignmentRole)
        assert right & Qt.AlignmentFlag.AlignRight


def test_a_case_whose_clock_stands_says_so_in_the_place_of_its_day(tmp_path: Path) -> None:
    with desk_on(tmp_path) as desk:
        made = [
            add(desk, DISPUTES, {**DISPUTE, "case_no": f"{n}号", "accepted_on": accepted})
            for n, accepted in ((1, "2020-06-03"), (2, "2020-06-03"), (3, "2020-06-03"), (4, None))
        ]
        for uid, kind, until in ((made[0], "suspension", None), (made[1], "announcement", None)):
            event = {"kind": kind, "title": kind, "happened_on": "2020-06-08", "until": until}
            attached.save(desk.office, DISPUTES, uid, EVENTS, [event])
        model = LedgerModel(desk, DISPUTES, ("case_no", "due_on"))
        model.show(Query(DISPUTES, sort=(("due_on", False),)))
        told = [(shown(model, row, "case_no"), shown(model, row, "due_on")) for row in range(4)]
        assert told[0] == ("3号", "2020-07-20"), "days come before what has none"
        assert dict(told[1:]) == {"1号": "中止", "2号": "公告", "4号": ""}
        model.show(Query(DISPUTES, sort=(("due_on", True),)))
        assert shown(model, 0, "case_no") == "3号"
        printed = printable.of_list(desk.office, Query(DISPUTES), ("case_no", "due_on"))
        assert dict(printed.rows) == {"1号": "中止", "2号": "公告", "3号": "2020-07-20", "4号": ""}
        copied, _html = clip(desk.reader, DISPUTES, ["case_no", "due_on"], model.ids)
        assert sorted(copied.splitlines()[1:]) == ["1号\t中止", "2号\t公告", "3号\t2020-07-20", "4号\t"]
        resumed = {
            "uid": attached.of_record(desk.office.db, EVENTS, made[0])[0]["uid"],
            "until": "2020-06-12",
        }
        attached.save(desk.office, DISPUTES, made[0], EVENTS, [resumed])
        model.show(Query(DISPUTES, sort=(("case_no", False),)))
        assert shown(model, 0, "due_on") == "2020-07-23"


def test_first_rows_come_at_once_and_the_rest_from_the_worker(
    big: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_of(big, tmp_path, instant=False)
    model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
    with qtbot.waitSignal(model.rowsInserted):
        model.show(Query(DISPUTES))
        assert 0 < model.rowCount() <= FIRST
        assert shown(model, 0, "applied_on") == "2025-12-31"
        assert not model.all_there
    qtbot.waitUntil(lambda: model.all_there)
    assert model.rowCount() == MANY
    assert shown(model, MANY - 1, "applied_on") == "2016-01-01"
    assert list(model.ids) == list(records.ids(desk.reader, Query(DISPUTES)))
    desk.close()


def test_only_the_latest_question_is_answered(big: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = desk_of(big, tmp_path, instant=False)
    model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
    wanted = Query(DISPUTES, Is("closing_method", "award"))
    model.show(Query(DISPUTES, sort=(("claim_amount", False),)))
    model.show(Query(DISPUTES))
    model.show(wanted)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert model.all_there
    assert list(model.ids) == list(records.ids(desk.reader, wanted))
    desk.close()


def test_few_rows_are_kept_however_far_one_scrolls(
    big: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_model, "PAGE", 20)
    desk = desk_of(big, tmp_path, instant=True)
    model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
    model.show(Query(DISPUTES))
    for row in range(0, MANY, 10):
        assert shown(model, row, "case_no")
    assert len(model._pages) == PAGES_KEPT
    desk.close()


def test_reading_anew_shows_what_changed(tmp_path: Path) -> None:
    with desk_on(tmp_path) as desk:
        uid = add(desk, DISPUTES, DISPUTE)
        model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
        model.show(Query(DISPUTES))
        editing.save(desk.office, DISPUTES, {"applicant": "李四"}, uid)
        add(desk, DISPUTES, {**DISPUTE, "case_no": "劳人仲字〔2020〕第8号", "applied_on": "2020-06-02"})
        model.reload()
        assert [shown(model, row, "applicant") for row in range(2)] == ["张三", "李四"]


def test_a_record_that_is_gone_leaves_an_empty_row(tmp_path: Path) -> None:
    with desk_on(tmp_path) as desk:
        add(desk, DISPUTES, DISPUTE)
        model = LedgerModel(desk, DISPUTES, DISPUTES.columns)
        model.show(Query(DISPUTES))
        with desk.office.db.atomic():
            desk.office.db.run("DELETE FROM disputes")
        assert shown(model, 0, "applicant") == ""
        assert model.uid(0) is None


def test_clicking_a_heading_again_turns_the_order_round() -> None:
    once = sorted_by((), "applicant", further=False)
    assert once == (("applicant", False),)
    assert sorted_by(once, "applicant", further=False) == (("applicant", True),)
    both = sorted_by(once, "applied_on", further=True)
    assert both == (("applicant", False), ("applied_on", False))
    assert sorted_by(both, "applicant", further=True) == (("applicant", True), ("applied_on", False))


def test_headings_name_the_unit_of_amounts() -> None:
    assert Column(DISPUTES.field("claim_amount")).title().endswith("（元）")
    assert Column(DISPUTES.field("applied_on")).title() == DISPUTES.field("applied_on").title()
