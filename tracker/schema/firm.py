"""How the names of firms and bodies end, and what is only legal form: the one place that tells them from people's."""

from __future__ import annotations

import re

CERTAIN = (
    "公司", "厂", "集团", "事务所", "合作社", "超市", "酒店", "饭店", "医院", "学校", "中心", "经营部", "商行",
    "工作室",
)  # fmt: skip
"""Endings by which a column of names without a heading is told to be one of firms."""
USUAL = (*CERTAIN, "店", "部", "所", "院", "局", "处", "银行", "分行", "支行", "委员会", "酒楼")
"""Endings by which one name is told to be a firm's."""
POSSIBLE = (*USUAL, "社", "行", "馆", "队", "会", "园", "室", "场", "站", "坊", "吧", "个体户")
"""Endings that people's names have as well: only among names that stand apart for another reason."""
_BRANCH = r"(?:[(（].*[)）])?"
_COLUMN = re.compile(rf".{{2,}}(?:{'|'.join(CERTAIN)}){_BRANCH}")
_ONE_OF_MANY = re.compile(rf".*(?:{'|'.join(POSSIBLE)}|\))")
_REST = re.compile(r"(?:有限|股份|责任|合伙|公司|分公司|[(（])")
_FORM = re.compile(r"(?:股份|集团|控股)*(?:有限责任公司|有限公司|(?<!分)公司)$")


def in_a_column(name: str) -> bool:
    """Whether a cell of a column that nothing else tells is a firm's name for certain."""
    return _COLUMN.fullmatch(name) is not None


def is_firm(name: str) -> bool:
    """Whether a name by itself is a firm's or body's rather than a person's."""
    return name.endswith(USUAL)


def among_names(name: str) -> bool:
    """Whether a name in a list of names, perhaps with a bracket behind it, can be a firm's."""
    return _ONE_OF_MANY.fullmatch(name) is not None


def goes_on(line: str) -> bool:
    """Whether a line is the rest of the firm's name above it."""
    return _REST.match(line) is not None


def without_form(name: str) -> str:
    """A name without its legal form; a branch keeps its 分公司."""
    return _FORM.sub("", name)


__all__ = ["among_names", "goes_on", "in_a_column", "is_firm", "without_form"]
