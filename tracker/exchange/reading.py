"""Spreadsheets as rows of cells: .xlsx .xlsm .xls .xlsb .ods .et, text, web pages and XML of Excel 2003.

What a file is, is told by what is inside, not by its name.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import python_calamine as calamine

from tracker.errors import UserError
from tracker.exchange import archives, compound, markup
from tracker.exchange.guard import bare
from tracker.i18n import _, listed

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv")
MAX_BYTES = 500 * 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_CELL = 1_000_000
_GUARDED = re.compile(r"'\d+[Xx]?")
_HEAD = 1_000_000
_MARKUP_BYTES = 100 * 1024**2
Span = tuple[int, int, int, int]


@dataclass
class Sheet:
    """One sheet: row n (from 0) is the spreadsheet's row n + 1; empty cells are "" or None."""

    name: str
    open: Callable[[], Iterator[list[object]]]
    """Begins with the first row, each time it is called."""
    height: int
    left: int = 0
    """Empty columns before the first cell of each row."""
    errors: archives.Errors = field(default_factory=dict)
    """Cells that hold a formula's error, by row and column of the spreadsheet, from 0."""
    spans: tuple[Span, ...] | None = ()
    """Merges: top, left, bottom, right, counted as the rows' cells are, from 0; None where the file does not tell."""

    @property
    def rows(self) -> Iterator[list[object]]:
        """The rows from the first on."""
        return self.open()

    @property
    def merged(self) -> tuple[tuple[int, int, int], ...]:
        """Merges within one row: row, first and last column."""
        return tuple((top, left, right) for top, left, bottom, right in self.spans or () if top == bottom)


@dataclass(frozen=True)
class Source:
    """A file that was recognised: the names of its sheets (one, empty, for text)."""

    path: Path
    kind: str
    names: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    """Those of its sheets that its program does not show."""


