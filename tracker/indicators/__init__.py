"""What is computed: one file a theme, and this tuple in the order of the report."""

from tracker.indicators.activities import ACTIVITIES
from tracker.indicators.consultations import CONSULTATIONS
from tracker.indicators.disclosures import DISCLOSURES
from tracker.indicators.disputes import DISPUTES
from tracker.indicators.documents import DOCUMENTS
from tracker.indicators.file_reviews import FILE_REVIEWS
from tracker.indicators.inspections import INSPECTIONS
from tracker.indicators.legal_reviews import LEGAL_REVIEWS
from tracker.indicators.officers import OFFICERS
from tracker.indicators.permits import PERMITS
from tracker.indicators.petitions import PETITIONS
from tracker.indicators.proposals import PROPOSALS
from tracker.indicators.tallies import TALLIES
from tracker.indicators.wage_arrears import WAGE_ARREARS
from tracker.schema.indicator import Indicator

INDICATORS: tuple[Indicator, ...] = (
    *DISPUTES,
    *PETITIONS,
    *WAGE_ARREARS,
    *INSPECTIONS,
    *LEGAL_REVIEWS,
    *DOCUMENTS,
    *FILE_REVIEWS,
    *PERMITS,
    *DISCLOSURES,
    *PROPOSALS,
    *ACTIVITIES,
    *CONSULTATIONS,
    *OFFICERS,
    *TALLIES,
)

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
