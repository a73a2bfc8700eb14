"""What the office records: one file a ledger, and this tuple in the order of the menu."""

from tracker.ledgers.activities import ACTIVITIES
from tracker.ledgers.consultations import CONSULTATIONS
from tracker.ledgers.disclosures import DISCLOSURES
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.documents import DOCUMENTS
from tracker.ledgers.employers import EMPLOYERS
from tracker.ledgers.file_reviews import FILE_REVIEWS
from tracker.ledgers.hazards import HAZARDS
from tracker.ledgers.inspections import INSPECTIONS
from tracker.ledgers.interviews import INTERVIEWS
from tracker.ledgers.legal_reviews import LEGAL_REVIEWS
from tracker.ledgers.litigation import LITIGATION
from tracker.ledgers.mediations import MEDIATIONS
from tracker.ledgers.officers import OFFICERS
from tracker.ledgers.organisations import ORGANISATIONS
from tracker.ledgers.penalties import PENALTIES
from tracker.ledgers.permits import PERMITS
from tracker.ledgers.petitions import PETITIONS
from tracker.ledgers.powers import POWERS
from tracker.ledgers.proposals import PROPOSALS
from tracker.ledgers.referrals import REFERRALS
from tracker.ledgers.tallies import TALLIES
from tracker.ledgers.wage_arrears import WAGE_ARREARS
from tracker.schema.ledger import Ledger

LEDGERS: tuple[Ledger, ...] = (
    DISPUTES,
    PETITIONS,
    MEDIATIONS,
    ORGANISATIONS,
    WAGE_ARREARS,
    INSPECTIONS,
    INTERVIEWS,
    HAZARDS,
    PENALTIES,
    REFERRALS,
    LITIGATION,
    LEGAL_REVIEWS,
    DOCUMENTS,
    FILE_REVIEWS,
    PERMITS,
    DISCLOSURES,
    PROPOSALS,
    ACTIVITIES,
    CONSULTATIONS,
    EMPLOYERS,
    OFFICERS,
    POWERS,
    TALLIES,
)

BY_NAME = {ledger.name: ledger for ledger in LEDGERS}
