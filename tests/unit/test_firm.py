"""What tells a firm's name from a person's: one list of endings, asked with more or less caution."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tracker
from tracker.operations.combining import core_name
from tracker.operations.parties import kind_of
from tracker.schema import firm


@pytest.mark.parametrize(
    ("name", "column", "alone", "listed"),
    [
        ("北京甲建筑有限公司", True, True, True),
        ("北京甲建筑有限公司(怀柔分公司)", True, False, True),
        ("怀柔区便民超市", True, True, True),
        ("中国工商银行怀柔支行", False, True, True),
        ("李园", False, False, True),
        ("张三", False, False, False),
    ],
)
def test_with_more_or_less_caution(name: str, column: bool, alone: bool, listed: bool) -> None:
    assert (firm.in_a_column(name), firm.is_firm(name), firm.among_names(name)) == (column, alone, listed)
    assert kind_of(name) == ("firm" if alone else "person")


def test_the_legal_form_is_no_part_of_the_name_but_a_branch_is() -> None:
    assert core_name("北京甲建筑有限责任公司") == core_name("甲建筑公司")
    assert firm.without_form("甲建筑有限公司怀柔分公司") == "甲建筑有限公司怀柔分公司"
    assert firm.goes_on("有限公司") and not firm.goes_on("乙公司")


def test_no_other_list_of_endings() -> None:
    root = Path(tracker.__file__).parent
    lists = re.compile(r"公司\|\w|\w\|公司")
    found = [p.name for p in root.rglob("*.py") if lists.search(p.read_text(encoding="utf-8"))]
    assert found == ["firm.py"]
