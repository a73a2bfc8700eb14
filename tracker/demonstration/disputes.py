"""A year of disputes written out as records: parties, causes, amounts, hearings, awards, suits and archiving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.demonstration import dispute_course, words
from tracker.demonstration.days import Workdays, at, drawn
from tracker.demonstration.dispute_plan import Bench, Case, DisputeYear
from tracker.demonstration.draw import Draw, Weighted
from tracker.demonstration.money import fen
from tracker.demonstration.office import Record
from tracker.demonstration.people import institution, people, person
from tracker.schema.fields import Value

CAUSES = {row[0]: row for row in words.rows("causes")}
SMALL = ("remuneration", "compensation", "work_injury", "damages")
"""Causes whose small claims end in a final award, each at most twelve months' local minimum wage (Art 47)."""
MINIMUM_WAGE = 2200
STANDARD = ("hours_leave", "social_insurance")
"""Causes that end in a final award whatever the amount (Art 47)."""
BY_EMPLOYER = Weighted({"damages": 5, "training": 1, "contract": 3, "other": 1})

PARTY_WORKERS = Weighted({1: 940, 2: 26, 3: 14, 4: 8, 5: 6, 6: 4, 8: 2})
RESULTS = Weighted({"partial": 50, "worker": 31, "employer": 19})
FINAL_RESULTS = Weighted({"partial": 46, "worker": 46, "employer": 8})
SMALL_PROCEDURES = Weighted({"ordinary": 3, "simplified": 6, "expedited": 1.5})
PROCEDURES = Weighted({"ordinary": 8, "simplified": 3})
SESSIONS = Weighted({"regular": 958, "evening": 26, "weekend": 12})
SHARE_PAID = {"worker": (0.82, 1.0), "partial": (0.2, 0.78), "employer": (0.0, 0.0)}


@dataclass(frozen=True)
class Series:
    """Cases of one day against one employer: they share cause and arbitrator."""

    respondent: str
    cause: str
    arbitrator: str


