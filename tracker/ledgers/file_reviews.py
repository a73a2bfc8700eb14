"""Reviews of closed case files: drawn, scored, put right (案卷评查)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Link, Names, Number, Text, YesNo, codes
from tracker.schema.filters import All, AtLeast, Empty, Filled, Is
from tracker.schema.ledger import Ledger
from tracker.schema.rules import FewerNames, NotBefore, Unlikely

ROUND, FILE, SCORE, REMEDY = N_("Round of review"), N_("File reviewed"), N_("Scoring"), N_("Remedy")

FILE_REVIEWS = Ledger(
    name="file_reviews",
    label=N_("Reviews of case files"),
    short=N_("File reviews"),
    section=N_("Litigation and review"),
    icon="file_reviews",
    record=N_("file review"),
    number="review_no",
    number_pattern="{region}人社评查〔{year}〕{n}号",
    day="reviewed_on",
    columns=("review_no", "file_title", "reviewed_on", "file_kind", "grade", "score", "problems", "closed_on", "reviewers", "round"),
    indexes=(("reviewed_on", "round", "file_kind", "score"), ("closed_on",)),
    typed=(
        Number(key="review_no", label=N_("File review no."), also=("编号",), group=ROUND, required=True, width=24),
        Day(key="reviewed_on", label=N_("Reviewed on"), also=("评查时间", "日期"), group=ROUND, required=True, carry=True),
        Text(key="round", label=N_("Round"), also=("批次", "评查轮次"), group=ROUND, suggest=True, carry=True, width=22, help=N_("Files of one round count as one review.")),
        Names(key="reviewers", label=N_("Reviewers"), also=("评查人", "评查员", "评查专家"), group=ROUND, required=True, names="officers", suggest=True, carry=True, width=20, help=N_("Two or more names, separated by 、")),
        YesNo(key="drawn", label=N_("Drawn at random"), also=("是否随机抽取",), group=ROUND, default=1, carry=True),
        Text(key="draw_seed", label=N_("Seed of the draw"), group=ROUND, carry=True, only_when=Is("drawn", 1), help=N_("From it the draw can be repeated.")),
        Choice(key="file_kind", label=N_("Kind of file"), also=("案卷类型", "类别", "卷宗类型"), group=FILE, required=True, carry=True, codes=codes(
            ("dispute", N_("Arbitration file"), ("仲裁", "劳动争议仲裁案卷")), ("wage_arrears", N_("Supervision file"), ("监察案卷", "监察")),
            ("penalty", N_("Penalty file"), ("处罚案卷", "行政处罚")), ("permit", N_("Permit file"), ("许可案卷", "行政许可")), ("other", N_("Other")))),
        Link(key="dispute", label=N_("Arbitration case"), group=FILE, names="disputes", only_when=Is("file_kind", "dispute"), width=26),
        Link(key="wage_arrears", label=N_("Supervision case"), group=FILE, names="wage_arrears", only_when=Is("file_kind", "wage_arrears"), width=22),
        Link(key="penalty", label=N_("Penalty decision"), group=FILE, names="penalties", only_when=Is("file_kind", "penalty"), width=22),
        Link(key="permit", label=N_("Permit decision"), group=FILE, names="permits", only_when=Is("file_kind", "permit"), width=22),
        Text(key="file_title", label=N_("Title of the file"), also=("案件名称", "卷宗名称", "名称"), group=FILE, width=30),
        Text(key="unit", label=N_("Section that handled it"), also=("承办单位", "科室"), group=FILE, suggest=True, carry=True, width=16),
        Names(key="handlers", label=N_("Handled the case"), also=("承办人", "办案人员"), group=FILE, names="officers", suggest=True, width=16),
        Count(key="score", label=N_("Score"), also=("分数", "评分", "评查得分"), group=SCORE, unit=N_("points"), help=N_("Of 100.")),
        Choice(key="grade", label=N_("Grade"), also=("评查等次", "等级", "评查结果"), group=SCORE, codes=codes(
            ("excellent", N_("Excellent"), ("优秀案卷",)), ("good", N_("Good")), ("qualified", N_("Qualified")), ("failed", N_("Not qualified"), ("不达标",)))),
        Count(key="problems", label=N_("Problems found in the file"), also=("问题数", "问题个数"), group=SCORE, unit=N_("items"), width=10),
        Text(key="findings", label=N_("Findings"), also=("评查问题", "存在问题", "发现问题"), group=SCORE, multiline=True, width=30),
        Day(key="rectify_by", label=N_("Put right by"), also=("整改期限",), group=REMEDY, only_when=AtLeast("problems", 1)),
        Day(key="closed_on", label=N_("Put right on"), also=("整改日期",), group=REMEDY, only_when=AtLeast("problems", 1)),
    ),
    rules=(
        FewerNames("reviewers", 2, N_("Fewer than two reviewers; a file is reviewed by a group.")),
        NotBefore("rectify_by", "reviewed_on", warning=True),
        NotBefore("closed_on", "reviewed_on", warning=True),
        Unlikely("score", AtLeast("score", 101), N_("The score is more than 100.")),
        Unlikely("findings", All((AtLeast("problems", 1), Empty("findings"))), N_("Problems are counted but not described.")),
        Unlikely("problems", All((Filled("closed_on"), Empty("problems"))), N_("Something was put right, but no problem is counted.")),
    ),
)  # fmt: skip
