"""Pages and ledgers as the search over everything offers them: by any part of their names, and by their pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker import pinyin
from tracker.db import spelling
from tracker.db.search import split
from tracker.i18n import _
from tracker.ui.finder_rows import Row
from tracker.ui.pages import Page

Spelled = Mapping[str, frozenset[str]]
"""By a page's key what its names are found by; empty until they are spelled."""
MOST = 5
NOWHERE = 99


def names(page: Page) -> tuple[str, ...]:
    """What a page is called: in the navigation, and of a ledger its whole name."""
    return tuple(dict.fromkeys((_(page.label), page.ledger.title() if page.ledger else _(page.label))))


def spelled(pages: Iterable[Page]) -> dict[str, frozenset[str]]:
    """Spell the names of pages; the first time takes long, as a dictionary is loaded."""
    return {page.key: frozenset[str]().union(*map(spelling.words, names(page))) for page in pages}


def found(pages: Iterable[Page], text: str, known: Spelled) -> list[Row]:
    """The pages that a text names, the best first, under their heading."""
    words = split(text)
    key = "".join(map(pinyin.folded, words))
    ranked = [(rank(page, key, known), n, page) for n, page in enumerate(pages)] if key else []
    best = [page for how, _n, page in sorted(ranked, key=lambda one: one[:2]) if how < NOWHERE][:MOST]
    rows = [row(page) for page in best]
    return [Row("heading", _("Pages and ledgers")), *rows] if rows else []


def rank(page: Page, key: str, known: Spelled) -> int:
    """How well what was typed names a page, 0 being best."""
    for name in map(pinyin.folded, names(page)):
        if key in name:
            return 0 if key == name else 1 if name.startswith(key) else 2
    by_pinyin = spelling.rank(known.get(page.key, frozenset()), key) if len(key) > 1 else None
    return {spelling.EXACT: 0, spelling.BEGINS: 1}.get(NOWHERE if by_pinyin is None else by_pinyin, NOWHERE)


def row(page: Page) -> Row:
    """A page as a line of the list; a ledger's whole name stands beside the short one."""
    label, title = _(page.label), page.ledger.title() if page.ledger else ""
    return Row("page", label, page.key, names="" if title == label else title, icon=page.icon)
