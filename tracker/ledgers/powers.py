"""The list of powers and duties, and of government services (权责清单、政务服务事项)."""

from tracker.i18n import N_
from tracker.schema.fields import Choice, Day, Number, Text, YesNo, codes
from tracker.schema.filters import All, Empty, Filled
from tracker.schema.ledger import Ledger
from tracker.schema.rules import NotBefore, Unlikely

ITEM, SERVICE, FORCE = N_("Item"), N_("Service and procedure"), N_("Being in force")

POWERS = Ledger(
    name="powers",
    label=N_("List of powers and services"),
    short=N_("Powers"),
    section=N_("Registers"),
    icon="powers",
    record=N_("power"),
    number="power_no",
    number_pattern="{region}人社权{n:04d}号",
    calls="name",
    columns=("power_no", "name", "kind", "unit", "service", "valid_from", "valid_until", "ended_by"),
    indexes=(("kind", "valid_from", "valid_until"), ("name",)),
    typed=(
        Number(key="power_no", label=N_("Item no."), also=("编码", "权力编码", "职权编码", "编号", "基本编码", "事项编号"), group=ITEM, required=True, width=20),
        Text(key="name", label=N_("Name of the item"), also=("名称", "职权名称", "权力名称", "事项"), group=ITEM, required=True, width=36),
        Choice(key="kind", label=N_("Kind of power"), also=("类别", "权力类型", "事项类型", "职权类别", "职权类型"), group=ITEM, required=True, carry=True, codes=codes(
            ("permit", N_("Administrative permit"), ("许可",)), ("penalty", N_("Administrative penalty"), ("处罚",)), ("coercion", N_("Administrative coercion"), ("强制", "行政强制措施")), ("inspection", N_("Administrative inspection"), ("检查", "监督检查")),
            ("payment", N_("Administrative payment"), ("给付",)), ("confirmation", N_("Administrative confirmation"), ("确认",)), ("reward", N_("Administrative reward"), ("奖励",)), ("ruling", N_("Administrative ruling"), ("裁决",)),
            ("levy", N_("Administrative levy"), ("征收",)), ("service", N_("Public service"), ("服务",)), ("other", N_("Other administrative power"), ("其他", "其他职权", "其他权力")))),
        Text(key="basis", label=N_("Legal basis"), also=("设定依据", "实施依据", "法律依据"), group=ITEM, suggest=True, multiline=True, width=28),
        Text(key="unit", label=N_("Unit in charge"), also=("承办机构", "责任科室", "实施科室", "承办单位", "实施机构"), group=ITEM, suggest=True, carry=True, width=16),
        YesNo(key="service", label=N_("Government service item"), also=("是否政务服务事项",), group=SERVICE, carry=True, help=N_("Listed with its guide on the government service site.")),
        Text(key="one_thing", label=N_("Joint service"), group=SERVICE, suggest=True, width=18, help=N_("The “one thing” (一件事) of which it is a part.")),
        Choice(key="one_thing_role", label=N_("Role in the joint service"), group=SERVICE, only_when=Filled("one_thing"), codes=codes(
            ("lead", N_("Leads"), ("主办",)), ("assist", N_("Assists"), ("协办",)))),
        Day(key="simplified_on", label=N_("Procedure simplified on"), also=("简化日期",), group=SERVICE),
        Day(key="optimised_on", label=N_("Flow optimised on"), also=("优化日期",), group=SERVICE),
        Day(key="valid_from", label=N_("Item in force from"), also=("生效时间", "启用日期"), group=FORCE, carry=True),
        Day(key="valid_until", label=N_("Item in force until"), also=("失效时间", "有效期至"), group=FORCE, help=N_("It counts up to this day.")),
        Choice(key="ended_by", label=N_("Why it ended"), also=("调整原因",), group=FORCE, only_when=Filled("valid_until"), codes=codes(
            ("cancelled", N_("Cancelled"), ()), ("merged", N_("Merged into another"), ("合并",)), ("delegated", N_("Handed down"), ()), ("moved", N_("Moved to another office"), ("划转",)), ("adjusted", N_("Adjusted"), ("调整",)))),
        Text(key="merged_into", label=N_("Merged into"), also=("并入",), group=FORCE, only_when=Filled("valid_until"), suggest=True, width=24),
    ),
    rules=(
        NotBefore("valid_until", "valid_from", warning=True),
        Unlikely("valid_until", All((Filled("ended_by"), Empty("valid_until"))), N_("Why the item ended is given, but not when, so that it still counts.")),
    ),
)  # fmt: skip
