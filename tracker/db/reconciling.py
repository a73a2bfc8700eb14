"""Records that were read from a damaged file, held against their history; afterwards both say the same.

The history wins where nothing of it was lost: what differs is then damage in the table. Else the later of the two
wins; where that is the table, a row of the history says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.db import records, tables, verifying
from tracker.db.database import Database
from tracker.db.history import Journal
from tracker.db.rescuing import Look
from tracker.db.verifying import STAMPS
from tracker.i18n import N_, _, listed
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger

REBUILT = N_("Its table could not be read; it was rebuilt from its history, the last changes may be missing")
PARTLY = N_("Only what was changed of it could be read; enter the rest")
UNKNOWN = N_("Its history could not be read; it holds what its table held")
TABLE = N_("Its history could not be read whole; it holds what its table held: {what}")
HISTORY = N_("Its table was damaged; it holds what its history says: {what}")
LOST = N_("It could not be read")
_OTHERS = {
    **dict.fromkeys(("year", "no", "number_key"), N_("running number")),
    **dict.fromkeys(("binned_at", "binned_by"), N_("whether it is in the bin")),
}
"""What differs beside the fields."""
AT_ONCE = 2000
Changes = dict[str, object]
Held = Mapping[str, Value]


@dataclass
class Reconciled:
    """How many records were rebuilt from their history, and what to look at."""

    rebuilt: int = 0
    looks: list[Look] = field(default_factory=list)


class Reconciling:
    """One ledger's records, inside `atomic`."""

    def __init__(self, db: Database, journal: Journal, ledger: Ledger, whole: bool) -> None:
        self.db, self.journal, self.ledger, self.whole = db, journal, ledger, whole
        self.told = verifying.told(ledger)
        self.keys = tuple(dict.fromkeys(("year", "no", *self.told)))
        self.columns = (*self.keys, "number_key", *STAMPS)
        self.done = Reconciled()

    def run(self, tick: Callable[[], object]) -> Reconciled:
        """All records that either knows."""
        name = self.ledger.name
        sql = f"SELECT uid FROM {name} UNION SELECT uid FROM history WHERE ledger = ? ORDER BY uid"
        uids = [str(uid) for (uid,) in self.db.rows(sql, (name,))]
        for start in range(0, len(uids), AT_ONCE):
            part = uids[start : start + AT_ONCE]
            told = dict(verifying.histories(self.db, name, part))
            held = records.by_uids(self.db, self.ledger, part)
            for uid in part:
                tick()
                self._one(uid, told.get(uid, []), held.get(uid))
        return self.done

    def _one(self, uid: str, rows: list[verifying.Row], held: Held | None) -> None:
        state = self._replay(rows)
        added = [*self._added(uid, rows, state, held)]
        who = self.journal.who
        for action, changes in added:
            self.journal.add(self.ledger.name, uid, action, changes)
            text = json.dumps(changes)
            rows.append(verifying.Row("", uid, action, text, self.journal.at, who.clerk, who.origin))
        final = self._replay(rows) if added else state
        self._put(uid, {key: final.get(key) for key in self.columns}, held)

    def _replay(self, rows: Sequence[verifying.Row]) -> dict[str, Value]:
        return verifying.replay(self.ledger, rows, frozenset(self.keys))

    def _put(self, uid: str, final: dict[str, Value], held: Held | None) -> None:
        if held is None:
            full = {**dict.fromkeys(tables.columns(self.ledger)), **final, "uid": uid}
            sql = f"INSERT INTO {self.ledger.name}({', '.join(full)}) VALUES ({', '.join('?' * len(full))})"
            self.db.run(sql, tuple(full.values()))
            return
        wrong = {key: value for key, value in final.items() if held[key] != value}
        if wrong:
            names = ", ".join(f"{key} = ?" for key in wrong)
            self.db.run(f"UPDATE {self.ledger.name} SET {names} WHERE uid = ?", (*wrong.values(), uid))

    def _added(
        self, uid: str, rows: Sequence[verifying.Row], state: Held, held: Held | None
    ) -> Iterator[tuple[str, Changes]]:
        """The rows that the history lacks; tells what is to be looked at."""
        begun = any(row.action == "insert" for row in rows)
        if held is None:
            self.done.rebuilt += 1
            if not begun:
                self._look(PARTLY, uid)
                yield "insert", self._content(state, {})
            elif not self.whole:
                self._look(REBUILT, uid)
            return
        differing = [
            key
            for key in self.columns
            if held[key] != state.get(key)
            and not (key == "binned_by" and held[key] is None)  # earlier programs did not note it
        ]
        later = _changed_at(held) >= _changed_at(state)
        if not begun:
            self._look(UNKNOWN, uid)
            yield "insert", self._content(held if later else {**held, **state}, state, held)
            if records.is_deleted(held):
                yield "delete", {}  # so that its number is free
        elif differing and not self.whole and later:
            self._look(TABLE, uid, differing)
            changed: Changes = {
                key: [state.get(key), held[key]] for key in self.told if held[key] != state.get(key)
            }
            if changed:
                yield "update", changed
            if _place(held) != _place(state):
                yield "delete" if records.is_deleted(held) else "bin" if held["binned_at"] else "restore", {}
        elif differing:
            self._look(HISTORY, uid, differing)

    def _content(self, record: Held, state: Held, stamped: Held | None = None) -> Changes:
        """What the history is to say of a record of which it does not know the beginning."""
        known = {key: record.get(key) for key in self.told}
        content: Changes = {
            key: value for key, value in known.items() if value is not None or state.get(key) is not None
        }
        year = record.get("year") or self._year(record)
        content |= {"year": year, "no": record.get("no") or self._next(year)}
        stamps = {key: stamped[key] for key in STAMPS} if stamped else {}
        return content | {key: value for key, value in stamps.items() if value is not None}

    def _year(self, record: Held) -> Value:
        day = str(record.get(self.ledger.day) or self.journal.at) if self.ledger.day else ""
        return int(day[:4]) if day[:4].isdecimal() else 0

    def _next(self, year: Value) -> int:
        row = self.db.one(f"SELECT ifnull(max(no), 0) + 1 FROM {self.ledger.name} WHERE year = ?", (year,))
        return int(row[0]) if row else 1

    def _look(self, why: str, uid: str, differing: Sequence[str] = ()) -> None:
        titles = [
            self.ledger.by_key[key].title() if key in self.ledger.by_key else _(_OTHERS[key])
            for key in differing
        ]
        self.done.looks.append(Look(why, self.ledger.name, uid, listed(dict.fromkeys(titles))))


def _place(record: Held) -> tuple[bool, bool]:
    """Whether a record is in the bin, and deleted from there."""
    return bool(record.get("binned_at")), records.is_deleted(record)


def _changed_at(record: Held) -> str:
    """When a record was last changed, or put into the bin."""
    return max(str(record.get("updated_at") or ""), str(record.get("binned_at") or ""))
