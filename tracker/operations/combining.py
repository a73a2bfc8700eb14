"""Two entries of one firm, body or person in a register made one; and which entries may be that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tracker.db import following, history, records, steps
from tracker.db.database import Database
from tracker.db.records import Query, Record
from tracker.db.writing import Writer
from tracker.errors import RecordProblems, UserError
from tracker.i18n import _
from tracker.operations import links
from tracker.operations.office import Changed, Office
from tracker.schema.fields import CreditCode, Field, IdNumber, Names, Value
from tracker.schema.filters import Condition, Contains, Is
from tracker.schema.firm import without_form
from tracker.schema.ledger import Ledger

KIND = "combine"
"""The kind of the operation in the history."""
LEAST_ALIKE, MOST_ALIKE = 2, 5
_NOISE = re.compile(r"[\s()（）\[\]〔〕【】·.,，、\-—]")
_REGION = re.compile(
    r"^(?:中国)?(?:(?:北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|"
    r"海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门)(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?)?"
    r"(?:[\u4e00-\u9fff]{2,3}(?:市|地区|州|盟))?(?:[\u4e00-\u9fff]{1,3}(?:区|县|旗))?"
)


@dataclass(frozen=True)
class Alike:
    """Two entries that may be one, and why: the field that is the same, or None where their names are alike."""

    uids: tuple[str, str]
    called: tuple[str, str]
    field: Field | None


def may_combine(ledger: Ledger) -> bool:
    """Whether entries of the ledger are of something that can have been entered twice: those of a register."""
    return not ledger.day


def filled(ledger: Ledger, keep: Mapping[str, Value], drop: Mapping[str, Value]) -> dict[str, Value]:
    """What `keep` takes over: values it lacks, and the other entry's names among its own other names."""
    skipped = {ledger.number, ledger.called.key, ledger.aliases}
    new = {
        field.key: drop[field.key]
        for field in ledger.inputs
        if field.key not in skipped
        and keep.get(field.key) in (None, field.default)
        and drop.get(field.key) not in (None, field.default)
    }
    if ledger.aliases:
        names = (*Names.split(keep.get(ledger.aliases)), *links.names_of(ledger, drop))
        aliases = following.joined(names, str(keep.get(ledger.called.key)))
        new |= {ledger.aliases: aliases} if aliases != keep.get(ledger.aliases) else {}
    return new


def moved(db: Database, ledger: Ledger, drop: Mapping[str, Value]) -> int:
    """How many records name the entry that would go, and would be found with the other one: those with links to it,
    and where its names are kept among the other's also those that name it in free text."""
    names = links.names_of(ledger, drop)
    fields = [*db.catalogue.naming(ledger)] if ledger.aliases else [*following.links_to(db.catalogue, ledger)]
    return (
        sum(records.count(db, Query(o, links.names_it(field, names))) for o, field in fields) if names else 0
    )


def combine(
    office: Office, ledger: Ledger, keep: str, drop: str, chosen: Mapping[str, Value] | None = None
) -> Changed:
    """Make two entries (uids) one: `keep` takes over what it lacks and what is `chosen` of the other one, its other
    names, and the links to it; the other one goes into the bin. Restoring it takes all of this back.

    Raises UserError where the two are one, or one of them is gone or binned.
    """
    if keep == drop:
        raise UserError(_("These are one and the same entry; choose two."))
    with office.writing(KIND) as writer:
        kept, dropped = (_present(office.db, ledger, uid) for uid in (keep, drop))
        new = {**filled(ledger, kept, dropped), **_allowed(ledger, chosen or {})}
        walls = [p for p in ledger.problems({**kept, **new}) if not p.warning]
        if walls:
            raise RecordProblems(tuple(walls), walls[0].message)
        writer.bin(ledger, dropped)
        writer.update(ledger, kept, new)
        before, after = (str(record[ledger.called.key] or "") for record in (dropped, kept))
        if before and after and before != after and not following.shared(office.db, ledger, before, drop):
            following.rename(writer, ledger, before, after)
    return Changed(frozenset({ledger.name, *writer.followed}))


