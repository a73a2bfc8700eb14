"""A clerk's day: what is overdue or due, hearings, steps that records wait for, and what was entered today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from tracker.db import agenda, records
from tracker.i18n import _, listed
from tracker.operations import deadlines, hearings, twice
from tracker.operations.day_words import waited_text
from tracker.operations.deadlines import Due, about, due
from tracker.operations.figures import Behind
from tracker.operations.office import Office
from tracker.schema.clerks import acting
from tracker.schema.filters import ALL, Among, AnyOf, Condition, Named, OneOf, both

if TYPE_CHECKING:
    from tracker.schema.agenda import Waiting
    from tracker.schema.ledger import Ledger

WITHIN = 30
HEARINGS = 14
"""Days ahead of which hearings are told."""
READ, READ_WAITING = 200, 100
"""So many lines are read of what was entered, and of each step; the list of the group has all."""
OVERDUE, WEEK, MONTH, HEARING, WAITS, ENTERED = "overdue", "week", "month", "hearing", "waiting", "entered"
TWICE = "twice"
Check = Callable[[], object]


@dataclass(frozen=True)
class Wanted:
    """Which part of the day is asked for: of one ledger only (empty: of all), or only what is the clerk's own."""

    ledger: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Line:
    """One record on the day's list."""

    ledger: str
    uid: str
    number: str
    about: str
    what: str
    """What is to be done or was done, in words."""
    day: str = ""
    """The day, or the day and time, that it is about."""
    left: int | None = None
    """Days to it, negative when past; None where nothing counts down."""
    warn: int | None = None
    """The safer count that colours go by."""
    note: str = ""
    """What stands beside the day, such as a place."""
    basis: str = ""


Told = TypeVar("Told", Line, Due)


@dataclass(frozen=True)
class Group:
    """A part of the list: its lines (of what waits or was entered the first), how many there are, of which records."""

    key: str
    title: str
    total: int
    lines: tuple[Line, ...]
    where: Mapping[str, Condition] = field(default_factory=dict)
    """By the ledger's name the condition that its records meet, and only they."""
    counts: Mapping[str, int] = field(default_factory=dict)

    def behind(self, office: Office, ledger: str) -> Behind:
        """All its records of one ledger, to be listed."""
        return Behind(office.catalogue.by_name[ledger], self.where[ledger], self.title, figure=False)


@dataclass(frozen=True)
class Day:
    """The whole list of a day."""

    on: date
    groups: tuple[Group, ...]
    urgent: int
    """How many limits are overdue or end on the day, whatever was asked for."""

    def group(self, key: str) -> Group:
        """A group by its key; raises KeyError."""
        return {group.key: group for group in self.groups}[key]


def read(office: Office, on: date, wanted: Wanted = Wanted(), check: Check = lambda: None) -> Day:
    """Read the day's list; `check` is called now and then and may raise."""
    with office.db.snapshot():
        found = due(office, on, WITHIN, check)
        urgent = sum(one.days_left <= 0 for one in found)
        limits = tuple(of_wanted(office, found, wanted))
        groups = (
            *_limits(limits, on, _hearings(office, on, wanted)),
            *_twice(office, wanted),
            *_waiting(office, on, wanted, check),
            _entered(office, on, wanted),
        )
    return Day(on, groups, urgent)


def urgent(office: Office, on: date, check: Check = lambda: None) -> int:
    """How many limits are overdue or end on the day: the number beside the page's name."""
    return deadlines.count(office, on, 0, check)


def clerks(office: Office) -> tuple[str, ...]:
    """The names by which the clerk who acts stands in records."""
    if acting(office.clerks):  # the file's own clerk may be another one
        return (office.who.clerk,)
    return tuple(dict.fromkeys(filter(None, (office.who.clerk, str(office.setting("clerk") or "")))))


def mine(office: Office, ledger: Ledger) -> Condition:
    """Records that the clerk handles, or has entered."""
    names = clerks(office)
    return AnyOf((*(Named(key, names) for key in ledger.agenda.people), OneOf("created_by", names)))


def condition(office: Office, ledger: Ledger, wanted: Wanted) -> Condition:
    """What a record of a ledger meets that is asked for."""
    return mine(office, ledger) if wanted.mine else ALL


def ledgers(office: Office, wanted: Wanted) -> Iterator[Ledger]:
    """The ledgers that are asked for, in their order."""
    return (ledger for ledger in office.catalogue.ledgers if wanted.ledger in ("", ledger.name))


def of_wanted(office: Office, found: Iterable[Due], wanted: Wanted) -> Iterator[Due]:
    """Those limits that are asked for."""
    rest = [one for one in found if wanted.ledger in ("", one.ledger)]
    return own(office, rest) if wanted.mine else iter(rest)


def _limits(found: tuple[Due, ...], on: date, sits: Group) -> Iterator[Group]:
    """What is due in three parts, the nearest hearings before what is not due this week."""
    sunday = 6 - on.weekday()
    days = _("Due within {days} days").format(days=WITHIN)
    yield group(OVERDUE, _("Overdue"), [limit_line(one) for one in found if one.days_left < 0])
    yield group(WEEK, _("Due this week"), [limit_line(one) for one in found if 0 <= one.days_left <= sunday])
    yield sits
    yield group(MONTH, days, [limit_line(one) for one in found if one.days_left > sunday])


