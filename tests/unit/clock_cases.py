"""Limits worked out by hand on paper calendars, one comment a case; see `test_clock_cases.py` for how they are written.

Days off of 2024: 1 Jan, 10 to 17 Feb, 4 to 6 Apr, 1 to 5 May, 10 June, 15 to 17 Sep, 1 to 7 Oct; worked at weekends:
4 and 18 Feb, 7 and 28 Apr, 11 May, 14 and 29 Sep, 12 Oct. Of 2025: 1 Jan, 28 Jan to 4 Feb, 4 to 6 Apr, 1 to 5 May;
worked 26 Jan, 8 Feb, 27 Apr. Of 2026: 1 to 3 Jan; worked 4 Jan.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """`record` and `events` in short; `due` the rolled day or empty; what is None is not asked."""

    why: str
    clock: str
    record: str
    due: str
    events: str = ""
    on: str = ""
    set: str = ""
    """Settings of the office."""
    calendar: str = ""
    """The office's own calendar: `2024-04-18=off`."""
    warn: str = ""
    """The last day before rolling."""
    out: int | None = None
    """Days not counted."""
    extended: int | None = None
    late: int | None = None
    unpublished: str = ""


AWARD, MARCH = "disputes.award", "accepted_on=2024-03-04"
"""45 days after 4 March 2024: 27 to 31 March, 18 in April: Thursday 18 April."""

PLAIN = (
    Case("27 days to 31 March, 18 more", AWARD, MARCH, "2024-04-18", warn="2024-04-18", out=0),
    Case("29 to 31 January, 16 more: in the festival; Sunday 18 February is worked", AWARD, "accepted_on=2024-01-02", "2024-02-18", warn="2024-02-16"),
    Case("25 to 31 March, 20 more: a Saturday", AWARD, "accepted_on=2024-03-06", "2024-04-22", warn="2024-04-20"),
    Case("24 to 31 March, 21 more: a Sunday", AWARD, "accepted_on=2024-03-07", "2024-04-22", warn="2024-04-21"),
    Case("16 to 31 January, 29 more: the leap day itself", AWARD, "accepted_on=2024-01-15", "2024-02-29"),
    Case("the same without a leap day: 16 and 28 make 44", AWARD, "accepted_on=2023-01-15", "2023-03-01"),
    Case("accepted on the leap day: 31 to 31 March, 14 more", AWARD, "accepted_on=2024-02-29", "2024-04-15", warn="2024-04-14"),
    Case("14 and 30 make 44: 1 October, off to the 7th", AWARD, "accepted_on=2024-08-17", "2024-10-08", warn="2024-10-01"),
    Case("3 and 30 make 33: Saturday 12 October, worked", AWARD, "accepted_on=2024-08-28", "2024-10-12", warn="2024-10-12"),
    Case("31 and 14: Saturday 14 September, worked", AWARD, "accepted_on=2024-07-31", "2024-09-14"),
    Case("31 and 15: Sunday 15 September, Mid-Autumn to the 17th", AWARD, "accepted_on=2024-08-01", "2024-09-18", warn="2024-09-15"),
    Case("14 and 30 make 44: 1 May 2025, off to the 5th", AWARD, "accepted_on=2025-03-17", "2025-05-06", warn="2025-05-01"),
    Case("18 and 27: Sunday 27 April 2025, worked", AWARD, "accepted_on=2025-03-13", "2025-04-27"),
    Case("13 and 31 make 44: New Year, off to 3 January, Sunday the 4th worked", AWARD, "accepted_on=2025-11-17", "2026-01-04", warn="2026-01-01"),
    Case("the festival of 2020, prolonged to 2 February", AWARD, "accepted_on=2019-12-10", "2020-02-03", warn="2020-01-24"),
    Case("not accepted, no limit", AWARD, "applied_on=2024-03-04", ""),
    Case("a time of day does not matter", AWARD, "accepted_on=2024-03-04T16:30", "2024-04-18"),
)  # fmt: skip

TYPED = (
    Case("60 days: 27, 30 and 3: off to 5 May", AWARD, f"{MARCH} extended=1", "2024-05-06", warn="2024-05-03"),
    Case("55 days: Sunday 28 April, worked", AWARD, f"{MARCH} suspended_days=10", "2024-04-28", out=10),
    Case("70 days: 27, 30 and 13", AWARD, f"{MARCH} extended=1 suspended_days=10", "2024-05-13"),
    Case("more than a century leaves no limit", AWARD, f"{MARCH} suspended_days=40000", ""),
)  # fmt: skip

