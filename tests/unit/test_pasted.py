"""Cells copied from a spreadsheet: quoted ones with line breaks, marks that quote nothing, more than a table takes."""

from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange import pasted
from tracker.exchange.tidy import line
from tracker.operations import batch, party_sheet
from tracker.schema.fields import Names, Text

CELLS = st.text('张三a" \n', max_size=6).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_spreadsheet_copies_is_read_as_it_was(rows: list[list[str]]) -> None:
    copied = StringIO()
    csv.writer(copied, delimiter="\t", lineterminator="\r\n").writerows(rows)
    assert [list(row) for row in pasted.read(copied.getvalue()).rows] == rows


def test_a_mark_that_nothing_closes_is_only_a_mark() -> None:
    assert pasted.read('"甲\t乙\n丙\t丁"').rows == (('"甲', "乙"), ("丙", '丁"'))


@given(st.integers(0, 30), st.integers(0, 30))
def test_what_is_left_out_is_counted(rows: int, most: int) -> None:
    found = pasted.read("\n".join(str(n) for n in range(rows)), most)
    assert (len(found.rows), found.left_out) == (min(rows, most), max(0, rows - most))


def test_people_beyond_what_the_table_takes_are_counted() -> None:
    found = party_sheet.read("姓名\n" + "\n".join(f"工人{n}号" for n in range(2500)))
    assert (len(found.rows), found.left_out) == (2000, 500)


def test_cells_of_a_batch_are_spelled_as_their_fields_show_them() -> None:
    fields = (Names(key="who", label="Who"), Text(key="place", label="Place"))
    rows = batch.spelled(fields, [["1.张三\n2.李四", "怀柔区\n迎宾路", "beyond"], ["王五"]])
    assert [[text for text, _fault in row] for row in rows] == [
        ["张三、李四", line("怀柔区\n迎宾路")],
        ["王五"],
    ]
