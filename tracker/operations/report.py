"""The report of a period: a template's paragraphs with the figures filled in, as a draft to look at and as .docx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.errors import UserError
from tracker.exchange import documents
from tracker.exchange.documents import Block, Document
from tracker.i18n import _
from tracker.operations import exports, partial, templates
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Office
from tracker.operations.progress import Progress
from tracker.operations.quoting import Quoted, quoted, reader
from tracker.period import Period
from tracker.schema.expressions import PLACEHOLDER

MOST_FIGURES = 1000
"""Different figures of one template."""
AROUND = 12
"""Characters of text shown on either side of what is wrong."""
SHOWN = 30
"""Faults named in one sentence; the window lists all."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: plain text, or what an expression became."""

    text: str
    expression: str = ""
    quoted: Quoted | None = None

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, or should be one; not a fixed word such as the year."""
        return bool(self.quoted and (self.quoted.quote or self.quoted.problem))


@dataclass(frozen=True)
class Passage:
    """One paragraph of the report: where it stands, its level (0 title, 1 to 3 headings, 9 text) and its pieces."""

    place: str
    level: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as the report prints it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a place of a template: where, the words around it, and what."""

    place: str
    around: str
    message: str
    dash: bool = False
    """Whether the report is written all the same, with a dash in the place of a figure that has no value."""

    def sentence(self) -> str:
        """All of it in one line."""
        return _("{place} (“{around}”): {message}").format(
            place=self.place, around=self.around, message=self.message
        )


@dataclass(frozen=True)
class Draft:
    """A template with a period's figures, not yet written."""

    period: Period
    source: str
    """What the template is called."""
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...]
    name: str = ""
    """The template's name where it is the one in use."""
    has_own: bool = False
    """Whether the office has one of its own."""
    part: str = ""
    """That the figures are of a part of a file, which then is the first passage; empty of a whole one."""

    @property
    def walls(self) -> tuple[Fault, ...]:
        """The faults that keep the template from becoming a report."""
        return tuple(fault for fault in self.faults if not fault.dash)


@dataclass(frozen=True)
class Written:
    """A report that is written, and how many figures stand in it."""

    path: Path
    figures: int
    dashes: tuple[Fault, ...] = ()
    """The figures that have no value."""


def draft(office: Office, period: Period, template: Path | None = None) -> Draft:
    """The report as it would be written, with every fault of its template. Raises UserError for no document at all."""
    source, document = _document(office, template)
    made = _draft(office, period, source, document)[0]
    if template is not None:
        return made
    return replace(made, name=templates.chosen(office), has_own=templates.own(office) is not None)


def report(
    office: Office, period: Period, out: Path, template: Path | None = None, progress: Progress | None = None
) -> Written:
    """Write the report: from a template file, else the office's own, else the standard one chosen.

    A figure that has no value becomes a dash. Raises UserError naming every placeholder that cannot be read with its
    place; then nothing is written.
    """
    if progress:
        progress.report(0, None, _("Computing the figures"))
    source, document = _document(office, template)
    made, texts = _draft(office, period, source, document)
    if made.walls:
        raise UserError(_refusal(made))
    documents.fill(document, texts)
    if made.part:
        documents.put_first(document, made.part)
    with fresh_file(out) as fresh:
        documents.save(document, fresh)
    exports.note(office, _("Report {period}").format(period=period.label()), out)
    count = sum(1 for p in made.passages for piece in p.pieces if piece.expression)
    return Written(out, count, made.faults)


def _document(office: Office, template: Path | None) -> tuple[str, Document]:
    if template is not None:
        return template.name, documents.open_template(documents.read_template(template), template.name)
    found = templates.in_use(office)
    return found.label, documents.open_template(found.content, found.label)


def _draft(office: Office, period: Period, source: str, document: Document) -> tuple[Draft, dict[str, str]]:
    blocks = list(documents.blocks(document))
    expressions = dict.fromkeys(e for block in blocks for e in block.expressions)
    if len(expressions) > MOST_FIGURES:
        text = _("{file} names more than {most} different figures; divide it.")
        raise UserError(text.format(file=source, most=MOST_FIGURES))
    wanted = reader(office.db, period, str(office.setting("office") or ""))
    found = quoted(office.db, wanted, expressions)
    passages = tuple(
        Passage(b.place, b.level, tuple(_pieces(b, found)))
        for b in blocks
        if b.text.strip() and (b.within or "{" in b.text)
    )
    faults = tuple(dict.fromkeys(fault for block in blocks for fault in _faults(block, found)))
    part = partial.beside_figures(office.db)
    if part:
        passages = (Passage("", 9, (Piece(part),)), *passages)
    return Draft(period, source, passages, faults, part=part), {e: one.text for e, one in found.items()}


def _pieces(block: Block, found: dict[str, Quoted]) -> Iterator[Piece]:
    at = 0
    for match in PLACEHOLDER.finditer(block.text):
        if match.start() > at:
            yield Piece(block.text[at : match.start()])
        one = found[match.group(1)]
        yield Piece(one.text or match.group(), match.group(1), one)
        at = match.end()
    if at < len(block.text):
        yield Piece(block.text[at:])


def _faults(block: Block, found: dict[str, Quoted]) -> Iterator[Fault]:
    for match in PLACEHOLDER.finditer(block.text):
        one = found[match.group(1)]
        if one.problem:
            around = _around(block.text, match.start(), match.end())
            yield Fault(block.place, around, one.problem, dash=bool(one.text))
    if block.stray:
        at, mark = block.stray
        text = _("A template holds text, and figures between {{ and }} in one paragraph; take “{mark}” out.")
        message = text.replace("{mark}", mark)  # format would take its braces for its own
        yield Fault(block.place, _around(block.text, at, at + 2), message)


def _around(text: str, begin: int, end: int) -> str:
    before, after = text[max(0, begin - AROUND) : begin], text[end : end + AROUND]
    return f"{before}{text[begin:end][:80]}{after}"


def _refusal(made: Draft) -> str:
    lines = [fault.sentence() for fault in made.walls[:SHOWN]]
    more = len(made.walls) - len(lines)
    lines += [_("and {n} more.").format(n=more)] if more > 0 else []
    head = _("The report was not written; correct these places of the template {file}:")
    return "\n".join([head.format(file=made.source), *lines])
