"""Fields of a record: how each is typed, stored, shown and checked.

A value is what the file holds: text, an integer (fen for money, 0 or 1 for yes/no) or None. `parse` makes it of what a
person typed or a cell holds and raises `Invalid`; `format` gives the text of screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from tracker.i18n import N_, _, everywhere, listed
from tracker.schema import identity, values
from tracker.schema.filters import Condition, split_names
from tracker.schema.values import Invalid

Value = str | int | None

_TRUE = frozenset({"是", "yes", "y", "true", "1", "√", "✓", "对", "有", "t"})
_FALSE = frozenset({"否", "no", "n", "false", "0", "×", "x", "✗", "无", "没有", "f"})
SEPARATORS = re.compile(r"[;；、,，]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_HEADS = re.compile(r"等\s*(\d{1,6}|[零一二三四五六七八九十百两]{1,6})\s*[人名位]")


@dataclass(frozen=True, kw_only=True)
class Field:
    """What every field has. `label`, `group`, `unit` and `help` are English message ids, translated where shown."""

    key: str
    label: str
    also: tuple[str, ...] = ()
    """Other headings that offices' sheets have for it, by which an import knows its column."""
    group: str = N_("Other")
    unit: str = ""
    help: str = ""
    required: bool = False
    default: Value = None
    """What a record has where nothing is said, on the form and in sheets."""
    prefill: Value = None
    """What a new form proposes; sheets are not given it."""
    carry: bool = False
    """Taken over into the next record by "save and next"."""
    only_when: Condition | None = None
    """Shown on the form only where the record meets it (a value already there stays visible)."""
    suggest: bool = False
    """Offers the values already typed in this field."""
    derived: bool = False
    """Computed from other fields, never typed or imported."""
    system: bool = False
    """Kept by the program itself, not by clerks."""
    names: str = ""
    """The ledger whose records it names by what they are called, one or (in `Names`) several."""
    personal: bool = False
    """Identity and telephone numbers: masked in lists and exports unless asked for."""
    searched: bool = True
    """Whether a search for text looks into it, where it holds text."""
    width: int = 12
    """Width in characters of half width in lists and sheets."""

    kind = "text"
    integer = False

    def parse(self, raw: object, today: date | None = None) -> Value:
        """The value of what was typed or read, None for nothing; `today` allows days without a year."""
        if raw is None or raw == "":
            return None
        if isinstance(raw, str) and not raw.strip():
            return None
        return self.read(raw, today)

    def set_by(self, stored: Mapping[str, str]) -> Value:
        """What an office set, by the settings as stored; the default where it set nothing, or what cannot be read."""
        try:
            return self.parse(stored[self.key]) if self.key in stored else self.default
        except Invalid:  # written past the program, which `verify` tells
            return self.default

    def read(self, raw: object, today: date | None) -> Value:
        """As `parse`, for something that is not empty."""
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        text = values.clean(str(raw))
        if len(text) > values.LONGEST:
            raise Invalid(_("The text is longer than 10,000 characters; shorten it."))
        return text or None

    def format(self, value: Value) -> str:
        """The value as text on a screen, in the language in use."""
        return "" if value is None else str(value)

    def shown(self, value: Value) -> str:
        """The value as text in lists and exports: of identity and telephone numbers only the ends."""
        text = self.format(value)
        return identity.masked(text) if self.personal else text

    def edit_text(self, value: Value) -> str:
        """The value as text to type over."""
        return self.format(value)

    def plain(self, value: Value) -> object:
        """The value for JSON: codes as keys, money as text in yuan, yes/no as true or false."""
        return value

    def doubt(self, value: Value) -> str:
        """Why a value that the field can hold is unlikely, as a sentence; empty where it is not."""
        return ""

    def title(self) -> str:
        """The label in the language in use, with its unit where it has one."""
        return _(self.label)


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """Free text."""

    multiline: bool = False


