"""What was done in the file (操作日志): every operation in words, newest first, and the records that it touched.

A clerk sees what he did himself, a head what everybody did; as long as there is no head, everybody sees everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.db import draws, history, log, records, steps
from tracker.db import settings as stored
from tracker.db.history import Change
from tracker.db.log import Operation, Wanted
from tracker.i18n import N_, _
from tracker.operations import exports, past, undo_words
from tracker.operations.office import Office
from tracker.operations.past import Past
from tracker.operations.undo_words import Told
from tracker.schema import clerks
from tracker.schema.clerks import Deed
from tracker.schema.ledger import Ledger
from tracker.schema.stored import parsed

PAGE = 200
"""So many operations are read at once."""
LISTED = 5000
"""So many records of an operation are listed."""
TOLD = 40
"""So many changes of an operation are told field by field."""

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "records": (N_("Records entered and changed"), ("entry", "edit", "batch", "bulk", "papers", "revert", "handover")),
    "sheets": (N_("Imports, exports and merges"), ("import", "export", "merge", "part")),
    "bin": (N_("Bin"), ("bin", "restore", "combine", "delete")),
    "undo": (N_("Undone and redone"), (steps.UNDO, steps.REDO)),
    "freezes": (N_("Freezing"), ("freeze", "thaw")),
    "office": (N_("Settings, clerks and templates"), ("settings", "template")),
    "rest": (N_("Other"), ()),
}  # fmt: skip
"""Kinds of operations as one filters by them: what each group is called, and its kinds; the last has all others."""


@dataclass(frozen=True)
class Done:
    """An operation in words."""

    operation: Operation
    kind: str
    what: str


ALL = Wanted()


def read(office: Office, wanted: Wanted = ALL, before: str = "", most: int = PAGE) -> list[Done]:
    """So many operations older than `before` (an id), the newest first. Raises UserError for what one may not see."""
    wanted = allowed(office, wanted)
    with office.db.snapshot():
        return [told(office, one) for one in log.operations(office.db, wanted, before, most)]


def read_group(office: Office, wanted: Wanted, group: str = "", before: str = "") -> list[Done]:
    """The same of one group of kinds (`GROUPS`), or of all. Where one may not see whom one chose, one's own."""
    if wanted.clerk not in ("", office.who.clerk) and not office.may(Deed.EVERYONE):
        wanted = replace(wanted, clerk="")
    return read(office, replace(wanted, kinds=kinds_of(office, group)) if group else wanted, before)


def allowed(office: Office, wanted: Wanted) -> Wanted:
    """What is asked for as far as the clerk who acts may see it. Raises UserError where somebody else was asked for."""
    if wanted.clerk and wanted.clerk != office.who.clerk:
        office.needs(Deed.EVERYONE)
    return wanted if office.may(Deed.EVERYONE) else replace(wanted, clerk=office.who.clerk)


@dataclass(frozen=True)
class Seen:
    """Whose operations the clerk who acts may see, and whether that is everybody's."""

    people: tuple[str, ...]
    everyone: bool


def seen(office: Office) -> Seen:
    """By what the office has named until now."""
    everyone = office.may(Deed.EVERYONE)
    return Seen(tuple(log.clerks(office.db)) if everyone else (office.who.clerk,), everyone)


def kinds_of(office: Office, group: str) -> tuple[str, ...]:
    """The kinds of operations of a group that the file has; one that it cannot have where it has none."""
    named = {kind for _label, kinds in GROUPS.values() for kind in kinds}
    if group == "rest":
        return tuple(kind for kind in log.kinds(office.db) if kind not in named) or ("-",)
    return GROUPS[group][1]


def told(office: Office, one: Operation) -> Done:
    """An operation in words."""
    return Done(one, past.kind(office, one.kind), _what(office, one))


def _what(office: Office, one: Operation) -> str:
    if one.kind in (steps.UNDO, steps.REDO):
        about = steps.about(one.note)
        kind, note = history.kind_of(office.db, about)
        if found := log.operation(office.db, about):
            return undo_words.told(office, Told(about, found.last, found.rows), kind, note)
        return ""
    first = history.first_changes(office.db, one.id, one.last, 1)
    if not first or first[0].ledger not in {*office.catalogue.every, stored.LEDGER, draws.LEDGER}:
        return _of_file(one, first)
    words = undo_words.told(office, Told(one.id, one.last, one.rows), one.kind, one.note)
    reason = one.note if one.kind not in ("import", "draw", "demonstration") else ""
    return _("{what} — {reason}").format(what=words, reason=reason) if reason and words else words or reason


def _of_file(one: Operation, first: Sequence[Change]) -> str:
    """What was done to the file as a whole: frozen, merged, exported, restored."""
    days = (
        [str(first[0].changes[key]) for key in ("begin", "end") if key in first[0].changes] if first else []
    )
    period = _("{begin} to {end}").format(begin=days[0], end=days[1]) if len(days) == 2 else ""
    name = first[0].uid if first and one.kind == "template" else ""
    return " · ".join(filter(None, (period, name, one.note)))


