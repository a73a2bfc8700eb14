"""Yuhang 2023: the district whose report of that year prints 2630 disputes registered by stations and 1594 settled.

The figures laid down here are the report's own, or, where it prints none, invented beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import legal_work, mediation, outreach, sittings, supervision
from tracker.demonstration.channels import Channels, petitions
from tracker.demonstration.days import Season, Workdays
from tracker.demonstration.dispute_plan import Bench, DisputeYear
from tracker.demonstration.disputes import Disputes
from tracker.demonstration.draw import Draw
from tracker.demonstration.inspections import Campaign, Inspections, InspectionYear
from tracker.demonstration.office import Demonstration, Record
from tracker.demonstration.outreach import Held, tally
from tracker.demonstration.people import Firms, people
from tracker.demonstration.register import Desk, kept
from tracker.demonstration.wage_arrears import ArrearsYear, wage_arrears
from tracker.i18n import N_
from tracker.ledgers.legal_reviews import LEGAL_REVIEWS
from tracker.ledgers.wage_arrears import WAGE_ARREARS

NAME = "yuhang-2023"
FIRST, LAST = date(2023, 1, 3), date(2023, 12, 29)
CLOSED = {
    2021: {"mediation": 980, "final_award": 124, "award": 236, "withdrawal": 236, "deemed_withdrawal": 48},
    2022: {"mediation": 1085, "final_award": 138, "award": 241, "withdrawal": 251, "deemed_withdrawal": 45},
    2023: {"mediation": 1190, "final_award": 153, "award": 250, "withdrawal": 262, "deemed_withdrawal": 52},
}
EVEN = Season((1.0, 0.8, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.95, 1.1, 1.05))
PARTNERS = "区市场监管局、区司法局、区住房城乡建设局"
RANDOM = [(month, half) for month in range(2, 12) for half in (1, 16)][:19]
"""The nineteen double random checks: half a month each from February on."""
TOWNS = (
    "仓前街道", "余杭街道", "五常街道", "闲林街道", "良渚街道", "中泰街道",
    "仁和街道", "瓶窑镇", "径山镇", "黄湖镇", "鸬鸟镇", "百丈镇",
)  # fmt: skip
STATIONS = (*TOWNS, "仓前街道未来科技城", "良渚街道新城", "仁和街道先进制造园区")


def _disputes(days: Workdays, bench: Bench) -> list[Record]:
    """Three years: 1771 digital hearings, 421 closed after sessions out of hours, 28 at December's weekends."""
    records: list[Record] = []
    for year, closed in CLOSED.items():
        plan = DisputeYear(
            year=year,
            first=date(year, 1, 4),
            opens=date(year, 1, 4),
            last=date(year, 12, 22),
            close_by=date(year, 12, 29 if year == 2023 else 30 if year == 2022 else 31),
            known=LAST,
            closed=closed,
            refused=18,
            collective=9,
            season=EVEN,
            online=((date(2021, 1, 1), 0.38), (date(2022, 1, 1), 0.52), (date(2023, 1, 1), 0.66)),
            digital=((date(2021, 1, 1), 0.3),),
        )
        records += Disputes(plan, bench, days, Draw(f"{NAME} disputes {year}")).records()
    draw = Draw(f"{NAME} hearings")
    sittings.digital(records, 1771, draw)
    sittings.off_hours(records, 2023, 28, 421 - 28, draw)
    return records


def _inspections(desk: Desk) -> list[Record]:
    """Nineteen double random checks of 1027 parties, seventeen of them joint, 246 on the market and 405 sites."""
    spans = [(date(2023, month, half), date(2023, month, 14 if half == 1 else 27)) for month, half in RANDOM]
    checks = [
        Campaign(f"2023年第{n}批“双随机、一公开”抽查", "double_random", *span, PARTNERS if n <= 17 else "")
        for n, span in enumerate(spans, 1)
    ]
    market = Campaign(
        "2023年清理整顿人力资源市场秩序专项行动", "market", date(2023, 3, 20), date(2023, 5, 31)
    )
    sites = Campaign("2023年在建工程项目六项制度大检查", "project", FIRST, LAST)
    plan = InspectionYear(
        first=FIRST,
        last=LAST,
        known=LAST,
        targets={"double_random": 1027, "market": 246, "project": 405, "routine": 214, "complaint": 96},
        batches={"double_random": 0.3, "routine": 0.1, "market": 0.1},
        campaigns=(*checks, market, sites),
        season=EVEN,
        recorded=((FIRST, 1.0),),
    )
    return Inspections(plan, desk.staff[:24], desk.firms, desk.days, desk.draw("inspections")).records()


