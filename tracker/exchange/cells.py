"""From the cells of one column to values of its field, each distinct cell parsed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from tracker.exchange import tidy
from tracker.exchange.days import Days
from tracker.exchange.headings import Column
from tracker.exchange.layout import Hints
from tracker.i18n import _
from tracker.schema import identity
from tracker.schema.fields import (
    SEPARATORS,
    Choice,
    Choices,
    Count,
    Day,
    IdNumber,
    Link,
    Money,
    Name,
    Names,
    Number,
    Text,
    Value,
    YesNo,
    fold,
)
from tracker.schema.values import Invalid, plain, ungrouped, visible

MOST_DIGITS = 10**15
"""From here on a spreadsheet does not keep every digit of a number."""
_REMEMBERED = 20_000
_HUGE = 100_000_000_00
"""Fen."""
_MASK = re.compile(r"[^\s*]{0,6}\*{2,}[^\s*]{0,6}|[\u3400-\u9fff]{1,2}\*[\u3400-\u9fff]?")


class Masked:
    """What stands for a value that an export hid, such as 138****1234: the field stays as it is."""


class Unknown(Invalid):
    """A word that the field's code table does not have."""

    def __init__(self, message: str, word: str) -> None:
        super().__init__(message)
        self.word = word


class Damaged(Invalid):
    """A number of many digits that a spreadsheet kept as a number, so that its last digits are lost."""


MASKED = Masked()
Read = Value | Masked | Invalid
_NOTHING: Mapping[str, str] = {}
_NONE: frozenset[str] = frozenset()


class _Memory(dict[object, Read]):
    """What distinct cells mean; one that is not known is read."""

    def __init__(self, read: Callable[[object], Read]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: object) -> Read:
        value = self[raw] = self._read(raw)
        return value


