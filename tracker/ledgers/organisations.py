"""The register of mediation bodies, grid units, stations, tribunals and what else stands below the office (调解组织等)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Count, Day, Name, Text, codes
from tracker.schema.filters import Is
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore

ORGANISATION, STAFF, STANDING = N_("Organisation"), N_("People"), N_("Standing")

ORGANISATIONS = Ledger(
    name="organisations",
    label=N_("Mediation bodies, grid units and stations"),
    short=N_("Organisations"),
    section=N_("Dispute resolution"),
    icon="organisations",
    record=N_("organisation"),
    number="name",
    columns=("name", "kind", "level", "area", "head", "mediators", "arbitrator", "founded_on", "ended_on"),
    indexes=(("kind", "level"), ("arbitrator",)),
    typed=(
        Name(key="name", label=N_("Name of the organisation"), group=ORGANISATION, required=True, width=32),
        Choice(key="kind", label=N_("Kind of organisation"), group=ORGANISATION, required=True, carry=True, width=16, codes=codes(
            ("mediation", N_("Mediation body"), ("调解组织", "调解委员会", "调解中心", "劳动争议调解组织", "劳动人事争议调解中心")), ("grid", N_("Supervision grid unit"), ("网格", "监察网格", "劳动保障监察网格")),
            ("station", N_("Labour security station"), ("驿站", "劳动保障驿站")), ("tribunal", N_("Digital tribunal"), ("数字仲裁庭", "智慧仲裁庭")),
            ("platform", N_("Grassroots service platform"), ("基层平台", "服务平台", "人社服务平台", "劳动保障所")), ("group", N_("Work chat group"), ("微信群", "浙政钉群", "工作群")),
            ("other", N_("Other")))),
        Choice(key="level", label=N_("Level"), group=ORGANISATION, carry=True, codes=codes(
            ("city", N_("City"), ("市级",)), ("district", N_("County or district"), ("区级", "县级", "区（县）", "县区")), ("township", N_("Township"), ("镇", "乡", "镇乡")),
            ("subdistrict", N_("Subdistrict"), ()), ("community", N_("Community"), ()), ("village", N_("Village"), ("行政村",)),
            ("enterprise", N_("Enterprise"), ()), ("institution", N_("Public institution"), ("机关事业单位",)), ("industry", N_("Industry or area"), ("行业性", "区域性")))),
        Choice(key="grade", label=N_("Grade of the tribunal"), group=ORGANISATION, only_when=Is("kind", "tribunal"), codes=codes(
            ("enhanced", N_("Enhanced"), ("增强",)), ("standard", N_("Standard"), ("标准",)))),
        Text(key="area", label=N_("Area served"), group=ORGANISATION, suggest=True, width=18),
        Text(key="address", label=N_("Address"), group=ORGANISATION, width=28),
        Text(key="head", label=N_("Person in charge"), group=STAFF, width=12),
        Text(key="phone", label=N_("Telephone"), group=STAFF, personal=True, width=14),
        Count(key="mediators", label=N_("Mediators, number"), group=STAFF, unit=N_("persons"), help=N_("Full and part time.")),
        Count(key="full_time", label=N_("Full-time mediators"), group=STAFF, unit=N_("persons")),
        Count(key="supervisors", label=N_("Labour security supervisors"), group=STAFF, unit=N_("persons"), width=10),
        Count(key="administrators", label=N_("Labour security administrators"), group=STAFF, unit=N_("persons"), width=10),
        Count(key="coordinators", label=N_("Labour relations coordinators"), group=STAFF, unit=N_("persons"), width=10),
        Text(key="arbitrator", label=N_("Paired arbitrator"), group=STAFF, names="officers", suggest=True, help=N_("Cases of this arbitrator are offered this body first.")),
        Day(key="founded_on", label=N_("Founded on"), group=STANDING),
        Text(key="honours", label=N_("Honours"), group=STANDING, width=24),
        Day(key="ended_on", label=N_("No longer kept from"), group=STANDING, help=N_("It counts up to this day.")),
    ),
    rules=(NotBefore("ended_on", "founded_on", warning=True),),
)  # fmt: skip
