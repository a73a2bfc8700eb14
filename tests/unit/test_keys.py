"""The printed recovery key finds its typos; no text that is typed is taken for a raw key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.db import keys
from tracker.errors import WrongKey

KEYS = st.binary(min_size=48, max_size=48).map(lambda key: f"x'{key.hex()}'")
DIGITS = "0123456789ABCDEF"


@given(KEYS)
def test_what_is_printed_is_read_again_however_it_is_typed(key: str) -> None:
    groups = keys.printed(key)
    assert len(groups) == 16 and {len(group) for group in groups} == {7}
    for joiner in (" ", "", "-", "\n", "  — "):
        assert keys.recovered(joiner.join(groups)) == key
    assert keys.recovered(" ".join(groups).lower()) == key
    wide = str.maketrans(DIGITS + " ", "".join(chr(ord(c) + 0xFEE0) for c in DIGITS) + "\u3000")
    assert keys.recovered(" ".join(groups).translate(wide)) == key
    assert keys.recovered(" ".join(groups).replace("0", "O").replace("1", "l")) == key


@given(KEYS, st.integers(0, 111), st.sampled_from(DIGITS))
def test_a_wrong_digit_is_found_and_its_group_named(key: str, place: int, digit: str) -> None:
    typed = "".join(keys.printed(key))
    wrong = typed[:place] + digit + typed[place + 1 :]
    if wrong == typed:
        assert keys.recovered(wrong) == key
        return
    with pytest.raises(WrongKey, match=f"第 {place // 7 + 1} 组"):
        keys.recovered(wrong)


@given(KEYS, st.integers(0, 15), st.integers(0, 5))
def test_two_digits_that_changed_places_are_found(key: str, group: int, place: int) -> None:
    groups = list(keys.printed(key))
    one = groups[group]
    swapped = one[:place] + one[place + 1] + one[place] + one[place + 2 :]
    if swapped != one:
        with pytest.raises(WrongKey, match=f"第 {group + 1} 组"):
            keys.recovered(" ".join([*groups[:group], swapped, *groups[group + 1 :]]))


@given(KEYS, st.integers(0, 15), st.integers(0, 15))
def test_groups_that_changed_places_are_found(key: str, one: int, other: int) -> None:
    groups = list(keys.printed(key))
    groups[one], groups[other] = groups[other], groups[one]
    if one == other:
        assert keys.recovered(" ".join(groups)) == key
    else:
        with pytest.raises(WrongKey, match=f"第 {min(one, other) + 1} 组"):
            keys.recovered(" ".join(groups))


@given(KEYS, st.integers(0, 111))
def test_a_digit_too_few_or_too_many_is_no_other_key(key: str, place: int) -> None:
    typed = "".join(keys.printed(key))
    with pytest.raises(WrongKey):
        keys.recovered(typed[:place] + typed[place + 1 :])
    with pytest.raises(WrongKey):
        keys.recovered(typed[:place] + "8" + typed[place:])


@given(st.text(max_size=90))
def test_a_shorter_text_is_a_password(text: str) -> None:
    assert keys.recovered(text) is None


@pytest.mark.parametrize(
    "text", ["x'" + "ab" * 32 + "'", "X'" + "AB" * 48 + "'", "x''", "0" * 112, "l" * 110]
)
def test_what_looks_like_a_key_is_told(text: str) -> None:
    assert keys.is_like_key(text)
