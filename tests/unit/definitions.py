"""The figures computed again from the published definitions, in plain Python over what `list --json` tells.

It shares no code with the program.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.unit import definitions_further

Row = dict[str, Any]


def day(row: Row, key: str) -> date | None:
    """A day of a row, without its time of day."""
    return date.fromisoformat(row[key][:10]) if row[key] else None


def money(row: Row, key: str) -> Fraction:
    return Fraction(row[key]) if row[key] is not None else Fraction(0)


BEGUN = {
    "disputes": "applied_on",
    "petitions": "received_on",
    "mediations": "registered_on",
    "wage_arrears": "received_on",
}


class Figures:
    """All figures of a period [begin, end] as of D over the rows of all ledgers."""

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
        for further in FURTHER:
            name = further.__name__
            found |= {f"{name}.{key}": value for key, value in further(self, self.rows[name]).items()}
        return found | definitions_further.all_of(self)

    def lasting(self, row: Row, first: str, last: str) -> bool:
        """Whether something that lasts from one day to another is there on the last known day of the period."""
        cut = min(self.end, self.as_of)
        begun, ended = day(row, first), day(row, last)
        return (begun is None or begun <= cut) and (ended is None or ended >= cut)

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
            "matters": sum(
                (
                    count(
                        self.pick(
                            ledger, lambda r, key=key: r["continues"] is None and self.within(day(r, key))
                        )
                    )
                    for ledger, key in BEGUN.items()
                ),
                Fraction(0),
            ),
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
            **self.competing(accepted, closed, awarded),
        }

    def competing(self, accepted: list[Row], closed: list[Row], awarded: list[Row]) -> dict[str, Any]:
        """Other definitions of the shares of disputes."""
        mediated = [r for r in closed if r["closing_method"] == "mediation"]
        outside = self.pick(
            "mediations", lambda r: bool(r["before_filing"]) and self.within(day(r, "closed_on"))
        )
        agreed = [r for r in outside if r["outcome"] in ("agreed", "settled")]
        heard = self.pick(
            "disputes", lambda r: self.within(day(r, "heard_on")) and self.known(day(r, "accepted_on"))
        )

        def won(who: str) -> list[Row]:
            return [r for r in awarded if r["award_result"] == who]

        return {
            "mediation_share_of_accepted": rate(mediated, accepted),
            "mediation_share_with_before_filing": rate(mediated + agreed, closed + outside),
            "not_sued_rate": rate([r for r in closed if not self.known(day(r, "sued_on"))], closed),
            "worker_won_share": rate(won("worker"), awarded),
            "worker_won_share_of_closed": rate(won("worker"), closed),
            "employer_won_share": rate(won("employer"), awarded),
            "employer_won_share_of_closed": rate(won("employer"), closed),
            "partly_won_share": rate(won("partial"), awarded),
            "hearings_by_session": parts(heard, lambda r: r["hearing_session"]),
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
            **self.competing_petitions(received, closed, rated),
        }

    def competing_petitions(self, received: list[Row], closed: list[Row], rated: list[Row]) -> dict[str, Any]:
        """Other definitions of the shares of petitions."""

        def valid(rows: list[Row]) -> list[Row]:
            return [r for r in rows if r["decision"] not in ("not_accepted", "transferred")]

        def written(rows: list[Row]) -> list[Row]:
            return [r for r in rows if r["channel"] != "hotline"]

        national = [r for r in rated if r["channel"] == "national"]
        content = [r for r in national if r["satisfaction"] in ("satisfied", "basically")]
        return {
            "completion_rate_of_valid": rate(valid(closed), valid(received)),
            "without_hotline": count(written(received)),
            "without_hotline_closed": count(written(closed)),
            "without_hotline_completion_rate": rate(written(closed), written(received)),
            "national_satisfaction_rate": rate(content, national),
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
            "credit_deductions": count([r for r in closed if (r["credit_points"] or 0) > 0]),
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


def mediations(self: Figures, rows: list[Row]) -> dict[str, Any]:
    registered = [r for r in rows if self.within(day(r, "registered_on"))]
    ended = [r for r in rows if self.within(day(r, "closed_on"))]
    good = [r for r in ended if r["outcome"] in ("agreed", "settled")]
    outside = [r for r in ended if r["before_filing"]]
    grassroots = [r for r in good if not r["before_filing"]]
    arbitrated = self.pick("disputes", lambda r: self.within(day(r, "accepted_on")))
    dated = [r for r in ended if r["due_on"]]
    return {
        "registered": count(registered),
        "accepted": count([r for r in rows if self.within(day(r, "accepted_on"))]),
        "ended": count(ended),
        "resolved": count(good),
        "transferred": count([r for r in ended if r["outcome"] == "transferred"]),
        "success_rate": rate(good, ended),
        "on_time_rate": rate([r for r in dated if r["closed_on"] <= r["due_on"]], dated),
        "grassroots_rate": rate(grassroots, grassroots + arbitrated),
        "before_filing": count(outside),
        "before_filing_agreed": count([r for r in good if r["before_filing"]]),
        "confirmed": count([r for r in rows if self.within(day(r, "confirmed_on"))]),
        "closed_of_registered": count([r for r in registered if self.known(day(r, "closed_on"))]),
        "workers": total(registered, "workers"),
        "settled_amount": amounts(ended, "settled_amount"),
        "by_outcome": parts(ended, lambda r: r["outcome"]),
        "by_body": parts(registered, lambda r: r["body_kind"]),
        "by_cause": parts(registered, lambda r: r["cause"][0] if r["cause"] else None),
    }


def organisations(self: Figures, rows: list[Row]) -> dict[str, Any]:
    there = [r for r in rows if self.lasting(r, "founded_on", "ended_on")]

    def kind(name: str) -> list[Row]:
        return [r for r in there if r["kind"] == name]

    def level(names: tuple[str, ...]) -> list[Row]:
        return [r for r in kind("mediation") if r["level"] in names]

    people = ("mediators", "supervisors", "administrators", "coordinators")
    return {
        "all": count(there),
        "founded": count([r for r in rows if self.within(day(r, "founded_on"))]),
        "mediation_bodies": count(kind("mediation")),
        "mediation_by_level": parts(kind("mediation"), lambda r: r["level"]),
        "enterprise_bodies": count(level(("enterprise", "institution"))),
        "local_bodies": count(level(("township", "subdistrict", "community", "village"))),
        "grid_units": count(kind("grid")),
        "grid_by_level": parts(kind("grid"), lambda r: r["level"]),
        "platforms_by_level": parts(kind("platform"), lambda r: r["level"]),
        "stations": count(kind("station")),
        "tribunals": count(kind("tribunal")),
        "tribunals_by_grade": parts(kind("tribunal"), lambda r: r["grade"]),
        "groups": count(kind("group")),
        **{key: total(there, key) for key in people},
    }


def interviews(self: Figures, rows: list[Row]) -> dict[str, Any]:
    held = [r for r in rows if self.within(day(r, "held_on"))]
    return {
        "held": count(held),
        "employers": Fraction(len({r["employer"] for r in held})),
        "arrears": count([r for r in held if r["reason"] == "arrears"]),
        "collective": count([r for r in held if r["reason"] == "collective"]),
        "paid_workers": total(held, "paid_workers"),
        "paid_amount": amounts(held, "paid_amount"),
        "by_reason": parts(held, lambda r: r["reason"]),
    }


def hazards(self: Figures, rows: list[Row]) -> dict[str, Any]:
    screened = [r for r in rows if self.within(day(r, "screened_on"))]
    found = [r for r in screened if r["level"]]
    gone = [r for r in found if self.known(day(r, "resolved_on"))]
    resolved = [r for r in rows if r["level"] and self.within(day(r, "resolved_on"))]
    return {
        "screened": total(screened, "screened"),
        "found": count(found),
        "resolved_of_found": count(gone),
        "resolution_rate": rate(gone, found),
        "resolved": count(resolved),
        "major_arrears_resolved": count(
            [r for r in resolved if r["level"] == "major" and r["kind"] == "arrears"]
        ),
        "workers": total(found, "workers"),
        "by_level": parts(found, lambda r: r["level"]),
        "by_kind": parts(found, lambda r: r["kind"]),
        "resolved_by_level": parts(resolved, lambda r: r["level"]),
    }


def on_post(self: Figures, row: Row) -> bool:
    """Whether an officer held the post on the last known day of the period; from when must be known."""
    return day(row, "post_from") is not None and self.lasting(row, "post_from", "post_until")


def penalties(self: Figures, rows: list[Row]) -> dict[str, Any]:
    decided = [r for r in rows if self.within(day(r, "decided_on"))]

    def of(*kinds: str) -> list[Row]:
        return [r for r in decided if r["kind"] in kinds]

    both = of("penalty", "unlawful_claim")
    enterprises = {r["party"] for r in of("penalty") if r["party_kind"] == "enterprise"}
    over = [r for r in both if self.known(day(r, "publish_by"))]
    told = [r for r in over if r["published_on"] and r["published_on"] <= r["publish_by"]]
    used = {r["power"] for r in both if r["power"]}
    first = len(self.pick("officers", lambda r: r["post"] == "a" and on_post(self, r)))
    listed = self.pick(
        "powers", lambda r: r["kind"] == "penalty" and self.lasting(r, "valid_from", "valid_until")
    )
    return {
        "decided": count(decided),
        "penalties": count(both),
        "handling_decisions": count(of("handling")),
        "unlawful_claims": count(of("unlawful_claim")),
        "coercions": count(of("coercion")),
        "employers": Fraction(len(enterprises)),
        "amount": amounts(both, "amount"),
        "ordered_amount": amounts(of("handling"), "amount"),
        "published": count(
            [
                r
                for r in rows
                if r["kind"] in ("penalty", "unlawful_claim") and self.within(day(r, "published_on"))
            ]
        ),
        "published_on_time_rate": rate(told, over),
        "reviewed": count([r for r in both if r["reviewed_on"]]),
        "on_time_rate": rate([r for r in both if r["decided_on"] <= r["due_on"]], both),
        "powers_used": Fraction(len(used)),
        "per_officer": Fraction(len(both), first) if first else None,
        "power_use_rate": Fraction(len(used) * 100, len(listed)) if listed else None,
        "by_kind": parts(decided, lambda r: r["kind"]),
        "by_violation": parts(decided, lambda r: r["violation"]),
    }


def referrals(self: Figures, rows: list[Row]) -> dict[str, Any]:
    sent = [r for r in rows if self.within(day(r, "sent_on"))]
    referred = [r for r in sent if r["kind"] == "referral"]
    handed = [r for r in sent if r["kind"] == "handover"]

    def in_time(rows: list[Row]) -> Fraction | None:
        over = [r for r in rows if self.known(day(r, "receive_by"))]
        return rate([r for r in over if r["received_on"] and r["received_on"] <= r["receive_by"]], over)

    return {
        "sent": count(referred),
        "to_police": count([r for r in referred if r["recipient"] == "police"]),
        "handovers": count(handed),
        "handover_on_time_rate": in_time(handed),
        "received_on_time_rate": in_time(sent),
        "by_recipient": parts(sent, lambda r: r["recipient"]),
        "by_result": parts(sent, lambda r: r["result"]),
    }


def litigation(self: Figures, rows: list[Row]) -> dict[str, Any]:
    cases = [r for r in rows if r["kind"] in ("reconsideration", "lawsuit")]
    received = [r for r in cases if self.within(day(r, "filed_on"))]
    filed = [r for r in received if r["stage"] != "before_filing"]
    early = [r for r in received if r["stage"] == "before_filing" and r["outcome"] == "mediated"]
    closed = [r for r in cases if self.within(day(r, "closed_on")) and r["stage"] != "before_filing"]
    heard = [r for r in cases if r["kind"] == "lawsuit" and self.within(day(r, "heard_on"))]

    def of(rows: list[Row], kind: str, **more: str) -> list[Row]:
        return [r for r in rows if r["kind"] == kind and all(r[k] == v for k, v in more.items())]

    def open_(rows: list[Row]) -> list[Row]:
        return [r for r in rows if not self.known(day(r, "closed_on"))]

    def done(rows: list[Row]) -> list[Row]:
        return [r for r in rows if self.known(day(r, "closed_on"))]

    asked, suits = of(filed, "reconsideration"), of(filed, "lawsuit")
    first = of(received, "lawsuit", stage="first")
    ended, judged = of(closed, "lawsuit"), of(closed, "lawsuit", outcome="lost")
    won = of(closed, "lawsuit", outcome="won")
    wrong = ("revoked", "changed", "unlawful", "invalid", "ordered")
    corrected = [r for r in of(closed, "reconsideration") if r["decision"] in wrong]
    opinions = [r for r in rows if r["opinion"] and self.within(day(r, "opinion_on"))]

    def opinion(kind: str) -> Fraction:
        return count([r for r in opinions if r["opinion"] == kind])

    return {
        "cases": count(received),
        "filed": count(filed),
        "reconsiderations": count(asked),
        "reconsiderations_pending": count(open_(asked)),
        "reconsiderations_closed": count(done(asked)),
        "reconsiderations_before_filing": count(done(of(early, "reconsideration"))),
        "suits": count(suits),
        "suits_pending": count(open_(suits)),
        "first_instance": count(first),
        "first_instance_pending": count(open_(first)),
        "first_instance_closed": count(done(first)),
        "suits_before_filing": count(done(of(early, "lawsuit"))),
        "lost": count([r for r in closed if r["outcome"] == "lost"]),
        "won_share": rate(won, won + judged),
        "won_share_of_closed": rate(won, ended),
        "corrected": count(corrected),
        "correction_rate_of_accepted": rate(corrected, asked),
        "correction_rate": rate(corrected, of(closed, "reconsideration")),
        "hearings": count(heard),
        "heads_in_court": count([r for r in heard if r["head_attended"]]),
        "head_attendance_rate": rate([r for r in heard if r["head_attended"]], heard),
        "with_counsel": count([r for r in received if r["counsel"]]),
        "reconsideration_opinions": opinion("reconsideration"),
        "judicial_suggestions": opinion("judicial"),
        "procuratorial_suggestions": opinion("procuratorial"),
        "opinions_answered_rate": rate(
            [r for r in opinions if self.known(day(r, "opinion_answered_on"))], opinions
        ),
        "suits_by_outcome": parts(suits, lambda r: r["outcome"]),
        "by_matter": parts(filed, lambda r: r["matter"]),
    }


def employers(self: Figures, rows: list[Row]) -> dict[str, Any]:
    there = [r for r in rows if self.lasting(r, "founded_on", "ended_on")]
    return {
        "registered": count(there),
        "workers": total(there, "workers"),
        "by_sector": parts(there, lambda r: r["sector"]),
        "by_size": parts(there, lambda r: r["size"]),
        "by_grade": parts(there, lambda r: r["credit_grade"]),
    }


def powers(self: Figures, rows: list[Row]) -> dict[str, Any]:
    there = [r for r in rows if self.lasting(r, "valid_from", "valid_until")]
    ended = [r for r in rows if self.within(day(r, "valid_until"))]
    before = min(self.begin - timedelta(days=1), self.as_of)

    def at_begin(r: Row) -> bool:
        begun, over = day(r, "valid_from"), day(r, "valid_until")
        return (begun is None or begun <= before) and (over is None or over > before)

    def role(name: str) -> Fraction:
        return count([r for r in there if r["one_thing_role"] == name])

    return {
        "in_force": count(there),
        "at_begin": count([r for r in rows if at_begin(r)]),
        "cancelled": count([r for r in ended if r["ended_by"] == "cancelled"]),
        "merged": count([r for r in ended if r["ended_by"] == "merged"]),
        "services": count([r for r in there if r["service"]]),
        "penalties": count([r for r in there if r["kind"] == "penalty"]),
        "simplified": count([r for r in rows if self.within(day(r, "simplified_on"))]),
        "optimised": count([r for r in rows if self.within(day(r, "optimised_on"))]),
        "one_thing_lead": role("lead"),
        "one_thing_assist": role("assist"),
        "by_kind": parts(there, lambda r: r["kind"]),
    }


FURTHER = (
    mediations,
    organisations,
    interviews,
    hazards,
    penalties,
    referrals,
    litigation,
    employers,
    powers,
)


def total(rows: list[Row], key: str) -> Fraction:
    return Fraction(sum(r[key] or 0 for r in rows))


def amounts(rows: list[Row], key: str) -> Fraction:
    return sum((money(r, key) for r in rows), Fraction(0))


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
