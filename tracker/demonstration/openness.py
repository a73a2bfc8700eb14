"""Permits granted and information made public, so many of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.demonstration.draw import Weighted
from tracker.demonstration.office import Record
from tracker.demonstration.people import person
from tracker.demonstration.register import Desk, dealt, in_turn, kept, shares

CATEGORIES = Weighted({"work": 46, "policy": 18, "permits": 14, "personnel": 12, "procedure": 6, "budget": 4})
TITLES = {
    "work": "工作动态信息", "policy": "政策文件及解读", "permits": "行政许可结果公示",
    "personnel": "事业单位公开招聘公告",
    "procedure": "职权事项经办流程图", "budget": "部门预算公开", "penalties": "行政处罚信息公示",
}  # fmt: skip


def permits(desk: Desk, special_hours: int, dispatch: Mapping[str, int]) -> list[Record]:
    """Special hours for so many different enterprises, and dispatch permits by what was applied for; all granted."""
    draw = desk.draw("permits")
    agencies = [firm.name for firm in desk.firms.named("人力资源有限公司", "劳务派遣有限公司")]
    asked = [("special_hours", "new", firm.name) for firm in draw.some(desk.firms.all, special_hours)]
    actions = dealt(draw, dispatch)
    asked += [("dispatch", a, name) for a, name in zip(actions, in_turn(agencies, len(actions)), strict=True)]
    asked = draw.shuffled(asked)
    days = desk.spread("permits", len(asked), None, desk.days.after(desk.last, -24))
    return [_permit(desk, day.isoformat(), *one) for day, one in zip(days, asked, strict=True)]


def _permit(desk: Desk, received: str, kind: str, action: str, enterprise: str) -> Record:
    draw = desk.draw("permits")
    decided = desk.days.after(date.fromisoformat(received), draw.between(2, 16))
    record = kept(
        received_on=received,
        kind=kind,
        action=action,
        enterprise=enterprise,
        decided_on=decided.isoformat(),
        result="granted",
        handler=draw.pick(desk.staff),
        published_on=desk.days.after(decided, draw.between(1, 6)).isoformat(),
    )
    if kind == "special_hours":
        hours = draw.pick(("comprehensive", "irregular", "comprehensive;irregular"))
        record |= {"hours": hours, "positions": "销售、外勤和值班岗位", "workers": int(draw.low(4, 160))}
    return record


def proactive(desk: Desk, records: int, items: int, category: str = "") -> list[Record]:
    """So many records of information made public, with so many items in all."""
    part = f"proactive {category}"
    draw, made = desk.draw(part), []
    numbers = shares(draw, items, records, 1)
    for day, number in zip(desk.spread(part, records), numbers, strict=True):
        kind = category or draw.of(CATEGORIES)
        made.append(
            kept(
                received_on=day.isoformat(),
                kind="proactive",
                title=TITLES[kind],
                category=kind,
                items=number,
                carriers="website",
            )
        )
    return made


def applications(desk: Desk, number: int) -> list[Record]:
    """So many applications, each answered in time."""
    draw, made = desk.draw("applications"), []
    for day in desk.spread("applications", number, None, desk.days.after(desk.last, -24)):
        made.append(
            kept(
                received_on=day.isoformat(),
                kind="application",
                title="申请公开劳动保障监察工作信息",
                applicant=person(draw),
                applicant_kind="citizen",
                channel="online",
                answered_on=desk.days.after(day, draw.between(6, 18)).isoformat(),
                result="granted",
            )
        )
    return made
