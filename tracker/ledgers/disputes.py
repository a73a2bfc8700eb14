"""Labour and personnel disputes brought to arbitration (劳动人事争议仲裁案件)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.clock import Clock, Start, Variant
from tracker.schema.fields import Choice, Choices, Count, Day, Link, Money, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, AtLeast, Empty, Filled, Is, Not, OneOf
from tracker.schema.ledger import LIMITS, TIME_LIMITS, Ledger
from tracker.schema.likeness import Likeness
from tracker.schema.party import Role
from tracker.schema.rules import Excludes, Limited, Needs, NotBefore, OnlyWith, Unlikely
from tracker.schema.tables import CAUSES

APPLICATION, PARTIES, CLAIM = N_("Application"), N_("The parties"), N_("Claim")
HEARING, CLOSING = N_("Tribunal and hearing"), N_("Closing")

AWARDED = OneOf("closing_method", ("final_award", "award"))
COLLECTIVE = AtLeast("workers", 10)


DISPUTES = Ledger(
    name="disputes",
    label=N_("Labour dispute arbitration cases"),
    short=N_("Disputes"),
    section=N_("Dispute resolution"),
    icon="disputes",
    record=N_("dispute"),
    number="case_no",
    number_pattern="{region}劳人仲字〔{year}〕第{n}号",
    day="applied_on",
    parties=(Role("applicant", "applicant"), Role("respondent", "respondent"), Role("third")),
    columns=("case_no", "applicant", "respondent", "accepted_on", "due_on", "closing_method", "closed_on", "cause", "arbitrator", "settled_amount", "applied_on"),
    agenda=Agenda(
        people=("arbitrator", "clerk"),
        open=All((Empty("closed_on"), Empty("refused_on"))),
        hearing="heard_on",
        waiting=(
            Waiting(key="decide", label=N_("Decide whether to accept"), when=All((Empty("accepted_on"), Empty("refused_on"), Empty("closed_on"))), since="applied_on"),
            Waiting(key="hear", label=N_("Set the day of the hearing"), when=All((Filled("accepted_on"), Empty("heard_on"), Empty("closed_on"))), since="accepted_on"),
            Waiting(key="archive", label=N_("Archive the closed case"), when=All((Filled("closed_on"), Empty("archived_on"))), since="closed_on"),
        ),
    ),
    indexes=(
        ("applied_on",),
        ("refused_on",),
        ("due_on",),
        # The columns that figures of these days read lie in the index: a year's figures then never touch the table.
        ("accepted_on", "closed_on", "cause", "workers", "channel", "claim_amount"),
        ("closed_on", "accepted_on", "closing_method", "due_on", "award_result", "hearing_session", "settled_amount"),
        ("heard_on", "hearing_mode", "accepted_on"),
    ),
    alike=(Likeness(fields=("applicant", "respondent"), where=All((Empty("closed_on"), Empty("refused_on"))), note=N_("An open case of this applicant against this respondent: {number}, filed on {day}")),),
    matter=True,
    typed=(
        Number(key="case_no", label=N_("Case no."), also=("案件编号", "仲裁案号", "案件号", "案号（编号）", "立案编号", "立案号", "受理编号", "受理案号", "文书编号", "编号", "案件文号", "劳动仲裁案号"), group=APPLICATION, required=True, width=30),
        Day(key="applied_on", label=N_("Applied on"), also=("收案日期", "收件日期", "收到申请日期", "申请时间", "收案时间", "收件时间", "申请仲裁日期", "申请仲裁时间", "递交日期", "登记日期", "收到日期", "来件日期", "申诉日期", "接收日期", "提交日期"), group=APPLICATION, required=True, carry=True),
        Day(key="accepted_on", label=N_("Accepted on"), also=("立案日期", "立案时间", "受理时间", "立案受理日期", "立案受理时间", "决定受理日期", "受理立案时间", "受案日期", "受案时间"), group=APPLICATION, carry=True, help=N_("The 45 days run from this day.")),
        Day(key="refused_on", label=N_("Refused on"), also=("不予受理时间", "不受理日期", "不予受理决定日期", "不予受理通知日期"), group=APPLICATION),
        Choice(key="channel", label=N_("Filed by"), also=("案件来源", "来源", "申请方式", "申请途径", "受理渠道", "立案方式", "立案渠道", "收案方式", "来源渠道"), group=APPLICATION, prefill="onsite", carry=True, codes=codes(
            ("onsite", N_("In person"), ("现场申请",)), ("online", N_("Online"), ("网上申请", "网络")),
            ("mail", N_("By post")), ("referral", N_("Referred"), ("转交", "法院委派")))),
        Names(key="applicant", label=N_("Applicant"), also=("申诉人", "申请人姓名", "劳动者", "劳动者姓名", "申请方", "申请人名称", "申请人（姓名）", "原告", "职工姓名", "姓名", "投诉人", "申请人（劳动者）"), group=PARTIES, required=True, suggest=True, width=20, help=N_("Several names are separated by 、")),
        Choice(key="applicant_kind", label=N_("Applicant is"), also=("申请人类型", "申请人性质", "申请主体", "申请人身份"), group=PARTIES, default="worker", codes=codes(
            ("worker", N_("Worker"), ("职工", "个人")), ("employer", N_("Employer"), ("单位", "企业")))),
        Names(key="respondent", label=N_("Respondent"), also=("被诉人", "被申诉人", "被申请人名称", "用人单位", "用人单位名称", "被申请单位", "单位名称", "被申请方", "被诉单位", "企业名称", "公司名称", "单位", "被申请人（用人单位）", "被告", "用工单位", "被申请人姓名"), group=PARTIES, required=True, suggest=True, names="employers", width=30, help=N_("Several names are separated by 、")),
        Count(key="workers", label=N_("Workers involved"), also=("人数", "涉案人数", "涉及人数", "劳动者人数", "当事人人数", "案件人数", "申请人数", "申请人人数", "涉及劳动者", "劳动者当事人数", "人数（集体）", "集体人数"), group=PARTIES, unit=N_("persons"), minimum=1, default=1, heads_of="applicant", help=N_("From 10 on it is a collective dispute.")),
        Choices(key="cause", label=N_("Causes"), also=("争议原因", "争议类型", "案件类型", "案由类别", "争议事项", "争议类别", "案件案由", "纠纷类型", "争议案由", "仲裁事由", "案件类别", "诉求类型"), group=CLAIM, width=18, codes=CAUSES, help=N_("The first is the main one.")),
        Money(key="claim_amount", label=N_("Amount claimed"), also=("标的额", "标的", "申请金额", "涉案金额", "争议金额", "诉求金额", "请求金额", "涉案标的", "标的金额", "案件标的", "申请标的", "仲裁标的", "争议标的", "诉请金额", "申请标的金额", "涉及金额", "总标的"), group=CLAIM),
        Choice(key="procedure", label=N_("Procedure"), also=("审理程序", "处理程序", "仲裁程序", "适用程序", "审理方式", "组庭方式", "程序类型"), group=CLAIM, prefill="ordinary", codes=codes(
            ("ordinary", N_("Ordinary procedure"), ("普通程序",)), ("simplified", N_("Simplified procedure"), ("简易程序", "简易处理")),
            ("expedited", N_("Expedited procedure"), ("速裁程序",)))),
        Text(key="arbitrator", label=N_("Arbitrator"), also=("承办人", "经办", "承办", "承办仲裁员", "主办仲裁员", "首席仲裁员", "主审", "经办人", "办案人", "独任仲裁员", "主办人", "承办人员", "审理人", "承办人姓名"), group=HEARING, suggest=True, carry=True),
        Text(key="clerk", label=N_("Court clerk"), also=("记录员", "书记", "记录人", "办案秘书"), group=HEARING, suggest=True, carry=True),
        Link(key="organisation", label=N_("Paired mediation body"), also=("调解组织", "对接调解机构"), group=HEARING, names="organisations", paired=("arbitrator", "arbitrator"), width=20),
        Day(key="heard_on", label=N_("Heard on"), also=("开庭时间", "庭审日期", "庭审时间", "审理日期", "审理时间", "首次开庭日期", "开庭"), group=HEARING),
        Choice(key="hearing_session", label=N_("Hearing session"), also=("开庭时段", "庭审类型"), group=HEARING, only_when=Filled("heard_on"), codes=codes(
            ("regular", N_("Regular hours")), ("evening", N_("Evening session"), ("夜间庭审",)), ("weekend", N_("Weekend session"), ("周末庭审",)),
            ("default", N_("24-hour default hearing"), ("缺席速裁",)))),
        Choice(key="hearing_mode", label=N_("Hearing mode"), also=("开庭方式", "审理形式", "庭审形式", "开庭形式"), group=HEARING, only_when=Filled("heard_on"), codes=codes(
            ("onsite", N_("In the courtroom"), ("现场庭审",)), ("digital", N_("Digital hearing"), ("线上", "线上庭审", "网上庭审")))),
        Count(key="suspended_days", label=N_("Days suspended or announced"), also=("中止天数", "扣除天数", "公告天数", "扣除审限天数"), group=HEARING, unit=N_("days"), width=10),
        YesNo(key="extended", label=N_("Extension approved"), also=("是否延期", "延期", "是否延长", "延长审限", "延期审理", "是否延长审限"), group=HEARING, help=N_("Adds 15 days.")),
        Day(key="due_on", label=N_("Due on"), group=HEARING, derived=True),
        Day(key="closed_on", label=N_("Closed on"), also=("结案时间", "审结日期", "审结时间", "办结日期", "办结时间", "结案"), group=CLOSING),
        Choice(key="closing_method", label=N_("Closed by"), also=("结案形式", "处理结果", "处理方式", "结案方法", "办结方式", "审理结果", "结案类型", "结案情况", "案件结果", "处理情况", "审结方式", "仲裁结果", "结案结果", "处理形式"), group=CLOSING, width=14, unsure=("裁决", "仲裁裁决"), codes=codes(
            ("mediation", N_("Mediation"), ("仲裁调解", "调解结案", "调解书")), ("final_award", N_("Final award"), ("一裁终局", "终局")),
            ("award", N_("Award, not final"), ("裁决", "仲裁裁决", "非终局")), ("withdrawal", N_("Withdrawal"), ("撤回", "撤诉", "撤回仲裁申请")),
            ("deemed_withdrawal", N_("Deemed withdrawn"), ("按撤诉处理", "视为撤回")), ("transfer", N_("Transfer of jurisdiction"), ("移送",)),
            ("termination", N_("Terminated"), ("终止审理", "终止仲裁")), ("cancelled", N_("Case cancelled"), ("撤案", "撤销")), ("other", N_("Other")))),
        Choice(key="award_result", label=N_("Award in favour of"), also=("裁决情况", "胜诉情况", "裁决胜负", "胜诉方"), group=CLOSING, only_when=AWARDED, codes=codes(
            ("worker", N_("Worker prevailed"), ("劳动者胜诉", "劳动者全部胜诉")), ("employer", N_("Employer prevailed"), ("用人单位胜诉", "单位胜诉")),
            ("partial", N_("Partly each"), ("双方部分胜诉", "部分胜诉")))),
        Money(key="settled_amount", label=N_("Amount settled"), also=("结案标的", "结案标的额", "裁决金额", "调解金额", "支付金额", "裁决（调解）金额", "裁调金额", "调解裁决金额", "裁决标的", "实际金额", "结案涉及金额", "挽回金额", "给付金额"), group=CLOSING, only_when=Filled("closed_on")),
        YesNo(key="mixed", label=N_("Final and other items in one award"), group=CLOSING, only_when=Is("closing_method", "final_award"), help=N_("In some provinces such an award is not final; see the settings.")),
        Day(key="sued_on", label=N_("Sued on"), also=("起诉时间", "诉讼日期", "提起诉讼日期"), group=CLOSING, only_when=AWARDED),
        Day(key="archived_on", label=N_("Archived on"), also=("归档时间", "立卷日期", "归档"), group=CLOSING, only_when=Filled("closed_on")),
    ),
    rules=(
        NotBefore("accepted_on", "applied_on"),
        Excludes("refused_on", "accepted_on"),
        NotBefore("closed_on", "accepted_on"),
        Needs("closed_on", "closing_method"),
        Needs("closing_method", "closed_on"),
        OnlyWith("award_result", AWARDED),
        NotBefore("refused_on", "applied_on", warning=True),
        NotBefore("heard_on", "accepted_on", warning=True),
        NotBefore("closed_on", "heard_on", warning=True),
        NotBefore("sued_on", "closed_on", warning=True),
        NotBefore("archived_on", "closed_on", warning=True),
        Unlikely("accepted_on", All((Filled("closed_on"), Not(Filled("accepted_on")))), N_("The case is closed but was never accepted, so no figure counts it; fill in the day of acceptance.")),
        Unlikely("extended", All((Is("extended", 1), Not(Filled("accepted_on")))), N_("An extension without a day of acceptance has no effect.")),
        Limited("settled_amount", "settled_amount", "minimum_wage", Is("closing_method", "final_award"), N_("More than twelve months of the local minimum wage, the most of a final award for each item (Mediation and Arbitration Law, Art 47); right if several items add up to it."), times=12, beyond=True),
    ),
    limits=(
        Money(key="minimum_wage", label=N_("Monthly minimum wage"), group=LIMITS, help=N_("A final award is at most twelve months of it for each item (Mediation and Arbitration Law, Art 47).")),
        Count(key="simplified_days", label=N_("Award in the simplified procedure"), group=TIME_LIMITS, unit=N_("days"), help=N_("Zhejiang: 30 (Regulations of 2020, Art 39). Empty where the 45 days hold.")),
        YesNo(key="mixed_not_final", label=N_("An award with final and other items is not final"), group=TIME_LIMITS, default=0, help=N_("Zhejiang: yes (Regulations of 2020, Art 37). Elsewhere they are two awards.")),
    ),
    events=("acceptance", "supplement", "service", "hearing", "suspension", "announcement", "added_party", "changed_claim", "counterclaim", "transferred_in", "extension", "appraisal", "closing", "archiving", "note"),
    first_days=(("heard_on", "hearing"), ("archived_on", "archiving")),
    dated=(("closing_method", "closed_on"), ("award_result", "closed_on")),
    clocks=(
        Clock(
            key="award",
            label=N_("Award within 45 days"),
            starts=(Start(field="accepted_on"),),
            days=45,
            extension=("extended", 15),
            approvals="extension",
            excluded="suspended_days",
            spans=("suspension", "announcement"),
            restarts=("added_party", "changed_claim", "counterclaim", "transferred_in"),
            variants=(Variant(when=Is("procedure", "simplified"), setting="simplified_days", label=N_("Award in the simplified procedure")),),
            basis="《劳动争议调解仲裁法》第四十三条；《劳动人事争议仲裁办案规则》第四十五条、第四十六条",
        ),
        Clock(
            key="acceptance",
            label=N_("Accept or refuse within 5 working days"),
            starts=(Start(field="applied_on"),),
            days=5,
            working=True,
            restarts=("supplement",),
            field="",
            stopped_by=("accepted_on", "refused_on", "closed_on"),
            basis="《劳动争议调解仲裁法》第二十九条；《劳动人事争议仲裁办案规则》第三十条、第三十一条",
        ),
        Clock(
            key="copy",
            label=N_("Copy to the respondent within 5 working days"),
            starts=(Start(event="acceptance"),),
            days=5,
            working=True,
            field="",
            ended_by=("service",),
            basis="《劳动争议调解仲裁法》第三十条",
        ),
        Clock(
            key="tribunal",
            label=N_("Tell the parties their tribunal within 5 working days"),
            starts=(Start(event="acceptance"),),
            days=5,
            working=True,
            never=Filled("arbitrator"),
            field="",
            ended_by=("hearing",),
            basis="《劳动争议调解仲裁法》第三十二条",
        ),
        Clock(
            key="hearing_notice",
            label=N_("Hearing notice 5 working days before the hearing"),
            starts=(Start(event="hearing", last=True),),
            days=5,
            working=True,
            backward=True,
            field="",
            ended_by=("service",),
            basis="《劳动争议调解仲裁法》第三十五条",
        ),
        Clock(
            key="sue",
            label=N_("The party's time to sue: 15 days from service"),
            starts=(Start(event="service", since="closed_on", last=True, when=AWARDED),),
            days=15,
            lapses=True,
            field="",
            stopped_by=("sued_on",),
            basis="《劳动争议调解仲裁法》第四十八条、第五十条",
        ),
        Clock(
            key="set_aside",
            label=N_("The employer's time to have the award set aside: 30 days from service"),
            starts=(Start(event="service", since="closed_on", last=True, when=Is("closing_method", "final_award")),),
            days=30,
            never_by=(Is("mixed", 1), "mixed_not_final"),
            lapses=True,
            field="",
            stopped_by=("sued_on",),
            basis="《劳动争议调解仲裁法》第四十九条",
        ),
    ),
)  # fmt: skip
