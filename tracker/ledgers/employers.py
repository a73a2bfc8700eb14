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
        Name(key="name", label=N_("Name of the employer"), group=UNIT, required=True, width=32),
        CreditCode(key="credit_code", label=N_("Unified social credit code"), group=UNIT),
        Names(key="former_names", label=N_("Former names"), group=UNIT, width=28, help=N_("Names that older records use, separated by 、")),
        Choice(key="kind", label=N_("Kind of employer"), group=UNIT, codes=codes(
            ("state", N_("State-owned"), ("国有企业",)), ("collective", N_("Collectively owned"), ("集体企业",)), ("private", N_("Private"), ("私营企业", "民营")), ("shares", N_("Joint stock"), ("股份制企业", "有限责任公司")),
            ("foreign", N_("Foreign, Hong Kong, Macao, Taiwan"), ("外资", "港澳台", "外资及港澳台商投资")), ("individual", N_("Individual business"), ("个体工商户",)), ("institution", N_("Public institution"), ("事业",)),
            ("office", N_("Government office"), ("国家机关",)), ("association", N_("Association or private non-enterprise unit"), ("社会团体", "民办非企业", "社团民非")), ("other", N_("Other")))),
        Text(key="representative", label=N_("Legal representative"), group=UNIT),
        Choice(key="sector", label=N_("Sector"), group=BUSINESS, codes=SECTORS),
        Choice(key="size", label=N_("Size"), group=BUSINESS, codes=codes(
            ("large", N_("Large"), ("大型企业",)), ("medium", N_("Medium"), ("中型企业",)), ("small", N_("Small"), ("小型企业",)), ("micro", N_("Micro"), ("微型企业",)))),
        Count(key="workers", label=N_("Workers employed"), group=BUSINESS, unit=N_("persons")),
        Text(key="area", label=N_("Township or subdistrict"), group=BUSINESS, suggest=True, carry=True, width=14),
        Text(key="address", label=N_("Address"), group=BUSINESS, width=28),
        Text(key="contact", label=N_("Contact person"), group=CONTACT),
        Text(key="phone", label=N_("Contact's telephone"), group=CONTACT, personal=True, width=14),
        Text(key="agent", label=N_("Usual agent"), group=CONTACT, suggest=True, width=18, help=N_("The lawyer or clerk who mostly appears for it.")),
        Choice(key="credit_grade", label=N_("Grade of law-abidingness"), group=STANDING, help=N_("Grading of enterprises by labour security supervision (A, B, C)."), codes=codes(
            ("a", N_("Grade A"), ("A",)), ("b", N_("Grade B"), ("B",)), ("c", N_("Grade C"), ("C",)))),
        Day(key="founded_on", label=N_("Founded on"), group=STANDING),
        Day(key="ended_on", label=N_("Closed down on"), group=STANDING),
    ),
    rules=(NotBefore("ended_on", "founded_on", warning=True),),
)  # fmt: skip
