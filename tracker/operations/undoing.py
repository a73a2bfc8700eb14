"""Taking back what a clerk did last, and doing it again: each is an operation of its own, the history only grows.

An operation is reversed change by change, from its last to its first, and only where all that it changed is still as it
left it: what somebody else went on with is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from tracker.db import draws, following, history, imported, records, steps
from tracker.db import settings as stored
from tracker.db.history import Change
from tracker.db.records import Record
from tracker.db.steps import Step
from tracker.db.writing import Writer
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import clerks, customising, recomputing, undo_words
from tracker.operations.office import Changed, Office
from tracker.operations.progress import SILENT, Progress
from tracker.schema.continuing import CONTINUES
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger


@dataclass(frozen=True)
class Turned:
    """A step that was taken back or done again: what changed, and the step in words."""

    changed: Changed
    words: str


@dataclass(frozen=True)
class Offered:
    """What would be taken back next and what done again, in words; empty where there is nothing."""

    undo: str
    redo: str


class Wall(UserError):
    """What was done last no step takes back; the next one goes on past it."""


class Overtaken(UserError):
    """A step that cannot be reversed any more, since somebody else went on from it."""


def offered(office: Office) -> Offered:
    """What this clerk could take back or do again now."""
    words = []
    for undone in (False, True):
        step = steps.next_one(office.db, office.who, undone=undone)
        words.append(undo_words.of(office, step) if step else "")
    return Offered(*words)


def undo(office: Office, progress: Progress = SILENT) -> Turned:
    """Take back this clerk's last step. Raises UserError where there is none or somebody went on from it, which also
    leaves the step out, Wall once after a merge or a restore, and FrozenRecords as any change does."""
    return _turn(office, progress, undone=False)


def redo(office: Office, progress: Progress = SILENT) -> Turned:
    """Do again what was taken back last; as `undo`."""
    return _turn(office, progress, undone=True)


def _turn(office: Office, progress: Progress, *, undone: bool) -> Turned:
    step = steps.next_one(office.db, office.who, undone=undone)
    if step is None:
        raise UserError(_("There is nothing to redo.") if undone else _("There is nothing to undo."))
    if step.wall:
        with office.db.atomic():
            steps.drop(office.db, step)
        raise Wall(undo_words.past_wall(step))
    words, before = undo_words.of(office, step), office.catalogue
    try:
        changed = _reverse(office, step, progress)
    except BaseException as wrong:
        office.db.catalogue = before
        office.forget_settings()
        if isinstance(wrong, Overtaken):
            with office.db.atomic():
                steps.drop(office.db, step)
        raise
    return Turned(changed, words)


def _reverse(office: Office, step: Step, progress: Progress) -> Changed:
    with office.writing(steps.REDO if step.undone else steps.UNDO, step.made) as writer:
        writer.reversing = True
        reversal = _Reversal(office, writer, step)
        try:
            done = 0
            for block in history.changes_of(office.db, step.operation, step.last):
                done += len(block)
                reversal.reverse(block)
                progress.report(min(done, step.rows), step.rows, _("Writing the records …"))
            reversal.finish()
        except Overtaken:
            writer.refuse_frozen()  # a record that the file refused to change looks as if somebody had changed it
            raise
        writer.settle()  # what follows is part of the step
        writer.flush()
        steps.turn(office.db, step, writer.journal)
        changed = reversal.changed()
        if changed.settings:  # limits and working days decide when records are due
            text = _("Days due are computed anew …")
            followed = recomputing.follow(office, lambda done, of: progress.report(done, of, text))
            changed = replace(changed, ledgers=changed.ledgers | followed.changed.ledgers)
    return changed


class _Reversal:
    """Reverses the changes of one operation within another one."""

    def __init__(self, office: Office, writer: Writer, step: Step) -> None:
        self.office, self.db, self.writer, self.step = office, office.db, writer, step
        self._records: dict[str, Record] = {}
        self._taken: set[tuple[str, str]] = set()
        """Ledgers and keys of numbers that others have, of those that records taken back have left."""
        self._made: dict[str, dict[str, Value]] = {}
        """What records were made with that the step had made, and that it made again."""
        self._unmade: dict[str, tuple[Ledger, Record]] = {}
        self._renamed: list[tuple[Ledger, str, str]] = []
        self._touched: set[str] = set()
        self._settings = self._structure = False

    def reverse(self, block: list[Change]) -> None:
        """Reverse some changes, the last of the operation first."""
        self._fetch(block)
        for change in block:
            if change.ledger == stored.LEDGER:
                self._settings_back(change)
            elif change.ledger == draws.LEDGER:
                self._draw_back(change)
            else:
                self._record_back(change)

    def finish(self) -> None:
        """What can only be done once everything is reversed."""
        self._refuse_orphans()
        for ledger, old, new in self._renamed:
            following.rename(self.writer, ledger, old, new, since=self.step.operation)
        imported.turn(self.db, self.step.made, again=self.step.undone)
        known = self.office.catalogue.every
        counters = tuple(counter for counter in self.step.counters if counter[0] in known)
        self.writer.count_back(counters, again=self.step.undone)

    def changed(self) -> Changed:
        """What the reversal changed."""
        ledgers = frozenset(self._touched | self.writer.followed)
        return Changed(ledgers, settings=self._settings, structure=self._structure)

    def _fetch(self, block: list[Change]) -> None:
        wanted: dict[str, list[str]] = {}
        for change in block:
            wanted.setdefault(change.ledger, []).append(change.uid)
        self._records, self._taken = {}, set()
        again = [change.uid for change in block if change.action == "restore"]
        self._made = history.inserted(self.db, self.step.made, again) if again else {}
        for name, uids in wanted.items():
            ledger = self.office.catalogue.every.get(name)
            if ledger:
                found = records.by_uids(self.db, ledger, list(dict.fromkeys(uids)))
                self._records |= found
            if (
                ledger and not ledger.attached
            ):  # titles of what belongs to a record are its own: any may be the same
                freed = [_key(ledger, record) for record in found.values() if record["number_key"] is None]
                self._taken |= {(name, key) for key in records.by_keys(self.db, ledger, freed)}

    def _record_back(self, change: Change) -> None:
        ledger = self.office.catalogue.every.get(change.ledger)
        record = self._records.get(change.uid)
        reverse = self._ways.get(change.action)
        if ledger is None or record is None or reverse is None:
            raise Overtaken(_("This step can no longer be taken back and was left out."))
        if records.is_deleted(record):
            raise self._overtaken(ledger, record)
        self._touched.add(ledger.name)
        self._records[change.uid] = {**record, **reverse(self, ledger, record, change)}

    def _uninsert(self, ledger: Ledger, record: Record, change: Change) -> Record:
        return self._unmake(ledger, record, change.changes, free=not ledger.attached)

    def _unset(self, ledger: Ledger, record: Record, change: Change) -> Record:
        other = {k for k, (_old, new) in change.changes.items() if k not in ledger.by_key or record[k] != new}
        follow = self.writer.in_step(ledger, record) if other else {}  # those may have been counted anew
        if any(key not in follow or record[key] != follow[key] for key in other):
            raise self._overtaken(ledger, record)
        back = {key: old for key, (old, _new) in change.changes.items()}
        if ledger.number in back and not ledger.attached:
            same = records.by_number(self.db, ledger, str(back[ledger.number]))
            others = (other for other in same if other["uid"] != change.uid)
            if any(self._given_since(ledger, str(other["uid"])) for other in others):
                raise _given(back[ledger.number])
        self.writer.put_back(ledger, record, back)
        called = ledger.called.key
        before = str(record[called] or "")
        if before and back.get(called) and not following.shared(self.db, ledger, before, change.uid):
            self._renamed.append((ledger, before, str(back[called])))
        return back

    def _given_since(self, ledger: Ledger, uid: str) -> bool:
        """Whether a record has been given its number since the step, and not, as by a merge, before."""
        told = {ledger.number, "number_key"}
        return any(
            not told.isdisjoint(entry.changes) for entry in history.later(self.db, uid, self.step.operation)
        )

    def _unbin(self, ledger: Ledger, record: Record, change: Change) -> Record:
        if record["binned_at"] is None:
            raise self._overtaken(ledger, record)
        key = _key(ledger, record)
        if record["number_key"] is None and not ledger.attached:
            if (ledger.name, key) in self._taken:
                raise _given(record[ledger.number], binned=True)
            self._taken.add((ledger.name, key))
        self.writer.restore(ledger, record)
        return {"binned_at": None, "number_key": key}

    def _unrestore(self, ledger: Ledger, record: Record, change: Change) -> Record:
        free, made = "number_key" in change.changes, self._made.get(change.uid)
        if made is not None:
            return self._unmake(ledger, record, made, free=free)
        return self._bin(ledger, record, free=free)

    def _unmake(self, ledger: Ledger, record: Record, made: Mapping[str, Value], *, free: bool) -> Record:
        """Into the bin with what the step itself had made."""
        if not _as_inserted(ledger, record, made):
            raise self._overtaken(ledger, record)
        self._unmade[str(record["uid"])] = (ledger, record)
        return self._bin(ledger, record, free=free)

    def _refuse_orphans(self) -> None:
        """What the step had made must not go where something belongs to it, or continues it, that does not go too."""
        for ledger in self.office.catalogue.every.values():
            key = "record" if ledger.attached else CONTINUES.key
            uids = [] if key not in ledger.by_key else list(self._unmade)
            if found := records.named_by(self.db, ledger, key, uids):
                of, record = self._unmade[found[1]]
                number = of.field(of.number).format(record[of.number])
                raise _went_on(number, [*history.of_record(self.db, found[0])][-1])

    def _bin(self, ledger: Ledger, record: Record, *, free: bool) -> Record:
        if record["binned_at"] is not None:
            raise self._overtaken(ledger, record)
        self.writer.bin(ledger, record, free=free)
        return {"binned_at": self.writer.journal.at, **({"number_key": None} if free else {})}

    _ways: ClassVar[dict[str, Callable[[_Reversal, Ledger, Record, Change], Record]]] = {
        "insert": _uninsert,
        "update": _unset,
        "bin": _unbin,
        "restore": _unrestore,
    }

    def _overtaken(self, ledger: Ledger, record: Record) -> Overtaken:
        number = ledger.field(ledger.number).format(record[ledger.number])
        since = history.later(self.db, str(record["uid"]), self.step.operation)
        return _went_on(number, since[-1] if since else None)

    def _settings_back(self, change: Change) -> None:
        kept = stored.read(self.db)
        if any(kept.get(key) != new for key, (_old, new) in change.changes.items()):
            since = history.later(self.db, change.uid, self.step.operation)
            since = [entry for entry in since if change.changes.keys() & entry.changes.keys()]
            raise _went_on(_("The settings"), since[-1] if since else None)
        back = {key: old for key, (old, _new) in change.changes.items()}
        try:
            customising.check_settings(self.office, back)
            clerks.check(self.office, back)
        except UserError as wrong:
            raise Overtaken(str(wrong)) from wrong
        stored.put(self.db, self.writer.journal, {k: (kept.get(k), v) for k, v in back.items()})
        self._settings = True
        before = self.office.catalogue
        self.office.renew()
        if self.office.catalogue == before:
            self.db.catalogue = before
        else:
            self._structure = True

    def _draw_back(self, change: Change) -> None:
        before, after = change.changes.get("made", [None, None])
        if change.action != "update" or list(draws.made(self.db, change.uid) or ()) != after:
            raise Overtaken(_("This step can no longer be taken back and was left out."))
        draws.set_made(self.db, self.writer.journal, change.uid, before)


def _as_inserted(ledger: Ledger, record: Record, content: Mapping[str, Value]) -> bool:
    """Whether a record holds what it was made with; a field that came to the ledger later is empty or its default."""
    return all(
        record[f.key] == content[f.key] if f.key in content else record[f.key] in (None, f.default)
        for f in (*ledger.inputs, *((CONTINUES,) if ledger.matter else ()))
    )


def _key(ledger: Ledger, record: Record) -> str:
    return ledger.key_text(record[ledger.number])


def _given(number: Value, *, binned: bool = False) -> Overtaken:
    text = (
        _(
            "{number} was given to another record meanwhile; this step was left out, and the record is in the bin."
        )
        if binned
        else _("{number} was given to another record meanwhile; this step was left out.")
    )
    return Overtaken(text.format(number=number))


def _went_on(what: str, entry: history.Entry | None) -> Overtaken:
    if entry is None:
        text = _("{what} was changed meanwhile; that would be overwritten, so this step was left out.")
        return Overtaken(text.format(what=what))
    text = _("{clerk} changed {what} on {at}; that would be overwritten, so this step was left out.")
    return Overtaken(text.format(clerk=entry.clerk, what=what, at=entry.at.replace("T", " ")[:16]))
