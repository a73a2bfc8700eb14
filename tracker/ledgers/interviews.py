"""Employers called in for a talk about a collective dispute, arrears or a hazard (约谈)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Link, Money, Names, Number, Text, codes
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore

TALK, FIRM, RESULT = N_("Talk"), N_("Unit and matter"), N_("Result")

INTERVIEWS = Ledger(
    name="interviews",
    label=N_("Talks with employers"),
    short=N_("Talks"),
    section=N_("Labour security supervision"),
    icon="interviews",
    record=N_("talk"),
    number="interview_no",
    number_pattern="{region}人社约〔{year}〕{n}号",
    day="held_on",
    columns=("interview_no", "employer", "held_on", "reason", "promised_by", "owed_amount", "workers", "officers", "project", "paid_workers", "paid_amount"),
    indexes=(("held_on", "reason"),),
    typed=(
        Number(key="interview_no", label=N_("Talk no."), also=("编号", "约谈书编号"), group=TALK, required=True, width=24),
        Day(key="held_on", label=N_("Talk held on"), also=("约谈时间", "日期", "时间"), group=TALK, required=True, carry=True),
        Text(key="place", label=N_("Place"), also=("约谈地点",), group=TALK, suggest=True, carry=True, width=20),
        Names(key="officers", label=N_("Held by"), also=("约谈人员", "约谈单位人员", "主谈人"), group=TALK, names="officers", suggest=True, carry=True, width=18, help=N_("Several names are separated by 、")),
        Text(key="departments", label=N_("Departments taking part"), also=("参与部门", "联合部门", "约谈部门"), group=TALK, suggest=True, width=20),
        Text(key="employer", label=N_("Unit called in"), also=("单位名称", "约谈对象", "约谈单位", "企业名称", "用人单位", "被约谈企业", "被约谈对象"), group=FIRM, required=True, suggest=True, names="employers", width=30),
        Names(key="attended_by", label=N_("Attended by"), also=("参加人员", "到场人", "被约谈人", "被约谈人员"), group=FIRM, width=18, help=N_("The unit's legal representative or those it sent.")),
        Text(key="project", label=N_("Construction project"), also=("项目名称", "工程名称"), group=FIRM, suggest=True, width=24),
        Choice(key="reason", label=N_("Reason of the talk"), also=("事由", "约谈原因", "原因"), group=FIRM, carry=True, width=14, codes=codes(
            ("collective", N_("Collective dispute"), ("集体争议", "集体劳动争议", "群体性争议")), ("arrears", N_("Arrears of wages"), ("拖欠工资", "欠薪项目")),
            ("hazard", N_("Hazard in labour relations"), ("劳资隐患", "风险隐患")), ("violation", N_("Breach of labour law"), ("违法用工",)),
            ("safety", N_("Duty not met"), ("履责不力", "主体责任")), ("other", N_("Other")))),
        Count(key="workers", label=N_("Workers concerned"), also=("人数", "涉及劳动者人数"), group=FIRM, unit=N_("persons")),
        Money(key="owed_amount", label=N_("Amount concerned"), also=("金额", "欠薪金额", "拖欠金额"), group=FIRM),
        Text(key="matter", label=N_("Matters and demands"), also=("约谈内容", "主要内容", "约谈事项", "约谈要求"), group=FIRM, multiline=True, width=28),
        Link(key="dispute", label=N_("Arbitration case concerned"), also=("仲裁案号",), group=FIRM, names="disputes", paired=("employer", "respondent"), width=26),
        Link(key="arrears_case", label=N_("Arrears case"), also=("欠薪案件编号",), group=FIRM, names="wage_arrears", paired=("employer", "employer"), width=24),
        Text(key="commitment", label=N_("What the unit promised"), also=("承诺事项", "单位意见", "整改承诺"), group=RESULT, multiline=True, width=24),
        Day(key="promised_by", label=N_("Promised by"), also=("承诺日期", "承诺时限", "履行期限"), group=RESULT),
        Day(key="closed_on", label=N_("Fulfilled on"), also=("办结日期", "落实日期", "整改完成日期"), group=RESULT),
        Count(key="paid_workers", label=N_("Workers paid afterwards"), also=("支付人数",), group=RESULT, unit=N_("persons"), width=10),
        Money(key="paid_amount", label=N_("Amount paid afterwards"), also=("支付金额", "已支付金额"), group=RESULT),
    ),
    rules=(
        NotBefore("promised_by", "held_on", warning=True),
        NotBefore("closed_on", "held_on", warning=True),
    ),
)  # fmt: skip
