"""The parties of a case one by one, with what the documents sent to them need.

`also` is what columns of workers' lists are called, and what documents may call a party's parts.
"""

from tracker.attached.head import BY_RECORD, HEAD
from tracker.i18n import N_
from tracker.schema.fields import Choice, CreditCode, Day, IdNumber, Money, Name, Text, codes
from tracker.schema.ledger import Ledger

PARTIES = Ledger(
    name="parties",
    label=N_("Parties of a case"),
    short=N_("Parties"),
    section=N_("Of a record"),
    icon="user",
    record=N_("party"),
    number="name",
    attached=True,
    columns=("role", "name", "kind", "id_number", "credit_code", "phone", "address"),
    indexes=(*BY_RECORD, ("name", "of", "record")),
    typed=(
        *HEAD,
        Choice(key="role", label=N_("Role"), also=("身份", "角色", "诉讼地位", "当事人类型"), required=True, default="applicant", codes=codes(
            ("applicant", N_("Applicant"), ("申请方",)), ("respondent", N_("Respondent"), ("被申请方",)),
            ("third", N_("Third party")), ("petitioner", N_("Petitioner")), ("employer", N_("Employer"), ("单位",)),
            ("complainant", N_("Complainant"), ("投诉举报人",)), ("other", N_("Other")))),
        Choice(key="kind", label=N_("Person or firm"), default="person", codes=codes(
            ("person", N_("Individual"), ("人员", "自然人")), ("firm", N_("Firm or body"), ("企业", "法人")))),
        Name(key="name", label=N_("Name of the party"), also=("姓名", "名称", "单位", "单位名称", "公司", "公司名称", "申请人", "申请人姓名", "工人姓名", "劳动者", "职工姓名", "员工姓名", "信访人"), required=True, width=20),
        Choice(key="sex", label=N_("Sex"), codes=codes(("male", N_("Male")), ("female", N_("Female"))), width=6),
        Day(key="born_on", label=N_("Born on"), also=("出生日期", "出生年月", "生日", "出生年月日")),
        IdNumber(key="id_number", label=N_("Identity number"), also=("身份证", "身份证号", "身份证号码", "公民身份号码", "证件号", "证件号码", "身份号码", "身份证件号码")),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), also=("信用代码", "统一信用代码", "统一社会信用代码", "社会信用代码", "机构代码")),
        Text(key="phone", label=N_("Telephone"), also=("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码"), personal=True, width=16),
        Text(key="address", label=N_("Address"), also=("地址", "住址", "家庭住址", "家庭地址", "联系地址", "住所", "住所地", "户籍地址", "送达地址", "身份证地址", "现住址"), width=30),
        Text(key="representative", label=N_("Legal representative"), also=("法人", "法定代表人", "负责人", "法人代表"), width=16),
        Text(key="agent", label=N_("Agent"), also=("代理人", "委托代理人"), width=16),
        Text(key="agent_phone", label=N_("Agent's telephone"), also=("代理人电话", "委托代理人电话"), personal=True, width=16),
        Money(key="claim_amount", label=N_("Amount claimed"), also=("金额", "欠薪金额", "拖欠金额", "欠发工资", "拖欠工资", "请求金额", "标的", "标的额", "主张金额", "诉求金额", "工资", "应付工资")),
    ),
)  # fmt: skip