def _allowed(ledger: Ledger, chosen: Mapping[str, Value]) -> dict[str, Value]:
    fixed = {ledger.number, ledger.called.key, ledger.aliases}
    return {field.key: chosen[field.key] for field in ledger.inputs if field.key in chosen.keys() - fixed}


def _present(db: Database, ledger: Ledger, uid: str) -> Record:
    record = records.get(db, ledger, uid)
    if record is None or record["binned_at"] is not None:
        raise UserError(_("One of the two entries is no longer in the list; reopen it."))
    return record


def take_back(office: Office, writer: Writer, ledger: Ledger, uid: str) -> None:
    """Before an entry that was combined with another is restored: what that changed becomes as it was, where nobody
    has changed it since."""
    operation, kind = history.binned_by(office.db, uid)
    if kind == steps.REDO:
        kind = history.kind_of(office.db, steps.about(history.kind_of(office.db, operation)[1]))[0]
    if kind != KIND:
        return
    for name, other, changes in list(history.updates_of(office.db, operation)):
        of = office.catalogue.by_name.get(name)
        record = records.get(office.db, of, other) if of else None
        if of and record:
            known = {key: pair for key, pair in changes.items() if key in of.by_key}
            writer.update(of, record, {k: old for k, (old, new) in known.items() if record[k] == new})
            writer.followed.add(name)


# which entries may be one


def core_name(name: str) -> str:
    """What is left of a firm's name without region, legal form, brackets and spaces; empty where that is too little
    to tell firms apart."""
    bare = _REGION.sub("", without_form(_NOISE.sub("", name)), count=1)
    return bare.casefold() if len(bare) >= LEAST_ALIKE else ""


def alike(db: Database, ledger: Ledger, record: Mapping[str, Value]) -> tuple[Alike, ...]:
    """The entries that may be the same as one, as `duplicates` would tell."""
    if not may_combine(ledger):
        return ()
    called, found = ledger.called.key, dict[str, Alike]()
    me, name = str(record.get("uid")), str(record.get(called) or "")
    core = core_name(name)
    looked: list[tuple[Field | None, Condition]] = [
        (field, Is(field.key, str(record[field.key]))) for field in _codes(ledger) if record.get(field.key)
    ]
    looked += [(None, Contains(called, core[:LEAST_ALIKE]))] if core else []
    for field, where in looked:
        for uid, other in records.each(db, Query(ledger, where), ("uid", called)):
            if uid != me and (field or core_name(str(other)) == core):
                found.setdefault(str(uid), Alike((me, str(uid)), (name, str(other)), field))
    return tuple(found.values())[:MOST_ALIKE]


def _codes(ledger: Ledger) -> list[Field]:
    return [field for field in ledger.entered if isinstance(field, CreditCode | IdNumber)]


def duplicates(
    db: Database, ledger: Ledger, check: Callable[[], object] = lambda: None, most: int = 500
) -> tuple[Alike, ...]:
    """Pairs of entries with the same credit code or identity number, or with names alike, surest first."""
    called = ledger.called.key
    found: dict[tuple[str, str], Alike] = {}
    for field in (*_codes(ledger), None):
        groups: dict[str, list[tuple[str, str]]] = {}
        key = field.key if field else called
        for n, (uid, name, value) in enumerate(records.each(db, Query(ledger), ("uid", called, key))):
            word = (str(value) if field else core_name(str(value))) if value else ""
            if word:
                groups.setdefault(word, []).append((str(uid), str(name)))
            if n % 1000 == 0:
                check()
        for pair in _pairs(groups):
            found.setdefault(pair.uids, Alike(pair.uids, pair.called, field))
            if len(found) >= most:
                return tuple(found.values())
    return tuple(found.values())


def _pairs(groups: Mapping[str, list[tuple[str, str]]]) -> Iterator[Alike]:
    for entries in groups.values():
        ordered = sorted(entries)
        for entry in ordered[1:]:
            (first, name), (uid, other) = ordered[0], entry
            yield Alike((first, uid), (name, other), None)
