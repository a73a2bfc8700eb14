"""Shanghai 2020: a city's bureau, whose report has few numbers: two rounds of file review, one hearing, twelve things.

The figures laid down here are the report's own, or, where it prints none, invented beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import legal_work
from tracker.demonstration.days import Workdays
from tracker.demonstration.draw import Draw
from tracker.demonstration.office import Demonstration, Record
from tracker.demonstration.openness import applications, permits, proactive
from tracker.demonstration.outreach import Held, activities, tally
from tracker.demonstration.people import Firms, people, person
from tracker.demonstration.register import Desk, kept
from tracker.i18n import N_
from tracker.ledgers.legal_reviews import LEGAL_REVIEWS

NAME = "shanghai-2020"
FIRST, LAST = date(2020, 1, 2), date(2020, 12, 31)
ROUNDS = {
    "2020年年中案卷考评": (date(2020, 7, 6), date(2020, 7, 17)),
    "2020年年末案卷考评": (date(2020, 12, 7), date(2020, 12, 18)),
}
THINGS = (
    "小孩出生", "医疗费报销", "企业职工退役军人安置", "创新创业", "廉租房申请", "新能源汽车专用牌照申领",
    "军人退役", "残疾人就业",
    "公民身后", "扶残助残", "非居住房屋装修",
)  # fmt: skip
"""Things in which the office assists; of some the names are invented."""


def _powers() -> list[Record]:
    """One joint service that the office leads, eleven in which it assists."""
    made = legal_work.powers({str(n): name for n, name in enumerate(_PENALTIES)}, date(2019, 1, 1))
    lead = kept(name="职工退休办理", kind="service", service=1, one_thing="退休一件事", one_thing_role="lead")
    parts = [
        kept(
            name=f"{thing}（人社环节）",
            kind="service",
            service=1,
            one_thing=f"{thing}一件事",
            one_thing_role="assist",
        )
        for thing in THINGS
    ]  # fmt: skip
    return [*made, *({**item, "valid_from": "2020-03-02"} for item in (lead, *parts))]


_PENALTIES = ("对用人单位未按规定缴纳社会保险费的处罚", "对用人单位克扣或者无故拖欠劳动者工资的处罚")


def _litigation(desk: Desk) -> list[Record]:
    """The hearing of August at which the head of the office appeared, and others at which he did not."""
    draw, made = desk.draw("litigation"), []
    heard = kept(filed_on="2020-06-11", kind="lawsuit", stage="first", matter="work_injury", act="工伤认定决定",
                 copy_received_on="2020-06-15", answered_on="2020-06-24", heard_on="2020-08-18", head_attended=1,
                 attended_by="局主要负责人", closed_on="2020-09-22", outcome="won")  # fmt: skip
    for day in desk.spread("litigation", 14, None, date(2020, 9, 30)):
        kind = draw.pick(("lawsuit", "reconsideration"))
        made.append(
            kept(
                filed_on=day.isoformat(),
                kind=kind,
                stage="first" if kind == "lawsuit" else None,
                plaintiff=person(draw),
                matter=draw.pick(("work_injury", "social_insurance", "disclosure")),
                copy_received_on=desk.days.after(day, 2).isoformat(),
                answered_on=desk.days.after(day, draw.between(4, 9)).isoformat(),
                closed_on=desk.days.after(day, draw.between(25, 55)).isoformat(),
                outcome=draw.pick(("won", "won", "withdrawn")),
            )
        )
    return [heard, *made]


def _documents(reviews: Sequence[Record]) -> list[Record]:
    titles = (
        "关于支持新冠肺炎疫情防控减轻企业负担若干政策的通知",
        "关于人力资源社会保障系统贯彻实施民法典工作指引",
        "关于做好特殊时期劳动关系工作的通知",
    )
    normative = [str(record["review_no"]) for record in reviews if record["object"] == "normative"]
    days = ("2020-02-10", "2020-12-14", "2020-03-05")
    return [
        kept(issued_on=day, title=title, kind="normative", action="new", review=review, published_on=day)
        for title, review, day in zip(titles, normative, days, strict=True)
    ]


def _records() -> Mapping[str, Sequence[Record]]:
    """Every record, by ledger."""
    days = Workdays(date(2015, 12, 1), date(2021, 6, 30))
    firms = Firms(Draw(f"{NAME} firms"), 300, "上海", "places_shanghai")
    names = tuple(people(Draw(f"{NAME} staff"), 24))
    desk = Desk(NAME, "沪", FIRST, LAST, days, firms, names)
    reviews = legal_work.reviews(desk, "normative", "review", 3, 11, "legal_section")
    reviews += legal_work.reviews(desk, "enforcement", "review", 22, 9, "legal_section")
    reviews = desk.numbered(LEGAL_REVIEWS, reviews)
    meeting = Held(kind="meeting", number=1, titles=("2020年度法治工作专题培训会议",), people=120,
                   first=date(2020, 11, 16), last=date(2020, 11, 20))  # fmt: skip
    train = Held(kind="training", number=2, titles=("行政规范性文件管理专题培训",), people=160)
    return {
        "litigation": _litigation(desk),
        "legal_reviews": reviews,
        "documents": _documents(reviews),
        "file_reviews": legal_work.file_reviews(desk, ROUNDS, ("penalty", "wage_arrears"), 12),
        "permits": permits(desk, 24, {"new": 8, "renew": 5}),
        "disclosures": [*proactive(desk, 60, 214), *applications(desk, 17)],
        "activities": activities(desk, (meeting, train)),
        "officers": legal_work.officers(desk, names, 18),
        "powers": _powers(),
        "tallies": [
            tally(LAST, "recorders_required", 268, "台", "各级监察机构应配备音像记录装备", "装备统计表"),
            tally(LAST, "recorders_held", 268, "台", "各级监察机构已配备音像记录装备", "装备统计表"),
        ],
    }


DEMONSTRATION = Demonstration(
    name=NAME,
    title=N_("Shanghai, the city's bureau: 2020"),
    shows=N_("The legal work of a city bureau: reviews and lawsuits, documents, file reviews, disclosure"),
    office="上海市人力资源和社会保障局",
    region="沪",
    patterns={},
    records=_records,
    notes=(
        N_("People and firms are invented; only the totals are those of the city's report for 2020."),
        N_(
            "Ask for the year 2020: two rounds of file review, one case heard with the head of the office in court, "
            "one joint service led and eleven assisted, and every recording device that is required."
        ),
    ),
)  # fmt: skip
