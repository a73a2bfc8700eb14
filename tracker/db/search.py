"""Finding records by what is written in them: a trigram index for text, code tables, days and amounts beside it.

The index holds trigrams; two characters (or one) are found through its vocabulary, by trigrams that begin with them,
which is why every field in it ends with two marks (`tables.GAP`). Letters may also be the pinyin of a name: the names
that they mean are asked of `spelling`, and the records that hold these of the index.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable, Iterator

from tracker import pinyin
from tracker.db import spelling
from tracker.db.database import Database
from tracker.db.tables import GAP, indexes, listed, named, search_text, searched, spelled
from tracker.errors import Cancelled
from tracker.schema import values
from tracker.schema.fields import Choice, Choices, Day, Money
from tracker.schema.filters import (
    All,
    AnyOf,
    Between,
    Condition,
    Contains,
    Days,
    HasCode,
    Is,
    Named,
    OneOf,
    Sql,
)
from tracker.schema.ledger import Ledger

_MONTH = re.compile(r"(\d{4})[-.年](\d{1,2})月?")
_AMOUNT = re.compile(r"[.,元万¥￥]")
_NUMBERED = re.compile(r"(.*〕)?第?0*(\d.*)")
_ZEROS = ("", "0", "00", "000")
MANY_NAMES = 1000
"""More names than these are not looked up one by one in the index: the records are read instead."""
PARTIES = "parties"
"""The attached ledger of those whom a record is about, one by one: a record is found by what is written of them."""
_MOST_WORDS, _LONGEST = 20, 200
"""What is searched for of a text pasted by mistake: its first words, their first characters."""


def condition(db: Database, ledger: Ledger, text: str, *, walk: bool = False, binned: bool = False) -> Sql:
    """SQL for the records in which every word of the text stands somewhere; with `walk` without the indexes.

    Where the index of text finds all records with one word, the other words are looked for in these records alone.
    A walk is given up (`Cancelled`) where names wait to be spelled, which may take long.
    """
    words = split(text)
    if walk and any(map(pinyin.typed, words)) and spelling.waiting(db):
        raise Cancelled
    plain = [not any(_coded(ledger, word)) and not any(_rare(ledger, word)) for word in words]
    parts: list[str] = []
    parameters: list[str | int] = []
    for word, alone in zip(words, plain, strict=True):
        sql, more = _word(db, ledger, word, walk or (any(plain) and not alone), binned)
        parts.append(f"({sql})")
        parameters.extend(more)
    return " AND ".join(parts) or "1", tuple(parameters)


def piece(db: Database, ledger: Ledger, text: str) -> Sql:
    """SQL for the records of which some text holds this one as it is written."""
    return _in_text(db, ledger, text, walk=False)


def by_index(ledger: Ledger, text: str) -> bool:
    """Whether indexes find all records with some word of the text, so that they are not found by a walk."""
    return any(not any(_coded(ledger, word)) for word in split(text))


def split(text: str) -> list[str]:
    """The words that are looked for, each of which a record must hold."""
    return [word[:_LONGEST] for word in values.clean(text).split()[:_MOST_WORDS]]


def _word(db: Database, ledger: Ledger, word: str, walk: bool, binned: bool) -> Sql:
    """Where a word may stand: text, code tables, days, amounts; the latter two are looked up by their indexes."""
    coded, rare = tuple(_coded(ledger, word)), tuple(_rare(ledger, word))
    found = [
        _in_text(db, ledger, word, walk),
        *_by_pinyin(db, ledger, word, walk),
        *_by_parties(db, ledger, word),
        *_by_number(db, ledger, word, walk),
    ]
    if rare and not (walk or binned):
        found = [_looked_up(ledger, found[0], rare), *found[1:]]
        rare = ()
    if coded or rare:
        found.insert(0, AnyOf((*coded, *rare)).sql())
    return _any(found), tuple(p for _s, more in found for p in more)


def _looked_up(ledger: Ledger, text: Sql, rare: tuple[Days | Between, ...]) -> Sql:
    """The ids of text, days with an index of their own, and in one scan of the list's index all else."""
    first = {index[0] for index in indexes(ledger)}
    alone = [part for part in rare if part.field in first]
    rest = AnyOf(tuple(part for part in rare if part.field not in first))
    ids, parameters = f"SELECT id FROM {ledger.name}", list(text[1])
    parts = [f"{ids} WHERE {text[0]}"]
    for hint, part in (
        *(("", part) for part in alone),
        (f"INDEXED BY {named(ledger, listed(ledger))}", rest),
    ):
        sql, more = part.sql()
        parts.append(f"{ids} {hint} WHERE binned_at IS NULL AND ({sql})")
        parameters.extend(more)
    return f"id IN ({' UNION '.join(parts)})", tuple(parameters)


