"""Freezing (封账): a period's figures held fast as quoted, with the records behind them, and what has moved since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.db import freezes, history, records, statistics
from tracker.db.database import Database
from tracker.db.freezes import Content, Counting, Freeze
from tracker.db.history import Entry, Journal
from tracker.db.records import Record
from tracker.errors import UserError
from tracker.i18n import _, listed
from tracker.ids import uuid7
from tracker.operations import partial
from tracker.operations.office import Changed, Office
from tracker.period import Period
from tracker.schema.clerks import Deed
from tracker.schema.fields import Field, Value
from tracker.schema.filters import Condition, literal, widest
from tracker.schema.indicator import Indicator, asking, names
from tracker.schema.ledger import Ledger
from tracker.schema.quoted import Quoted, quoted
from tracker.schema.values import clean, minute


@dataclass(frozen=True)
class Frozen:
    """What freezing did: the freeze, and how many figures and records it keeps."""

    freeze: Freeze
    figures: int
    records: int
    changed: Changed = field(default_factory=lambda: Changed(freezes=True))


def freeze(office: Office, period: Period, note: str = "") -> Frozen:
    """Keep all figures of a period as they are now, and lock the records behind them. Earlier freezes stay."""
    db, who = office.db, office.who
    office.needs(Deed.FREEZE)
    partial.refuse_freezing(db)
    with db.atomic():
        journal = Journal(db, who, "freeze", clean(note))
        made = Freeze(uuid7(), period, journal.at, who.clerk, who.origin, clean(note))
        indicators = db.catalogue.indicators
        figures = [quoted(figure, everywhere=True) for figure in statistics.figures(db, indicators, period)]
        counts = [counting for indicator in indicators for counting in countings(db, indicator, period)]
        kept = freezes.add(db, journal, made, Content(figures, counts, _locks(db, period)))
    return Frozen(made, len(figures), kept)


def unfreeze(office: Office, freeze: Freeze, why: str) -> Changed:
    """Let the records of a freeze go; its figures stay on record. Raises UserError without a reason."""
    office.needs(Deed.THAW)
    why = clean(why)
    if not why:
        raise UserError(_("Say in writing why the figures are no longer to be frozen."))
    with office.db.atomic():
        now = next((found for found in freezes.all_freezes(office.db) if found.id == freeze.id), freeze)
        if not now.active:
            raise UserError(_("These figures are no longer frozen; reopen the page."))
        freezes.thaw(office.db, Journal(office.db, office.who, "thaw", why), now, why)
    return Changed(freezes=True)


def newest(db: Database, period: Period) -> Freeze:
    """The newest active freeze of exactly this period and as-of day; raises UserError where there is none."""
    found = freezes.of_period(db, period)
    if found:
        return found[0]
    partial.refuse_frozen(db)
    others = [freeze.period.label() for freeze in freezes.all_freezes(db) if freeze.active]
    if others:
        text = _(
            "No figures are frozen for {period}, but for: {others}. Name one of those with its as-of day."
        )
    else:
        text = _("No figures are frozen for {period}; `case-tracker freeze` freezes them.")
    raise UserError(text.format(period=period.label(), others=listed(dict.fromkeys(others))))


def quoted_figures(db: Database, period: Period, keys: Sequence[str] = ()) -> list[Quoted]:
    """The figures of the newest active freeze of a period, all or those of these keys; raises UserError."""
    with db.snapshot():
        found = {figure.key: figure for figure in freezes.figures(db, newest(db, period))}
    for key in keys:
        if key not in found:
            raise UserError(
                _("There is no frozen figure “{key}”; `case-tracker stats --frozen` lists them.").format(
                    key=key
                )
            )
    return [found[key] for key in keys] if keys else list(found.values())


def countings(db: Database, indicator: Indicator, period: Period) -> Iterator[Counting]:
    """Which records of each ledger an indicator counts in a period."""
    for name in indicator.looks_into():
        fields = tuple(sorted(names(indicator, name)))
        yield Counting(indicator.key, name, literal(widest(_conditions(indicator, name, period))), fields)


def _conditions(indicator: Indicator, ledger: str, period: Period) -> Iterator[Condition]:
    """What any record of the ledger meets that counts in the indicator, or decides whether another one does."""
    for atom in indicator.atoms():
        if indicator.ledger_of(atom) == ledger:
            yield atom.where.at(period)
        yield from (asked.where.at(period) for asked in asking(atom.where) if asked.other == ledger)


def _locks(db: Database, period: Period) -> dict[Ledger, Condition]:
    wanted: dict[str, list[Condition]] = {}
    for indicator in db.catalogue.indicators:
        for name in indicator.looks_into():
            wanted.setdefault(name, []).extend(_conditions(indicator, name, period))
    return {db.catalogue.by_name[name]: widest(conditions) for name, conditions in wanted.items()}


@dataclass(frozen=True)
class Keeping:
    """What a freeze would keep: how many figures, how many records of each ledger; and active ones of that period."""

    figures: int
    records: Mapping[Ledger, int]
    earlier: tuple[Freeze, ...]


def keeping(db: Database, period: Period) -> Keeping:
    """What freezing the period now would keep. Raises UserError where nothing may be frozen, as in a part."""
    partial.refuse_freezing(db)
    with db.snapshot():
        counts = {
            ledger: records.count(db, records.Query(ledger, where))
            for ledger, where in _locks(db, period).items()
        }
        earlier = tuple(freezes.of_period(db, period))
    return Keeping(len(db.catalogue.indicators), counts, earlier)


@dataclass(frozen=True)
class Marks:
    """The newest active freeze of a period, with its figures by their keys."""

    freeze: Freeze
    figures: Mapping[str, Quoted]


def marks(db: Database, period: Period) -> Marks | None:
    """What a page of the period's live figures says of frozen ones; None where none are."""
    with db.snapshot():
        found = freezes.of_period(db, period)
        if not found:
            return None
        return Marks(found[0], {figure.key: figure for figure in freezes.figures(db, found[0])})


