"""The office's people with a post or a certificate: officers, arbitrators, clerks, lawyers (执法人员和仲裁员)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Choices, Count, Day, IdNumber, Number, Text, YesNo, codes
from tracker.schema.filters import All, ByEnd, Empty, Filled, Is, StillOn, both
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely

PERSON, POST, CERTIFICATE, EXAM = N_("Person"), N_("Enforcement post"), N_("Certificate"), N_("Examinations")

ON_POST = All((ByEnd("post_from"), StillOn("post_until")))
"""On the period's last known day."""
ON_A_POST = both(ON_POST, Is("post", "a"))

OFFICERS = Ledger(
    name="officers",
    label=N_("Officers and arbitrators"),
    short=N_("Officers"),
    section=N_("Registers"),
    icon="officers",
    record=N_("officer"),
    number="officer_no",
    number_pattern="{n:03d}",
    calls="name",
    columns=("officer_no", "name", "roles", "unit", "post", "post_from", "post_until", "linked", "certificate_no", "certificate_expires"),
    indexes=(("post", "post_from", "post_until", "name"), ("certificate_expires",), ("name",)),
    typed=(
        Number(key="officer_no", label=N_("Officer no."), also=("编号", "工号", "人员序号"), group=PERSON, required=True, width=10),
        Text(key="name", label=N_("Full name"), also=("人员姓名", "执法人员姓名"), group=PERSON, required=True),
        Choices(key="roles", label=N_("Roles"), also=("类别", "身份", "角色", "人员类型"), group=PERSON, required=True, carry=True, width=16, codes=codes(
            ("officer", N_("Enforcement officer"), ("执法人员", "监察员", "劳动保障监察员")), ("arbitrator", N_("Arbitrator"), ("专职仲裁员", "兼职仲裁员")), ("clerk", N_("Court clerk"), ("办案秘书",)),
            ("mediator", N_("Mediator")), ("reviewer", N_("Legal reviewer"), ("审核人员", "评查人员")), ("lawyer", N_("Government lawyer")),
            ("adviser", N_("Legal adviser"), ("律师",)), ("staff", N_("Other staff"), ("其他",)))),
        Text(key="unit", label=N_("Section"), also=("科室", "部门", "所在部门", "单位", "工作单位", "所属科室"), group=PERSON, suggest=True, carry=True, width=18),
        Text(key="duty", label=N_("Duty"), also=("职务职级", "职称", "岗位职务"), group=PERSON, suggest=True),
        IdNumber(key="id_number", label=N_("Identity number"), also=("身份证号码", "身份证", "公民身份号码", "证件号码"), group=PERSON),
        Text(key="phone", label=N_("Telephone"), also=("电话", "手机", "手机号", "联系方式", "手机号码"), group=PERSON, personal=True),
        Choice(key="post", label=N_("Post"), also=("岗位", "AB岗"), group=POST, carry=True, help=N_("A: handles cases and checks; B: other enforcement posts."), codes=codes(
            ("a", N_("A post"), ("A", "a岗", "A类")), ("b", N_("B post"), ("B", "b岗", "B类")))),
        Text(key="post_name", label=N_("Name of the post"), also=("具体岗位",), group=POST, suggest=True, width=16, only_when=Filled("post")),
        Day(key="post_from", label=N_("On the post from"), also=("上岗时间", "到岗日期"), group=POST, only_when=Filled("post")),
        Day(key="post_until", label=N_("On the post until"), also=("离岗时间",), group=POST, only_when=Filled("post"), help=N_("The last day on the post.")),
        YesNo(key="approved", label=N_("Post approved"), also=("是否核定",), group=POST, only_when=Filled("post")),
        YesNo(key="linked", label=N_("Post linked"), also=("是否关联",), group=POST, only_when=Filled("post"), help=N_("Linked to its holder in the enforcement information system.")),
        Text(key="certificate_no", label=N_("Certificate no."), also=("证件编号", "执法证编号", "执法证件号", "证号", "行政执法证号"), group=CERTIFICATE, width=18),
        Day(key="certificate_from", label=N_("Certificate issued on"), also=("发证时间", "领证日期"), group=CERTIFICATE, only_when=Filled("certificate_no")),
        Day(key="certificate_expires", label=N_("Certificate expires on"), also=("有效期至", "证件有效期", "有效期"), group=CERTIFICATE, only_when=Filled("certificate_no")),
        Day(key="exam_on", label=N_("Last examination on"), also=("考试日期", "考试时间"), group=EXAM),
        YesNo(key="exam_passed", label=N_("Last examination passed"), also=("是否合格", "考试合格"), group=EXAM, only_when=Filled("exam_on")),
        Count(key="training_hours", label=N_("Hours trained this year"), also=("培训学时", "学时", "年度学时"), group=EXAM, unit=N_("class hours"), width=10),
    ),
    rules=(
        NotBefore("post_until", "post_from", warning=True),
        NotBefore("certificate_expires", "certificate_from", warning=True),
        Unlikely("post_from", All((Filled("post"), Empty("post_from"))), N_("Since when the post is held is not said, so no figure counts it.")),
        Unlikely("certificate_no", All((Is("post", "a"), Empty("certificate_no"))), N_("An A post without a certificate; who enforces the law must hold one (Administrative Penalty Law, Art 42).")),
        Unlikely("linked", All((Is("linked", 1), Empty("approved"))), N_("The post is linked but not approved.")),
    ),
)  # fmt: skip