@dataclass(frozen=True, kw_only=True)
class Names(Field):
    """One or several names, separated by `、` or `;`; kept as typed."""

    kind = "names"

    @staticmethod
    def split(value: Value) -> tuple[str, ...]:
        """The single names."""
        return split_names(str(value or ""))

    @classmethod
    def heads(cls, value: Value) -> int:
        """How many people it speaks of: 12 for `张三、李四等12人`, else as many as there are names."""
        text = values.plain(str(value or "")).replace(",", "、")
        told = _HEADS.search(text)
        return values.whole(told[1]) if told else len(cls.split(_IN_BRACKETS.sub("", text)))


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """The record's own number, unique in its ledger however its brackets, 第 and zeros are written."""

    kind = "number"

    def read(self, raw: object, today: date | None) -> Value:
        text = self.spelled(raw)
        if len(text) > 200:
            raise Invalid(_("A number has at most 200 characters."))
        if text and not self.key_text(text):
            raise Invalid(_("“{text}” is not a number of a record; write it whole.").format(text=text))
        return text or None

    def spelled(self, raw: object) -> str:
        """It as it is stored."""
        return values.number_text(raw)

    def key_text(self, text: str) -> str:
        """What all spellings of one number share."""
        return values.number_key(text)


@dataclass(frozen=True, kw_only=True)
class Name(Number):
    """A name by which records are told apart, such as a firm's; stored as written, compared without white space,
    width of characters, kind of brackets and case."""

    def spelled(self, raw: object) -> str:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        return values.clean(str(raw))

    def key_text(self, text: str) -> str:
        return values.number_text(text).casefold()


@dataclass(frozen=True, kw_only=True)
class CreditCode(Text):
    """A unified social credit code (GB 32100-2015); one whose check character is wrong is doubted, not refused."""

    width: int = 20

    def read(self, raw: object, today: date | None) -> Value:
        text = super().read(raw, today)
        return "".join(values.plain(str(text)).split()).upper() if text is not None else None

    def doubt(self, value: Value) -> str:
        if value is None or identity.is_credit_code(str(value)):
            return ""
        return _(
            "“{code}” is no unified social credit code (GB 32100): 18 characters with a check character."
        ).format(code=value)


@dataclass(frozen=True, kw_only=True)
class IdNumber(Text):
    """A citizen's identity number (GB 11643-1999); one whose check digit is wrong is doubted, not refused."""

    width: int = 20
    personal: bool = True

    def read(self, raw: object, today: date | None) -> Value:
        text = super().read(raw, today)
        return "".join(values.plain(str(text)).split()).upper() if text is not None else None

    def doubt(self, value: Value) -> str:
        if value is None or identity.is_id_number(str(value)):
            return ""
        if len(str(value)) != identity.ID_LENGTH:
            text = _("An identity number has {n} characters, this one has {count}; compare it with the card.")
            return text.format(n=identity.ID_LENGTH, count=len(str(value)))
        return _("The identity number does not fit its check digit (GB 11643); compare it with the card.")


@dataclass(frozen=True, kw_only=True)
class Code:
    """One entry of a code table; `also` are other words that sheets use for it."""

    key: str
    label: str
    also: tuple[str, ...] = ()
    hidden: bool = False
    """No longer offered, but still read and shown where old records have it."""


