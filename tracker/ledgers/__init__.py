"""What the office records: one file a ledger, and this tuple in the order of the menu."""

from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.ledgers.petitions import PETITIONS
from tracker.ledgers.wage_arrears import WAGE_ARREARS
from tracker.schema.ledger import Ledger

LEDGERS: tuple[Ledger, ...] = (
    DISPUTES,
    PETITIONS,
    WAGE_ARREARS,
    INSPECTIONS,
)

BY_NAME = {ledger.name: ledger for ledger in LEDGERS}
