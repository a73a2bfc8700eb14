"""Reviews of legality before something is decided, signed or issued (合法性审查、法制审核)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda
from tracker.schema.clock import Clock, Start
from tracker.schema.fields import Choice, Count, Day, Money, Names, Number, Text, codes
from tracker.schema.filters import All, Empty, Filled, Is, Not, OneOf
from tracker.schema.ledger import TIME_LIMITS, Ledger
from tracker.schema.rules import More, NotBefore, Unlikely

SUBMISSION, REVIEW, OPINION = N_("Submission"), N_("Review"), N_("Opinion")

LEGAL_REVIEWS = Ledger(
    name="legal_reviews",
    label=N_("Reviews of legality"),
    short=N_("Legal reviews"),
    section=N_("Litigation and review"),
    icon="legal_reviews",
    record=N_("legal review"),
    number="review_no",
    number_pattern="{region}人社法审〔{year}〕{n}号",
    day="received_on",
    columns=("review_no", "title", "received_on", "object", "department", "conclusion", "reviewed_on", "reviewer", "reviewer_kind", "opinions"),
    agenda=Agenda(people=("handler", "reviewer"), open=Empty("reviewed_on")),
    indexes=(("reviewed_on", "object"), ("received_on",), ("due_on",)),
    typed=(
        Number(key="review_no", label=N_("Review no."), also=("编号", "审核编号"), group=SUBMISSION, required=True, width=26),
        Day(key="received_on", label=N_("Submitted on"), also=("收到日期", "送审时间", "收件日期", "日期", "提请日期"), group=SUBMISSION, required=True, carry=True),
        Choice(key="object", label=N_("Object of review"), also=("类别", "审核对象", "审查类型", "文件类型", "审查类别"), group=SUBMISSION, required=True, carry=True, width=16, codes=codes(
            ("contract", N_("Contract or agreement"), ("合同", "协议", "政府合同", "采购合同")),
            ("normative", N_("Normative document (draft)"), ("行政规范性文件", "规范性文件草案")),
            ("draft_law", N_("Draft of a law or regulation"), ("征求意见", "法规草案", "立法征求意见", "法律法规草案")),
            ("decision", N_("Major administrative decision"), ("重大决策", "重大事项")),
            ("enforcement", N_("Major enforcement decision"), ("重大执法决定法制审核", "执法决定", "行政处罚决定")),
            ("difficult", N_("Difficult legal question"), ("疑难案件", "疑难问题")),
            ("other", N_("Other")))),
        Text(key="title", label=N_("Matter submitted"), also=("标题", "文件名称", "合同名称", "名称", "审查事项", "事项名称", "送审文件名称"), group=SUBMISSION, required=True, width=36),
        Text(key="department", label=N_("Submitted by"), also=("送审科室", "送审部门", "提请单位", "起草科室"), group=SUBMISSION, suggest=True, carry=True, width=18),
        Text(key="handler", label=N_("Drafted by"), also=("经办人", "承办人", "送审人"), group=SUBMISSION, suggest=True),
        Money(key="amount", label=N_("Value of the contract"), also=("合同标的", "金额", "标的额"), group=SUBMISSION, only_when=Is("object", "contract")),
        Choice(key="reviewer_kind", label=N_("Reviewed through"), also=("审核方式",), group=REVIEW, carry=True, codes=codes(
            ("adviser", N_("Legal adviser"), ("律师", "聘请律师", "外聘律师")), ("government_lawyer", N_("Government lawyer")),
            ("legal_section", N_("Legal section"), ("法规科", "法制科", "法制审核机构")), ("panel", N_("Panel discussion"), ("会议讨论", "论证会")))),
        Names(key="reviewer", label=N_("Reviewer"), also=("审核人", "审查人员", "审核人员"), group=REVIEW, names="officers", suggest=True, carry=True, width=16),
        Day(key="due_on", label=N_("Review by"), group=REVIEW, derived=True),
        Day(key="reviewed_on", label=N_("Opinion given on"), also=("审查日期", "审核日期", "出具日期", "审查时间"), group=OPINION),
        Choice(key="form", label=N_("Opinion given as"), also=("意见类型",), group=OPINION, only_when=Filled("reviewed_on"), codes=codes(
            ("review", N_("Review opinion"), ("审查意见书", "法制审核意见书", "合法性审查意见书")), ("difficult", N_("Opinion on a difficult question"), ("法律意见书",)),
            ("feedback", N_("Feedback on a draft"), ("反馈意见", "意见反馈")), ("oral", N_("Given in a discussion"), ("口头意见", "参与讨论")), ("other", N_("Other")))),
        Choice(key="conclusion", label=N_("Conclusion"), also=("结论", "审核结论", "审查意见"), group=OPINION, only_when=Filled("reviewed_on"), codes=codes(
            ("lawful", N_("Lawful"), ("同意", "无意见")), ("revise", N_("Lawful once revised"), ("修改完善", "应当修改")), ("unlawful", N_("Not lawful"), ("不予通过",)))),
        Count(key="opinions", label=N_("Opinions given"), also=("意见条数", "提出意见条数", "意见数"), group=OPINION, unit=N_("opinions"), width=10, only_when=Filled("reviewed_on")),
        Count(key="adopted", label=N_("Opinions adopted"), also=("采纳数", "采纳意见数"), group=OPINION, unit=N_("opinions"), width=10, only_when=Filled("reviewed_on")),
        Text(key="summary", label=N_("Main opinions"), also=("审查意见内容", "意见内容"), group=OPINION, multiline=True, width=30, only_when=Filled("reviewed_on")),
    ),
    rules=(
        NotBefore("reviewed_on", "received_on", warning=True),
        More("adopted", "opinions", N_("More opinions were adopted than given; correct one of the two.")),
        Unlikely("reviewer", All((Filled("reviewed_on"), OneOf("object", ("normative", "enforcement")), Empty("reviewer"))), N_("Nobody is named who reviewed it; who does so first must hold the legal qualification (Administrative Penalty Law, Art 58).")),
        Unlikely("reviewed_on", All((Filled("conclusion"), Empty("reviewed_on"))), N_("A conclusion is given, but not the day of the opinion.")),
    ),
    limits=(
        Count(key="normative_review_days", label=N_("Review of normative documents"), group=TIME_LIMITS, unit=N_("working days"), default=15, help=N_("5 to 15 by the guiding opinions of the State Council's office, of which the text was not read.")),
    ),
    clocks=(
        Clock(
            key="review",
            label=N_("Review of normative documents"),
            starts=(Start(field="received_on"),),
            days=15,
            days_by="normative_review_days",
            working=True,
            never=Not(Is("object", "normative")),
            stopped_by=("reviewed_on",),
            basis="《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）第三条",
            verified=False,
        ),
    ),
)  # fmt: skip
