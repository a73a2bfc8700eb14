"""The best records of a ledger for what was typed anywhere: exact first, then what begins with it, then the newest.

It looks in what is written: numbers, names and their pinyin, all other texts. Only so many candidates are read that it
takes some milliseconds in any file: the latest entered that meet the text, and the latest whose number or name is best.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tracker import pinyin
from tracker.db import initials, search, spelling
from tracker.db.database import Database, Row
from tracker.db.spelling import BEGINS, EXACT, WITHIN
from tracker.db.tables import search_text, searched, spelled, subjects
from tracker.errors import Cancelled
from tracker.schema import values
from tracker.schema.fields import Field, Names
from tracker.schema.filters import Sql
from tracker.schema.ledger import Ledger

LATEST = 100
"""So many of the latest records are ranked; more are not counted."""
NAME = 4
"""So many characters tell a firm whatever its brackets."""
NAMES = 300
"""So many names of each rank are looked up, the latest first met."""
SECONDS = 0.25
"""Longer no ledger is looked through (which only a text takes that is met piece by piece in most records)."""
_NUMBERED = re.compile(r"\D{0,12}?(?:((?:19|20)\d{2})\D{1,3})?(\d{1,7})\D?")
_DIGITS = re.compile(r"\d+")
_LOWER = {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}
_ZEROS = ("", "0", "00", "000")


@dataclass(frozen=True)
class Hit:
    """A record found: how well, and the field and text by which; `names` say whom or what it is about.

    Where it was met by what belongs to it, `by` names that ledger, of which the field is, and `named` the party, event
    or file (see `belonging`).
    """

    ledger: str
    uid: str
    number: str
    names: tuple[str, ...]
    day: str
    rank: int
    field: str
    text: str
    by: str = ""
    named: str = ""


@dataclass(frozen=True)
class Found:
    """Records of one ledger, the best first, and of how many; `more` where there are more than were counted."""

    ledger: Ledger
    hits: tuple[Hit, ...]
    count: int
    more: bool = False

    @property
    def rank(self) -> int:
        """How good the best of them is."""
        return self.hits[0].rank


@dataclass(frozen=True)
class Word:
    """One word that was typed, and what it may mean in a ledger."""

    text: str
    spellings: tuple[str, ...]
    """How it may be written: as typed, half width, with a number's brackets; in lower case."""
    key: str
    """As it would be compared as a number."""
    name: str
    """As names and their pinyin are compared."""
    year: str
    no: str
    """The year and the counter, where it may be the short form of a number: 〔2020〕45, 2020-45, 45."""
    meant: Mapping[str, int]
    """Texts of naming fields that begin with it or of which it is the pinyin, with how well."""
    letters: bool
    """Whether it may be pinyin."""
    spelled: bool
    """Whether `meant` finds records that do not hold it: it may be pinyin, or a name with other brackets."""


def word(db: Database, ledger: Ledger, text: str, names: int) -> Word:
    """What a word may mean in a ledger, so many names of each rank among it."""
    letters, name = pinyin.typed(text), pinyin.folded(text)
    other = len(name) < len(text)  # brackets, dots or accents
    if other and not letters and len(name) < NAME:
        name = ""
    spellings = (text, values.plain(text), values.number_text(text))
    short = _NUMBERED.fullmatch(values.number_key(values.number_text(text)))
    return Word(
        text,
        tuple(dict.fromkeys(folded(one) for one in spellings if one)),
        ledger.key_text(values.number_text(text)),
        letters or name,
        (short[1] or "") if short else "",
        short[2] if short else "",
        spelling.meant(db, ledger, letters or name, names),
        bool(letters),
        bool(letters) or len(name) >= NAME,
    )


def folded(text: str) -> str:
    """Text as the index compares it (SQLite's LIKE folds ASCII only)."""
    return text.translate(_LOWER)