# what an operation touched


def touched(office: Office, operation: str) -> dict[str, list[str]]:
    """The records with a page that an operation changed, or of which it changed what belongs to them; by ledger."""
    every = office.catalogue.every
    found = log.touched(office.db, operation, list(every), LISTED)
    result: dict[str, dict[str, None]] = {}
    for name, uids in found.items():
        if not every[name].attached:
            result.setdefault(name, {}).update(dict.fromkeys(uids))
            continue
        for thing in records.by_uids(office.db, every[name], uids).values():
            if str(thing["of"]) in office.catalogue.by_name:
                result.setdefault(str(thing["of"]), {})[str(thing["record"])] = None
    return {name: list(uids) for name, uids in result.items()}


@dataclass(frozen=True)
class Detail:
    """One field that an operation changed, in words; `ledger` and `uid` are of the record with a page, if any."""

    record: str
    field: str
    before: str
    after: str
    ledger: str = ""
    uid: str = ""


def details(office: Office, one: Operation) -> list[Detail]:
    """The first changes of an operation, field by field."""
    found = [
        detail
        for change in history.first_changes(office.db, one.id, one.last, TOLD)
        for detail in _details(office, change)
    ]
    more = one.rows - TOLD
    if more > 0:
        found.append(Detail(_("and {n} more changes").format(n=f"{more:,}"), "", "", ""))
    return found


def _details(office: Office, change: Change) -> Iterator[Detail]:
    if change.ledger == stored.LEDGER:
        for key, (before, after) in change.changes.items():
            name = undo_words.setting_name(key, (before, after))
            yield Detail(_("Settings"), name, _setting(key, before), _setting(key, after))
        return
    if change.action == exports.ACTION:
        yield from _exported(change.changes)
        return
    ledger = office.catalogue.every.get(change.ledger)
    if ledger is None:
        return
    record, owner, uid = _place(office, ledger, change.uid)
    entry = history.Entry("", "", "", "", "", change.action, change.changes)
    cells = [cell for cell in past.cells(Past(entry, ledger, change.uid)) if any(cell[1:])]
    if change.action in ("bin", "restore", "delete") or not cells:
        yield Detail(record, "", "", _(past.ACTIONS.get(change.action, change.action)), owner, uid)
    for field, before, after in cells:
        yield Detail(record, field, before, after, owner, uid)


def _exported(told: Mapping[str, object]) -> Iterator[Detail]:
    what, records = str(told.get("what") or ""), told.get("records")
    yield Detail(what, _("File"), "", str(told.get("file") or ""))
    if isinstance(records, int):
        yield Detail(what, _("Number of records"), "", f"{records:,}")
    yield Detail(what, _("Personal numbers"), "", _("whole") if told.get("whole") else _("masked"))


def _place(office: Office, ledger: Ledger, uid: str) -> tuple[str, str, str]:
    """What a record is called, and the ledger and uid of the record with a page that it is or belongs to."""
    record = records.get(office.db, ledger, uid) or {}
    called = ledger.called.shown(record.get(ledger.called.key)) or str(record.get(ledger.number) or "")
    owner = office.catalogue.by_name.get(str(record.get("of") or "")) if ledger.attached else None
    title = f"{_(ledger.short)} {called}"
    if owner:
        its = records.get(office.db, owner, str(record["record"])) or {}
        number = str(its.get(owner.number) or "")
        return _("{thing} · {number}").format(number=number, thing=title), owner.name, str(record["record"])
    return title, ledger.name, uid


def _setting(key: str, text: str | None) -> str:
    """What a setting holds, in words where it is a clerk."""
    if text is None:
        return _("(empty)")
    found = clerks.read({key: text}) if key.startswith(f"{clerks.CLERK}:") else ()
    if found:
        state = _("retired") if found[0].retired else found[0].role.title()
        return " · ".join(filter(None, (found[0].post, state)))
    told = parsed(text)
    if isinstance(told, dict):
        return str(told.get("label") or _("(set)"))
    return text if told is None else str(told)


def as_json(office: Office, done: Done) -> dict[str, object]:
    """An operation with plain values."""
    one = done.operation
    told = {"id": one.id, "at": one.at, "clerk": one.clerk, "origin": one.origin, "kind": one.kind}
    return {**told, "note": one.note, "rows": one.rows, "what": done.what, "records": touched(office, one.id)}


def text_lines(done: Sequence[Done]) -> Iterator[str]:
    """The log as lines of text."""
    for each in done:
        one = each.operation
        yield "  ".join((one.at.replace("T", " "), one.clerk, one.origin, each.kind, each.what)).rstrip()
