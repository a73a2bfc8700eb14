"""Names found by pinyin: the different texts of naming fields, spelled by the program and not by whoever writes them.

Triggers note each new text in `names`; `spell` indexes its pinyin later. What is not spelled yet is spelled where it
is looked for, so that a search never misses a name, whoever wrote it.
"""

from __future__ import annotations

import time

from tracker import pinyin
from tracker.db.database import Database
from tracker.schema.fields import Names
from tracker.schema.ledger import Ledger

AT_ONCE = 500
"""So many names are spelled in one transaction, in a fraction of a second."""
EXACT, BEGINS, WITHIN = 0, 1, 2
"""How a name is what was typed, the best first: whole, at its beginning, or from a later character on."""


def words(text: str) -> frozenset[str]:
    """What a text is found by: the words of each name in it."""
    return frozenset[str]().union(*map(pinyin.words, Names.split(text)))


def rank(found: frozenset[str], word: str) -> int | None:
    """How a folded word meets a text of these words; None where it does not."""
    head = pinyin.HEAD + word
    if head in found:
        return EXACT
    if any(one.startswith(head) for one in found):
        return BEGINS
    return WITHIN if len(word) > 1 and any(one.startswith(word) for one in found) else None


def waiting(db: Database) -> bool:
    """Whether any name is not spelled yet."""
    return db.one("SELECT 1 FROM names INDEXED BY names_to_spell WHERE spelled = 0") is not None


def spell(db: Database, seconds: float = 0.1) -> bool:
    """Spell names for about so long, in transactions of their own; False once there is none left."""
    end = time.monotonic() + seconds
    while rows := db.rows(f"SELECT id, ledger, text FROM names WHERE spelled = 0 LIMIT {AT_ONCE}"):
        made = [(number, _terms(ledger, text)) for number, ledger, text in rows]  # outside of the transaction
        with db.atomic(derived=True):
            db.run_many("INSERT INTO names_search(rowid, words) VALUES (?, ?)", made)
            db.run_many("UPDATE names SET spelled = 1 WHERE id = ?", [(number,) for number, _words in made])
        if time.monotonic() > end:
            return waiting(db)
    return False


def meant(db: Database, ledger: Ledger, word: str, most: int = -1) -> dict[str, int]:
    """The texts of a ledger's naming fields that a word means, with how well; of each rank only the latest `most`."""
    key = pinyin.folded(word)
    if not key:
        return {}
    found: dict[str, int] = {}
    for one, match in enumerate((f'"{_at_head(ledger.name, key)}"', f'"{_at_head(ledger.name, key)}"*')):
        _add(db, found, one, match, most)
    if len(key) > 1:
        _add(db, found, WITHIN, f'"{_later(ledger.name, key)}"*', most)
    of_text = words if any(not "一" <= c <= "鿿" for c in key) else _as_written
    for (text,) in db.rows("SELECT text FROM names WHERE spelled = 0 AND ledger = ?", (ledger.name,)):
        if (unspelled := rank(of_text(text), key)) is not None:
            found[text] = unspelled
    return found


def _as_written(text: str) -> frozenset[str]:
    """As `words`, without its pinyin, which a word of Chinese characters alone does not mean: this is quick."""
    return frozenset(pinyin.HEAD + pinyin.folded(name) for name in Names.split(text))


def _add(db: Database, found: dict[str, int], rank: int, match: str, most: int) -> None:
    sql = (
        "SELECT text FROM names_search JOIN names ON names.id = names_search.rowid "
        "WHERE names_search MATCH ? ORDER BY names_search.rowid DESC LIMIT ?"
    )
    for (text,) in db.rows(sql, (match, most)):
        found.setdefault(text, rank)


def _terms(ledger: str, text: str) -> str:
    """The words of a text as the index holds them: each ledger's together, so that none reads another's."""
    head = pinyin.HEAD
    return " ".join(
        _at_head(ledger, one.removeprefix(head)) if one.startswith(head) else _later(ledger, one)
        for one in words(text)
    )


def _at_head(ledger: str, word: str) -> str:
    return f"{ledger}^{word}"


def _later(ledger: str, word: str) -> str:
    return f"{ledger}.{word}"
