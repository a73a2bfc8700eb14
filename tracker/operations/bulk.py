"""One field of many records given one value: first a plan, which changes nothing, then all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.db import history, records
from tracker.db.locks import Watch
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import links
from tracker.operations.office import Changed, Office
from tracker.operations.progress import Progress
from tracker.schema.fields import Field, Value
from tracker.schema.ledger import Ledger

KIND = "bulk"
"""The kind of the operation in the history."""
BLOCK = 500


@dataclass(frozen=True)
class Refused:
    """A record that does not take the value: its number, and why."""

    uid: str
    number: str
    message: str


@dataclass(frozen=True)
class Plan:
    """What giving a field one value would do."""

    ledger: Ledger
    field: Field
    value: Value
    uids: tuple[str, ...]
    """The records that would change."""
    before: tuple[tuple[Value, int], ...]
    """What these hold now, the most frequent first, and how many hold it."""
    unchanged: int
    refused: tuple[Refused, ...]
    warned: tuple[Refused, ...]
    """Records that would change and of which something would then be unlikely."""
    frozen: int
    """How many frozen figures count, so that a reason must be given."""
    heads: bytes
    """Where the history stood when the plan was made."""


def fields(ledger: Ledger) -> tuple[Field, ...]:
    """The fields that several records can share: all that are typed but what tells records apart."""
    own = {ledger.number, ledger.called.key, ledger.aliases}
    return tuple(field for field in ledger.inputs if field.key not in own)


def plan(
    office: Office, ledger: Ledger, uids: Sequence[str], field: Field, value: Value, progress: Progress
) -> Plan:
    """Find out what would change. Raises UserError where the field must not be empty."""
    if value is None and field.required:
        raise UserError(_("{field} is missing; fill it in.").format(field=field.title()))
    spelled, _unknown = links.respelled(office.db, ledger, {field.key: value})
    value = spelled[field.key] if value is not None else field.default
    wanted: list[str] = []
    before: Counter[Value] = Counter()
    refused: list[Refused] = []
    warned: list[Refused] = []
    unchanged = frozen = done = 0
    watch, heads = Watch(office.db, ledger), history.heads(office.db)
    for block in _blocks(office, ledger, uids):
        changing = [(old, {**old, field.key: value}) for old in block if old[field.key] != value]
        unchanged += len(block) - len(changing)
        sound = [pair for pair in changing if not _walls(ledger, *pair, refused)]
        for old, new in sound:
            _doubt(ledger, old, new, warned)
            wanted.append(str(old["uid"]))
            before[old[field.key]] += 1
        olds, news = (watch.concerned([pair[n] for pair in sound]) for n in (0, 1))
        frozen += len({*olds, *news})
        done += len(block)
        progress.report(done, len(uids), _("Checking the records …"))
    return Plan(
        ledger, field, value, tuple(wanted), tuple(before.most_common()), unchanged,
        tuple(refused), tuple(warned), frozen, heads,
    )  # fmt: skip


def carry_out(office: Office, plan: Plan, progress: Progress) -> Changed:
    """Give the records the value, as one operation. Raises UserError where the file has changed since."""
    done = 0
    with office.writing(KIND) as writer:
        if history.heads(office.db) != plan.heads:
            raise UserError(_("The data file has changed since this was worked out; look at it again."))
        for block in _blocks(office, plan.ledger, plan.uids):
            for old in block:
                writer.update(plan.ledger, old, {plan.field.key: plan.value})
            done += len(block)
            progress.report(done, len(plan.uids), _("Writing the records …"))
    return Changed(frozenset({plan.ledger.name, *writer.followed}))


def _blocks(office: Office, ledger: Ledger, uids: Iterable[str]) -> Iterator[list[Record]]:
    left = iter(uids)
    while part := list(islice(left, BLOCK)):
        found = records.by_uids(office.db, ledger, part)
        yield [found[uid] for uid in part if uid in found]


def _walls(ledger: Ledger, old: Record, new: Record, refused: list[Refused]) -> bool:
    """Note what keeps a record from being changed so; whether anything does."""
    walls = [problem for problem in ledger.problems(new) if not problem.warning]
    if walls:
        refused.append(_told(ledger, old, walls[0].message))
    return bool(walls)


def _doubt(ledger: Ledger, old: Record, new: Record, warned: list[Refused]) -> None:
    """Note what would newly be unlikely."""
    known = {problem.message for problem in ledger.problems(old)}
    fresh = [problem for problem in ledger.problems(new) if problem.message not in known]
    if fresh:
        warned.append(_told(ledger, old, fresh[0].message))


def _told(ledger: Ledger, record: Record, message: str) -> Refused:
    number = ledger.field(ledger.number).format(record[ledger.number])
    return Refused(str(record["uid"]), number, message)
