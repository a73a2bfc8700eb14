"""What the office can set, declared like the fields of a record; kept in the data file."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.i18n import N_
from tracker.ledgers import LEDGERS
from tracker.schema.fields import Choice, Count, Field, Text, Value, YesNo, codes
from tracker.schema.ledger import Ledger
from tracker.schema.numbering import Pattern

OFFICE, NUMBERS = N_("Office"), N_("Case numbers")


def pattern_key(ledger: Ledger) -> str:
    """The setting that holds a ledger's number pattern."""
    return f"pattern_{ledger.name}"


PATTERNS: tuple[Field, ...] = tuple(
    Text(key=pattern_key(ledger), label=ledger.label, group=NUMBERS, default=ledger.number_pattern, width=36,
         help=N_("{year}, {region} and {n} are filled in; {n:03d} writes 001."))
    for ledger in LEDGERS if ledger.number_pattern
)  # fmt: skip

_LIMITS = [limit for ledger in LEDGERS for limit in ledger.limits]
LIMITS: tuple[Field, ...] = tuple(
    limit for group in dict.fromkeys(f.group for f in _LIMITS) for limit in _LIMITS if limit.group == group
)

WHOLE_SHARES = YesNo(
    key="whole_shares",
    label=N_("Shares add up to exactly 100%"),
    group=N_("Figures"),
    default=0,
    help=N_("By the largest remainders; the exact share stays in the hint of each cell."),
)

ATTACHMENT_LIMIT = Count(
    key="attachment_limit",
    label=N_("Largest attachment"),
    group=N_("Attachments"),
    unit=N_("MB"),
    minimum=1,
    default=50,
    help=N_("Attachments lie in the data file and make it and its backups larger."),
)

LOCK_MINUTES = Count(
    key="lock_minutes",
    label=N_("Lock after"),
    group=N_("Password"),
    unit=N_("idle minutes"),
    minimum=0,
    default=15,
    help=N_("0 never locks. Only a file with a password is locked."),
)

BACKUPS = N_("Backups")
BACKUP_RULE: tuple[Count, ...] = (
    Count(key="backup_days", label=N_("All backups of the last"), group=BACKUPS, unit=N_("days"), minimum=1, default=2,
          help=N_("Of older ones the newest of each day, week and month is kept, as many as are set here.")),
    Count(key="backup_daily", label=N_("Then one a day"), group=BACKUPS, unit=N_("backups"), default=14),
    Count(key="backup_weekly", label=N_("One a week"), group=BACKUPS, unit=N_("backups"), default=12),
    Count(key="backup_monthly", label=N_("One a month"), group=BACKUPS, unit=N_("backups"), default=24),
)  # fmt: skip
"""In the order of `tracker.operations.retention.Retention`."""
BACKUP_SECOND = Text(
    key="backup_second",
    label=N_("Second place"),
    group=BACKUPS,
    width=36,
    help=N_("A folder, such as on a USB disk, for a second copy of each backup; its absence is only noted."),
)

SETTINGS: tuple[Field, ...] = (
    Text(key="office", label=N_("Name of the office"), group=OFFICE, width=36),
    Text(key="region", label=N_("Short name of the region"), group=OFFICE, width=12,
         help=N_("Stands in the case numbers, such as 京怀.")),
    Text(key="commission", label=N_("Name of the arbitration commission"), group=OFFICE, width=36,
         help=N_("Heads the documents of arbitration cases.")),
    Text(key="office_address", label=N_("Address of the office"), group=OFFICE, width=36),
    Text(key="office_phone", label=N_("Telephone of the office"), group=OFFICE, width=16),
    Text(key="clerk", label=N_("Clerk"), group=OFFICE, width=16, help=N_("Who enters records in this file.")),
    *LIMITS,
    WHOLE_SHARES,
    ATTACHMENT_LIMIT,
    LOCK_MINUTES,
    *BACKUP_RULE,
    BACKUP_SECOND,
    *PATTERNS,
)  # fmt: skip

STANDARD_REPORTS = codes(
    ("huairou-2020", N_("Huairou district, Beijing (2020)")),
    ("yuhang-2023", N_("Yuhang district, Hangzhou (2023)")),
    ("baoan-2023", N_("Bao'an district, Shenzhen (2023)")),
    ("ezhou-2016", N_("Ezhou, Hubei (2016)")),
    ("shanghai-2020", N_("Shanghai (2020)")),
)
OWN_REPORT = codes(("own", N_("The office's own template")))
REPORT_TEMPLATE = Choice(
    key="report_template",
    label=N_("Template of the report"),
    group="",
    default="huairou-2020",
    codes=(*STANDARD_REPORTS, *OWN_REPORT),
)
"""Chosen on the page of the report; each standard one is a file in `resources/reports/`."""

BY_KEY = {field.key: field for field in (*SETTINGS, REPORT_TEMPLATE)}

OF_COMPUTER = frozenset({"clerk", LOCK_MINUTES.key, BACKUP_SECOND.key})
"""Settings of the computer on which a file lies rather than of the office: who works there, when it locks, which disk
is plugged in. No merge takes another's in place of them, and no part takes them along."""


def value(stored: Mapping[str, str], key: str) -> Value:
    """A setting's value: the office's own, or the declared default; raises KeyError for one that is not declared."""
    field = BY_KEY[key]
    return field.set_by(stored)


def pattern(stored: Mapping[str, str], ledger: Ledger) -> Pattern:
    """A ledger's number pattern with the region filled in."""
    own = stored.get(pattern_key(ledger)) or ledger.number_pattern
    return Pattern.of(own, str(value(stored, "region") or ""))
