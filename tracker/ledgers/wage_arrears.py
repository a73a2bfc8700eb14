"""Wage arrears taken up by labour security supervision (欠薪案件)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.continuing import Continuation
from tracker.schema.fields import Choice, Count, Day, Money, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, OneOf
from tracker.schema.ledger import TIME_LIMITS, Ledger
from tracker.schema.likeness import Likeness
from tracker.schema.party import Role
from tracker.schema.rules import More, NotBefore, Unlikely
from tracker.schema.tables import SECTORS

RECEIPT, ARREARS, HANDLING, RESULT = N_("Receipt"), N_("Arrears"), N_("Handling"), N_("Result")

WAGE_ARREARS = Ledger(
    name="wage_arrears",
    label=N_("Wage arrears cases (labour security supervision)"),
    short=N_("Wage arrears"),
    section=N_("Labour security supervision"),
    icon="wage_arrears",
    record=N_("wage arrears case"),
    number="case_no",
    number_pattern="{region}人社监〔{year}〕{n}号",
    day="received_on",
    parties=(Role("complainant"), Role("employer", "employer")),
    columns=("case_no", "employer", "received_on", "due_on", "outcome", "closed_on", "owed_amount", "workers", "recovered_amount", "project"),
    agenda=Agenda(
        waiting=(
            Waiting(key="file", label=N_("File the case"), when=All((Empty("filed_on"), Empty("closed_on"))), since="received_on"),
        ),
    ),
    indexes=(("received_on", "closed_on"), ("closed_on",), ("due_on",)),
    alike=(Likeness(fields=("employer",), where=Empty("closed_on"), note=N_("An open case of this unit: {number}, received on {day}")),),
    matter=True,
    continued_as=(
        Continuation(to="disputes", fields=(("respondent", "employer"), ("workers", "workers"), ("claim_amount", "owed_amount"))),
        Continuation(to="inspections", fields=(("target", "employer"),)),
    ),
    typed=(
        Number(key="case_no", label=N_("Supervision case no."), also=("编号", "案号", "立案编号", "登记编号", "线索编号", "受理编号", "立案号", "案件号"), group=RECEIPT, required=True, width=24),
        Day(key="received_on", label=N_("Received on"), also=("收到日期", "登记日期", "投诉日期", "受理时间", "收件日期", "接件日期", "线索收到日期", "投诉时间", "接件时间", "举报日期", "收案日期", "收案时间", "接案日期", "接案时间", "日期"), group=RECEIPT, required=True, carry=True),
        Day(key="filed_on", label=N_("Filed on"), also=("立案时间", "受理立案日期"), group=RECEIPT, carry=True, help=N_("The 60 working days run from this day.")),
        Choice(key="source", label=N_("Source of the case"), also=("线索来源", "来源", "案件线索来源", "投诉渠道", "来源渠道", "监察形式"), group=RECEIPT, required=True, carry=True, codes=codes(
            ("complaint", N_("Complaint"), ("投诉举报", "来访投诉", "现场投诉", "电话投诉", "来电投诉")), ("report", N_("Tip-off"), ("Report", "电话举报", "匿名举报", "来电举报")), ("inspection", N_("Patrol"), ("日常巡视检查", "检查发现", "日常巡查", "主动巡查", "日常检查")),
            ("referral", N_("Referred case"), ("转交", "上级交办", "上级转办", "信访转办", "移送")), ("clue_platform", N_("Arrears clue platform"), ("线索平台", "全国根治欠薪线索反映平台")))),
        Text(key="employer", label=N_("Employing unit"), also=("单位名称", "被投诉单位", "用工单位", "欠薪单位", "企业名称", "被举报单位", "用人单位名称", "违法单位", "欠薪企业", "单位", "被投诉单位名称", "施工总包", "公司名称"), group=ARREARS, required=True, suggest=True, names="employers", width=30),
        Text(key="project", label=N_("Construction project"), also=("项目名称", "工程名称", "所属项目", "工地名称", "欠薪项目"), group=ARREARS, suggest=True, width=24),
        Choice(key="sector", label=N_("Sector"), also=("所属行业", "行业类别", "行业类型"), group=ARREARS, codes=SECTORS),
        YesNo(key="migrant", label=N_("Migrant workers"), also=("是否农民工", "是否涉及农民工", "农民工"), group=ARREARS),
        Count(key="workers", label=N_("Workers owed"), also=("人数", "拖欠人数", "欠薪人数", "涉及劳动者人数", "投诉人数", "涉及农民工人数", "涉案人数"), group=ARREARS, unit=N_("persons")),
        Money(key="owed_amount", label=N_("Amount owed"), also=("欠薪金额", "涉及金额", "涉案金额", "金额", "拖欠工资金额", "拖欠工资", "欠薪数额", "拖欠数额"), group=ARREARS),
        YesNo(key="extended", label=N_("Extension granted"), also=("是否延期", "延期", "是否延长"), group=HANDLING, help=N_("Adds 30 working days.")),
        Day(key="due_on", label=N_("Investigate by"), group=HANDLING, derived=True),
        Money(key="recovered_amount", label=N_("Amount recovered"), also=("追讨金额", "支付金额", "已支付金额", "追回工资", "补发金额", "追发金额", "追回工资金额", "清欠金额", "已付金额", "补发工资", "追讨工资", "追讨工资金额"), group=RESULT),
        Day(key="closed_on", label=N_("Case closed on"), also=("办结日期", "结案时间", "办结时间", "处理日期", "支付日期"), group=RESULT),
        Choice(key="outcome", label=N_("Outcome"), also=("结案方式", "处理方式", "办理结果", "处理情况", "处置方式", "结果", "案件结果", "处理结果类型"), group=RESULT, width=14, codes=codes(
            ("paid", N_("Paid in full"), ("已支付", "支付")), ("mediated", N_("Settled by mediation"), ("调解", "协调解决", "协商解决")), ("rectified", N_("Order to rectify"), ("责令限期改正",)),
            ("decision", N_("Handling decision"), ("处理决定", "行政处理")), ("penalty", N_("Administrative penalty"), ("处罚",)), ("police", N_("Handed to the police"), ("移送公安机关",)),
            ("court", N_("Court enforcement sought"), ("申请法院强制执行",)), ("arbitration", N_("Passed to arbitration"), ("转仲裁处理",)), ("withdrawn", N_("Complaint withdrawn"), ("撤回", "撤回投诉")))),
        Count(key="credit_points", label=N_("Credit points deducted"), also=("扣分", "信用分"), group=RESULT, unit=N_("points"), width=10),
    ),
    rules=(
        NotBefore("filed_on", "received_on", warning=True),
        NotBefore("closed_on", "received_on", warning=True),
        NotBefore("closed_on", "filed_on", warning=True),
        More("recovered_amount", "owed_amount", N_("More was recovered than was owed; right if compensation was paid too.")),
        Unlikely("outcome", All((Filled("closed_on"), Empty("outcome"))), N_("The case is closed without an outcome.")),
        Unlikely("closed_on", All((Filled("outcome"), Empty("closed_on"))), N_("An outcome is given, but not the day of closing.")),
    ),
    limits=(
        Count(key="arrears_decision_days", label=N_("Decision after the investigation"), group=TIME_LIMITS, unit=N_("working days"), default=15, help=N_("15 by the Provisions on labour security supervision, Art 37, the text of which was not read.")),
        Count(key="arrears_service_days", label=N_("Service of a supervision decision"), group=TIME_LIMITS, unit=N_("working days"), default=7, help=N_("7 by the same Provisions, of which the text was not read.")),
    ),
    events=("acceptance", "service", "announcement", "investigated", "extension", "appraisal", "closing", "archiving", "note"),
    dated=(("outcome", "closed_on"),),
    clocks=(
        Clock(
            key="investigation",
            label=N_("Investigation within 60 working days"),
            starts=(Start(field="filed_on"), Start(field="received_on")),
            days=60,
            working=True,
            extension=("extended", 30),
            approvals="extension",
            basis="《劳动保障监察条例》第十七条",
        ),
        Clock(
            key="filing",
            label=N_("Filing within 5 working days"),
            starts=(Start(field="received_on"),),
            days=5,
            working=True,
            field="",
            stopped_by=("filed_on", "closed_on"),
            basis="《关于实施〈劳动保障监察条例〉若干规定》第十八条",
        ),
        Clock(
            key="decision",
            label=N_("Decision after the investigation"),
            starts=(Start(event="investigated", last=True),),
            days=15,
            days_by="arrears_decision_days",
            working=True,
            field="",
            basis="《关于实施〈劳动保障监察条例〉若干规定》第三十七条",
            verified=False,
        ),
        Clock(
            key="service",
            label=N_("Service of a supervision decision"),
            starts=(Start(event="closing", last=True, when=OneOf("outcome", ("decision", "penalty"))),),
            days=7,
            days_by="arrears_service_days",
            working=True,
            field="",
            stopped_by=(),
            ended_by=("service",),
            basis="《关于实施〈劳动保障监察条例〉若干规定》",
            verified=False,
        ),
    ),
)  # fmt: skip