def find(db: Database, ledger: Ledger, text: str, most: int) -> Found | None:
    """The records that hold every word of the text, or a name of which it is the pinyin, at least the best `most` of
    them; None for none."""
    typed = search.split(text)
    if not typed or db.one(f"SELECT 1 FROM {ledger.name} LIMIT 1") is None:
        return None
    if len(typed) > 1 and all(map(pinyin.typed, typed)):
        return _by_letters(db, ledger, [word(db, ledger, one, -1) for one in typed], most)
    lead = max((one for one in typed if pinyin.typed(one)), key=len, default="")
    words = [word(db, ledger, one, NAMES if one == lead or len(one) < 2 else -1) for one in typed]
    ids: list[int] = []
    whole = False
    with suppress(Cancelled), db.limited(SECONDS):
        for (number,) in db.each(*_latest(db, ledger, words), at_once=50):
            ids.append(number)
        whole = len(ids) <= LATEST
    numbered = _ids(db, _by_number(ledger, words[0], whole)) if len(words) == 1 else set()
    met = _rank(db, ledger, {*ids[:LATEST], *numbered}, words)
    for query, rank in () if whole else _by_name(db, ledger, words):
        if (
            sum(hit.rank <= rank for _order, hit in met.values()) < most
        ):  # else the latest hold the best already
            met |= _rank(db, ledger, _ids(db, (query(),)) - met.keys(), words)
    return _found(ledger, met, whole)


def _by_letters(db: Database, ledger: Ledger, words: Sequence[Word], most: int) -> Found | None:
    """The records that hold several words, all of which may be pinyin."""
    letters = [initials.Letters(one.spellings, one.meant) for one in words]
    ids, whole = initials.find(db, ledger, letters, most, LATEST, SECONDS)
    return _found(ledger, _rank(db, ledger, set(ids), words), whole)


def _found(ledger: Ledger, met: Mapping[int, Ranked], whole: bool) -> Found | None:
    if not met:
        return None
    hits = tuple(hit for _order, hit in sorted(met.values(), key=lambda pair: pair[0]))
    return Found(ledger, hits, len(met) if whole else LATEST, not whole)


def _ids(db: Database, queries: Iterable[Sql]) -> set[int]:
    found: set[int] = set()
    with suppress(Cancelled), db.limited(SECONDS):
        for sql, parameters in queries:
            found.update(row[0] for row in db.rows(sql, parameters))
    return found


# candidates


def _latest(db: Database, ledger: Ledger, words: list[Word]) -> Sql:
    """The records that hold all words, those entered last first."""
    written = [one for one in words if not one.letters]
    led = written or [max(words, key=lambda one: len(one.text))]
    return _select(ledger, [_held(db, ledger, one) if one in led else _checked(ledger, one) for one in words])


def _select(ledger: Ledger, parts: Sequence[tuple[str | None, Sql]]) -> Sql:
    """Records by index queries (None where the index is not asked), each with what must be true of what it finds."""
    name = ledger.name
    match = " AND ".join(f"({match})" for match, _checked in parts if match is not None)
    checked = " AND ".join(f"({sql})" for _match, (sql, _p) in parts)
    sql = (
        f"SELECT {name}.id FROM {name}_search CROSS JOIN {name} ON {name}.id = {name}_search.rowid "
        f"WHERE {name}_search MATCH ? AND binned_at IS NULL AND {checked} "
        f"ORDER BY {name}_search.rowid DESC LIMIT {LATEST + 1}"
    )
    if any(match == "" for match, _checked in parts):
        return "SELECT 1 WHERE 0", ()
    return sql, (match, *(p for _match, (_sql, more) in parts for p in more))


def _checked(ledger: Ledger, one: Word) -> tuple[None, Sql]:
    """As `_held`, by looking at each record that another word finds: a word of letters may mean very many names."""
    checks = [f"({search_text(ledger)}) LIKE ? ESCAPE '\\'" for _text in one.spellings]
    sql, more = _called(spelled(ledger), list(one.meant))
    likes = map(search.like, one.spellings)
    return None, (" OR ".join((sql, *checks)), (*more, *likes))


