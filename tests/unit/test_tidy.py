"""Cells as offices fill them in."""

from __future__ import annotations

import pytest

from tracker.exchange import tidy


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("李四 王五、赵六", "李四、王五、赵六"),
        ("李四、王五 赵六等12人", "李四、王五、赵六等12人"),
        ("张 三、李四", "张三、李四"),
        ("张三 、 李四", "张三、李四"),
        ("王 五", "王五"),
        ("北京 甲公司", "北京甲公司"),
        ("甲公司 乙公司", "甲公司、乙公司"),
        ("北京 甲公司；上海 乙公司", "北京甲公司；上海乙公司"),
    ],
)
def test_names_stand_apart_as_they_were_meant(written: str, meant: str) -> None:
    assert tidy.names(written) == meant
