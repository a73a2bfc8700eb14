"""Administrative penalties and handling decisions of labour security supervision (行政处罚和处理决定)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import (
    Choice,
    Choices,
    Count,
    CreditCode,
    Day,
    Link,
    Money,
    Names,
    Number,
    Text,
    codes,
)
from tracker.schema.filters import All, AnyOf, Empty, Filled, HasCode, Is, Not, OneOf
from tracker.schema.ledger import LIMITS, Ledger
from tracker.schema.party import Role
from tracker.schema.rules import FewerNames, Limited, NotBefore, Unlikely, WithinWorkdays

CASE, PARTY, FACTS = N_("Case"), N_("Party"), N_("Facts and basis")
DECISION, CARRYING_OUT = N_("Decision made"), N_("Service, publication, performance")

PENALTY = OneOf("kind", ("penalty", "unlawful_claim"))
TO_PUBLISH = All((PENALTY, Not(Is("procedure", "summary"))))
"""Penalties of the ordinary procedure; those imposed on the spot are not made public on credit websites."""
UNREVIEWED = N_(
    "No legal review, although the amount reaches the office's threshold (Administrative Penalty Law, Art 58); enter the day of the review."
)

PENALTIES = Ledger(
    name="penalties",
    label=N_("Administrative penalties and handling decisions"),
    short=N_("Penalties"),
    section=N_("Labour security supervision"),
    icon="penalties",
    record=N_("penalty"),
    number="decision_no",
    number_pattern="{region}人社监罚〔{year}〕{n}号",
    day="filed_on",
    parties=(Role("employer", "party"),),
    columns=("decision_no", "party", "filed_on", "due_on", "decided_on", "kind", "violation", "amount", "reviewed_on", "publish_by", "published_on"),
    agenda=Agenda(
        people=("officers",),
        open=AnyOf((Empty("decided_on"), All((Filled("pay_by"), Empty("performed_on"), Empty("enforcement_on"))))),
        hearing="hearing_on",
        waiting=(
            Waiting(key="serve", label=N_("Serve the decision"), when=All((Filled("decided_on"), Empty("served_on"))), since="decided_on"),
            Waiting(key="publish", label=N_("Publish the decision"), when=All((TO_PUBLISH, Filled("decided_on"), Empty("published_on"))), since="decided_on", by="publish_by"),
            Waiting(key="perform", label=N_("See to it that it is performed"), when=All((Filled("pay_by"), Empty("performed_on"), Empty("enforcement_on"))), since="decided_on", by="pay_by"),
        ),
    ),
    indexes=(("decided_on", "kind", "party_kind", "amount"), ("filed_on",), ("published_on",), ("due_on",), ("publish_by",), ("hearing_on",)),
    typed=(
        Number(key="decision_no", label=N_("Decision no."), also=("文号", "处罚决定书文号", "行政处罚决定书文号", "决定书编号", "案号", "处罚文号", "处罚决定书编号", "编号"), group=CASE, required=True, width=26, help=N_("Until the decision is made, the number of the case.")),
        Day(key="filed_on", label=N_("Filed on"), also=("立案时间", "受理日期"), group=CASE, required=True, carry=True, help=N_("The 90 days run from this day.")),
        Choice(key="kind", label=N_("Kind of decision"), also=("类别", "决定类型", "案件类型"), group=CASE, required=True, carry=True, width=16, codes=codes(
            ("penalty", N_("Administrative penalty"), ("处罚", "行政处罚决定")), ("handling", N_("Handling decision"), ("处理决定", "行政处理")),
            ("unlawful_claim", N_("Penalty for unlawful wage claims"), ("违法讨薪", "违法讨薪处罚", "恶意讨薪处罚")), ("coercion", N_("Administrative coercion"), ("强制", "行政强制措施")))),
        Choice(key="procedure", label=N_("Procedure of the decision"), also=("程序", "适用程序"), group=CASE, prefill="ordinary", codes=codes(
            ("ordinary", N_("Ordinary procedure"), ("普通程序", "一般程序")), ("summary", N_("Summary procedure"), ("简易程序", "当场处罚")))),
        Names(key="officers", label=N_("Enforcement officers"), also=("办案人员", "承办人", "执法人", "承办人员"), group=CASE, names="officers", suggest=True, carry=True, width=18, help=N_("Two or more names, separated by 、")),
        Link(key="inspection", label=N_("From the check"), group=CASE, names="inspections", paired=("party", "target"), width=22),
        Link(key="arrears_case", label=N_("Arrears case"), group=CASE, names="wage_arrears", paired=("party", "employer"), width=22),
        Choice(key="party_kind", label=N_("Party is"), also=("当事人类别", "相对人类型", "行政相对人类别"), group=PARTY, default="enterprise", carry=True, codes=codes(
            ("enterprise", N_("Unit"), ("企业", "法人", "用人单位", "法人或其他组织")), ("person", N_("Individual person"), ("自然人", "公民")))),
        Text(key="party", label=N_("Party penalised"), also=("被处罚单位", "被处罚人", "单位名称", "当事人名称", "处罚对象", "行政相对人", "被处罚单位（人）", "被处罚当事人", "行政相对人名称", "企业名称", "用人单位"), group=PARTY, required=True, suggest=True, names="employers", width=30),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), also=("信用代码", "社会信用代码", "统一信用代码", "机构代码"), group=PARTY, only_when=Is("party_kind", "enterprise")),
        Text(key="representative", label=N_("Legal representative"), also=("法人", "法人代表", "法定代表人姓名", "负责人"), group=PARTY, only_when=Is("party_kind", "enterprise")),
        Choice(key="violation", label=N_("Breach"), also=("违法行为", "违法行为类型", "案由", "违法类别"), group=FACTS, carry=True, width=16, codes=codes(
            ("rules", N_("Work rules"), ("规章制度", "内部劳动保障规章制度")), ("contract", N_("Labour contracts"), ("订立劳动合同",)), ("child", N_("Child labour"), ("使用童工",)),
            ("women_minors", N_("Women and minors"), ("女职工和未成年工", "女职工、未成年工")), ("hours", N_("Working hours and leave"), ("工作时间", "休息休假", "超时加班")),
            ("wages", N_("Wages and minimum wage"), ("拖欠工资", "工资支付", "克扣工资", "最低工资")), ("insurance", N_("Social insurance"), ("社保", "未参加社会保险")),
            ("agency", N_("Job agency and training"), ("职业中介", "人力资源服务", "技能培训")), ("dispatch", N_("Labour dispatch"), ("派遣",)),
            ("obstruction", N_("Obstructing supervision"), ("阻挠监察", "拒不配合", "不改正")), ("union", N_("Trade union rights"), ()),
            ("order", N_("Disturbing order by wage claims"), ("违法讨薪", "扰乱秩序")), ("other", N_("Other")))),
        Text(key="facts", label=N_("Facts"), also=("违法事实和证据", "主要违法事实", "案情"), group=FACTS, multiline=True, width=28),
        Text(key="basis", label=N_("Legal basis"), also=("处罚依据", "法律依据"), group=FACTS, suggest=True, width=28),
        Link(key="power", label=N_("Power used"), group=FACTS, names="powers", width=28, help=N_("The item of the list of powers that was exercised.")),
        Choices(key="measures", label=N_("Kinds of penalty"), also=("处罚种类（措施）", "处罚类别", "处罚方式", "处理措施"), group=DECISION, width=16, only_when=PENALTY, codes=codes(
            ("warning", N_("Warning"), ()), ("notice", N_("Notice of criticism"), ()), ("fine", N_("Fine"), ()), ("confiscation", N_("Confiscation"), ("没收违法所得", "没收非法财物")),
            ("suspension", N_("Permit suspended"), ("暂扣许可证", "降低资质等级")), ("revocation", N_("Permit revoked"), ("吊销许可证",)),
            ("restriction", N_("Restricted or closed"), ("责令停产停业", "责令关闭", "限制从业")), ("detention", N_("Detention"), ("拘留",)), ("other", N_("Other")))),
        Count(key="workers", label=N_("Workers concerned"), also=("人数", "涉及劳动者人数"), group=DECISION, unit=N_("persons")),
        Money(key="amount", label=N_("Amount of the decision"), also=("罚款金额", "处罚金额", "罚款数额", "金额", "罚款", "处罚金额（元）"), group=DECISION, help=N_("The fine, or what the handling decision orders to be paid.")),
        Day(key="due_on", label=N_("Decide by"), group=DECISION, derived=True),
        Day(key="hearing_on", label=N_("Hearing held on"), also=("听证时间",), group=DECISION),
        Day(key="reviewed_on", label=N_("Legal review done on"), also=("审核日期", "法核日期"), group=DECISION, help=N_("Required from the office's thresholds on.")),
        Text(key="reviewer", label=N_("Reviewed by"), also=("法制审核人", "审核人员"), group=DECISION, suggest=True),
        Day(key="decided_on", label=N_("Day of the decision"), also=("决定时间", "处罚决定日期", "处罚日期", "作出决定日期", "处罚时间", "决定书日期"), group=DECISION),
        Day(key="served_on", label=N_("Served on"), also=("送达时间",), group=CARRYING_OUT, only_when=Filled("decided_on")),
        Day(key="publish_by", label=N_("Publish by"), group=CARRYING_OUT, derived=True),
        Day(key="published_on", label=N_("Published on"), also=("公示时间", "公布日期"), group=CARRYING_OUT, only_when=Filled("decided_on")),
        Day(key="pay_by", label=N_("Perform by"), also=("缴款期限", "履行截止日期"), group=CARRYING_OUT, only_when=Filled("decided_on")),
        Day(key="performed_on", label=N_("Performed on"), also=("缴款日期", "履行时间", "执行日期", "结案日期"), group=CARRYING_OUT, only_when=Filled("decided_on")),
        Day(key="enforcement_on", label=N_("Court enforcement sought on"), also=("申请执行日期", "强制执行日期"), group=CARRYING_OUT, only_when=Filled("decided_on")),
    ),
    limits=(
        Money(key="review_person", label=N_("Legal review: penalty on a person"), group=LIMITS, default=1_000_00, help=N_("From this amount on a legal review is due before the decision.")),
        Money(key="review_enterprise", label=N_("Legal review: penalty on a unit"), group=LIMITS, default=30_000_00, help=N_("From this amount on a legal review is due before the decision.")),
    ),
    rules=(
        FewerNames("officers", 2, N_("Fewer than two officers; enforcement needs at least two (Administrative Penalty Law, Art 42).")),
        Limited("reviewed_on", "amount", "review_person", All((PENALTY, Is("party_kind", "person"), Empty("reviewed_on"))), UNREVIEWED),
        Limited("reviewed_on", "amount", "review_enterprise", All((PENALTY, Is("party_kind", "enterprise"), Empty("reviewed_on"))), UNREVIEWED),
        NotBefore("decided_on", "filed_on", warning=True),
        NotBefore("decided_on", "reviewed_on", warning=True),
        NotBefore("served_on", "decided_on", warning=True),
        NotBefore("published_on", "decided_on", warning=True),
        WithinWorkdays("published_on", "decided_on", 7, N_("Not published within seven working days of the decision (publication of permits and penalties)."), due=TO_PUBLISH),
        WithinWorkdays("served_on", "decided_on", 7, N_("Served more than seven working days after the decision (Administrative Penalty Law, Art 61).")),
        Unlikely("decided_on", All((Filled("published_on"), Empty("decided_on"))), N_("Published, but the day of the decision is not given, so no figure counts it.")),
    ),
    events=("service", "hearing", "announcement", "appraisal", "closing", "archiving", "note"),
    dated=(("measures", "decided_on"),),
    clocks=(
        Clock(
            key="decision",
            label=N_("Decision within 90 days"),
            starts=(Start(field="filed_on", when=PENALTY),),
            days=90,
            stopped_by=("decided_on",),
            basis="《行政处罚法》第六十条",
        ),
        Clock(
            key="publication",
            label=N_("Publication within 7 working days"),
            starts=(Start(field="decided_on", when=TO_PUBLISH),),
            days=7,
            working=True,
            field="publish_by",
            stopped_by=("published_on",),
            basis="行政许可和行政处罚等信用信息“双公示”；《行政处罚法》第四十八条",
        ),
        Clock(
            key="service",
            label=N_("Service of the decision within 7 working days"),
            starts=(Start(field="decided_on", when=PENALTY),),
            days=7,
            working=True,
            field="",
            stopped_by=("served_on", "performed_on", "enforcement_on"),
            ended_by=("service",),
            basis="《行政处罚法》第六十一条、第八十五条",
        ),
        Clock(
            key="payment",
            label=N_("Payment of the fine within 15 days of service"),
            starts=(Start(field="served_on", when=All((PENALTY, HasCode("measures", "fine"), Empty("pay_by")))),),
            days=15,
            field="",
            stopped_by=("performed_on", "enforcement_on"),
            basis="《行政处罚法》第六十七条",
        ),
        Clock(
            key="hearing_notice",
            label=N_("Notice 7 working days before the hearing"),
            starts=(Start(event="hearing", last=True),),
            days=7,
            working=True,
            backward=True,
            field="",
            stopped_by=("decided_on",),
            ended_by=("service",),
            basis="《行政处罚法》第六十四条、第八十五条",
        ),
    ),
)  # fmt: skip
