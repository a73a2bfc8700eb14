"""What can be read of a damaged file: table by table as far as their trees lead, and page by page beside these.

Everything happens on a private copy; the file itself is only ever read. A page is read by pointing a table of our own
at it, in a copy whose first page is one of ours: so that SQLite takes rows apart, also deciphered ones, and it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from tracker.db import keys
from tracker.db.database import JOURNAL, LOG, PAGE_BYTES
from tracker.db.faulty import Reader, Row
from tracker.errors import FULL, DiskFull, FileProblem
from tracker.i18n import _

PIECE = 2**20
LISTED = ("type", "name", "tbl_name", "rootpage", "sql")
"""The columns of the list of tables."""
CELLS = 1500
"""More rows than a page has room for: where there are as many, the page leads to others, which are read themselves."""
TREES = ("writable_schema = ON", "cell_size_check = ON", "trusted_schema = OFF")
"""A list of tables that is damaged is taken as far as it can be read."""
PAGES = ("journal_mode = MEMORY", "synchronous = OFF", "writable_schema = ON")


class Wreck:
    """A private copy of a damaged file, in a folder that whoever made it takes away. `close` it."""

    def __init__(
        self, path: Path, folder: Path, key: str | None, tick: Callable[[], object] = lambda: None
    ) -> None:
        self.folder, self.tick = folder, tick
        self._copy = folder / "copy.db"
        for mark in ("", LOG, JOURNAL):  # SQLite makes the log's index itself
            other = path.with_name(path.name + mark)
            if other.exists():
                _read(other, self._copy.with_name(self._copy.name + mark), tick)
        with self._copy.open("rb") as file:
            head = file.read(100)
        self.key = None if key is None else keys.given_raw(key) or keys.derived(key, head[: keys.SALT])
        self._sizes = _page_sizes(head, key is not None)
        self._reader = self._fold()

    def close(self) -> None:
        """Let the copy go."""
        if self._reader:
            self._reader.close()

    def tables(self) -> dict[str, tuple[str, ...]]:
        """The tables that the file's list still names, with their columns."""
        found: dict[str, tuple[str, ...]] = {}
        if self._reader:
            sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
            for (name,) in list(self._reader.some(sql)):
                asked = self._reader.some("SELECT name FROM pragma_table_info(?)", (name,))
                found[str(name)] = tuple(str(column) for (column,) in asked)
        return found

    def walk(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """The rows of a table as far as its tree leads: number, then these columns."""
        return self._reader.walk(table, columns) if self._reader else iter(())

    @property
    def hurt(self) -> bool:
        """Whether anything of a tree could not be read since `forget`."""
        return self._reader.hurt if self._reader else True

    def forget(self) -> None:
        """Begin anew to note faults."""
        if self._reader:
            self._reader.hurt = False

    def listed(self, index: str, table: str, column: str) -> Iterator[Row]:
        """What an index says of a table's rows, from both ends as far as it leads: their numbers and its column."""
        seen: set[int] = set()
        for order in ("", "DESC") if self._reader else ():
            sql = f'SELECT rowid, "{column}" FROM "{table}" INDEXED BY "{index}" ORDER BY "{column}" {order}'
            for row in self._reader.some(sql) if self._reader else ():
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row

    def pages(self, width: int) -> Iterator[Row]:
        """The rows of every page of any table, whichever it is of: so many columns, those that a row lacks are empty.

        Rows that were written over or given up long ago may be among them: whoever takes one must know it by what it
        says itself.
        """
        for size in self._sizes:
            yield from self._scan(width, size)

    def _scan(self, width: int, size: int) -> Iterator[Row]:
        first, length = self._first_page(width, size)
        single = self.folder / "single.db"
        single.unlink(missing_ok=True)
        _read(self._copy, single, self.tick)
        _begin(single, first, length)
        try:
            reader = Reader(single, self.key, PAGES, self.tick)
        except dbapi2.Error:  # not even our own page can be read under this key
            return
        columns = [f"c{n}" for n in range(width)]
        try:
            for page in range(2, self._copy.stat().st_size // size + 1):
                self.tick()
                if _point(reader, page, lambda: _begin(single, first, length)):
                    for row in reader.each("found", columns, CELLS):
                        yield row[1:]
        finally:
            reader.close()

    def _first_page(self, width: int, size: int) -> tuple[bytes, int]:
        """A first page under the file's key that speaks of at least as many pages, and the length it speaks of."""
        length = self._copy.stat().st_size
        made = self.folder / "first.db"
        made.unlink(missing_ok=True)
        pragmas = ["journal_mode = OFF", "synchronous = OFF"]
        reader = Reader(made, self.key, pragmas if self.key else [f"page_size = {size}", *pragmas])
        columns = ", ".join(f"c{n}" for n in range(width))
        reader.run(f"CREATE TABLE found ({columns})")
        reader.run("CREATE TABLE filler (content BLOB)")
        for start in range(0, length, 2**28):
            self.tick()
            part = min(2**28, length - start) + 2 * size
            reader.run("INSERT INTO filler VALUES (zeroblob(?))", (part,))
        reader.close()
        with made.open("rb") as file:
            first = file.read(size), made.stat().st_size
        made.unlink()
        return first

    def _fold(self) -> Reader | None:
        """Open the copy and fold its log into it; where its first page is lost, that of the log may stand for it."""
        reader = self._open()
        if reader is None and self._copy.with_name(f"{self._copy.name}{LOG}").exists():
            first, length = self._first_page(1, self._sizes[0])
            _begin(self._copy, first, length)
            reader = self._open()
        if reader is not None:
            with suppress(dbapi2.Error):
                reader.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return reader if reader is not None and _lists_all(reader) else self._listed_anew(reader)

    def _listed_anew(self, reader: Reader | None) -> Reader | None:
        """Where the list of tables cannot be read whole, begin another one by what its pages still say: so one page of
        it that is lost hides none of the tables on the others."""
        for size in self._sizes:
            found: dict[tuple[object, object], Row] = {}
            for row in self._scan(len(LISTED), size):
                if _is_listed(row) and len(str(row[4])) >= len(str(found.get(row[:2], row)[4])):
                    found[row[:2]] = row
            if found:
                break
        else:
            return reader
        if reader is not None:
            reader.close()
        self._sizes = (size,)
        _begin(self._copy, *self._first_page(len(LISTED), size))
        with closing(Reader(self._copy, self.key, PAGES, self.tick)) as made:
            for row in found.values():
                if ("table", row[2]) in found:
                    made.run("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
            made.run("DELETE FROM sqlite_master WHERE name IN ('found', 'filler')")
        return self._open()

    def _open(self) -> Reader | None:
        try:
            return Reader(self._copy, self.key, TREES, self.tick)
        except dbapi2.Error:
            return None


def _begin(path: Path, first: bytes, length: int) -> None:
    """Give a file another first page, and at least the length that it speaks of: SQLite refuses a shorter one."""
    with path.open("r+b") as file:
        file.write(first)
        file.truncate(max(length, path.stat().st_size))


def _point(reader: Reader, page: int, begin_anew: Callable[[], None]) -> bool:
    """Have the table `found` lie on a page. A connection that met a page which it cannot decipher may refuse to write
    from then on, without having told of that page: then a fresh one goes on, at last on a first page written anew."""
    for mend in (None, lambda: None, begin_anew):
        try:
            if mend:
                mend()
                reader.renew()
            reader.run("UPDATE sqlite_master SET rootpage = ? WHERE name = 'found'", (page,))
            reader.run("PRAGMA writable_schema = RESET")
            reader.run("PRAGMA writable_schema = ON")
            return True
        except dbapi2.Error:
            continue
    return False


def _lists_all(reader: Reader) -> bool:
    """Whether the list of tables can be read whole, and is the file's own."""
    reader.hurt = False
    names = [name for (name, _sql) in reader.some("SELECT name, sql FROM sqlite_master")]
    return not reader.hurt and "found" not in names


def _is_listed(row: Row) -> bool:
    """Whether a row can be one of the list of tables: of a table that has pages, or of an index."""
    kind, name, table, root, sql = row
    return (
        kind in ("table", "index")
        and isinstance(name, str)
        and isinstance(table, str)
        and isinstance(root, int)
        and root > 1
        and ((isinstance(sql, str) and sql.startswith("CREATE ")) or (sql is None and kind == "index"))
    )


def _page_sizes(head: bytes, ciphered: bool) -> tuple[int, ...]:
    """How large the file's pages are, by its first bytes; where these are lost, how large they may be."""
    if ciphered:
        return (keys.PAGE,)
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    if head.startswith(keys.PLAIN) and size in {2**n for n in range(9, 17)}:
        return (size,)
    return (PAGE_BYTES, 4096)


def _read(path: Path, to: Path, tick: Callable[[], object]) -> None:
    """Copy a file; of a disk that cannot read parts of it these are left empty."""
    try:
        size = path.stat().st_size
        with path.open("rb", buffering=0) as source, to.open("wb") as target:
            to.chmod(0o600)
            for start in range(0, size, PIECE):
                tick()
                target.write(_piece(source, start, min(PIECE, size - start)))
    except OSError as wrong:
        if wrong.errno in FULL:
            text = _(
                "There is no room in {folder} for what a rescue works on; free some, or rescue to another disk."
            )
            raise DiskFull(text.format(folder=to.parent.parent)) from wrong
        text = _("{path} cannot be copied to rescue it; check the disk, or copy the file elsewhere first.")
        raise FileProblem(text.format(path=path)) from wrong


def _piece(source: Any, start: int, length: int) -> bytes:
    """A piece of a file; what the disk cannot read of it is zeros."""
    with suppress(OSError):
        source.seek(start)
        whole: bytes = source.read(length)
        if len(whole) == length:
            return whole
    if length <= 512:
        return bytes(length)
    half = length // 2
    return _piece(source, start, half) + _piece(source, start + half, length - half)
