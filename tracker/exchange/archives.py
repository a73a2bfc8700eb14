"""A look into zipped spreadsheets before they are read: what unpacks too large, and which cells hold errors.

The reader of spreadsheets keeps a sheet as one rectangle of cells and gives a formula's error as an empty cell; the
first lets a small file ask for all memory, the second would let an error pass for "nothing entered".
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tracker.errors import UserError
from tracker.i18n import _

MAX_UNPACKED = 2 * 1024**3
"""Bytes of all parts of a file."""
MAX_CELLS = 40_000_000
"""Cells of a sheet's rectangle, empty ones included: every column of a ledger for a million records."""
MAX_RATIO = 500
"""How much smaller than its content a file of more than 100 MB may be."""
_PIECE = 4 * 1024**2
_OVERLAP = 4096
_ROW = re.compile(rb"<row [^>]*?r=\"(\d{1,7})\"")
_WIDE = re.compile(rb" r=\"([A-Z]{2,3})\d")
_DEEP = re.compile(rb" r=\"[A-Z]{1,3}(\d{6,7})\"")
_NOWHERE = re.compile(rb" r=\"(?:[A-Z]{4}|[A-Z]{1,3}\d{8})")
"""A cell beyond the last that any spreadsheet has."""
_ERROR = re.compile(
    rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*? t=\"e\"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>"
)
_FORMULA = re.compile(
    rb"<c r=\"([A-Z]{1,3})(\d{1,7})\"(?: (?!t=\"str\")[a-z]+=\"[^\"]*\")*>"
    rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>"
)
"""A formula whose result the file does not hold: a program that computes nothing has written it."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Errors = dict[tuple[int, int], str]
"""The text of the error, empty for a formula without a result."""


def kind(path: Path) -> str:
    """`xlsx`, `xlsb` or `ods` by what the archive holds, empty for any other; refuses what unpacks too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    unpacked = sum(parts.values())
    if unpacked > MAX_UNPACKED or unpacked > max(100 * 1024**2, MAX_RATIO * path.stat().st_size):
        text = _("{file} unpacks to more than can be read; split it into smaller sheets.")
        raise UserError(text.format(file=path.name))
    names = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
    return next((kind for name, kind in names.items() if name in parts), "")


def errors(path: Path, sheet: str, check: Callable[[], object]) -> Errors:
    """Cells of a sheet of an .xlsx that hold a formula's error, by row and column from 0.

    Refuses a sheet whose cells span too large a rectangle, by BadZipFile one that cannot be; `check` is called every
    few megabytes and may raise.
    """
    found: Errors = {}
    rows, columns = 0, 26
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if part is None:
            return found
        with archive.open(part) as stream:
            for piece in _pieces(stream):
                check()
                if b" r='" in piece:
                    piece = piece.replace(b"'", b'"')
                if _NOWHERE.search(piece):
                    raise zipfile.BadZipFile("a cell beyond the last")
                rows = max((rows, *map(int, _ROW.findall(piece)), *map(int, set(_DEEP.findall(piece)))))
                columns = max((columns, *map(column_number, set(_WIDE.findall(piece)))))
                if b't="e"' in piece:
                    found |= {
                        (int(r) - 1, column_number(c) - 1): text.decode()
                        for c, r, text in _ERROR.findall(piece)
                    }
                if b"</f>" in piece or b"<f " in piece:
                    found |= {(int(r) - 1, column_number(c) - 1): "" for c, r in _FORMULA.findall(piece)}
    if rows * columns > MAX_CELLS:
        text = _(
            "Sheet “{sheet}” spans {rows} rows and {columns} columns; delete the empty ones or split it."
        )
        raise UserError(text.format(sheet=sheet, rows=rows, columns=columns))
    return found


def column_number(letters: bytes) -> int:
    """A=1, Z=26, AA=27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces that overlap, so that no cell is cut in all of them."""
    last = b""
    while piece := stream.read(_PIECE):
        yield last + piece
        last = piece[-_OVERLAP:]


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, None where the archive does not say."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return None
    wanted = next(
        (e.get(_RELATION) for e in book.iter() if e.tag.endswith("}sheet") and e.get("name") == sheet), None
    )
    target = next((e.get("Target") for e in relations if e.get("Id") == wanted), None)
    if target is None:
        return None
    name = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return name if name in archive.namelist() else None
