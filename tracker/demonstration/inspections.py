"""A year of enforcement checks: outings of two or three officers, campaigns, batches, so many parties of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.demonstration import words
from tracker.demonstration.days import Season, Workdays, at
from tracker.demonstration.draw import Draw, Weighted
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.people import Firms, mark

HOURS = ("09:00", "09:50", "10:40", "13:40", "14:30", "15:20", "16:10")
FINDINGS = Weighted({"none": 77, "rectify": 20, "filed": 3})
TARGETS = {"batch": "沿街商户", "double_random": "双随机抽取用人单位"}


@dataclass(frozen=True)
class Campaign:
    """A campaign: its kind of check, its days, the share of that kind's checks in those days, and who joins in."""

    name: str
    kind: str
    first: date
    last: date
    departments: str = ""
    share: float = 1.0


@dataclass(frozen=True, kw_only=True)
class InspectionYear:
    """One year's checks; `targets` are parties by kind, exactly."""

    first: date
    last: date
    known: date
    targets: Mapping[str, int]
    batches: Mapping[str, float]
    """How often an outing of a kind is one record for a batch."""
    campaigns: tuple[Campaign, ...]
    season: Season
    recorded: tuple[tuple[date, float], ...]
    epidemic: tuple[date, date] | None = None
    """While reopened firms are asked about the epidemic."""


@dataclass(frozen=True)
class Outing:
    """Officers on one day in one place for one kind of check."""

    day: date
    place: str
    officers: str
    kind: str
    campaign: Campaign | None
    visited: set[str] = field(default_factory=set, compare=False)


class Inspections:
    """Writes the records of one year."""

    def __init__(
        self, plan: InspectionYear, officers: tuple[str, ...], firms: Firms, days: Workdays, draw: Draw
    ) -> None:
        self.plan, self.officers, self.firms, self.days, self.draw = plan, officers, firms, days, draw
        self.agencies = firms.named("人力资源有限公司", "劳务派遣有限公司")
        self._busy: dict[date, set[str]] = {}

    def records(self) -> list[Record]:
        """The records in order of the day and time of the check."""
        made = [
            record for kind, targets in self.plan.targets.items() for record in self._of_kind(kind, targets)
        ]
        return sorted(made, key=lambda record: (str(record["checked_on"]), str(record["officers"])))

    def _of_kind(self, kind: str, left: int) -> list[Record]:
        """Outings until the year's parties of the kind are reached exactly."""
        campaigns = [campaign for campaign in self.plan.campaigns if campaign.kind == kind]
        spans = [(c.first, c.last) for c in campaigns if c.share == 1] or [(self.plan.first, self.plan.last)]
        every = [day for first, last in spans for day in self.days.within(first, last)]
        weights = self.plan.season.weights(every)
        records: list[Record] = []
        while left:
            outing = self._outing(weights, kind, campaigns)
            if self.draw.chance(self.plan.batches.get(kind, 0)):
                size = min(left, self.draw.between(5, 18))
                records.append(self._record(outing, 0, size))
            else:
                size = min(left, 1 if kind == "complaint" else self.draw.between(1, 4))
                start = self.draw.between(0, len(HOURS) - size)
                records += [self._record(outing, start + n, 1) for n in range(size)]
            left -= size
        return records

    def _outing(self, weights: Weighted[date], kind: str, campaigns: list[Campaign]) -> Outing:
        """A day on which two officers are still free, and who goes where."""
        draw = self.draw
        free: list[str] = []
        while len(free) < 2:
            day = draw.of(weights)
            free = [officer for officer in self.officers if officer not in self._busy.get(day, ())]
        team = draw.some(free, 3 if len(free) > 4 and draw.chance(0.14) else 2)
        self._busy.setdefault(day, set()).update(team)
        running = [c for c in campaigns if c.first <= day <= c.last and draw.chance(c.share)]
        return Outing(day, draw.of(self.firms.places), "、".join(team), kind, running[0] if running else None)

    def _record(self, outing: Outing, slot: int, targets: int) -> Record:
        draw, campaign = self.draw, outing.campaign
        hour, minute = HOURS[slot].split(":")
        clock = f"{hour}:{int(minute) // 10 * 10 + 5 * draw.between(0, 1):02d}"
        record: Record = {"checked_on": f"{outing.day.isoformat()}T{clock}", "officers": outing.officers}
        record["kind"] = outing.kind
        record |= self._checked(outing, targets)
        record["targets"] = targets
        record["items"] = self._items(outing)
        record["recorded"] = int(draw.chance(at(self.plan.recorded, outing.day)))
        if campaign:
            record["campaign"] = campaign.name
            if campaign.departments:
                record |= {"joint": 1, "departments": campaign.departments}
        record.setdefault("joint", 0)
        return record | self._finding(outing, targets)

    def _checked(self, outing: Outing, targets: int) -> Record:
        """Whom, and where: a builder on a site, an agency, a row of shops, or one firm."""
        draw, place = self.draw, outing.place
        if outing.kind == "project":
            site = draw.pick(words.column("projects")).format(mark=mark(draw))
            return {"target": self.firms.one(draw, "construction").name, "place": f"{place}{site}工地"}
        if targets > 1:
            what = TARGETS.get(outing.kind, TARGETS["batch"])
            return {"target": f"{place}{what}{targets}户", "place": place}
        if outing.kind == "market":
            agency = draw.pick(self.agencies)
            return {"target": agency.name, "place": agency.place}
        firm = self.firms.there(draw, place)
        for _try in range(9):
            firm = firm if firm.name not in outing.visited else self.firms.there(draw, place)
        outing.visited.add(firm.name)
        return {"target": firm.name, "place": place}

    def _items(self, outing: Outing) -> str:
        epidemic = self.plan.epidemic
        kind = outing.kind
        if (
            kind == "routine"
            and epidemic
            and epidemic[0] <= outing.day <= epidemic[1]
            and self.draw.chance(0.7)
        ):
            kind = "epidemic"
        return self.draw.of(
            Weighted((row[1], float(row[2])) for row in words.rows("check_items") if row[0] == kind)
        )

    def _finding(self, outing: Outing, targets: int) -> Record:
        """What was found; orders to rectify run 7 to 15 days and are mostly kept."""
        draw = self.draw
        finding = "none" if targets > 1 and draw.chance(0.8) else draw.of(FINDINGS)
        finding = "rectify" if targets > 1 and finding == "filed" else finding
        if outing.kind == "complaint":
            finding = draw.of(Weighted({"none": 34, "rectify": 50, "filed": 16}))
        record: Record = {"finding": finding, "workers": int(draw.low(3, 120)) * (1 if targets == 1 else 2)}
        if finding == "none":
            return record
        limit = outing.day + timedelta(days=draw.pick((7, 7, 10, 15)))
        record["rectify_by"] = limit.isoformat()
        kept = self.days.by(limit - timedelta(days=draw.between(0, 5)))
        closed = kept if draw.chance(0.93) else self.days.after(limit, 3)
        if outing.day <= closed <= self.plan.known:
            record["closed_on"] = closed.isoformat()
        return record | self._remedy(outing, finding)

    def _remedy(self, outing: Outing, finding: str) -> Record:
        draw = self.draw
        record: Record = {}
        if outing.kind != "market" and draw.chance(0.4):
            record["contracts_signed"] = int(draw.low(1, 16))
        if draw.chance(0.5 if outing.kind in ("project", "complaint") or finding == "filed" else 0.12):
            record["recovered_amount"] = fen(draw, draw.low(1800, 68000))
        return record
