"""Huairou 2020: the district whose report of that year prints 2207 disputes accepted and 2191 closed by 25 December.

The figures laid down here are the report's own, or, for 2019 and where it prints none, invented beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import huairou_belongings, huairou_further
from tracker.demonstration.days import Season, Workdays
from tracker.demonstration.dispute_plan import Bench, DisputeYear
from tracker.demonstration.disputes import Disputes
from tracker.demonstration.draw import Draw
from tracker.demonstration.inspections import Campaign, Inspections, InspectionYear
from tracker.demonstration.office import Demonstration, Record
from tracker.demonstration.people import Firms, people
from tracker.demonstration.petitions import PetitionYear, petitions
from tracker.demonstration.register import Desk
from tracker.demonstration.wage_arrears import ArrearsYear, wage_arrears
from tracker.i18n import N_

NAME = "huairou-2020"
KNOWN = date(2020, 12, 25)
"""The report's cut-off; nothing in the file is dated after it."""
LULL = {"lull": date(2020, 1, 24), "lull_end": date(2020, 3, 1)}

ONLINE = ((date(2019, 1, 1), 0.04), (date(2020, 2, 3), 0.62), (date(2020, 5, 6), 0.27))
DIGITAL = ((date(2019, 1, 1), 0.01), (date(2020, 2, 3), 0.45), (date(2020, 6, 1), 0.14))
RECORDED = ((date(2019, 1, 1), 0.78), (date(2019, 7, 1), 0.88), (date(2020, 1, 1), 0.95))

DISPUTES_2019 = DisputeYear(
    year=2019,
    first=date(2019, 1, 2),
    opens=date(2019, 1, 3),
    last=date(2019, 12, 25),
    close_by=date(2019, 12, 31),
    known=KNOWN,
    closed={
        "mediation": 1269, "final_award": 138, "award": 268, "withdrawal": 247, "deemed_withdrawal": 62,
        "transfer": 10, "termination": 8, "cancelled": 6, "other": 2,
    },
    refused=34,
    collective=15,
    overdue=9,
    season=Season((0.9, 0.75, 1.35, 1.1, 1.0, 0.95, 0.95, 0.95, 0.95, 0.95, 1.15, 0.9)),
    online=ONLINE,
    digital=DIGITAL,
)  # fmt: skip

DISPUTES_2020 = DisputeYear(
    year=2020,
    first=date(2019, 12, 26),
    opens=date(2020, 1, 2),
    last=KNOWN,
    close_by=KNOWN,
    known=KNOWN,
    closed={
        "mediation": 1443, "final_award": 143, "award": 262, "withdrawal": 258, "deemed_withdrawal": 58,
        "transfer": 9, "termination": 7, "cancelled": 8, "other": 3,
    },
    pending=16,
    pending_from=date(2020, 12, 4),
    refused=41,
    undecided=14,
    collective=12,
    overdue=7,
    season=Season((0.85, 1.0, 1.1, 1.25, 1.15, 1.1, 1.1, 1.05, 1.0, 1.05, 1.2, 0.85), **LULL, lull_share=0.12),
    online=ONLINE,
    digital=DIGITAL,
)  # fmt: skip

PETITIONS_2019 = PetitionYear(
    first=date(2019, 1, 2),
    last=date(2019, 12, 20),
    close_by=date(2020, 1, 17),
    persons={
        "labour_relations": 14, "wages": 73, "employment": 2, "hr_management": 5, "pension": 4,
        "work_injury": 5, "social_insurance_agency": 6, "complaint": 3,
    },
    groups={"wages": (9, 6, 5)},
    season=Season((1.4, 0.9, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.2, 1.4)),
)  # fmt: skip

PETITIONS_2020 = PetitionYear(
    first=date(2020, 1, 2),
    last=date(2020, 12, 16),
    close_by=KNOWN,
    persons={
        "labour_relations": 11, "wages": 65, "employment": 1, "hr_management": 6, "pension": 2,
        "work_injury": 3, "social_insurance_agency": 4, "complaint": 2,
    },
    groups={"wages": (8, 6)},
    season=Season((1.4, 0.8, 0.9, 1.0, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 1.2, 1.2), **LULL, lull_share=0.15),
)  # fmt: skip

ARREARS_MONTHS = (2.2, 0.6, 0.7, 0.8, 0.8, 0.9, 1.0, 0.9, 0.9, 1.0, 1.4, 1.8)
ARREARS_2019 = ArrearsYear(
    first=date(2019, 1, 2), last=date(2019, 12, 31), known=KNOWN, cases=88, season=Season(ARREARS_MONTHS)
)
ARREARS_2020 = ArrearsYear(
    first=date(2020, 1, 2),
    last=KNOWN,
    known=KNOWN,
    cases=76,
    season=Season(ARREARS_MONTHS, **LULL, lull_share=0.1),
)

BATCHES = {"routine": 0.1, "double_random": 0.3, "market": 0.12, "special": 0.14}
SITES, MARKET = "区住房城乡建设委、区公安分局", "区市场监管局、区公安分局"


