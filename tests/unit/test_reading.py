"""Spreadsheets of every kind become rows; what is none is refused with a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracker.errors import UserError
from tracker.exchange import archives, headings, reading
from tracker.ledgers.disputes import DISPUTES

CELLS: list[list[object]] = [
    ["案号", "申请日期", "金额"],
    ["京怀劳人仲字〔2020〕第1号", date(2020, 1, 6), 1200.5],
    [None, None, None],
    ["二", "x", 3],
]


def made(folder: Path, rows: list[list[object]] = CELLS, name: str = "a.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def rows_of(path: Path, name: str | None = None) -> list[list[object]]:
    source = reading.recognise(path)
    return [list(row) for row in reading.read(source, name or source.names[0]).rows]


def test_cells_keep_their_types_and_rows_their_places(tmp_path: Path) -> None:
    rows = rows_of(made(tmp_path))
    assert rows[1] == ["京怀劳人仲字〔2020〕第1号", date(2020, 1, 6), 1200.5]
    assert len(rows) == 4 and not any(rows[2])


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_is_read_alike(
    tmp_path: Path, libreoffice: Callable[..., Path], kind: str
) -> None:
    converted = libreoffice(made(tmp_path), kind)
    rows = rows_of(converted)
    assert rows[1] == ["京怀劳人仲字〔2020〕第1号", date(2020, 1, 6), 1200.5]
    renamed = tmp_path / "b.et"
    renamed.write_bytes(converted.read_bytes())
    assert rows_of(renamed) == rows


def test_a_workbook_under_an_old_name_is_read(tmp_path: Path) -> None:
    path = made(tmp_path).rename(tmp_path / "old.xls")
    assert rows_of(path)[3][0] == "二"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = '案号,申请人\r\n一,"张三\r\n李四"\r\n\r\n二,"王""五"""\r\n'.replace(",", delimiter)
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert rows_of(path) == [["案号", "申请人"], ["一", "张三\r\n李四"], [], ["二", '王"五"']]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_below(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('案号,申请人\n一,张三\n二,"李四\n三,王五\n四,赵六\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"a\.csv.*3"):
        rows_of(path)


NOT_SHEETS = {
    "empty.xlsx": b"",
    "blank.csv": b"\xef\xbb\xbf \r\n\r\n",
    "words.xlsx": b"hello",
    "page.xls": b"<html><p>1</p></html>",
    "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "broken.xlsx": b"PK\x03\x04 and then nothing of a spreadsheet",
    "broken.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "secret.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", NOT_SHEETS)
def test_what_is_no_spreadsheet_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(NOT_SHEETS[name])
    with pytest.raises(UserError) as refused:
        rows_of(path)
    text = str(refused.value)
    assert name in text and text.endswith("。") and "\n" not in text


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.xlsx", tmp_path):
        with pytest.raises(UserError):
            reading.recognise(path)


def test_a_missing_sheet_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有.*Sheet"):
        rows_of(made(tmp_path), "甲")


def test_an_archive_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (101 * 1024**2))
    with pytest.raises(UserError, match=r"bomb\.xlsx"):
        reading.recognise(path)


def test_a_sheet_with_a_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    book.save(tmp_path / "wide.xlsx")
    with pytest.raises(UserError, match="16384"):
        rows_of(tmp_path / "wide.xlsx")


@pytest.mark.parametrize(
    "cell",
    (b'r="ZZZZ2"', b'r="B99999999"', b'r="XFD1048576"', b"r='XFD1048576'", b'r="B99999999999999999999"'),
)
def test_a_cell_that_its_row_does_not_tell_of_is_refused(tmp_path: Path, cell: bytes) -> None:
    """The reader would ask for more memory than there is, which ends the program."""
    with zipfile.ZipFile(made(tmp_path)) as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'r="B2"', cell))
    with pytest.raises(UserError, match=r"b\.xlsx|16384"):
        rows_of(tmp_path / "b.xlsx")


def test_an_archive_with_a_locked_part_is_refused(tmp_path: Path) -> None:
    data = bytearray(made(tmp_path).read_bytes())
    listed = data.rfind(b"xl/worksheets/sheet1.xml")  # in the archive's list of its parts
    data[listed - 46 + 8] |= 1
    (tmp_path / "b.xlsx").write_bytes(data)
    with pytest.raises(UserError, match=r"b\.xlsx"):
        rows_of(tmp_path / "b.xlsx")


def test_cells_with_errors_are_found(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C5"] = "#DIV/0!"
    sheet["C5"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    assert archives.errors(tmp_path / "a.xlsx", "Sheet", lambda: None) == {(4, 2): "#DIV/0!"}


@pytest.mark.parametrize(
    "heading",
    ["case_no", "案号", "Case no.", " 案 号 ", "案\n号", "＊案号", "案号*", "案号（必填）", "CASE_NO"],
)
def test_headings_however_written(heading: str) -> None:
    mapping = headings.find(DISPUTES, [["登记表"], [], ["科室", heading, "申请日期"]])
    assert mapping and mapping.row == 2 and mapping.unknown == ("科室",)
    assert [(c.field.key, c.index) for c in mapping.columns] == [("case_no", 1), ("applied_on", 2)]


def test_units_in_headings() -> None:
    mapping = headings.find(
        DISPUTES, [["案号", "申请标的额（元）", "结案金额(万元)", "审限届满日", "对接调解组织"]]
    )
    assert mapping and [(c.field.key, c.scale) for c in mapping.columns[1:]] == [
        ("claim_amount", 1),
        ("settled_amount", 10_000),
        ("organisation", 1),
    ]
    assert [c.field.key for c in mapping.compared] == ["due_on"]


def test_rows_without_headings_have_no_mapping() -> None:
    assert headings.find(DISPUTES, [["一", "二"], ["三", "四"]]) is None
