"""Any other figure that a report quotes and no ledger holds, with its source (数据登记)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Number, Text, codes
from tracker.schema.ledger import Ledger

FIGURE, ORIGIN = N_("Tally"), N_("Source of the tally")

SUBJECTS = codes(
    ("body_cameras", N_("Body cameras"), ("记录仪",)),
    ("recorders_required", N_("Recording devices required")),
    ("recorders_held", N_("Recording devices held"), ("音像记录装备",)),
    ("inspections_unannounced", N_("Unannounced inspections of service"), ("暗访",)),
    ("rectification_notices", N_("Notices to rectify (service)"), ("下达整改通知书",)),
    ("meetings_notified", N_("Circulated at meetings")),
    ("talks_main", N_("Talks on main responsibility"), ("领导班子成员主体责任定期约谈",)),
    ("talks_oversight", N_("Talks on oversight responsibility"), ("纪检组监督责任定期约谈",)),
    ("talks_integrity", N_("Talks on integrity before appointment"), ("廉政谈话",)),
    ("reports_integrity", N_("Reports on duty and integrity")),
    ("criticism", N_("Criticism and self-criticism")),
    ("talks_inquiry", N_("Talks and letters of inquiry")),
    ("discipline_reports", N_("Discipline: reports received"), ("信访举报",)),
    ("discipline_checked", N_("Discipline: first checks"), ("初核",)),
    ("discipline_filed", N_("Discipline: cases filed")),
    ("discipline_warned", N_("Discipline: administrative warnings")),
    ("discipline_party", N_("Discipline: serious warnings in the Party")),
    ("discipline_admonished", N_("Discipline: admonitory talks")),
    ("discipline_circulated", N_("Discipline: circulated criticism")),
    ("discipline_written", N_("Discipline: written self-examination")),
    ("discipline_talks", N_("Discipline: talks about the work")),
    ("discipline_clues", N_("Discipline: major clues sent on")),
    ("text_messages", N_("Text messages"), ("发送短信",)),
    ("calls", N_("Calls made"), ("智能外呼", "外呼电话")),
    ("robot_services", N_("Served by robot"), ("智能机器人服务",)),
    ("qr_codes", N_("QR codes"), ("维权二维码",)),
    ("leaflets", N_("Leaflets"), ("宣传折页",)),
    ("posters", N_("Posters"), ("宣传海报",)),
    ("handbooks", N_("Handbooks"), ("宣传手册",)),
    ("hearing_viewers", N_("Viewers of hearings"), ("观摩庭审", "庭审观摩")),
    ("likes", N_("Likes")),
    ("hotlines", N_("Hotline numbers")),
    ("centres", N_("Centres visited"), ("中心",)),
    ("sub_centres", N_("Branch centres visited"), ("分中心",)),
    ("towns", N_("Towns and streets visited"), ("镇街",)),
    ("service_points", N_("Service points"), ("网点",)),
    ("months_saved", N_("Months by which rights cases got shorter"), ("维权周期缩短",)),
    ("social_insurance", N_("Social insurance (other offices)"), ("社保数据",)),
    ("other", N_("Other")),
)
"""What the reports quote beside the ledgers; an office adds its own."""

TALLIES = Ledger(
    name="tallies",
    label=N_("Tallies of other figures"),
    short=N_("Tallies"),
    section=N_("Registers"),
    icon="tallies",
    record=N_("tally"),
    number="tally_no",
    number_pattern="{region}人社数〔{year}〕{n}号",
    day="counted_on",
    columns=("tally_no", "counted_on", "subject", "title", "quantity", "unit", "source"),
    indexes=(("counted_on", "subject", "quantity"),),
    typed=(
        Number(key="tally_no", label=N_("Tally no."), also=("编号",), group=FIGURE, required=True, width=24),
        Day(key="counted_on", label=N_("Counted on"), also=("日期", "统计日期", "登记日期", "数据时间", "统计时间"), group=FIGURE, required=True, carry=True),
        Choice(key="subject", label=N_("Subject counted"), also=("项目", "数据类型", "统计项目", "指标", "指标名称"), group=FIGURE, required=True, carry=True, width=18, codes=SUBJECTS),
        Text(key="title", label=N_("What was counted"), also=("说明", "内容", "数据名称"), group=FIGURE, suggest=True, width=30),
        Count(key="quantity", label=N_("Quantity"), also=("数值", "数据", "合计数", "数"), group=FIGURE, required=True, width=12),
        Text(key="unit", label=N_("Unit counted in"), also=("单位",), group=FIGURE, required=True, suggest=True, carry=True, width=8),
        Text(key="source", label=N_("Taken from"), also=("来源",), group=ORIGIN, suggest=True, carry=True, width=24, help=N_("Report, system or person that it comes from.")),
        Text(key="reporter", label=N_("Reported by"), also=("填报科室", "报送单位", "填报单位", "责任科室"), group=ORIGIN, suggest=True, carry=True, width=16),
    ),
)  # fmt: skip
