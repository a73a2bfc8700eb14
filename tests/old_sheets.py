"""A corpus of ledgers that no one designed for this program, each with the records that a careful clerk would read in it.

Every maker writes one file; `records` are the values as the file keeps them, without the number where the sheet has
none. Others will bring sheets that are not here: `tests/unit/test_old_sheets.py` also changes these at random.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tests.sheet_makers import Convert, page, renamed, text, xls, xlsx, xml2003
from tracker.operations import importing, sheets
from tracker.operations.importing import Plan
from tracker.operations.office import Office
from tracker.operations.sheet_rows import Intent
from tracker.schema.fields import Value

Record = dict[str, Value]
Make = Callable[[Path, Convert], Path]


@dataclass(frozen=True)
class Sheet:
    """One file: who makes it, for which ledger, and what is to be read in it."""

    name: str
    make: Make
    records: list[Record]
    ledger: str = "disputes"
    numbered: bool = True
    problems: list[tuple[int, str]] = field(default_factory=list)
    """Row and field of what cannot be read."""
    office: bool = False
    """Whether LibreOffice makes it."""


def plan_of(office: Office, path: Path, ledger: str = "disputes", *, invent: bool = False) -> Plan:
    """What importing a file would do; with `invent` its records get numbers."""
    of = office.catalogue.by_name[ledger]
    return importing.make_plan(office, of, sheets.survey(office, of, path), Intent(invent=invent))


A: Record = {
    "case_no": "京怀劳人仲字〔2020〕第1号", "applied_on": "2020-01-03", "accepted_on": "2020-01-06", "applicant": "张三",
    "respondent": "北京甲建筑有限公司", "cause": "remuneration", "claim_amount": 1_200_000, "closed_on": "2020-02-10",
    "closing_method": "mediation",
}  # fmt: skip
B: Record = {
    "case_no": "京怀劳人仲字〔2020〕第2号", "applied_on": "2020-01-08", "accepted_on": "2020-01-10",
    "applicant": "李四、王五", "workers": 2, "respondent": "北京乙餐饮有限公司", "cause": "dismissal;compensation",
    "claim_amount": 3_500_000, "closed_on": "2020-03-02", "closing_method": "award",
}  # fmt: skip
C: Record = {
    "case_no": "京怀劳人仲字〔2020〕第3号", "applied_on": "2020-02-11", "accepted_on": "2020-02-13", "applicant": "赵六",
    "respondent": "北京丙物流有限公司", "cause": "work_injury", "claim_amount": 860_050,
}  # fmt: skip
ALL = [A, B, C]
HEADS = [
    "序号",
    "案号",
    "收案日期",
    "立案时间",
    "申请人",
    "被申请人",
    "案由",
    "标的额",
    "结案时间",
    "结案形式",
]
FIRMS = ["北京甲建筑有限公司", "北京乙餐饮有限公司", "北京丙物流有限公司"]
NUMBERS = [f"京怀劳人仲字〔2020〕第{n}号" for n in (1, 2, 3)]


def without(record: Record, *keys: str) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def unnumbered(*records: Record) -> list[Record]:
    return [without(record, "case_no") for record in records]


def usual(
    days: Callable[[str], object] = date.fromisoformat, *, names: str = "李四、王五"
) -> list[list[object]]:
    """The rows below HEADS, their days written as `days` does."""
    return [
        [1, NUMBERS[0], days("2020-01-03"), days("2020-01-06"), "张三", FIRMS[0], "劳动报酬", 12000, days("2020-02-10"), "调解"],
        [2, NUMBERS[1], days("2020-01-08"), days("2020-01-10"), names, FIRMS[1], "解除劳动合同、经济补偿", 35000,
         days("2020-03-02"), "裁决"],
        [3, NUMBERS[2], days("2020-02-11"), days("2020-02-13"), "赵六", FIRMS[2], "工伤", 8600.5, None, None],
    ]  # fmt: skip


def dotted(day: str) -> str:
    year, month, of = map(int, day.split("-"))
    return f"{year}.{month}.{of}"


def chinese(day: str) -> str:
    year, month, of = map(int, day.split("-"))
    return f"{year}年{month}月{of}日"


def american(day: str) -> str:
    year, month, of = map(int, day.split("-"))
    return f"{month}/{of}/{year % 100:02d}"


def serial(day: str) -> int:
    return (date.fromisoformat(day) - date(1899, 12, 30)).days


def mixed(day: str) -> object:
    """Each day in another way."""
    ways: list[Callable[[str], object]] = [
        dotted, chinese, lambda d: d.replace("-", ""), date.fromisoformat, serial, lambda d: str(serial(d)),
        lambda d: d.replace("-", "/"),
    ]  # fmt: skip
    return ways[sum(map(ord, day)) % len(ways)](day)


TITLE = ["2020年劳动人事争议案件登记台账"]


def title_above(folder: Path, _to: Convert) -> Path:
    rows = [TITLE, ["填报单位：怀柔区仲裁院", None, None, "填报日期：2020年12月31日"], [], HEADS, *usual()]
    return xlsx(folder / "a.xlsx", rows, ["A1:J1"])


def two_rows(folder: Path, _to: Convert) -> Path:
    upper = [
        "序号",
        "案号",
        "收案日期",
        "立案时间",
        "申请人",
        None,
        "被申请人",
        None,
        "案由",
        "标的额",
        "结案",
        None,
    ]
    lower = [None, None, None, None, "姓名", "电话", "名称", "法定代表人", None, None, "时间", "方式"]
    rows = [[*r[:4], r[4], "13812345678", r[5], "陈总", *r[6:]] for r in usual()]
    merges = ["A1:L1", "E2:F2", "G2:H2", "K2:L2", *(f"{c}2:{c}3" for c in "ABCDIJ")]
    return xlsx(folder / "a.xlsx", [TITLE, upper, lower, *rows], merges)


def known_above(folder: Path, _to: Convert) -> Path:
    """The upper headings alone would name fields too: 当事人 both parties, 结案情况 how a case was closed."""
    upper = ["序号", "案号", "收案日期", "立案时间", "当事人", None, "案由", "标的额", "结案情况", None]
    lower = [None, None, None, None, "申请人", "被申请人", None, None, "结案日期", "结案形式"]
    merges = ["A1:J1", "E2:F2", "I2:J2", *(f"{c}2:{c}3" for c in "ABCDGH")]
    return xlsx(folder / "a.xlsx", [TITLE, upper, lower, *usual()], merges)


def only_parties_above(folder: Path, _to: Convert) -> Path:
    """Taken for the headings, either row would name as many fields."""
    upper = ["案号", "收案日期", "立案时间", "当事人", None, "案由", "标的额", "结案时间", "结案形式"]
    lower = [None, None, None, "申请人", "被申请人"]
    merges = ["D1:E1", *(f"{c}1:{c}2" for c in "ABCFGHI")]
    return xlsx(folder / "a.xlsx", [upper, lower, *(row[1:] for row in usual())], merges)


def two_rows_text(folder: Path, _to: Convert) -> Path:
    upper = [
        "序号",
        "案号",
        "收案日期",
        "立案时间",
        "申请人",
        None,
        "被申请人",
        None,
        "案由",
        "标的额",
        "结案",
        None,
    ]
    lower = [None, None, None, None, "姓名", "电话", "名称", "法定代表人", None, None, "时间", "方式"]
    rows = [[*r[:4], r[4], "13812345678", r[5], "陈总", *r[6:]] for r in usual(dotted)]
    return text(folder / "a.csv", [TITLE, upper, lower, *rows])


def two_rows_old(folder: Path, _to: Convert) -> Path:
    upper = ["案号", "申请人", "被申请人", "日期", None, None, "案由", "标的额（元）", "结案方式"]
    lower = [None, None, None, "收案", "立案", "结案", None, None, None]
    rows = [[r[1], r[4], r[5], r[2], r[3], r[8], r[6], r[7], r[9]] for r in usual()]
    merges = [(0, 0, 0, 8), (1, 1, 3, 5), *((1, 2, c, c) for c in (0, 1, 2, 6, 7, 8))]
    return xls(folder / "a.xls", [[*TITLE, *[None] * 8], upper, lower, *rows], merges)


def other_names(folder: Path, _to: Convert) -> Path:
    heads = [
        "编号",
        "收件日期",
        "受理时间",
        "申诉人",
        "用人单位",
        "争议类型",
        "涉案金额",
        "审结日期",
        "处理结果",
    ]
    return xlsx(folder / "a.xlsx", [heads, *(r[1:] for r in ([r[0], r[1], *r[2:]] for r in usual()))])


def parties(folder: Path, _to: Convert) -> Path:
    heads = ["案件编号", "当事人", "收案时间", "立案日期", "案由", "申请标的", "结案日期", "结案方式"]
    told = ["张三诉北京甲建筑有限公司", "李四、王五诉北京乙餐饮有限公司", "赵六与北京丙物流有限公司劳动争议"]
    rows = [[r[1], told[n], r[2], r[3], r[6], r[7], r[8], r[9]] for n, r in enumerate(usual())]
    return xlsx(folder / "a.xlsx", [heads, *rows])


def totals_between(folder: Path, _to: Convert) -> Path:
    r = usual()
    rows = [
        TITLE, HEADS, r[0], r[1], ["1月小计", None, None, None, None, None, None, 47000], [], HEADS, r[2],
        [None, "合  计", None, None, "3人", None, None, 55600.5], ["制表人：赵敏", None, None, "审核：钱进"],
        ["注：本表含未结案件。"],
    ]  # fmt: skip
    return xlsx(folder / "a.xlsx", rows, ["A1:J1"])


def months(folder: Path, _to: Convert) -> Path:
    """Months on sheets of their own, days without month and year."""
    heads = ["序号", "案号", "收案日期", "立案日期", "申请人", "被申请人", "案由", "标的额"]
    r = usual()
    january = [[1, *r[0][1:2], "3日", "6日", *r[0][4:8]], [2, *r[1][1:2], "8", 10, *r[1][4:8]]]
    february = [[1, *r[2][1:2], "2.11", "2月13日", *r[2][4:8]]]
    title = ["怀柔区2020年劳动争议案件台账"]
    book = {
        "1月": [title, heads, *january, ["合计", None, "2件"]],
        "2月": [title, heads, *february],
        "说明": [["本台账由仲裁院填写"]],
    }
    return xlsx(folder / "a.xlsx", book)


def months_old(folder: Path, _to: Convert) -> Path:
    r = usual()
    book = {
        "2020年1月": [HEADS, r[0], r[1]],
        "2020年2月": [[*HEADS[:2], HEADS[3], HEADS[2], *HEADS[4:]], [*r[2][:2], r[2][3], r[2][2], *r[2][4:]]],
    }
    return renamed(xls(folder / "a.xls", book), "b.et")


def dots(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(dotted)])


def chinese_days(folder: Path, _to: Convert) -> Path:
    return text(folder / "a.csv", [TITLE, [], HEADS, *usual(chinese)], "utf-8-sig")


def digits(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(lambda day: int(day.replace("-", "")))])


def slashes(folder: Path, _to: Convert) -> Path:
    return text(folder / "a.csv", [HEADS, *usual(american)], "gb18030")


def serials(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(lambda day: str(serial(day)))])


def every_way(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(mixed)])


def full_width(folder: Path, _to: Convert) -> Path:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    rows = [[cell.translate(wide) if isinstance(cell, str) else str(cell).translate(wide) if isinstance(cell, int | float) else cell
             for cell in row] for row in usual(lambda day: day.replace("-", "."))]  # fmt: skip
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def no_year(folder: Path, _to: Convert) -> Path:
    def short(day: str) -> str:
        return f"{int(day[5:7])}月{int(day[8:])}日"

    return xlsx(folder / "a.xlsx", [TITLE, HEADS, *usual(short)], ["A1:J1"])


def amounts(folder: Path, _to: Convert) -> Path:
    rows = usual()
    for row, amount in zip(rows, ("1.2万", "人民币35,000元整", "￥8600.50"), strict=True):
        row[7] = amount
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def amounts_in_title(folder: Path, _to: Convert) -> Path:
    rows = usual()
    for row, amount in zip(rows, (1.2, "3.5", 0.86005), strict=True):
        row[7] = amount
    return xlsx(
        folder / "a.xlsx",
        [TITLE, ["填报单位：仲裁院", None, None, None, None, None, None, "单位：万元"], HEADS, *rows],
    )


def amounts_in_heading(folder: Path, _to: Convert) -> Path:
    heads = [*HEADS[:7], "标的额（万元）", *HEADS[8:]]
    rows = usual()
    for row, amount in zip(rows, (1.2, "35000元", "0.86005"), strict=True):
        row[7] = amount
    return xlsx(folder / "a.xlsx", [heads, *rows])


def names_in_lines(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(names="1.李四\n2.王五")])


def names_spaced(folder: Path, _to: Convert) -> Path:
    rows = usual(names="李  四 ， 王五")
    rows[0][4], rows[2][5] = "张　三", "北京丙物流\n有限公司"
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def names_and_more(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [HEADS, *usual(names="李四 王五等12人")])


def merged_records(folder: Path, _to: Convert) -> Path:
    """One case over several rows, an applicant in each."""
    r = usual()
    second = [None, None, None, None, "王五", None, None, None, None, None]
    first = [*r[1][:4], "李四", *r[1][5:]]
    merges = [f"{c}3:{c}4" for c in "ABCDFGHIJ"]
    return xlsx(folder / "a.xlsx", [HEADS, r[0], first, second, r[2]], merges)


def merged_firm(folder: Path, _to: Convert) -> Path:
    """One firm merged over the cases against it."""
    rows = usual()
    rows[1][5] = None
    return xls(folder / "a.xls", [HEADS, *rows], [(1, 2, 5, 5)])


def ditto(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[1][5] = "同上"
    return text(folder / "a.csv", [HEADS, *rows], "utf-16", "\t")


def semicolons(folder: Path, _to: Convert) -> Path:
    return text(folder / "a.txt", [TITLE, HEADS, *usual()], "utf-8", ";")


def web_page(folder: Path, _to: Convert) -> Path:
    return page(folder / "a.xls", [TITLE, HEADS, *usual()], "gb2312", {(0, 0): 'colspan="10"'})


def web_page_merged(folder: Path, _to: Convert) -> Path:
    upper = ["序号", "案号", "收案日期", "立案时间", "申请人", ..., "被申请人", "案由", "标的额", "结案", ...]
    lower = [..., ..., ..., ..., "姓名", "电话", ..., ..., ..., "时间", "方式"]
    rows = [[*r[:5], "13812345678", *r[5:]] for r in usual(chinese)]
    spans = {(0, c): 'rowspan="2"' for c in (0, 1, 2, 3, 6, 7, 8)} | {(0, c): 'colspan="2"' for c in (4, 9)}
    return page(folder / "a.xls", [upper, lower, *rows], "utf-8", spans)


def xml_book(folder: Path, _to: Convert) -> Path:
    return xml2003(folder / "a.xls", {"台账": [TITLE, [], HEADS, *usual()]})


def misnamed_new(folder: Path, _to: Convert) -> Path:
    return renamed(xlsx(folder / "a.xlsx", [HEADS, *usual()]), "旧表.xls")


def misnamed_old(folder: Path, _to: Convert) -> Path:
    return renamed(xls(folder / "a.xls", [HEADS, *usual()]), "新表.xlsx")


def misnamed_text(folder: Path, _to: Convert) -> Path:
    return renamed(text(folder / "a.csv", [HEADS, *usual()], "gb18030", "\t"), "导出.xls")


def opened(folder: Path, to: Convert) -> Path:
    return to(two_rows(folder, to), "xls")


def opened_ods(folder: Path, to: Convert) -> Path:
    return to(title_above(folder, to), "ods")


def opened_again(folder: Path, to: Convert) -> Path:
    return to(two_rows_old(folder, to), "xlsx")


def damaged_numbers(folder: Path, _to: Convert) -> Path:
    heads = ["姓名", "身份证号码", "手机", "人员类别", "工号"]
    rows = [
        ["张三", 440981199001011234, 13812345678, "仲裁员", "001"], ["李四", "4.40981E+17", "138-1234-5678", "书记员", "002"],
        ["王五", "440981199001010000", 13912345678.0, "监察员", "003"], ["赵六", "11010519491231002X", None, "调解员", "004"],
    ]  # fmt: skip
    return xlsx(folder / "a.xlsx", [["人员名册"], heads, *rows])


OFFICERS: list[Record] = [
    {"name": "张三", "phone": "13812345678", "roles": "arbitrator", "officer_no": "001"},
    {"name": "李四", "phone": "138-1234-5678", "roles": "clerk", "officer_no": "002"},
    {"name": "王五", "phone": "13912345678", "roles": "officer", "officer_no": "003"},
    {"name": "赵六", "id_number": "11010519491231002X", "roles": "mediator", "officer_no": "004"},
]

PETITIONS: list[Record] = [
    {"received_on": "2020-01-03", "channel": "visit", "petitioner": "张三、李四", "persons": 5, "subject": "wages", "repeated": 0,
     "handler": "赵敏", "closed_on": "2020-01-20"},
    {"received_on": "2020-01-06", "channel": "hotline", "petitioner": "王五", "subject": "pension", "repeated": 1, "handler": "钱进"},
]  # fmt: skip


def petitions(folder: Path, _to: Convert) -> Path:
    heads = [
        "序号",
        "接件时间",
        "信访方式",
        "信访人姓名",
        "来访人数",
        "反映问题类别",
        "是否重复",
        "经办人",
        "办结时间",
    ]
    rows: list[list[object]] = [
        [1, datetime(2020, 1, 3), "走访", "张三\n李四", "5人", "劳动工资类", "×", "赵敏", "2020.1.20"],
        [2, datetime(2020, 1, 6), "12345", "王五", None, "养老保险类", "√", "钱进", "—"],
        ["本月合计", None, None, "2件"],
    ]
    return xlsx(folder / "a.xlsx", [["怀柔区人力社保局信访台账（2020年）"], heads, *rows], ["A1:I1"])


def petitions_page(folder: Path, _to: Convert) -> Path:
    heads = ["接件时间", "信访方式", "来访人", "人数", "举报类型", "重复件", "责任人", "办结时间"]
    rows: list[list[object]] = [
        ["2020-01-03 09:30:00", "来访", "张三，李四", 5, "工资", "否", "赵敏", "2020-01-20 17:00:00"],
        ["2020-01-06 10:00:00", "热线", "王五", "", "养老保险", "是", "钱进", ""],
    ]
    return page(folder / "export.xls", [heads, *rows], "utf-8")


INSPECTIONS: list[Record] = [
    {"record_no": "1", "checked_on": "2020-05-06T09:30", "place": "雁栖大街1号", "officers": "张三、李四", "kind": "routine", "joint": 0,
     "target": "北京甲建筑有限公司", "items": "工资支付", "finding": "none", "workers": 35},
    {"record_no": "2", "checked_on": "2020-05-07T14:00", "place": "怀北镇", "officers": "张三、李四", "kind": "special", "joint": 1,
     "target": "北京乙餐饮有限公司", "items": "劳动合同", "finding": "rectify", "contracts_signed": 12, "workers": 80},
]  # fmt: skip


def inspections(folder: Path, _to: Convert) -> Path:
    heads = [
        "编号",
        "检查日期",
        "检查地点",
        "检查人员",
        "检查方式",
        "是否联合",
        "被检查单位",
        "检查内容",
        "处理情况",
        "检查情况",
        "补签合同",
        "职工人数",
    ]
    rows: list[list[object]] = [
        [
            "1",
            "2020年5月6日上午9时30分",
            "雁栖大街1号",
            "张三 李四",
            "日常检查",
            "□是 ☑否",
            "北京甲建筑有限公司",
            "工资支付",
            "无",
            "未发现问题",
            "/",
            "35人",
        ],
        [
            "2",
            "2020年5月7日下午2点",
            "怀北镇",
            "张三，李四",
            "专项检查",
            "☑是 □否",
            "北京乙餐饮有限公司",
            "劳动合同",
            "责改",
            "责令改正",
            "12份",
            "80",
        ],
    ]
    return xls(folder / "a.xls", [["执法检查登记表", *[None] * 11], heads, *rows], [(0, 0, 0, 11)])


ARREARS: list[Record] = [
    {"received_on": "2020-03-02", "filed_on": "2020-03-04", "source": "clue_platform", "employer": "北京甲建筑有限公司", "project": "雁栖工地",
     "workers": 12, "owed_amount": 35_000_000, "migrant": 1, "closed_on": "2020-03-20", "outcome": "paid", "recovered_amount": 35_000_000},
    {"received_on": "2020-03-09", "source": "complaint", "employer": "北京乙餐饮有限公司", "workers": 3, "owed_amount": 4_500_000, "migrant": 0},
]  # fmt: skip


def arrears(folder: Path, _to: Convert) -> Path:
    heads = [
        "序号",
        "线索收到日期",
        "立案日期",
        "线索来源",
        "欠薪企业",
        "项目名称",
        "拖欠人数",
        "拖欠金额（万元）",
        "是否农民工",
        "办结日期",
        "办理结果",
        "追回工资(元)",
    ]
    rows: list[list[object]] = [
        [
            1,
            "2020/3/2",
            "2020/3/4",
            "全国根治欠薪线索反映平台",
            "北京甲建筑有限公司",
            "雁栖工地",
            "12人",
            35,
            "是",
            "2020/3/20",
            "已支付",
            "350,000.00",
        ],
        [2, "2020/3/9", "", "投诉举报", "北京乙餐饮有限公司", "", 3, 4.5, "否", "", "", ""],
        ["总计", "", "", "", "", "", 15, 39.5, "", "", "", 350000],
    ]
    return text(
        folder / "欠薪台账.csv",
        [["2020年欠薪案件台账"], ["填报单位:监察大队"], heads, *rows, ["制表人:张三"]],
        "gb18030",
    )


EMPLOYERS: list[Record] = [
    {"name": "北京甲建筑有限公司", "credit_code": "91110000MA00123456", "kind": "private", "workers": 120, "contact": "陈立新",
     "phone": "13812345678"},
    {"name": "北京乙餐饮有限公司", "kind": "individual", "workers": 8, "phone": "010-69641234"},
]  # fmt: skip


def employers(folder: Path, _to: Convert) -> Path:
    heads = ["序号", "企业名称", "统一信用代码", "企业性质", "用工人数", "联系人", "联系电话"]
    rows: list[list[object]] = [
        [1, "北京甲建筑有限公司", "91110000ma00123456", "民营", "120人", "陈立新", 13812345678], [2, "北京乙餐饮\n有限公司", None, "个体工商户", 8, "无", "010-69641234"],
    ]  # fmt: skip
    return xml2003(folder / "名册.xls", {"名册": [["用人单位名册"], heads, *rows]})


def no_numbers(folder: Path, _to: Convert) -> Path:
    return xlsx(folder / "a.xlsx", [[h for h in HEADS if h != "案号"], *([r[0], *r[2:]] for r in usual())])


def only_contents(folder: Path, _to: Convert) -> Path:
    """Headings that say nothing, told by what stands below them."""
    heads = ["字号", "收案日期", "立案日期", "甲", "乙", "事", "标的额", "结案日期", "如何结的"]
    return xlsx(folder / "a.xlsx", [heads, *(r[1:] for r in usual())])


def by_sections(folder: Path, _to: Convert) -> Path:
    """Months as rows of their own between the cases."""
    r = usual()
    rows = [TITLE, HEADS, ["一月份"], [*r[0][:2], "3日", "6日", *r[0][4:8]], [*r[1][:2], "8日", "10日", *r[1][4:8]], ["二月份"],
            [*r[2][:2], "11日", "13日", *r[2][4:8]]]  # fmt: skip
    return xlsx(folder / "a.xlsx", rows, ["A1:J1", "A3:J3", "A6:J6"])


def numbered_headings(folder: Path, _to: Convert) -> Path:
    heads = [f"{n}.{h}" for n, h in enumerate(HEADS, 1)]
    heads[4] = "5.申请人\n（姓名）"
    return xlsx(folder / "a.xlsx", [heads, *usual()])


def left_columns(folder: Path, _to: Convert) -> Path:
    """The table does not begin in the first column, nor in the first row."""
    rows = [[], [], [None, None, *HEADS], *([None, None, *r] for r in usual())]
    return xlsx(folder / "a.xlsx", rows)


def words_dressed(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[0][9], rows[1][9], rows[1][6] = "1.调解（当庭）", "□调解 ☑裁决", "解除劳动合同\n经济补偿"
    return xlsx(folder / "a.xlsx", [HEADS, *rows])


def unmerged(folder: Path, _to: Convert) -> Path:
    """One case over two rows in a file that tells of no merges; cells guarded against being taken for numbers."""
    r = usual(chinese)
    first = [*r[1][:4], "李四", *r[1][5:]]
    rows = [[f'="{row[0]}"', *row[1:]] for row in (r[0], first)]
    return text(folder / "a.csv", [HEADS, *rows, [None, None, None, None, "王五"], r[2]])


def europeans(folder: Path, _to: Convert) -> Path:
    """Days first, which only one column of them all tells."""
    return text(folder / "a.csv", [HEADS, *usual(lambda d: f"{d[8:]}/{d[5:7]}/{d[:4]}")])


def other_endings(folder: Path, _to: Convert) -> Path:
    rows = usual(lambda d: date.fromisoformat(d).strftime("%d-%b-%Y"))
    rows[0][6], rows[1][6], rows[2][6] = "劳动报酬争议", "解除劳动合同争议，经济补偿纠纷", "工伤"
    return xlsx(folder / "a.xlsx", [HEADS, *rows, ["说明", "以上数据截至12月31日"]])


def months_that_differ(folder: Path, _to: Convert) -> Path:
    """A column that came in only in February, and a table of another kind behind."""
    r = usual()
    book = {
        "1月": [HEADS, r[0], r[1]],
        "2月": [[*HEADS, "书记员"], [*r[2], "钱进"]],
        "汇总": [["月份", "收案", "结案"], ["1月", 2, 2], ["2月", 1, 0]],
    }
    return xlsx(folder / "a.xlsx", book)


def wrong_cells(folder: Path, _to: Convert) -> Path:
    rows = usual()
    rows[0][2], rows[1][9], rows[2][7] = "2020年2月30日", "和谐结案", "若干"
    return xlsx(folder / "a.xlsx", [TITLE, HEADS, *rows])


SHORT = [without(A, "closed_on", "closing_method"), without(B, "closed_on", "closing_method"), C]
MORE = [A, {**B, "applicant": "李四、王五等12人", "workers": 12}, C]
SAME_FIRM = [A, {**B, "respondent": FIRMS[0]}, C]

CORPUS: tuple[Sheet, ...] = (
    Sheet("titles above the headings", title_above, ALL),
    Sheet("headings in two merged rows", two_rows, ALL),
    Sheet("lower headings under words that are known too", known_above, ALL),
    Sheet("both parties under one word", only_parties_above, ALL),
    Sheet("two rows of headings as text, without merges", two_rows_text, ALL),
    Sheet("days under one upper heading, .xls", two_rows_old, ALL),
    Sheet("headings by other names", other_names, ALL),
    Sheet("both parties in one column", parties, ALL),
    Sheet("totals, headings again and notes between rows", totals_between, ALL),
    Sheet("a month on each sheet, days as 5日", months, SHORT),
    Sheet("a month on each sheet, columns in another order, .et", months_old, ALL),
    Sheet("days with dots", dots, ALL),
    Sheet("days in Chinese, UTF-8 with a mark", chinese_days, ALL),
    Sheet("days as eight digits", digits, ALL),
    Sheet("days as 1/3/20", slashes, ALL),
    Sheet("serial numbers kept as text", serials, ALL),
    Sheet("days in every way in one column", every_way, ALL),
    Sheet("full-width digits", full_width, ALL),
    Sheet("days without a year", no_year, ALL),
    Sheet("amounts in words and signs", amounts, ALL),
    Sheet("amounts in 10,000 yuan, said in the title", amounts_in_title, ALL),
    Sheet("amounts in 10,000 yuan, said in the heading", amounts_in_heading, ALL),
    Sheet("names numbered in lines", names_in_lines, ALL),
    Sheet("names spaced out and broken", names_spaced, ALL),
    Sheet("names and more", names_and_more, MORE),
    Sheet("one case over several merged rows", merged_records, ALL),
    Sheet("one firm merged over its cases", merged_firm, SAME_FIRM),
    Sheet("ditto marks, UTF-16 with tabs", ditto, SAME_FIRM),
    Sheet("semicolons in UTF-8", semicolons, ALL),
    Sheet("a web page as .xls in GB2312", web_page, ALL),
    Sheet("a web page with merged headings", web_page_merged, ALL),
    Sheet("XML of 2003 as .xls", xml_book, ALL),
    Sheet("an .xlsx as .xls", misnamed_new, ALL),
    Sheet("an .xls as .xlsx", misnamed_old, ALL),
    Sheet("text with tabs as .xls", misnamed_text, ALL),
    Sheet("saved as .xls by LibreOffice", opened, ALL, office=True),
    Sheet("saved as .ods by LibreOffice", opened_ods, ALL, office=True),
    Sheet("saved as .xlsx by LibreOffice", opened_again, ALL, office=True),
    Sheet("identity numbers kept as numbers", damaged_numbers, OFFICERS, "officers"),
    Sheet("a register of petitions", petitions, PETITIONS, "petitions", numbered=False),
    Sheet("petitions given out by a system", petitions_page, PETITIONS, "petitions", numbered=False),
    Sheet("inspections with ticked boxes", inspections, INSPECTIONS, "inspections"),
    Sheet("wage arrears as text", arrears, ARREARS, "wage_arrears", numbered=False),
    Sheet("employers as XML of 2003", employers, EMPLOYERS, "employers"),
    Sheet("cases without numbers", no_numbers, unnumbered(*ALL), numbered=False),
    Sheet("headings that say nothing", only_contents, ALL),
    Sheet("months as rows between", by_sections, SHORT),
    Sheet("headings with numbers", numbered_headings, ALL),
    Sheet("a table that begins further in", left_columns, ALL),
    Sheet("words with numbers, remarks and ticks", words_dressed, ALL),
    Sheet("one case over two rows, without merges", unmerged, ALL),
    Sheet("days first, told by another column", europeans, ALL),
    Sheet("words that end in 争议, days as 03-Jan-2020", other_endings, ALL),
    Sheet("months with a column more", months_that_differ, [A, B, {**C, "clerk": "钱进"}]),
    Sheet("cells that cannot be read", wrong_cells, [],
          problems=[(3, "applied_on"), (4, "closing_method"), (5, "claim_amount")]),
)  # fmt: skip
