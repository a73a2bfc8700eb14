"""Another clerk's file brought into this one: new records, changed fields, and what a clerk must decide or look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tracker.attached.parties import PARTIES
from tracker.db import doubles, following, freezes, locks, merging, put_away, records, steps
from tracker.db import settings as stored
from tracker.db.merging import Conflict, Joined
from tracker.db.put_away import Apart
from tracker.db.verifying_rest import FILES
from tracker.db.writing import Writer
from tracker.errors import Cancelled, FileProblem, UserError
from tracker.i18n import _, ngettext
from tracker.operations import fetching, own_clashes, parties, recomputing, twice
from tracker.operations.fetching import Fetched
from tracker.operations.office import Changed, Office
from tracker.operations.own_clashes import Clash
from tracker.operations.progress import SILENT, Progress
from tracker.operations.twice import Twice
from tracker.schema.clerks import CLERK
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.settings import BY_KEY, OF_COMPUTER

KIND = steps.MERGE
_SIGNED = frozenset({"updated_at", "updated_by"})
"""Who changed a record last; alone it is no change of the record."""
Place = tuple[str, str, str]
"""Ledger, uid and field."""


@dataclass(frozen=True)
class Broken:
    """A record of which a rule does not hold once both sides' changes are together."""

    ledger: str
    uid: str
    number: str
    message: str


@dataclass
class Merged:
    """What came in. `conflicts` are those that were decided by newest or by choice; `apart` are records that one side
    put away while the other one went on with them; `contents` counts attached files whose lost content came back;
    `fields` are those that get another value, by ledger and uid."""

    rows: int = 0
    contents: int = 0
    inserted: dict[str, int] = field(default_factory=dict)
    fields: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    twice: list[Twice] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    clashes: tuple[Clash, ...] = ()
    """What both sides set for the office and does not go together."""
    settings: set[str] = field(default_factory=set)
    """The keys of settings that are others than before."""
    stranger: str | None = None
    """Where both files share no history, the name of the other one's office, empty if it has none."""
    backed_up: bool = False
    """Whether there is a backup of before it."""
    changed: Changed = field(default_factory=Changed)

    @property
    def updated(self) -> dict[str, int]:
        """How many records of each ledger are changed."""
        return dict(Counter(ledger for (ledger, _uid), fields in self.fields.items() if fields))

    def decide(self, conflict: Conflict, value: Value) -> None:
        """A conflict is decided so, whatever was written last."""
        changed = self.settings
        if conflict.ledger != stored.LEDGER:
            changed = self.fields.setdefault((conflict.ledger, conflict.uid), set())
        (changed.discard if value == conflict.ours else changed.add)(conflict.field)

    @property
    def anything(self) -> bool:
        return bool(self.rows or self.contents)


class Conflicts(UserError):
    """Fields that both files changed, each to another value, and that nobody has decided yet."""

    def __init__(self, conflicts: tuple[Conflict, ...], text: str, stranger: str | None = None) -> None:
        super().__init__(text)
        self.conflicts, self.stranger = conflicts, stranger


def merge(
    office: Office,
    other: Path | Fetched,
    key: str | None = None,
    *,
    newest: bool = False,
    chosen: Mapping[Place, Value] | None = None,
    each_setting: bool = False,
    progress: Progress = SILENT,
) -> Merged:
    """Bring another file in, whole or not at all; `key` is its password, and it is never changed.

    `chosen` decides conflicts by the value to stand, `newest` all others. With `each_setting`, what the office is
    called and the like are conflicts too where only a file without shared history has them. There is a backup before
    it, unless the file brings nothing. Raises Conflicts where some are left, FrozenRecords as any change does,
    FileProblem for a file that is not sound, is newer, or is this one.
    """
    if not isinstance(other, Fetched):
        with fetching.fetched(office, other, key, progress) as copy:
            return merge(
                *(office, copy), newest=newest, chosen=chosen, each_setting=each_setting, progress=progress
            )
    before = office.catalogue
    with merging.beside(office.db, other.copy, other.key), _unchanged_if_failed(office):
        backed_up = merging.brings(office.db) and office.back_up("merge", progress)
        with office.writing(KIND, other.path.name) as writer:
            merged = _Merging(office, writer, newest, chosen or {}, each_setting, progress).run(backed_up)
    if merged.rows:
        touched = merged.changed.ledgers | _followed(office, progress)
        merged.changed = Changed(
            touched, merged.changed.settings, freezes=True, structure=office.catalogue != before
        )
    return merged


def _followed(office: Office, progress: Progress) -> frozenset[str]:
    """The ledgers of which days due are computed anew. What came in is saved: where that is stopped, or the disk full,
    they follow when the file is opened the next time."""
    text = _("Days due are computed anew …")
    try:
        return recomputing.follow(office, lambda done, of: progress.report(done, of, text)).changed.ledgers
    except (UserError, Cancelled):
        office.tell(
            _("What came in is saved; days due follow it only once the file is closed and opened again.")
        )
        return frozenset()


