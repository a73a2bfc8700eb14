"""The register of employers (用人单位): the parties whom other ledgers name."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, CreditCode, Day, Name, Names, Text, codes
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore
from tracker.schema.tables import SECTORS

UNIT, BUSINESS, CONTACT, STANDING = N_("Unit"), N_("Business"), N_("Contact"), N_("Standing")

EMPLOYERS = Ledger(
    name="employers",
    label=N_("Register of employers"),
    short=N_("Employers"),
    section=N_("Registers"),
    icon="employers",
    record=N_("employer"),
    number="name",
    aliases="former_names",
    columns=("name", "credit_code", "kind", "sector", "size", "workers", "area", "contact", "phone", "credit_grade"),
    indexes=(("credit_code",), ("sector",)),
    typed=(
        Name(key="name", label=N_("Name of the employer"), also=("企业名称", "用人单位", "用人单位名称", "公司名称", "名称", "单位全称"), group=UNIT, required=True, width=32),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), also=("信用代码", "社会信用代码", "统一信用代码", "机构代码", "营业执照号"), group=UNIT),
        Names(key="former_names", label=N_("Former names"), also=("原名称", "原名", "曾用名称"), group=UNIT, width=28, help=N_("Names that older records use, separated by 、")),
        Choice(key="kind", label=N_("Kind of employer"), also=("企业类型", "性质", "单位性质", "企业性质", "经济类型", "类型"), group=UNIT, codes=codes(
            ("state", N_("State-owned"), ("国有企业",)), ("collective", N_("Collectively owned"), ("集体企业",)), ("private", N_("Private"), ("私营企业", "民营")), ("shares", N_("Joint stock"), ("股份制企业", "有限责任公司")),
            ("foreign", N_("Foreign, Hong Kong, Macao, Taiwan"), ("外资", "港澳台", "外资及港澳台商投资")), ("individual", N_("Individual business"), ("个体工商户",)), ("institution", N_("Public institution"), ("事业",)),
            ("office", N_("Government office"), ("国家机关",)), ("association", N_("Association or private non-enterprise unit"), ("社会团体", "民办非企业", "社团民非")), ("other", N_("Other")))),
        Text(key="representative", label=N_("Legal representative"), also=("法人", "法人代表", "法定代表人姓名", "负责人", "法定代表人（负责人）"), group=UNIT),
        Choice(key="sector", label=N_("Sector"), also=("行业类别", "所属行业", "行业类型"), group=BUSINESS, codes=SECTORS),
        Choice(key="size", label=N_("Size"), also=("企业规模", "单位规模"), group=BUSINESS, codes=codes(
            ("large", N_("Large"), ("大型企业",)), ("medium", N_("Medium"), ("中型企业",)), ("small", N_("Small"), ("小型企业",)), ("micro", N_("Micro"), ("微型企业",)))),
        Count(key="workers", label=N_("Workers employed"), also=("人数", "用工人数", "员工人数", "从业人数", "员工数", "职工数"), group=BUSINESS, unit=N_("persons")),
        Text(key="area", label=N_("Township or subdistrict"), also=("镇街", "所属街道", "乡镇", "辖区", "所在镇街", "街道", "所属乡镇"), group=BUSINESS, suggest=True, carry=True, width=14),
        Text(key="address", label=N_("Address"), also=("注册地址", "单位地址", "经营地址", "详细地址", "住所"), group=BUSINESS, width=28),
        Text(key="contact", label=N_("Contact person"), also=("联系人姓名", "人事负责人", "经办人"), group=CONTACT),
        Text(key="phone", label=N_("Contact's telephone"), also=("联系电话", "电话", "联系方式", "手机", "手机号码"), group=CONTACT, personal=True, width=14),
        Text(key="agent", label=N_("Usual agent"), also=("代理人", "委托代理人"), group=CONTACT, suggest=True, width=18, help=N_("The lawyer or clerk who mostly appears for it.")),
        Choice(key="credit_grade", label=N_("Grade of law-abidingness"), also=("信用等级", "诚信等级", "守法等级", "评价等级"), group=STANDING, help=N_("Grading of enterprises by labour security supervision (A, B, C)."), codes=codes(
            ("a", N_("Grade A"), ("A",)), ("b", N_("Grade B"), ("B",)), ("c", N_("Grade C"), ("C",)))),
        Day(key="founded_on", label=N_("Founded on"), also=("成立时间", "注册日期", "设立日期"), group=STANDING),
        Day(key="ended_on", label=N_("Closed down on"), also=("注销时间",), group=STANDING),
    ),
    rules=(NotBefore("ended_on", "founded_on", warning=True),),
)  # fmt: skip
