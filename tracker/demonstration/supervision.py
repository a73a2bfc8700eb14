"""Labour security supervision: penalties and decisions, talks, hazards, and what arrears cases led to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration import words
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.people import mark, person
from tracker.demonstration.register import Desk, dealt, kept

POWERS = {
    "wages": "对用人单位克扣或者无故拖欠劳动者工资的处罚",
    "contract": "对用人单位不依法与劳动者订立劳动合同的处罚",
    "hours": "对用人单位违法延长劳动者工作时间的处罚",
    "obstruction": "对无理抗拒、阻挠劳动保障监察的处罚",
    "agency": "对未经许可从事职业中介活动的处罚",
    "dispatch": "对未经许可擅自经营劳务派遣业务的处罚",
    "insurance": "对用人单位不办理社会保险登记的处罚",
    "order": "对以非法手段讨薪、扰乱秩序行为的处罚",
}
"""The power used for each breach, as the list of powers names it."""
FACTS = {
    "wages": "经查，该单位未按时足额支付劳动者工资，责令限期改正后逾期未改正",
    "contract": "经查，该单位未与劳动者订立书面劳动合同",
    "hours": "经查，该单位安排劳动者延长工作时间超过法定上限",
    "obstruction": "该单位拒不按要求报送用工和工资支付材料",
    "agency": "未取得人力资源服务许可从事职业中介活动",
    "dispatch": "未取得劳务派遣经营许可派遣劳动者",
    "insurance": "该单位未依法办理社会保险登记",
    "order": "捏造欠薪事实，以堵门、拉横幅等方式讨要",
}
BREACHES = {
    "wages": 14,
    "contract": 6,
    "hours": 3,
    "obstruction": 4,
    "agency": 2,
    "dispatch": 1,
    "insurance": 1,
}
"""How often of 31 each breach is penalised."""


def penalties(desk: Desk, units: int, persons: int, handling: int, cases: Sequence[Record]) -> list[Record]:
    """Penalties on so many different units and persons, and handling decisions on the employers of cases."""
    draw = desk.draw("penalties")
    firms = draw.some(desk.firms.all, units)
    breaches = dealt(draw, _scaled(BREACHES, units))
    made = [
        _penalty(desk, "penalty", firm.name, "enterprise", breach, fen(draw, draw.low(2000, 48000), True))
        for firm, breach in zip(firms, breaches, strict=True)
    ]
    for _n in range(persons):
        made.append(
            _penalty(
                desk, "unlawful_claim", person(draw), "person", "order", fen(draw, draw.low(200, 1600), True)
            )
        )
    early = desk.days.after(desk.last, -40).isoformat()
    for case in draw.some([case for case in cases if str(case["received_on"]) <= early], handling):
        amount = int(str(case.get("owed_amount") or 0)) or 1_000_000
        received = date.fromisoformat(str(case["received_on"]))
        record = _penalty(desk, "handling", str(case["employer"]), "enterprise", "wages", amount, received)
        made.append({**record, "arrears_case": case["case_no"]})
    return made


def _scaled(weights: Mapping[str, int], number: int) -> dict[str, int]:
    """The weights brought to a total of `number`, what is left over to the first."""
    whole = sum(weights.values())
    found = {key: number * weight // whole for key, weight in weights.items()}
    found[next(iter(found))] += number - sum(found.values())
    return found


def _penalty(
    desk: Desk, kind: str, party: str, party_kind: str, breach: str, amount: int, received: date | None = None
) -> Record:
    """A decision; of a case received on a day, one filed after it."""
    draw = desk.draw("penalties")
    begin = max(received or desk.first, desk.first)
    (decided,) = desk.spread("penalties", 1, desk.days.after(begin, 15), desk.days.after(desk.last, -9))
    filed = desk.days.after(decided, -draw.between(8, 14 if party_kind == "person" or received else 55))
    record = kept(
        filed_on=filed.isoformat(),
        kind=kind,
        party=party,
        party_kind=party_kind,
        violation=breach,
        facts=FACTS[breach],
        amount=amount,
        officers=desk.pair("penalties"),
        decided_on=decided.isoformat(),
        served_on=desk.days.after(decided, draw.between(0, 5)).isoformat(),
    )
    if kind == "handling":
        return record
    record |= {
        "power": POWERS[breach],
        "measures": "fine",
        "published_on": desk.days.after(decided, draw.between(1, 7)).isoformat(),
    }
    if amount >= (100_000 if party_kind == "person" else 3_000_000):
        record |= {"reviewed_on": desk.before(decided, 1, 4, "penalties"), "reviewer": desk.staff[0]}
    return record


def interviews(desk: Desk, reasons: Mapping[str, int], part: str = "interviews") -> list[Record]:
    """So many talks for each reason, each with another employer; builders where it is about arrears."""
    draw, made = desk.draw(part), []
    builders = [firm for firm in desk.firms.all if firm.sector == "construction"]
    others = [firm for firm in desk.firms.all if firm.sector != "construction"]
    for reason, number in reasons.items():
        chosen = draw.some(builders if reason == "arrears" else others, number)
        for firm, day in zip(chosen, desk.spread(part, number), strict=True):
            made.append(_talk(desk, part, day, firm.name, reason))
    return made


def _talk(desk: Desk, part: str, day: date, employer: str, reason: str) -> Record:
    draw = desk.draw(part)
    workers = int(draw.low(8, 60))
    record = kept(
        held_on=day.isoformat(),
        employer=employer,
        reason=reason,
        workers=workers,
        officers=desk.pair(part),
        place="劳动保障监察大队",
        matter="要求限期核清并支付工资" if reason == "arrears" else "要求依法规范用工",
    )
    if reason != "arrears":
        return record
    owed = fen(draw, workers * draw.low(6000, 24000), True)
    site = draw.pick(words.column("projects")).format(mark=mark(draw))
    record |= {"project": site, "owed_amount": owed, "paid_workers": workers, "paid_amount": owed}
    return record | kept(closed_on=desk.later(day, 3, 15, part))


def hazards(
    desk: Desk,
    levels: Mapping[tuple[str, str], int],
    unresolved: int = 0,
    batches: Sequence[int] = (),
) -> list[Record]:
    """Hazards by level and kind, the last `unresolved` ordinary ones still open, and batches that found nothing.

    A hazard counts as one unit screened, a batch as so many.
    """
    draw = desk.draw("hazards")
    kinds = dealt(draw, levels)
    last = desk.days.after(desk.last, -12)
    days = desk.spread("hazards", len(kinds), None, last)
    made = [_hazard(desk, day, *kind) for day, kind in zip(days, kinds, strict=True)]
    still = [record for record in reversed(made) if record["level"] == "ordinary"][:unresolved]
    for record in still:
        for key in ("resolved_on", "result"):
            record.pop(key, None)
    for day, size in zip(desk.spread("hazards", len(batches)), batches, strict=True):
        place = draw.of(desk.firms.places)
        record = kept(screened_on=day.isoformat(), source="screening", area=place, screened=size)
        made.append({**record, "employer": f"{place}用人单位{size}户"})
    return made


HAZARD_SOURCES = {"arrears": "warning", "collective": "report", "closure": "report"}


def _hazard(desk: Desk, day: date, level: str, kind: str) -> Record:
    draw = desk.draw("hazards")
    firm = desk.firms.one(draw, "construction" if kind == "subcontracting" else "")
    workers = int(
        draw.low(60, 420) if level == "major" else draw.low(10, 120) if level == "key" else draw.low(1, 20)
    )
    resolved = desk.days.after(day, draw.between(1, 12))
    return kept(
        screened_on=day.isoformat(),
        source=HAZARD_SOURCES.get(kind, draw.pick(("patrol", "patrol", "petition", "screening"))),
        employer=firm.name,
        area=firm.place or None,
        screened=1,
        level=level,
        kind=kind,
        workers=workers,
        amount=fen(draw, workers * draw.low(3000, 16000), True) if kind == "arrears" else None,
        plan=1 if level != "ordinary" else None,
        handler=draw.pick(desk.staff[:12]),
        resolve_by=desk.days.after(day, 12).isoformat(),
        resolved_on=resolved.isoformat(),
        result="已督促用人单位整改到位",
    )


def with_outcomes(desk: Desk, cases: list[Record], police: int, deducted: int) -> list[Record]:
    """The arrears cases with exactly so many handed to the police and so many in which credit points were deducted."""
    draw = desk.draw("outcomes")
    closed = draw.shuffled(case for case in cases if case.get("closed_on"))
    for n, case in enumerate(closed):
        case.pop("credit_points", None)
        if n < police:
            case["outcome"], case["credit_points"] = "police", 12
            case.pop("recovered_amount", None)
        elif case.get("outcome") == "police":
            case["outcome"] = "decision"
        if police <= n < deducted:
            case["credit_points"] = draw.pick((2, 3, 3, 5, 6))
    return cases


def referrals(desk: Desk, cases: Sequence[Record]) -> list[Record]:
    """The cases handed to the police, each received within the three days that the police has."""
    made = []
    for case in cases:
        if case.get("outcome") != "police":
            continue
        sent = date.fromisoformat(str(case["closed_on"]))
        record = kept(
            sent_on=sent.isoformat(), kind="referral", recipient="police", receiver="区公安分局治安大队"
        )
        record |= {
            "party": case["employer"],
            "matter": "涉嫌拒不支付劳动报酬",
            "arrears_case": case["case_no"],
        }
        record |= {"workers": case.get("workers"), "amount": case.get("owed_amount")}
        record["receive_by"] = desk.days.after(sent, 3).isoformat()
        received = desk.later(sent, 1, 3, "referrals")
        made.append(record | kept(received_on=received, result="accepted" if received else None))
    return made


def employers(desk: Desk, number: int) -> list[Record]:
    """The employers who come up most often, as the register has them."""
    draw, made = desk.draw("employers"), []
    for firm in desk.firms.all[:number]:
        size = draw.pick(("micro", "small", "small", "medium"))
        workers = draw.between(*{"micro": (4, 19), "small": (20, 180), "medium": (200, 900)}[size])
        record = kept(name=firm.name, kind="private", sector=firm.sector, size=size, workers=workers)
        made.append(
            record | kept(area=firm.place or None, contact=person(draw), credit_grade=draw.pick("aabbbc"))
        )
    return made
