"""Huairou 2020 beside the four core ledgers: what its report prints of them, and what belongs to it.

82.09 parties and 16.55 penalties an officer are 903 and 182 over the eleven on A posts; 12.35 % are ten of 81 powers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import legal_work, mediation, outreach, supervision
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.openness import applications, permits, proactive
from tracker.demonstration.outreach import Held, exam, tally
from tracker.demonstration.people import person
from tracker.demonstration.register import Desk, dealt, in_turn, kept, shares

A_POSTS = 11
TOWNS = (
    "雁栖镇", "怀柔镇", "庙城镇", "北房镇", "杨宋镇", "桥梓镇", "怀北镇", "汤河口镇", "渤海镇", "九渡河镇", "琉璃庙镇",
    "宝山镇", "长哨营满族乡", "喇叭沟门满族乡",
)  # fmt: skip
STREETS = ("龙山街道", "泉河街道", "科学城街道")
"""The report says three, one more than the district has; the third is invented."""
ACTS = (
    "提供虚假材料", "伪造、涂改许可证件", "未按规定公示信息", "拒不接受监督检查", "未建立管理台账", "违规收取费用",
    "泄露个人信息", "未按规定报送统计资料", "超出许可范围经营", "未按规定备案", "扣押劳动者证件", "发布虚假岗位信息",
    "拒不履行整改决定",
)  # fmt: skip
PARTIES = (
    "用人单位",
    "劳务派遣单位",
    "人力资源服务机构",
    "民办职业培训机构",
    "职业技能鉴定机构",
    "社会保险服务机构",
)
SPOT = "对用人单位未建立管理台账的处罚"
"""The power of most warnings on the spot."""


def records(desk: Desk, arbitrators: Sequence[str], clerks: Sequence[str]) -> Mapping[str, Sequence[Record]]:
    """The records of the further ledgers; `desk.staff` begins with the eleven officers on A posts."""
    bodies = [f"{place}劳动争议调解委员会" for place in (*TOWNS, *STREETS)]
    return {
        "mediations": mediation.mediations(desk, bodies, {"agreed": 214, "settled": 37, "failed": 42}, 18, 4),
        "organisations": _organisations(bodies, arbitrators),
        "interviews": _interviews(desk),
        "hazards": supervision.hazards(desk, {("ordinary", "arrears"): 46, ("key", "arrears"): 7}, 2),
        "penalties": _penalties(desk),
        "referrals": _handovers(desk),
        "litigation": _litigation(desk),
        "legal_reviews": [
            *legal_work.reviews(desk, "draft_law", "feedback", 16, 23, "legal_section"),
            *legal_work.reviews(desk, "contract", "review", 21, 30),
        ],
        "file_reviews": legal_work.file_reviews(
            desk, {"2020年行政处罚案卷评查": (date(2020, 11, 9), date(2020, 11, 13))}, ("penalty",), 10
        ),
        "permits": permits(desk, 81, {"new": 39, "change": 29, "renew": 24, "cancel": 4, "move_out": 1}),
        "disclosures": [*proactive(desk, 52, 108), *applications(desk, 3)],
        "activities": _activities(desk),
        "consultations": outreach.consultations(desk, "wages", 1864, ("劳动监察大队窗口", "仲裁院窗口")),
        "employers": supervision.employers(desk, 240),
        "officers": _officers(desk, arbitrators, clerks),
        "powers": _powers(),
        "tallies": [
            tally(date(2020, 11, 30), "body_cameras", 10, "台", "行政执法科室执法记录仪", "固定资产台账")
        ],
    }


def _organisations(bodies: Sequence[str], arbitrators: Sequence[str]) -> list[Record]:
    levels = ["township"] * len(TOWNS) + ["subdistrict"] * len(STREETS)
    pairs = zip(bodies, (*TOWNS, *STREETS), levels, in_turn(arbitrators, len(bodies)), strict=True)
    return [
        kept(name=name, kind="mediation", level=level, area=place, mediators=3, arbitrator=arbitrator,
             founded_on="2013-06-28")
        for name, place, level, arbitrator in pairs
    ]  # fmt: skip


def _interviews(desk: Desk) -> list[Record]:
    """Sixteen employers who then paid 586 workers 6,100,300 yuan."""
    made = supervision.interviews(desk, {"collective": 16})
    workers = shares(desk.draw("paid workers"), 586, 16, 10)
    hundreds = shares(desk.draw("paid amounts"), 61_003, 16, 600)
    return [
        {**record, "workers": people, "paid_workers": people, "paid_amount": amount * 10_000}
        for record, people, amount in zip(made, workers, hundreds, strict=True)
    ]


def _powers() -> list[Record]:
    """81 powers to penalise, and the permits."""
    names = [*supervision.POWERS.values(), *(f"对{who}{act}的处罚" for act in ACTS for who in PARTIES)][:81]
    made = legal_work.powers({name: name for name in names}, date(2018, 3, 1))
    permitted = ("特殊工时制度审批", "劳务派遣经营许可", "人力资源服务许可", "民办职业培训学校设立审批")
    return made + [kept(name=name, kind="permit", service=1, valid_from="2018-03-01") for name in permitted]


def _penalties(desk: Desk) -> list[Record]:
    """Ten in the ordinary procedure, published; 172 warnings on the spot, which are not; by ten powers in all."""
    draw = desk.draw("penalties")
    days = desk.spread("penalties", 182, date(2020, 2, 3), date(2020, 12, 11))
    used = [name for key, name in supervision.POWERS.items() if key != "order"]
    used += [SPOT, "对用人单位未按规定备案的处罚", "对用人单位未按规定公示信息的处罚"]
    fined = dict(zip(draw.some(range(182), 10), used, strict=True))
    firms = draw.some(desk.firms.all, 182)
    return [
        _penalty(desk, day, firm.name, fined.get(n, ""))
        for n, (day, firm) in enumerate(zip(days, firms, strict=True))
    ]


def _penalty(desk: Desk, decided: date, party: str, power: str) -> Record:
    draw = desk.draw("penalties")
    record = kept(
        filed_on=(desk.days.after(decided, -draw.between(12, 40)) if power else decided).isoformat(),
        kind="penalty",
        procedure="ordinary" if power else "summary",
        party=party,
        power=power or SPOT,
        measures="fine" if power else "warning",
        officers=desk.pair("penalties", A_POSTS),
        decided_on=decided.isoformat(),
        served_on=decided.isoformat(),
    )
    if power:
        record["amount"] = fen(draw, draw.low(2000, 28_000), True)
        record["published_on"] = desk.days.after(decided, draw.between(1, 7)).isoformat()
    return record


def _handovers(desk: Desk) -> list[Record]:
    draw, made = desk.draw("handovers"), []
    for day in desk.spread("handovers", 26, None, date(2020, 12, 11)):
        made.append(
            kept(
                sent_on=day.isoformat(),
                kind="handover",
                recipient="internal",
                receiver=draw.pick(("仲裁科", "劳动监察大队", "法制科")),
                handler=draw.pick(desk.staff[:A_POSTS]),
                matter="执法案件交接",
                receive_by=desk.days.after(day, 5).isoformat(),
                received_on=desk.days.after(day, draw.between(1, 5)).isoformat(),
                result="accepted",
            )
        )
    return made


def _litigation(desk: Desk) -> list[Record]:
    """27 cases: nine reconsiderations and eighteen suits."""
    draw = desk.draw("litigation")
    kinds = dealt(draw, {"reconsideration": 9, "lawsuit": 18})
    made = []
    for day, kind in zip(desk.spread("litigation", 27, None, date(2020, 11, 20)), kinds, strict=True):
        record = kept(
            filed_on=day.isoformat(),
            kind=kind,
            stage="first" if kind == "lawsuit" else None,
            plaintiff=person(draw),
            matter=draw.pick(("work_injury", "work_injury", "social_insurance", "supervision")),
            counsel="法律顾问",
            copy_received_on=desk.days.after(day, 2).isoformat(),
            answered_on=desk.days.after(day, draw.between(5, 9)).isoformat(),
        )
        closed = desk.later(day, 20, 55, "litigation")
        if closed:
            outcome = draw.pick(("won", "won", "won", "withdrawn"))
            record |= {"closed_on": closed, "outcome": outcome}
            if kind == "reconsideration":
                record["decision"] = "upheld" if outcome == "won" else "terminated"
        made.append(record)
    return made


def _activities(desk: Desk) -> list[Record]:
    """The year's, and those since the laws of 2008 by which the report counts 60 sent and over 400 taught."""
    first, last = date(2020, 1, 6), date(2020, 12, 18)
    year = (
        Held(
            kind="study_meeting", number=4, titles=("局长办公会会前学法",), people=36, first=first, last=last
        ),
        Held(kind="training", number=3, titles=("行政执法业务培训",), people=33, first=first, last=last),
        Held(
            kind="talk", number=1, titles=("执法人员述法交流",), people=11, first=date(2020, 9, 1), last=last
        ),
    )
    made = outreach.activities(desk, year)
    hall = shares(desk.draw("hall"), 120, 12, 6)
    for month, people in enumerate(hall, 1):
        day = desk.days.since(date(2020, month, 10)).isoformat()
        title = "人力资源和社会保障知识大讲堂"
        made.append(kept(held_on=day, kind="monthly_talk", title=title, organiser="own", people=people))
    made += _sent(desk, "lecture", "district", "法治讲座", shares(desk.draw("lectures"), 24, 5, 2))
    made += _sent(desk, "seminar", "district", "领导干部依法行政专题研讨班", [2, 2])
    made += _sent(desk, "training", "city", "市局依法行政培训", [3, 3, 3, 3])
    for n, passed in enumerate((101, 88)):
        made.append(exam(date(2020, 6 + 4 * n, 19), "科级干部提职考法", passed, passed, "promotion_exam"))
    made.append(exam(date(2020, 9, 24), "行政执法资格考试", 33, 32))
    return made + _earlier(desk)


