"""Scans and documents kept with a record; the bytes themselves lie in the file once, by their SHA-256."""

from tracker.attached.head import BY_RECORD, HEAD
from tracker.i18n import N_
from tracker.schema.fields import Count, Name, Text
from tracker.schema.ledger import Ledger

ATTACHMENTS = Ledger(
    name="attachments",
    label=N_("Attachments"),
    short=N_("Attachments"),
    section=N_("Of a record"),
    icon="document",
    record=N_("attachment"),
    number="name",
    attached=True,
    columns=("name", "size", "created_at", "created_by"),
    indexes=(*BY_RECORD, ("digest",)),
    typed=(
        *HEAD,
        Name(key="name", label=N_("File name"), required=True, width=30),
        Text(key="digest", label=N_("Checksum"), required=True, searched=False, width=64),
        Count(key="size", label=N_("File size"), unit=N_("bytes"), required=True),
    ),
)  # fmt: skip