class _Looked(Exception):
    """The way out of a transaction that must not stay."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


def look(office: Office, other: Fetched, progress: Progress = SILENT) -> Merged:
    """What `merge` with `each_setting` would bring, with every conflict, and nothing kept: done as that does, and taken
    back."""
    attached = merging.beside(office.db, other.copy, other.key)
    try:
        with _unchanged_if_failed(office), attached, office.writing(KIND, other.path.name) as writer:
            raise _Looked(_Merging(office, writer, True, {}, True, progress).run())
    except _Looked as looked:
        looked.merged.changed = Changed()
        return looked.merged


@contextmanager
def _unchanged_if_failed(office: Office) -> Iterator[None]:
    """The catalogue and settings that the file has, whatever was begun inside and not kept."""
    before = office.catalogue
    try:
        yield
    except BaseException:
        office.db.catalogue = before
        office.forget_settings()
        raise


def _is_the_offices(key: str) -> bool:
    """Whether a setting tells of the office itself, as its name and its clerks do; records need the others."""
    return key in BY_KEY or key.startswith(f"{CLERK}:")


class _Merging:
    """One merge inside one operation."""

    def __init__(
        self,
        office: Office,
        writer: Writer,
        newest: bool,
        chosen: Mapping[Place, Value],
        each_setting: bool,
        progress: Progress,
    ) -> None:
        self.office, self.db, self.writer = office, office.db, writer
        self.newest, self.chosen, self.each_setting = newest, chosen, each_setting
        self.progress = progress
        self.merged = Merged()
        self._touched: dict[str, dict[str, Joined | None]] = {}
        self._shared: dict[str, list[str]] = {}
        """Records that share a number with another one, for the history to tell."""

    def run(self, backed_up: bool = False) -> Merged:
        """Everything, in the order in which one part needs the other."""
        if merging.unlike(self.db):
            raise FileProblem(
                _("Both files tell different things of the same change; one was altered past the program.")
            )
        self.merged.backed_up = backed_up
        self.merged.contents = merging.found_again(self.db)
        coming, own = merging.compare(self.db)
        if not coming:
            if self.merged.contents:
                self.merged.changed = Changed(frozenset({FILES}))
            # The other one may have given a number since that was taken back here, and may have what was lost here.
            merging.bring_beside(self.db)
            return self.merged
        self.merged.rows = coming
        if merging.strangers(self.db):
            self.merged.stranger = merging.setting_there(self.db, "office")
        rules = merging.rules(self.db)
        merging.bring_history(self.db)
        self.writer.journal.join()
        merging.bring_beside(self.db)
        merging.bring_templates(self.db)
        merging.bring_draws(self.db)
        self._bring_settings()
        for ledger in self.office.catalogue.kept:
            self._bring_new(ledger)
            self._bring_changed(ledger)
        self._follow_parties()
        self._follow_names()
        self._decide()
        merging.stale(self.db, rules)
        self._bring_freezes()
        self.writer.settle()
        self._look()
        if own:
            self._sign()
        steps.wall(self.db, self.office.who, steps.MERGE, backed_up=backed_up)
        return self.merged

    def _bring_settings(self) -> None:
        strange = self.each_setting and self.merged.stranger is not None
        state, conflicts = merging.joined_settings(
            self.db, OF_COMPUTER, lambda key: strange and _is_the_offices(key)
        )
        self.merged.conflicts += conflicts
        self.merged.settings = merging.put_settings(self.db, state)
        if self.merged.settings:
            before = own_clashes.found(self.office.catalogue, self.office.settings)
            self.office.renew()
            after = own_clashes.found(self.office.catalogue, self.office.settings)
            self.merged.clashes = own_clashes.new(before, after)
            self.writer.calendar, self.writer.patterns = self.office.calendar, self.office.patterns

    def _bring_new(self, ledger: Ledger) -> None:
        touched = self._touched.setdefault(ledger.name, {})
        for record in merging.new_records(self.db, ledger):
            self.writer.take(ledger, record)
            touched[str(record["uid"])] = None
            if len(touched) % 500 == 0:
                self.progress.report(
                    len(touched), None, _("Taking in {ledger} …").format(ledger=ledger.title())
                )
        self.writer.flush()
        if touched:
            self.merged.inserted[ledger.name] = len(touched)

    def _bring_changed(self, ledger: Ledger) -> None:
        touched = self._touched[ledger.name]
        uids = [uid for uid in merging.touched(self.db, ledger.name) if uid not in touched]
        for joined in merging.joined(self.db, ledger, uids):
            self.progress.check()
            record = records.get(self.db, ledger, joined.uid)
            if record is None:
                continue
            changed = {key: value for key, value in joined.state.items() if record.get(key) != value}
            if changed:
                self.writer.become(ledger, record, changed)
                self.merged.fields[ledger.name, joined.uid] = changed.keys() - _SIGNED
            following = ledger.following.keys() if ledger.events else frozenset[str]()
            self.merged.conflicts += [c for c in joined.conflicts(ledger.name) if c.field not in following]
            touched[joined.uid] = joined

    def _follow_parties(self) -> None:
        """Where both sides changed the parties of a case, its names and people follow all of them."""
        cases: dict[Place, None] = {}
        for uid in self._touched.get(PARTIES.name, {}):
            party = records.get(self.db, PARTIES, uid) or {}
            cases[str(party.get("of")), str(party.get("record")), ""] = None
        for name, uid, _field in cases:
            ledger = self.office.catalogue.by_name.get(name)
            joined = self._touched.get(name, {}).get(uid)
            if ledger and joined:
                self._follow(ledger, joined)

    def _follow(self, ledger: Ledger, joined: Joined) -> None:
        record = records.get(self.db, ledger, joined.uid) or {}
        after = parties.of_record(self.db, joined.uid)
        own: dict[str, Value] = {}
        for role in ledger.parties:
            apart = [c for c in self.merged.conflicts if (c.uid, c.field) == (joined.uid, role.field)]
            if not apart:
                continue
            names = parties.named(after, role.role)
            told = parties.field_following(ledger, record, ledger.field(role.field), [], names)
            own |= told
            self.merged.conflicts = [
                c for c in self.merged.conflicts if c.uid != joined.uid or c.field not in told
            ]
        if own:
            self.writer.update(ledger, record, own)

    def _follow_names(self) -> None:
        """Links that one side made to what the other side has renamed since; ours follow ours already."""
        came = {uid for touched in self._touched.values() for uid in touched}
        for ledger in self.office.catalogue.ledgers:
            for uid, old, theirs in merging.renamed(self.db, ledger):
                record = records.get(self.db, ledger, uid) or {}
                called = str(record.get(ledger.called.key) or "")
                if called and called != old and not following.shared(self.db, ledger, old, uid):
                    following.rename(self.writer, ledger, old, called, only=None if theirs else came)

    def _decide(self) -> None:
        """What was chosen is written; what nobody decided stops the merge."""
        left = []
        for conflict in self.merged.conflicts:
            place = (conflict.ledger, conflict.uid, conflict.field)
            if place in self.chosen:
                self._choose(conflict, self.chosen[place])
            elif not self.newest:
                left.append(conflict)
        if left:
            text = ngettext(
                "{n} field was changed in both files; choose, or take the newest of each.",
                "{n} fields were changed in both files; choose, or take the newest of each.",
                len(left),
            )
            raise Conflicts(tuple(left), text.format(n=f"{len(left):,}"), self.merged.stranger)

    def _choose(self, conflict: Conflict, value: Value) -> None:
        if value == conflict.newest:
            return
        if conflict.ledger == stored.LEDGER:
            pair = (
                None if conflict.newest is None else str(conflict.newest),
                None if value is None else str(value),
            )
            self.merged.decide(conflict, value)
            stored.put(self.db, self.writer.journal, {conflict.field: pair})
            self.office.renew()
            return
        ledger = self.office.catalogue.every[conflict.ledger]
        record = records.get(self.db, ledger, conflict.uid)
        if record:
            self.merged.decide(conflict, value)
            self.writer.put_back(ledger, record, {conflict.field: value})

    def _bring_freezes(self) -> None:
        """Figures that either side froze stay so; what the other side changed of them needs a reason."""
        new = freezes.take(self.db, merging.OTHER)
        locks.guard(self.db, self.office.catalogue.ledgers)
        if new and not self.office.reason:
            for ledger in self.office.catalogue.ledgers:
                uids = merging.changed_here(self.db, ledger.name)
                for start in range(0, len(uids), merging.AT_ONCE):
                    part = records.by_uids(self.db, ledger, uids[start : start + merging.AT_ONCE])
                    self.writer.hold(ledger, list(part.values()))

    def _sign(self) -> None:
        """One row that joins both histories and says what came."""
        told: dict[str, object] = {"rows": self.merged.rows, "inserted": self.merged.inserted}
        told |= {"updated": self.merged.updated, "conflicts": len(self.merged.conflicts)}
        if self._shared:
            told["twice"] = self._shared
        self.writer.journal.add("", "", KIND, told)

    def _look(self) -> None:
        """What one side put away and the other went on with, numbers given twice, and rules that no longer hold."""
        self.writer.flush()
        self.merged.apart += put_away.found(self.db)
        for ledger in self.office.catalogue.ledgers:
            touched = self._touched.get(ledger.name, {})
            shared = doubles.everywhere(self.db, ledger) if touched else []
            if shared:
                self._shared[ledger.name] = shared
                self.merged.twice += twice.among(self.db, ledger, shared)
            for uid, joined in touched.items():
                if joined and joined.ours and joined.theirs:
                    record = records.get(self.db, ledger, uid) or {}
                    found = [p for p in ledger.problems(record) if not p.warning]
                    number = str(record.get(ledger.number) or "")
                    self.merged.broken += [Broken(ledger.name, uid, number, p.message) for p in found]
        names = frozenset((*self.merged.inserted, *self.merged.updated, *self.writer.followed))
        self.merged.changed = Changed(names, settings=bool(self.merged.settings))
