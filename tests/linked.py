"""Ledgers made for tests, whose records name each other: firms, bodies, people and what befalls them."""

from __future__ import annotations

from pathlib import Path

from tests.office import WHO, new_office
from tracker.db import migrations
from tracker.ledgers import LEDGERS
from tracker.operations.editing import save
from tracker.operations.office import Office
from tracker.schema.catalogue import Catalogue
from tracker.schema.fields import CreditCode, Day, Link, Name, Names, Number, Text, Value
from tracker.schema.ledger import Ledger

FIRMS = Ledger(
    name="firms",
    label="Firms",
    short="Firms",
    section="Elsewhere",
    record="firm",
    number="name",
    aliases="former_names",
    columns=("name", "code", "town"),
    typed=(
        Name(key="name", label="Firm name", required=True, width=30),
        CreditCode(key="code", label="Credit code"),
        Text(key="town", label="Town"),
        Names(key="former_names", label="Former names"),
        Text(key="phone", label="Telephone"),
    ),
)
BODIES = Ledger(
    name="bodies",
    label="Mediation bodies",
    short="Bodies",
    section="Elsewhere",
    record="body",
    number="body_no",
    number_pattern="B{n}",
    calls="title",
    columns=("body_no", "title", "arbitrator"),
    typed=(
        Number(key="body_no", label="Body no.", required=True),
        Text(key="title", label="Title"),
        Names(key="arbitrator", label="Paired with"),
    ),
)
SUITS = Ledger(
    name="suits",
    label="Pleas",
    short="Pleas",
    section="Elsewhere",
    record="suit",
    number="suit_no",
    number_pattern="诉〔{year}〕{n}号",
    day="filed_on",
    columns=("suit_no", "filed_on", "parties", "payer", "body"),
    typed=(
        Number(key="suit_no", label="Suit no.", required=True),
        Day(key="filed_on", label="Filed on", required=True),
        Names(key="parties", label="Parties", names="firms", suggest=True, width=20),
        Link(key="payer", label="Payer", names="firms"),
        Text(key="judge", label="Judge", suggest=True),
        Link(key="body", label="Body", names="bodies", paired=("judge", "arbitrator")),
        Link(key="earlier", label="Earlier suit", names="suits"),
    ),
)
MADE = (FIRMS, BODIES, SUITS)


def linked_office(path: Path) -> Office:
    """A new file that has these ledgers beside the program's own."""
    office = new_office(path, WHO)
    office.db.catalogue = Catalogue((*LEDGERS, *MADE))
    migrations.bring_up(office.db, office.db.catalogue.ledgers)
    return office


def firm(office: Office, name: str, **more: Value) -> str:
    """Enter a firm; its uid."""
    return save(office, FIRMS, {"name": name, **more}).uid


def suit(office: Office, n: int, **more: Value) -> str:
    """Enter a suit; its uid."""
    return save(office, SUITS, {"suit_no": f"诉〔2020〕{n}号", "filed_on": f"2020-01-{n:02d}", **more}).uid
