"""Figures of the register of officers: who held a post or a certificate on the period's last known day."""

from tracker.i18n import N_
from tracker.ledgers.officers import ON_A_POST, ON_POST
from tracker.schema.filters import All, ByEnd, Condition, InPeriod, Is, NamedIn, StillOn, both
from tracker.schema.indicator import Count, Indicator, Ratio

PERSONS, PERCENT = N_("persons"), "%"

CERTIFIED = All((ByEnd("certificate_from"), StillOn("certificate_expires")))
EXAMINED = All((InPeriod("exam_on"),))
CHECKING = NamedIn("officers", "name", "inspections", "officers", InPeriod("checked_on"))


def on_post(*parts: Condition) -> Count:
    """Officers on a post that day who also meet these."""
    return Count(both(ON_POST, *parts))


OFFICERS: tuple[Indicator, ...] = (
    Indicator(key="officers.on_post", label=N_("Officers on a post"), unit=PERSONS, measure=on_post(),
        definition=N_("Officers on an A or B post on the period's last known day.")),
    Indicator(key="officers.a_posts", label=N_("Officers on an A post"), unit=PERSONS, measure=Count(ON_A_POST),
        definition=N_("Officers on an A post on the period's last known day.")),
    Indicator(key="officers.b_posts", label=N_("Officers on a B post"), unit=PERSONS, measure=on_post(Is("post", "b")),
        definition=N_("Officers on a B post on the period's last known day.")),
    Indicator(key="officers.participation_rate", label=N_("A posts that took part in checks"), unit=PERCENT, measure=Ratio(Count(both(ON_A_POST, CHECKING)), Count(ON_A_POST)),
        definition=N_("Officers on an A post who are named in a check of the period, over officers on an A post on its last known day.")),
    Indicator(key="officers.link_rate", label=N_("Posts linked"), unit=PERCENT, measure=Ratio(on_post(Is("approved", 1), Is("linked", 1)), on_post(Is("approved", 1))),
        definition=N_("Officers on an approved post that is linked to them, over officers on an approved post on the period's last known day.")),
    Indicator(key="officers.certified", label=N_("Certificates held"), unit=PERSONS, measure=Count(CERTIFIED),
        definition=N_("People whose certificate was valid on the period's last known day.")),
    Indicator(key="officers.certified_rate", label=N_("A posts with a certificate"), unit=PERCENT, measure=Ratio(Count(both(ON_A_POST, *CERTIFIED.parts)), Count(ON_A_POST)),
        definition=N_("Officers on an A post whose certificate was valid, over officers on an A post on the period's last known day.")),
    Indicator(key="officers.exam_pass_rate", label=N_("Officers' examinations passed"), unit=PERCENT, measure=Ratio(Count(both(EXAMINED, Is("exam_passed", 1))), Count(EXAMINED)),
        definition=N_("Officers who passed their last examination, over officers whose last examination was in the period.")),
)  # fmt: skip
