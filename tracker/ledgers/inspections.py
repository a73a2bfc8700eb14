"""Enforcement checks, as on the 《执法检查记录单》 (执法检查)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.fields import Choice, Count, Day, Money, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled, Is, Not, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.party import Role
from tracker.schema.rules import FewerNames, NotBefore, Unlikely

CHECK, SUBJECT, RESULT = N_("Check"), N_("Checked party"), N_("Result")

INSPECTIONS = Ledger(
    name="inspections",
    label=N_("Enforcement checks"),
    short=N_("Checks"),
    section=N_("Labour security supervision"),
    icon="inspections",
    record=N_("check record"),
    number="record_no",
    number_pattern="{region}人社检〔{year}〕{n}号",
    day="checked_on",
    parties=(Role("employer", "target"),),
    columns=("record_no", "target", "checked_on", "kind", "finding", "closed_on", "officers", "campaign", "targets", "recorded"),
    agenda=Agenda(
        people=("officers",),
        open=All((OneOf("finding", ("rectify", "filed")), Empty("closed_on"))),
        waiting=(
            Waiting(key="rectify", label=N_("Check that it was rectified"), when=All((OneOf("finding", ("rectify", "filed")), Empty("closed_on"))), since="checked_on", by="rectify_by"),
        ),
    ),
    indexes=(("checked_on",), ("closed_on",)),
    matter=True,
    typed=(
        Number(key="record_no", label=N_("Record sheet no."), also=("编号", "检查编号", "记录编号", "检查单编号", "文书编号", "检查记录编号", "表单编号"), group=CHECK, required=True, width=24),
        Day(key="checked_on", label=N_("Checked on"), also=("检查日期", "执法时间", "执法日期", "日期", "巡查日期", "检查时间（年月日）", "时间"), group=CHECK, required=True, moment=True, carry=True, width=16),
        Text(key="place", label=N_("Place"), also=("检查地点", "执法地点", "地址", "单位地址", "检查地址"), group=CHECK, required=True, suggest=True, carry=True, width=24),
        Names(key="officers", label=N_("Enforcement officers"), also=("检查人员", "执法人", "监察员", "检查人", "执法人员姓名", "巡查人员", "监察员姓名"), group=CHECK, required=True, names="officers", suggest=True, carry=True, width=20, help=N_("Two or more names, separated by 、")),
        Choice(key="kind", label=N_("Kind of check"), also=("检查类别", "检查方式", "检查形式", "执法类型", "监察形式", "类型"), group=CHECK, required=True, carry=True, codes=codes(
            ("routine", N_("Routine patrol"), ("日常检查", "日常巡视检查", "巡查")), ("special", N_("Special check"), ("专项检查",)),
            ("double_random", N_("Double random"), ("双随机抽查", "双随机一公开")), ("project", N_("Construction site"), ("建筑项目", "在建项目", "在建工地", "建筑工地")),
            ("market", N_("HR market"), ("人力资源市场清理",)), ("complaint", N_("Complaint check"), ("举报投诉", "投诉核查")))),
        YesNo(key="joint", label=N_("Joint check"), also=("是否联合", "联合检查", "是否联合执法", "联合执法"), group=CHECK, carry=True),
        Text(key="departments", label=N_("Joint departments"), also=("参加部门", "配合部门", "联合单位"), group=CHECK, only_when=Is("joint", 1), suggest=True, carry=True, width=20),
        Text(key="campaign", label=N_("Campaign or batch"), also=("专项行动", "行动名称", "检查批次", "批次", "专项名称"), group=CHECK, suggest=True, carry=True, width=20, help=N_("Checks of one campaign count as one.")),
        Text(key="target", label=N_("Party checked"), also=("执法对象", "被检查单位", "单位名称", "用人单位", "企业名称", "被检查对象", "检查单位", "检查单位名称", "受检单位", "被检查单位名称", "公司名称"), group=SUBJECT, required=True, suggest=True, names="employers", width=28),
        Count(key="targets", label=N_("Parties counted"), also=("户数", "检查户数", "检查户次", "家次"), group=SUBJECT, unit=N_("parties"), minimum=1, default=1, help=N_("More than one where the record stands for a batch.")),
        Text(key="items", label=N_("Matters checked"), also=("检查事项", "检查内容", "执法内容", "检查项目", "检查事项（内容）"), group=SUBJECT, required=True, suggest=True, carry=True, width=24),
        YesNo(key="recorded", label=N_("Recorded throughout"), also=("是否全过程记录", "执法记录", "执法全过程记录"), group=SUBJECT, carry=True, help=N_("By body camera or audio.")),
        Choice(key="finding", label=N_("Finding"), also=("检查情况", "结果", "检查结论", "检查处理结果", "处理意见", "检查处理意见", "发现问题"), group=RESULT, codes=codes(
            ("none", N_("No problem found"), ("无问题", "未发现", "未发现违法行为", "合格")), ("rectify", N_("Ordered to rectify"), ("限期改正", "责令限期改正", "责令整改", "限期整改", "责令限期整改")), ("filed", N_("Case filed"), ("立案查处",)))),
        Count(key="contracts_signed", label=N_("Contracts signed afterwards"), also=("补签劳动合同", "补签合同数", "补签劳动合同份数", "补签合同", "督促补签合同"), group=RESULT, unit=N_("contracts"), width=10),
        Count(key="workers", label=N_("Workers concerned"), also=("人数", "涉及劳动者人数", "职工人数"), group=RESULT, unit=N_("persons")),
        Money(key="recovered_amount", label=N_("Wages recovered by the check"), also=("追发工资", "补发工资", "追回金额", "补发金额", "追发工资金额"), group=RESULT),
        Day(key="rectify_by", label=N_("Rectify by"), also=("整改时限", "限改日期", "责令改正期限", "限期整改日期"), group=RESULT, only_when=OneOf("finding", ("rectify", "filed"))),
        Day(key="closed_on", label=N_("Rectified on"), also=("整改完成时间", "整改日期", "复查日期", "办结日期"), group=RESULT, only_when=OneOf("finding", ("rectify", "filed"))),
    ),
    rules=(
        FewerNames("officers", 2, N_("Fewer than two officers; a check needs at least two (Labour Security Supervision Regulations, Art 16).")),
        NotBefore("rectify_by", "checked_on", warning=True),
        NotBefore("closed_on", "checked_on", warning=True),
        Unlikely("joint", All((Filled("departments"), Not(Is("joint", 1)))), N_("Departments are named, but the check is not marked as joint.")),
    ),
)  # fmt: skip
