"""The two fields by which a record belongs to another one."""

from tracker.i18n import N_
from tracker.schema.fields import Field, Text

HEAD: tuple[Field, ...] = (
    Text(key="of", label=N_("Ledger"), required=True, searched=False),
    Text(key="record", label=N_("Belongs to"), required=True, searched=False, width=36),
)
"""The name of a ledger, and the uid of one of its records."""
BY_RECORD = (("record",),)
"""The index by which they are looked up."""