SPANS = (
    Case("ten days, both ends left out", AWARD, MARCH, "2024-04-28", "suspension 2024-03-11..2024-03-20", out=10),
    Case("two that touch are one", AWARD, MARCH, "2024-04-28", "suspension 2024-03-11..2024-03-15; suspension 2024-03-16..2024-03-20", out=10),
    Case("two that overlap count once", AWARD, MARCH, "2024-04-28", "suspension 2024-03-11..2024-03-18; suspension 2024-03-15..2024-03-20", out=10),
    Case("one inside the other counts once", AWARD, MARCH, "2024-04-28", "suspension 2024-03-11..2024-03-20; suspension 2024-03-13..2024-03-14", out=10),
    Case("a day between two is counted: 9 days out, 54: Saturday 27 April", AWARD, MARCH, "2024-04-28", "suspension 2024-03-11..2024-03-15; suspension 2024-03-17..2024-03-20", warn="2024-04-27", out=9),
    Case("suspension and announcement: 21 in March, 16 in April; 82 days: Saturday 25 May", AWARD, MARCH, "2024-05-27", "suspension 2024-03-11..2024-03-20; announcement 2024-03-18..2024-04-16", warn="2024-05-25", out=37),
    Case("one day", AWARD, MARCH, "2024-04-19", "suspension 2024-03-11..2024-03-11", out=1),
    Case("begun before the acceptance: 5 to 10 March count, 51 days", AWARD, MARCH, "2024-04-24", "suspension 2024-02-26..2024-03-10", out=6),
    Case("begun on the day of acceptance, which is not counted anyway: 5 to 8 March", AWARD, MARCH, "2024-04-22", "suspension 2024-03-04..2024-03-08", out=4),
    Case("over before the acceptance", AWARD, MARCH, "2024-04-18", "suspension 2024-02-01..2024-02-20", out=0),
    Case("begun the day after the limit was over", AWARD, MARCH, "2024-04-18", "suspension 2024-04-19..2024-04-30", out=0),
    Case("begun on the last day: the 45th is 28 April", AWARD, MARCH, "2024-04-28", "suspension 2024-04-18..2024-04-27", out=10),
    Case("begun after the last day but before the rolled one: the limit is over", AWARD, "accepted_on=2024-03-06", "2024-04-22", "suspension 2024-04-21..2024-04-30", out=0),
    Case("the second lies inside only because of the first: 65 days", AWARD, MARCH, "2024-05-08", "suspension 2024-03-11..2024-03-20; suspension 2024-04-25..2024-05-04", out=20),
    Case("order of entry does not matter", AWARD, MARCH, "2024-05-08", "suspension 2024-04-25..2024-05-04; suspension 2024-03-11..2024-03-20", out=20),
    Case("the field gives way to the events", AWARD, f"{MARCH} suspended_days=99", "2024-04-28", "suspension 2024-03-11..2024-03-20", out=10),
    Case("over a leap day: 19 to 29 February are 11; 56 after 2 January", AWARD, "accepted_on=2024-01-02", "2024-02-27", "suspension 2024-02-01..2024-02-11", out=11),
    Case("over New Year: 11 days, 56 after 17 November", AWARD, "accepted_on=2025-11-17", "2026-01-12", "announcement 2025-12-25..2026-01-04", out=11),
    Case("an event of another kind leaves it as it is", AWARD, MARCH, "2024-04-18", "appraisal 2024-03-11..2024-03-20", out=0),
)  # fmt: skip

OPEN_ENDED = (
    Case("still going on: the clock stands", AWARD, MARCH, "", "suspension 2024-03-11..", out=0),
    Case("asked on 1 April: 22 days so far, 67", AWARD, MARCH, "2024-05-10", "suspension 2024-03-11..", on="2024-04-01", out=22),
    Case("a day later a day more: Saturday 11 May, worked", AWARD, MARCH, "2024-05-11", "suspension 2024-03-11..", on="2024-04-02", out=23),
    Case("its end lies after the day asked about and is not known", AWARD, MARCH, "2024-05-10", "suspension 2024-03-11..2024-04-30", on="2024-04-01", out=22),
    Case("it begins after the day asked about", AWARD, MARCH, "2024-04-18", "suspension 2024-03-11..2024-04-30", on="2024-03-10", out=0),
    Case("closed while it goes on: counted to the closing", AWARD, f"{MARCH} closed_on=2024-04-01", "2024-05-10", "suspension 2024-03-11..", out=22),
    Case("begun when the limit was over: nothing stands", AWARD, MARCH, "2024-04-18", "suspension 2024-04-19..", out=0),
    Case("one over, one going on: ten days are certain", AWARD, MARCH, "", "suspension 2024-03-11..2024-03-20; suspension 2024-04-01..", out=10),
    Case("an announcement inside what goes on", AWARD, MARCH, "2024-05-10", "suspension 2024-03-11..; announcement 2024-03-20..2024-03-25", on="2024-04-01", out=22),
    Case("begun after the closing", AWARD, f"{MARCH} closed_on=2024-04-01", "2024-04-18", "announcement 2024-04-02..", out=0),
)  # fmt: skip

