"""Ezhou 2016: its grid and bodies, its list of powers, its trainings, and what it only counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.demonstration import legal_work
from tracker.demonstration.office import Record
from tracker.demonstration.outreach import Held, exam, tally
from tracker.demonstration.outreach import activities as held
from tracker.demonstration.register import Desk, in_turn, kept

CENTRE = "鄂州市劳资纠纷调处中心"
DISTRICTS = ("鄂城区", "华容区", "梁子湖区", "葛店开发区", "鄂州经济开发区")
STREETS = ("凤凰街道", "古楼街道", "西山街道")
YEAR_END = date(2016, 12, 30)


def organisations(desk: Desk) -> list[Record]:
    """409 grid units, 58 service platforms, 135 mediation bodies and the centre."""
    places = desk.firms.places.items
    towns = [place for place in places if not place.endswith("街道")]
    quarters = [f"{street}第{n}社区" for street in STREETS for n in range(1, 13)][:34]
    blocks = [f"{place}第{n}片区" for n in range(1, 20) for place in places][:400]
    grid = [("鄂州市一级网格", "city"), *((f"{p}二级网格", "subdistrict") for p in (*DISTRICTS, *STREETS))]
    return [
        *_bodies("grid", [*grid, *((f"{block}三级网格", "community") for block in blocks)]),
        *_bodies("platform", [(f"{town}人力资源和社会保障服务中心", "township") for town in towns]),
        *_bodies("platform", [(f"{street}人力资源和社会保障服务中心", "subdistrict") for street in STREETS]),
        *_bodies("platform", [(f"{quarter}人社服务窗口", "community") for quarter in quarters]),
        *_bodies("mediation", [(CENTRE, "city"), *_committees(desk, towns, quarters)]),
    ]


def _committees(desk: Desk, towns: list[str], quarters: list[str]) -> Iterator[tuple[str, str]]:
    """62 of enterprises and institutions, 73 of streets, towns, communities and villages."""
    for firm in desk.draw("committees").some(desk.firms.all, 62):
        yield f"{firm.name}劳动争议调解委员会", "enterprise"
    for street in STREETS:
        yield f"{street}劳动争议调解委员会", "subdistrict"
    for town in towns:
        yield f"{town}劳动争议调解委员会", "township"
    for quarter in quarters:
        yield f"{quarter}劳动争议调解小组", "community"
    for town in towns[:15]:
        yield f"{town}中心村劳动争议调解小组", "village"


def _bodies(kind: str, named: list[tuple[str, str]]) -> list[Record]:
    return [kept(name=name, kind=kind, level=level, founded_on="2014-06-30") for name, level in named]


def powers() -> list[Record]:
    """69 of which 7 were cancelled; and services that are listed from 2017 on, whose flows were bettered before."""
    names = [f"{matter}（{step}）" for step in legal_work.STEPS for matter in legal_work.MATTERS]
    made = []
    for n, name in enumerate(names[: 69 + 64]):
        listed = n < 69
        record = kept(name=name, kind="confirmation" if listed else "service", service=int(not listed))
        record["valid_from"] = "2015-11-01" if listed else "2017-01-01"
        if 62 <= n < 69:
            record |= {"valid_until": "2016-06-30", "ended_by": "cancelled"}
        if n < 10:
            record["simplified_on"] = "2016-04-20"
        if n < 50 or not listed:
            record["optimised_on"] = "2016-05-25"
        made.append(record)
    return made


def activities(desk: Desk) -> list[Record]:
    """The four trainings of the report, by their days, one examination, and the talks."""
    trainings = (
        ("2016-05-17", "行政执法人员法律知识讲授", 262, "administrative"),
        ("2016-06-17", "人社部门如何依法行政", 318, "administrative"),
        ("2016-08-26", "人社法律法规知识培训", 284, "labour"),
        ("2016-09-06", "行政执法案卷培训", 182, "administrative"),
    )
    made = [
        kept(held_on=day, kind="training", title=title, organiser="own", people=number, law=law)
        for day, title, number, law in trainings
    ]
    made.append({**exam(date(2016, 8, 28), "人社专场考试", 200, 193, "exam"), "organiser": "own"})
    topics = in_turn(("一人一课", "一案一课", "人人上讲台"), 14)
    return made + held(desk, (Held(kind="talk", number=14, titles=topics, people=14),))


COUNTED = (
    ("inspections_unannounced", 19, "次", "对服务窗口及社区人社服务中心明察暗访"),
    ("rectification_notices", 12, "份", "下达整改通知书"),
    ("meetings_notified", 5, "次", "会议通报"),
    ("talks_main", 84, "人次", "领导班子成员主体责任定期约谈"),
    ("talks_oversight", 42, "人次", "纪检组监督责任定期约谈"),
    ("talks_integrity", 24, "人次", "领导干部任前廉政谈话"),
    ("reports_integrity", 49, "人次", "领导干部述责述廉"),
    ("criticism", 49, "人次", "民主生活会批评与自我批评"),
    ("talks_inquiry", 7, "人次", "约谈函询"),
    ("discipline_reports", 29, "件", "接收信访举报"),
    ("discipline_checked", 29, "件", "完成初核"),
    ("discipline_filed", 3, "件", "立案"),
    ("discipline_warned", 2, "人", "行政警告处分"),
    ("discipline_party", 1, "人", "党内严重警告处分"),
    ("discipline_admonished", 4, "人", "诫勉谈话"),
    ("discipline_circulated", 2, "人", "通报批评"),
    ("discipline_written", 2, "人", "书面检查"),
    ("discipline_talks", 7, "人", "工作约谈"),
    ("discipline_clues", 3, "件", "向市纪委报送重大线索"),
)


def tallies() -> list[Record]:
    """What the discipline section reported at the year's end."""
    return [tally(YEAR_END, subject, n, unit, title, "纪检组年度报表") for subject, n, unit, title in COUNTED]