def _litigation() -> list[Record]:
    """Seven administrative disputes: two reconsiderations and two suits filed, three settled before filing."""
    counsel = "浙江某某律师事务所"
    before = {"stage": "before_filing", "outcome": "mediated", "counsel": counsel, "matter": "work_injury"}
    asked, suit = {"kind": "reconsideration", "counsel": counsel}, {"kind": "lawsuit", "counsel": counsel}
    first = {"stage": "first", "authority": "杭州市临平区人民法院"}
    return [
        kept(filed_on="2023-02-14", closed_on="2023-02-27", act="工伤认定决定", **{**asked, **before}),
        kept(filed_on="2023-04-11", closed_on="2023-04-25", act="工伤认定决定", **{**suit, **before}),
        kept(filed_on="2023-08-17", closed_on="2023-09-05", act="工伤认定决定", **{**suit, **before}),
        kept(filed_on="2023-05-16", copy_received_on="2023-05-18", answered_on="2023-05-26", closed_on="2023-07-06",
             outcome="won", decision="upheld", matter="social_insurance", act="社会保险补缴答复",
             authority="杭州市余杭区人民政府", **asked),
        kept(filed_on="2023-11-21", copy_received_on="2023-11-23", answered_on="2023-12-01", matter="seniority",
             act="工龄认定答复", authority="杭州市余杭区人民政府", **asked),
        kept(filed_on="2023-06-13", copy_received_on="2023-06-15", answered_on="2023-06-27", heard_on="2023-07-25",
             head_attended=1, attended_by="局主要负责人", closed_on="2023-09-14", outcome="won",
             matter="social_insurance", act="养老保险待遇核定", **{**suit, **first}),
        kept(filed_on="2023-10-24", copy_received_on="2023-10-26", answered_on="2023-11-08", heard_on="2023-12-12",
             head_attended=1, attended_by="局分管负责人", matter="seniority", act="视同缴费年限认定",
             **{**suit, **first}),
    ]  # fmt: skip


def _legal_reviews(desk: Desk) -> list[Record]:
    made = legal_work.reviews(desk, "contract", "review", 97, 92)
    made += legal_work.reviews(desk, "normative", "review", 3, 18, "government_lawyer")
    made += legal_work.reviews(desk, "difficult", "oral", 34)
    return desk.numbered(LEGAL_REVIEWS, made)


def _documents(desk: Desk, reviews: Sequence[Record]) -> list[Record]:
    """Thirty-five cleared in June, two issued, and three internal rules."""
    draw, made = desk.draw("documents"), []
    for n in range(35):
        issued = desk.days.since(date(draw.between(2012, 2022), draw.between(1, 11), draw.between(2, 27)))
        status = "in_force" if n < 20 else "repealed" if n < 29 else "expired"
        record = kept(
            issued_on=issued.isoformat(), title=f"余杭区就业和社会保障管理办法（{n + 1}）", kind="normative"
        )
        record |= {"status": status, "reviewed_on": "2023-06-28"}
        made.append(record if n < 20 else {**record, "ended_on": "2023-06-30", "ended_by": "规范性文件清理"})
    named = [str(record["review_no"]) for record in reviews if record["object"] == "normative"]
    titles = ("余杭区大学生实训（社会实践）实施办法", "余杭区技能人才奖补实施细则")
    for title, review, day in zip(titles, named, ("2023-11-28", "2023-12-20"), strict=False):
        made.append(
            kept(issued_on=day, title=title, kind="normative", action="new", review=review, published_on=day)
        )
    for title, day in (
        ("余杭区关于根治欠薪问题的实施方案（试行）", "2023-03-15"),
        ("欠薪案件联动处置工作规则", "2023-04-20"),
        ("欠薪风险隐患销号管理制度", "2023-05-10"),
    ):
        made.append(kept(issued_on=day, title=title, kind="internal"))
    return made


