"""Keys made in a moment: they are slow on purpose, which nearly all tests can do without."""

from __future__ import annotations

from contextlib import closing

from sqlcipher3 import dbapi2

from tracker.db import keys

SLOW, QUICK = keys.ROUNDS, 2_000
"""How many rounds make a key in the program, and in tests."""


def set_rounds(rounds: int) -> None:
    """For all keys made from now on in this process, by us and by SQLCipher itself."""
    keys.ROUNDS = rounds
    with closing(dbapi2.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")
