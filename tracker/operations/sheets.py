"""What a file of sheets holds for a ledger: which of its sheets, and what their columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from tracker.errors import UserError
from tracker.exchange import content, headings, layout, reading
from tracker.exchange.cells import Invalid, Parser, shown
from tracker.exchange.headings import Column
from tracker.exchange.headings import Mapping as Headings
from tracker.exchange.reading import Sheet
from tracker.i18n import _, everywhere
from tracker.operations import sheet_memory
from tracker.operations.office import Office
from tracker.operations.progress import SILENT, Progress
from tracker.operations.taking import Table
from tracker.schema.ledger import Ledger

SAMPLED = 300
"""So many rows below the headings are looked at to tell what a column holds."""
ALIKE = 0.7
"""So large a part of the fields of two sheets must be the same for them to be read as one."""
_LONGEST_NAME = 31
"""So many letters a spreadsheet keeps of a sheet's name."""
_BLANK = ("", None)


@dataclass(frozen=True)
class Found:
    """One sheet of a file: its first rows, and what they mean; no mapping where nothing of the ledger was found."""

    sheet: Sheet
    first: tuple[list[object], ...]
    mapping: Headings | None
    hints: layout.Hints
    remembered: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell not in _BLANK for row in self.first for cell in row)

    @property
    def rows(self) -> int:
        """How many of its first rows hold something."""
        return sum(any(cell not in _BLANK for cell in row) for row in self.first)

    def table(self) -> Table:
        """It as it is to be read; it must have a mapping."""
        assert self.mapping
        return Table(self.sheet, self.mapping, self.hints)


