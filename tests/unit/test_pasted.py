"""Cells copied from a spreadsheet: quoted ones with line breaks, marks that quote nothing, more than a table takes."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.attached.events import EVENTS
from tracker.attached.parties import PARTIES
from tracker.exchange import pasted
from tracker.exchange.headings import Names as HeadingNames
from tracker.exchange.tidy import line
from tracker.operations import cells, party_sheet
from tracker.schema.fields import Names, Text
from tracker.schema.ledger import Ledger

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


def test_other_names_are_declared_once_and_hold_in_sheets_lists_and_documents() -> None:
    for ledger, key, word in ((PARTIES, "address", "现住址"), (EVENTS, "happened_on", "日期")):
        assert word in ledger.field(key).also
        found = HeadingNames(ledger).find(word)
        assert found and found[0].key == key
    assert party_sheet.read("编号\t姓名\t现住址\n1\t张三\t迎宾路\n2\t李四\t开放路").unknown == ()
    one = party_sheet.read("姓名\t现住址\n张三\t迎宾路")
    assert one.rows == ({"name": "张三", "address": "迎宾路"},)


@pytest.mark.parametrize("ledger", [PARTIES, EVENTS], ids=lambda ledger: ledger.name)
def test_no_other_name_is_another_field_s(ledger: Ledger) -> None:
    words = HeadingNames(ledger)
    meant = {word: words.find(word) for field in ledger.inputs for word in field.also}
    wrong = {
        word: found and found[0].key
        for field in ledger.inputs
        for word in field.also
        if not (found := meant[word]) or found[0].key != field.key
    }
    assert wrong == {}


def test_cells_of_a_batch_are_spelled_as_their_fields_show_them() -> None:
    fields = (Names(key="who", label="Who"), Text(key="place", label="Place"))
    rows = cells.spelled(fields, [["1.张三\n2.李四", "怀柔区\n迎宾路", "beyond"], ["王五"]])
    assert rows == [{"who": "张三、李四", "place": line("怀柔区\n迎宾路")}, {"who": "王五"}]