def _in_text(db: Database, ledger: Ledger, word: str, walk: bool) -> Sql:
    spellings = dict.fromkeys((word, values.plain(word), values.number_text(word)))
    found = [_spelling(db, ledger, spelling, walk) for spelling in spellings if spelling]
    return " OR ".join(sql for sql, _p in found) or "0", tuple(
        p for _s, parameters in found for p in parameters
    )


def _spelling(db: Database, ledger: Ledger, word: str, walk: bool) -> Sql:
    name = ledger.name
    like_sql = f"({search_text(ledger)}) LIKE ? ESCAPE '\\'"
    if walk:
        return like_sql, (like(word),)
    match = index_query(db, name, word)
    if not match:
        return "0", ()
    indexed = _indexed(name)
    if len(word) <= 3:
        return indexed, (match,)
    return f"({indexed} AND {like_sql})", (match, like(word))


def like(word: str) -> str:
    """The pattern of LIKE, with a backslash for escape, for texts that hold a word."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _by_pinyin(db: Database, ledger: Ledger, word: str, walk: bool) -> Iterator[Sql]:
    """Where a name is spelled as the word."""
    letters = pinyin.typed(word)
    if letters and (names := spelling.meant(db, ledger, letters)):
        yield holding(ledger, names, walk=walk)


def _by_number(db: Database, ledger: Ledger, word: str, walk: bool) -> Iterator[Sql]:
    """Where it is a piece of the record's number, whether 第 and leading zeros were typed or not."""
    text = values.number_text(word)
    met = _NUMBERED.fullmatch(text) if "〕" in text or text.startswith("第") else None
    if not met:
        return
    head, counter = met[1] or "", met[2]
    held, of_number = "number_key LIKE ? ESCAPE '\\'", like(values.number_key(text))
    if walk and head:
        yield held, (of_number,)
        return
    before = ("〕第", "〕") if head else ("第", "〕")
    pieces = [index_query(db, ledger.name, mark + zeros + counter) for mark in before for zeros in _ZEROS]
    match = " OR ".join(f"({piece})" for piece in pieces if piece)
    if match:
        match = f"({match}) AND ({trigrams(head)})" if len(head) > 2 else match
        yield f"({_indexed(ledger.name)} AND {held})", (match, of_number)


def _by_parties(db: Database, ledger: Ledger, word: str) -> Iterator[Sql]:
    """Where a party holds it that was entered one by one: the thirty-first applicant, a telephone number."""
    parties = db.catalogue.every.get(PARTIES) if ledger.parties else None
    if parties is None or db.one(f"SELECT 1 FROM {PARTIES} LIMIT 1") is None:
        return
    owners = f"SELECT record FROM {PARTIES} WHERE binned_at IS NULL AND of = ? AND"
    found = [_in_text(db, parties, word, walk=False)]
    letters = pinyin.typed(word)
    if letters and (
        names := spelling.meant(db, parties, letters)
    ):  # very many, which the index of names finds
        listed = json.dumps(list(names), ensure_ascii=False)
        found.append((f"{parties.number} IN (SELECT value FROM json_each(?))", (listed,)))
    for sql, more in found:
        of_these = f"id IN (SELECT id FROM {ledger.name} WHERE uid IN ({owners} ({sql})))"
        yield of_these, (ledger.name, *more)


def _any(parts: Iterable[Sql]) -> str:
    return " OR ".join(sql for sql, _p in parts)


def holding(ledger: Ledger, names: Iterable[str], *, walk: bool = False) -> Sql:
    """The records of which a naming field holds just one of these texts."""
    texts = list(names)
    listed = json.dumps(texts, ensure_ascii=False)
    keys = [field.key for field in spelled(ledger)]
    held = " OR ".join(f"{key} IN (SELECT value FROM json_each(?))" for key in keys)
    if walk or len(texts) > MANY_NAMES:
        return f"({held})", (listed,) * len(keys)
    match = " OR ".join(f"({whole_field(text)})" for text in texts)
    return f"({_indexed(ledger.name)} AND ({held}))", (match, *(listed,) * len(keys))


