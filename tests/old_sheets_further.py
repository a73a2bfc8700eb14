"""More of the corpus of old sheets: what sheets unlike the first ones showed to be read wrongly, or without a word."""

from __future__ import annotations

import base64
from datetime import date
from itertools import zip_longest
from pathlib import Path

from tests.old_sheets import ALL, HEADS, TITLE, A, B, C, Record, Sheet, dotted, usual, without
from tests.sheet_makers import Convert, page, text, xlsx

Rows = list[list[object]]


def wide(*cells: object) -> list[object]:
    """A row as long as the headings."""
    return [cell for cell, _head in zip_longest(cells, HEADS)]


def about_closing(folder: Path, _to: Convert) -> Path:
    """An upper heading that ends in 情况 and lower ones that may be of anything."""
    upper = [*HEADS[:4], "申请人情况", None, *HEADS[5:8], "结案情况", None]
    lower = [None, None, None, None, "姓名", "电话", None, None, None, "时间", "方式"]
    rows = [[*r[:5], "13812345678", *r[5:]] for r in usual()]
    merges = ["E1:F1", "J1:K1", *(f"{c}1:{c}2" for c in "ABCDGHI")]
    return xlsx(folder / "a.xlsx", [upper, lower, *rows], merges)


def of_something_else(folder: Path, _to: Convert) -> Path:
    """Days and amounts of 送达 and 反申请, which are not the case's own."""
    upper = ["送达", None, "反申请", None, *HEADS]
    lower = ["日期", "方式", "金额", "人数", *[None] * len(HEADS)]
    rows = [["2019.1.1", "邮寄", 5, 9, *r] for r in usual(dotted)]
    merges = ["A1:B1", "C1:D1", *(f"{c}1:{c}2" for c in "EFGHIJKLMN")]
    return xlsx(folder / "a.xlsx", [upper, lower, *rows], merges)


def other_brackets(folder: Path, _to: Convert) -> Path:
    heads = [
        *HEADS[:4],
        "*申请人【姓名】",
        "被申请人〔单位〕",
        "案　由",
        "标的额【元】",
        "结案时间：",
        "结案形式\n(下拉选择)",
    ]
    return xlsx(folder / "a.xlsx", [heads, *usual()])


def unseen_signs(folder: Path, _to: Convert) -> Path:
    """Signs of no width, as text brings them that was copied from a page."""
    rows = [
        [f"\ufeff{c[:1]}\u200b{c[1:]}\u00a0" if isinstance(c, str) else c for c in r] for r in usual(dotted)
    ]
    return xlsx(folder / "a.xlsx", [[f"{word}\u200b" for word in HEADS], *rows])


def no_records(folder: Path, _to: Convert) -> Path:
    """Rows that only number the columns, give an example, carry sums over to the next page or say that no more come."""
    numbered: list[object] = [n + 1 for n in range(len(HEADS))]
    example = ["例", "京怀劳人仲字〔2019〕第9号", "2019.1.1", "2019.1.2", "张某", "某公司", "工资", 100]
    r = usual(dotted)
    rows = [
        HEADS,
        numbered,
        wide(*example),
        r[0],
        wide("过次页", None, None, None, None, None, None, 12000),
        HEADS,
    ]
    rows += [wide("承前页"), r[1], r[2], wide("计", None, None, None, "3人"), wide("（以下空白）")]
    return xlsx(folder / "a.xlsx", rows)


def row_of_units(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, wide(*[None] * 7, "元"), *usual()])


def loose_days(folder: Path, _to: Convert) -> Path:
    days = iter(
        [
            "2020.1.3.",
            "2020年 1 月 6 日",
            "'20.2.10",
            "2020.1.8，",
            "2020年1月10日 ",
            "’20.3.2",
            "2020年2.11",
            "20.2.13",
        ]
    )
    return xlsx(folder / "a.xlsx", [HEADS, *usual(lambda _day: next(days))])


def pipes(folder: Path, _to: Convert) -> Path:
    return text(folder / "a.csv", [HEADS, *usual()], "utf-8", "|")


def utf_16(folder: Path, _to: Convert) -> Path:
    """Without a mark, as some databases write it."""
    return text(folder / "a.csv", [HEADS, *usual()], "utf-16-be", "\t")


def page_in_one_file(folder: Path, _to: Convert) -> Path:
    """A web page saved with its parts, under the name of a workbook."""
    inner = page(folder / "b.htm", [HEADS, *usual()]).read_bytes()
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=_a"\n\n--=_a\nContent-Type: text/html\n'
    body = f"{head}Content-Transfer-Encoding: base64\n\n{base64.encodebytes(inner).decode()}\n--=_a--\n"
    (folder / "a.xls").write_text(body)
    return folder / "a.xls"


