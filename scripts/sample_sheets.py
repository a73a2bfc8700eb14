"""Sheets of made-up disputes for pictures: in order, with the mistakes that clerks make, and as an office kept it."""

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


def write_old(path: Path) -> Path:
    """A ledger of an office's own: two-row headings, months on sheets, no numbers, words of its own."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    upper = [
        "序号",
        "收案日期",
        "立案时间",
        "申请人",
        None,
        "用人单位",
        "争议类型",
        "标的（万元）",
        "结案",
        None,
        "经办",
    ]
    lower = [None, None, None, "姓名", "电话", None, None, None, "时间", "形式", None]
    ways = ("仲裁调解书", "撤诉", "裁决", "和解结案", None)
    for month in (1, 2, 3):
        sheet = book.create_sheet(f"{month}月")
        sheet.append(["怀柔区劳动人事争议案件登记台账（2020年）"])
        sheet.append(upper)
        sheet.append(lower)
        for n in range(1, 9):
            people = ("王建国", "李秀英\n张伟", "刘 洋", "1.陈静2.赵磊")[n % 4]
            way = ways[n % 5]
            closed = f"{month + 1}月{n + 9}日" if way else None
            cause = ("工资", "工资、经济补偿金", "工伤", "未签合同双倍工资")[n % 4]
            firm = f"北京{FIRMS[n % 4]}有限公司"
            row = [
                n,
                f"{n + 1}日",
                f"{month}.{n + 3}",
                people,
                f"1380013800{n}",
                firm,
                cause,
                0.8 * n,
                closed,
                way,
                "陈立新",
            ]
            sheet.append(row)
        sheet.append(["合计", None, None, "8件"])
        sheet.append(["制表人：赵敏", None, None, None, None, "审核人：钱进"])
        for merge in ("A1:K1", "D2:E2", "I2:J2", *(f"{c}2:{c}3" for c in "ABCFGHK")):
            sheet.merge_cells(merge)
    book.save(path)
    return path
