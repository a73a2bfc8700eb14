"""Amounts as people claim and pay them."""

from __future__ import annotations

from tracker.demonstration.draw import Draw


def fen(draw: Draw, yuan: float, even: bool = False) -> int:
    """An amount in fen: whole hundreds of yuan often or, where `even`, always; rarely fen."""
    share = draw.share()
    if even or share < 0.36:
        return max(int(yuan / 100 + 0.5), 1) * 10000
    return int(yuan + 0.5) * 100 if share < 0.82 else int(yuan * 100 + 0.5)
