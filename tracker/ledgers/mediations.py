"""Disputes registered with grassroots mediation bodies (基层调解登记), and mediation by the arbitration office before filing."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.continuing import Continuation
from tracker.schema.fields import Choice, Choices, Count, Day, Link, Money, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.likeness import Likeness
from tracker.schema.party import Role
from tracker.schema.rules import NotBefore, Unlikely
from tracker.schema.tables import CAUSES

APPLICATION, PARTIES, CLAIM = N_("Application"), N_("The parties"), N_("Claim")
MEDIATION, RESULT = N_("Mediation"), N_("Result")

SUCCEEDED = OneOf("outcome", ("agreed", "settled"))

MEDIATIONS = Ledger(
    name="mediations",
    label=N_("Grassroots mediation register"),
    short=N_("Mediations"),
    section=N_("Dispute resolution"),
    icon="mediations",
    record=N_("mediation"),
    number="mediation_no",
    number_pattern="{region}劳人调字〔{year}〕第{n}号",
    day="registered_on",
    parties=(Role("applicant", "applicant"), Role("respondent", "respondent"), Role("third")),
    columns=("mediation_no", "applicant", "respondent", "registered_on", "due_on", "outcome", "closed_on", "cause", "organisation", "mediator", "settled_amount"),
    agenda=Agenda(
        people=("mediator",),
        open=All((Empty("closed_on"), Empty("refused_on"))),
        waiting=(
            Waiting(key="accept", label=N_("Accept the mediation or not"), when=All((Empty("accepted_on"), Empty("refused_on"), Empty("closed_on"))), since="registered_on"),
        ),
    ),
    indexes=(("registered_on", "accepted_on"), ("accepted_on",), ("closed_on", "outcome", "before_filing"), ("due_on",), ("organisation",)),
    alike=(Likeness(fields=("applicant", "respondent"), where=All((Empty("closed_on"), Empty("refused_on"))), note=N_("An open mediation between the same parties: {number}, registered on {day}")),),
    matter=True,
    continued_as=(
        Continuation(to="disputes", fields=(("applicant", "applicant"), ("respondent", "respondent"), ("workers", "workers"), ("cause", "cause"), ("claim_amount", "claim_amount"))),
    ),
    typed=(
        Number(key="mediation_no", label=N_("Mediation no."), also=("编号", "案件编号", "案号", "调解案号", "调解书编号", "协议书编号", "登记编号"), group=APPLICATION, required=True, width=28),
        Day(key="registered_on", label=N_("Registered on"), also=("受案日期", "申请日期", "收案日期", "申请时间", "收件日期", "收件时间", "收案时间", "接案时间", "日期", "接案日期"), group=APPLICATION, required=True, carry=True, help=N_("The 15 days run from this day.")),
        Choice(key="channel", label=N_("Filed by"), also=("案件来源", "来源", "申请方式", "受理方式", "受理渠道"), group=APPLICATION, prefill="onsite", carry=True, codes=codes(
            ("onsite", N_("In person"), ("现场申请", "来访")), ("online", N_("Online"), ("网上申请", "网络", "互联网调解平台")),
            ("hotline", N_("Hotline"), ("来电", "电话", "12333")), ("entrusted", N_("Entrusted by arbitration or court"), ("委托调解", "委派调解", "仲裁委托", "法院委派")),
            ("patrol", N_("Found on the spot"), ("主动发现", "网格上报")))),
        Link(key="organisation", label=N_("Mediation body"), also=("调解机构", "调解委员会", "调委会", "受理单位", "调解单位", "组织名称", "调解组织名称"), group=APPLICATION, required=True, names="organisations", carry=True, width=28),
        Choice(key="body_kind", label=N_("Kind of mediation body"), also=("调解机构类型", "组织类型", "调委会类型"), group=APPLICATION, carry=True, codes=codes(
            ("enterprise", N_("Enterprise mediation committee"), ("企业调委会", "企业劳动争议调解委员会", "企业")),
            ("township", N_("Township or subdistrict body"), ("乡镇街道", "乡镇（街道）", "乡镇街道调解组织", "街道", "乡镇")),
            ("institution", N_("Body of an institution"), ("机关事业单位", "事业单位")), ("industry", N_("Industry or area body"), ("行业性区域性", "行业", "区域性")),
            ("arbitration", N_("Arbitration office before filing"), ("案外调解", "仲裁院")), ("other", N_("Other")))),
        YesNo(key="before_filing", label=N_("Mediated by arbitration before filing"), also=("是否案外调解", "诉前调解", "案前调解"), group=APPLICATION, carry=True, help=N_("Mediation outside the case (案外调解) in the statistical return.")),
        Names(key="applicant", label=N_("Applicant"), also=("申诉人", "申请人姓名", "劳动者", "劳动者姓名", "姓名", "甲方", "申请方"), group=PARTIES, required=True, suggest=True, width=20, help=N_("Several names are separated by 、")),
        Names(key="respondent", label=N_("Respondent"), also=("用人单位", "单位名称", "被申请人名称", "用人单位名称", "企业名称", "被申请单位", "乙方", "被诉单位", "单位", "公司名称"), group=PARTIES, required=True, suggest=True, names="employers", width=30, help=N_("Several names are separated by 、")),
        Count(key="workers", label=N_("Workers involved"), also=("人数", "涉及人数", "劳动者人数", "涉案人数"), group=PARTIES, unit=N_("persons"), minimum=1, default=1, heads_of="applicant"),
        Text(key="phone", label=N_("Applicant's telephone"), also=("联系电话", "电话", "手机", "手机号", "申请人联系电话", "联系方式", "手机号码"), group=PARTIES, personal=True, width=14),
        Choices(key="cause", label=N_("Causes"), also=("争议类型", "争议原因", "纠纷类型", "案件类型", "争议事项", "纠纷类别", "纠纷事由"), group=CLAIM, width=18, codes=CAUSES, help=N_("The first is the main one.")),
        Money(key="claim_amount", label=N_("Amount in dispute"), also=("涉案金额", "涉及金额", "标的额", "标的", "申请金额", "诉求金额", "申请标的额"), group=CLAIM),
        Day(key="accepted_on", label=N_("Accepted on"), also=("受理时间", "立案日期", "立案时间"), group=MEDIATION),
        Day(key="refused_on", label=N_("Not accepted on"), also=("不受理日期", "不予受理日期"), group=MEDIATION, help=N_("Where the other party does not want mediation, or it is no labour dispute.")),
        Names(key="mediator", label=N_("Mediators"), also=("承办人", "调解人", "调解员姓名", "经办人", "主办调解员", "首席调解员"), group=MEDIATION, names="officers", suggest=True, carry=True, width=16),
        Day(key="due_on", label=N_("Mediate by"), group=MEDIATION, derived=True),
        Day(key="closed_on", label=N_("Mediation ended on"), also=("办结日期", "结案日期", "结案时间", "调解日期", "调解时间", "办结时间", "调解结束日期"), group=RESULT),
        Choice(key="outcome", label=N_("Result of the mediation"), also=("处理结果", "结果", "结案方式", "调解情况", "结案形式", "办理结果", "是否成功"), group=RESULT, only_when=Filled("closed_on"), width=14, codes=codes(
            ("agreed", N_("Agreement reached"), ("调解成功", "达成调解协议", "签订调解协议")), ("settled", N_("Settled between the parties"), ("自行和解", "双方和解")),
            ("failed", N_("No agreement"), ("未达成协议", "调解不成", "调解不成功", "调解失败")), ("withdrawn", N_("Application withdrawn"), ("申请撤销", "撤销申请", "撤回申请")),
            ("transferred", N_("Passed on to arbitration"), ("转案", "转仲裁", "转仲裁处理", "引导仲裁")))),
        Money(key="settled_amount", label=N_("Amount agreed"), also=("调解金额", "达成金额", "协议标的", "调解协议金额", "结案金额"), group=RESULT, only_when=SUCCEEDED),
        Day(key="performed_on", label=N_("Agreement performed on"), also=("履行日期", "履行时间"), group=RESULT, only_when=SUCCEEDED),
        Day(key="confirmed_on", label=N_("Confirmed by arbitration on"), also=("审查确认日期", "仲裁确认日期", "置换日期"), group=RESULT, only_when=SUCCEEDED, help=N_("The day on which the arbitration commission reviewed and confirmed the agreement.")),
        Link(key="dispute", label=N_("Arbitration case concerned"), also=("仲裁案号", "关联案号"), group=RESULT, names="disputes", width=28, help=N_("The case that the dispute became, or the one that confirmed the agreement.")),
    ),
    rules=(
        NotBefore("accepted_on", "registered_on", warning=True),
        NotBefore("closed_on", "registered_on", warning=True),
        NotBefore("confirmed_on", "closed_on", warning=True),
        Unlikely("outcome", All((Filled("closed_on"), Empty("outcome"))), N_("The mediation has ended without a result.")),
        Unlikely("closed_on", All((Filled("outcome"), Empty("closed_on"))), N_("A result is given, but not the day on which the mediation ended.")),
        Unlikely("refused_on", All((Filled("refused_on"), Filled("accepted_on"))), N_("Both accepted and not accepted; clear one of the two days.")),
    ),
    events=("acceptance", "service", "hearing", "extension", "closing", "archiving", "note"),
    dated=(("outcome", "closed_on"),),
    clocks=(
        Clock(
            key="mediation",
            label=N_("Mediation within 15 days"),
            starts=(Start(field="registered_on"),),
            days=15,
            extension=("", 0),
            approvals="extension",
            never=Filled("refused_on"),
            basis="《劳动争议调解仲裁法》第十四条",
        ),
    ),
)  # fmt: skip