RESTARTS = (
    Case("6, 30 and 9 after 25 March", AWARD, MARCH, "2024-05-09", "added_party 2024-03-25"),
    Case("what was suspended before is over with the old limit", AWARD, MARCH, "2024-05-09", "suspension 2024-03-11..2024-03-20; changed_claim 2024-03-25", out=0),
    Case("begun anew while suspended: 26 March to 5 April, 56 days", AWARD, MARCH, "2024-05-20", "suspension 2024-03-20..2024-04-05; added_party 2024-03-25", out=11),
    Case("suspended after the new beginning: 55 days: 6, 30 and 19, a Sunday", AWARD, MARCH, "2024-05-20", "added_party 2024-03-25; suspension 2024-04-01..2024-04-10", warn="2024-05-19", out=10),
    Case("the last one counts: 20 and 25, a Saturday", AWARD, MARCH, "2024-05-27", "added_party 2024-03-25; counterclaim 2024-04-10", warn="2024-05-25"),
    Case("on the day of acceptance", AWARD, MARCH, "2024-04-18", "changed_claim 2024-03-04"),
    Case("before the acceptance, which then governs", AWARD, MARCH, "2024-04-18", "transferred_in 2024-02-20"),
    Case("after the old limit was over: 31 and 14", AWARD, MARCH, "2024-06-14", "changed_claim 2024-04-30"),
    Case("after the closing it does nothing", AWARD, f"{MARCH} closed_on=2024-04-01", "2024-04-18", "added_party 2024-04-10"),
    Case("not known yet on the day asked about", AWARD, MARCH, "2024-04-18", "added_party 2024-03-25", on="2024-03-24"),
    Case("known on its own day", AWARD, MARCH, "2024-05-09", "added_party 2024-03-25", on="2024-03-25"),
    Case("missing material does not restart the award's limit", AWARD, MARCH, "2024-04-18", "supplement 2024-03-25"),
)  # fmt: skip

EXTENSIONS = (
    Case("15 days", AWARD, MARCH, "2024-05-06", "extension 2024-04-10", extended=1, late=0),
    Case("ten days: Sunday 28 April, worked", AWARD, MARCH, "2024-04-28", "extension 2024-04-10 +10", extended=1),
    Case("never more than 15", AWARD, MARCH, "2024-05-06", "extension 2024-04-10 +20", extended=1),
    Case("nor by two", AWARD, MARCH, "2024-05-06", "extension 2024-04-01 +10; extension 2024-04-10 +10", extended=1),
    Case("on the last day", AWARD, MARCH, "2024-05-06", "extension 2024-04-18", late=0),
    Case("granted late: it counts, and that is told", AWARD, MARCH, "2024-05-06", "extension 2024-04-19", extended=1, late=1),
    Case("on the rolled last day it is not late: 60 days, a Sunday", AWARD, "accepted_on=2024-03-06", "2024-05-06", "extension 2024-04-22", warn="2024-05-05", late=0),
    Case("not late, since 20 days were suspended: 80: 27, 30 and 23", AWARD, MARCH, "2024-05-23", "suspension 2024-04-10..2024-04-29; extension 2024-04-30", out=20, late=0),
    Case("not known yet, whatever the field says", AWARD, f"{MARCH} extended=1", "2024-04-18", "extension 2024-04-10", on="2024-04-09"),
    Case("over with the limit that it extended", AWARD, f"{MARCH} extended=1", "2024-05-09", "extension 2024-03-20; changed_claim 2024-03-25", extended=0),
    Case("of the new limit: 60: 6, 30 and 24", AWARD, MARCH, "2024-05-24", "changed_claim 2024-03-25; extension 2024-05-06", extended=1, late=0),
    Case("the field says no, the event yes", AWARD, f"{MARCH} extended=0", "2024-05-06", "extension 2024-04-10", extended=1),
    Case("suspended in what was extended: 3 May and ten more, Monday the 13th", AWARD, MARCH, "2024-05-13", "extension 2024-04-10; suspension 2024-04-20..2024-04-29", out=10),
)  # fmt: skip

