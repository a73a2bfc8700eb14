"""Names as they are typed in letters: 张三 by its initials (zs) or syllables (zhangsan), from any character on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

HEAD = "^"
"""Begins the words that stand for a whole name, so that they are told from those for its later part."""
LONGEST = 24
"""Of a longer name only so many characters are spelled."""
SHORT = 4
"""Up to so many characters it may be a person's name, in which a character has no context that tells its reading."""
_READINGS = 8
"""So many readings of one name are kept."""

_READ_SO = """
单 shan,曾 zeng,仇 qiu,解 xie,查 zha,区 ou,任 ren,朴 piao,盖 ge,翟 zhai,缪 miao,宓 mi,乜 nie,繁 po,种 chong,秘 bi,
折 she,召 shao,员 yun,燕 yan,华 hua,宁 ning,应 ying,那 na,曲 qu,覃 qin,谌 chen,隗 wei,过 guo,阚 kan,逄 pang,长 zhang,
重 chong,宿 su,牟 mu,强 qiang,乐 yue,么 yao,纪 ji,佴 nai,郇 xun,句 gou,盛 sheng,祭 zhai,莘 shen,相 xiang,尉 wei,
撒 sa,都 du,洗 xian,黑 he,车 che,柏 bai,卜 bu,令 ling,幺 yao,教 jiao,臧 zang,适 kuo,万俟 mo qi,尉迟 yu chi,单于 chan yu,
长孙 zhang sun,澹台 tan tai,令狐 ling hu,宰父 zai fu,鲜于 xian yu
"""
_SEVERAL_WAYS = """
乐 le yue,朝 chao zhao,行 xing hang,长 chang zhang,重 zhong chong,茜 qian xi,柏 bai bo,晟 sheng cheng,参 shen can,
卜 bu bo,传 chuan zhuan,朴 pu piao,盛 sheng cheng,曾 zeng ceng,调 tiao diao,省 xing sheng,会 hui kuai,露 lu lou
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for entry in text.replace("\n", "").split(","))
    return {name: tuple(syllables) for name, *syllables in entries}


SURNAMES = _table(_READ_SO)
"""Surnames that are read otherwise than their characters mostly are, with the syllable of each character."""
GIVEN = _table(_SEVERAL_WAYS)
"""Characters of given names that are read in several ways."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """What is compared of a name or of what was typed: letters, digits and characters, half width, without case."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(c for c in text.casefold() if c.isalnum())


def typed(word: str) -> str:
    """The letters of a word that may be pinyin, ü typed as v; empty for any other word."""
    text = word.casefold().replace("ü", "v").replace("u:", "v")
    letters = text.replace("'", "").replace("’", "")
    return letters if letters.isascii() and letters.isalnum() and not letters.isdigit() else ""


def letters(text: str) -> str:
    """A text with each Chinese character as the syllable that it mostly is, half width."""
    return "".join(c if c.isascii() else _every(c)[0] for c in unicodedata.normalize("NFKC", text))


def words(name: str) -> frozenset[str]:
    """What a name is found by: itself, and its initials and syllables from each of its characters on."""
    whole = folded(name)
    if not whole:
        return frozenset()
    parts = _parts(whole[:LONGEST])
    found = {HEAD + whole}
    if not (len(parts) == 1 and parts[0].isascii()):
        for syllables in islice(product(*_readings(parts)), _READINGS):
            found.update(_from_each(syllables, parts))
    return frozenset(found)


def _from_each(syllables: tuple[str, ...], parts: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    rest = firsts = ""
    for part, syllable in zip(reversed(parts), reversed(syllables), strict=True):
        rest, firsts = syllable + rest, (syllable if part.isascii() else syllable[0]) + firsts
        found += (rest, firsts)
    return [*found[:-2][:1], *found[2:-2], HEAD + found[-2], HEAD + found[-1]]


def _parts(text: str) -> tuple[str, ...]:
    """Characters one by one, letters and digits as they stand together."""
    found: list[str] = []
    for c in text:
        if c.isascii() and found and found[-1].isascii():
            found[-1] += c
        else:
            found.append(c)
    return tuple(found)


def _readings(parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """How each part may be read, the likeliest first: the first in every way, others as their words are."""
    if len(parts) <= SHORT:
        told = [(part,) if part.isascii() else _usual(part) for part in parts]
    else:
        told = [(part,) if part.isascii() else _every(part)[:1] for part in parts]
    for n, syllables in _in_words("".join(part if len(part) == 1 else " " for part in parts)):
        told[n] = _both(syllables, told[n]) if len(parts) <= SHORT else (syllables,)
    if not parts[0].isascii():
        told[0] = _both(*told[0], _every(parts[0]))
    for size in (2, 1):
        if surname := SURNAMES.get("".join(parts[:size])):
            for n, syllable in enumerate(surname):
                told[n] = _both(syllable, told[n])
            break
    return told


def _both(*ways: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for way in ways for one in ((way,) if isinstance(way, str) else way)))


def _usual(character: str) -> tuple[str, ...]:
    return GIVEN.get(character) or _every(character)[:1]


@cache
def _every(character: str) -> tuple[str, ...]:
    """All readings of a character, the commonest first; one that has none stands for itself."""
    return tuple(dict.fromkeys(map(_plain, _toned(character)))) or (character,)


def _toned(character: str) -> list[str]:
    from pypinyin.pinyin_dict import pinyin_dict  # here: takes a third of a second, only to spell names

    return [reading for reading in pinyin_dict.get(ord(character), "").split(",") if reading]


def _in_words(text: str) -> Iterator[tuple[int, str]]:
    """Where a character stands in a word that tells how it is read, and how: 庆 tells of 重 that it is chong."""
    table, longest, members = _phrases()
    n = 0
    while n < len(text):
        for size in range(min(longest, len(text) - n), 1, -1) if text[n : n + 2] in members else ():
            if syllables := table.get(text[n : n + size]):
                yield from enumerate(syllables, n)
                n += size
                break
        else:
            n += 1


@cache
def _phrases() -> tuple[dict[str, tuple[str, ...]], int, frozenset[str]]:
    """Words of which some character is read otherwise than alone, the length of the longest, and how they begin."""
    from pypinyin.phrases_dict import phrases_dict  # here: as above

    toned = cache(_toned)
    table: dict[str, tuple[str, ...]] = {}
    for phrase, told in phrases_dict.items():
        if len(phrase) <= SHORT and any(toned(c)[:1] != r[:1] for c, r in zip(phrase, told, strict=False)):
            syllables = tuple(_plain(readings[0]) for readings in told)
            if syllables != tuple(_every(c)[0] for c in phrase):  # else only the tones differ
                table[phrase] = syllables
    return table, SHORT, frozenset(phrase[:2] for phrase in table)


@cache
def _plain(syllable: str) -> str:
    """A syllable without its tone, ü as it is typed."""
    marked = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in marked if c.isascii())