def _organisations(desk: Desk) -> list[Record]:
    stations = mediation.bodies(
        desk, "station", [f"{name}劳动保障驿站" for name in STATIONS], (date(2022, 3, 1), date(2023, 9, 28))
    )
    mediation.manned(desk, stations, supervisors=34, administrators=47, coordinators=3656)
    centres = [f"{name}劳动人事争议调解中心" for name in TOWNS]
    made = stations + mediation.bodies(desk, "mediation", centres, (date(2019, 3, 1), date(2021, 12, 31)))
    made += mediation.bodies(
        desk,
        "group",
        [f"{name}劳动关系工作群" for name in (*TOWNS, *_groups())],
        (date(2022, 3, 1), date(2023, 6, 30)),
    )
    for name, grade in (
        ("第一数字仲裁庭", "enhanced"),
        ("第二数字仲裁庭", "standard"),
        ("第三数字仲裁庭", "standard"),
    ):
        made.append(kept(name=f"余杭区{name}", kind="tribunal", grade=grade, founded_on="2021-03-01"))
    return made


def _groups() -> list[str]:
    return [f"重点企业第{n}片区" for n in range(1, 17)]


def _activities(desk: Desk) -> list[Record]:
    talks = ("“和谐同心”劳动关系宣讲", "规范用工宣讲", "根治欠薪宣讲")
    return [
        *outreach.activities(
            desk,
            (
                Held(kind="compliance", number=14, titles=("企业用工合规培训",), enterprises=1200, law="labour"),
                Held(kind="project_outreach", number=2, titles=("开工第一课",), people=640, sites=122, law="labour"),
                Held(kind="livestream", number=3, titles=("联盟直通车—余杭云课堂",), viewers=11260, mode="online"),
                Held(kind="outreach", number=43, titles=talks, people=3870, first=date(2023, 7, 3), law="labour"),
                Held(kind="training", number=4, titles=("依法行政培训讲座", "行政执法业务培训"), people=312),
            ),
        ),
        outreach.exam(date(2023, 9, 20), "行政执法证资格考试", 26, 11),
    ]  # fmt: skip


def _tallies() -> list[Record]:
    end, site = LAST, "重点建设工地“开工第一课”发放登记"
    centre, cloud = "社保中心、人才市场业务系统", "智能客服后台"
    book = "《人力社保简易手册》发放登记"
    return [
        tally(end, "handbooks", 25_000, "本", "宣传手册", book),
        tally(end, "centres", 1, "个", "发放手册的中心", book),
        tally(end, "sub_centres", 2, "个", "发放手册的分中心", book),
        tally(end, "towns", 2, "个", "发放手册的镇街", book),
        tally(end, "service_points", 53, "个", "发放手册的银行网点", book),
        tally(end, "hotlines", 13, "个", "对外咨询电话", "《人力社保简易手册》"),
        tally(end, "hearing_viewers", 1_340, "人次", "线上观摩仲裁庭审", "直播平台"),
        tally(end, "likes", 9_870, "个", "线上观摩仲裁庭审点赞", "直播平台"),
        tally(end, "qr_codes", 52_300, "个", "“连薪码”安全帽二维码", site),
        tally(end, "leaflets", 12_600, "份", "非法讨薪案例汇编折页", site),
        tally(end, "posters", 3_450, "张", "欠薪投诉“连薪码”海报", site),
        tally(end, "robot_services", 6_420, "人次", "智能咨询机器人服务", cloud),
        tally(end, "text_messages", 149_263, "条", "政策告知短信", centre),
        tally(end, "calls", 10_472, "个", "智能外呼电话", centre),
        tally(end, "months_saved", 6, "个月", "劳动者维权周期平均缩短（与一裁两审比较）", "调解仲裁处测算"),
    ]