WORKING = (
    Case("over New Year: 31 Dec, 2, 3, 6, 7 Jan", "wage_arrears.filing", "received_on=2024-12-30", "2025-01-07"),
    Case("over the festival: Sunday 26, 27 Jan, 5, 6, 7 Feb", "wage_arrears.filing", "received_on=2025-01-24", "2025-02-07"),
    Case("20 to 30 Sep, 25 to 12 Oct, then twelve weeks' ends: Friday 29 Nov", "wage_arrears.investigation", "filed_on=2024-09-02", "2024-11-29"),
    Case("90: 82 on 31 Dec, 84 on 3 Jan, 89 on the 10th", "wage_arrears.investigation", "filed_on=2024-09-02 extended=1", "2025-01-13"),
    Case("80 by an approval of 20: 60 on 29 Nov and four weeks", "wage_arrears.investigation", "filed_on=2024-09-02", "2024-12-27", "extension 2024-11-20 +20", extended=1),
    Case("counted on paper in 2020", "wage_arrears.investigation", "received_on=2020-01-17", "2020-04-20"),
    Case("5 to 27 Sep, 29, 30, then 8 to 12 Oct are 12; 14, 15, 16", "wage_arrears.decision", "", "2024-10-16", "investigated 2024-09-20"),
    Case("43 to New Year's Eve of 2026, 58 to 22 Jan", "wage_arrears.investigation", "filed_on=2026-11-02", "2027-01-26", unpublished="2027"),
    Case("9 Feb, Sunday the 18th, 19, 20, 21", "disputes.acceptance", "applied_on=2024-02-08", "2024-02-21"),
    Case("anew from the missing material: 20 to 23, 26", "disputes.acceptance", "applied_on=2024-02-08", "2024-02-26", "supplement 2024-02-19"),
    Case("4 to 21 Jan, 26, 27 Jan are 6; 5 to 8 Feb are 10", "disclosures.answer", "received_on=2025-01-20 kind=application", "2025-02-21"),
    Case("7 working days: 30 Apr, then 6 to 11 May", "penalties.service", "kind=penalty decided_on=2024-04-29", "2024-05-11"),
)  # fmt: skip

BACKWARD = (
    Case("19, Sunday the 18th, 9, 8, 7 Feb", "disputes.hearing_notice", "", "2024-02-07", "hearing 2024-02-20"),
    Case("7, 6 May, 30, 29 and Sunday 28 Apr", "disputes.hearing_notice", "", "2024-04-28", "hearing 2024-05-08"),
    Case("seven for a penalty: 7, 6 May, 30, 29, 28, 26, 25 Apr", "penalties.hearing_notice", "", "2024-04-25", "hearing 2024-05-08"),
    Case("30 working days before 31 Oct: 19 to 30 Sep, 28 to the 18th, Saturday 14, 13", "permits.renewal", "result=granted valid_until=2024-10-31", "2024-09-13"),
)  # fmt: skip

