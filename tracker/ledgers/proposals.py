"""Suggestions of people's deputies and proposals of the consultative conference (人大代表建议、政协提案)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Count, Day, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is
from tracker.schema.ledger import TIME_LIMITS, Ledger
from tracker.schema.rules import NotBefore, Unlikely

ASSIGNED, ACTION, REPLY = N_("Assignment"), N_("Course of handling"), N_("Reply")

PROPOSALS = Ledger(
    name="proposals",
    label=N_("Deputies' suggestions and proposals"),
    short=N_("Proposals"),
    section=N_("Permits and openness"),
    icon="proposals",
    record=N_("proposal"),
    number="proposal_no",
    number_pattern="建议提案〔{year}〕{n}号",
    day="received_on",
    columns=("proposal_no", "title", "proposer", "received_on", "due_on", "answered_on", "grade", "role", "kind", "satisfaction", "session"),
    agenda=Agenda(people=("handler",), open=Empty("answered_on")),
    indexes=(("received_on", "kind", "role", "session", "answered_on"), ("answered_on",), ("due_on",)),
    typed=(
        Number(key="proposal_no", label=N_("Proposal no."), also=("编号", "建议号", "提案号", "案号", "建议编号", "提案编号"), group=ASSIGNED, required=True, width=22),
        Day(key="received_on", label=N_("Assigned on"), also=("交办时间", "收到日期", "日期"), group=ASSIGNED, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of proposal"), also=("类型", "建议提案类别"), group=ASSIGNED, required=True, carry=True, codes=codes(
            ("deputy", N_("Deputies' suggestion"), ("代表建议", "人大建议", "建议")), ("committee", N_("Consultative conference proposal"), ("提案", "委员提案")))),
        Choice(key="session", label=N_("Made"), also=("会议类型", "提出类型"), group=ASSIGNED, prefill="session", carry=True, codes=codes(
            ("session", N_("During the session"), ("会议期间", "会中")), ("between", N_("Between sessions"), ("闭会", "平时")))),
        Choice(key="level", label=N_("Level"), also=("级别",), group=ASSIGNED, prefill="district", carry=True, codes=codes(
            ("district", N_("District or county"), ("区级", "县级")), ("city", N_("City")), ("province", N_("Province"), ("省人大", "省政协")), ("national", N_("National"), ("全国",)))),
        Text(key="title", label=N_("Title of the proposal"), also=("案由", "题目", "建议标题", "提案题目", "内容", "标题（案由）"), group=ASSIGNED, required=True, width=36),
        Names(key="proposer", label=N_("Proposer"), also=("代表姓名", "委员姓名", "提出人", "领衔代表", "领衔人", "代表（委员）", "提案人", "建议人"), group=ASSIGNED, suggest=True, width=16),
        Choice(key="role", label=N_("Role of the office"), also=("主办/协办", "主协办", "承办类型", "主办/会办"), group=ACTION, required=True, carry=True, codes=codes(
            ("lead", N_("Lead"), ("主办件", "独办", "分办")), ("assist", N_("Assist"), ("会办", "协办件", "会办件")))),
        Text(key="partner", label=N_("Other office"), also=("协办单位", "会办单位", "主办单位"), group=ACTION, suggest=True, width=18),
        Text(key="department", label=N_("Section in charge"), also=("责任科室", "办理科室"), group=ACTION, suggest=True, carry=True, width=16),
        Text(key="handler", label=N_("Handled by"), also=("经办人", "承办人员"), group=ACTION, suggest=True),
        YesNo(key="extended", label=N_("Extended to six months"), also=("是否延长",), group=ACTION, help=N_("Adds three months.")),
        Day(key="due_on", label=N_("Reply by"), group=ACTION, derived=True),
        YesNo(key="met", label=N_("Talked over with the proposer"), also=("是否面商", "面商", "是否沟通"), group=REPLY),
        Day(key="answered_on", label=N_("Replied on"), also=("答复时间", "办结日期", "办复日期"), group=REPLY),
        Choice(key="grade", label=N_("Grade of the reply"), also=("办理结果", "答复类别", "办理类别", "结果类别"), group=REPLY, only_when=Filled("answered_on"), codes=codes(
            ("a", N_("A: solved"), ("A", "A类", "已解决")), ("b", N_("B: planned"), ("B", "B类", "列入计划")),
            ("c", N_("C: later"), ("C", "C类")), ("d", N_("D: noted"), ("D", "D类")))),
        Choice(key="satisfaction", label=N_("Satisfaction"), also=("满意情况", "评价", "代表满意度", "委员满意度"), group=REPLY, only_when=Filled("answered_on"), codes=codes(
            ("satisfied", N_("Satisfied")), ("basically", N_("Basically satisfied")), ("dissatisfied", N_("Dissatisfied")), ("unrated", N_("Not rated")))),
    ),
    rules=(
        NotBefore("answered_on", "received_on", warning=True),
        Unlikely("answered_on", All((Filled("satisfaction"), Empty("answered_on"))), N_("A rating is given, but not the day of the reply.")),
        Unlikely("extended", All((Is("extended", 1), Is("role", "assist"))), N_("Only the leading office's time is extended (Law on Deputies).")),
    ),
    limits=(
        Count(key="assist_days", label=N_("Opinion to the leading office"), group=TIME_LIMITS, unit=N_("days"), help=N_("By local rules often 30; empty where there are none.")),
    ),
    events=("extension", "closing", "note"),
    dated=(("grade", "answered_on"), ("satisfaction", "answered_on")),
    clocks=(
        Clock(
            key="reply",
            label=N_("Reply within three months"),
            starts=(Start(field="received_on"),),
            months=3,
            extension=("extended", 3),
            approvals="extension",
            stopped_by=("answered_on",),
            basis="《全国人民代表大会和地方各级人民代表大会代表法》第五十一条（政协提案参照办理）",
        ),
        Clock(
            key="assist",
            label=N_("Opinion to the leading office"),
            starts=(Start(field="received_on", when=Is("role", "assist")),),
            days_by="assist_days",
            field="",
            stopped_by=("answered_on",),
            basis="地方代表建议和政协提案办理规定",
            verified=False,
        ),
    ),
)  # fmt: skip