def recognise(path: Path) -> Source:
    """What the file is by its content; raises UserError for one that is missing, empty, protected or no spreadsheet."""
    head = _head(path)
    if head.startswith(b"PK"):
        kind = archives.kind(path)
    elif head.startswith(_OLE):
        if compound.circular(path):
            raise _damaged(path)
        kind = "xls"
    else:
        kind = markup.looks_like(head) or ("csv" if _text_kind(path, head) else "")
    if not kind:
        raise _no_spreadsheet(path)
    if kind == "csv":
        return Source(path, kind, ("",))
    if kind in ("html", "xml"):
        return Source(path, kind, tuple(table.name for table in _tables(path, kind)))
    with _opened(path) as book:
        pages = [s for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
        shown = calamine.SheetVisibleEnum.Visible
        hidden = frozenset(s.name for s in pages if s.visible != shown)
        return Source(path, kind, tuple(s.name for s in pages), hidden)


def _nothing() -> None:
    pass


def read(source: Source, name: str, check: Callable[[], object] = _nothing) -> Sheet:
    """The sheet of that name, of height 0 where it is empty; raises UserError and what `check` raises."""
    if source.kind == "csv":
        return _read_text(source.path)
    found = next((n for n in source.names if n.strip().casefold() == name.strip().casefold()), None)
    if found is None:
        names = listed(source.names)
        text = _("{file} has no sheet “{sheet}”; it has: {names}.")
        raise UserError(text.format(file=source.path.name, sheet=name, names=names))
    if source.kind in ("html", "xml"):
        table = next(table for table in _tables(source.path, source.kind) if table.name == found)
        return Sheet(table.name, lambda: iter(table.rows), len(table.rows), spans=tuple(table.spans))
    errors = _errors(source, found, check)
    check()
    with _opened(source.path) as book:
        return _typed(book.get_sheet_by_name(found), errors)


def _tables(path: Path, kind: str) -> list[markup.Table]:
    """The tables of a web page or an XML workbook; raises UserError where there are none."""
    try:
        if path.stat().st_size > _MARKUP_BYTES:
            text = _("{file} is larger than {size} MB; split it.")
            raise UserError(text.format(file=path.name, size=_MARKUP_BYTES // 1024**2))
        found = list(markup.tables(kind, path.read_bytes()))
    except (markup.Malformed, OSError) as wrong:
        raise _damaged(path) from wrong
    if not found:
        text = _(
            "{file} is a web page or XML without a table; open it in your spreadsheet program and save it as .xlsx."
        )
        raise UserError(text.format(file=path.name))
    return found


def _typed(sheet: calamine.CalamineSheet, errors: archives.Errors) -> Sheet:
    left = (sheet.start or (0, 0))[1]
    height = sheet.end[0] + 1 if sheet.end else 0
    ranges = sheet.merged_cell_ranges
    spans = (
        None
        if ranges is None
        else tuple(
            (top, max(0, first - left), bottom, last - left)
            for (top, first), (bottom, last) in ranges
            if last >= left
        )
    )
    return Sheet(sheet.name, lambda: iter(sheet.iter_rows()), height, left, errors, spans)  # type: ignore[arg-type]


def _errors(source: Source, name: str, check: Callable[[], object]) -> archives.Errors:
    if source.kind != "xlsx":
        return {}
    try:
        return archives.errors(source.path, name, check)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as wrong:
        raise _damaged(source.path) from wrong


class _opened:
    """The workbook within `with`; the reader's own errors become sentences."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stream: IO[bytes] | None = None

    def __enter__(self) -> calamine.CalamineWorkbook:
        self.stream = self.path.open("rb")
        try:
            return calamine.CalamineWorkbook.from_filelike(self.stream)
        except BaseException as wrong:
            self.__exit__(None, wrong, None)
            raise

    def __exit__(self, kind: object, wrong: BaseException | None, trace: object) -> None:
        if self.stream:
            self.stream.close()
        if isinstance(wrong, calamine.PasswordError):
            raise _protected(self.path) from wrong
        # the reader is written in Rust; where a damaged file makes it panic, that comes as a BaseException of its own
        if isinstance(wrong, calamine.CalamineError) or type(wrong).__name__ == "PanicException":
            raise _damaged(self.path) from wrong


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError as wrong:
        raise UserError(_("There is no file {file}; check the name.").format(file=path)) from wrong
    except OSError as wrong:
        text = _("{file} cannot be read; check that it is a file that you may read.")
        raise UserError(text.format(file=path)) from wrong
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise UserError(_("{file} is empty; choose another file.").format(file=path.name))
    if size > MAX_BYTES:
        text = _("{file} is larger than {size} MB; split it.")
        raise UserError(text.format(file=path.name, size=MAX_BYTES // 1024**2))
    if head.startswith(_OLE) and _ENCRYPTED in head:
        raise _protected(path)
    return head


def _text_kind(path: Path, head: bytes) -> bool:
    """Whether the file is text that can be a table; web pages and XML are refused with a sentence of their own."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith((b"<!doctype", b"<?xml")):
        text = _(
            "{file} is a web page or XML without a table; open it in your spreadsheet program and save it as .xlsx."
        )
        raise UserError(text.format(file=path.name))
    if b"\0" in head and not _wide(head):
        return False
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        return True
    whole = len(head) < _HEAD
    return any(mark.encode() in head for mark in _DELIMITERS) and (not whole or _decoded(head) is not None)


def _wide(head: bytes) -> str:
    """The name of the UTF-16 that text is in, empty for none; without a mark its line breaks and tabs tell."""
    if head.startswith(_MARKS):
        return "utf-16"
    first, second = head[::2], head[1::2]
    for name, low, high in (("utf-16-le", first, second), ("utf-16-be", second, first)):
        lines = "\n".encode(name) in head and any(mark.encode(name) in head for mark in _DELIMITERS)
        if lines and low.count(0) * 4 < high.count(0):
            return name
    return ""


def _decoded(data: bytes) -> str | None:
    """Text in UTF-8 or UTF-16 (with or without a mark) or GB18030; None where it is none of them."""
    wide = _wide(data[:_HEAD])
    encodings: tuple[str, ...] = (wide,) if wide else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _read_text(path: Path) -> Sheet:
    text = _decoded(path.read_bytes())
    if text is None:
        raise UserError(
            _("{file} is neither UTF-8 nor GB18030 text; save it as .xlsx.").format(file=path.name)
        )
    lines = list(io.StringIO(text, newline=""))
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = max(_DELIMITERS, key=lambda mark: _width(lines[:50], mark))
    return Sheet("", lambda: _text_rows(path, lines, delimiter), len(lines), spans=None)


def _width(lines: list[str], delimiter: str) -> int:
    try:
        return max((len(row) for row in csv.reader(lines, delimiter=delimiter)), default=0)
    except csv.Error:
        return 0


def _text_rows(path: Path, lines: list[str], delimiter: str) -> Iterator[list[object]]:
    # Else an open quote takes in all that follows.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield [_unwrapped(cell) for cell in row]
            line = reader.line_num + 1
    except csv.Error as wrong:
        text = _("{file} cannot be read as a table from line {line} on; save it as .xlsx.")
        raise UserError(text.format(file=path.name, line=line)) from wrong


def _unwrapped(cell: str) -> str:
    """A text without what keeps a spreadsheet from taking it for a number or a formula: `="001"`, `'001`."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    return cell[1:] if _GUARDED.fullmatch(cell) else bare(cell)


def _no_spreadsheet(path: Path) -> UserError:
    kinds = listed(SUFFIXES)
    text = _("{file} is not a spreadsheet; choose one of the kinds {kinds}.")
    return UserError(text.format(file=path.name, kinds=kinds))


def _damaged(path: Path) -> UserError:
    text = _("{file} is damaged or no spreadsheet; open it in your spreadsheet program and save it as .xlsx.")
    return UserError(text.format(file=path.name))


def _protected(path: Path) -> UserError:
    return UserError(
        _("{file} is protected by a password; remove the password and try again.").format(file=path.name)
    )
