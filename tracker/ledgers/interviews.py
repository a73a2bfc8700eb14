"""Employers called in for a talk about a collective dispute, arrears or a hazard (约谈)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Link, Money, Names, Number, Text, codes
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore

TALK, FIRM, RESULT = N_("Talk"), N_("Unit and matter"), N_("Result")

INTERVIEWS = Ledger(
    name="interviews",
    label=N_("Talks with employers"),
    short=N_("Talks"),
    section=N_("Labour security supervision"),
    icon="interviews",
    record=N_("talk"),
    number="interview_no",
    number_pattern="{region}人社约〔{year}〕{n}号",
    day="held_on",
    columns=("interview_no", "held_on", "employer", "project", "reason", "workers", "owed_amount", "officers", "promised_by", "paid_workers", "paid_amount"),
    indexes=(("held_on", "reason"),),
    typed=(
        Number(key="interview_no", label=N_("Talk no."), group=TALK, required=True, width=24),
        Day(key="held_on", label=N_("Talk held on"), group=TALK, required=True, carry=True),
        Text(key="place", label=N_("Place"), group=TALK, suggest=True, carry=True, width=20),
        Names(key="officers", label=N_("Held by"), group=TALK, names="officers", suggest=True, carry=True, width=18, help=N_("Several names are separated by 、")),
        Text(key="departments", label=N_("Departments taking part"), group=TALK, suggest=True, width=20),
        Text(key="employer", label=N_("Unit called in"), group=FIRM, required=True, suggest=True, names="employers", width=30),
        Names(key="attended_by", label=N_("Attended by"), group=FIRM, width=18, help=N_("The unit's legal representative or those it sent.")),
        Text(key="project", label=N_("Construction project"), group=FIRM, suggest=True, width=24),
        Choice(key="reason", label=N_("Reason of the talk"), group=FIRM, carry=True, width=14, codes=codes(
            ("collective", N_("Collective dispute"), ("集体争议", "集体劳动争议", "群体性争议")), ("arrears", N_("Arrears of wages"), ("拖欠工资", "欠薪项目")),
            ("hazard", N_("Hazard in labour relations"), ("劳资隐患", "风险隐患")), ("violation", N_("Breach of labour law"), ("违法用工",)),
            ("safety", N_("Duty not met"), ("履责不力", "主体责任")), ("other", N_("Other")))),
        Count(key="workers", label=N_("Workers concerned"), group=FIRM, unit=N_("persons")),
        Money(key="owed_amount", label=N_("Amount concerned"), group=FIRM),
        Text(key="matter", label=N_("Matters and demands"), group=FIRM, multiline=True, width=28),
        Link(key="dispute", label=N_("Arbitration case concerned"), group=FIRM, names="disputes", paired=("employer", "respondent"), width=26),
        Link(key="arrears_case", label=N_("Arrears case"), group=FIRM, names="wage_arrears", paired=("employer", "employer"), width=24),
        Text(key="commitment", label=N_("What the unit promised"), group=RESULT, multiline=True, width=24),
        Day(key="promised_by", label=N_("Promised by"), group=RESULT),
        Day(key="closed_on", label=N_("Fulfilled on"), group=RESULT),
        Count(key="paid_workers", label=N_("Workers paid afterwards"), group=RESULT, unit=N_("persons"), width=10),
        Money(key="paid_amount", label=N_("Amount paid afterwards"), group=RESULT),
    ),
    rules=(
        NotBefore("promised_by", "held_on", warning=True),
        NotBefore("closed_on", "held_on", warning=True),
    ),
)  # fmt: skip
