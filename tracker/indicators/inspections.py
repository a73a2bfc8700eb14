"""Figures of enforcement checks: records (份), checks (次: a campaign once) and parties checked (户次) are three things."""

from tracker.i18n import N_
from tracker.ledgers.officers import ON_A_POST
from tracker.schema.filters import All, InPeriod, Is, OneOf, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio, Sum

SHEETS, CHECKS, PARTIES, SITES = N_("record sheets"), N_("checks"), N_("parties"), N_("sites")
CONTRACTS, YUAN, PERCENT = N_("contracts"), N_("yuan"), "%"

CHECKED = All((InPeriod("checked_on"),))
RANDOM, JOINT = both(CHECKED, Is("kind", "double_random")), both(CHECKED, Is("joint", 1))
PROBLEMS = both(CHECKED, OneOf("finding", ("rectify", "filed")))

INSPECTIONS: tuple[Indicator, ...] = (
    Indicator(key="inspections.records", label=N_("Check records"), unit=SHEETS, measure=Count(CHECKED),
        definition=N_("Record sheets of checks made in the period.")),
    Indicator(key="inspections.campaigns", label=N_("Checks and campaigns"), unit=CHECKS, measure=Distinct("campaign", CHECKED, blanks=True),
        definition=N_("Different campaigns among the checks of the period, and each record without a campaign as one.")),
    Indicator(key="inspections.targets", label=N_("Parties checked"), unit=PARTIES, measure=Sum("targets", CHECKED),
        definition=N_("Parties checked in the period, by each check anew.")),
    Indicator(key="inspections.double_random", label=N_("Double random checks"), unit=CHECKS, measure=Distinct("campaign", RANDOM, blanks=True),
        definition=N_("Different campaigns among the double random checks of the period, and each record without a campaign as one.")),
    Indicator(key="inspections.double_random_targets", label=N_("Parties of double random checks"), unit=PARTIES, measure=Sum("targets", RANDOM),
        definition=N_("Parties checked in the period by double random checks.")),
    Indicator(key="inspections.joint", label=N_("Joint checks"), unit=CHECKS, measure=Distinct("campaign", JOINT, blanks=True),
        definition=N_("Different campaigns among the joint checks of the period, and each record without a campaign as one.")),
    Indicator(key="inspections.joint_targets", label=N_("Parties of joint checks"), unit=PARTIES, measure=Sum("targets", JOINT),
        definition=N_("Parties checked in the period together with other departments.")),
    Indicator(key="inspections.project_sites", label=N_("Construction sites checked"), unit=SITES, measure=Sum("targets", both(CHECKED, Is("kind", "project"))),
        definition=N_("Construction sites checked in the period.")),
    Indicator(key="inspections.problems", label=N_("Parties with problems"), unit=PARTIES, measure=Sum("targets", PROBLEMS),
        definition=N_("Parties checked in the period that were ordered to rectify or against which a case was filed.")),
    Indicator(key="inspections.problem_rate", label=N_("Problem rate"), unit=PERCENT, measure=Ratio(Sum("targets", PROBLEMS), Sum("targets", CHECKED)),
        definition=N_("Parties with problems, over parties checked in the period.")),
    Indicator(key="inspections.contracts_signed", label=N_("Contracts signed after checks"), unit=CONTRACTS, measure=Sum("contracts_signed", CHECKED),
        definition=N_("Labour contracts signed afterwards because of checks made in the period.")),
    Indicator(key="inspections.recovered_amount", label=N_("Wages recovered by checks"), unit=YUAN, measure=Sum("recovered_amount", CHECKED),
        definition=N_("Wages paid afterwards because of checks made in the period.")),
    Indicator(key="inspections.recorded_rate", label=N_("Share recorded throughout"), unit=PERCENT, measure=Ratio(Count(both(CHECKED, Is("recorded", 1))), Count(CHECKED)),
        definition=N_("Records with a recording of the whole check, over record sheets of the period.")),
    Indicator(key="inspections.targets_per_officer", label=N_("Parties checked per officer"), unit=PARTIES,
        measure=Ratio(Sum("targets", CHECKED), Count(ON_A_POST, ledger="officers"), scale=1),
        definition=N_("Parties checked in the period, over officers on an A post on its last known day.")),
    Indicator(key="inspections.by_kind", label=N_("Parties by kind of check"), unit=PARTIES, measure=Breakdown(Sum("targets", CHECKED), "kind"),
        definition=N_("Parties checked in the period, by kind of check.")),
)  # fmt: skip
