"""Administrative permits: special hours, labour dispatch, HR services, private training (行政许可)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Choices, Count, CreditCode, Day, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is, Not, NotLater, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.rules import Needs, NotBefore, Unlikely

REQUEST, HOURS, DECISION, LICENCE = (
    N_("Permit application"),
    N_("Special hours"),
    N_("Decision on the permit"),
    N_("Licence and publication"),
)

GRANTED = Is("result", "granted")
SPECIAL_HOURS = Is("kind", "special_hours")
LICENSED = Not(SPECIAL_HOURS)

PERMITS = Ledger(
    name="permits",
    label=N_("Administrative permits"),
    short=N_("Permits"),
    section=N_("Permits and openness"),
    icon="permits",
    record=N_("permit"),
    number="permit_no",
    number_pattern="{region}人社许〔{year}〕{n}号",
    day="received_on",
    columns=("permit_no", "enterprise", "received_on", "kind", "action", "due_on", "decided_on", "result", "licence_no", "published_on"),
    agenda=Agenda(
        people=("handler",),
        open=Empty("decided_on"),
        waiting=(
            Waiting(key="publish", label=N_("Publish the permit"), when=All((GRANTED, Empty("published_on"))), since="decided_on", by="publish_by"),
        ),
    ),
    indexes=(("decided_on", "kind", "action", "result", "enterprise"), ("received_on",), ("due_on",), ("valid_until",)),
    typed=(
        Number(key="permit_no", label=N_("Permit no."), also=("文号", "许可文号", "决定书文号", "许可决定书文号", "行政许可决定书文号", "编号", "受理编号", "批复文号"), group=REQUEST, required=True, width=24),
        Day(key="received_on", label=N_("Taken up on"), also=("受理日期", "申请日期", "受理时间", "收件日期", "日期"), group=REQUEST, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of permit"), also=("事项名称", "许可类别", "许可类型", "行政许可事项", "事项"), group=REQUEST, required=True, carry=True, width=16, codes=codes(
            ("special_hours", N_("Special working hours"), ("特殊工时", "特殊工时审批", "综合工时", "不定时工作制")),
            ("dispatch", N_("Labour dispatch business"), ("劳务派遣", "劳务派遣审批", "劳务派遣行政许可")),
            ("hr_service", N_("HR service"), ("人力资源服务",)),
            ("training_school", N_("Private vocational training school"), ("民办职业培训学校", "民办培训学校")), ("other", N_("Other")))),
        Choice(key="action", label=N_("Applied for"), also=("业务类型", "申请类型", "类型", "办理类别"), group=REQUEST, required=True, prefill="new", carry=True, codes=codes(
            ("new", N_("New permit"), ("新办", "新设", "设立", "首次申请")), ("change", N_("Change of particulars"), ("变更信息",)), ("renew", N_("Renewal"), ("延续申请", "续期")),
            ("cancel", N_("Cancellation")), ("move_out", N_("Moving out")), ("move_in", N_("Moving in")))),
        Text(key="enterprise", label=N_("Applicant enterprise"), also=("单位名称", "企业名称", "申请人", "申请企业", "用人单位", "行政相对人名称", "公司名称"), group=REQUEST, required=True, names="employers", suggest=True, width=30),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), also=("信用代码", "社会信用代码", "统一信用代码"), group=REQUEST),
        Choices(key="hours", label=N_("Hours system"), also=("工时类型", "工时制"), group=HOURS, only_when=SPECIAL_HOURS, codes=codes(
            ("comprehensive", N_("Comprehensive hours"), ("综合计算", "综合工时制")), ("irregular", N_("Irregular hours"), ("不定时", "不定时工时制")))),
        Text(key="positions", label=N_("Posts concerned"), also=("岗位", "申请岗位", "实行特殊工时岗位"), group=HOURS, only_when=SPECIAL_HOURS, width=24),
        Count(key="workers", label=N_("Workers concerned by it"), also=("人数", "职工人数", "涉及人数"), group=HOURS, unit=N_("persons"), only_when=SPECIAL_HOURS),
        YesNo(key="extended", label=N_("Decision extended"), also=("是否延长",), group=DECISION, help=N_("Adds 10 working days.")),
        Day(key="due_on", label=N_("Decide by"), group=DECISION, derived=True),
        Day(key="decided_on", label=N_("Decided on"), also=("决定日期", "审批日期", "许可日期", "批准日期", "决定时间"), group=DECISION),
        Choice(key="result", label=N_("Decision"), also=("审批结果", "结果", "办理结果", "审批意见"), group=DECISION, only_when=Filled("decided_on"), codes=codes(
            ("granted", N_("Granted"), ("准予", "许可", "同意")), ("refused", N_("Permit refused"), ("不予",)), ("ended", N_("Ended without decision"), ("撤回申请", "退件")))),
        Text(key="handler", label=N_("Handled by"), also=("经办人", "审批人", "承办人员"), group=DECISION, suggest=True, carry=True),
        Text(key="licence_no", label=N_("Licence no."), also=("许可证号", "证书编号", "证号"), group=LICENCE, width=20, only_when=GRANTED),
        Day(key="valid_from", label=N_("Licence valid from"), also=("有效期起", "有效期自", "起始日期", "有效期开始"), group=LICENCE, only_when=GRANTED),
        Day(key="valid_until", label=N_("Licence valid until"), also=("有效期止", "有效期至", "截止日期", "有效期结束"), group=LICENCE, only_when=GRANTED),
        Day(key="publish_by", label=N_("Publish by"), group=LICENCE, derived=True),
        Day(key="published_on", label=N_("Published on"), also=("公示时间", "公开日期"), group=LICENCE, only_when=Filled("decided_on")),
    ),
    rules=(
        NotBefore("decided_on", "received_on", warning=True),
        NotBefore("published_on", "decided_on", warning=True),
        NotBefore("valid_until", "valid_from", warning=True),
        Needs("result", "decided_on", warning=True),
        Unlikely("result", All((Filled("decided_on"), Empty("result"))), N_("The permit is decided, but the decision is not given.")),
        Unlikely("hours", All((SPECIAL_HOURS, GRANTED, Empty("hours"))), N_("Which system of hours was approved is not said (Labour Law, Art 39).")),
        Unlikely("published_on", All((Filled("published_on"), Filled("publish_by"), Not(NotLater("published_on", "publish_by")))), N_("Published later than seven working days after the decision.")),
    ),
    events=("acceptance", "hearing", "service", "extension", "appraisal", "closing", "note"),
    dated=(("result", "decided_on"),),
    clocks=(
        Clock(
            key="decision",
            label=N_("Decision within 20 working days"),
            starts=(Start(field="received_on"),),
            days=20,
            working=True,
            extension=("extended", 10),
            approvals="extension",
            stopped_by=("decided_on",),
            basis="《行政许可法》第四十二条",
        ),
        Clock(
            key="publication",
            label=N_("Publication within 7 working days"),
            starts=(Start(field="decided_on", when=GRANTED),),
            days=7,
            working=True,
            field="publish_by",
            stopped_by=("published_on",),
            basis="《行政许可法》第四十条；双公示：自作出决定之日起7个工作日",
        ),
        Clock(
            key="licence",
            label=N_("Licence issued within 10 working days"),
            starts=(Start(field="decided_on", when=All((GRANTED, LICENSED, OneOf("action", ("new", "renew"))))),),
            days=10,
            working=True,
            never=Filled("licence_no"),
            field="",
            stopped_by=("valid_from",),
            basis="《行政许可法》第四十四条、第八十二条",
        ),
        Clock(
            key="renewal",
            label=N_("Renewal to be applied for 30 working days before the licence ends"),
            starts=(Start(field="valid_until", when=GRANTED),),
            days=30,
            working=True,
            backward=True,
            lapses=True,
            field="",
            stopped_by=(),
            basis="《行政许可法》第五十条、第八十二条",
        ),
    ),
)  # fmt: skip
