"""What belongs to a single record of any ledger: its events, parties and attachments, one file each.

They are ledgers like the others as far as the file is concerned, so that tables, history, undo and merging need to
know nothing of them; they have no page, sheet or figures of their own. `of` and `record` (see `head`) say where each
belongs.
"""

from tracker.attached.attachments import ATTACHMENTS
from tracker.attached.events import EVENTS
from tracker.attached.parties import PARTIES
from tracker.schema.ledger import Ledger

ATTACHED: tuple[Ledger, ...] = (EVENTS, PARTIES, ATTACHMENTS)

BY_NAME = {ledger.name: ledger for ledger in ATTACHED}