def whole_field(text: str) -> str:
    """An index query that few records answer that do not hold the text as a whole field."""
    if len(text) > 8:  # a firm: what tells it from others comes after the place and before its trade and form
        return trigrams(text[2:6])
    return trigrams(text[:4] if len(text) > 2 else text + GAP)


def _indexed(name: str) -> str:
    return f"id IN (SELECT rowid FROM {name}_search WHERE {name}_search MATCH ?)"


def narrowing(db: Database, ledger: Ledger, where: Condition) -> Sql:
    """What holds wherever `where` does and by the index leaves few rows to look at; "1" where nothing helps."""
    parts = where.parts if isinstance(where, All) else (where,)
    keys = {field.key for field in searched(ledger)}
    found: list[str] = []
    for part in parts:
        texts = _wanted(part)
        if texts and part.fields() <= keys:  # a piece of a text leaves few rows as well
            matches = [match for text in texts if (match := index_query(db, ledger.name, text[:_LONGEST]))]
            found.append(" OR ".join(f"({match})" for match in matches))
    if not all(found):
        return "0", ()
    return (_indexed(ledger.name), (" AND ".join(f"({match})" for match in found),)) if found else ("1", ())


def narrows(ledger: Ledger, where: Condition) -> bool:
    """Whether `narrowing` helps."""
    keys = {field.key for field in searched(ledger)}
    parts = where.parts if isinstance(where, All) else (where,)
    return any(_wanted(part) and part.fields() <= keys for part in parts)


def _wanted(part: Condition) -> tuple[str, ...]:
    """Texts of which a field must hold one; none where it may hold another, or one whose case the index may fold in
    its own way."""
    texts: tuple[object, ...] = ()
    if isinstance(part, Contains):
        texts = (part.text,)
    elif isinstance(part, OneOf):
        texts = part.values
    elif isinstance(part, Named):
        texts = part.names
    if len(texts) > _MOST_WORDS:
        return ()
    plain = [text.lower() for text in texts if isinstance(text, str) and _plain_case(text)]
    return tuple(plain) if len(plain) == len(texts) else ()


def _plain_case(text: str) -> bool:
    return bool(text) and (text.isascii() or text == text.casefold())


def index_query(db: Database, name: str, word: str) -> str:
    """The index query for a word; empty where the index holds no such beginning."""
    if len(word) >= 3:
        return trigrams(word)
    low = word.lower()
    terms = db.rows(
        f"SELECT term FROM {name}_search_words WHERE term >= ? AND term < ?", (low, low + "\U0010ffff")
    )
    return " OR ".join(_quoted(term) for (term,) in terms)


def trigrams(word: str) -> str:
    """The index query for a word of at least three characters, such that no record is left out."""
    return " AND ".join(_quoted(word[n : n + 3]) for n in range(len(word) - 2))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _coded(ledger: Ledger, word: str) -> Iterator[Condition]:
    """The codes in whose labels the word stands."""
    for field in ledger.entered:
        if isinstance(field, Choice):
            for code in field.codes:
                if word.casefold() in field.code_label(code.key).casefold() and len(word) > 1:
                    yield (
                        HasCode(field.key, code.key)
                        if isinstance(field, Choices)
                        else Is(field.key, code.key)
                    )


def _rare(ledger: Ledger, word: str) -> Iterator[Days | Between]:
    """The days or amounts that the word names."""
    days, amount = _days(word), _amount(word)
    for field in ledger.entered:
        if isinstance(field, Day) and days:
            yield Days(field.key, *days)
        elif isinstance(field, Money) and amount is not None:
            yield Between(field.key, amount, amount)


def _days(word: str) -> tuple[str, str] | None:
    month = _MONTH.fullmatch(values.plain(word))
    if month and 1 <= int(month[2]) <= 12 and 1900 < int(month[1]) < 2200:
        year, number = int(month[1]), int(month[2])
        return f"{year}-{number:02d}-01", f"{year}-{number:02d}-{calendar.monthrange(year, number)[1]:02d}"
    if not any(mark in word for mark in "-./年"):
        return None
    try:
        day = values.parse_day(word)
    except values.Invalid:
        return None
    return day, day


def _amount(word: str) -> int | None:
    if not _AMOUNT.search(word):
        return None
    try:
        return values.parse_money(word)
    except values.Invalid:
        return None
