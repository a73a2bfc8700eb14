"""Study, training and publicity of the law: meetings, lectures, exams, livestreams (学法普法和培训)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Choices, Count, Day, Names, Number, Text, codes
from tracker.schema.filters import All, AtLeast, Empty, Filled, OneOf
from tracker.schema.ledger import Ledger
from tracker.schema.rules import More, Unlikely

ACTIVITY, AUDIENCE, EXAM, MATERIAL = N_("Activity"), N_("Audience"), N_("Examination"), N_("Materials")

EXAMS = OneOf("kind", ("exam", "qualification_exam", "promotion_exam"))

ACTIVITIES = Ledger(
    name="activities",
    label=N_("Study, training and publicity of the law"),
    short=N_("Activities"),
    section=N_("Training and advice"),
    icon="activities",
    record=N_("activity"),
    number="activity_no",
    number_pattern="{region}人社普法〔{year}〕{n}号",
    day="held_on",
    columns=("activity_no", "title", "held_on", "kind", "organiser", "people", "sessions", "enterprises", "lecturer", "audience"),
    indexes=(("held_on", "kind", "organiser", "sessions", "people"),),
    typed=(
        Number(key="activity_no", label=N_("Activity no."), also=("编号",), group=ACTIVITY, required=True, width=22),
        Day(key="held_on", label=N_("Held on"), also=("活动日期", "活动时间", "举办时间", "培训日期", "培训时间", "日期", "时间"), group=ACTIVITY, required=True, carry=True),
        Choice(key="kind", label=N_("Kind of activity"), also=("类型", "活动类别", "培训类型", "形式类别"), group=ACTIVITY, required=True, carry=True, width=16, codes=codes(
            ("study_meeting", N_("Study before meetings"), ("局长办公会会前学法", "办公会会前学法")), ("lecture", N_("Law lecture"), ("讲座", "专题讲座")),
            ("monthly_talk", N_("Monthly lecture hall"), ("大讲堂", "每月一讲")), ("seminar", N_("Seminar for leaders"), ("研讨班", "依法行政专题研讨班")),
            ("training", N_("Training of officers"), ("执法培训", "执法业务培训", "培训", "法治培训")), ("talk", N_("Case talk by officers"), ("述法", "一案一课", "一人一课", "人人上讲台")),
            ("exam", N_("Law examination"), ("学法考试", "专场考试", "考试", "年度测法")), ("qualification_exam", N_("Qualification examination"), ("行政执法资格考试",)),
            ("promotion_exam", N_("Examination before promotion"), ("科级干部提职考法",)), ("meeting", N_("Meeting on the rule of law"), ("法治培训会议", "座谈会", "专题会议")),
            ("compliance", N_("Compliance training for employers"), ("用工合规讲座", "企业用工培训")), ("outreach", N_("Publicity on site"), ("宣传活动", "法律六进", "普法宣讲", "宣讲")),
            ("project_outreach", N_("Publicity at construction sites"), ("项目宣传", "工地宣传")), ("livestream", N_("Livestream"), ("直播", "直播宣讲")),
            ("course", N_("Online course"), ("微课", "微课堂")), ("other", N_("Other")))),
        Text(key="title", label=N_("Topic"), also=("主题", "活动名称", "培训主题", "培训内容", "活动内容", "名称", "内容"), group=ACTIVITY, required=True, width=34),
        Choice(key="law", label=N_("Main law"), also=("涉及法律", "法律法规"), group=ACTIVITY, carry=True, codes=codes(
            ("constitution", N_("Constitution")), ("civil_code", N_("Civil Code")), ("administrative", N_("Administrative law"), ("行政处罚法", "行政复议法", "行政许可法")),
            ("labour", N_("Labour law"), ("劳动法", "劳动合同法", "保障农民工工资支付条例")), ("insurance", N_("Social insurance law"), ("社会保险法",)), ("other", N_("Other")))),
        Choice(key="organiser", label=N_("Organised by"), also=("组织单位", "主办单位"), group=ACTIVITY, prefill="own", carry=True, codes=codes(
            ("own", N_("The office itself"), ("自行组织", "局内")), ("district", N_("District"), ("区里", "区司法局")), ("city", N_("Superior office"), ("市局", "市级", "市局组织")), ("other", N_("Other organiser"), ("其他",)))),
        Choice(key="mode", label=N_("Held as"), also=("形式", "活动形式", "培训方式", "举办方式"), group=ACTIVITY, prefill="offline", carry=True, codes=codes(
            ("offline", N_("On the spot"), ("现场",)), ("online", N_("On the network"), ("网络", "视频")), ("mixed", N_("Both ways")))),
        Text(key="place", label=N_("Venue"), also=("地点", "活动地点", "培训地点"), group=ACTIVITY, suggest=True, carry=True, width=20),
        Names(key="lecturer", label=N_("Lecturer"), also=("授课人", "讲师", "主讲", "授课老师", "主持人"), group=ACTIVITY, suggest=True, width=14),
        Count(key="sessions", label=N_("Sessions"), also=("场数", "举办场次"), group=ACTIVITY, unit=N_("sessions"), minimum=1, default=1, help=N_("More than one where the record stands for a batch.")),
        Count(key="topics", label=N_("Number of themes"), also=("课题数",), group=ACTIVITY, unit=N_("themes")),
        Choices(key="audience", label=N_("Held for"), also=("对象", "参加对象", "培训对象", "受众"), group=AUDIENCE, carry=True, width=16, codes=codes(
            ("leaders", N_("Leaders")), ("staff", N_("Staff"), ("干部职工", "工作人员")), ("officers", N_("Enforcement officers"), ("行政执法人员",)),
            ("mediators", N_("Mediators"), ()), ("employers", N_("Employers' managers"), ("企业", "企业负责人")), ("workers", N_("Workers"), ("职工", "农民工")), ("public", N_("The public"), ("群众", "青少年")))),
        Count(key="people", label=N_("People reached"), also=("人数", "参加人数", "参训人数", "培训人数", "参与人数", "人次"), group=AUDIENCE, unit=N_("attendances")),
        Count(key="enterprises", label=N_("Enterprises reached"), also=("企业数", "服务企业数", "参加企业数"), group=AUDIENCE, unit=N_("enterprise visits"), width=10),
        Count(key="sites", label=N_("Sites reached"), also=("项目数", "服务工地数"), group=AUDIENCE, unit=N_("sites"), width=10),
        Count(key="viewers", label=N_("Viewers"), also=("观看人数", "观看量"), group=AUDIENCE, unit=N_("attendances"), only_when=OneOf("kind", ("livestream", "course"))),
        Count(key="sat", label=N_("Sat the examination"), also=("应考人数", "参考人次"), group=EXAM, unit=N_("persons"), only_when=EXAMS),
        Count(key="passed", label=N_("Passed"), also=("合格数", "通过人数"), group=EXAM, unit=N_("persons"), only_when=EXAMS),
        Count(key="materials", label=N_("Materials handed out"), also=("发放资料", "资料份数", "宣传资料份数", "发放宣传资料"), group=MATERIAL, unit=N_("copies"), width=10),
    ),
    rules=(
        More("passed", "sat", N_("More passed than sat the examination; correct one of the two.")),
        Unlikely("sat", All((EXAMS, Filled("passed"), Empty("sat"))), N_("Who passed is counted, but not who sat the examination.")),
        Unlikely("people", AtLeast("people", 100_001), N_("More than 100,000 people at once; enter what was counted elsewhere as a tally.")),
    ),
)  # fmt: skip
