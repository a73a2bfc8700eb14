"""Figures of normative documents: issued, cleared and what became of them."""

from tracker.i18n import N_
from tracker.schema.filters import All, ByEnd, InPeriod, Is, OneOf, StillOn, both
from tracker.schema.indicator import Breakdown, Count, Indicator

PIECES = N_("documents")

ISSUED, CLEARED = All((InPeriod("issued_on"),)), All((InPeriod("reviewed_on"),))
NORMATIVE = Is("kind", "normative")

DOCUMENTS: tuple[Indicator, ...] = (
    Indicator(key="documents.issued", label=N_("Normative documents issued"), unit=PIECES, measure=Count(both(ISSUED, NORMATIVE)),
        definition=N_("Normative documents issued in the period.")),
    Indicator(key="documents.internal", label=N_("Internal rules issued"), unit=PIECES, measure=Count(both(ISSUED, Is("kind", "internal"))),
        definition=N_("Internal rules issued in the period.")),
    Indicator(key="documents.policies", label=N_("Policy documents issued"), unit=PIECES, measure=Count(both(ISSUED, Is("kind", "policy"))),
        definition=N_("Policy documents issued in the period.")),
    Indicator(key="documents.cleared", label=N_("Documents cleared"), unit=PIECES, measure=Count(CLEARED),
        definition=N_("Documents whose day of clearing lies in the period.")),
    Indicator(key="documents.kept", label=N_("Cleared: in force"), unit=PIECES, measure=Count(both(CLEARED, OneOf("status", ("in_force", "revise")))),
        definition=N_("Documents cleared in the period that stay in force, those to be revised among them.")),
    Indicator(key="documents.ended", label=N_("Cleared: repealed or expired"), unit=PIECES, measure=Count(both(CLEARED, OneOf("status", ("repealed", "expired")))),
        definition=N_("Documents cleared in the period that were repealed or had expired.")),
    Indicator(key="documents.in_force", label=N_("Normative documents in force"), unit=PIECES, measure=Count(All((ByEnd("issued_on"), StillOn("ended_on"), NORMATIVE))),
        definition=N_("Normative documents issued by the end of the period and not ended before it.")),
    Indicator(key="documents.by_status", label=N_("Documents cleared by status"), unit=PIECES, measure=Breakdown(Count(CLEARED), "status"),
        definition=N_("Documents cleared in the period, by their status.")),
)  # fmt: skip