OTHERS = (
    Case("15 days from service: 1 May, off to the 5th", "disputes.sue", "closed_on=2024-04-10 closing_method=award", "2024-05-06", "service 2024-04-16", warn="2024-05-01"),
    Case("the last service counts: 17 April and 15", "disputes.sue", "closed_on=2024-04-10 closing_method=award", "2024-05-06", "service 2024-04-16; service 2024-04-17", warn="2024-05-02"),
    Case("what was served before the award is none of it", "disputes.sue", "closed_on=2024-04-10 closing_method=award", "", "service 2024-03-06"),
    Case("a mediation paper is not sued about", "disputes.sue", "closed_on=2024-04-10 closing_method=mediation", "", "service 2024-04-16"),
    Case("30 days from service", "disputes.set_aside", "closed_on=2024-04-10 closing_method=final_award", "2024-05-16", "service 2024-04-16"),
    Case("30, 59 to 29 Feb, 90 on 31 March, a Sunday", "penalties.decision", "kind=penalty filed_on=2024-01-01", "2024-04-01", warn="2024-03-31"),
    Case("5 to 30 Sep, 10 more", "petitions.notice", "received_on=2024-09-25", "2024-10-10"),
    Case("29, 58 to the leap day, 2 March, a Saturday", "petitions.handling", "received_on=2023-12-29 decision=accepted decided_on=2024-01-02", "2024-03-04"),
    Case("89 on 31 March", "petitions.handling", "received_on=2023-12-29 decision=accepted decided_on=2024-01-02", "2024-04-01", "extension 2024-02-20", extended=1),
    Case("15 days: 1 May", "mediations.mediation", "registered_on=2024-04-16", "2024-05-06", warn="2024-05-01"),
    Case("both agreed to ten more: Saturday 11 May, worked", "mediations.mediation", "registered_on=2024-04-16", "2024-05-11", "extension 2024-04-25 +10"),
    Case("15 days: 30 Sep and 6 more: off to the 7th", "litigation.defence", "kind=lawsuit copy_received_on=2024-09-21", "2024-10-08", warn="2024-10-06"),
    Case("60 days: 9, 31 and 20", "litigation.opinion", "opinion=reconsideration opinion_on=2024-07-22", "2024-09-20"),
    Case("15 days from service: 15 March", "penalties.payment", "kind=penalty measures=fine served_on=2024-02-29", "2024-03-15"),
)  # fmt: skip

MONTHS = (
    Case("the month's last, a leap day", "proposals.reply", "received_on=2023-11-30", "2024-02-29"),
    Case("the month's last", "proposals.reply", "received_on=2024-11-30", "2025-02-28"),
    Case("1 October", "proposals.reply", "received_on=2024-07-01", "2024-10-08", warn="2024-10-01"),
    Case("six months from 31 August", "proposals.reply", "received_on=2024-08-31 extended=1", "2025-02-28"),
    Case("into the next year", "proposals.reply", "received_on=2024-12-31", "2025-03-31"),
    Case("an approval adds three months, whatever it says", "proposals.reply", "received_on=2024-08-31", "2025-02-28", "extension 2024-11-20 +1", extended=1),
)  # fmt: skip

SET = (
    Case("Zhejiang's 30 days: 27 and 3", AWARD, f"{MARCH} procedure=simplified", "2024-04-03", set="simplified_days=30"),
    Case("nothing set: 45", AWARD, f"{MARCH} procedure=simplified", "2024-04-18"),
    Case("only in the simplified procedure", AWARD, f"{MARCH} procedure=ordinary", "2024-04-18", set="simplified_days=30"),
    Case("extended, it is 45 again", AWARD, f"{MARCH} procedure=simplified", "2024-04-18", "extension 2024-04-01", set="simplified_days=30", extended=1),
    Case("anew: 6 and 24", AWARD, f"{MARCH} procedure=simplified", "2024-04-24", "added_party 2024-03-25", set="simplified_days=30"),
    Case("a mixed award is not final there", "disputes.set_aside", "closed_on=2024-04-10 closing_method=final_award mixed=1", "", "service 2024-04-16", set="mixed_not_final=1"),
    Case("elsewhere it is", "disputes.set_aside", "closed_on=2024-04-10 closing_method=final_award mixed=1", "2024-05-16", "service 2024-04-16"),
    Case("ten working days instead: 14 Sep is over; 23 to 27, 29, 30, 8, 9, 10 Oct", "wage_arrears.decision", "", "2024-10-10", "investigated 2024-09-20", set="arrears_decision_days=10"),
    Case("no local rule, no limit", "proposals.assist", "received_on=2024-03-04 role=assist", ""),
    Case("a local rule of 30 days", "proposals.assist", "received_on=2024-03-04 role=assist", "2024-04-03", set="assist_days=30"),
    Case("the office is closed on 18 April", AWARD, MARCH, "2024-04-19", calendar="2024-04-18=off"),
    Case("it works on Saturday 20 April", AWARD, "accepted_on=2024-03-06", "2024-04-20", calendar="2024-04-20=on"),
    Case("closed on 7 January: the 8th", "wage_arrears.filing", "received_on=2024-12-30", "2025-01-08", calendar="2025-01-07=off"),
)  # fmt: skip

CASES = (
    *PLAIN, *TYPED, *SPANS, *OPEN_ENDED, *RESTARTS, *EXTENSIONS, *WORKING, *BACKWARD, *OTHERS, *MONTHS, *SET,
)  # fmt: skip
