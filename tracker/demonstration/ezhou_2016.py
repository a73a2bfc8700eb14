"""Ezhou 2016: a report of three periods in one, January to August, January to October and the whole year.

The figures laid down here are the report's own, or, where it prints none, invented beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.demonstration import ezhou_lists, legal_work, mediation, outreach, supervision
from tracker.demonstration.days import Season, Workdays
from tracker.demonstration.dispute_plan import Bench, DisputeYear
from tracker.demonstration.disputes import Disputes
from tracker.demonstration.draw import Draw
from tracker.demonstration.inspections import Inspections, InspectionYear
from tracker.demonstration.office import Demonstration, Record
from tracker.demonstration.openness import permits, proactive
from tracker.demonstration.people import Firms, people, person
from tracker.demonstration.register import Desk, kept, shares
from tracker.demonstration.wage_arrears import PAID, ArrearsYear, wage_arrears
from tracker.i18n import N_

NAME = "ezhou-2016"
FIRST, AUGUST, OCTOBER, LAST = date(2016, 1, 4), date(2016, 8, 31), date(2016, 10, 31), date(2016, 12, 30)
AUTUMN = date(2016, 9, 1)
EVEN = Season((1.0, 0.7, 1.2, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.1, 1.1))
NEVER = ((date(2016, 1, 1), 0.0),)

TO_AUGUST = DisputeYear(
    year=2016,
    first=FIRST,
    opens=date(2016, 1, 5),
    last=date(2016, 8, 26),
    close_by=AUGUST,
    known=AUGUST,
    closed={"mediation": 141, "final_award": 3, "award": 6, "withdrawal": 4, "deemed_withdrawal": 1},
    pending=7,
    pending_from=date(2016, 8, 8),
    refused=4,
    collective=2,
    season=EVEN,
    online=NEVER,
    digital=NEVER,
)
"""162 accepted and 155 closed by the end of August, 141 of them by mediation."""
FROM_SEPTEMBER = replace(
    TO_AUGUST,
    first=AUTUMN,
    opens=AUTUMN,
    last=date(2016, 12, 16),
    close_by=LAST,
    known=LAST,
    closed={"mediation": 62, "final_award": 2, "award": 3, "withdrawal": 3},
    pending=0,
    pending_from=None,
    refused=2,
    collective=1,
)


def _disputes(desk: Desk, bench: Bench) -> list[Record]:
    """Those of August that were still open then were mediated in September."""
    records = Disputes(TO_AUGUST, bench, desk.days, Draw(f"{NAME} disputes 1")).records()
    for record in records:
        if record.get("accepted_on") and not record.get("closed_on"):
            record |= {"closed_on": desk.days.after(AUGUST, 8).isoformat(), "closing_method": "mediation"}
    return records + Disputes(FROM_SEPTEMBER, bench, desk.days, Draw(f"{NAME} disputes 2")).records()


def _petitions(desk: Desk) -> list[Record]:
    """Every working day's visitors in one row, passed on; and 144 letters answered by the end of August."""
    draw = desk.draw("petitions")
    daily = desk.days.within(FIRST, LAST)
    early = [day for day in daily if day <= AUGUST]
    visitors = shares(draw, 4126 - 172, len(early), 4)
    visitors += shares(draw, 1780, len(daily) - len(early), 4)
    made = [_visits(desk, day, number) for day, number in zip(daily, visitors, strict=True)]
    letters = shares(draw, 172, 144, 1)
    days = desk.spread("letters", 144, FIRST, desk.days.after(AUGUST, -22))
    made += [_letter(desk, day, number) for day, number in zip(days, letters, strict=True)]
    return made + [_letter(desk, day, 1) for day in desk.spread("letters", 46, AUTUMN, date(2016, 12, 2))]


