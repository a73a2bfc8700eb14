"""Sheets that are web pages or XML of Excel 2003 under the name of a workbook, as other systems give them out."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from xml.parsers import expat

MAX_CELLS = 4_000_000
MAX_COLUMNS = 2_000
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_MAIL = (b"mime-version:", b"content-type:", b"from:", b"x-document-type:", b"subject:")
"""How a page begins that was saved with all its parts in one file, .mht."""
Span = tuple[int, int, int, int]


class Malformed(ValueError):
    """What is inside cannot be read as tables."""


@dataclass
class Table:
    """One table: rows of cells, and merges as (top, left, bottom, right) from 0."""

    name: str = ""
    rows: list[list[object]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    _taken: dict[int, set[int]] = field(default_factory=dict)
    _cells: int = 0

    def start_row(self, at: int | None = None) -> None:
        """Begin the next row, or with `at` that row."""
        wanted = len(self.rows) + 1 if at is None else at + 1
        while len(self.rows) < wanted:
            self._count(1)
            self.rows.append([])

    def put(self, value: object, across: int, down: int, at: int | None = None) -> None:
        """Put a cell into the row begun last, to the right of what is there."""
        if not self.rows:
            self.start_row()
        top, row = len(self.rows) - 1, self.rows[-1]
        left = len(row) if at is None else at
        while at is None and left in self._taken.get(top, ()):
            left += 1
        across, down = max(1, min(across, MAX_COLUMNS)), max(1, min(down, 10_000))
        if left + across > MAX_COLUMNS:
            raise Malformed("too wide")
        self._count(left + across - len(row))
        row.extend([""] * (left - len(row)))
        row[left:] = [value, *[""] * (across - 1)]
        if across > 1 or down > 1:
            self.spans.append((top, left, top + down - 1, left + across - 1))
            for below in range(top + 1, top + down):
                self._taken.setdefault(below, set()).update(range(left, left + across))

    def _count(self, more: int) -> None:
        self._cells += max(0, more)
        if self._cells > MAX_CELLS:
            raise Malformed("too large")


def decoded(data: bytes) -> str:
    """The text of a page, by its mark, what it says of itself, or what fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    told = _CHARSET.search(data[:4096])
    named = told[1].decode("ascii").lower() if told else ""
    if named.startswith("gb"):
        named = "gb18030"
    for encoding in (*(["gb18030"] if named == "gb18030" else []), "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Malformed("encoding")


class _Page(HTMLParser):
    """Collects the tables of a page; a table inside another is one of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._open: list[Table] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._text = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._end_cell()
            if len(self._open) > 20:
                raise Malformed("too deep")
            self._open.append(Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].start_row()
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            self._cell, self._span = [], (_whole(told.get("colspan")), _whole(told.get("rowspan")))
            self._text = "@" in told.get("style", "")
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\0")
        elif tag in ("script", "style"):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
        elif tag in ("script", "style") and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        text = _SPACE.sub(" ", "".join(self._cell))
        lines = [line.strip() for line in text.split("\0")]
        self._open[-1].put("\n".join(line for line in lines if line), *self._span)
        self._cell = None


def _whole(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else 1


def html(data: bytes) -> list[Table]:
    """The tables of a page that have rows, or of the pages in one file. Raises Malformed."""
    if data[:4096].lstrip().lower().startswith(_MAIL):
        parts = email.message_from_bytes(data).walk()
        pages = [part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"]
        return [table for inner in pages if isinstance(inner, bytes) for table in html(inner)]
    page = _Page()
    page.feed(decoded(data))
    page.close()
    return [table for table in page.tables if any(table.rows)]


class _Book:
    """Builds sheets from the events of SpreadsheetML 2003."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._row = self._column = 0
        self._span = (1, 1)
        self._type: str | None = None
        self._text: list[str] = []
        self._value: object = ""
        self._inside = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = tag.rpartition("|")[2]
        told = {key.rpartition("|")[2]: value for key, value in attrs.items()}
        if name == "Worksheet":
            self.tables.append(Table(told.get("Name", "")))
            self._row = 0
        elif name == "Row" and self.tables:
            index = _whole(told.get("Index")) - 1 if "Index" in told else self._row
            self.tables[-1].start_row(max(index, self._row))
            self._row, self._column = max(index, self._row) + 1, 0
        elif name == "Cell" and self.tables:
            self._column = _whole(told.get("Index")) - 1 if "Index" in told else self._column
            across, down = (int(told.get(k, "0") or 0) for k in ("MergeAcross", "MergeDown"))
            self._span, self._value = (across + 1, down + 1), ""
        elif name == "Data":
            self._type, self._text, self._inside = told.get("Type", "String"), [], True

    def data(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition("|")[2]
        if name == "Data":
            self._value, self._inside = _typed("".join(self._text), self._type), False
        elif name == "Cell" and self.tables and self.tables[-1].rows:
            table = self.tables[-1]
            at = self._column
            while at in table._taken.get(len(table.rows) - 1, ()):
                at += 1
            table.put(self._value, *self._span, at=at)
            self._column = at + self._span[0]


def _typed(text: str, kind: str | None) -> object:
    if kind == "Number" and _NUMBER.fullmatch(text.strip()):
        return float(text)
    if kind == "DateTime":
        try:
            moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return text
        return moment.date() if (moment.hour, moment.minute) == (0, 0) else moment
    if kind == "Boolean":
        return text.strip() == "1"
    return text


def _refuse(*_parts: object) -> None:
    raise Malformed("a declared entity")


def xml(data: bytes) -> list[Table]:
    """The sheets of an XML workbook of 2003. Raises Malformed; entities are refused, not expanded."""
    book = _Book()
    reader = expat.ParserCreate(namespace_separator="|")
    reader.buffer_text = True
    reader.StartElementHandler = book.start
    reader.EndElementHandler = book.end
    reader.CharacterDataHandler = book.data
    reader.EntityDeclHandler = _refuse
    reader.StartDoctypeDeclHandler = _refuse
    try:
        for begin in range(0, len(data), 1 << 20):
            reader.Parse(data[begin : begin + (1 << 20)], False)
        reader.Parse(b"", True)
    except (expat.ExpatError, ValueError) as wrong:
        raise Malformed(str(wrong)) from wrong
    return book.tables


def looks_like(start: bytes) -> str:
    """`html` or `xml` for a file that begins so, else empty."""
    head = start.lstrip(b"\xef\xbb\xbf \r\n\t")[:4096].lower()
    if head.startswith(_MAIL) and b"multipart/related" in head:
        return "html"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = start[:4096].decode("utf-16", errors="ignore").lower().encode()
    if head.startswith(b"<?xml") or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        if b"<html" in head:
            return "html"
        return "xml" if b"workbook" in head else ""
    if head.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<style", b"<div", b"<!--")
    ):
        return "html"
    return ""


def tables(kind: str, data: bytes) -> Iterator[Table]:
    """The tables of a page or an XML workbook, each with a name that no other has."""
    found = html(data) if kind == "html" else xml(data)
    used: set[str] = set()
    for n, table in enumerate(found, 1):
        name = table.name or (f"{n}" if len(found) > 1 else "")
        table.name = name if name not in used else f"{name} ({n})"
        used.add(table.name)
        yield table