def _sent(desk: Desk, kind: str, organiser: str, title: str, people: Sequence[int]) -> list[Record]:
    """Activities of others, with so many of the office's people at each."""
    days = desk.spread(f"sent {kind} {organiser}", len(people), date(2020, 4, 1), date(2020, 12, 11))
    return [
        kept(held_on=day.isoformat(), kind=kind, title=title, organiser=organiser, people=number)
        for day, number in zip(days, people, strict=True)
    ]


def _earlier(desk: Desk) -> list[Record]:
    """2008 to 2019: 48 people sent to the city's trainings, 237 attendances at the office's own."""
    made = []
    own, sent = shares(desk.draw("own before"), 237, 12, 12), shares(desk.draw("sent before"), 48, 12, 2)
    for year, taught, away in zip(range(2008, 2020), own, sent, strict=True):
        for month, organiser, people in ((5, "city", away), (10, "own", taught)):
            day = desk.days.since(date(year, month, 15)).isoformat()
            title = "劳动保障法律法规培训"
            made.append(
                kept(
                    held_on=day,
                    kind="training",
                    title=title,
                    organiser=organiser,
                    people=people,
                    law="labour",
                )
            )
    return made


def _officers(desk: Desk, arbitrators: Sequence[str], clerks: Sequence[str]) -> list[Record]:
    made = legal_work.officers(desk, desk.staff, A_POSTS)
    made += [kept(name=name, roles="arbitrator", unit="仲裁院") for name in arbitrators]
    return made + [kept(name=name, roles="clerk", unit="仲裁院") for name in clerks]
