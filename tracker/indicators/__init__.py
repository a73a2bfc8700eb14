"""What is computed: one file a theme, and this tuple in the order of the report."""

from tracker.indicators.disputes import DISPUTES
from tracker.indicators.employers import EMPLOYERS
from tracker.indicators.hazards import HAZARDS
from tracker.indicators.inspections import INSPECTIONS
from tracker.indicators.interviews import INTERVIEWS
from tracker.indicators.litigation import LITIGATION
from tracker.indicators.mediations import MEDIATIONS
from tracker.indicators.organisations import ORGANISATIONS
from tracker.indicators.penalties import PENALTIES
from tracker.indicators.petitions import PETITIONS
from tracker.indicators.powers import POWERS
from tracker.indicators.referrals import REFERRALS
from tracker.indicators.wage_arrears import WAGE_ARREARS
from tracker.schema.indicator import Indicator

INDICATORS: tuple[Indicator, ...] = (
    *DISPUTES,
    *PETITIONS,
    *MEDIATIONS,
    *ORGANISATIONS,
    *WAGE_ARREARS,
    *INSPECTIONS,
    *INTERVIEWS,
    *HAZARDS,
    *PENALTIES,
    *REFERRALS,
    *LITIGATION,
    *EMPLOYERS,
    *POWERS,
)

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
