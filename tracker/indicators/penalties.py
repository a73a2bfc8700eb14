"""Figures of penalties and handling decisions, which count in the period in which they were decided."""

from tracker.i18n import N_
from tracker.ledgers.officers import ON_A_POST
from tracker.ledgers.penalties import PENALTY
from tracker.schema.filters import (
    All,
    AnyOf,
    ByEnd,
    Condition,
    Empty,
    Filled,
    InPeriod,
    Is,
    KnownBy,
    NotLater,
    StillOn,
    both,
)
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio, Sum

DECISIONS, FIRMS, POWERS, YUAN, PERCENT = N_("cases"), N_("employers"), N_("items of power"), N_("yuan"), "%"

DECIDED = All((InPeriod("decided_on"),))
ENTERPRISE_PENALTY = both(DECIDED, Is("kind", "penalty"), Is("party_kind", "enterprise"))
LISTED = both(
    StillOn("valid_until"), AnyOf((Empty("valid_from"), ByEnd("valid_from"))), Is("kind", "penalty")
)
"""Powers to penalise that are in force on the period's last known day."""


def decided(*parts: Condition) -> Count:
    """Decisions of the period that also meet these."""
    return Count(both(DECIDED, *parts))


USED = Distinct("power", both(DECIDED, PENALTY))

PENALTIES: tuple[Indicator, ...] = (
    Indicator(key="penalties.decided", label=N_("Penalties and decisions"), unit=DECISIONS, measure=decided(),
        definition=N_("Penalties, handling decisions and coercive measures decided in the period.")),
    Indicator(key="penalties.penalties", label=N_("Administrative penalties"), unit=DECISIONS, measure=decided(PENALTY),
        definition=N_("Penalties decided in the period, those for unlawful wage claims among them.")),
    Indicator(key="penalties.handling_decisions", label=N_("Handling decisions"), unit=DECISIONS, measure=decided(Is("kind", "handling")),
        definition=N_("Handling decisions made in the period.")),
    Indicator(key="penalties.unlawful_claims", label=N_("Penalties for unlawful wage claims"), unit=DECISIONS, measure=decided(Is("kind", "unlawful_claim")),
        definition=N_("Penalties for unlawful wage claims decided in the period.")),
    Indicator(key="penalties.coercions", label=N_("Coercive measures"), unit=DECISIONS, measure=decided(Is("kind", "coercion")),
        definition=N_("Coercive measures decided in the period.")),
    Indicator(key="penalties.employers", label=N_("Enterprises penalised"), unit=FIRMS, measure=Distinct("party", ENTERPRISE_PENALTY),
        definition=N_("Different units among the penalties decided in the period, those for unlawful wage claims left out.")),
    Indicator(key="penalties.amount", label=N_("Amount of penalties"), unit=YUAN, measure=Sum("amount", both(DECIDED, PENALTY)),
        definition=N_("Amounts of the penalties decided in the period.")),
    Indicator(key="penalties.ordered_amount", label=N_("Amount ordered to be paid"), unit=YUAN, measure=Sum("amount", both(DECIDED, Is("kind", "handling"))),
        definition=N_("Amounts that the handling decisions of the period order to be paid.")),
    Indicator(key="penalties.published", label=N_("Penalties published"), unit=DECISIONS, measure=Count(both(All((InPeriod("published_on"),)), PENALTY)),
        definition=N_("Penalties published in the period, whenever they were decided.")),
    Indicator(key="penalties.published_on_time_rate", label=N_("Published in time"), unit=PERCENT,
        measure=Ratio(decided(PENALTY, KnownBy("publish_by"), NotLater("published_on", "publish_by")), decided(PENALTY, KnownBy("publish_by"))),
        definition=N_("Of the penalties decided in the period whose seven working days were over by the as-of day: those published within them.")),
    Indicator(key="penalties.reviewed", label=N_("Penalties with legal review"), unit=DECISIONS, measure=decided(PENALTY, Filled("reviewed_on")),
        definition=N_("Penalties decided in the period after a legal review.")),
    Indicator(key="penalties.on_time_rate", label=N_("Decided in time"), unit=PERCENT,
        measure=Ratio(decided(PENALTY, NotLater("decided_on", "due_on")), decided(PENALTY)),
        definition=N_("Penalties decided within 90 days of filing, over penalties decided in the period.")),
    Indicator(key="penalties.powers_used", label=N_("Powers to penalise used"), unit=POWERS, measure=USED,
        definition=N_("Different powers by which penalties were decided in the period.")),
    Indicator(key="penalties.power_use_rate", label=N_("Share of powers to penalise used"), unit=PERCENT,
        measure=Ratio(USED, Count(LISTED, ledger="powers")),
        definition=N_("Different powers by which penalties were decided in the period, over the powers to penalise in force on its last known day.")),
    Indicator(key="penalties.per_officer", label=N_("Penalties per officer"), unit=DECISIONS, measure=Ratio(decided(PENALTY), Count(ON_A_POST, ledger="officers"), scale=1),
        definition=N_("Penalties decided in the period, over officers on an A post on its last known day.")),
    Indicator(key="penalties.by_kind", label=N_("Decisions by kind"), unit=DECISIONS, measure=Breakdown(decided(), "kind"),
        definition=N_("Decisions of the period, by kind.")),
    Indicator(key="penalties.by_violation", label=N_("Decisions by breach"), unit=DECISIONS, measure=Breakdown(decided(), "violation"),
        definition=N_("Decisions of the period, by breach.")),
)  # fmt: skip