class Disputes:
    """Writes the records of one year."""

    def __init__(self, plan: DisputeYear, bench: Bench, days: Workdays, draw: Draw) -> None:
        self.plan, self.bench, self.days, self.draw = plan, bench, days, draw
        self.arbitrators = Weighted((name, 1 / (rank + 5)) for rank, name in enumerate(bench.arbitrators))

    def records(self) -> list[Record]:
        """Accepted, refused and undecided applications in order of application."""
        cases = sorted(dispute_course.cases(self.plan, self.days, self.draw), key=lambda case: case.applied)
        series = self._series(cases)
        records = [self._record(case, found) for case, found in zip(cases, series, strict=True)]
        records += self._refused() + self._undecided()
        return sorted(records, key=lambda record: str(record["applied_on"]))

    def _series(self, cases: list[Case]) -> list[Series | None]:
        """For each case the series it belongs to: now and then several workers of one firm come on one day."""
        found: list[Series | None] = [None] * len(cases)
        begin = 0
        while begin < len(cases):
            same = 1
            while begin + same < len(cases) and cases[begin + same].applied == cases[begin].applied:
                same += 1
            if same >= 5 and self.draw.chance(0.16):
                firm = self.bench.firms.one(self.draw).name
                cause = self.draw.pick(("remuneration", "remuneration", "compensation"))
                one = Series(firm, cause, self.draw.of(self.arbitrators))
                for n in range(self.draw.between(3, min(same, 9))):
                    found[begin + n] = one
            begin += same
        return found

    def _record(self, case: Case, series: Series | None) -> Record:
        record: Record = {"applied_on": case.applied.isoformat(), "accepted_on": case.accepted.isoformat()}
        record["channel"] = self._channel(case.applied)
        self._parties(record, case, series)
        self._claim(record, case)
        self._tribunal(record, series)
        if case.suspended:
            record["suspended_days"] = case.suspended
        if case.extended:
            record["extended"] = 1
        self._hearing(record, case)
        self._close(record, case)
        self._remark(record, case)
        return record

    def _channel(self, day: date) -> str:
        online = at(self.plan.online, day)
        rest = 1 - online
        shares = {"online": online, "onsite": rest * 0.91, "mail": rest * 0.04, "referral": rest * 0.05}
        return self.draw.of(Weighted(shares))

    def _parties(self, record: Record, case: Case, series: Series | None) -> None:
        draw = self.draw
        by_employer = (
            series is None and not case.collective and case.method != "final_award" and draw.chance(0.018)
        )
        record["cause"] = self._causes(case, series, by_employer)
        workers = 1 if series or by_employer else draw.of(PARTY_WORKERS)
        if case.collective:
            workers = int(draw.low(10, 64))
        names = people(draw, min(workers, 3 + draw.between(0, 2)) if case.collective else workers)
        firm = series.respondent if series else self._respondent(str(record["cause"]))
        record["applicant"], record["respondent"] = "、".join(names), firm
        record["applicant_kind"], record["workers"] = "worker", workers
        if by_employer:
            record |= {"applicant": firm, "respondent": names[0], "applicant_kind": "employer"}

    def _respondent(self, causes: str) -> str:
        draw = self.draw
        if causes.startswith("personnel"):
            return institution(draw, self.bench.district)
        one = self.bench.firms.one(draw)
        if draw.chance(0.05):
            other = self.bench.firms.one(draw, one.sector)
            return f"{one.name}、{other.name}" if other != one else one.name
        return one.name

    def _causes(self, case: Case, series: Series | None, by_employer: bool) -> str:
        """The main cause and up to two more, joined as the field stores them."""
        draw = self.draw
        if series or by_employer:
            return series.cause if series else draw.of(BY_EMPLOYER)
        if case.collective:
            return draw.pick(("remuneration", "remuneration", "compensation", "remuneration;compensation"))
        main = draw.of(_MAIN)
        while case.method == "final_award" and main not in (*SMALL, *STANDARD):
            main = draw.of(_MAIN)
        others = CAUSES[main][4].split(",")
        more = 0 if draw.chance(0.56) else 1 if draw.chance(0.78) else 2
        chosen = draw.some(others, more)
        kept = [other for other in chosen if case.method != "final_award" or other in (*SMALL, *STANDARD)]
        return ";".join((main, *kept))

    def _claim(self, record: Record, case: Case) -> None:
        draw, total = self.draw, 0.0
        causes = str(record["cause"]).split(";")
        for cause in causes:
            least, most = float(CAUSES[cause][2]), float(CAUSES[cause][3])
            if case.method == "final_award" and cause in SMALL:
                most = min(most, MINIMUM_WAGE * 12.0)
                least = min(least, most / 4)
            total += draw.low(least, most)
        if case.collective:
            total = draw.low(4000, 26000)
        if total:
            record["claim_amount"] = fen(draw, total * int(str(record["workers"])))
        small = case.method == "final_award" or (total and total < 20000)
        usual = SMALL_PROCEDURES if small else PROCEDURES
        record["procedure"] = "ordinary" if case.collective or case.extended else draw.of(usual)

    def _tribunal(self, record: Record, series: Series | None) -> None:
        name = series.arbitrator if series else self.draw.of(self.arbitrators)
        clerks = self.bench.clerks
        usual = clerks[self.bench.arbitrators.index(name) % len(clerks)]
        record["arbitrator"], record["clerk"] = (
            name,
            usual if self.draw.chance(0.88) else self.draw.pick(clerks),
        )

    def _hearing(self, record: Record, case: Case) -> None:
        """A hearing for every award and default, for many mediations, for few that were withdrawn."""
        if case.closed is None or not self._is_heard(case, (case.closed - case.accepted).days):
            return
        day = self._hearing_day(case, case.closed)
        session = self.draw.of(SESSIONS)
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        if (
            session == "weekend"
            and saturday > case.accepted + timedelta(days=5)
            and saturday not in self.days.days
        ):
            day = saturday
        elif session == "weekend":
            session = "regular"
        if case.method == "award" and self.draw.chance(0.012):
            session = "default"
        mode = "digital" if self.draw.chance(at(self.plan.digital, day)) else "onsite"
        record |= {"heard_on": day.isoformat(), "hearing_session": session, "hearing_mode": mode}

    def _is_heard(self, case: Case, length: int) -> bool:
        if case.method in ("award", "final_award", "deemed_withdrawal"):
            return True
        chances = {"mediation": 0.46, "withdrawal": 0.16, "termination": 0.3, "other": 0.2}
        return length >= 10 and self.draw.chance(chances.get(case.method, 0))

    def _hearing_day(self, case: Case, closed: date) -> date:
        """Not in the lull, after the time to answer, and often the very day of a mediated closing."""
        length = (closed - case.accepted).days
        if case.method in ("mediation", "deemed_withdrawal") and self.draw.chance(0.6):
            return closed
        before = self.draw.between(3, max(3, min(14, length // 3)))
        day = self.days.nearest(case.accepted, closed - timedelta(days=before))
        while self.plan.season.quiet(day) and day < closed:
            day = self.days.after(day, 1)
        return day

    def _close(self, record: Record, case: Case) -> None:
        if case.closed is None:
            return
        draw, known = self.draw, self.plan.known
        record |= {"closed_on": case.closed.isoformat(), "closing_method": case.method}
        paid = self._paid(record, case)
        if paid is not None:
            record["settled_amount"] = paid
        sues = {"award": 0.27, "final_award": 0.035}.get(case.method, 0.0)
        sued = self.days.since(case.closed + timedelta(days=draw.between(6, 20)))
        if draw.chance(sues) and sued <= known:
            record["sued_on"] = sued.isoformat()
        wait = 10 if case.method in ("award", "final_award") else 0
        archived = self.days.after(case.closed, wait + draw.between(4, 28))
        if archived <= known:
            record["archived_on"] = archived.isoformat()

    def _paid(self, record: Record, case: Case) -> Value:
        """What the closing brings the applicant, in fen; sets the award's result on the way."""
        draw, claim = self.draw, record.get("claim_amount")
        if case.method in ("award", "final_award"):
            result = draw.of(FINAL_RESULTS if case.method == "final_award" else RESULTS)
            record["award_result"] = result
            least, most = SHARE_PAID[result]
            return None if not isinstance(claim, int) else _part(draw, claim, least, most, result == "worker")
        if case.method == "mediation":
            if not isinstance(claim, int):
                return fen(draw, draw.low(3000, 40000), True) if draw.chance(0.4) else None
            return max(_part(draw, claim, 0.35, 0.95, draw.chance(0.12)) // 10000 * 10000, 50000)
        return None

    def _remark(self, record: Record, case: Case) -> None:
        if case.collective:
            names = str(record["applicant"]).count("、") + 1
            record["remarks"] = f"集体劳动争议，共{record['workers']}人，推举代表{names}人；已约谈用人单位"
        elif case.suspended and self.plan.season.lull and case.accepted < self.plan.season.lull:
            record["remarks"] = f"受疫情影响中止审理{case.suspended}日"
        elif case.suspended:
            injury = "work_injury" in str(record["cause"])
            waits = "等待工伤认定和劳动能力鉴定结论" if injury else "须以另案审理结果为依据"
            record["remarks"] = "公告送达" if case.suspended < 40 and not injury else f"{waits}，中止审理"
        elif case.extended:
            record["remarks"] = "案情复杂，经仲裁委员会主任批准延期15日"
        elif case.method == "withdrawal" and self.draw.chance(0.3):
            record["remarks"] = "双方自行和解后撤回"
        elif case.method == "transfer":
            record["remarks"] = "移送有管辖权的仲裁委员会"

    def _refused(self) -> list[Record]:
        """Applications refused within five working days."""
        plan, weights = self.plan, self.plan.season.weights(self.days.within(self.plan.opens, self.plan.last))
        records = []
        for refused in drawn(self.draw, weights, plan.refused):
            applied = max(self.days.after(refused, -self.draw.of(dispute_course.LAG)), plan.first)
            record = self._application(applied)
            reason = self.draw.pick(("不属于受理范围", "超过仲裁时效", "主体不适格", "不属于本委管辖"))
            records.append(record | {"refused_on": refused.isoformat(), "remarks": reason})
        return records

    def _undecided(self) -> list[Record]:
        """Applications of the last five working days on which nothing was decided yet."""
        last = self.days.within(self.plan.last - timedelta(days=7), self.plan.last)[-4:]
        return [
            self._application(day)
            for day in sorted(self.draw.pick(last) for _n in range(self.plan.undecided))
        ]

    def _application(self, applied: date) -> Record:
        draw, cause = self.draw, self.draw.of(_MAIN)
        least, most = float(CAUSES[cause][2]), float(CAUSES[cause][3])
        record: Record = {"applied_on": applied.isoformat(), "channel": self._channel(applied)}
        record |= {"applicant": person(draw), "applicant_kind": "worker", "workers": 1}
        record |= {"respondent": self._respondent(cause), "cause": cause}
        if most:
            record["claim_amount"] = fen(draw, draw.low(least, most))
        return record


_MAIN = Weighted((row[0], float(row[1])) for row in CAUSES.values())


def _part(draw: Draw, amount: int, least: float, most: float, whole: bool = False) -> int:
    """A share of an amount in whole yuan, or all of it."""
    return amount if whole else int(amount * (least + (most - least) * draw.share())) // 100 * 100
