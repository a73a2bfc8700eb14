"""Word documents as templates: read with care, their placeholders found wherever Word split them, and filled in.

Nothing of a document is run. A placeholder is the text between `{{` and `}}` within one paragraph, whatever runs Word
made of it; the first of those runs keeps its look.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tracker.errors import UserError
from tracker.i18n import _
from tracker.schema.expressions import PLACEHOLDER

MOST_BYTES = 20 * 1024**2
MOST_UNPACKED, MOST_TEXT = 60 * 1024**2, 12 * 1024**2
"""Of all parts, and of those with text; a report's text is about a megabyte."""
MOST_RUNS = 20_000
"""Stretches of text of one part; a report has some hundreds."""
MOST_PARTS = 2000
TEXTS = (".xml", ".rels")
FORBIDDEN = ("vbaproject", "activex", "attachedtoolbars")
FIELDS = ("DDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DATABASE", "MACROBUTTON")
"""Fields of Word that fetch or run something else."""
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
DAMAGED = (
    zipfile.BadZipFile, zlib.error, OpcError, KeyError, ValueError, SyntaxError, AttributeError, IndexError,
    TypeError, EOFError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip
"""What zipfile, lxml (its XML errors are SyntaxErrors) and python-docx raise for a document that is none."""
__all__ = [
    "Block",
    "Document",
    "as_bytes",
    "blocks",
    "fill",
    "open_template",
    "put_first",
    "read_template",
    "save",
]
Element = Any
"""An lxml element, which has no types."""


@dataclass(frozen=True)
class Block:
    """One paragraph that has text: where it stands, in words, and its level (0 title, 1 to 3 headings, 9 text)."""

    element: Element
    text: str
    place: str
    level: int
    within: bool = True
    """Whether it is part of the text, not of a header, footer or note."""

    @property
    def expressions(self) -> tuple[str, ...]:
        """What stands between its braces, in order."""
        return tuple(PLACEHOLDER.findall(self.text))

    @property
    def stray(self) -> tuple[int, str] | None:
        """Where a brace pair without its other or an instruction of some template language stands, and which."""
        rest = PLACEHOLDER.sub(lambda found: " " * len(found.group()), self.text)
        found = STRAY.search(rest)
        return (found.start(), found.group()) if found else None


def open_template(content: bytes, name: str) -> Document:
    """A Word document that can be filled in; `name` is what sentences call it.

    Raises UserError for what is damaged, no .docx, too large, or holds macros or references to other files.
    """
    _refuse(content, name)
    try:
        document = docx.Document(BytesIO(content))
        for block in blocks(document):
            _refuse_fields(block, name)
    except DAMAGED as wrong:
        raise _no_document(name) from wrong
    return document


def read_template(path: Path) -> bytes:
    """A file's content, once it has been looked at. Raises UserError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path.name)
        content = path.read_bytes()
    except OSError as wrong:
        text = _("{path} cannot be read; check that it is there and may be read.")
        raise UserError(text.format(path=path)) from wrong
    open_template(content, path.name)
    return content


def _no_document(name: str) -> UserError:
    return UserError(
        _("{file} is damaged or no .docx; open it in Word or WPS and save it anew as .docx.").format(
            file=name
        )
    )


def _too_large(name: str) -> UserError:
    return UserError(
        _("{file} is too large for a report's template; take pictures out of it.").format(file=name)
    )


def _refuse(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise _too_large(name)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        text = _("{file} is an old .doc or has a password; save it as .docx without one.")
        raise UserError(text.format(file=name))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            texts = sum(part.file_size for part in parts if part.filename.lower().endswith(TEXTS))
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or texts > MOST_TEXT:
                raise _too_large(name)
            for part in parts:
                _refuse_part(archive, part, name)
    except DAMAGED as wrong:
        raise _no_document(name) from wrong


def _refuse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    lower = part.filename.lower()
    if any(word in lower for word in FORBIDDEN):
        text = _("{file} holds macros or controls; save it as a .docx without them.")
        raise UserError(text.format(file=name))
    if lower.endswith(TEXTS):
        data = archive.read(part)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise zipfile.BadZipFile("a document type")
        if (
            max(data.count(b":p>"), data.count(b":p "), data.count(b":t>"), data.count(b":t "))
            > 2 * MOST_RUNS
        ):
            raise _too_large(name)
        if lower.endswith(".rels") and _reaches_out(data):
            text = _("{file} refers to another file ({part}); take the link, field or picture out of it.")
            raise UserError(text.format(file=name, part=part.filename))


def _reaches_out(relations: bytes) -> bool:
    """Whether a relation other than a plain hyperlink leads out of the document."""
    return any(
        relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith("/hyperlink")
        for relation in parse_xml(relations)
    )


def _refuse_fields(block: Block, name: str) -> None:
    for node in (*block.element.iter(qn("w:instrText")), *block.element.iter(qn("w:fldSimple"))):
        words = f"{node.text or ''} {node.get(qn('w:instr')) or ''}".upper().split()
        if words and words[0].startswith(FIELDS):
            text = _("{file}, {place}, has a field ({field}) that fetches something else; take it out.")
            raise UserError(text.format(file=name, place=block.place, field=words[0]))


def blocks(document: Document) -> Iterator[Block]:
    """Every paragraph in the order of reading, those of headers, footers and notes after the text."""
    numbering = _Numbering(document)
    for part, root in _stories(document):
        yield from numbering.of(part, root)


def fill(document: Document, texts: Mapping[str, str]) -> None:
    """Put texts in the place of the expressions."""
    for part, root in _stories(document):
        for paragraph in root.iter(qn("w:p")):
            _fill(_texts(paragraph), texts)
        if not isinstance(part, XmlPart):
            part._blob = serialize_part_xml(root)


def put_first(document: Document, text: str) -> None:
    """Put a paragraph before all that the document has, in bold."""
    made = document.add_paragraph()
    made.add_run(text).bold = True
    document.element.body.insert(0, made._p)


def save(document: Document, path: Path) -> None:
    """Write the document, packed in memory first: on a full disk the packer would speak up once more later."""
    path.write_bytes(as_bytes(document))


def as_bytes(document: Document) -> bytes:
    """The document as a file's content."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(nodes: list[Element], texts: Mapping[str, str]) -> None:
    """Put each expression's text into the node in which it begins, and take the rest of it out of those that follow."""
    whole = "".join(node.text or "" for node in nodes)
    found = list(PLACEHOLDER.finditer(whole))
    place = at = 0
    for node in nodes:
        old = node.text or ""
        end, here, new = at + len(old), at, ""
        while place < len(found) and found[place].start() < end:
            match = found[place]
            if match.start() >= at:
                new += whole[here : match.start()] + texts[match.group(1)]
            here = min(match.end(), end)
            if match.end() > end:
                break
            place += 1
        new += whole[here:end]
        if new != old:
            node.text = new
            node.set(qn("xml:space"), "preserve")
        at = end


def _texts(paragraph: Element) -> list[Element]:
    """The text nodes of a paragraph itself, not those of a text box anchored in it."""
    tag = qn("w:p")
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(tag)) is paragraph]


