"""Standard templates of documents made from plain text, laid out after GB/T 9704-2012.

One paragraph a line: `#` the office and `##` the document's name, centred; `>` at the right; `-` without indent; `---`
a page's end; `|` the cells of a table's row, `|=` their widths in parts before, `<` joins a cell with the one before,
`|@40` a height in millimetres.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from tracker.exchange.report_document import BODY, LINE, laid_out

TEXT_WIDTH, ROW_HEIGHT, CELL_SIZE = 156, 9, 12
_HEIGHT = re.compile(r"\|@(\d+)\s")


@cache
def build(source: str) -> bytes:
    """The .docx of a text."""
    return laid_out(lambda document: _fill(document, source))


def _fill(document: Document, source: str) -> None:
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    for is_table, run in groupby(
        zip(lines, [*lines[1:], ""], strict=True), lambda pair: pair[0].startswith("|")
    ):
        pairs = list(run)
        if is_table:
            _add_table(document, [line for line, _after in pairs], last=pairs[-1][1] == "")
            continue
        for line, after in pairs:
            _add_paragraph(document, line, after)


def _add_paragraph(document: Document, line: str, after: str) -> None:
    if line == "---":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    mark, _space, text = line.partition(" ")
    before = document.paragraphs[-1] if document.paragraphs else None
    if mark in ("#", "##"):
        paragraph = document.add_paragraph(text, style="Title")
        paragraph.paragraph_format.space_after = Pt(0) if after.startswith("##") else LINE
        return
    marked = mark in (">", "-")
    paragraph = document.add_paragraph(text if marked else line)
    if marked:
        _no_indent(paragraph)
    if mark == ">":
        _set_right(paragraph, before, after)


def _set_right(paragraph: Paragraph, before: Paragraph | None, after: str) -> None:
    """At the right: the number under a title, or the end of a document, which no page's end parts."""
    paragraph.alignment = ALIGN.RIGHT
    if before is not None and before.style is not None and before.style.name == "Title":
        return
    layout = paragraph.paragraph_format
    layout.right_indent = Pt(2 * BODY.size)
    if before is not None and before.alignment != ALIGN.RIGHT:
        layout.space_before = LINE
        before.paragraph_format.keep_with_next = True
    layout.keep_with_next = after.startswith(">")


def _no_indent(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(0)
    layout: Any = paragraph._p.pPr
    indent = layout.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "0")


def _add_table(document: Document, lines: list[str], last: bool) -> None:
    widths = [1]
    if lines[0].startswith("|="):
        widths = [int(part) for part in lines[0][2:].split("|") if part.strip()]
    rows = [line for line in lines if not line.startswith("|=")]
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    whole = sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(TEXT_WIDTH * width / whole)
    for n, line in enumerate(rows):
        height = _HEIGHT.match(line)
        row = table.rows[n]
        row.height_rule, row.height = (
            WD_ROW_HEIGHT_RULE.AT_LEAST,
            Mm(int(height[1]) if height else ROW_HEIGHT),
        )
        _fill_row(table, n, line[height.end() - 1 :] if height else line[1:])
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(TEXT_WIDTH * width / whole)
    space = document.add_paragraph()  # Word wants one after a table
    space.paragraph_format.line_spacing = Pt(1 if last else 12)


def _fill_row(table: Table, n: int, line: str) -> None:
    bare = line.strip().removesuffix("|").removeprefix("|")
    cells = [
        text.strip() for text in re.split(r"\|(?=\s|$)", bare)
    ]  # a filter's stroke has no space after it
    start = 0
    for column, text in enumerate(cells):
        if text == "<":
            continue
        start = column
        end = column
        while end + 1 < len(cells) and cells[end + 1] == "<":
            end += 1
        cell = table.cell(n, start)
        if end > start:
            cell = cell.merge(table.cell(n, end))
        cell.vertical_alignment = VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        _no_indent(paragraph)
        paragraph.paragraph_format.line_spacing = Pt(20)
        label = len(text) <= 12 and "{" not in text
        paragraph.alignment = ALIGN.CENTER if label else ALIGN.LEFT
        paragraph.add_run(text).font.size = Pt(CELL_SIZE)