def _held(db: Database, ledger: Ledger, one: Word) -> tuple[str, Sql]:
    """Where a word stands in some text, or is the pinyin of a name."""
    matches, checks, parameters = [], [], list[str | int]()
    for text in one.spellings:
        if match := search.index_query(db, ledger.name, text):
            matches.append(f"({match})")
            checks.append(f"({search_text(ledger)}) LIKE ? ESCAPE '\\'" if len(text) > 3 else "1")
            parameters += [search.like(text)] if len(text) > 3 else []
    if one.spelled and one.meant:
        match, (sql, more) = _named(ledger, list(one.meant))
        matches.append(match)
        checks.append(sql)
        parameters += more
    return " OR ".join(matches), (" OR ".join(checks) or "0", tuple(parameters))


def _named(ledger: Ledger, texts: list[str], *, about: bool = False) -> tuple[str, Sql]:
    """Where a naming field holds one of these texts; with `about` only one that tells whom a record is about."""
    matches = dict.fromkeys(f"({search.whole_field(text)})" for text in texts)
    return " OR ".join(matches), _called(subjects(ledger) if about else spelled(ledger), texts)


def _called(fields: Sequence[Field], texts: list[str]) -> Sql:
    listed = json.dumps(texts, ensure_ascii=False)
    held = " OR ".join(f"{field.key} IN (SELECT value FROM json_each(?))" for field in fields)
    return held, (listed,) * len(fields)


def _by_name(db: Database, ledger: Ledger, words: list[Word]) -> Iterator[tuple[Callable[[], Sql], int]]:
    """The latest records of which a name meets one of the words so well and that hold the others, with the best rank
    that they may have."""
    best = [min(one.meant.values(), default=WITHIN) if not one.key.isdigit() else EXACT for one in words]
    for rank in (EXACT, BEGINS):
        for n, one in enumerate(words):
            if texts := [text for text, how in one.meant.items() if how == rank]:
                others = [other for m, other in enumerate(words) if m != n]

                def query(texts: list[str] = texts, others: list[Word] = others) -> Sql:
                    held = [
                        _checked(ledger, other) if other.letters else _held(db, ledger, other)
                        for other in others
                    ]
                    return _select(ledger, [_named(ledger, texts, about=True), *held])

                yield query, rank + sum(best) - best[n]


def _by_number(ledger: Ledger, one: Word, whole: bool) -> Iterator[Sql]:
    """Records by their number, always, since it may be typed shorter than it is stored."""
    sql = f"SELECT id FROM {ledger.name} WHERE binned_at IS NULL AND"
    if one.key:
        yield f"{sql} number_key = ? LIMIT {LATEST}", (one.key,)
        if not whole:
            ends = (one.key, one.key + "\U0010ffff")
            yield f"{sql} number_key > ? AND number_key < ? ORDER BY number_key LIMIT {LATEST}", ends
    if one.no:
        pieces = [f"第{zeros}{one.no}号" for zeros in _ZEROS]
        match = " OR ".join(f"({search.trigrams(piece)})" for piece in pieces)
        if one.year:
            match = f"({match}) AND ({search.trigrams(one.year)})"
        yield _select(ledger, [(match, ("1", ()))])


# ranks


Ranked = tuple[Row, Hit]
"""By what a record is sorted (the best first, of equals the latest), and it as shown."""


