"""Names are found by their initials and syllables, surnames by the way they are read as surnames."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from tracker import pinyin
from tracker.pinyin import HEAD, words

CHARACTERS = "张王李赵单曾仇解查尉迟三四五小明伟芳乐行长北京重庆银公司有限"


@pytest.mark.parametrize(
    ("name", "initials", "syllables"),
    (
        ("张三", "zs", "zhangsan"),
        ("单雄信", "sxx", "shanxiongxin"),
        ("曾国藩", "zgf", "zengguofan"),
        ("仇和", "qh", "qiuhe"),
        ("解晓东", "xxd", "xiexiaodong"),
        ("查良镛", "zly", "zhaliangyong"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("万俟卨", "mqx", "moqixie"),
        ("长孙无忌", "zswj", "zhangsunwuji"),
        ("令狐冲", "lhc", "linghuchong"),
        ("单于", "cy", "chanyu"),
        ("区小明", "oxm", "ouxiaoming"),
        ("朴成", "pc", "piaocheng"),
        ("任静", "rj", "renjing"),
        ("盖大", "gd", "geda"),
        ("吕布", "lb", "lvbu"),
        ("张乐", "zy", "zhangyue"),
        ("张乐", "zl", "zhangle"),
        ("重庆长城银行", "cqccyh", "chongqingchangchengyinhang"),
        ("长沙ABC（中国）公司", "csabczggs", "changshaabczhongguogongsi"),
    ),
)
def test_a_whole_name_is_found_by_how_it_is_read(name: str, initials: str, syllables: str) -> None:
    assert {HEAD + initials, HEAD + syllables, HEAD + pinyin.folded(name)} <= words(name)


def test_a_character_read_in_several_ways_at_the_beginning_is_found_by_each() -> None:
    assert {"^dxx", "^cxx", "^sxx"} <= words("单雄信")


def test_a_later_part_is_found_too_but_is_told_from_the_whole() -> None:
    assert {"wfkj", "kj", "keji", "weifangkeji"} <= words("北京伟芳科技")
    assert not {"^wfkj", "^weifangkeji", "ingweifangkeji", "j"} & words("北京伟芳科技")


@pytest.mark.parametrize("name", ("ABC 12", "O'Neil", "３楼", "", "（）", "😀"))
def test_what_has_no_pinyin_is_found_as_it_is_written(name: str) -> None:
    whole = pinyin.folded(name)
    assert (HEAD + whole in words(name)) == bool(whole)


@given(st.text(CHARACTERS, min_size=1, max_size=4), st.data())
def test_the_library_reading_finds_a_person_from_any_character_on(name: str, data: st.DataObject) -> None:
    syllables = lazy_pinyin(name)
    begin = data.draw(st.integers(0, len(name) - 1))
    head = "" if begin else HEAD
    assert head + "".join(syllables[begin:]) in words(name)
    if begin == 0 or begin < len(name) - 1:  # one letter alone would find everyone
        assert head + "".join(syllable[0] for syllable in syllables[begin:]) in words(name)


@given(st.text(max_size=30))
def test_no_name_is_an_error_and_no_word_has_white_space(name: str) -> None:
    assert not any(c.isspace() for one in words(name) for c in one)


@pytest.mark.parametrize(
    ("typed", "letters"),
    (("zs", "zs"), ("ZS", "zs"), ("xi'an", "xian"), ("lü", "lv"), ("张", ""), ("2020", ""), ("z-s", "")),
)
def test_what_is_typed_is_taken_for_letters(typed: str, letters: str) -> None:
    assert pinyin.typed(typed) == letters


def test_who_only_counts_does_not_load_the_readings() -> None:
    program = "import sys, tracker.cli, tracker.commands.looking; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
