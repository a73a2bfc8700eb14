"""The figures of reviews, permits, openness, training and registers, computed again from their published definitions.

As `definitions.py`, of which this is a part, it shares no code with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

Row = dict[str, Any]
Found = dict[str, Any]


class Office(Protocol):
    """A period with the rows of all ledgers."""

    rows: dict[str, list[Row]]
    begin: date
    end: date
    as_of: date


def moment(row: Row, key: str) -> date | None:
    """A day of a row, without its time of day."""
    return date.fromisoformat(row[key][:10]) if row[key] else None


def within(self: Office, row: Row, key: str) -> bool:
    """Whether the day lies in the period and is known."""
    at = moment(row, key)
    return at is not None and self.begin <= at <= self.end and at <= self.as_of


def known(self: Office, row: Row, key: str) -> bool:
    at = moment(row, key)
    return at is not None and at <= self.as_of


def there(self: Office, row: Row, first: str, last: str) -> bool:
    """Whether it had begun by the last known day of the period and not ended before that day."""
    cut = min(self.end, self.as_of)
    begun, ended = moment(row, first), moment(row, last)
    return begun is not None and begun <= cut and (ended is None or ended >= cut)


def number(rows: Iterable[Row]) -> Fraction:
    return Fraction(sum(1 for _row in rows))


def added(rows: Iterable[Row], key: str) -> Fraction:
    return Fraction(sum(row[key] or 0 for row in rows))


def share(above: Fraction, below: Fraction) -> Fraction | None:
    return above * 100 / below if below else None


def split(rows: Iterable[Row], key: str, of: Callable[[Row], int] = lambda row: 1) -> dict[str, Fraction]:
    """By the first code of a field; those without one are a part of their own, and empty parts are left out."""
    found: dict[str, Fraction] = {}
    for row in rows:
        held = row[key]
        name = (held[0] if isinstance(held, list) else held) or "unspecified"
        found[name] = found.get(name, Fraction(0)) + of(row)
    return {name: total for name, total in found.items() if total}


def legal_reviews(self: Office) -> Found:
    rows = self.rows["legal_reviews"]
    done = [r for r in rows if within(self, r, "reviewed_on")]

    def of(key: str, code: str) -> list[Row]:
        return [r for r in done if r[key] == code]

    contracts = of("object", "contract")
    return {
        "received": number(r for r in rows if within(self, r, "received_on")),
        "reviewed": number(done),
        "contracts": number(contracts),
        "adviser_contracts": number(r for r in contracts if r["reviewer_kind"] == "adviser"),
        "normative": number(of("object", "normative")),
        "draft_laws": number(of("object", "draft_law")),
        "decisions": number(of("object", "decision")),
        "enforcement": number(of("object", "enforcement")),
        "review_opinions": number(of("form", "review")),
        "difficult_opinions": number(of("form", "difficult")),
        "discussions": number(of("form", "oral")),
        "opinions": added(done, "opinions"),
        "by_object": split(done, "object"),
    }


def documents(self: Office) -> Found:
    rows = self.rows["documents"]
    issued = [r for r in rows if within(self, r, "issued_on")]
    cleared = [r for r in rows if within(self, r, "reviewed_on")]
    over = ("repealed", "expired")
    return {
        "issued": number(r for r in issued if r["kind"] == "normative"),
        "internal": number(r for r in issued if r["kind"] == "internal"),
        "policies": number(r for r in issued if r["kind"] == "policy"),
        "cleared": number(cleared),
        "kept": number(r for r in cleared if r["status"] in ("in_force", "revise")),
        "ended": number(r for r in cleared if r["status"] in over),
        "in_force": number(
            r for r in rows if r["kind"] == "normative" and there(self, r, "issued_on", "ended_on")
        ),
        "by_status": split(cleared, "status"),
    }


def file_reviews(self: Office) -> Found:
    seen = [r for r in self.rows["file_reviews"] if within(self, r, "reviewed_on")]
    graded = [r for r in seen if r["grade"]]
    scored = [r for r in seen if r["score"] is not None]
    faulty = [r for r in seen if r["problems"] and r["problems"] >= 1]
    rounds = {r["round"] for r in seen if r["round"]}
    return {
        "rounds": len(rounds) + number(r for r in seen if not r["round"]),
        "files": number(seen),
        "drawn_rate": share(number(r for r in seen if r["drawn"]), number(seen)),
        "mean_score": added(scored, "score") / len(scored) if scored else None,
        "excellent_rate": share(number(r for r in graded if r["grade"] == "excellent"), number(graded)),
        "qualified_rate": share(number(r for r in graded if r["grade"] != "failed"), number(graded)),
        "problems": added(seen, "problems"),
        "remedied_rate": share(number(r for r in faulty if known(self, r, "closed_on")), number(faulty)),
        "by_kind": split(seen, "file_kind"),
        "by_grade": split(seen, "grade"),
    }


def permits(self: Office) -> Found:
    rows = self.rows["permits"]
    decided = [r for r in rows if within(self, r, "decided_on")]
    granted = [r for r in decided if r["result"] == "granted"]
    dispatch = [r for r in granted if r["kind"] == "dispatch"]
    in_time = [r for r in decided if r["due_on"] and r["decided_on"] <= r["due_on"]]
    return {
        "received": number(r for r in rows if within(self, r, "received_on")),
        "decided": number(decided),
        "granted": number(granted),
        "special_hours": Fraction(len({r["enterprise"] for r in granted if r["kind"] == "special_hours"})),
        "dispatch": number(dispatch),
        "dispatch_by_action": split(dispatch, "action"),
        "on_time_rate": share(number(in_time), number(decided)),
        "published_rate": share(
            number(r for r in granted if known(self, r, "published_on")), number(granted)
        ),
        "by_kind": split(granted, "kind"),
    }


def disclosures(self: Office) -> Found:
    rows = self.rows["disclosures"]
    dated = [r for r in rows if within(self, r, "received_on")]
    public = [r for r in dated if r["kind"] == "proactive"]
    asked = [r for r in dated if r["kind"] == "application"]
    answered = [r for r in asked if known(self, r, "answered_on")]
    told = [r for r in rows if r["kind"] == "application" and within(self, r, "answered_on")]
    return {
        "proactive": added(public, "items"),
        "procedures": added((r for r in public if r["category"] == "procedure"), "items"),
        "penalties": added((r for r in public if r["category"] == "penalties"), "items"),
        "applications": number(asked),
        "answered_of_received": number(answered),
        "answer_rate": share(number(answered), number(asked)),
        "on_time_rate": share(
            number(r for r in told if r["due_on"] and r["answered_on"] <= r["due_on"]), number(told)
        ),
        "by_category": split(public, "category", lambda r: r["items"] or 0),
        "by_result": split(answered, "result"),
    }


def proposals(self: Office) -> Found:
    all_of = [r for r in self.rows["proposals"] if within(self, r, "received_on")]

    def of(**given: str) -> Fraction:
        return number(r for r in all_of if all(r[key] == code for key, code in given.items()))

    answered = [r for r in all_of if known(self, r, "answered_on")]
    in_time = [r for r in answered if r["due_on"] and r["answered_on"] <= r["due_on"]]
    rated = [r for r in all_of if r["satisfaction"] in ("satisfied", "basically", "dissatisfied")]
    content = [r for r in rated if r["satisfaction"] != "dissatisfied"]
    return {
        "received": number(all_of),
        "deputies": of(kind="deputy"),
        "deputies_session": of(kind="deputy", session="session"),
        "deputies_lead": of(kind="deputy", session="session", role="lead"),
        "deputies_assist": of(kind="deputy", session="session", role="assist"),
        "deputies_between": of(kind="deputy", session="between"),
        "deputies_between_lead": of(kind="deputy", session="between", role="lead"),
        "committee": of(kind="committee"),
        "committee_lead": of(kind="committee", role="lead"),
        "committee_assist": of(kind="committee", role="assist"),
        "answer_rate": share(number(answered), number(all_of)),
        "on_time_rate": share(number(in_time), number(answered)),
        "satisfaction_rate": share(number(content), number(rated)),
        "by_grade": split(all_of, "grade"),
    }


def activities(self: Office) -> Found:
    held = [r for r in self.rows["activities"] if within(self, r, "held_on")]

    def of(*kinds: str, **given: str) -> list[Row]:
        return [r for r in held if r["kind"] in kinds and all(r[key] == code for key, code in given.items())]

    def times(rows: Iterable[Row]) -> Fraction:
        return added(rows, "sessions")

    talks = of("monthly_talk")
    city = of("training", "lecture", "seminar", organiser="city")
    own = of("study_meeting", "lecture", "monthly_talk", "seminar", "training", "talk", organiser="own")
    exams = of("exam", "qualification_exam", "promotion_exam")
    officers = of("qualification_exam")
    return {
        "sessions": times(held),
        "people": added(held, "people"),
        "study_meetings": times(of("study_meeting")),
        "lectures": times(of("lecture")),
        "monthly_talks": Fraction(len({r["held_on"][:7] for r in talks})),
        "seminars": times(of("seminar")),
        "trainings": times(of("training", organiser="own")),
        "training_people": added(of("training", organiser="own"), "people"),
        "city_trainings": times(city),
        "city_training_people": added(city, "people"),
        "self_study_people": added(own, "people"),
        "talks": times(of("talk")),
        "talk_people": added(of("talk"), "people"),
        "exams": times(exams),
        "exam_people": added(exams, "sat"),
        "promotion_exams": times(of("promotion_exam")),
        "promotion_passed": added(of("promotion_exam", "exam"), "passed"),
        "qualification_sat": added(officers, "sat"),
        "qualification_passed": added(officers, "passed"),
        "qualification_rate": share(added(officers, "passed"), added(officers, "sat")),
        "meetings": times(of("meeting")),
        "compliance": times(of("compliance")),
        "compliance_enterprises": added(of("compliance"), "enterprises"),
        "project_outreach": times(of("project_outreach")),
        "project_sites": added(of("project_outreach"), "sites"),
        "outreach": times(of("outreach")),
        "outreach_people": added(of("outreach", "project_outreach"), "people"),
        "livestreams": times(of("livestream")),
        "viewers": added(of("livestream"), "viewers"),
        "courses": times(of("course")),
        "course_topics": added(of("course"), "topics"),
        "offline_sessions": times(of("training", "compliance", "outreach", "lecture", mode="offline")),
        "audience": added(held, "people") + added(held, "viewers"),
        "civil_code": times(r for r in held if r["law"] == "civil_code"),
        "constitution": times(r for r in held if r["law"] == "constitution"),
        "materials": added(held, "materials"),
        "by_kind": split(held, "kind", lambda r: r["sessions"] or 0),
        "people_by_kind": split(held, "kind", lambda r: r["people"] or 0),
    }


def consultations(self: Office) -> Found:
    asked = [r for r in self.rows["consultations"] if within(self, r, "held_on")]
    law = ("labour_law", "wages", "work_injury", "arbitration")
    return {
        "people": added(asked, "people"),
        "legal": added((r for r in asked if r["kind"] in law), "people"),
        "employment": added((r for r in asked if r["kind"] == "employment"), "people"),
        "by_kind": split(asked, "kind", lambda r: r["people"] or 0),
        "by_channel": split(asked, "channel", lambda r: r["people"] or 0),
    }


def a_posts(self: Office) -> list[Row]:
    """Officers on an A post on the last known day of the period."""
    return [
        r for r in self.rows["officers"] if r["post"] == "a" and there(self, r, "post_from", "post_until")
    ]


def officers(self: Office) -> Found:
    rows = self.rows["officers"]
    on_post = [r for r in rows if there(self, r, "post_from", "post_until")]
    checks = [r for r in self.rows["inspections"] if within(self, r, "checked_on")]
    named = {
        n.strip() for r in checks for n in r["officers"].replace("；", "、").replace(";", "、").split("、")
    }
    approved = [r for r in on_post if r["approved"]]
    certified = [r for r in rows if there(self, r, "certificate_from", "certificate_expires")]
    examined = [r for r in rows if within(self, r, "exam_on")]
    first = a_posts(self)
    return {
        "on_post": number(on_post),
        "a_posts": number(first),
        "b_posts": number(r for r in on_post if r["post"] == "b"),
        "participation_rate": share(number(r for r in first if r["name"] in named), number(first)),
        "link_rate": share(number(r for r in approved if r["linked"]), number(approved)),
        "certified": number(certified),
        "certified_rate": share(number(r for r in first if r in certified), number(first)),
        "exam_pass_rate": share(number(r for r in examined if r["exam_passed"]), number(examined)),
    }


def tallies(self: Office) -> Found:
    counted = [r for r in self.rows["tallies"] if within(self, r, "counted_on")]

    def of(subject: str) -> Fraction:
        return added((r for r in counted if r["subject"] == subject), "quantity")

    return {
        **{subject: of(subject) for subject in TALLIED},
        "recorders_rate": share(of("recorders_held"), of("recorders_required")),
    }


TALLIED = """
    body_cameras recorders_required recorders_held inspections_unannounced rectification_notices
    meetings_notified talks_main talks_oversight talks_integrity reports_integrity criticism talks_inquiry
    discipline_reports discipline_checked discipline_filed discipline_warned discipline_party
    discipline_admonished discipline_circulated discipline_written discipline_talks discipline_clues
    text_messages calls robot_services qr_codes leaflets posters handbooks likes hotlines
    service_points centres sub_centres towns hearing_viewers months_saved
""".split()  # noqa: SIM905 (a list of 37 lines)


def inspections(self: Office) -> Found:
    """What checks share with the register of officers."""
    checks = [r for r in self.rows["inspections"] if within(self, r, "checked_on")]
    there_now = a_posts(self)
    return {"targets_per_officer": added(checks, "targets") / len(there_now) if there_now else None}


PARTS: tuple[Callable[[Office], Found], ...] = (
    inspections,
    legal_reviews,
    documents,
    file_reviews,
    permits,
    disclosures,
    proposals,
    activities,
    consultations,
    officers,
    tallies,
)


def all_of(self: Office) -> Found:
    """Key -> Fraction, None or parts."""
    return {f"{part.__name__}.{key}": value for part in PARTS for key, value in part(self).items()}