@dataclass(frozen=True)
class Survey:
    """A file that was looked into: every sheet, and those that belong together."""

    path: Path
    source: reading.Source
    found: tuple[Found, ...]
    chosen: tuple[str, ...]
    """The names of the sheets that are read as one: the first that fits best, and those with the same headings."""

    def of(self, name: str) -> Found:
        """The sheet of that name."""
        return next(each for each in self.found if each.sheet.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sheets."""
        return tuple(each.sheet.name for each in self.found)

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of sheets that hold more than a line or two and are not read."""
        left = [each for each in self.found if each.sheet.name not in self.chosen]
        return tuple(each.sheet.name for each in left if each.rows > 2 or (each.rows > 1 and each.mapping))

    def tables(self) -> tuple[Table, ...]:
        """The sheets that are read, as they are to be read."""
        return tuple(each.table() for each in self.found if each.sheet.name in self.chosen and each.mapping)

    def with_mapping(self, ledger: Ledger, name: str, mapping: Headings) -> Survey:
        """It with another meaning of the columns of one sheet, and of those with the same headings."""
        like = sheet_memory.layout(mapping.headings)

        def changed(each: Found) -> Found:
            if each.sheet.name == name:
                return replace(each, mapping=mapping)
            if each.mapping and sheet_memory.layout(each.mapping.headings) == like:
                return replace(each, mapping=sheet_memory.by_heading(ledger, mapping, each.mapping))
            return each

        return replace(self, found=tuple(changed(each) for each in self.found))


def survey(
    office: Office,
    ledger: Ledger,
    path: Path,
    progress: Progress = SILENT,
    *,
    name: str | None = None,
    guess: bool = True,
) -> Survey:
    """Look into a file, or with `name` only into that sheet. With `guess` cells tell of columns without known headings.

    Raises UserError where the file is no spreadsheet or has no such sheet.
    """
    progress.report(0, None, _("Reading {file} …").format(file=path.name))
    source = reading.recognise(path)
    names = [name] if name is not None else list(source.names)
    found = tuple(_look(office, ledger, source, each, progress, guess) for each in names)
    shown = tuple(each for each in found if each.sheet.name not in source.hidden) or found
    chosen = _belonging(ledger, shown) or _belonging(ledger, found)
    return Survey(path, source, _of_one_year(found, chosen), chosen)


def _of_one_year(found: tuple[Found, ...], chosen: Sequence[str]) -> tuple[Found, ...]:
    """Sheets read as one are of the year that only some of them tell."""
    years = {each.hints.year for each in found if each.sheet.name in chosen} - {None}
    if len(years) != 1:
        return found
    (year,) = years
    return tuple(
        replace(each, hints=replace(each.hints, year=year)) if each.sheet.name in chosen else each
        for each in found
    )


@dataclass(frozen=True)
class Reading:
    """What was understood of one column: its cells that were looked at, those that could not be read, and why."""

    index: int
    heading: str
    samples: tuple[str, ...]
    columns: tuple[Column, ...]
    """The fields that it fills: none, one, or two where it names both parties."""
    cells: int
    wrong: int
    problem: str


def readings(found: Found, words: sheet_memory.Words) -> tuple[Reading, ...]:
    """What was understood of every column, told from the first rows."""
    mapping = found.mapping
    if mapping is None:
        return ()
    sorter = layout.Sorter(mapping)
    rows = [row for row in found.first[mapping.row + 1 :] if not sorter.kind(row)]
    told = []
    for index, heading in enumerate(mapping.headings):
        cells = [row[index] for row in rows if index < len(row) and row[index] not in _BLANK]
        if heading or cells:
            told.append(_reading(found, index, heading, cells, words))
    return tuple(told)


def _reading(
    found: Found, index: int, heading: str, cells: Sequence[object], words: sheet_memory.Words
) -> Reading:
    assert found.mapping
    columns = tuple(c for c in (*found.mapping.columns, *found.mapping.compared) if c.index == index)
    wrong: list[str] = []
    for column in (c for c in columns if not c.field.derived and not c.field.system):
        said = words.get(column.field.key, {})
        parser = Parser(column, found.hints, said, lambda: cells)
        wrong += [str(value) for value in parser.values(cells) if isinstance(value, Invalid)]
    samples = tuple(shown(cell) for cell in islice(dict.fromkeys(cells), 3))
    return Reading(index, heading, samples, columns, len(cells), len(wrong), wrong[0] if wrong else "")


def _look(
    office: Office, ledger: Ledger, source: reading.Source, name: str, progress: Progress, guess: bool
) -> Found:
    sheet = reading.read(source, name, progress.check)
    first = tuple(islice(sheet.open(), headings.SEARCHED_ROWS + SAMPLED))
    mapping = headings.find(ledger, first[: headings.SEARCHED_ROWS], sheet.spans)
    if mapping is None and guess:
        mapping = _by_hand(ledger, first)
    if mapping is None:
        return Found(sheet, first, None, layout.Hints())
    hints = layout.hints(source.path.stem, sheet.name, first, mapping)
    told = sheet_memory.remembered(office, ledger, mapping)
    if told is not None:
        return Found(sheet, first, headings.scaled(told, hints.scale), hints, remembered=True)
    if guess:
        mapping = _guessed(ledger, mapping, first, hints)
    return Found(sheet, first, headings.scaled(mapping, hints.scale), hints)


def _guessed(
    ledger: Ledger, mapping: Headings, first: Sequence[list[object]], hints: layout.Hints
) -> Headings:
    sorter = layout.Sorter(mapping)
    rows = [row for row in first[mapping.row + 1 :] if not sorter.kind(row)]
    mapping = content.propose(ledger, mapping, rows, hints)
    return _with_day(ledger, mapping)


def _with_day(ledger: Ledger, mapping: Headings) -> Headings:
    """Where no column is the day that each record must have, take another day that all of its kind come with."""
    if not ledger.day or ledger.day in mapping.keys:
        return mapping
    order = [field.key for field in ledger.inputs if field.kind == "day"]
    days = sorted(
        (c for c in mapping.columns if c.field.key in order), key=lambda c: order.index(c.field.key)
    )
    if not days:
        return mapping
    more = Column(days[0].index, days[0].heading, ledger.field(ledger.day), how=headings.CONTENT)
    return replace(mapping, columns=(*mapping.columns, more))


def _by_hand(ledger: Ledger, first: Sequence[list[object]]) -> Headings | None:
    """A mapping of a sheet with no known heading: of the first full row, to be filled by its cells or by hand."""
    rows = [
        (n, [headings.shown(cell) for cell in row]) for n, row in enumerate(first[: headings.SEARCHED_ROWS])
    ]
    full = max((sum(map(bool, row)) for _n, row in rows), default=0)
    if full < 2:
        return None
    at, told = next((n, row) for n, row in rows if sum(map(bool, row)) >= max(2, 0.7 * full))
    if any(any(sign.isdigit() for sign in cell) for cell in told):
        width = len(told)
        names = tuple(_("Column {n}").format(n=n + 1) for n in range(width))
        return Headings(at - 1, (), unknown=names, headings=names, top=max(0, at - 1))
    unknown = tuple(cell for cell in told if cell and not headings.is_serial(cell))
    return Headings(at, (), unknown=unknown, headings=tuple(told), top=at)


def _own_names(ledger: Ledger) -> set[str]:
    return {ledger.name, *everywhere(ledger.label), *everywhere(ledger.short)}


def is_own(ledger: Ledger, chosen: Sequence[str]) -> bool:
    """Whether a file of many ledgers names this one's sheet."""
    own = _own_names(ledger)
    return any(name in own or (len(name) >= _LONGEST_NAME and _begins(own, name)) for name in chosen)


def _begins(words: Iterable[str], name: str) -> bool:
    return any(word.startswith(name) for word in words)


def _belonging(ledger: Ledger, found: Sequence[Found]) -> tuple[str, ...]:
    """The best sheet, called as the ledger is, with its number or first; and those with nearly its fields."""
    own = _own_names(ledger)
    fit = [each for each in found if each.mapping and each.mapping.columns]
    if not fit:
        return ()
    best = max(
        fit,
        key=lambda each: (
            each.sheet.name in own and ledger.number in _keys(each),
            ledger.number in _keys(each),
            -fit.index(each) if len(_keys(each)) * 2 >= max(len(_keys(e)) for e in fit) else -1000,
        ),
    )
    if best.sheet.name in own:
        return (best.sheet.name,)
    return tuple(each.sheet.name for each in fit if _alike(ledger, _keys(each), _keys(best)))


def _alike(ledger: Ledger, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sheets have nearly the same fields: a month may have a column that others lack, open cases none of
    those that closed ones have.
    """
    numbered = (ledger.number in one) == (ledger.number in other)
    fewer = min(one, other, key=len)
    whole = {field.key for field in ledger.inputs if field.required} <= fewer <= max(one, other, key=len)
    return numbered and (whole or len(one & other) >= ALIKE * len(one | other))


def _keys(found: Found) -> frozenset[str]:
    return found.mapping.keys if found.mapping else frozenset()


def without_headings(seen: Survey, ledger: Ledger) -> UserError:
    """Why a file cannot be read into the ledger."""
    if all(each.empty for each in seen.found):
        return UserError(_("{file} holds no rows; choose another file or sheet.").format(file=seen.path.name))
    text = _(
        "{file} has no row of headings of “{ledger}” among its first {n} rows; take the template’s headings."
    )
    return UserError(text.format(file=seen.path.name, ledger=ledger.title(), n=headings.SEARCHED_ROWS))