def _visits(desk: Desk, day: date, number: int) -> Record:
    draw = desk.draw("petitions")
    return kept(
        received_on=day.isoformat(),
        channel="visit",
        petitioner="当日来访群众",
        persons=number,
        subject=draw.pick(("wages", "social_insurance_agency", "pension", "employment", "work_injury")),
        decision="transferred",
        decided_on=day.isoformat(),
        handler=draw.pick(desk.staff),
        remarks="接待大厅当日来访登记，分流至有关科室办理",
    )


def _letter(desk: Desk, day: date, persons: int) -> Record:
    draw = desk.draw("petitions")
    decided = desk.days.after(day, draw.between(0, 4))
    return kept(
        received_on=day.isoformat(),
        channel=draw.pick(("letter", "letter", "online", "referral")),
        petitioner=person(draw),
        persons=persons,
        subject=draw.pick(("wages", "labour_relations", "pension", "work_injury")),
        purpose="resolution",
        decision="accepted",
        decided_on=decided.isoformat(),
        handler=draw.pick(desk.staff),
        closed_on=desk.days.after(decided, draw.between(2, 17)).isoformat(),
    )


def _arrears(desk: Desk) -> list[Record]:
    """110 cases of migrant workers by the end of August, and 46.82 million yuan recovered by then."""
    plan = ArrearsYear(first=FIRST, last=AUGUST, known=LAST, cases=110, season=EVEN)
    made = wage_arrears(plan, desk.firms, desk.days, desk.draw("arrears"))
    paid = [
        case for case in made if case.get("outcome") in PAID and str(case["closed_on"]) <= AUGUST.isoformat()
    ]
    thousands = shares(desk.draw("recovered"), 46_820, len(paid), 60)
    for case, amount in zip(paid, thousands, strict=True):
        whole = case["outcome"] in ("paid", "rectified")
        case |= {"recovered_amount": amount * 100_000, "workers": max(amount // 14, 3)}
        case["owed_amount"] = amount * (100_000 if whole else 125_000)
    for case in made:
        case["migrant"] = 1
        if str(case.get("closed_on", "")) <= AUGUST.isoformat() and case.get("outcome") not in PAID:
            case.pop("recovered_amount", None)
    later = replace(plan, first=AUTUMN, last=date(2016, 12, 23), cases=64)
    return made + wage_arrears(later, desk.firms, desk.days, desk.draw("later arrears"))


def _inspections(desk: Desk) -> list[Record]:
    """By the end of October 1215 contracts signed or put right, and the 180 yuan that the report prints."""
    plan = InspectionYear(
        first=FIRST,
        last=LAST,
        known=LAST,
        targets={"routine": 620, "special": 240, "project": 150, "market": 60, "complaint": 90},
        batches={"routine": 0.2, "special": 0.3},
        campaigns=(),
        season=EVEN,
        recorded=((FIRST, 0.2),),
    )
    made = Inspections(plan, desk.staff[:12], desk.firms, desk.days, desk.draw("inspections")).records()
    by_october = [record for record in made if str(record["checked_on"])[:10] <= OCTOBER.isoformat()]
    found = [record for record in by_october if record["finding"] != "none"]
    for record, number in zip(found, shares(desk.draw("contracts"), 1215, len(found), 1), strict=True):
        record["contracts_signed"] = number
    for record in by_october:
        record.pop("recovered_amount", None)
    found[0]["recovered_amount"] = 18_000
    return made


def _referrals(desk: Desk) -> list[Record]:
    """Nine by the end of October and two afterwards."""
    draw, made = desk.draw("referrals"), []
    days = desk.spread("referrals", 9, FIRST, desk.days.after(OCTOBER, -8))
    for day in days + desk.spread("referrals", 2, date(2016, 11, 7), date(2016, 12, 16)):
        firm = desk.firms.one(draw, "construction")
        received = desk.days.after(day, draw.between(1, 4))
        made.append(
            kept(
                sent_on=day.isoformat(),
                kind="referral",
                recipient=draw.pick(("police", "police", "court", "office")),
                handler=draw.pick(desk.staff),
                party=firm.name,
                matter="涉嫌拒不支付劳动报酬",
                workers=draw.between(6, 40),
                receive_by=desk.days.after(day, 5).isoformat(),
                received_on=received.isoformat(),
                result="accepted",
            )
        )
    return made


def _mediations(desk: Desk) -> list[Record]:
    """56 registered by the end of August, of which 40 settled and 16 passed on; then those of the autumn."""
    early = replace(desk, last=AUGUST, _draws={})
    late = replace(desk, name=f"{NAME} autumn", first=AUTUMN, _draws={})
    centre = (ezhou_lists.CENTRE,)
    made = mediation.mediations(early, centre, {"agreed": 33, "settled": 7, "transferred": 16}, 0, 0)
    return made + mediation.mediations(late, centre, {"agreed": 17, "settled": 3, "transferred": 6}, 0, 0)


def _litigation() -> list[Record]:
    suit = {"kind": "lawsuit", "stage": "first", "counsel": "法律顾问", "authority": "鄂州市鄂城区人民法院"}
    return [
        kept(filed_on="2016-05-10", copy_received_on="2016-05-12", answered_on="2016-05-24", heard_on="2016-06-21",
             head_attended=1, attended_by="局长", closed_on="2016-07-19", outcome="won", matter="work_injury",
             act="行政确认（工伤认定）", **suit),
        kept(filed_on="2016-09-13", copy_received_on="2016-09-18", answered_on="2016-09-28", heard_on="2016-11-09",
             head_attended=0, attended_by="法规科科长", closed_on="2016-12-07", outcome="won",
             matter="social_insurance", act="养老保险待遇核定", **suit),
    ]  # fmt: skip


def _records() -> Mapping[str, Sequence[Record]]:
    """Every record, by ledger."""
    days = Workdays(date(2010, 12, 1), date(2017, 6, 30))
    firms = Firms(Draw(f"{NAME} firms"), 420, "鄂州", "places_ezhou")
    names = tuple(people(Draw(f"{NAME} staff"), 30))
    desk = Desk(NAME, "鄂州", FIRST, LAST, days, firms, names)
    granted = replace(desk, last=OCTOBER, _draws={})
    return {
        "disputes": _disputes(desk, Bench(names[14:18], names[18:21], firms, "鄂州市")),
        "petitions": _petitions(desk),
        "mediations": _mediations(desk),
        "organisations": ezhou_lists.organisations(desk),
        "wage_arrears": _arrears(desk),
        "inspections": _inspections(desk),
        "interviews": supervision.interviews(desk, {"arrears": 18}),
        "referrals": _referrals(desk),
        "litigation": _litigation(),
        "legal_reviews": legal_work.reviews(desk, "contract", "review", 12, 14),
        "permits": permits(granted, 1, {"new": 2, "renew": 1}),
        "disclosures": proactive(desk, 26, 104, "procedure"),
        "activities": ezhou_lists.activities(desk),
        "consultations": outreach.consultations(desk, "labour_law", 2310, ("接待大厅",)),
        "officers": legal_work.officers(desk, names[:14], 12),
        "powers": ezhou_lists.powers(),
        "tallies": ezhou_lists.tallies(),
    }


DEMONSTRATION = Demonstration(
    name=NAME,
    title=N_("Ezhou, Hubei: 2016"),
    shows=N_("A city bureau's year: supervision, the network of mediation bodies, powers and duties"),
    office="鄂州市人力资源和社会保障局",
    region="鄂州",
    patterns={"disputes": "鄂州劳人仲案字〔{year}〕{n}号"},
    records=_records,
    notes=(
        N_("People, firms and sites are invented; only the totals are those of the city's report for 2016."),
        N_(
            "The report has three periods: ask for January to August (162 disputes accepted, 155 closed), January to "
            "October (4 permits, 9 cases referred) and the whole year."
        ),
        N_(
            "The report says 180 yuan recovered for women workers, which surely lacks a 万, and a list of 62 powers "
            "left of 69 after 7 were cancelled and 4 merged into 2, which would be 60; the file has 180 yuan and 62."
        ),
    ),
)  # fmt: skip