def _rank(db: Database, ledger: Ledger, ids: set[int], words: Sequence[Word]) -> dict[int, Ranked]:
    """Those of the records that hold all words."""
    about = [field.key for field in subjects(ledger)]
    by_pinyin = frozenset(field.key for field in spelled(ledger))
    keys = list(dict.fromkeys((ledger.number, *about, *(field.key for field in searched(ledger)))))
    columns = ["id", "uid", "number_key", ledger.order, *keys]
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT {', '.join(columns)} FROM {ledger.name} WHERE id IN ({marks})"
    ranked = {}
    for row in db.rows(sql, tuple(ids)) if ids else ():
        held = {key: str(value) for key, value in zip(keys, row[4:], strict=True) if value is not None}
        met = [_met(ledger, one, str(row[2] or ""), held, about, by_pinyin) for one in words]
        if all(met):
            ranked[row[0]] = _hit(ledger, row, held, about, [one for one in met if one])
    return ranked


Met = tuple[int, str, str]
"""How well a word is met, by which field and text."""


def _hit(ledger: Ledger, row: Row, held: dict[str, str], about: list[str], met: list[Met]) -> Ranked:
    rank = sum(one[0] for one in met)
    shown = {ledger.number, *about}
    told = next((one for one in met if one[1] not in shown), met[0])
    names = tuple(held[key] for key in about if key in held and key != ledger.number)
    day = str(row[3] or "")[:10] if ledger.day else ""
    hit = Hit(ledger.name, row[1], held.get(ledger.number, ""), names, day, rank, told[1], told[2])
    newest = tuple(-ord(c) for c in str(row[3] or "").zfill(10))
    return (rank, newest, -row[0]), hit


def _met(
    ledger: Ledger,
    one: Word,
    number_key: str,
    held: Mapping[str, str],
    about: list[str],
    by_pinyin: frozenset[str],
) -> Met | None:
    """How well a record meets a word, and by what; None where it does not."""
    found = [*_by_numbers(ledger, one, number_key, held), *_by_names(one, held, about)]
    found += [
        (WITHIN, key, text)
        for key, text in held.items()
        if any(spelling in folded(text) for spelling in one.spellings)
        or (one.spelled and text in one.meant and key in by_pinyin)
    ]
    return min(found, key=lambda met: met[0], default=None)


def _by_numbers(ledger: Ledger, one: Word, number_key: str, held: Mapping[str, str]) -> Iterator[Met]:
    number = held.get(ledger.number, "")
    if one.key and number_key == one.key:
        yield EXACT, ledger.number, number
    elif one.key and number_key.startswith(one.key):
        yield BEGINS, ledger.number, number
    groups = _DIGITS.findall(number_key) if one.no else []
    if groups and groups[-1] == one.no and (not one.year or one.year in groups[:-1]):
        yield EXACT if one.year else BEGINS, ledger.number, number


def _by_names(one: Word, held: Mapping[str, str], about: list[str]) -> Iterator[Met]:
    for key in about:
        text = held.get(key, "")
        if one.spelled and text in one.meant:
            yield one.meant[text], key, text
        if one.name and text:
            names = [pinyin.folded(name) for name in Names.split(text)]
            if one.name in names:
                yield EXACT, key, text
            elif any(name.startswith(one.name) for name in names):
                yield BEGINS, key, text


def shown(db: Database, ledger: Ledger, uids: Sequence[str]) -> dict[str, Hit]:
    """Records as search shows them, by their uids, without those that are gone or in the bin."""
    about = [field.key for field in subjects(ledger)]
    columns = ["uid", ledger.number, ledger.order, *about]
    marks = ", ".join("?" * len(uids))
    sql = f"SELECT {', '.join(columns)} FROM {ledger.name} WHERE uid IN ({marks}) AND binned_at IS NULL"
    found = {}
    for row in db.rows(sql, tuple(uids)):
        pairs = zip(about, row[3:], strict=True)
        names = tuple(str(value) for key, value in pairs if value is not None and key != ledger.number)
        day = str(row[2] or "")[:10] if ledger.day else ""
        found[row[0]] = Hit(ledger.name, row[0], str(row[1] or ""), names, day, WITHIN, "", "")
    return found
