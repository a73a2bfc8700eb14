"""Reconsideration and litigation against the office, and the opinions that come with them (行政复议和行政诉讼)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Day, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is, Not, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.party import Role
from tracker.schema.rules import NotBefore, Unlikely

CASE, DEFENCE, TRIAL = N_("Case"), N_("Answer to it"), N_("Hearing and result")
OPINION = N_("Opinions received")

RECONSIDERATION, LAWSUIT = Is("kind", "reconsideration"), Is("kind", "lawsuit")
BEFORE_FILING = Is("stage", "before_filing")

LITIGATION = Ledger(
    name="litigation",
    label=N_("Administrative reconsideration and litigation"),
    short=N_("Reconsideration and litigation"),
    section=N_("Litigation and review"),
    icon="litigation",
    record=N_("administrative dispute"),
    number="case_no",
    number_pattern="{region}人社应〔{year}〕{n}号",
    day="filed_on",
    parties=(Role("applicant", "plaintiff"), Role("third", "third_party")),
    columns=("case_no", "plaintiff", "filed_on", "kind", "stage", "outcome", "closed_on", "matter", "authority", "head_attended"),
    agenda=Agenda(
        people=("handler", "counsel"),
        open=Empty("closed_on"),
        hearing="heard_on",
        waiting=(
            Waiting(key="opinion", label=N_("Answer the opinion"), when=All((Filled("opinion_on"), Empty("opinion_answered_on"))), since="opinion_on"),
        ),
    ),
    indexes=(("filed_on", "kind", "stage", "closed_on", "outcome"), ("closed_on", "outcome"), ("heard_on",), ("opinion_on",), ("reply_by",), ("defend_by",)),
    typed=(
        Number(key="case_no", label=N_("Case no."), also=("案件编号", "编号", "应诉案号", "诉讼案号", "复议案号"), group=CASE, required=True, width=26),
        Day(key="filed_on", label=N_("Case received on"), also=("收案日期", "立案日期", "收到时间", "受理日期", "日期", "立案时间"), group=CASE, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of case"), also=("类型", "案件类别"), group=CASE, required=True, carry=True, codes=codes(
            ("reconsideration", N_("Administrative reconsideration"), ("复议", "行政复议案件")), ("lawsuit", N_("Administrative litigation"), ("诉讼", "行政诉讼案件", "应诉")),
            ("opinion", N_("Opinion without a case"), ("意见书", "建议书")))),
        Choice(key="stage", label=N_("Stage"), also=("审级", "阶段", "审理阶段"), group=CASE, carry=True, help=N_("Before filing where it was settled before a case was opened."), codes=codes(
            ("before_filing", N_("Before filing"), ("诉前", "立案前调解", "诉前调解")), ("first", N_("First instance"), ("一审案件",)), ("second", N_("Second instance"), ("二审案件",)), ("retrial", N_("Retrial"), ()))),
        Names(key="plaintiff", label=N_("Plaintiff or applicant"), also=("原告", "申请人", "原告/申请人", "复议申请人", "起诉人"), group=CASE, suggest=True, width=20),
        Names(key="third_party", label=N_("Third party"), also=("第三方",), group=CASE, suggest=True, names="employers", width=24),
        Choice(key="matter", label=N_("Matter in dispute"), also=("事由", "案由", "涉案事项", "争议类型"), group=CASE, carry=True, width=14, codes=codes(
            ("work_injury", N_("Recognition of work injury"), ("工伤", "工伤认定类")), ("seniority", N_("Recognition of seniority"), ("工龄", "工龄认定类", "视同缴费年限")), ("social_insurance", N_("Social insurance"), ("社保", "养老保险")),
            ("labour_relations", N_("Labour relations"), ("劳动关系类",)), ("supervision", N_("Labour security supervision"), ("监察", "不履行监察职责")), ("penalty", N_("Administrative penalty"), ("处罚",)),
            ("permit", N_("Permit"), ("行政许可",)), ("disclosure", N_("Disclosure of information"), ("信息公开", "政府信息公开")), ("petition", N_("Answer to a petition"), ("信访答复",)), ("other", N_("Other")))),
        Text(key="act", label=N_("Act complained of"), also=("被诉行为", "行政行为", "被诉具体行政行为"), group=CASE, width=28),
        Text(key="authority", label=N_("Court or reconsideration organ"), also=("审理法院", "法院", "复议机关", "受理机关", "受理法院"), group=CASE, suggest=True, carry=True, width=24),
        Text(key="handler", label=N_("Handled by"), also=("经办人", "承办科室"), group=DEFENCE, suggest=True, carry=True),
        Text(key="counsel", label=N_("Counsel"), also=("律师", "委托代理人", "代理律师"), group=DEFENCE, suggest=True, carry=True, width=16, help=N_("The legal adviser or government lawyer who acts for the office.")),
        Day(key="copy_received_on", label=N_("Copy received on"), also=("收到起诉状日期", "收到副本时间"), group=DEFENCE, help=N_("The time to answer runs from this day.")),
        Day(key="reply_by", label=N_("Answer the reconsideration by"), group=DEFENCE, derived=True),
        Day(key="defend_by", label=N_("Answer the suit by"), group=DEFENCE, derived=True),
        Day(key="answered_on", label=N_("Answer sent on"), also=("答辩日期", "答复日期", "提交答辩日期"), group=DEFENCE),
        Day(key="heard_on", label=N_("Heard on"), also=("开庭时间", "庭审日期"), group=TRIAL),
        YesNo(key="head_attended", label=N_("Head of the office in court"), also=("负责人是否出庭", "负责人出庭", "是否负责人出庭"), group=TRIAL, only_when=Filled("heard_on")),
        Text(key="attended_by", label=N_("Appeared for the office"), also=("出庭人", "应诉人员"), group=TRIAL, only_when=Filled("heard_on"), suggest=True, width=16),
        Day(key="closed_on", label=N_("Case ended on"), also=("结案日期", "判决日期", "结案时间", "审结时间"), group=TRIAL),
        Choice(key="outcome", label=N_("Result for the office"), also=("结果", "判决结果", "裁判结果", "审理结果", "处理结果"), group=TRIAL, only_when=Filled("closed_on"), codes=codes(
            ("won", N_("Won"), ("胜", "判决驳回诉讼请求", "维持")), ("lost", N_("Lost"), ("败", "撤销", "确认违法", "责令履行")), ("withdrawn", N_("Withdrawn by the plaintiff"), ("撤诉", "原告撤诉", "原告撤回诉讼", "撤回")),
            ("mediated", N_("Settled by mediation"), ("调解", "立案前调解成功", "调解书")), ("dismissed", N_("Dismissed without trial"), ("驳回起诉", "驳回申请", "不予立案")), ("other", N_("Other")))),
        Choice(key="decision", label=N_("Reconsideration decision"), also=("复议结果",), group=TRIAL, only_when=All((RECONSIDERATION, Filled("closed_on"))), codes=codes(
            ("upheld", N_("Upheld"), ()), ("revoked", N_("Revoked"), ("撤销（部分）", "部分撤销")), ("changed", N_("Changed"), ()), ("unlawful", N_("Found unlawful"), ()), ("invalid", N_("Found invalid"), ()),
            ("ordered", N_("Ordered to act"), ("责令履行",)), ("rejected", N_("Request rejected"), ("驳回复议请求", "驳回请求", "驳回申请")), ("terminated", N_("Terminated"), ("终止复议", "撤回后终止")), ("mediated", N_("Mediation paper"), ("调解",)))),
        Choice(key="opinion", label=N_("Opinion received"), also=("意见书类型",), group=OPINION, codes=codes(
            ("reconsideration", N_("Reconsideration opinion"), ("复议意见书",)), ("judicial", N_("Judicial suggestion"), ("司法建议",)), ("procuratorial", N_("Procuratorial suggestion"), ("检察建议",)))),
        Day(key="opinion_on", label=N_("Opinion received on"), group=OPINION, only_when=Filled("opinion")),
        Day(key="opinion_answered_on", label=N_("Opinion answered on"), group=OPINION, only_when=Filled("opinion")),
    ),
    rules=(
        NotBefore("answered_on", "copy_received_on", warning=True),
        NotBefore("heard_on", "filed_on", warning=True),
        NotBefore("closed_on", "filed_on", warning=True),
        NotBefore("opinion_answered_on", "opinion_on", warning=True),
        Unlikely("outcome", All((Filled("closed_on"), Empty("outcome"), Not(Is("kind", "opinion")))), N_("The case has ended without a result.")),
        Unlikely("closed_on", All((Filled("outcome"), Empty("closed_on"))), N_("A result is given, but not the day on which the case ended.")),
        Unlikely("opinion_on", All((Filled("opinion"), Empty("opinion_on"))), N_("An opinion without the day of its receipt, so no figure counts it.")),
        Unlikely("stage", All((LAWSUIT, Empty("stage"))), N_("The instance is not given, so no figure of an instance counts the suit.")),
    ),
    events=("acceptance", "service", "hearing", "closing", "archiving", "note"),
    first_days=(("heard_on", "hearing"),),
    clocks=(
        Clock(
            key="reply",
            label=N_("Answer to reconsideration within 10 working days"),
            starts=(Start(field="copy_received_on", when=RECONSIDERATION),),
            days=10,
            working=True,
            field="reply_by",
            stopped_by=("answered_on",),
            basis="《行政复议法》第四十八条、第八十八条",
        ),
        Clock(
            key="defence",
            label=N_("Answer to a suit within 15 days"),
            starts=(Start(field="copy_received_on", when=LAWSUIT),),
            days=15,
            field="defend_by",
            stopped_by=("answered_on",),
            basis="《行政诉讼法》第六十七条",
        ),
        Clock(
            key="opinion",
            label=N_("Answer to the opinion within 60 days"),
            starts=(Start(field="opinion_on", when=Is("opinion", "reconsideration")),),
            days=60,
            field="",
            stopped_by=("opinion_answered_on",),
            basis="《行政复议法》第七十六条",
        ),
    ),
)  # fmt: skip
CORRECTED = OneOf("decision", ("revoked", "changed", "unlawful", "invalid", "ordered"))
"""Reconsideration decisions that put the office's act right (Administrative Reconsideration Law 2023, Art 63 to 67)."""
