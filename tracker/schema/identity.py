"""Numbers of persons and organisations with a check character of their own."""

from __future__ import annotations

import re
from datetime import date

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}")
ID_LENGTH = 18
_ID_FORM = re.compile(r"[1-9]\d{16}[\dX]")


def is_credit_code(code: str) -> bool:
    """Whether it is a unified social credit code: GB 32100-2015, check character modulo 31 by weights 3^i."""
    if not _CREDIT_FORM.fullmatch(code):
        return False
    total = sum(_CREDIT.index(c) * pow(3, n, 31) for n, c in enumerate(code[:17]))
    return _CREDIT[-total % 31] == code[17]


def is_id_number(number: str) -> bool:
    """Whether it is a citizen's identity number: GB 11643-1999, a day of birth and ISO 7064 MOD 11-2."""
    if not _ID_FORM.fullmatch(number):
        return False
    try:
        born_on(number)
    except ValueError:
        return False
    total = sum(int(digit) * pow(2, 17 - n, 11) for n, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def born_on(number: str) -> date:
    """The day of birth in an identity number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_male(number: str) -> bool:
    """Whether an identity number is a man's: its last digit but one is odd."""
    return int(number[16]) % 2 == 1


def masked(text: str) -> str:
    """An identity or telephone number with its middle hidden: `138****1234`; at least two stars, which import knows."""
    if len(text) < 7:
        return "*" * max(len(text), 2) if text else ""
    head, tail = (2, 2) if len(text) < 11 else (3, 4) if len(text) < 15 else (6, 4)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:]}"
