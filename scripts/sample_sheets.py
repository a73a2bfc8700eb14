"""Sheets of made-up disputes for pictures: one in order, one with the mistakes that clerks make."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

HEADINGS = (
    *("案号*", "申请日期*", "受理日期", "申请人*", "被申请人*", "涉及劳动者人数"),
    *("案由", "申请标的额(元)", "结案日期", "结案方式", "审限届满日", "经办科室"),
)
FIRMS = ["雁栖湖畔餐饮管理", "怀北建筑工程", "渤海物流", "红螺家政服务"]


def rows(count: int) -> list[list[object]]:
    """Rows below `HEADINGS`, all in order."""
    made: list[list[object]] = []
    for n in range(1, count + 1):
        day = date(2020, 1, 6) + timedelta(days=n)
        people = ("王建国", "李秀英、张伟", "刘洋", "陈静")[n % 4]
        cause = ("劳动报酬", "劳动报酬、经济补偿", "工伤待遇")[n % 3]
        closing = (day + timedelta(days=30), "调解") if n % 3 else (None, None)
        number, firm = f"京怀劳人仲字〔2020〕第{n}号", f"北京{FIRMS[n % 4]}有限公司"
        row = [number, day, day + timedelta(days=2), people, firm, n % 4 + 1, cause, 12_000.5 * n]
        made.append([*row, *closing, None, "一庭"])
    return made


def write(path: Path, *, wrong: bool) -> Path:
    """A sheet with a title above its headings; `wrong` puts mistakes into some rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2020年"
    listed = rows(40)
    if wrong:
        listed[3][8] = "2020-02-30"
        listed[7][8] = date(2020, 1, 2)
        listed[11][6] = "合同纠纷"
        listed[14][0] = listed[2][0]
        listed[20][4] = None
        listed[25][0] = None
        listed[30][7] = "一万二千元"
        listed[33][10] = date(2020, 2, 1)
    sheet.append(["2020 年劳动争议案件登记表"])
    sheet.merge_cells("A1:L1")
    sheet.append(list(HEADINGS))
    for row in listed:
        sheet.append(row)
    book.create_sheet("2019年").append(list(HEADINGS))
    book.save(path)
    return path
