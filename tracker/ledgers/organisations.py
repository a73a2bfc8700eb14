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
        Name(key="name", label=N_("Name of the organisation"), also=("名称", "调解组织名称", "单位名称", "机构名称", "组织名", "网格名称", "驿站名称"), group=ORGANISATION, required=True, width=32),
        Choice(key="kind", label=N_("Kind of organisation"), also=("类别", "类型", "组织类型", "机构类型"), group=ORGANISATION, required=True, carry=True, width=16, codes=codes(
            ("mediation", N_("Mediation body"), ("调解组织", "调解委员会", "调解中心", "劳动争议调解组织", "劳动人事争议调解中心")), ("grid", N_("Supervision grid unit"), ("网格", "监察网格", "劳动保障监察网格")),
            ("station", N_("Labour security station"), ("驿站", "劳动保障驿站")), ("tribunal", N_("Digital tribunal"), ("数字仲裁庭", "智慧仲裁庭")),
            ("platform", N_("Grassroots service platform"), ("基层平台", "服务平台", "人社服务平台", "劳动保障所")), ("group", N_("Work chat group"), ("微信群", "浙政钉群", "工作群")),
            ("other", N_("Other")))),
        Choice(key="level", label=N_("Level"), also=("级别", "所属层级"), group=ORGANISATION, carry=True, codes=codes(
            ("city", N_("City"), ("市级",)), ("district", N_("County or district"), ("区级", "县级", "区（县）", "县区")), ("township", N_("Township"), ("镇", "乡", "镇乡")),
            ("subdistrict", N_("Subdistrict"), ()), ("community", N_("Community"), ()), ("village", N_("Village"), ("行政村",)),
            ("enterprise", N_("Enterprise"), ()), ("institution", N_("Public institution"), ("机关事业单位",)), ("industry", N_("Industry or area"), ("行业性", "区域性")))),
        Choice(key="grade", label=N_("Grade of the tribunal"), also=("等级",), group=ORGANISATION, only_when=Is("kind", "tribunal"), codes=codes(
            ("enhanced", N_("Enhanced"), ("增强",)), ("standard", N_("Standard"), ("标准",)))),
        Text(key="area", label=N_("Area served"), also=("辖区", "管辖范围", "所属区域", "所属镇街"), group=ORGANISATION, suggest=True, width=18),
        Text(key="address", label=N_("Address"), also=("地点", "办公地址", "详细地址", "所在地址"), group=ORGANISATION, width=28),
        Text(key="head", label=N_("Person in charge"), also=("主任", "组长", "网格长", "负责人姓名", "联系人"), group=STAFF, width=12),
        Text(key="phone", label=N_("Telephone"), also=("电话", "联系方式", "负责人电话", "手机", "手机号码"), group=STAFF, personal=True, width=14),
        Count(key="mediators", label=N_("Mediators, number"), also=("调解员数", "调解员"), group=STAFF, unit=N_("persons"), help=N_("Full and part time.")),
        Count(key="full_time", label=N_("Full-time mediators"), also=("专职人数", "专职调解员人数"), group=STAFF, unit=N_("persons")),
        Count(key="supervisors", label=N_("Labour security supervisors"), also=("督导员", "督导员人数"), group=STAFF, unit=N_("persons"), width=10),
        Count(key="administrators", label=N_("Labour security administrators"), also=("管理员", "管理员人数"), group=STAFF, unit=N_("persons"), width=10),
        Count(key="coordinators", label=N_("Labour relations coordinators"), also=("协调员", "协调员人数"), group=STAFF, unit=N_("persons"), width=10),
        Text(key="arbitrator", label=N_("Paired arbitrator"), also=("对接人", "指导仲裁员"), group=STAFF, names="officers", suggest=True, help=N_("Cases of this arbitrator are offered this body first.")),
        Day(key="founded_on", label=N_("Founded on"), also=("设立日期", "成立时间", "建立时间", "设立时间"), group=STANDING),
        Text(key="honours", label=N_("Honours"), also=("荣誉", "获奖情况"), group=STANDING, width=24),
        Day(key="ended_on", label=N_("No longer kept from"), also=("撤销时间",), group=STANDING, help=N_("It counts up to this day.")),
    ),
    rules=(NotBefore("ended_on", "founded_on", warning=True),),
)  # fmt: skip
