"""Invented people, firms and places; firms recur as they do in an office: a few often, most once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.demonstration import words
from tracker.demonstration.draw import Draw, Weighted

AWAY = ("河北", "河北", "江苏", "安徽", "河南")
SECTORS = ("construction", "manufacturing", "services", "trade", "other")


@dataclass(frozen=True)
class Firm:
    """An invented employer, its sector (a code of wage arrears) and its town, empty where it comes from elsewhere."""

    name: str
    sector: str
    place: str


def person(draw: Draw) -> str:
    """A name composed of a surname and a given name."""
    return draw.of(words.weighted("surnames")) + draw.of(words.weighted("given_names"))


def people(draw: Draw, number: int) -> list[str]:
    """So many different names."""
    found: dict[str, None] = {}
    while len(found) < number:
        found[person(draw)] = None
    return list(found)


def mark(draw: Draw) -> str:
    """Three different characters that stand for a firm or a building."""
    return "".join(draw.some(words.column("firm_characters"), 3))


def firm(draw: Draw, home: str, places: Weighted[str]) -> Firm:
    """One employer; builders also come from other provinces than `home`."""
    trade, sector, _weight = draw.of(_TRADES)
    if sector == "construction" and draw.chance(0.18):
        return Firm(f"{draw.pick(AWAY)}{mark(draw)}{trade}", sector, "")
    return Firm(f"{home}{mark(draw)}{trade}", sector, draw.of(places))


def institution(draw: Draw, district: str) -> str:
    """One public institution of the district, for personnel disputes."""
    return f"{district}{mark(draw)}{draw.pick(words.column('institutions'))}"


_TRADES = Weighted((row, float(row[-1])) for row in words.rows("trades"))


class Firms:
    """The employers of a district, by its table of places (see `words`)."""

    def __init__(self, draw: Draw, number: int, home: str, places: str) -> None:
        self.places = words.weighted(places)
        made = (firm(draw, home, self.places) for _n in range(number))
        self.all = list({one.name: one for one in made}.values())
        self._often = {name: _often(f for f in self.all if name in ("", f.sector)) for name in ("", *SECTORS)}
        self._there = {name: _often(f for f in self.all if name == f.place) for name in self.places.items}

    def one(self, draw: Draw, sector: str = "") -> Firm:
        """One of them, of a sector where it is given."""
        return draw.of(self._often[sector])

    def there(self, draw: Draw, place: str) -> Firm:
        """One of those in a town."""
        return draw.of(self._there[place])

    def named(self, *endings: str) -> list[Firm]:
        """Those of the trades named."""
        return [made for made in self.all if made.name.endswith(endings)]


def _often(firms: Iterable[Firm]) -> Weighted[Firm]:
    """The first ones come up most often."""
    return Weighted((one, 1 / (rank + 25)) for rank, one in enumerate(firms))
