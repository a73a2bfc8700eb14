"""Days and amounts as Chinese documents write them."""

from __future__ import annotations

_FIGURES = "〇一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES, _GROUPS = ("", "拾", "佰", "仟"), ("", "万", "亿", "万亿")


def day_text(iso: str) -> str:
    """`2020年1月5日`, and with its time of day `2020年1月5日9时30分`; what is no day stays as it is."""
    parts = _parts(iso)
    if parts is None:
        return iso
    year, month, day, clock = parts
    return f"{year}年{month}月{day}日{clock}"


def day_in_characters(iso: str) -> str:
    """`二〇二〇年一月五日`, as documents are dated; a time of day is left out."""
    parts = _parts(iso)
    if parts is None:
        return iso
    year, month, day, _clock = parts
    return f"{''.join(_FIGURES[int(c)] for c in f'{year:04d}')}年{_small(month)}月{_small(day)}日"


def _parts(iso: str) -> tuple[int, int, int, str] | None:
    head, _sep, tail = iso.replace(" ", "T").partition("T")
    bits = head.split("-")
    if len(bits) != 3 or not all(bit.isdecimal() and bit.isascii() for bit in bits):
        return None
    clock = ""
    hour, _colon, minute = tail[:5].partition(":")
    if hour.isdecimal() and minute.isdecimal():
        clock = f"{int(hour)}时" + (f"{int(minute)}分" if int(minute) else "")
    return int(bits[0]), int(bits[1]), int(bits[2]), clock


def _small(n: int) -> str:
    """A number below a hundred: 十, 十二, 二十, 三十一."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_FIGURES[tens]}十"
    return head + (_FIGURES[ones] if ones or not tens else "")


def capitals(fen: int) -> str:
    """An amount as on cheques: `壹万贰仟元整`, `叁佰零伍元零柒分`."""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    whole = _whole(yuan)
    text = f"{whole}元" if whole else ""
    if not rest:
        text = f"{text or '零元'}整"
    else:
        text += f"{_CAPITALS[jiao]}角" if jiao else "零" if whole else ""
        text += f"{_CAPITALS[cents]}分" if cents else "整"
    return f"负{text}" if fen < 0 else text


def _whole(n: int) -> str:
    """Groups of four figures; one 零 for any run of noughts between figures that say something."""
    text, group, gap = "", 0, False
    while n:
        n, part = divmod(n, 10_000)
        if part:
            text = _four(part) + _GROUPS[group] + ("零" if gap and text else "") + text
            gap = part < 1000
        elif text:
            gap = True
        group += 1
    return text


def _four(n: int) -> str:
    text, gap = "", False
    for place, figure in enumerate(reversed(str(n))):
        if figure == "0":
            gap = bool(text)
        else:
            text = _CAPITALS[int(figure)] + _PLACES[place] + ("零" if gap else "") + text
            gap = False
    return text
