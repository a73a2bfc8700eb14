"""Reading from a file of which parts cannot be read: past each fault, to whatever comes after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

Row = tuple[Any, ...]
FAR = 2**40
"""Beyond all numbers of rows, which are given one by one."""


class Reader:
    """A connection that goes on after a fault; `key` is the raw key of a file that has one."""

    def __init__(
        self, path: Path, key: str | None, pragmas: Sequence[str], tick: Callable[[], object] = lambda: None
    ) -> None:
        self.path, self.key, self.pragmas, self.tick = path, key, pragmas, tick
        self.hurt = False
        """Whether anything could not be read since this was last set to False."""
        self.mute = False
        """Whether not even a fresh connection answers, since it meets such a page in the list of tables."""
        self.connection = self._open()

    def close(self) -> None:
        self.connection.close()

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """A statement of which the answer does not matter; raises dbapi2.Error."""
        self.connection.execute(sql, parameters).fetchall()

    def some(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """As many rows of a query as come before the first fault; the driver may keep the last of them to itself."""
        if self.mute:
            self.hurt = True
            return
        try:
            yield from self.connection.execute(sql, parameters)
        except dbapi2.Error:
            self.reopen()

    def walk(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of a table in the order of their numbers: number, then these columns."""
        told = ", ".join(f'"{column}"' for column in columns)
        sql = f'SELECT rowid, {told} FROM "{table}" WHERE rowid {{}} ? ORDER BY rowid'
        after = -FAR
        while True:
            try:
                for row in self.connection.execute(sql.format(">"), (after,)):
                    if row[0] <= after:
                        raise dbapi2.DatabaseError("rows out of order")
                    after = row[0]
                    yield row
                if self.key is None or _answers(self.connection):
                    return
                self.reopen()  # a part of a long row may have come as zeros, without a fault
                return
            except dbapi2.Error:
                self.reopen()
            if self.mute:
                return
            beyond = self._beyond(sql.format(">=") + " LIMIT 1", after)
            if not beyond or beyond[0] <= after:
                return
            after = beyond[0]
            yield beyond

    def each(self, table: str, columns: Sequence[str], most: int) -> Iterator[Row]:
        """The first `most` rows of a table: number, then these columns; past those of which something lies on a page
        that cannot be read, as far as their numbers can."""
        sql = f'SELECT rowid, {", ".join(columns)} FROM "{table}"'
        seen: set[int] = set()
        try:
            for row in self.connection.execute(f"{sql} LIMIT {most}"):
                seen.add(row[0])
                yield row
            return
        except dbapi2.Error:
            self.reopen()
        for (number,) in list(self.some(f'SELECT rowid FROM "{table}" LIMIT {most}')):
            row = self._probe(f"{sql} WHERE rowid = ?", number) if number not in seen else None
            if row:
                yield row

    def _beyond(self, sql: str, after: int) -> Row | None:
        """The first row that can be read after a number: faults lie in stretches of numbers, page by page. Steps grow
        slowly, so that few stretches that can be read lie between two of them."""
        start = max(after, -1)
        far, bad = 1, start
        while True:
            self.tick()
            good = start + far
            if good > FAR:
                return None
            found = self._probe(sql, good)
            if found is not None:
                break
            bad, far = good, far + max(1, far // 8)
        while good - bad > 1:
            middle = (good + bad) // 2
            there = self._probe(sql, middle)
            if there is None:
                bad = middle
            else:
                good, found = middle, there
        return found

    def _probe(self, sql: str, at: int) -> Row | None:
        """The first row from a number on, () where there is none, None where that cannot be read."""
        try:
            row: Row | None = self.connection.execute(sql, (at,)).fetchone()
        except dbapi2.Error:
            self.reopen()
            return None
        return row or ()

    def reopen(self) -> None:
        """After a fault; SQLCipher answers nothing any more on a connection that met a page it cannot decipher."""
        self.hurt = True
        if self.key is not None:
            self.renew()

    def renew(self) -> None:
        """Go on with a fresh connection."""
        self.connection.close()
        self.connection = self._open()

    def _open(self) -> Any:
        connection = dbapi2.connect(str(self.path), isolation_level=None, check_same_thread=False)
        connection.text_factory = _text
        try:
            if self.key is not None:
                connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
                connection.execute(f'PRAGMA key = "{self.key}"').fetchall()
            for pragma in self.pragmas:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            with suppress(UnicodeDecodeError):  # in the name of what cannot be understood
                connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
            self.mute = self.key is not None and not _answers(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _answers(connection: Any) -> bool:
    """Whether a connection that has read the list of tables can still read anything."""
    try:
        connection.execute("PRAGMA shrink_memory").fetchall()  # else it answers out of its memory
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except dbapi2.Error:
        return False
    return True


def _text(held: bytes) -> str:
    """Text of which bytes may be damaged: what is none any more becomes U+FFFD, and so do zeros, which none has."""
    return held.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