@dataclass(frozen=True)
class Compared:
    """A frozen figure beside what it would be now; None where the file no longer has it."""

    frozen: Quoted
    live: Quoted | None

    @property
    def same(self) -> bool:
        """Whether nothing printed differs: neither the value nor a part."""
        if self.live is None:
            return False
        mine, now = self.frozen, self.live
        numbers = (mine.value, mine.numerator, mine.denominator) == (
            now.value,
            now.numerator,
            now.denominator,
        )
        parts = {part.key: part.text for part in mine.parts or ()}
        return numbers and parts == {part.key: part.text for part in now.parts or ()}


def compare(db: Database, freeze: Freeze) -> tuple[Compared, ...]:
    """Every figure of a freeze beside its live value."""
    with db.snapshot():
        live = {
            f.indicator.key: quoted(f) for f in statistics.figures(db, db.catalogue.indicators, freeze.period)
        }
        return tuple(Compared(figure, live.get(figure.key)) for figure in freezes.figures(db, freeze))


@dataclass(frozen=True)
class Change:
    """One field of a record, as frozen and as it is now."""

    field: Field
    before: Value
    after: Value

    def sentence(self) -> str:
        """From what to what."""
        before, after = (self.field.format(value) or _("empty") for value in (self.before, self.after))
        return _("{field}: {before} → {after}").format(field=self.field.title(), before=before, after=after)


@dataclass(frozen=True)
class Moved:
    """A record that moved a figure: `kind` is "left", "joined" or "changed" (counted in both, with other content)."""

    ledger: Ledger
    uid: str
    number: str
    kind: str
    changes: tuple[Change, ...]
    """All fields that differ, for "joined" none."""
    binned: bool
    gone: bool
    """Whether it is no longer in the file at all."""
    entries: tuple[Entry, ...]
    """Its history since the freeze, oldest first; reasons are in the notes."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was given as reason for each change."""
        return tuple(entry.note for entry in self.entries if entry.note)

    def sentence(self) -> str:
        """What happened to it, by whom, when and why."""
        return _("; ").join([self.what(), *map(told, self.entries)])

    def what(self) -> str:
        """What makes it count otherwise."""
        if self.gone:
            return _("no longer in the file")
        state = [_("in the bin")] if self.binned else []
        changed = [*state, *(change.sentence() for change in self.changes)]
        if changed:
            return listed(changed)
        return _("newly counted") if self.kind == "joined" else _("no longer counted")


def told(entry: Entry) -> str:
    """When, by whom and why something changed."""
    return " ".join(filter(None, (minute(entry.at), entry.clerk, entry.note)))


def moved(db: Database, freeze: Freeze, key: str) -> tuple[Moved, ...]:
    """The records that make a frozen figure differ from its live value, by ledger and number."""
    with db.snapshot():
        then = {c.ledger: c for c in freezes.counts(db, freeze, key)}
        indicator = db.catalogue.by_key.get(key)
        now = {c.ledger: c for c in countings(db, indicator, freeze.period)} if indicator else {}
        found = [
            one
            for ledger in db.catalogue.ledgers
            if ledger.name in then or ledger.name in now
            for one in _moved(db, freeze, ledger, then.get(ledger.name), now.get(ledger.name))
        ]
    return tuple(found)


def _moved(
    db: Database, freeze: Freeze, ledger: Ledger, then: Counting | None, now: Counting | None
) -> Iterator[Moved]:
    before = freezes.counted(db, freeze, then, db.catalogue.ledgers) if then else {}
    after = freezes.live(db, ledger, now.condition) if now else {}
    looked = {*(then.fields if then else ()), *(now.fields if now else ())}
    for uid in sorted({*before, *after}, key=lambda uid: str((before.get(uid) or after[uid])["no"]).zfill(9)):
        old, new = before.get(uid), after.get(uid)
        if old and new:
            if any(old.get(key) != new.get(key) for key in looked):
                yield _told(db, freeze, ledger, "changed", old, new)
        elif old:
            yield _told(db, freeze, ledger, "left", old, records.get(db, ledger, uid))
        elif new:
            yield _told(db, freeze, ledger, "joined", freezes.kept(db, freeze, uid), new)


def _told(
    db: Database, freeze: Freeze, ledger: Ledger, kind: str, old: Record | None, new: Record | None
) -> Moved:
    shown = new or old or {}
    changes = tuple(
        Change(field, old.get(field.key), new.get(field.key))
        for field in ledger.entered
        if old and new and old.get(field.key) != new.get(field.key)
    )
    uid = str(shown["uid"])
    entries = tuple(history.of_record(db, uid))
    later = tuple(entry for entry in entries if entry.id > freeze.id) or entries[-1:]
    binned = bool(new and new.get("binned_at"))
    return Moved(ledger, uid, str(shown.get(ledger.number) or ""), kind, changes, binned, new is None, later)