class Parser:
    """Reads the cells of one column, remembering what distinct cells were found to mean.

    `words` are the office's own words for codes, folded; `column_again` gives the whole column, `days_again` all
    columns of days, where one cell's meaning hangs on the others.
    """

    def __init__(
        self,
        column: Column,
        hints: Hints | None = None,
        words: Mapping[str, str] = _NOTHING,
        column_again: Callable[[], Iterable[object]] = lambda: (),
        days_again: Callable[[], Iterable[object]] = lambda: (),
        verbatim: bool = False,
    ) -> None:
        """With `verbatim` texts are kept as written, also signs for nothing: the program wrote the sheet itself."""
        self.column, self.field = column, column.field
        self._words = words
        self._unsure = frozenset(map(fold, self.field.unsure)) if isinstance(self.field, Choice) else _NONE
        self.unsure: set[str] = set()
        """Words met by which some sheets mean another code, and of which the office has not said what they mean."""
        self.huge: set[object] = set()
        """Cells that the column's unit makes amounts such as no case has."""
        self._textual = isinstance(self.field, Text | Names | Number)
        self._verbatim = verbatim and (self._textual or isinstance(self.field, Link))
        several = isinstance(self.field, Text) and self.field.multiline
        self._says_nothing = not (several or isinstance(self.field, Number | YesNo))
        self._money = isinstance(self.field, Money)
        self._scale = column.scale
        self.days = (
            Days(self.field, hints or Hints(), column_again, days_again)
            if isinstance(self.field, Day)
            else None
        )
        self._memory = _Memory(self._tried)

    def values(self, raws: Sequence[object]) -> list[Read]:
        """The field's values of cells one below the other, None for nothing; for a cell refused, why."""
        if isinstance(self.field, Number) or bool in set(map(type, raws)):  # all differ; True equals 1
            return [self._tried(raw) for raw in raws]
        if len(self._memory) > _REMEMBERED:
            self._memory.clear()
        return list(map(self._memory.__getitem__, raws))

    def _tried(self, raw: object) -> Read:
        if isinstance(raw, str):
            raw = visible(raw)
        if raw == "" or raw is None:
            return None
        try:
            value = self._read(raw)
            if self._scale > 1 and isinstance(value, int) and value >= _HUGE:
                self.huge.add(raw)
            return value
        except (Unknown, Damaged) as wrong:
            return wrong.with_traceback(None)
        except Invalid as wrong:
            return Invalid(str(wrong))  # without its trace, which would keep all cells

    def _read(self, raw: object) -> Value | Masked:
        if self.column.part and isinstance(raw, str):
            raw = self._of_two(raw)
        if isinstance(raw, str):
            return self._text(raw)
        if self._money and isinstance(raw, float):
            return self._fen(raw)
        if isinstance(self.field, Choice | YesNo) and isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        if self._scale != 1 and isinstance(raw, int):
            return self.field.parse(raw * self._scale)
        if self.days:
            return self.days.read(raw)
        if isinstance(raw, date) and isinstance(self.field, Number | Names):
            raise Damaged(_("The spreadsheet turned this into a day; type it anew as text."))
        if self._textual and isinstance(raw, datetime):
            raw = raw.isoformat(sep=" ", timespec="minutes")
        elif self._textual and isinstance(raw, float | int) and abs(raw) >= MOST_DIGITS:
            raise _damaged()
        return self.field.parse(raw)

    def _text(self, raw: str) -> Value | Masked:
        text = raw.strip()
        if "*" in raw and _MASK.fullmatch(text):
            return MASKED
        if self._verbatim:
            return self._words_of_text(raw, text)
        if text in tidy.DITTO:
            raise Invalid(_("Nothing stands above that could be repeated."))
        if text in tidy.EMPTY or (text in tidy.NOTHING and self._says_nothing):
            return self._own_word(text)
        if self.days:
            return self.days.read(raw)
        if isinstance(self.field, Choice):
            return self._code(raw)
        if self._textual:
            return self._words_of_text(raw, text)
        if self._money:
            return self._amount(raw)
        if isinstance(self.field, Count):
            raw = tidy.count(raw)
        elif isinstance(self.field, YesNo):
            raw = tidy.yes_or_no(raw)
        return self.field.parse(raw)

    def _own_word(self, text: str) -> Value:
        """What a sign for nothing means here: nothing, or what the code table or the office says of it."""
        if isinstance(self.field, Choice):
            try:
                return self._code(text)
            except Invalid:
                return None
        return None

    def _words_of_text(self, raw: str, text: str) -> Value:
        if text[:1].isdigit() and "+" in text and tidy.DAMAGED.fullmatch(text):
            raise _damaged()
        if isinstance(self.field, IdNumber) and tidy.cut_short(text) and not identity.is_id_number(text):
            raise _damaged()
        if self._verbatim:
            return self.field.parse(raw)
        if isinstance(self.field, Names):
            raw = raw if raw.isprintable() and not _IN_LIST.search(raw) else tidy.names(raw)
        elif isinstance(self.field, Name) or (isinstance(self.field, Text) and not self.field.multiline):
            raw = tidy.line(raw)
        return self.field.parse(raw)

    def _amount(self, raw: str) -> Value:
        text = tidy.money(raw)
        bare = ungrouped(plain(text))
        if self._scale != 1 and _DECIMAL.fullmatch(bare):
            text = format(Decimal(bare) * self._scale, "f")
        try:
            return self.field.parse(text)
        except Invalid as wrong:
            raise (wrong if text == raw else Invalid(str(wrong).replace(text, plain(raw)))) from None

    def _code(self, raw: str) -> Value:
        """The key of a word: the table's own, the office's, or the table's without what sheets put around it."""
        found = self._words.get(fold(raw)) if self._words else None
        if found is not None:
            return found or None
        if fold(raw) in self._unsure:
            self.unsure.add(raw)
        try:
            return self.field.parse(raw)
        except Invalid as wrong:
            first = wrong
        word = tidy.word(raw)
        parts = tidy.bracketed(word)
        value = self._known(raw, word)
        if value is None and parts:
            value = self._in_brackets(raw, *parts)
        if value is not None:
            return value
        raise Unknown(str(first), self._unknown(raw))

    def _known(self, raw: str, word: str) -> Value:
        """The key of a word, also where spaces set several apart or it ends in what kind of thing it is."""
        for text in (word, "、".join(word.split()), tidy.without_kind("、".join(word.split()))):
            if isinstance(self.field, Choices) and self._words:
                text = self._mapped(text)
            try:
                value = self.field.parse(text)
            except Invalid:
                continue
            if fold(text) in self._unsure:
                self.unsure.add(raw)
            return value
        return None

    def _in_brackets(self, raw: str, head: str, inner: str) -> Value:
        """What stands in brackets may say more, 裁决（终局）, or something else, 撤诉（视为）: then it is told."""
        for text in (inner + head, head + inner):
            if (found := self._known(raw, text)) is not None:
                return found
        found = self._known(raw, head)
        if found is not None and not _HAS_DIGIT.search(inner):
            self.unsure.add(raw)
        return found

    def _mapped(self, text: str) -> str:
        """Several words with those that the office knows already in the table's own."""
        parts = (part.strip() for part in SEPARATORS.split(text))
        return "、".join(self._words.get(fold(part), part) for part in parts if part)

    def _unknown(self, raw: str) -> str:
        """The first of several words that is unknown, else the whole cell."""
        if not isinstance(self.field, Choices):
            return raw.strip()
        for part in SEPARATORS.split("、".join(tidy.word(raw).split())):
            try:
                if fold(part) not in self._words:
                    self.field.parse(part)
            except Invalid:
                return part.strip()
        return raw.strip()

    def _of_two(self, raw: str) -> str:
        found = tidy.parties(raw)
        if found is None:
            told = _("“{text}” does not name two parties, such as 张三诉甲公司.")
            raise Invalid(told.format(text=raw.strip()))
        return found[self.column.part - 1]

    def _fen(self, raw: float) -> Value:
        """As `values.parse_money` says, the usual case without decimals' arithmetic."""
        exact = raw * 100 * self._scale
        near = round(exact) if abs(exact) < MOST_DIGITS else -1
        return near if near >= 0 and abs(exact - near) < 0.0009 else self.field.parse(raw * self._scale)


_HAS_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_IN_LIST = re.compile(r"[,，\s.、)．]")


def _damaged() -> Damaged:
    return Damaged(_("The spreadsheet kept this as a number and lost its last digits; type it anew as text."))


def shown(raw: object) -> str:
    """A cell as text, for messages."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return _("Yes") if raw else _("No")
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


__all__ = ["MASKED", "Damaged", "Invalid", "Masked", "Parser", "Read", "Unknown", "shown"]
