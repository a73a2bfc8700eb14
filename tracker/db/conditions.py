"""Conditions that a file keeps as SQL: only such as this program writes may stand in a statement.

A file comes from anywhere, and what it keeps of frozen figures becomes part of triggers and queries. Its conditions
are therefore read word by word: an expression over columns and values, with the few functions that conditions use, and
a look into one other table at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from tracker.db.database import Database
from tracker.errors import FileProblem
from tracker.i18n import _

LONGEST = 1_000_000
DEEPEST = 60
_TOKEN = re.compile(
    r"\s+|(?P<text>'(?:[^']|'')*')|(?P<word>[A-Za-z_][A-Za-z_0-9]*)|(?P<number>-?[0-9]{1,20})|(?P<sign>\|\||[<>]=?|<>|[=.,()+])"
)
_WORDS = frozenset(
    {"AND", "OR", "NOT", "IN", "IS", "NULL", "TRUE", "LIKE", "ESCAPE", "EXISTS", "SELECT", "FROM", "WHERE"}
)
_FUNCTIONS = frozenset({"instr", "json_quote", "replace", "trim", "date"})
_EACH = "json_each"
_NAMES = frozenset({"action", "no", "of", "plan"})
"""Words of SQL by which SQLite lets columns be called, and ours are."""
_KEYWORDS = """
    abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade
    case cast check collate column commit conflict constraint create cross current current_date current_time
    current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape
    except exclude exclusive exists explain fail filter first following for foreign from full generated glob group
    groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key
    last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer
    over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename
    replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to
    transaction trigger true false unbounded union unique update using vacuum values view virtual when where window with
    without
"""
_SQL = frozenset(_KEYWORDS.split())
"""Every word that SQLite reads as its own, in whatever case."""


@lru_cache(2000)
def ours(sql: str, tables: frozenset[str]) -> bool:
    """Whether this program could have written a condition; `tables` are those that it may look into."""
    if len(sql) > LONGEST:
        return False
    words: list[str] = []
    at = 0
    while at < len(sql):
        token = _TOKEN.match(sql, at)
        if token is None:
            return False
        at = token.end()
        if token.lastgroup:
            words.append("''" if token.lastgroup == "text" else token[0])
    return bool(words) and _nested(words) and all(_fits(words, n, tables) for n in range(len(words)))


def _nested(words: list[str]) -> bool:
    """Whether brackets match, and nothing is looked up within what is looked up: but names in one field of a record.

    Looks into each other would take as long as all records of all of them multiplied.
    """
    looks: list[str] = []  # for each bracket that is open whether it looks into something, and into what
    for n, word in enumerate(words):
        if word == "(":
            into = "".join(words[n + 4 : n + 5]) if words[n + 1 : n + 2] == ["SELECT"] else ""
            looks.append("a field" if into == _EACH else "a table" if into else "")
            if [look for look in looks if look] not in ([], ["a table"], ["a field"], ["a table", "a field"]):
                return False
            if len(looks) > DEEPEST:
                return False
        elif word == ")":
            if not looks:
                return False
            looks.pop()
    return not looks


def _fits(words: list[str], n: int, tables: Collection[str]) -> bool:
    """Whether a word may stand where it does."""
    word = words[n]
    before = words[n - 1] if n else ""
    after, next_but_one = (words[n + k] if n + k < len(words) else "" for k in (1, 2))
    if not (word[0].isalpha() or word[0] == "_"):
        return True
    if word == "SELECT":
        return before == "(" and (after, next_but_one) in (("1", "FROM"), ("value", "FROM"))
    if word == "FROM":
        return (after in tables and next_but_one == "WHERE") or (after, next_but_one) == (_EACH, "(")
    if word == _EACH:
        return before == "FROM" and words[_closing(words, n + 1) + 1 :][:1] in ([")"], ["WHERE"])
    if word == "IN":
        return after == "("
    if word in _WORDS:
        return True
    if after == "(":
        return word in _FUNCTIONS
    return word.islower() and (word not in _SQL or word in _NAMES)


def _closing(words: list[str], n: int) -> int:
    """Where the bracket closes that opens there."""
    depth = 0
    for at in range(n, len(words)):
        depth += {"(": 1, ")": -1}.get(words[at], 0)
        if depth == 0:
            return at
    return len(words)


def checked(db: Database, sql: str, table: str = "") -> str:
    """A condition of the file about a table, to be put into a statement. Raises FileProblem for one not of ours."""
    names = frozenset(db.catalogue.by_name)
    if ours(sql, names) and (not table or db.compiles(f"SELECT 1 FROM {table} WHERE {sql}")):
        return sql
    text = _("{path} holds frozen figures that this program did not write; open a backup.")
    raise FileProblem(text.format(path=db.path))
