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
    columns=("consultation_no", "person", "held_on", "channel", "kind", "people", "place", "handler"),
    agenda=Agenda(people=("handler",)),
    indexes=(("held_on", "kind", "channel", "people"),),
    typed=(
        Number(key="consultation_no", label=N_("Consultation no."), also=("编号", "登记编号"), group=ASKED, required=True, width=22),
        Day(key="held_on", label=N_("Asked on"), also=("咨询时间", "日期", "登记日期", "来访日期", "来电日期", "时间", "接待日期"), group=ASKED, required=True, carry=True),
        Choice(key="channel", label=N_("Asked by"), also=("方式", "来源", "咨询渠道", "形式"), group=ASKED, required=True, carry=True, codes=codes(
            ("visit", N_("Visit"), ("窗口", "窗口咨询", "现场")), ("phone", N_("Telephone call"), ("电话", "电话咨询", "12333")), ("online", N_("Online"), ("网络", "微信", "网上咨询")),
            ("station", N_("At a station"), ("驿站", "网点")), ("event", N_("At an event"), ("宣传活动现场", "街头咨询")))),
        Text(key="place", label=N_("Service point"), also=("地点", "网点", "受理地点", "窗口"), group=ASKED, suggest=True, carry=True, width=20),
        Names(key="person", label=N_("Person asking"), also=("姓名", "咨询者", "来访人", "来电人", "咨询人姓名"), group=ASKED, width=14),
        Text(key="phone", label=N_("Telephone"), also=("电话", "手机", "手机号", "联系方式", "手机号码"), group=ASKED, personal=True),
        Choice(key="kind", label=N_("Kind of advice"), also=("类别", "咨询类型", "问题类别", "咨询事项类别", "类型"), group=QUESTION, required=True, carry=True, width=14, codes=codes(
            ("labour_law", N_("Labour law advice"), ("法律", "法律咨询", "劳动法律", "劳动关系")), ("wages", N_("Wages and contracts"), ("工资", "合同", "劳动报酬")),
            ("employment", N_("Employment advice"), ("就业", "就业创业", "求职")), ("social_insurance", N_("Social insurance advice"), ("社保", "社会保险")),
            ("work_injury", N_("Work injury advice"), ("工伤",)), ("arbitration", N_("Advice on arbitration and complaints"), ("仲裁", "投诉", "维权")), ("other", N_("Other")))),
        Count(key="people", label=N_("People advised"), also=("人数", "人次", "咨询人数"), group=QUESTION, unit=N_("attendances"), minimum=1, default=1, heads_of="person", help=N_("More than one where the record stands for a day.")),
        Text(key="question", label=N_("What was asked"), also=("内容", "问题", "咨询问题", "咨询事项", "反映问题"), group=QUESTION, multiline=True, width=30),
        Text(key="answer", label=N_("What was answered"), also=("答复", "解答内容", "答复情况", "处理情况"), group=ADVICE, multiline=True, width=30),
        YesNo(key="led_on", label=N_("Led on to mediation or complaint"), also=("是否引导", "引导投诉"), group=ADVICE),
        Text(key="handler", label=N_("Answered by"), also=("经办人", "解答人", "接听人", "值班人员", "接待人员", "工作人员", "承办人"), group=ADVICE, names="officers", suggest=True, carry=True),
    ),
    rules=(
        Unlikely("person", All((Filled("phone"), AtLeast("people", 20))), N_("A row for a day's questions names no single telephone.")),
    ),
)  # fmt: skip