def codes(*entries: tuple[str, str] | tuple[str, str, tuple[str, ...]]) -> tuple[Code, ...]:
    """A code table from (key, label[, other words]) in the order of forms."""
    return tuple(Code(key=e[0], label=e[1], also=e[2] if len(e) == 3 else ()) for e in entries)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One key of a code table, shown by its label."""

    codes: tuple[Code, ...]
    unsure: tuple[str, ...] = ()
    """Words for one code by which some sheets mean another too: an import asks once what is meant."""
    kind = "code"

    def read(self, raw: object, today: date | None) -> Value:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        return self.key_of(str(raw))

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Every word for a code, folded, to its key; keys before labels before other words, earlier before later."""
        words: dict[str, str] = {}
        for names in (lambda c: (c.key,), lambda c: everywhere(c.label), lambda c: c.also):
            for code in self.codes:
                for name in names(code):
                    words.setdefault(fold(name), code.key)
        return words

    def key_of(self, word: str) -> str:
        """The code's key for a key, a label in either language or another word for it; raises `Invalid`."""
        found = self._keys.get(word) or self._keys.get(fold(values.clean(word)))
        if found is None:
            allowed = listed(_(code.label) for code in self.codes)
            raise Invalid(_("“{text}” is not one of: {allowed}.").format(text=word.strip(), allowed=allowed))
        return found

    @cached_property
    def offered(self) -> tuple[Code, ...]:
        """The codes to choose from."""
        return tuple(code for code in self.codes if not code.hidden)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {code.key: code.label for code in self.codes}

    def code_label(self, key: str) -> str:
        """One code's label in the language in use; a key that the table does not know stays as it is."""
        return _(self._labels.get(key, key))

    def format(self, value: Value) -> str:
        return "" if value is None else self.code_label(str(value))


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Several keys of a code table, the first being the main one; stored joined by `;`."""

    kind = "codes"

    def read(self, raw: object, today: date | None) -> Value:
        parts = re.split(f"({SEPARATORS.pattern})", values.clean(str(raw)))
        return ";".join(dict.fromkeys(self._keys_of(parts))) or None

    def _keys_of(self, parts: list[str]) -> Iterator[str]:
        """Keys of words and the separators between them; a label may hold a separator, so the longest word wins."""
        begin = 0
        while begin < len(parts):
            for end in range(len(parts), begin + 1, -2):
                word = "".join(parts[begin:end])
                if fold(word) in self._keys:
                    yield self._keys[fold(word)]
                    break
            else:
                end = begin + 1
                if parts[begin].strip():
                    yield self.key_of(parts[begin])
            begin = end + 1

    def format(self, value: Value) -> str:
        return _("; ").join(self.code_label(key) for key in self.split(value))

    def plain(self, value: Value) -> object:
        return None if value is None else list(self.split(value))

    @staticmethod
    def split(value: Value) -> tuple[str, ...]:
        """The single keys, in order."""
        return tuple(str(value).split(";")) if value else ()


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day, stored as ISO text; `moment` also keeps a time of day where one is given."""

    moment: bool = False
    kind = "day"
    width: int = 12

    def read(self, raw: object, today: date | None) -> Value:
        if isinstance(raw, (int, float)) and not 1949_0000 < raw < 2200_0000:
            raise Invalid(_("“{text}” is not a day; write it as 2020-01-05 or 20200105.").format(text=raw))
        return values.parse_moment(raw, today) if self.moment else values.parse_day(raw, today)

    def format(self, value: Value) -> str:
        return "" if value is None else str(value).replace("T", " ")


@dataclass(frozen=True, kw_only=True)
class Money(Field):
    """An amount of yuan, stored in fen."""

    unit: str = N_("yuan")
    width: int = 14
    kind = "money"
    integer = True

    def read(self, raw: object, today: date | None) -> Value:
        return values.parse_money(raw)

    def format(self, value: Value) -> str:
        return "" if value is None else f"{Decimal(value) / 100:,.2f}"

    def edit_text(self, value: Value) -> str:
        return "" if value is None else f"{Decimal(value) / 100:.2f}".removesuffix(".00")

    def plain(self, value: Value) -> object:
        return None if value is None else f"{Decimal(value) / 100:.2f}"


@dataclass(frozen=True, kw_only=True)
class Count(Field):
    """A whole number, at least `minimum`; on a new form it follows the names in the field `heads_of`."""

    minimum: int = 0
    heads_of: str = ""
    width: int = 8
    kind = "count"
    integer = True

    def read(self, raw: object, today: date | None) -> Value:
        number = values.parse_count(raw)
        if number < self.minimum:
            raise Invalid(_("The number must be at least {minimum}.").format(minimum=self.minimum))
        return number

    def format(self, value: Value) -> str:
        return "" if value is None else f"{value:,}"

    def edit_text(self, value: Value) -> str:
        return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class YesNo(Field):
    """Yes or no, stored as 1 or 0; nothing where nobody said."""

    width: int = 6
    kind = "yesno"
    integer = True

    def read(self, raw: object, today: date | None) -> Value:
        if isinstance(raw, (bool, int, float)) and raw in (0, 1):
            return int(raw)
        word = values.plain(str(raw)).casefold()
        if word in _TRUE or word in _FALSE:
            return int(word in _TRUE)
        raise Invalid(_("“{text}” is neither yes nor no.").format(text=values.clean(str(raw))))

    def format(self, value: Value) -> str:
        return "" if value is None else _("Yes") if value else _("No")

    def plain(self, value: Value) -> object:
        return None if value is None else bool(value)


@dataclass(frozen=True, kw_only=True)
class Link(Field):
    """One record of the ledger `names`, kept by what that record is called, and renamed with it."""

    paired: tuple[str, str] | None = None
    """A field of this ledger and one of the other: records alike in them are offered first."""
    kind = "link"
    suggest: bool = True


def fold(word: str) -> str:
    """A word as it is compared: half width, without case and white space."""
    return "".join(values.plain(word).casefold().split())