def _campaigns(year: int) -> tuple[Campaign, ...]:
    """The year's campaigns; in 2020 the market's spring cleaning came after the lull."""
    spring = (date(2019, 3, 4), date(2019, 4, 19)) if year == 2019 else (date(2020, 4, 13), date(2020, 5, 29))
    draws = [(n, date(year, month, 8), date(year, month, 26)) for n, month in enumerate((4, 6, 9, 11), 1)]
    return (
        Campaign(f"{year}年清理整顿人力资源市场秩序专项行动", "market", *spring, MARKET),
        Campaign(f"{year}年劳动用工和社会保险专项检查", "special", date(year, 7, 1), date(year, 8, 31)),
        Campaign(f"{year}年根治欠薪冬季专项行动", "special", date(year, 11, 4), date(year, 12, 24), SITES),
        *(Campaign(f"{year}年第{n}批双随机抽查", "double_random", first, last) for n, first, last in draws),
        Campaign(
            f"{year}年在建工程项目工资支付专项督查",
            "project",
            date(year, 5, 6),
            date(year, 6, 19),
            SITES,
            0.6,
        ),
        Campaign(
            f"{year}年根治欠薪冬季专项行动", "project", date(year, 11, 4), date(year, 12, 24), SITES, 0.8
        ),
    )


INSPECTIONS_2019 = InspectionYear(
    first=date(2019, 1, 2),
    last=date(2019, 12, 31),
    known=KNOWN,
    targets={
        "routine": 402,
        "project": 150,
        "special": 151,
        "double_random": 72,
        "market": 49,
        "complaint": 55,
    },
    batches=BATCHES,
    campaigns=_campaigns(2019),
    season=Season((0.9, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.2, 1.2)),
    recorded=RECORDED,
)

INSPECTIONS_2020 = InspectionYear(
    first=date(2020, 1, 2),
    last=KNOWN,
    known=KNOWN,
    targets={
        "routine": 388,
        "project": 176,
        "special": 142,
        "double_random": 96,
        "market": 48,
        "complaint": 53,
    },
    batches=BATCHES,
    campaigns=_campaigns(2020),
    season=Season((0.9, 0.9, 1.0, 1.1, 1.1, 1.0, 1.0, 1.0, 1.0, 0.9, 1.2, 1.2), **LULL, lull_share=0.2),
    recorded=RECORDED,
    epidemic=(date(2020, 2, 10), date(2020, 6, 30)),
)


def _records() -> Mapping[str, Sequence[Record]]:
    """Every record of both years, by ledger."""
    days = Workdays(date(2018, 12, 1), date(2021, 6, 30))
    firms = Firms(Draw(f"{NAME} firms"), 640, "北京", "places_huairou")
    names = tuple(people(Draw(f"{NAME} staff"), 27))
    bench = Bench(names[:8], names[8:13], firms, "北京市怀柔区")
    disputes = [
        Disputes(plan, bench, days, _draw("disputes", plan.year)) for plan in (DISPUTES_2019, DISPUTES_2020)
    ]
    checks = [
        Inspections(plan, names[13:24], firms, days, _draw("inspections", plan.first.year))
        for plan in (INSPECTIONS_2019, INSPECTIONS_2020)
    ]
    return {
        "disputes": [record for year in disputes for record in year.records()],
        "petitions": [
            record
            for plan in (PETITIONS_2019, PETITIONS_2020)
            for record in petitions(plan, names[24:27], days, _draw("petitions", plan.first.year))
        ],
        "wage_arrears": [
            record
            for plan in (ARREARS_2019, ARREARS_2020)
            for record in wage_arrears(plan, firms, days, _draw("wage arrears", plan.first.year))
        ],
        "inspections": [record for year in checks for record in year.records()],
        **huairou_further.records(_desk(firms, names), names[:8], names[8:13]),
    }


def _desk(firms: Firms, names: tuple[str, ...]) -> Desk:
    """The office in 2020 with its officers first, and days back to the laws of 2008."""
    days = Workdays(date(2007, 12, 1), date(2021, 6, 30))
    return Desk(NAME, "京怀", date(2020, 1, 2), KNOWN, days, firms, names[13:27])


def _draw(part: str, year: int) -> Draw:
    return Draw(f"{NAME} {part} {year}")


DEMONSTRATION = Demonstration(
    name=NAME,
    title=N_("Huairou, Beijing: 2019 and 2020 up to 25 December"),
    shows=N_("Two full years of a district bureau: arbitration, petitions, supervision, permits, training"),
    office="北京市怀柔区人力资源和社会保障局",
    region="京怀",
    patterns={"disputes": "京怀劳人仲字〔{year}〕第{n}号"},
    records=_records,
    belongings=huairou_belongings.belongings,
    notes=(
        N_("People, firms and sites are invented; only the totals are those of the district's report for 2020."),
        N_(
            "Ask for the year 2020 as of 2020-12-25: 2,207 disputes accepted, 2,191 closed, 1,443 of them mediated, "
            "143 final awards."
        ),
        N_(
            "The closure rate (99.28 %) divides by disputes accepted, the share mediated (65.86 %) by disputes closed. "
            "Both agree with the same 2,191 only because no case carried over is closed in 2020: the year-end clearing "
            "closed every case of 2019 by 2019-12-31, and the 16 open ones were accepted in December 2020."
        ),
        N_("The finality rate is 72.387 %: rounded 72.39; the report cut it off at 72.38."),
    ),
)  # fmt: skip