def limit_line(one: Due) -> Line:
    """A limit as a line."""
    note = "" if one.published else _("holidays of the year not known yet")
    day = one.due_on.isoformat()
    return Line(
        one.ledger, one.uid, one.number, one.about, one.label, day, one.days_left, one.warn_left, note, one.basis
    )  # fmt: skip


def _hearings(office: Office, on: date, wanted: Wanted) -> Group:
    found = hearings.between(office, on, on + timedelta(days=HEARINGS))
    lines = [hearing_line(one, on) for one in found if wanted.ledger in ("", one.ledger)]
    if wanted.mine:
        lines = list(own(office, lines))
    return group(HEARING, _("Hearings"), lines)


def hearing_line(one: hearings.Hearing, on: date) -> Line:
    """A hearing as a line."""
    left = (date.fromisoformat(one.at[:10]) - on).days
    return Line(one.ledger, one.uid, one.number, one.about, _("Hearing"), one.at, left, left, one.place)


def own(office: Office, lines: list[Told]) -> Iterator[Told]:
    """Those lines whose records the clerk handles, or has entered."""
    found: set[str] = set()
    for name in dict.fromkeys(line.ledger for line in lines):
        ledger, uids = office.catalogue.by_name[name], [line.uid for line in lines if line.ledger == name]
        found |= {str(r["uid"]) for r in agenda.of_uids(office.db, ledger, uids, mine(office, ledger))}
    return (line for line in lines if line.uid in found)


def group(key: str, title: str, lines: list[Line]) -> Group:
    """A group of lines that are all known; its lists are of just these records."""
    uids: dict[str, set[str]] = {}
    for line in lines:
        uids.setdefault(line.ledger, set()).add(line.uid)
    where = {name: Among("uid", frozenset(some), title) for name, some in uids.items()}
    counts = {name: len(some) for name, some in uids.items()}
    return Group(key, title, len(lines), tuple(lines), where, counts)


def _twice(office: Office, wanted: Wanted) -> Iterator[Group]:
    """Records whose number another one has too, which only merging brings; no part where there are none."""
    lines: dict[str, Line] = {}
    for one in twice.everywhere(office):
        ledger = office.catalogue.by_name[one.ledger]
        what = _("running no. {number}").format(number=one.number) if one.running else _("the number")
        if wanted.ledger not in ("", ledger.name):
            continue
        for record in agenda.of_uids(office.db, ledger, one.uids, condition(office, ledger, wanted)):
            uid, number = str(record["uid"]), str(record[ledger.number])
            before = lines.get(uid)
            told = listed((before.what, what)) if before else what
            by = _("by {clerk}").format(clerk=record.get("created_by") or "")
            lines[uid] = Line(ledger.name, uid, number, about(ledger, record), told, note=by)
    if lines:
        yield group(TWICE, _("Numbers given twice"), list(lines.values()))


def _waiting(office: Office, on: date, wanted: Wanted, check: Check) -> Iterator[Group]:
    for ledger in ledgers(office, wanted):
        where = condition(office, ledger, wanted)
        for step in ledger.agenda.waiting:
            check()
            total = agenda.count_waiting(office.db, ledger, step, where)
            if not total:
                continue
            found = agenda.waiting(office.db, ledger, step, where, READ_WAITING)
            lines = tuple(_waiting_line(ledger, step, record, on) for record in found)
            key, both_of = f"{WAITS}.{ledger.name}.{step.key}", both(step.when, where)
            yield Group(key, step.title(), total, lines, {ledger.name: both_of}, {ledger.name: total})


def _waiting_line(ledger: Ledger, step: Waiting, record: records.Record, on: date) -> Line:
    since, by = (str(record.get(key) or "")[:10] if key else "" for key in (step.since, step.by))
    left = (date.fromisoformat(by) - on).days if by else None
    waited = max(0, (on - date.fromisoformat(since)).days) if since else None
    note = "" if waited is None else waited_text(waited)
    return Line(
        ledger.name, str(record["uid"]), str(record[ledger.number]), about(ledger, record),
        step.title(), by or since, left, left, note,
    )  # fmt: skip


def _entered(office: Office, on: date, wanted: Wanted) -> Group:
    by_name = {ledger.name: ledger for ledger in ledgers(office, wanted)}
    some = [t for t in agenda.touched(office.db, clerks(office), on) if t.ledger in by_name]
    found = {t.uid: t for t in some[:READ]}
    read = {
        str(record["uid"]): record
        for name, ledger in by_name.items()
        for record in agenda.of_uids(
            office.db, ledger, [u for u, t in found.items() if t.ledger == name], ALL
        )
    }
    lines = []
    for uid, touched in found.items():
        if uid in read:
            ledger, record = by_name[touched.ledger], read[uid]
            what = _("Entered") if touched.entered else _("Edited")
            number = str(record[ledger.number])
            lines.append(Line(ledger.name, uid, number, about(ledger, record), what, touched.at))
    whole = group(
        ENTERED, _("Entered or changed by me today"), [Line(t.ledger, t.uid, "", "", "") for t in some]
    )
    return Group(whole.key, whole.title, whole.total, tuple(lines), whole.where, whole.counts)
