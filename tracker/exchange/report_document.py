"""A report's template made from plain text, laid out as Chinese official documents are (GB/T 9704-2012).

One paragraph a line; `#` begins the title, `##`, `###` and `####` headings of three levels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

LATIN = "Times New Roman"
FALLBACK = {
    "方正小标宋简体": "华文中宋",
    "黑体": "SimHei",
    "楷体": "楷体_GB2312",
    "仿宋": "仿宋_GB2312",
    "宋体": "SimSun",
}
"""Which font stands in where one is missing, as the document's own font table says it."""
LINE = Pt(28.95)
"""22 lines on a page."""


@dataclass(frozen=True)
class Look:
    """How one kind of paragraph is set: its style in Word, East Asian font, size in points."""

    style: str
    font: str
    size: float
    indent: bool = True
    bold: bool = False
    centred: bool = False


BODY = Look("Normal", "仿宋", 16)
LOOKS = (
    Look("Title", "方正小标宋简体", 22, indent=False, centred=True),
    Look("Heading 1", "黑体", 16),
    Look("Heading 2", "楷体", 16),
    Look("Heading 3", "仿宋", 16, bold=True),
)
"""By the number of `#` less one."""
FOOTER = Look("Footer", "宋体", 14, indent=False, centred=True)


@cache
def build(source: str) -> bytes:
    """The .docx of a text."""
    return laid_out(lambda document: _fill(document, source))


def laid_out(fill: Callable[[Document], None]) -> bytes:
    """A .docx with the page, the styles and the page numbers of an official document, filled in."""
    document = docx.Document()
    _set_page(document)
    for look in (BODY, *LOOKS, FOOTER):
        _set_style(document, look)
    fill(document)
    _number_pages(document.sections[0].footer.paragraphs[0])
    _name_fallbacks(document)
    document.core_properties.author = document.core_properties.comments = ""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _fill(document: Document, source: str) -> None:
    for line in source.splitlines():
        marks = len(line) - len(line.lstrip("#"))
        text = line[marks:].strip()
        if text:
            look = LOOKS[min(marks, len(LOOKS)) - 1] if marks else BODY
            document.add_paragraph(text, style=look.style)
            if look is LOOKS[0]:
                document.core_properties.title = text if "{{" not in text else ""


def _set_page(document: Document) -> None:
    """A4, the text 156 by 225 millimetres."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)


def _set_style(document: Document, look: Look) -> None:
    style = document.styles[look.style]
    assert isinstance(style, ParagraphStyle)
    for part in ("w:pPr", "w:rPr"):
        for old in style.element.findall(qn(part)):
            style.element.remove(old)
    style.font.size, style.font.bold = Pt(look.size), look.bold
    style.font.name = LATIN
    fonts: Any = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), look.font)
    fonts.set(qn("w:cs"), LATIN)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    layout.alignment = ALIGN.CENTER if look.centred else ALIGN.JUSTIFY
    layout.first_line_indent = Pt(2 * look.size if look.indent else 0)
    indent: Any = style.element.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "200" if look.indent else "0")
    if look in LOOKS:
        layout.space_after = LINE if look is LOOKS[0] else Pt(0)
        layout.keep_with_next = True


def _number_pages(footer: Paragraph) -> None:
    """`— 1 —` at the foot of each page."""
    footer.add_run("— ")
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>1</w:t></w:r>'
    )
    field.append(run)
    footer._p.append(field)
    footer.add_run(" —")


def _name_fallbacks(document: Document) -> None:
    for part in document.part.package.iter_parts():
        if part.content_type.endswith("fontTable+xml"):
            table: Any = parse_xml(part.blob)
            for name, other in FALLBACK.items():
                entry: Any = OxmlElement("w:font")
                entry.set(qn("w:name"), name)
                also: Any = OxmlElement("w:altName")
                also.set(qn("w:val"), other)
                entry.append(also)
                table.append(entry)
            part._blob = serialize_part_xml(table)
