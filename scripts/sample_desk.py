"""A desk on a data file of its own with a few made-up records, for pictures."""

from __future__ import annotations

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWidget

from tracker.db import records
from tracker.db.history import Who
from tracker.demonstration import named
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import demonstration, editing
from tracker.operations.office import make_office, open_office, save_settings
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui.desk import Desk
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

TODAY = date(2020, 6, 15)
CLOSED: dict[str, Value] = {
    "case_no": "京怀劳人仲字〔2020〕第7号",
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-04",
    "channel": "onsite",
    "applicant": "张春生、刘玉兰",
    "applicant_kind": "worker",
    "respondent": "北京雁栖湖畔餐饮管理有限公司",
    "workers": 2,
    "cause": "remuneration;dismissal",
    "claim_amount": 8_634_500,
    "procedure": "ordinary",
    "arbitrator": "陈立新",
    "clerk": "赵敏",
    "heard_on": "2020-03-27",
    "hearing_session": "evening",
    "hearing_mode": "digital",
    "extended": 1,
    "closed_on": "2020-04-20",
    "closing_method": "final_award",
    "award_result": "worker",
    "settled_amount": 7_120_000,
    "remarks": "双方均到庭。\n裁决书于结案当日送达。",
}


def sample_desk() -> tuple[Desk, TemporaryDirectory[str]]:
    """The desk, and its folder, which must live as long; everything runs at once."""
    folder = TemporaryDirectory(prefix="case-tracker-")
    office = make_office(Path(folder.name) / "office.db", Who("赵敏", "front-desk"))
    save_settings(office, {"region": "京怀"})
    return Desk(office, Tasks(instant=True), State(Path(folder.name) / "state.json")), folder


def demonstration_desk(ledger: str = "disputes") -> tuple[Desk, TemporaryDirectory[str]]:
    """As `sample_desk`, on the first demonstration that has records of the ledger."""
    folder = TemporaryDirectory(prefix="case-tracker-")
    name = _with_records(ledger)
    path = Path(folder.name) / f"{name}.db"
    shutil.copyfile(_demonstration(name), path)
    office = open_office(path, Who("赵敏", "front-desk"))
    desk = Desk(office, Tasks(instant=True), State(Path(folder.name) / "state.json"))
    return desk, folder


@cache
def _with_records(ledger: str) -> str:
    """The name of that demonstration; the first one where none has."""
    names = demonstration.names()
    return next((name for name in names if named(name).records().get(ledger)), names[0])


@cache
def _demonstration(name: str) -> Path:
    """The file, made once for all pictures."""
    folder = TemporaryDirectory(prefix="case-tracker-")
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "demonstration.db"
    demonstration.make(name, path)
    return path


def add_closed(desk: Desk) -> str:
    """Put the closed dispute into the file; its uid."""
    return editing.save(desk.office, DISPUTES, CLOSED).uid


def close_with(widget: QWidget, desk: Desk, folder: TemporaryDirectory[str]) -> None:
    """Close the desk and remove its folder when the widget is gone."""

    def close() -> None:
        desk.close()
        folder.cleanup()

    widget.destroyed.connect(close)


def newest(desk: Desk, ledger: Ledger) -> str:
    """The uid of the record on top of a list."""
    found = records.rows(
        desk.reader, ledger, ("uid",), records.ids(desk.reader, records.Query(ledger), limit=1)
    )
    assert found[0] is not None
    return str(found[0][0])