def _petitions(first: date, last: date, desk: Desk, number: int) -> list[Record]:
    """So many letters and visits of a year."""
    channels = {"letter": number // 6, "visit": number // 4, "online": number // 5, "national": number // 12}
    channels["hotline"] = number - sum(channels.values())
    year = Desk(NAME, desk.region, first, last, desk.days, desk.firms, desk.staff)
    still = {"hotline": 9} if last == LAST else {}
    rated = channels["national"]
    ratings = {"satisfied": rated - 9, "basically": 6, "dissatisfied": 3}
    return petitions(year, Channels(numbers=channels, open=still, ratings=ratings))


def _records() -> Mapping[str, Sequence[Record]]:
    """Every record, by ledger."""
    days = Workdays(date(2011, 12, 1), date(2024, 6, 28))
    firms = Firms(Draw(f"{NAME} firms"), 900, "杭州", "places_yuhang")
    names = tuple(people(Draw(f"{NAME} staff"), 76))
    desk = Desk(NAME, "余", FIRST, LAST, days, firms, names)
    plan = ArrearsYear(first=FIRST, last=LAST, known=LAST, cases=486, season=EVEN)
    arrears = desk.numbered(WAGE_ARREARS, wage_arrears(plan, firms, days, desk.draw("wage arrears")))
    arrears = supervision.with_outcomes(desk, arrears, police=4, deducted=72)
    reviews = _legal_reviews(desk)
    centres = [f"{name}劳动人事争议调解中心" for name in TOWNS]
    outcomes = {"agreed": 1362, "settled": 232, "failed": 41, "withdrawn": 19, "transferred": 10}
    kinds = {
        ("deputy", "session", "lead"): 2,
        ("deputy", "session", "assist"): 13,
        ("deputy", "between", "lead"): 1,
    }
    kinds |= {("committee", "session", "lead"): 2, ("committee", "session", "assist"): 20}
    rounds = {
        f"2023年第{n}次案卷评查": (date(2023, 7, a), date(2023, 7, b))
        for n, a, b in ((1, 4, 12), (2, 18, 27))
    }
    levels = {
        ("key", "arrears"): 26,
        ("key", "subcontracting"): 7,
        ("key", "collective"): 5,
        ("major", "arrears"): 14,
    }
    return {
        "disputes": _disputes(days, Bench(names[40:48], names[48:54], firms, "杭州市余杭区")),
        "petitions": [
            *_petitions(date(2022, 1, 4), date(2022, 12, 30), desk, 1176),
            *_petitions(FIRST, LAST, desk, 786),
        ],
        "mediations": mediation.mediations(desk, centres, outcomes, refused=946, pending=20),
        "organisations": _organisations(desk),
        "wage_arrears": arrears,
        "inspections": _inspections(desk),
        "interviews": supervision.interviews(desk, {"arrears": 27, "collective": 6}),
        "hazards": supervision.hazards(
            desk, {**levels, ("ordinary", "arrears"): 84, ("ordinary", "insurance"): 19}
        ),
        "penalties": supervision.penalties(desk, 31, 38, 92, arrears),
        "referrals": supervision.referrals(desk, arrears),
        "litigation": _litigation(),
        "legal_reviews": reviews,
        "documents": _documents(desk, reviews),
        "file_reviews": legal_work.file_reviews(desk, rounds, ("permit", "penalty", "other"), 6),
        "proposals": legal_work.proposals(desk, kinds),
        "activities": _activities(desk),
        "consultations": [
            *outreach.consultations(desk, "labour_law", 3706, STATIONS),
            *outreach.consultations(desk, "employment", 5037, STATIONS),
        ],
        "employers": supervision.employers(desk, 120),
        "officers": legal_work.officers(desk, names, 24),
        "powers": [
            *legal_work.services(desk, 189, date(2022, 1, 4)),
            *legal_work.powers(supervision.POWERS, date(2021, 7, 15)),
        ],
        "tallies": _tallies(),
    }


DEMONSTRATION = Demonstration(
    name=NAME,
    title=N_("Yuhang, Hangzhou: 2023"),
    shows=N_("A district bureau's year: arbitration, mediation, petitions, supervision, proposals"),
    office="杭州市余杭区人力资源和社会保障局",
    region="余",
    patterns={"disputes": "浙余杭劳人仲案〔{year}〕{n}号"},
    records=_records,
    notes=(
        N_("People, firms and sites are invented; only the totals are those of the district's report for 2023."),
        N_(
            "Ask for the year 2023: 2,630 disputes registered for mediation, 1,594 settled, "
            "92 handling decisions, 31 enterprises penalised."
        ),
        N_(
            "The 1,771 digital hearings are those since 2021, when the digital tribunals were built; disputes of 2021 "
            "and 2022 are in the file for their sake, petitions of 2022 for the fall by 33.16 %."
        ),
        N_(
            "1,594 of 2,630 is 60.61 %: 946 of those registered were not accepted because the other side did not want "
            "mediation. Of those ended 95.79 % succeeded."
        ),
        N_(
            "The report says both that there was no new case of labour relations and no litigation of work injury, and "
            "that its seven administrative disputes are mainly of work injury, seniority and social insurance: in the "
            "file those of work injury were settled before filing."
        ),
    ),
)  # fmt: skip
