"""Petitions by letter, visit and network (信访事项)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.continuing import Continuation
from tracker.schema.fields import Choice, Count, Day, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, AtLeast, Empty, Filled, Is, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.likeness import Likeness
from tracker.schema.party import Role
from tracker.schema.rules import NotBefore, Unlikely

REGISTRATION, MATTER, HANDLING, RESULT = N_("Registration"), N_("Matter"), N_("Handling"), N_("Result")

COLLECTIVE_VISIT = All((Is("channel", "visit"), AtLeast("persons", 5)))
ENDED_BY_NOTICE = OneOf("decision", ("not_accepted", "transferred"))

PETITIONS = Ledger(
    name="petitions",
    label=N_("Letters and visits"),
    short=N_("Petitions"),
    section=N_("Dispute resolution"),
    icon="petitions",
    record=N_("petition"),
    number="petition_no",
    number_pattern="{region}人社信〔{year}〕{n}号",
    day="received_on",
    parties=(Role("petitioner", "petitioner"), Role("employer", "employer")),
    columns=("petition_no", "received_on", "channel", "petitioner", "persons", "subject", "decision", "handler", "due_on", "closed_on", "satisfaction"),
    agenda=Agenda(
        people=("handler",),
        waiting=(
            Waiting(key="notify", label=N_("Tell the petitioner whether it is accepted"), when=All((Empty("decided_on"), Empty("closed_on"))), since="received_on"),
        ),
    ),
    indexes=(("received_on", "closed_on"), ("closed_on",), ("due_on",)),
    alike=(Likeness(fields=("petitioner", "subject"), days=365, note=N_("Perhaps a repeated petition: {number} of {day}, same petitioner and subject")),),
    matter=True,
    continued_as=(
        Continuation(to="disputes", fields=(("applicant", "petitioner"), ("respondent", "employer"), ("workers", "persons"))),
        Continuation(to="wage_arrears", fields=(("employer", "employer"), ("workers", "persons"))),
        Continuation(to="inspections", fields=(("target", "employer"),)),
        Continuation(to="mediations", fields=(("applicant", "petitioner"), ("respondent", "employer"), ("workers", "persons"))),
    ),
    typed=(
        Number(key="petition_no", label=N_("Petition no."), group=REGISTRATION, required=True, width=24),
        Day(key="received_on", label=N_("Registered on"), group=REGISTRATION, required=True, carry=True),
        Choice(key="channel", label=N_("Petition by"), group=REGISTRATION, required=True, carry=True, codes=codes(
            ("letter", N_("Letter")), ("visit", N_("Visit"), ("走访",)), ("online", N_("Petition website"), ("网络", "网上信访")),
            ("hotline", N_("Hotline"), ("来电", "电话", "12345", "12333", "民意速办", "民意速办平台", "政务服务便民热线")), ("mailbox", N_("Director's mailbox"), ("信箱",)),
            ("referral", N_("Referred or assigned"), ("转办", "交办", "上级转交")), ("national", N_("National petition bureau"), ("国满件", "国家信访局")))),
        Names(key="petitioner", label=N_("Petitioner"), group=REGISTRATION, required=True, suggest=True, width=16),
        Count(key="persons", label=N_("Persons"), group=REGISTRATION, unit=N_("persons"), minimum=1, default=1, heads_of="petitioner", help=N_("From 5 on a visit is a collective visit.")),
        Text(key="employer", label=N_("Unit concerned"), group=MATTER, suggest=True, names="employers", width=28),
        Choice(key="subject", label=N_("Subject"), group=MATTER, required=True, width=16, codes=codes(
            ("labour_relations", N_("Labour relations"), ("劳动关系类",)), ("wages", N_("Wages"), ("劳动工资类", "工资")),
            ("employment", N_("Employment management"), ("就业管理类",)), ("hr_management", N_("Personnel management"), ("人力资源管理类",)),
            ("pension", N_("Pension insurance"), ("养老保险类",)), ("work_injury", N_("Work injury insurance"), ("工伤保险类",)),
            ("social_insurance_agency", N_("Social insurance agency"), ("社保经办类",)), ("complaint", N_("Complaint and dispute"), ("投诉争议类",)),
            ("other", N_("Other")))),
        Choice(key="purpose", label=N_("Purpose"), group=MATTER, codes=codes(
            ("suggestion", N_("Suggestion"), ("意见建议", "建议")), ("exposure", N_("Exposure and accusation"), ("揭发控告",)),
            ("resolution", N_("Request for resolution"), ("求决", "申诉")))),
        YesNo(key="repeated", label=N_("Repeated petition"), group=MATTER),
        Choice(key="decision", label=N_("Decision on acceptance"), group=HANDLING, codes=codes(
            ("accepted", N_("Taken up"), ("已受理",)), ("not_accepted", N_("Not taken up"), ()), ("transferred", N_("Passed on"), ("转送",)))),
        Day(key="decided_on", label=N_("Notified on"), group=HANDLING, help=N_("Within 15 days of registration.")),
        Text(key="handler", label=N_("Handled by"), group=HANDLING, suggest=True, carry=True),
        YesNo(key="extended", label=N_("Handling extended"), group=HANDLING, help=N_("Adds 30 days.")),
        Day(key="due_on", label=N_("Handle by"), group=HANDLING, derived=True),
        Day(key="closed_on", label=N_("Completed on"), group=RESULT),
        Choice(key="satisfaction", label=N_("Satisfaction"), group=RESULT, codes=codes(
            ("satisfied", N_("Satisfied")), ("basically", N_("Basically satisfied")), ("dissatisfied", N_("Dissatisfied")), ("unrated", N_("Not rated")))),
    ),
    rules=(
        NotBefore("decided_on", "received_on", warning=True),
        NotBefore("closed_on", "received_on", warning=True),
        NotBefore("closed_on", "decided_on", warning=True),
        Unlikely("decided_on", All((Filled("decision"), Empty("decided_on"))), N_("A decision without the day on which the petitioner was told of it.")),
    ),
    events=("acceptance", "service", "hearing", "extension", "closing", "archiving", "note"),
    dated=(("decision", "decided_on"), ("satisfaction", "closed_on")),
    clocks=(
        Clock(
            key="handling",
            label=N_("Handling within 60 days"),
            starts=(Start(field="decided_on", when=Is("decision", "accepted")), Start(field="received_on")),
            days=60,
            extension=("extended", 30),
            approvals="extension",
            never=ENDED_BY_NOTICE,
            basis="《信访工作条例》第三十四条",
        ),
        Clock(
            key="notice",
            label=N_("Tell the petitioner within 15 days"),
            starts=(Start(field="received_on"),),
            days=15,
            never=Filled("decision"),
            field="",
            stopped_by=("decided_on", "closed_on"),
            basis="《信访工作条例》第二十三条",
        ),
        Clock(
            key="objection",
            label=N_("Send back what is not the office's within 5 working days"),
            starts=(Start(field="received_on", when=OneOf("channel", ("referral", "national"))),),
            days=5,
            working=True,
            never=Filled("decision"),
            lapses=True,
            field="",
            stopped_by=("decided_on", "closed_on"),
            basis="《信访工作条例》第二十三条",
        ),
    ),
)  # fmt: skip
