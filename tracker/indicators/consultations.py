"""Figures of advice: people advised (人次), since one row may stand for a day."""

from tracker.i18n import N_
from tracker.schema.filters import All, InPeriod, Is, OneOf, both
from tracker.schema.indicator import Breakdown, Indicator, Sum

ATTENDANCES = N_("attendances")

ASKED = All((InPeriod("held_on"),))
LAW = OneOf("kind", ("labour_law", "wages", "work_injury", "arbitration"))

CONSULTATIONS: tuple[Indicator, ...] = (
    Indicator(key="consultations.people", label=N_("People advised in all"), unit=ATTENDANCES, measure=Sum("people", ASKED),
        definition=N_("People advised in the period.")),
    Indicator(key="consultations.legal", label=N_("Legal advice given"), unit=ATTENDANCES, measure=Sum("people", both(ASKED, LAW)),
        definition=N_("People advised in the period on labour law, wages and contracts, work injury, arbitration and complaints.")),
    Indicator(key="consultations.employment", label=N_("Employment advice given"), unit=ATTENDANCES, measure=Sum("people", both(ASKED, Is("kind", "employment"))),
        definition=N_("People advised in the period on employment.")),
    Indicator(key="consultations.by_kind", label=N_("People advised by kind"), unit=ATTENDANCES, measure=Breakdown(Sum("people", ASKED), "kind"),
        definition=N_("People advised in the period, by kind of advice.")),
    Indicator(key="consultations.by_channel", label=N_("People advised by channel"), unit=ATTENDANCES, measure=Breakdown(Sum("people", ASKED), "channel"),
        definition=N_("People advised in the period, by the way they asked.")),
)  # fmt: skip
