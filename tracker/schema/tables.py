"""Code tables that several ledgers share."""

from tracker.i18n import N_
from tracker.schema.fields import codes

CAUSES = codes(
    ("relationship", N_("Employment relationship"), ("确认劳动关系争议",)),
    ("contract", N_("Contract: conclusion, performance, change"),
     ("劳动合同", "订立", "履行", "变更", "变更劳动合同", "订立劳动合同")),
    ("dismissal", N_("Termination and dismissal"),
     ("解除终止合同", "解除", "终止", "解除劳动合同", "终止劳动合同", "除名", "辞退", "辞职", "离职")),
    ("hours_leave", N_("Working hours and leave"), ("工作时间", "休息休假", "工作时间、休息休假", "工作时间及休假")),
    ("social_insurance", N_("Social insurance"), ("社保", "养老保险")),
    ("welfare", N_("Welfare"), ("福利待遇",)),
    ("training", N_("Training")),
    ("protection", N_("Labour protection")),
    ("remuneration", N_("Remuneration"), ("工资", "追索劳动报酬", "欠薪", "加班费")),
    ("work_injury", N_("Work injury benefits"), ("工伤", "工伤医疗费", "工伤保险待遇")),
    ("compensation", N_("Economic compensation"), ("经济补偿金",)),
    ("damages", N_("Damages"), ("赔偿",)),
    ("personnel", N_("Personnel dispute"), ("人事", "聘用", "聘任")),
    ("other", N_("Other"), ()),
)  # fmt: skip
"""Labour Dispute Mediation and Arbitration Law, Art 2."""

SECTORS = codes(
    ("construction", N_("Construction"), ("工程建设", "建设领域")),
    ("manufacturing", N_("Manufacturing")), ("services", N_("Services")),
    ("trade", N_("Trade")), ("other", N_("Other")),
)  # fmt: skip
"""Trades as the tables of wage arrears divide them."""
