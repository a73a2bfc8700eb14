"""Handing over: every open case of one person becomes another's, after a look at which, as one operation.

What an open case is and which fields name who handles it, each ledger declares (`Agenda.open`, `Agenda.people`). Where
several people are named, only this one is replaced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from tracker.db import history, records
from tracker.db.records import Query
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import clerks, deadlines
from tracker.operations.office import Changed, Office
from tracker.operations.progress import SILENT, Progress
from tracker.schema.fields import Field, Value
from tracker.schema.filters import AnyOf, Condition, Filled, Named, both, split_names
from tracker.schema.ledger import Ledger
from tracker.schema.values import clean

KIND = "handover"
"""The kind of the operation in the history."""
BLOCK = 500


@dataclass(frozen=True)
class Line:
    """One field of one case that names who hands over: what it holds, and what it would."""

    ledger: str
    uid: str
    number: str
    about: str
    field: Field
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """What would be handed over."""

    giver: str
    taker: str
    lines: tuple[Line, ...]
    heads: bytes
    """Where the history stood when the plan was made."""
    unknown: bool = False
    """Whether nobody knows who takes over (`takers`): a mistyped name, say."""

    @property
    def counts(self) -> dict[str, int]:
        """How many cases of each ledger."""
        return dict(Counter(name for name, _uid in {(line.ledger, line.uid): None for line in self.lines}))


def ledgers(office: Office) -> tuple[Ledger, ...]:
    """Those whose cases can be handed over."""
    return tuple(one for one in office.catalogue.ledgers if one.agenda.open and one.agenda.people)


def holders(office: Office, progress: Progress = SILENT) -> dict[str, int]:
    """Everybody who has open cases, and how many; most first."""
    found: Counter[str] = Counter()
    for ledger in ledgers(office):
        progress.check()
        people = ledger.agenda.people
        some = AnyOf(tuple(Filled(key) for key in people))
        for values in records.each(office.db, Query(ledger, both(_open(ledger), some)), people):
            found.update({name for value in values for name in split_names(str(value or ""))})
    return dict(found.most_common())


def takers(office: Office) -> list[str]:
    """Who may take over: the clerks named, and everybody on the register of officers."""
    officers = office.catalogue.by_name["officers"]
    registered = records.each(office.db, Query(officers), (officers.called.key,))
    return list(dict.fromkeys((*clerks.names(office), *(str(row[0]) for row in registered if row[0]))))


def plan(
    office: Office, giver: str, taker: str, only: Iterable[str] = (), progress: Progress = SILENT
) -> Plan:
    """What would be handed over, of all ledgers or of `only` these. Raises UserError for names that cannot be."""
    giver, taker, some = clean(giver), clean(taker), set(only)
    for name in (giver, taker):
        if split_names(name) != (name,):
            raise UserError(_("Name one person who hands over, and one who takes over."))
    if giver == taker:
        raise UserError(_("{name} cannot hand over to the same person; choose another.").format(name=giver))
    with office.db.snapshot():
        found = [
            line
            for ledger in ledgers(office)
            if not some or ledger.name in some
            for line in _lines(office, ledger, giver, taker, progress)
        ]
        return Plan(giver, taker, tuple(found), history.heads(office.db), taker not in takers(office))


def carry_out(office: Office, wanted: Plan, why: str = "", progress: Progress = SILENT) -> Changed:
    """Hand over, as one operation. Raises UserError where the file has changed since the plan was made."""
    note = _("{giver} → {taker}").format(giver=wanted.giver, taker=wanted.taker)
    note = " — ".join(filter(None, (note, clean(why))))
    every = office.catalogue.by_name
    changes: dict[tuple[str, str], dict[str, Value]] = {}
    for line in wanted.lines:
        changes.setdefault((line.ledger, line.uid), {})[line.field.key] = line.after
    with office.writing(KIND, note) as writer:
        if history.heads(office.db) != wanted.heads:
            raise UserError(_("The data file has changed since this was worked out; look at it again."))
        for done, ((name, uid), fields) in enumerate(changes.items(), 1):
            record = records.get(office.db, every[name], uid)
            if record:
                writer.update(every[name], record, fields)
            progress.report(done, len(changes), _("Writing the records …"))
    return Changed(frozenset({*wanted.counts, *writer.followed}))


def _open(ledger: Ledger) -> Condition:
    assert ledger.agenda.open is not None
    return ledger.agenda.open


def _lines(office: Office, ledger: Ledger, giver: str, taker: str, progress: Progress) -> Iterator[Line]:
    people = ledger.agenda.people
    named = AnyOf(tuple(Named(key, (giver,)) for key in people))
    naming = dict.fromkeys(chain(*deadlines.naming(ledger)))
    keys = tuple(dict.fromkeys(("uid", ledger.number, *people, *naming)))
    for n, row in enumerate(records.each(office.db, Query(ledger, both(_open(ledger), named)), keys)):
        if n % BLOCK == 0:
            progress.report(n, None, _("Checking the records …"))
        record = dict(zip(keys, row, strict=True))
        number, about = str(record[ledger.number]), deadlines.about(ledger, record)
        for key in people:
            before = str(record[key] or "")
            if giver in split_names(before):
                after = replaced(before, giver, taker)
                yield Line(ledger.name, str(record["uid"]), number, about, ledger.field(key), before, after)


def replaced(text: str, giver: str, taker: str) -> str:
    """Several names with one in place of another; nobody stands twice."""
    return "、".join(dict.fromkeys(taker if name == giver else name for name in split_names(text)))
