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
    columns=("petition_no", "petitioner", "received_on", "due_on", "closed_on", "decision", "subject", "channel", "persons", "handler", "satisfaction"),
    agenda=Agenda(
        people=("handler",),
        open=Empty("closed_on"),
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
        Number(key="petition_no", label=N_("Petition no."), also=("编号", "信访件编号", "来信编号", "登记编号", "信访号", "信访件号", "序号/来信编号", "上级系统编号", "转办编号", "信访登记号", "件号", "受理编号", "信件编号", "来访编号", "信访件登记号"), group=REGISTRATION, required=True, width=24),
        Day(key="received_on", label=N_("Registered on"), also=("接件时间", "信访日期", "来访日期", "收到日期", "接件日期", "受理时间", "受理日期", "信访时间", "来访时间", "收件日期", "来信日期", "接访日期", "接访时间", "日期"), group=REGISTRATION, required=True, carry=True),
        Choice(key="channel", label=N_("Petition by"), also=("信访方式", "信访类型", "信访形式", "来源", "信访来源", "渠道", "来访方式", "形式", "受理方式", "件别", "来访形式", "反映方式"), group=REGISTRATION, required=True, carry=True, codes=codes(
            ("letter", N_("Letter"), ("信件", "书信")), ("visit", N_("Visit"), ("走访",)), ("online", N_("Petition website"), ("网络", "网上信访")),
            ("hotline", N_("Hotline"), ("来电", "电话", "热线电话", "12345", "12345热线", "12333", "民意速办", "民意速办平台", "政务服务便民热线")), ("mailbox", N_("Director's mailbox"), ("信箱",)),
            ("referral", N_("Referred or assigned"), ("转办", "交办", "上级转交")), ("national", N_("National petition bureau"), ("国满件", "国家信访局")))),
        Names(key="petitioner", label=N_("Petitioner"), also=("姓名", "来访人", "信访人姓名", "投诉人", "来信人", "举报人", "信访人姓名和信息", "来访人姓名", "反映人", "反映人姓名", "上访人", "信访人员", "当事人"), group=REGISTRATION, required=True, suggest=True, width=16),
        Count(key="persons", label=N_("Persons"), also=("人数", "来访人数", "涉及人数", "信访人数", "信访人次", "批次人数", "来访人次"), group=REGISTRATION, unit=N_("persons"), minimum=1, default=1, heads_of="petitioner", help=N_("From 5 on a visit is a collective visit.")),
        Text(key="employer", label=N_("Unit concerned"), also=("被投诉单位", "涉事单位", "被反映单位", "用人单位", "单位名称", "被举报单位", "涉及企业", "被信访单位", "单位", "企业名称", "被举报人"), group=MATTER, suggest=True, names="employers", width=28),
        Choice(key="subject", label=N_("Subject"), also=("信访类别", "内容类别", "问题类别", "举报类型", "类型", "信访事由", "反映问题类别", "诉求类别", "问题类型", "反映问题", "信访内容类别", "事由", "类别"), group=MATTER, required=True, width=16, codes=codes(
            ("labour_relations", N_("Labour relations"), ("劳动关系类",)), ("wages", N_("Wages"), ("劳动工资类", "工资", "拖欠工资", "欠薪")),
            ("employment", N_("Employment management"), ("就业管理类",)), ("hr_management", N_("Personnel management"), ("人力资源管理类",)),
            ("pension", N_("Pension insurance"), ("养老保险类",)), ("work_injury", N_("Work injury insurance"), ("工伤保险类", "工伤")),
            ("social_insurance_agency", N_("Social insurance agency"), ("社保经办类",)), ("complaint", N_("Complaint and dispute"), ("投诉争议类",)),
            ("other", N_("Other")))),
        Choice(key="purpose", label=N_("Purpose"), also=("诉求目的", "目的", "信访目的类别", "信访诉求"), group=MATTER, codes=codes(
            ("suggestion", N_("Suggestion"), ("意见建议", "建议")), ("exposure", N_("Exposure and accusation"), ("揭发控告",)),
            ("resolution", N_("Request for resolution"), ("求决", "申诉")))),
        YesNo(key="repeated", label=N_("Repeated petition"), also=("是否重复", "是否重复信访", "是否重复投诉", "重信重访", "是否重信重访", "重复件", "初重信访"), group=MATTER),
        Choice(key="decision", label=N_("Decision on acceptance"), also=("处理意见", "受理决定", "是否受理", "处理方式", "办理方式", "受理告知情况"), group=HANDLING, codes=codes(
            ("accepted", N_("Taken up"), ("已受理",)), ("not_accepted", N_("Not taken up"), ()), ("transferred", N_("Passed on"), ("转送",)))),
        Day(key="decided_on", label=N_("Notified on"), also=("告知时间", "受理告知日期", "告知书日期", "受理告知时间", "转办时间"), group=HANDLING, help=N_("Within 15 days of registration.")),
        Text(key="handler", label=N_("Handled by"), also=("办理人", "经办人", "责任人", "接办人", "科室接办人", "接待人", "接访人", "经办人员", "承办人员", "接件人"), group=HANDLING, suggest=True, carry=True),
        YesNo(key="extended", label=N_("Handling extended"), also=("是否延期", "是否延长", "延期办理"), group=HANDLING, help=N_("Adds 30 days.")),
        Day(key="due_on", label=N_("Handle by"), group=HANDLING, derived=True),
        Day(key="closed_on", label=N_("Completed on"), also=("办结时间", "办结", "结案日期", "答复日期", "回复日期", "答复时间", "处理日期", "办理完成时间", "办理完毕日期", "办理完毕时间"), group=RESULT),
        Choice(key="satisfaction", label=N_("Satisfaction"), also=("满意情况", "评价", "满意度评价", "是否满意", "群众评价", "群众满意度"), group=RESULT, codes=codes(
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
