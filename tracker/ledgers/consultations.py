"""Advice given: one question, or a day's questions of one kind in one row (咨询)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda
from tracker.schema.fields import Choice, Count, Day, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, AtLeast, Filled
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Unlikely

ASKED, QUESTION, ADVICE = N_("Consultation"), N_("Question"), N_("Advice")

CONSULTATIONS = Ledger(
    name="consultations",
    label=N_("Advice to workers and employers"),
    short=N_("Consultations"),
    section=N_("Training and advice"),
    icon="consultations",
    record=N_("consultation"),
    number="consultation_no",
    number_pattern="{region}人社咨〔{year}〕{n}号",
    day="held_on",
    columns=("consultation_no", "held_on", "channel", "kind", "people", "person", "place", "handler"),
    agenda=Agenda(people=("handler",)),
    indexes=(("held_on", "kind", "channel", "people"),),
    typed=(
        Number(key="consultation_no", label=N_("Consultation no."), group=ASKED, required=True, width=22),
        Day(key="held_on", label=N_("Asked on"), group=ASKED, required=True, carry=True),
        Choice(key="channel", label=N_("Asked by"), group=ASKED, required=True, carry=True, codes=codes(
            ("visit", N_("Visit"), ("窗口", "窗口咨询", "现场")), ("phone", N_("Telephone call"), ("电话", "电话咨询", "12333")), ("online", N_("Online"), ("网络", "微信", "网上咨询")),
            ("station", N_("At a station"), ("驿站", "网点")), ("event", N_("At an event"), ("宣传活动现场", "街头咨询")))),
        Text(key="place", label=N_("Service point"), group=ASKED, suggest=True, carry=True, width=20),
        Names(key="person", label=N_("Person asking"), group=ASKED, width=14),
        Text(key="phone", label=N_("Telephone"), group=ASKED, personal=True),
        Choice(key="kind", label=N_("Kind of advice"), group=QUESTION, required=True, carry=True, width=14, codes=codes(
            ("labour_law", N_("Labour law advice"), ("法律", "法律咨询", "劳动法律", "劳动关系")), ("wages", N_("Wages and contracts"), ("工资", "合同", "劳动报酬")),
            ("employment", N_("Employment advice"), ("就业", "就业创业", "求职")), ("social_insurance", N_("Social insurance advice"), ("社保", "社会保险")),
            ("work_injury", N_("Work injury advice"), ("工伤",)), ("arbitration", N_("Advice on arbitration and complaints"), ("仲裁", "投诉", "维权")), ("other", N_("Other")))),
        Count(key="people", label=N_("People advised"), group=QUESTION, unit=N_("attendances"), minimum=1, default=1, heads_of="person", help=N_("More than one where the record stands for a day.")),
        Text(key="question", label=N_("What was asked"), group=QUESTION, multiline=True, width=30),
        Text(key="answer", label=N_("What was answered"), group=ADVICE, multiline=True, width=30),
        YesNo(key="led_on", label=N_("Led on to mediation or complaint"), group=ADVICE),
        Text(key="handler", label=N_("Answered by"), group=ADVICE, names="officers", suggest=True, carry=True),
    ),
    rules=(
        Unlikely("person", All((Filled("phone"), AtLeast("people", 20))), N_("A row for a day's questions names no single telephone.")),
    ),
)  # fmt: skip
