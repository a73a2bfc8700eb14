"""Bao'an 2023: the district whose report of that year prints 15710 disputes accepted; it is signed on 6 December.

The figures laid down here are the report's own, or, for 2022 and where it prints none, invented beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import legal_work, outreach, sittings, supervision
from tracker.demonstration.channels import Channels, petitions
from tracker.demonstration.days import Season, Workdays
from tracker.demonstration.dispute_plan import Bench, DisputeYear
from tracker.demonstration.disputes import Disputes
from tracker.demonstration.draw import Draw
from tracker.demonstration.office import Demonstration, Record
from tracker.demonstration.outreach import Held
from tracker.demonstration.people import Firms, people
from tracker.demonstration.register import Desk, kept, shares
from tracker.i18n import N_

NAME = "baoan-2023"
FIRST, KNOWN = date(2023, 1, 3), date(2023, 12, 6)
"""The report's day; nothing in the file is dated after it."""
MONTHS = Season((0.8, 0.9, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.1, 1.0))
QUICKER = 0.747
"""What is left of the usual days to close, since simple cases are told from difficult ones."""

DISPUTES_2022 = DisputeYear(
    year=2022,
    first=date(2022, 1, 4),
    opens=date(2022, 1, 4),
    last=date(2022, 12, 30),
    close_by=date(2022, 12, 30),
    known=KNOWN,
    closed={
        "mediation": 6310, "final_award": 1240, "award": 2730, "withdrawal": 1880, "deemed_withdrawal": 460,
        "transfer": 60, "termination": 50, "cancelled": 40, "other": 20,
    },
    refused=310,
    collective=96,
    overdue=30,
    season=MONTHS,
    online=((date(2022, 1, 1), 0.41),),
    digital=((date(2022, 1, 1), 0.2),),
)  # fmt: skip

DISPUTES_2023 = DisputeYear(
    year=2023,
    first=FIRST,
    opens=FIRST,
    last=KNOWN,
    close_by=KNOWN,
    known=KNOWN,
    closed={
        "mediation": 7660, "final_award": 1480, "award": 3010, "withdrawal": 2240, "deemed_withdrawal": 520,
        "transfer": 70, "termination": 60, "cancelled": 50, "other": 20,
    },
    pending=600,
    pending_from=date(2023, 10, 25),
    refused=340,
    undecided=60,
    collective=118,
    overdue=24,
    season=MONTHS,
    online=((date(2023, 1, 1), 0.47),),
    digital=((date(2023, 1, 1), 0.24),),
)  # fmt: skip


def _disputes(days: Workdays, bench: Bench) -> list[Record]:
    """Both years' disputes; those of 2023 took about two thirds of the time."""
    before, now = (
        Disputes(plan, bench, days, Draw(f"{NAME} disputes {plan.year}")).records()
        for plan in (DISPUTES_2022, DISPUTES_2023)
    )
    sittings.shortened(now, QUICKER, days)
    return before + now


RANDOM = (
    ("人力资源服务机构", 6, date(2023, 4, 10), ""),
    ("预付式经营企业", 2, date(2023, 6, 12), "区市场监管局"),
    ("劳务派遣单位", 4, date(2023, 7, 17), ""),
    ("“黑培训”机构", 3, date(2023, 9, 11), "区市场监管局"),
)
"""The four double random checks: of whom, how many, when, and together with whom."""


def _inspections(desk: Desk) -> list[Record]:
    draw, made = desk.draw("inspections"), []
    for n, (whom, number, begin, partner) in enumerate(RANDOM, 1):
        firms, days = draw.some(desk.firms.all, number), desk.days.within(begin, desk.days.after(begin, 8))
        for firm in firms:
            record = kept(
                checked_on=f"{draw.pick(days).isoformat()}T10:{draw.between(10, 55)}", kind="double_random"
            )
            record |= {
                "place": firm.place or draw.of(desk.firms.places),
                "officers": desk.pair("inspections"),
            }
            record |= {
                "target": firm.name,
                "items": f"{whom}经营和用工情况",
                "campaign": f"2023年第{n}次双随机抽查",
            }
            record |= {"targets": 1, "recorded": 1, "finding": "none", "joint": int(bool(partner))}
            made.append(record | ({"departments": partner} if partner else {}))
    return made


def _hazards(desk: Desk) -> list[Record]:
    """4434 hazards, sixteen of them still open, and batches that bring the units screened to 22448."""
    levels = {
        ("key", "arrears"): 48,
        ("key", "closure"): 21,
        ("key", "collective"): 9,
        ("major", "closure"): 5,
    }
    ordinary = {
        "arrears": 2480,
        "insurance": 640,
        "closure": 320,
        "layoff": 180,
        "subcontracting": 260,
        "other": 471,
    }
    found = {**levels, **{("ordinary", kind): number for kind, number in ordinary.items()}}
    batches = shares(desk.draw("batches"), 22448 - sum(found.values()), 460, 8)
    return supervision.hazards(desk, found, unresolved=16, batches=batches)


