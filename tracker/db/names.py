"""Finding the records of a ledger by what they are called, however it is spelled, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.db.database import Database
from tracker.schema.filters import split_names
from tracker.schema.ledger import Ledger

BLOCK = 5000


@dataclass(frozen=True)
class Target:
    """A record that others may name: its ledger, its uid and what it is called."""

    ledger: Ledger
    uid: str
    called: str


class Register:
    """The records of one ledger by what they are called, or were; the bin's are not among them.

    What was found, or not, is remembered: make a new one for each operation.
    """

    def __init__(self, db: Database, ledger: Ledger) -> None:
        self.db, self.ledger = db, ledger
        self._found: dict[str, Target | None] = {}
        self._aliases: dict[str, Target] | None = None

    def find(self, names: Iterable[str]) -> dict[str, Target]:
        """The records called so, by the names as they are written; of two called alike the older one."""
        keys = {name: self.ledger.called_key(name) for name in dict.fromkeys(names)}
        wanted = [key for key in dict.fromkeys(keys.values()) if key and key not in self._found]
        for start in range(0, len(wanted), BLOCK):
            self._look_up(wanted[start : start + BLOCK])
        found = ((name, self._found.get(key)) for name, key in keys.items())
        return {name: target for name, target in found if target is not None}

    def _look_up(self, keys: Sequence[str]) -> None:
        known = self._by_number(keys) if self.ledger.called.key == self.ledger.number else self._by_call(keys)
        if any(key not in known for key in keys):
            known = {**self._by_alias(), **known}
        self._found |= {key: known.get(key) for key in keys}

    def _by_number(self, keys: Sequence[str]) -> dict[str, Target]:
        marks = ", ".join("?" * len(keys))
        return self._targets("number_key", f"number_key IN ({marks})", keys)

    def _by_call(self, keys: Sequence[str]) -> dict[str, Target]:
        """By a field that has no column of its own to compare: all of them are read, in a register not many."""
        key = self.ledger.called.key
        every = self._targets(key, f"{key} IS NOT NULL", ())
        return {self.ledger.called_key(name): target for name, target in reversed(every.items())}

    def _by_alias(self) -> dict[str, Target]:
        """By other names; one that two records share is nobody's."""
        if self._aliases is None:
            self._aliases, shared = {}, set[str]()
            key = self.ledger.aliases
            sql = f"SELECT uid, {self.ledger.called.key}, {key} FROM {self.ledger.name} "
            sql += f"WHERE binned_at IS NULL AND {key} IS NOT NULL"
            for uid, called, aliases in self.db.rows(sql) if key else ():
                for alias in {self.ledger.called_key(name) for name in split_names(aliases)}:
                    shared |= {alias} & self._aliases.keys()
                    self._aliases[alias] = Target(self.ledger, uid, called)
            for alias in shared:
                del self._aliases[alias]
        return self._aliases

    def _targets(self, by: str, where: str, parameters: Sequence[str]) -> dict[str, Target]:
        """The records by one of their columns, the oldest of each."""
        called, name = self.ledger.called.key, self.ledger.name
        sql = f"SELECT {by}, uid, {called} FROM {name} WHERE binned_at IS NULL AND {where} ORDER BY id DESC"
        rows = self.db.rows(sql, tuple(parameters))
        return {key: Target(self.ledger, uid, text) for key, uid, text in rows if text}


class Registers:
    """The registers that are needed, each made once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._made: dict[str, Register] = {}

    def of(self, ledger: str) -> Register | None:
        """The register of a ledger; None for one that the file does not know."""
        if ledger not in self._made and ledger in self.db.catalogue.by_name:
            self._made[ledger] = Register(self.db, self.db.catalogue.by_name[ledger])
        return self._made.get(ledger)
