"""Mediation below the office: the bodies, and the disputes that they registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.demonstration.disputes import CAUSES
from tracker.demonstration.draw import Weighted
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.people import people
from tracker.demonstration.register import Desk, dealt, kept, shares

MAIN = Weighted((row[0], float(row[1])) for row in CAUSES.values())
CHANNELS = Weighted({"onsite": 62, "online": 22, "hotline": 12, "patrol": 4})


def mediations(
    desk: Desk, bodies: Sequence[str], outcomes: Mapping[str, int], refused: int, pending: int
) -> list[Record]:
    """Disputes by result, those not accepted, and those still going on at the end of the year."""
    draw = desk.draw("mediations")
    results = dealt(draw, {**outcomes, "refused": refused})
    last = desk.days.after(desk.last, -12)
    days = desk.spread("mediations", len(results), None, last)
    late = desk.spread("mediations", pending, desk.days.after(desk.last, -6), desk.days.after(desk.last, -3))
    made = [_mediation(desk, day, result, bodies) for day, result in zip(days, results, strict=True)]
    return made + [_mediation(desk, day, "", bodies) for day in late]


def _mediation(desk: Desk, day: date, result: str, bodies: Sequence[str]) -> Record:
    draw = desk.draw("mediations")
    cause = draw.of(MAIN)
    least, most = float(CAUSES[cause][2]), float(CAUSES[cause][3])
    claim = fen(draw, draw.low(least, most / 2)) if most else None
    record = kept(
        registered_on=day.isoformat(),
        channel=draw.of(CHANNELS),
        organisation=draw.pick(bodies),
        body_kind="township",
        applicant="、".join(people(draw, 1 if draw.chance(0.94) else 2)),
        respondent=desk.firms.one(draw).name,
        cause=cause,
        claim_amount=claim,
    )
    record["workers"] = str(record["applicant"]).count("、") + 1
    if result == "refused":
        refused = desk.days.after(day, draw.between(0, 3)).isoformat()
        return {**record, "refused_on": refused, "remarks": "对方不同意调解，告知申请仲裁"}
    accepted = desk.days.after(day, draw.between(0, 2))
    record |= {"accepted_on": accepted.isoformat(), "mediator": draw.pick(desk.staff)}
    if not result:
        return record
    closed = desk.days.after(accepted, draw.between(0, 7))
    record |= {"closed_on": closed.isoformat(), "outcome": result}
    if result in ("agreed", "settled") and claim:
        record["settled_amount"] = max(int(claim * (0.4 + 0.6 * draw.share())) // 10000 * 10000, 30000)
    return record


def bodies(
    desk: Desk, kind: str, names: Sequence[str], founded: tuple[date, date], **more: str
) -> list[Record]:
    """Organisations of a kind by name, founded in those days; a name that begins with a town serves it."""
    draw = desk.draw(f"bodies {kind}")
    made = []
    for name in names:
        day = draw.pick(desk.days.within(*founded))
        place = next((place for place in desk.firms.places.items if name.startswith(place)), None)
        level = None if place is None else "township" if place.endswith(("镇", "乡")) else "subdistrict"
        made.append(
            {**kept(name=name, kind=kind, level=level, area=place, founded_on=day.isoformat()), **more}
        )
    return made


def manned(desk: Desk, records: list[Record], **totals: int) -> list[Record]:
    """The organisations with people of each kind, so many in all."""
    draw = desk.draw("manned")
    for key, total in totals.items():
        for record, number in zip(records, shares(draw, total, len(records), 1), strict=True):
            record[key] = number
    return records