def closed_and_open(folder: Path, _to: Convert) -> Path:
    """Open cases on a sheet of their own, which lacks what only closed ones have."""
    r = usual()
    return xlsx(folder / "a.xlsx", {"已结": [HEADS, *r[:2]], "未结": [HEADS[:6], r[2][:6]]})


def year_told_once(folder: Path, _to: Convert) -> Path:
    r = usual(lambda day: f"{int(day[5:7])}月{int(day[8:])}日")
    return xlsx(folder / "a.xlsx", {"1月": [TITLE, HEADS, *r[:2]], "2月": [HEADS, r[2]]})


def more_people(folder: Path, _to: Convert) -> Path:
    """One case over two rows without merges, each applicant with an amount."""
    r = usual()
    second = wide(None, None, None, None, "王五", None, None, 5000)
    rows = [r[0], [*r[1][:4], "李四", *r[1][5:7], 30000, *r[1][8:]], second, r[2]]
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def plain_beats_more(folder: Path, _to: Convert) -> Path:
    """A heading that says more in brackets stands before the plain one."""
    heads = [*HEADS[:7], "涉案金额（含社保）", "标的额（仅工资）", *HEADS[7:]]
    return xlsx(folder / "a.xlsx", [heads, *([*r[:7], 1, 2, *r[7:]] for r in usual())])


def counted_in_words(folder: Path, _to: Convert) -> Path:
    rows = usual(names="李四等十二人")
    rows[0][4] = "张三（男，农民工）"
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def words_in_brackets(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[0][9], rows[1][9], rows[1][6] = "裁决（终局）", "裁决(非终局)", "1、解除劳动合同；2、经济补偿"
    rows[2][8], rows[2][9] = "未结", "未结案"
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def table_below(folder: Path, _to: Convert) -> Path:
    """A second table whose days stand in another order."""
    r = usual()
    moved = [[*row[:2], row[3], row[2], *row[4:]] for row in (HEADS, r[2])]
    return xlsx(folder / "a.xlsx", [HEADS, *r[:2], [], *moved])


def formula_without_result(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[0][7] = "=10000+2000"
    return xlsx(
        folder / "a.xlsx", [HEADS, *rows, wide("合计", None, None, None, None, None, None, "=SUM(H2:H4)")]
    )


def number_as_day(folder: Path, _to: Convert) -> Path:
    """2020-1 as a case number: the spreadsheet made a day of it."""
    rows = usual()
    rows[0][1] = date(2020, 1, 1)
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def odd_amounts(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[0][7], rows[1][7], rows[2][7] = "1,2000", "1200 500", "3,5万"
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


COUNTED: list[Record] = [A, {**B, "applicant": "李四等十二人", "workers": 12}, C]
COUNTED[0] = {**A, "applicant": "张三（男，农民工）"}
FURTHER: tuple[Sheet, ...] = (
    Sheet("upper headings that end in 情况", about_closing, ALL),
    Sheet("days and amounts of something else", of_something_else, ALL),
    Sheet("headings with other brackets", other_brackets, ALL),
    Sheet("signs of no width", unseen_signs, ALL),
    Sheet("rows that are no records", no_records, ALL),
    Sheet("a row of units", row_of_units, ALL),
    Sheet("days with stops and loose spaces", loose_days, ALL),
    Sheet("text parted by |", pipes, ALL),
    Sheet("UTF-16 without a mark", utf_16, ALL),
    Sheet("a web page with its parts as .xls", page_in_one_file, ALL),
    Sheet("open cases on a sheet of their own", closed_and_open,
          [A, B, without(C, "cause", "claim_amount")]),
    Sheet("a year told on the first sheet", year_told_once, ALL),
    Sheet("more people below a case", more_people, ALL),
    Sheet("a plain heading behind ones that say more", plain_beats_more, ALL),
    Sheet("people counted in words", counted_in_words, COUNTED),
    Sheet("words with more in brackets", words_in_brackets, [{**A, "closing_method": "final_award"}, B, C]),
    Sheet("another table below", table_below, [A, B], problems=[(5, "")]),
    Sheet("a formula without its result", formula_without_result, [B, C], problems=[(2, "claim_amount")]),
    Sheet("a number turned into a day", number_as_day, [B, C], problems=[(2, "case_no")]),
    Sheet("amounts that may be two", odd_amounts, [], problems=[(n, "claim_amount") for n in (2, 3, 4)]),
)  # fmt: skip
