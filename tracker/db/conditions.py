"""Conditions that a file keeps as SQL: only what stands inside the parentheses put round it may be used."""

from __future__ import annotations

import re

LONGEST = 200_000
"""Characters; those that the program writes are far shorter."""
_TOKEN = re.compile(r"'(?:[^']|'')*'|--|/\*|[;\"`\[\]?:@$#\\{}\0]|[()]|[^'\"`\[\]?:@$#\\{}\0;()/-]+|[/-]")


def closed(sql: str) -> bool:
    """Whether a text is one expression wherever it stands in parentheses: it cannot end them, nor what is round them.

    That is so where its own parentheses close in order, texts end, and it has neither comments nor semicolons; names in
    quotes and parameters, which the program does not write, are not allowed either.
    """
    if len(sql) > LONGEST:
        return False
    depth = end = 0
    for token in _TOKEN.finditer(sql):
        if token.start() != end:
            return False
        end, text = token.end(), token[0]
        if text in ("--", "/*") or (len(text) == 1 and text in ';"`[]?:@$#\\{}\0'):
            return False
        depth += {"(": 1, ")": -1}.get(text, 0)
        if depth < 0:
            return False
    return depth == 0 and end == len(sql) and bool(sql.strip())
