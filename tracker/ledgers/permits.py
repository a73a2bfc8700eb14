"""Administrative permits (行政许可): special working hours, labour dispatch, HR services, private training schools."""

from tracker.i18n import N_
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Count, CreditCode, Day, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely, WithinWorkdays

APPLICATION, FIRM, DECISION = N_("Application"), N_("Applying unit"), N_("Decision and publication")

PERMITS = Ledger(
    name="permits",
    label=N_("Administrative permits"),
    short=N_("Permits"),
    section=N_("Permits and openness"),
    icon="permits",
    record=N_("permit"),
    number="permit_no",
    number_pattern="{region}人社许〔{year}〕{n}号",
    day="accepted_on",
    columns=("permit_no", "accepted_on", "kind", "action", "employer", "workers", "due_on", "decided_on", "decision", "published_on"),
    indexes=(("decided_on", "kind", "action", "decision"), ("accepted_on",), ("due_on",), ("publish_by",)),
    typed=(
        Number(key="permit_no", label=N_("Permit case no."), group=APPLICATION, required=True, width=24),
        Day(key="accepted_on", label=N_("Accepted on"), group=APPLICATION, required=True, carry=True, help=N_("The 20 working days run from this day.")),
        Choice(key="kind", label=N_("Kind of permit"), group=APPLICATION, required=True, carry=True, width=16, codes=codes(
            ("special_hours", N_("Special working hours"), ("特殊工时", "特殊工时许可", "不定时工作制", "综合计算工时工作制")), ("dispatch", N_("Labour dispatch business"), ("劳务派遣", "劳务派遣许可", "劳务派遣行政许可")),
            ("hr_service", N_("HR service business"), ("人力资源服务", "人力资源许可", "职业中介许可")), ("training_school", N_("Private training school"), ("民办职业培训学校", "民办学校", "民办职业培训学校审批")), ("other", N_("Other")))),
        Choice(key="action", label=N_("Matter of the application"), group=APPLICATION, prefill="new", carry=True, codes=codes(
            ("new", N_("New permit"), ("新办", "设立", "首次申请")), ("change", N_("Change of a permit"), ()), ("renew", N_("Renewal"), ("续期", "延期", "换证")), ("cancel", N_("Cancellation"), ()), ("move_out", N_("Move out of the area"), ()),
            ("move_in", N_("Move into the area"), ()), ("branch", N_("Branch put on record"), ("分支机构",)))),
        YesNo(key="commitment", label=N_("By notice and commitment"), group=APPLICATION, carry=True),
        Text(key="handler", label=N_("Handled by"), group=APPLICATION, suggest=True, carry=True),
        Text(key="employer", label=N_("Name of the unit"), group=FIRM, required=True, suggest=True, names="employers", width=30),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), group=FIRM),
        Text(key="representative", label=N_("Legal representative"), group=FIRM),
        Choice(key="hours", label=N_("System of hours"), group=FIRM, only_when=Is("kind", "special_hours"), codes=codes(
            ("flexible", N_("Flexible hours"), ("不定时",)), ("comprehensive", N_("Hours reckoned over a period"), ("综合计算", "综合工时")), ("both", N_("Both systems"), ("不定时和综合计算",)))),
        Count(key="workers", label=N_("Workers concerned"), group=FIRM, unit=N_("persons"), only_when=Is("kind", "special_hours")),
        YesNo(key="extended", label=N_("Extension granted"), group=DECISION, help=N_("Adds 10 working days.")),
        Day(key="due_on", label=N_("Decide by"), group=DECISION, derived=True),
        Day(key="decided_on", label=N_("Decided on"), group=DECISION),
        Choice(key="decision", label=N_("Decision on the permit"), group=DECISION, only_when=Filled("decided_on"), codes=codes(
            ("granted", N_("Granted"), ("准予许可", "许可", "同意")), ("refused", N_("Refused"), ("不予", "不予行政许可")), ("withdrawn", N_("Application withdrawn"), ("撤回",)))),
        Text(key="licence_no", label=N_("Licence no."), group=DECISION, only_when=Filled("decided_on"), width=20),
        Day(key="valid_from", label=N_("Valid from"), group=DECISION, only_when=Filled("decided_on")),
        Day(key="valid_until", label=N_("Valid until"), group=DECISION, only_when=Filled("decided_on")),
        Day(key="publish_by", label=N_("Publish by"), group=DECISION, derived=True),
        Day(key="published_on", label=N_("Published on"), group=DECISION, only_when=Filled("decided_on")),
    ),
    rules=(
        NotBefore("decided_on", "accepted_on", warning=True),
        NotBefore("published_on", "decided_on", warning=True),
        NotBefore("valid_until", "valid_from", warning=True),
        WithinWorkdays("published_on", "decided_on", 7, N_("Published more than seven working days after the decision (publication of permits and penalties).")),
        Unlikely("decision", All((Filled("decided_on"), Empty("decision"))), N_("The day of the decision is given, but not whether the permit was granted.")),
    ),
    clocks=(
        Clock(
            key="permit",
            label=N_("Decision within 20 working days"),
            starts=(Start(field="accepted_on"),),
            days=20,
            working=True,
            extension=("extended", 10),
            stopped_by="decided_on",
            basis="《行政许可法》第四十二条、第八十二条",
        ),
        Clock(
            key="publication",
            label=N_("Publication within 7 working days"),
            starts=(Start(field="decided_on"),),
            days=7,
            working=True,
            field="publish_by",
            stopped_by="published_on",
            basis="行政许可和行政处罚等信用信息“双公示”；《行政许可法》第四十条",
        ),
    ),
)  # fmt: skip
