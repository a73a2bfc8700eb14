"""Conditions that a file keeps as SQL: only such as this program writes may stand in a statement.

A file comes from anywhere, and what it keeps of frozen figures becomes part of triggers and queries. Its conditions
are therefore read word by word: an expression over columns and values, with the few functions that conditions use, and
a look into one other table at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection

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
_FUNCTIONS = frozenset({"instr", "json_each", "json_quote", "replace", "trim", "date"})


def ours(sql: str, tables: Collection[str]) -> bool:
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
    return bool(words) and _balanced(words) and all(_fits(words, n, tables) for n in range(len(words)))


def _balanced(words: list[str]) -> bool:
    depth = 0
    for word in words:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0


def _fits(words: list[str], n: int, tables: Collection[str]) -> bool:
    """Whether a word may stand where it does."""
    word = words[n]
    after, next_but_one = (words[n + k] if n + k < len(words) else "" for k in (1, 2))
    if word == "SELECT":
        return (after, next_but_one) in (("1", "FROM"), ("value", "FROM"))
    if word == "FROM":
        return (after in tables and next_but_one == "WHERE") or (after, next_but_one) == ("json_each", "(")
    if after == "(" and word[0].isalpha():
        return word in _WORDS or word in _FUNCTIONS
    return word in _WORDS or not word.isupper()


def checked(db: Database, sql: str) -> str:
    """A condition of the file, to be put into a statement. Raises FileProblem for one not of this program."""
    if ours(sql, db.catalogue.by_name):
        return sql
    text = _("{path} holds frozen figures that this program did not write; open a backup.")
    raise FileProblem(text.format(path=db.path))