def _litigation(desk: Desk) -> list[Record]:
    """Thirteen suits: five won, one lost, two withdrawn, five without a result."""
    draw, made = desk.draw("litigation"), []
    results = ["won"] * 5 + ["lost", "withdrawn", "withdrawn"]
    ended = desk.spread("litigation", len(results), date(2023, 2, 1), date(2023, 6, 30))
    still = desk.spread("litigation", 5, date(2023, 7, 3), date(2023, 11, 10))
    for day, result in zip([*ended, *still], [*results, *[""] * 5], strict=True):
        copied = desk.days.after(day, 2)
        record = kept(filed_on=day.isoformat(), kind="lawsuit", stage=draw.pick(("first", "first", "second")))
        record |= {
            "matter": draw.pick(("supervision", "supervision", "penalty", "disclosure")),
            "counsel": "局公职律师",
        }
        record |= {"authority": "深圳市盐田区人民法院", "copy_received_on": copied.isoformat()}
        record["answered_on"] = desk.days.after(copied, 8).isoformat()
        if result:
            record |= {"closed_on": desk.days.after(day, draw.between(50, 90)).isoformat(), "outcome": result}
        if result in ("won", "lost"):
            record |= {"heard_on": desk.days.after(day, 30).isoformat(), "head_attended": 1}
        made.append(record)
    return made


def _activities(desk: Desk) -> list[Record]:
    """77 sessions on the spot, 29 courses of six themes, and 263 thousand people in all."""
    themes = (
        "民法典",
        "劳动合同法",
        "保障农民工工资支付条例",
        "工伤保险条例",
        "劳动争议调解仲裁法",
        "社会保险法",
    )
    held = (
        Held(
            kind="compliance",
            number=4,
            titles=("劳动用工合规讲座",),
            people=196,
            enterprises=156,
            law="labour",
        ),
        Held(kind="training", number=1, titles=("《民法典》专题培训班",), people=120, law="civil_code"),
        Held(kind="lecture", number=2, titles=("领导班子宪法法制专题讲座",), people=46, law="constitution"),
        Held(
            kind="outreach",
            number=70,
            titles=("宝安第一课·法治第一课", "送法进企业"),
            people=9638,
            law="labour",
        ),
        Held(
            kind="course",
            number=29,
            titles=themes,
            viewers=253_000,
            topics=0,
            mode="online",
            law="administrative",
        ),
    )
    made = outreach.activities(desk, held)
    courses = [record for record in made if record["kind"] == "course"]
    for record in courses[: len(themes)]:
        record["topics"] = 1  # the first course of each theme
    return made


def _records() -> Mapping[str, Sequence[Record]]:
    """Every record, by ledger."""
    days = Workdays(date(2021, 12, 1), date(2024, 6, 28))
    firms = Firms(Draw(f"{NAME} firms"), 4200, "深圳", "places_baoan")
    names = tuple(people(Draw(f"{NAME} staff"), 64))
    desk = Desk(NAME, "深宝", FIRST, KNOWN, days, firms, names)
    channels = {
        "hotline": 18520,
        "letter": 730,
        "visit": 1180,
        "online": 690,
        "mailbox": 280,
        "referral": 187,
        "national": 113,
    }
    plan = Channels(
        numbers=channels,
        open={"letter": 40, "visit": 52, "online": 28, "referral": 11, "hotline": 640},
        ratings={"satisfied": 71, "basically": 31, "dissatisfied": 4, "unrated": 7},
    )
    kinds = {("deputy", "session", "lead"): 6, ("deputy", "session", "assist"): 14}
    kinds |= {("committee", "session", "lead"): 7, ("committee", "session", "assist"): 17}
    reviews = [
        ("contract", 231, "adviser"),
        ("normative", 3, "government_lawyer"),
        ("decision", 1, "legal_section"),
    ]
    reviews += [("enforcement", 20, "legal_section"), ("other", 24, "government_lawyer")]
    return {
        "disputes": _disputes(days, Bench(names[24:52], names[52:64], firms, "深圳市宝安区")),
        "petitions": petitions(desk, plan),
        "inspections": _inspections(desk),
        "hazards": _hazards(desk),
        "litigation": _litigation(desk),
        "legal_reviews": [
            *(
                r
                for what, n, who in reviews
                for r in legal_work.reviews(desk, what, "review", n, n // 3, who)
            ),
            *legal_work.reviews(desk, "difficult", "difficult", 23, 41),
        ],
        "proposals": legal_work.proposals(desk, kinds),
        "activities": _activities(desk),
        "employers": supervision.employers(desk, 300),
        "officers": legal_work.officers(desk, names[:24], 12),
    }


DEMONSTRATION = Demonstration(
    name=NAME,
    title=N_("Bao'an, Shenzhen: 2022 and 2023 up to 6 December"),
    shows=N_("A district with very many cases: 29,000 arbitrations, 22,000 petitions"),
    office="深圳市宝安区人力资源局",
    region="深宝",
    patterns={"disputes": "深宝劳人仲案〔{year}〕{n}号"},
    records=_records,
    notes=(
        N_("People, firms and sites are invented; only the totals are those of the district's report for 2023."),
        N_(
            "Ask for the year 2023 as of 2023-12-06, the day on which the report was signed: 15,710 disputes accepted, "
            "4,434 hazards found, 18,520 orders of the platform."
        ),
        N_(
            "Of 4,434 hazards 4,418 are resolved: 99.639 %, which the report cut off at 99.63. "
            "The satisfaction of 96.23 % is 102 of the 106 petitions that were rated, not of 113."
        ),
        N_("Disputes of 2022 are in the file so that the days to close can be compared: they fell by a third."),
    ),
)  # fmt: skip
