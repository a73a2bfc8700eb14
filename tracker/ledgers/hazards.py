"""Screening of employers for hazards in labour relations, and their removal (风险隐患排查化解)."""

from tracker.i18n import N_
from tracker.schema.agenda import Agenda, Waiting
from tracker.schema.fields import Choice, Count, Day, Link, Money, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely

SCREENING, HAZARD, HANDLING, RESULT = N_("Screening"), N_("Hazard"), N_("Handling"), N_("Result")

HAZARDS = Ledger(
    name="hazards",
    label=N_("Screening and hazards in labour relations"),
    short=N_("Hazards"),
    section=N_("Labour security supervision"),
    icon="hazards",
    record=N_("hazard"),
    number="hazard_no",
    number_pattern="{region}人社患〔{year}〕{n}号",
    day="screened_on",
    columns=("hazard_no", "employer", "screened_on", "resolve_by", "resolved_on", "level", "kind", "workers", "amount", "handler", "screened"),
    agenda=Agenda(
        people=("handler",),
        open=All((Filled("level"), Empty("resolved_on"))),
        waiting=(
            Waiting(key="resolve", label=N_("Resolve the hazard"), when=All((Filled("level"), Empty("resolved_on"))), since="screened_on", by="resolve_by"),
        ),
    ),
    indexes=(("screened_on", "level", "resolved_on", "screened"), ("resolved_on", "level", "kind")),
    typed=(
        Number(key="hazard_no", label=N_("Hazard no."), also=("编号", "登记编号"), group=SCREENING, required=True, width=24),
        Day(key="screened_on", label=N_("Screened on"), also=("排查时间", "登记日期", "发现日期", "日期"), group=SCREENING, required=True, carry=True),
        Choice(key="source", label=N_("How it was found"), also=("来源", "隐患来源", "线索来源", "发现方式"), group=SCREENING, carry=True, codes=codes(
            ("patrol", N_("Grid patrol"), ("网格巡查", "网格日常巡查", "安格网格")), ("screening", N_("Concentrated screening"), ("集中排查", "专项排查")),
            ("report", N_("Reported by township or community"), ("镇街上报", "社区上报", "街道报送")), ("petition", N_("Petition or complaint"), ("信访举报", "投诉举报线索")),
            ("warning", N_("Early-warning platform"), ("预警平台", "监测预警", "大数据预警")))),
        Text(key="employer", label=N_("Unit or area screened"), also=("单位名称", "企业名称", "隐患单位", "用人单位", "涉及单位", "排查单位"), group=SCREENING, required=True, suggest=True, names="employers", width=30),
        Text(key="area", label=N_("Township or subdistrict"), also=("镇街", "所属街道", "辖区", "所在镇街", "乡镇", "所属乡镇"), group=SCREENING, suggest=True, carry=True, width=14),
        Count(key="screened", label=N_("Units screened"), also=("排查数", "排查企业数"), group=SCREENING, unit=N_("employers"), default=1, help=N_("More than one where the record stands for a batch; 0 where the unit was counted already.")),
        Choice(key="level", label=N_("Level of the hazard"), also=("风险等级", "等级", "隐患级别", "风险级别"), group=HAZARD, help=N_("Empty where the screening found nothing."), codes=codes(
            ("ordinary", N_("Ordinary hazard"), ("一般", "一般风险", "一般隐患")), ("key", N_("Key hazard"), ("重点", "重点风险隐患", "较大")), ("major", N_("Major hazard"), ("重大", "重大劳资纠纷", "重大风险")))),
        Choice(key="kind", label=N_("Kind of hazard"), also=("隐患类别", "风险类型", "类型", "隐患情况"), group=HAZARD, only_when=Filled("level"), width=14, codes=codes(
            ("arrears", N_("Arrears of wages"), ("拖欠工资", "欠薪隐患")), ("closure", N_("Closing, merging, moving"), ("关停并转迁", "关停", "搬迁")), ("layoff", N_("Layoffs"), ("规模裁员", "经济性裁员")),
            ("insurance", N_("Social insurance"), ("社保", "欠缴社保")), ("subcontracting", N_("Unlawful subcontracting"), ("违法分包", "转包")),
            ("collective", N_("Collective dispute"), ("集体争议", "群体性纠纷")), ("other", N_("Other")))),
        Text(key="project", label=N_("Construction project"), also=("项目名称", "工程名称"), group=HAZARD, suggest=True, width=20, only_when=Filled("level")),
        Count(key="workers", label=N_("Workers concerned"), also=("人数", "涉及劳动者人数"), group=HAZARD, unit=N_("persons"), only_when=Filled("level")),
        Money(key="amount", label=N_("Amount concerned"), also=("金额", "欠薪金额"), group=HAZARD, only_when=Filled("level")),
        YesNo(key="plan", label=N_("Plan of its own"), also=("一企一策", "是否一企一策"), group=HANDLING, only_when=Filled("level"), help=N_("One unit, one plan (一企一策).")),
        Text(key="handler", label=N_("Handled by"), also=("责任人", "包案人", "经办人", "包案领导"), group=HANDLING, suggest=True, carry=True),
        Day(key="resolve_by", label=N_("Resolve by"), also=("化解时限", "整改期限"), group=HANDLING, only_when=Filled("level")),
        Text(key="measures", label=N_("Measures"), also=("化解措施", "措施", "处理措施", "工作措施"), group=HANDLING, multiline=True, width=24),
        Link(key="arrears_case", label=N_("Arrears case"), group=HANDLING, names="wage_arrears", paired=("employer", "employer"), only_when=Filled("level"), width=24),
        Day(key="resolved_on", label=N_("Resolved on"), also=("化解时间", "销号日期", "办结日期"), group=RESULT, only_when=Filled("level")),
        Text(key="result", label=N_("How it was resolved"), also=("化解结果", "化解情况", "处理结果"), group=RESULT, only_when=Filled("level"), width=24),
    ),
    rules=(
        NotBefore("resolve_by", "screened_on", warning=True),
        NotBefore("resolved_on", "screened_on", warning=True),
        Unlikely("level", All((Filled("resolved_on"), Empty("level"))), N_("A hazard is resolved, but its level is not given, so no figure counts it.")),
    ),
)  # fmt: skip