def _stories(document: Document) -> Iterator[tuple[Part, Element]]:
    """The text, then headers, footers and notes, each part once with its root element."""
    yield document.part, document.element.body
    for part in document.part.package.iter_parts():
        kind = part.content_type.rpartition(".")[2].removesuffix("+xml")
        if kind in ("header", "footer") and isinstance(part, XmlPart):
            yield part, part.element
        elif kind in ("footnotes", "endnotes"):
            yield part, part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


class _Numbering:
    """Says where each paragraph stands: its number among those with text, or its table's cell."""

    def __init__(self, document: Document) -> None:
        self._levels = {style.style_id: _level(str(style.name)) for style in document.styles}

    def of(self, part: Part, root: Element) -> Iterator[Block]:
        number, cells = 0, _cells(root)
        kind = part.content_type.rpartition(".")[2].removesuffix("+xml")
        names = {
            "header": _("header"),
            "footer": _("footer"),
            "footnotes": _("notes"),
            "endnotes": _("notes"),
        }
        for paragraph in root.iter(qn("w:p")):
            text = "".join(node.text or "" for node in _texts(paragraph))
            cell = cells.get(next(paragraph.iterancestors(qn("w:tc")), None), "")
            if not text.strip() and not list(paragraph.iter(qn("w:instrText"), qn("w:fldSimple"))):
                continue
            number += not cell
            place = cell or _("paragraph {n}").format(n=number)
            if kind in names:
                place = f"{names[kind]} · {place}"
            yield Block(paragraph, text, place, self._level(paragraph), within=kind not in names)

    def _level(self, paragraph: Element) -> int:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._levels.get(style.get(qn("w:val")), 9) if style is not None else 9


def _cells(root: Element) -> dict[Element, str]:
    """What each table cell is called."""
    text = _("table {n}, row {row}, column {column}")
    return {
        cell: text.format(n=n, row=row, column=column)
        for n, table in enumerate(root.iter(qn("w:tbl")), 1)
        for row, line in enumerate(table.findall(qn("w:tr")), 1)
        for column, cell in enumerate(line.findall(qn("w:tc")), 1)
    }


def _level(style: str) -> int:
    name, _space, number = style.lower().rpartition(" ")
    if style.lower() in ("title", "标题"):
        return 0
    return min(int(number), 3) if name in ("heading", "标题") and number.isdigit() else 9
