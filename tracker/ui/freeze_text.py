"""Frozen figures in words and table lines: frozen beside live with the difference, and what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from tracker.db.freezes import Freeze
from tracker.i18n import _, listed
from tracker.operations.freezing import Compared, Marks, Moved
from tracker.schema.catalogue import Catalogue
from tracker.schema.indicator import Figure
from tracker.schema.quoted import Part, Quoted
from tracker.schema.values import minute
from tracker.ui.figure_text import NONE
from tracker.ui.number_model import Cell, Column, Line
from tracker.ui.plain_table import Head


def described(freeze: Freeze) -> str:
    """A freeze in one line: period, when, who, what for, and how it ended."""
    parts = [freeze.period.label(), minute(freeze.at), freeze.clerk, freeze.note]
    if not freeze.active:
        ended = _("unfrozen {at} by {clerk}: {why}")
        parts.append(ended.format(at=minute(freeze.thawed_at), clerk=freeze.thawed_by, why=freeze.thawed_why))
    return " · ".join(filter(None, parts))


def compared_columns() -> tuple[Column, ...]:
    """The columns of frozen beside live."""
    return (
        Column(_("Figure"), number=False),
        Column(_("Frozen")),
        Column(_("Now"), quiet=True),
        Column(_("Difference")),
    )


def compared_lines(compared: tuple[Compared, ...], catalogue: Catalogue, *, only: bool) -> tuple[Line, ...]:
    """Each frozen figure beside its live value under its ledger, of a breakdown also the parts that differ.

    With `only` those that differ.
    """
    lines: list[Line] = []
    heading = ""
    for one in compared:
        if only and one.same:
            continue
        name = one.frozen.key.partition(".")[0]
        if name != heading:
            heading = name
            ledger = catalogue.by_name.get(name)
            title, icon = (ledger.title(), ledger.icon) if ledger else (name, "document")
            lines.append(Line(f"#{name}", (Cell(title),), "heading", icon))
        lines.append(_line(one))
        lines.extend(_part_lines(one))
    return tuple(lines)


def _line(one: Compared) -> Line:
    frozen, live = one.frozen, one.live
    tip = f"{frozen.label}\n{frozen.definition}"
    if live and live.definition != frozen.definition:
        tip += "\n" + _("Defined now: {definition}").format(definition=live.definition)
    if live and frozen.value == live.value and not one.same and frozen.parts is None:
        tip += "\n" + " → ".join(map(_parts, (frozen, live)))
    label = Cell(frozen.label, tip=tip, note=frozen.unit)
    now = _("no longer there") if live is None else _number(live.value)
    cells = (label, Cell(_number(frozen.value)), Cell(now), Cell(difference(frozen, live)))
    return Line(frozen.key, cells, icon="" if one.same else "edit", role="warning")


def _parts(figure: Quoted) -> str:
    """Numerator and denominator, where these differ though the printed value does not."""
    return " / ".join(_number(text) for text in figure.part_texts() if text is not None)


def _part_lines(one: Compared) -> Iterator[Line]:
    now = {part.key: part for part in (one.live.parts or ())} if one.live else {}
    then = {part.key: part for part in one.frozen.parts or ()}
    for key, part in {**then, **now}.items():
        before, after = _text(then.get(key)), _text(now.get(key))
        if before != after:
            cells = (
                Cell(f"　{part.label}"),
                Cell(_number(before)),
                Cell(_number(after)),
                Cell(_gap(before, after)),
            )
            yield Line(f"{one.frozen.key}#{key}", cells)


def _text(part: Part | None) -> str:
    return part.text if part else "0"


def _number(text: str | None) -> str:
    return NONE if text is None else f"{Decimal(text):,f}"


def difference(frozen: Quoted, live: Quoted | None) -> str:
    """How much more or less it is now, rates in percentage points; empty where nothing differs."""
    if live is None or frozen.value is None or live.value is None:
        return ""
    gap = _gap(frozen.value, live.value)
    return gap + _(" pp") if gap and frozen.relative else gap


def _gap(before: str, after: str) -> str:
    gap = Decimal(after) - Decimal(before)
    return f"{gap:+,f}".replace("-", "−") if gap else ""


def moved_heads() -> tuple[Head, ...]:
    """The columns of the records that moved a figure."""
    return (
        Head(_("Record"), 292),
        Head(_("What changed")),
        Head(_("Changed at"), 148),
        Head(_("Changed by"), 88),
        Head(_("Reason"), 190),
    )


def moved_rows(moved: tuple[Moved, ...]) -> list[tuple[str, ...]]:
    """Each record that moved a figure: what changed, and by whom, when and why it last did."""
    rows: list[tuple[str, ...]] = []
    for one in moved:
        last = one.entries[-1] if one.entries else None
        said = (minute(last.at), last.clerk) if last else ("", "")
        rows.append((f"{_(one.ledger.short)} {one.number}", one.what(), *said, listed(one.reasons)))
    return rows


def marked(line: Line, figure: Figure, marks: Marks) -> Line:
    """A figure's line with a lock, and in its tip what was frozen; in the colour of a warning where it differs."""
    frozen = marks.figures.get(line.key)
    if frozen is None:
        return line
    same = (frozen.numerator, frozen.denominator) == (figure.numerator, figure.denominator)
    said = _("Frozen {at} by {clerk}: {value}")
    value = _number(frozen.value if frozen.value is not None else str(frozen.numerator or 0))
    said = said.format(at=minute(marks.freeze.at), clerk=marks.freeze.clerk, value=value)
    label = line.cells[0]
    first = Cell(label.text, label.opens, f"{label.tip}\n{said}", label.note, label.short)
    return Line(line.key, (first, *line.cells[1:]), line.kind, "lock", "text_muted" if same else "warning")


def differing(marks: Marks, figures: Mapping[str, Figure]) -> int:
    """How many of the figures are no longer what was frozen."""
    return sum(
        (frozen.numerator, frozen.denominator) != (figures[key].numerator, figures[key].denominator)
        for key, frozen in marks.figures.items()
        if key in figures
    )
