"""What belongs to some of Huairou's disputes: events and parties, laid down so that no figure and no day due moves.

Open cases have their hearings ahead and their parties; closed ones tell the suspension or the extension that their
records count already. Telephone, identity and credit numbers are invented plainly: no place has the code 990000.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from tracker.demonstration.office import Belonging, Record
from tracker.schema.fields import Names, Value
from tracker.schema.identity import is_credit_code, is_id_number
from tracker.workdays import Calendar

HEARINGS = (
    *("2021-01-04T09:00", "2021-01-04T14:00", "2021-01-05T09:30", "2021-01-05T15:30", "2021-01-06T09:30"),
    *("2021-01-06T14:00", "2021-01-07T09:00", "2021-01-07T14:30", "2021-01-08T09:30", "2021-01-11T09:00"),
    *("2021-01-11T14:30", "2021-01-12T09:30"),
)
PLACES = ("第一仲裁庭", "第二仲裁庭", "数字仲裁庭")
KNOWN = "2020-12-25"
SUSPENDED, EXTENDED, COLLECTIVE = 6, 4, 3
"""Of so many closed cases of 2020 the suspension or the extension is told, and of so many groups the spokesmen."""
DIRECTOR = "仲裁委员会主任"
REASON = "申请人申请工伤认定，须待其结果"
_CALENDAR = Calendar()


def belongings(numbered: Mapping[str, Sequence[Record]]) -> Iterator[Belonging]:
    """All of it, by the cases' numbers."""
    cases = numbered["disputes"]
    pending = [case for case in cases if case.get("accepted_on") and not case.get("closed_on")]
    closed = [case for case in cases if str(case.get("closed_on") or "") > "2020-01-01"]
    for n, case in enumerate(pending):
        yield from _opened(case)
        if n < len(HEARINGS):
            yield _event(case, "hearing", HEARINGS[n], "开庭审理", place=PLACES[n % len(PLACES)])
    for case in [case for case in closed if case.get("suspended_days")][-SUSPENDED:]:
        yield _suspension(case)
    for case in [case for case in closed if case.get("extended")][-EXTENDED:]:
        yield _event(case, "extension", _working(case, 40), "批准延期15日", approved_by=DIRECTOR)
    groups = [case for case in closed if int(str(case.get("workers") or 0)) >= 10][-COLLECTIVE:]
    for n, case in enumerate([*pending, *groups]):
        yield from _parties(case, n)


def _opened(case: Record) -> Iterator[Belonging]:
    """Acceptance, and the service of the application's copy where there was time for it."""
    yield _event(case, "acceptance", str(case["accepted_on"]), "受理")
    if (served := _working(case, 3)) <= KNOWN:
        yield _event(case, "service", served, "送达申请书副本")


def _suspension(case: Record) -> Belonging:
    """As many days as the record says, from ten days after acceptance on."""
    days = int(str(case["suspended_days"]))
    first = _accepted(case) + timedelta(days=10)
    until = (first + timedelta(days=days - 1)).isoformat()
    if case.get("remarks") == "公告送达":
        return _event(case, "announcement", first.isoformat(), "公告送达", until=until)
    return _event(
        case, "suspension", first.isoformat(), "中止审理", until=until, approved_by=DIRECTOR, reason=REASON
    )


def _parties(case: Record, n: int) -> Iterator[Belonging]:
    by_employer = case.get("applicant_kind") == "employer"
    for role, firm in (("applicant", by_employer), ("respondent", not by_employer)):
        for m, name in enumerate(Names.split(str(case[role]))):
            serial = n * 10 + m + (5 if firm else 0)
            yield Belonging(
                "disputes",
                str(case["case_no"]),
                "parties",
                {"role": role, "name": name, **_about(firm, serial)},
            )


def _about(firm: bool, serial: int) -> Mapping[str, Value]:
    phone = f"{'138' if firm else '139'}{serial:08d}"
    if firm:
        begun = f"91990000MA{serial:07d}"
        code = next(c for end in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(c := begun + end))
        return {
            "kind": "firm",
            "credit_code": code,
            "phone": phone,
            "address": f"北京市怀柔区演示大街{serial + 1}号",
        }
    begun = f"990000{1970 + serial % 30}0101{serial % 1000:03d}"
    number = next(c for end in "0123456789X" if is_id_number(c := begun + end))
    return {
        "kind": "person",
        "id_number": number,
        "phone": phone,
        "address": f"北京市怀柔区演示胡同{serial + 1}号",
    }


def _event(case: Record, kind: str, on: str, title: str, **more: Value) -> Belonging:
    event = {"kind": kind, "happened_on": on, "title": title, **more}
    return Belonging("disputes", str(case["case_no"]), "events", event)


def _accepted(case: Record) -> date:
    return date.fromisoformat(str(case["accepted_on"]))


def _working(case: Record, days: int) -> str:
    """The working day so many days after acceptance, or the next one."""
    day = _accepted(case) + timedelta(days=days)
    while not _CALENDAR.is_workday(day):
        day += timedelta(days=1)
    return day.isoformat()
