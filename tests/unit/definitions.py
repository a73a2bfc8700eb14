"""The figures computed again from the published definitions, in plain Python over what `list --json` tells.

It shares no code with the program.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]


def day(row: Row, key: str) -> date | None:
    """A day of a row, without its time of day."""
    return date.fromisoformat(row[key][:10]) if row[key] else None


def money(row: Row, key: str) -> Fraction:
    return Fraction(row[key]) if row[key] is not None else Fraction(0)


class Figures:
    """All figures of a period [begin, end] as of D over the rows of the four core ledgers."""

    def __init__(self, rows: dict[str, list[Row]], begin: date, end: date, as_of: date) -> None:
        self.rows, self.begin, self.end, self.as_of = rows, begin, end, as_of

    def known(self, moment: date | None) -> bool:
        return moment is not None and moment <= self.as_of

    def within(self, moment: date | None) -> bool:
        return moment is not None and self.begin <= moment <= self.end and moment <= self.as_of

    def pick(self, ledger: str, test: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows[ledger] if test(row)]

    def all(self) -> dict[str, Any]:
        """Key -> Fraction, None or parts."""
        found: dict[str, Any] = {}
        for ledger in (self.disputes, self.petitions, self.wage_arrears, self.inspections):
            found |= {f"{ledger.__name__}.{key}": value for key, value in ledger().items()}
        return found

    def disputes(self) -> dict[str, Any]:
        accepted = self.pick("disputes", lambda r: self.within(day(r, "accepted_on")))
        closed = self.pick(
            "disputes", lambda r: day(r, "accepted_on") is not None and self.within(day(r, "closed_on"))
        )

        def carried(r: Row) -> bool:
            a, c = day(r, "accepted_on"), day(r, "closed_on")
            before = a is not None and a < self.begin and a <= self.as_of
            return before and not (c is not None and c < self.begin and c <= self.as_of)

        def pending(r: Row) -> bool:
            a = day(r, "accepted_on")
            return a is not None and a <= self.end and self.known(a) and not self.known(day(r, "closed_on"))

        def by(method: tuple[str, ...]) -> list[Row]:
            return [r for r in closed if r["closing_method"] in method]

        closed_of = [r for r in accepted if self.known(day(r, "closed_on"))]
        over = [r for r in accepted if r["workers"] >= 10]
        carried_over = self.pick("disputes", carried)
        awarded = by(("final_award", "award"))
        return {
            "applications": count(self.pick("disputes", lambda r: self.within(day(r, "applied_on")))),
            "refused": count(self.pick("disputes", lambda r: self.within(day(r, "refused_on")))),
            "carried_over": count(carried_over),
            "accepted": count(accepted),
            "closed": count(closed),
            "pending": count(self.pick("disputes", pending)),
            "closed_of_accepted": count(closed_of),
            "closure_rate": rate(closed_of, accepted),
            "closure_rate_on_hand": rate(closed, carried_over + accepted),
            "mediated": count(by(("mediation",))),
            "mediation_share": rate(by(("mediation",)), closed),
            "final_awards": count(by(("final_award",))),
            "finality_rate": rate(by(("mediation", "final_award")), closed),
            "withdrawn": count(by(("withdrawal", "deemed_withdrawal"))),
            "mediation_withdrawal_rate": rate(by(("mediation", "withdrawal", "deemed_withdrawal")), closed),
            "awarded": count(awarded),
            "on_time_rate": rate([r for r in closed if r["closed_on"] <= r["due_on"]], closed),
            "mean_days": mean([(day(r, "closed_on") - day(r, "accepted_on")).days for r in closed]),  # type: ignore[operator]
            "collective": count(over),
            "collective_workers": Fraction(sum(r["workers"] for r in over)),
            "workers": Fraction(sum(r["workers"] for r in accepted)),
            "claim_amount": sum((money(r, "claim_amount") for r in accepted), Fraction(0)),
            "settled_amount": sum((money(r, "settled_amount") for r in closed), Fraction(0)),
            "online_share": rate([r for r in accepted if r["channel"] == "online"], accepted),
            "digital_hearings": count(
                self.pick(
                    "disputes",
                    lambda r: (
                        self.within(day(r, "heard_on"))
                        and r["hearing_mode"] == "digital"
                        and self.known(day(r, "accepted_on"))
                    ),
                )
            ),
            "off_hours_closed": count(
                [r for r in closed if r["hearing_session"] in ("evening", "weekend", "default")]
            ),
            "by_cause": parts(accepted, lambda r: r["cause"][0] if r["cause"] else None),
            "by_closing_method": parts(closed, lambda r: r["closing_method"]),
            "by_award_result": parts(awarded, lambda r: r["award_result"]),
            "by_month": parts(accepted, lambda r: r["accepted_on"][:7]),
        }

    def petitions(self) -> dict[str, Any]:
        received = self.pick("petitions", lambda r: self.within(day(r, "received_on")))
        closed = [r for r in received if self.known(day(r, "closed_on"))]
        fifteen = timedelta(days=15)
        ripe = [r for r in received if day(r, "received_on") + fifteen <= self.as_of]  # type: ignore[operator]
        told = [
            r
            for r in ripe
            if day(r, "decided_on") and day(r, "decided_on") <= day(r, "received_on") + fifteen
        ]  # type: ignore[operator]
        dated = [r for r in closed if r["due_on"]]
        rated = [r for r in received if r["satisfaction"] not in (None, "unrated")]
        return {
            "received": count(received),
            "persons": Fraction(sum(r["persons"] for r in received)),
            "visits": Fraction(sum(r["persons"] for r in received if r["channel"] == "visit")),
            "closed_of_received": count(closed),
            "completion_rate": rate(closed, received),
            "decided_on_time_rate": rate(told, ripe),
            "on_time_rate": rate([r for r in dated if r["closed_on"] <= r["due_on"]], dated),
            "rated": count(rated),
            "satisfaction_rate": rate(
                [r for r in rated if r["satisfaction"] in ("satisfied", "basically")], rated
            ),
            "repeated": count([r for r in received if r["repeated"]]),
            "collective_visits": count(
                [r for r in received if r["channel"] == "visit" and r["persons"] >= 5]
            ),
            "by_subject": parts(received, lambda r: r["subject"], lambda r: r["persons"]),
            "by_channel": parts(received, lambda r: r["channel"]),
        }

    def wage_arrears(self) -> dict[str, Any]:
        received = self.pick("wage_arrears", lambda r: self.within(day(r, "received_on")))
        closed = self.pick("wage_arrears", lambda r: self.within(day(r, "closed_on")))
        closed_of = [r for r in received if self.known(day(r, "closed_on"))]
        recovered = sum((money(r, "recovered_amount") for r in closed), Fraction(0))
        owed = sum((money(r, "owed_amount") for r in closed), Fraction(0))
        return {
            "received": count(received),
            "closed_of_received": count(closed_of),
            "closure_rate": rate(closed_of, received),
            "migrant_cases": count([r for r in received if r["migrant"]]),
            "workers": Fraction(sum(r["workers"] or 0 for r in received)),
            "owed_amount": sum((money(r, "owed_amount") for r in received), Fraction(0)),
            "recovered_amount": recovered,
            "recovery_rate": recovered * 100 / owed if owed else None,
            "referred_to_police": count([r for r in closed if r["outcome"] == "police"]),
            "penalised_employers": Fraction(
                len({r["employer"] for r in closed if r["outcome"] == "penalty"})
            ),
            "on_time_rate": rate([r for r in closed if r["closed_on"] <= r["due_on"]], closed),
            "by_outcome": parts(closed, lambda r: r["outcome"]),
            "by_sector": parts(received, lambda r: r["sector"]),
            "by_source": parts(received, lambda r: r["source"]),
        }

    def inspections(self) -> dict[str, Any]:
        made = self.pick("inspections", lambda r: self.within(day(r, "checked_on")))
        random, joint = [r for r in made if r["kind"] == "double_random"], [r for r in made if r["joint"]]
        problems = [r for r in made if r["finding"] in ("rectify", "filed")]

        def targets(rows: list[Row]) -> Fraction:
            return Fraction(sum(r["targets"] for r in rows))

        def campaigns(rows: list[Row]) -> Fraction:
            named = {r["campaign"] for r in rows if r["campaign"] is not None}
            return Fraction(len(named) + len([r for r in rows if r["campaign"] is None]))

        return {
            "records": count(made),
            "campaigns": campaigns(made),
            "targets": targets(made),
            "double_random": campaigns(random),
            "double_random_targets": targets(random),
            "joint": campaigns(joint),
            "joint_targets": targets(joint),
            "project_sites": targets([r for r in made if r["kind"] == "project"]),
            "problems": targets(problems),
            "problem_rate": targets(problems) * 100 / targets(made) if made else None,
            "contracts_signed": Fraction(sum(r["contracts_signed"] or 0 for r in made)),
            "recovered_amount": sum((money(r, "recovered_amount") for r in made), Fraction(0)),
            "recorded_rate": rate([r for r in made if r["recorded"]], made),
            "by_kind": parts(made, lambda r: r["kind"], lambda r: r["targets"]),
        }


def count(rows: list[Row]) -> Fraction:
    return Fraction(len(rows))


def rate(rows: list[Row], over: list[Row]) -> Fraction | None:
    return Fraction(len(rows) * 100, len(over)) if over else None


def mean(numbers: list[int]) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def parts(
    rows: list[Row], key: Callable[[Row], Any], weight: Callable[[Row], int] = lambda r: 1
) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for row in rows:
        name = key(row) or "unspecified"
        found[name] = found.get(name, Fraction(0)) + weight(row)
    return {name: number for name, number in found.items() if number}


def printed(value: Fraction, decimals: int) -> str:
    """Half up, as the definitions ask."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
