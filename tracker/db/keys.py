"""What opens a file with a password: the key made of it, and the same key printed for the day it is forgotten.

A file with a password is an SQLCipher 4 file with its defaults: any SQLCipher tool opens it by the password. The key is
PBKDF2-HMAC-SHA512 of the password over the file's first 16 bytes. It is made here and handed over as raw key with salt
(`x'…'`, 96 digits), so that no text that a clerk types is ever read as a raw key, the slow step is taken once for all
connections, and the password need not be remembered while the file is open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from pathlib import Path
from typing import BinaryIO

from tracker.errors import WrongKey
from tracker.i18n import _

PLAIN = b"SQLite format 3\0"
PAGE = 4096
"""Bytes of SQLCipher's own pages, of which an encrypted file is made."""
SALT, ROUNDS, KEY = 16, 256_000, 32
_RAW = re.compile(r"x'[0-9a-f]{96}'")
_RAW_LIKE = re.compile(r"\s*x'[0-9a-f]*'\s*", re.IGNORECASE)

GROUPS, DATA = 16, 6
"""The printed key: so many groups of so many digits, each followed by a check digit."""
_DIGITS = "0123456789ABCDEF"
_MISREAD = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "G": "6"})
"""Letters that are no digits of ours, and the digits they are taken for."""


MIXED = 200
"""More different bytes than this are in each enciphered page, in which all 256 are alike; in another one seldom."""
SAMPLES = 9
_SEAL, _OF_SEAL, _SEAL_ROUNDS = 64, 0x3A, 2


def is_plain(path: Path) -> bool:
    """Whether a file begins as every SQLite file without a password does."""
    try:
        with path.open("rb") as file:
            return file.read(SALT) == PLAIN
    except OSError:
        return False


def is_encrypted(path: Path) -> bool:
    """Whether a file needs a password, by its beginning, its size and pages of all its parts, since one or another may
    be damaged; a file that is not ours may look so too."""
    try:
        size = path.stat().st_size
        if not size or size % PAGE or is_plain(path):
            return False
        places = _samples(size)
        with path.open("rb") as file:
            mixed = sum(len(set(_page(file, place))) > MIXED for place in places)
    except OSError:
        return False
    return 2 * mixed > len(places)


def is_under(path: Path, raw: str) -> bool:
    """Whether a file was enciphered with a raw key, by its pages after the first, which may be damaged: each page ends
    with a seal that only the key makes (HMAC-SHA512 of what is before it and of the page's number)."""
    key, salt = bytes.fromhex(raw[2:-33]), bytes.fromhex(raw[-33:-1])
    own = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _OF_SEAL for byte in salt), _SEAL_ROUNDS, KEY)
    try:
        with path.open("rb") as file:
            for place in _samples(path.stat().st_size) - {0}:
                page = _page(file, place)
                number = (place + 1).to_bytes(4, "little")
                if page[-_SEAL:] == hmac.digest(own, page[:-_SEAL] + number, "sha512"):
                    return True
    except OSError:
        pass
    return False


def _samples(size: int) -> set[int]:
    """The places of pages from the first to the last of a file of so many bytes."""
    last = size // PAGE - 1
    return {n * last // (SAMPLES - 1) for n in range(SAMPLES)}


def _page(file: BinaryIO, place: int) -> bytes:
    file.seek(place * PAGE)
    return file.read(PAGE)


def salt_of(path: Path) -> bytes:
    """The salt of an encrypted file: its first bytes; new ones where there is no file yet."""
    if not path.exists() or not path.stat().st_size:
        return os.urandom(SALT)
    with path.open("rb") as file:
        return file.read(SALT)


def derived(password: str, salt: bytes) -> str:
    """The raw key with its salt, as SQLCipher itself makes it of a password; takes a tenth of a second or more."""
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    key = hashlib.pbkdf2_hmac("sha512", text, salt, ROUNDS, KEY)
    return f"x'{key.hex()}{salt.hex()}'"


def fresh(password: str) -> str:
    """A key for a password with a new salt."""
    return derived(password, os.urandom(SALT))


def raw(path: Path, key: str) -> str:
    """The raw key for a file, of its password, its printed recovery key or the raw key itself.

    Raises WrongKey for a printed key that is mistyped or another file's.
    """
    given = given_raw(key)
    if given is None:
        return derived(key, salt_of(path))
    if path.exists() and path.stat().st_size and given[-33:-1] != salt_of(path).hex():
        raise WrongKey(_("This recovery key is of another file, or of an earlier password."))
    return given


def given_raw(key: str) -> str | None:
    """The raw key where that is what was given, as such or printed; None for a password."""
    return key if _RAW.fullmatch(key) else recovered(key)


# the printed key


def printed(key: str) -> tuple[str, ...]:
    """A raw key as it is printed: groups, each with a check digit that knows the group's place too."""
    digits = key[2:-1].upper()
    parts = [digits[n * DATA : (n + 1) * DATA] for n in range(GROUPS)]
    return tuple(part + _check(n, part) for n, part in enumerate(parts))


def recovered(text: str) -> str | None:
    """The raw key of a printed one, None for a text that is something else.

    Raises WrongKey, naming the first group at fault, for one that was mistyped.
    """
    digits = _digits(text)
    if not _is_like_printed(digits):
        return None
    size = DATA + 1
    for n in range(GROUPS):
        group = digits[n * size : (n + 1) * size]
        if len(group) < size or _check(n, group[:DATA]) != group[DATA]:
            sentence = _("Group {n} of the recovery key is not as it was printed; compare it with the sheet.")
            raise WrongKey(sentence.format(n=n + 1))
    if len(digits) > GROUPS * size:
        raise WrongKey(_("There is more than the {n} groups of a recovery key.").format(n=GROUPS))
    return "x'{}'".format("".join(digits[n * size : n * size + DATA] for n in range(GROUPS)).lower())


def is_like_key(text: str) -> bool:
    """Whether a text could be taken for a raw or a printed key, and therefore must not become a password."""
    return bool(_RAW_LIKE.fullmatch(text)) or _is_like_printed(_digits(text))


def _digits(text: str) -> str:
    """What counts of a printed key that was typed: its digits, whatever width, case and gaps they have."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s.·_\-‐-―]", "", wide).translate(_MISREAD)


def _is_like_printed(digits: str) -> bool:
    whole = GROUPS * (DATA + 1)
    return abs(len(digits) - whole) <= DATA + 1 and all(digit in _DIGITS for digit in digits)


def _check(place: int, digits: str) -> str:
    """The check digit of a group: it tells one wrong digit, two that changed places, and a group out of its place.

    The digits are elements of the field of sixteen; each has its own weight there, a power of x (modulo x⁴ + x + 1).
    """
    total = place
    for n, digit in enumerate(digits, 1):
        value = _DIGITS.index(digit)
        for _power in range(n):
            value = value << 1 ^ (0b10011 if value & 8 else 0)
        total ^= value
    return _DIGITS[total]
