"""What is computed: one file a theme, and this tuple in the order of the report."""

from tracker.indicators.activities import ACTIVITIES
from tracker.indicators.consultations import CONSULTATIONS
from tracker.indicators.disclosures import DISCLOSURES
from tracker.indicators.disputes import DISPUTES
from tracker.indicators.documents import DOCUMENTS
from tracker.indicators.employers import EMPLOYERS
from tracker.indicators.file_reviews import FILE_REVIEWS
from tracker.indicators.hazards import HAZARDS
from tracker.indicators.inspections import INSPECTIONS
from tracker.indicators.interviews import INTERVIEWS
from tracker.indicators.legal_reviews import LEGAL_REVIEWS
from tracker.indicators.litigation import LITIGATION
from tracker.indicators.mediations import MEDIATIONS
from tracker.indicators.officers import OFFICERS
from tracker.indicators.organisations import ORGANISATIONS
from tracker.indicators.penalties import PENALTIES
from tracker.indicators.permits import PERMITS
from tracker.indicators.petitions import PETITIONS
from tracker.indicators.powers import POWERS
from tracker.indicators.proposals import PROPOSALS
from tracker.indicators.referrals import REFERRALS
from tracker.indicators.tallies import TALLIES
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
    *LEGAL_REVIEWS,
    *DOCUMENTS,
    *FILE_REVIEWS,
    *PERMITS,
    *DISCLOSURES,
    *PROPOSALS,
    *ACTIVITIES,
    *CONSULTATIONS,
    *EMPLOYERS,
    *OFFICERS,
    *POWERS,
    *TALLIES,
)

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
