"""Case numbers by the office's pattern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import i18n
from tracker.errors import UserError
from tracker.ledgers import LEDGERS
from tracker.schema.numbering import Pattern, gaps, unworded, worded
from tracker.schema.values import number_key, number_text

PATTERNS = (
    *(ledger.number_pattern for ledger in LEDGERS if ledger.number_pattern),
    "{year}{n:03d}",
    "{n}",
    "A-{n:04d}/{year}",
    "({year}){region}字第{n}号",
    "A0{n}",
    "第00{n}05号",
    "{year}-0{n:02d}",
)


@given(
    st.sampled_from(PATTERNS),
    st.sampled_from(("", "京怀", "ＡＢ")),
    st.integers(1949, 2199),
    st.integers(1, 10**8),
)
def test_a_proposed_number_is_counted_again(text: str, region: str, year: int, n: int) -> None:
    pattern = Pattern.of(text, region)
    number = pattern.number(year, n)
    key = number_key(number_text(number))
    assert number_text(number) == number
    assert pattern.counted(key, year) == n
    assert key.startswith(pattern.key_head(year))


def test_zeros_are_written_and_do_not_count() -> None:
    pattern = Pattern.of("{region}仲字[{year}]第{n:03d}号", "京怀")
    assert pattern.number(2020, 7) == "京怀仲字〔2020〕第007号"
    for written in ("京怀仲字〔2020〕第7号", "京怀仲字（2020）0007号", "京怀仲字 [２０２０] 第７号"):
        assert pattern.counted(number_key(number_text(written)), 2020) == 7


@pytest.mark.parametrize(
    "other",
    (
        "京怀仲字〔2021〕7号",
        "京密仲字〔2020〕7号",
        "京怀仲字〔2020〕7-1号",
        "京怀仲字〔2020〕号",
        "京怀仲字〔2020〕七号",
        "7",
        "",
    ),
)
def test_a_number_of_another_pattern_does_not_count(other: str) -> None:
    assert (
        Pattern.of("{region}仲字〔{year}〕{n}号", "京怀").counted(number_key(number_text(other)), 2020)
        is None
    )


@pytest.mark.parametrize(
    "wrong", ("", "京仲字〔{year}〕号", "{n}{n}", "{m}{n}", "{n", "{{n}}", "{year:02d}{n}", "{n:3d}")
)
def test_a_pattern_that_cannot_count_is_refused(wrong: str) -> None:
    with pytest.raises(UserError, match=r"\{序号\}"):
        Pattern.of(wrong)


@pytest.mark.parametrize(("given_numbers", "missing"), (((), ()), ((1, 2, 3), ()), ((2, 5, 5), (1, 3, 4))))
def test_gaps(given_numbers: tuple[int, ...], missing: tuple[int, ...]) -> None:
    assert gaps(given_numbers) == missing


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("text", PATTERNS)
def test_a_pattern_is_read_and_typed_in_the_language_in_use(text: str, language: str) -> None:
    i18n.use(language)
    assert unworded(worded(text)) == unworded(text) == text
    assert Pattern.of(worded(text), "京怀") == Pattern.of(text, "京怀")


def test_a_pattern_in_chinese_words() -> None:
    i18n.use("zh_CN")
    assert worded("{region}仲字〔{year}〕第{n:03d}号") == "{地区}仲字〔{年份}〕第{序号:03}号"
    assert unworded("{地区}{n}{旁}") == "{region}{n}{旁}"
