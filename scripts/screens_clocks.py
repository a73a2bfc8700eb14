"""Pictures of limits: the events of a case on its form, one being added, and how the day due was counted."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import TODAY, close_with, sample_desk
from scripts.screens import screen, then
from tracker.attached.events import EVENTS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, editing, working_days
from tracker.schema.fields import Value
from tracker.ui.record_form import RecordForm
from tracker.ui.working_calendar import WorkingCalendarPage

CASE: dict[str, Value] = {
    "case_no": "京怀劳人仲字〔2020〕第31号",
    "applied_on": "2020-04-20",
    "accepted_on": "2020-04-24",
    "channel": "onsite",
    "applicant": "王建军",
    "respondent": "北京安居建筑工程有限公司",
    "cause": "remuneration",
    "claim_amount": 3_680_000,
    "procedure": "ordinary",
    "arbitrator": "陈立新",
    "clerk": "赵敏",
}
HAPPENED: tuple[dict[str, Value], ...] = (
    {"kind": "acceptance", "happened_on": "2020-04-24"},
    {"kind": "service", "happened_on": "2020-04-28", "place": "EMS"},
    {"kind": "added_party", "happened_on": "2020-05-06", "title": "追加总包单位为第三人"},
    {"kind": "announcement", "happened_on": "2020-05-11", "until": "2020-05-20"},
    {
        "kind": "suspension",
        "happened_on": "2020-05-18",
        "until": "2020-06-05",
        "approved_by": "李主任",
        "reason": "等待工伤认定",
    },
    {"kind": "extension", "happened_on": "2020-06-10", "approved_by": "李主任"},
    {"kind": "hearing", "happened_on": "2020-06-23T09:30", "place": "第一仲裁庭"},
)


def form(happened: tuple[dict[str, Value], ...] = HAPPENED) -> RecordForm:
    """A case with events, on its form."""
    desk, folder = sample_desk()
    uid = editing.save(desk.office, DISPUTES, CASE).uid
    kind = EVENTS.field("kind")
    many = [{"title": kind.format(event["kind"]), **event} for event in happened]
    attached.save(desk.office, DISPUTES, uid, EVENTS, many)
    result = RecordForm(desk, DISPUTES, today=lambda: TODAY)
    close_with(result, desk, folder)
    result.open(uid)
    return result


@screen("timeline")
def timeline(app: QApplication) -> QWidget:
    """The events of a case below its fields."""
    return scrolled(form())


@screen("timeline-unapproved")
def unapproved(app: QApplication) -> QWidget:
    """As `timeline`, with an extension of which nobody is said to have approved it."""
    return scrolled(form(tuple({**event, "approved_by": None} for event in HAPPENED)))


def scrolled(result: RecordForm) -> RecordForm:
    """The form, its events in front."""

    def scroll() -> None:
        result.area.verticalScrollBar().setValue(result.timeline.y() - 80)

    then(result, scroll)
    return result


@screen("timeline-add")
def adding(app: QApplication) -> QWidget:
    """An event being added."""
    result = form()

    def add() -> None:
        result.add_event()
        assert result.timeline.dialog
        result.timeline.dialog.body.cells["kind"].editor.set_value("suspension")
        result.timeline.dialog.body.cells["kind"].editor.edited.emit()

    then(result, add)
    return result


@screen("explained")
def explained(app: QApplication) -> QWidget:
    """How the day due was counted."""
    result = form()
    then(result, lambda: result.explain("award"))
    return result


@screen("working-calendar")
def working_calendar(app: QApplication) -> QWidget:
    """A year at a glance."""
    desk, folder = sample_desk()
    working_days.set_days(desk.office, {date(2020, 6, 15): False}, "本单位体检")
    page = WorkingCalendarPage(desk, lambda: TODAY)
    close_with(page, desk, folder)
    then(page, page.view.setFocus)
    return page


@screen("working-calendar-open")
def unannounced(app: QApplication) -> QWidget:
    """A year that is not announced yet."""
    desk, folder = sample_desk()
    page = WorkingCalendarPage(desk, lambda: date(2027, 2, 8))
    close_with(page, desk, folder)
    return page
