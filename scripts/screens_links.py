"""Pictures of records that name each other: the page of an employer, suggestions, and two entries made one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from scripts.sample_desk import close_with, sample_desk
from scripts.screens import screen, then
from scripts.screens_pages import ledger_page
from tracker.ledgers import BY_NAME
from tracker.operations import editing
from tracker.schema.fields import Value
from tracker.ui.editors import LineEditor
from tracker.ui.main_window import MainWindow
from tracker.ui.trail import Place

SCREEN_MS = 50  # less than the picture waits for

FIRM, OTHER = "北京安居建筑工程有限公司", "安居建筑工程有限责任公司"
GIVEN: tuple[tuple[str, dict[str, Value]], ...] = (
    (
        "employers",
        {
            "name": FIRM,
            "credit_code": "91110116MA01WXYT8P",
            "area": "雁栖镇",
            "kind": "private",
            "sector": "construction",
            "workers": 186,
            "representative": "周国庆",
            "contact": "刘芳",
            "phone": "13801234567",
            "former_names": "怀柔安居施工队",
        },
    ),
    (
        "employers",
        {"name": OTHER, "area": "怀柔镇", "kind": "private", "sector": "construction", "contact": "孙丽"},
    ),
    (
        "organisations",
        {
            "name": "雁栖镇劳动争议调解委员会",
            "kind": "mediation",
            "level": "township",
            "arbitrator": "陈立新",
            "area": "雁栖镇",
        },
    ),
)


def linked_window(page: str) -> tuple[MainWindow, dict[str, str]]:
    """A window on a few records that name each other, and the uids of the first of each ledger."""
    desk, folder = sample_desk()
    uids: dict[str, str] = {}
    for name, record in (*GIVEN, *_cases()):
        uid = editing.save(desk.office, BY_NAME[name], record).uid
        uids.setdefault(name, uid)
    window = MainWindow(desk)
    window.go(Place(page))
    close_with(window, desk, folder)
    return window, uids


def _cases() -> list[tuple[str, dict[str, Value]]]:
    cases: list[tuple[str, dict[str, Value]]] = []
    people = ("张春生", "刘玉兰", "王建国", "赵桂英", "李秀云", "周海波", "吴红梅")
    for n, person in enumerate(people, 1):
        cases.append(
            (
                "disputes",
                {
                    "case_no": f"京怀劳人仲字〔2020〕第{n}号",
                    "applied_on": f"2020-0{n}-0{n}",
                    "accepted_on": f"2020-0{n}-0{n}",
                    "applicant": person,
                    "respondent": FIRM if n < 6 else "怀柔安居施工队",
                    "cause": "remuneration",
                    "arbitrator": "陈立新",
                    "organisation": "雁栖镇劳动争议调解委员会",
                },
            )
        )
    for n in (1, 2):
        cases.append(
            (
                "inspections",
                {
                    "record_no": f"检〔2020〕{n}号",
                    "checked_on": f"2020-05-1{n}",
                    "place": "雁栖镇",
                    "officers": "李强、王敏",
                    "target": FIRM,
                    "kind": "project",
                    "items": "工资支付",
                    "finding": "rectify",
                },
            )
        )
    cases.append(
        (
            "petitions",
            {
                "petition_no": "信〔2020〕1号",
                "received_on": "2020-04-11",
                "channel": "visit",
                "petitioner": "钱顺等6人",
                "persons": 6,
                "subject": "wages",
                "employer": FIRM,
            },
        )
    )
    cases.append(
        (
            "wage_arrears",
            {
                "case_no": "薪〔2020〕1号",
                "received_on": "2020-05-12",
                "source": "inspection",
                "employer": FIRM,
                "workers": 12,
                "owed_amount": 18_600_000,
            },
        )
    )
    cases.append(
        (
            "penalties",
            {
                "decision_no": "怀人社罚〔2020〕1号",
                "kind": "penalty",
                "filed_on": "2020-05-20",
                "decided_on": "2020-06-20",
                "party": FIRM,
                "party_kind": "enterprise",
                "inspection": "检〔2020〕1号",
                "arrears_case": "薪〔2020〕1号",
                "amount": 2_000_000,
            },
        )
    )
    return cases


def form_with(name: str) -> MainWindow:
    """The window with the first record of a ledger on its form."""
    window, uids = linked_window(name)
    ledger_page(window).open_record(uids[name])
    for _turn in range(20):  # the cards under the form are filled one a turn
        QApplication.processEvents()
    return window


@screen("links_employer")
def links_employer(app: QApplication) -> QWidget:
    """An employer's page, as it opens."""
    return form_with("employers")


@screen("links_employer_below")
def links_employer_below(app: QApplication) -> QWidget:
    """The same, the records that name it in sight."""
    window = form_with("employers")
    bar = ledger_page(window).form.area.verticalScrollBar()
    then(window, lambda: (QApplication.processEvents(), bar.setValue(bar.maximum())))
    return window


@screen("links_penalty")
def links_penalty(app: QApplication) -> QWidget:
    """A penalty with the check and the case that it came from."""
    window = form_with("penalties")
    bar = ledger_page(window).form.area.verticalScrollBar()
    then(window, lambda: (QApplication.processEvents(), bar.setValue(bar.maximum())))
    return window


@screen("links_suggested")
def links_suggested(app: QApplication) -> QWidget:
    """What is offered while an employer's name is typed."""
    window, _uids = linked_window("disputes")
    page = ledger_page(window)
    page.new_record()

    def type_name() -> None:
        editor = page.form.body.cells["respondent"].editor
        assert isinstance(editor, LineEditor)
        window.hide()  # only what is on a screen takes the keyboard
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window, SCREEN_MS)
        editor.setFocus()
        editor.line.insert("安居")
        QTest.keyClick(editor.line, Qt.Key.Key_Down)

    then(window, type_name)
    return window


@screen("links_unknown")
def links_unknown(app: QApplication) -> QWidget:
    """A form whose fields name records that are there, and one that is not."""
    window, _uids = linked_window("disputes")
    page = ledger_page(window)
    page.new_record(
        {"respondent": f"{FIRM}、怀柔某餐馆", "organisation": "渤海镇调委会", "arbitrator": "陈立新"}
    )
    return window


@screen("links_combine")
def links_combine(app: QApplication) -> QWidget:
    """Two entries side by side."""
    window = form_with("employers")
    page = ledger_page(window)
    then(window, lambda: page.acts.combine_with(page.form.related.found.alike[0].uids[1]))
    return window


@screen("links_alike")
def links_alike(app: QApplication) -> QWidget:
    """The entries that may have been made twice."""
    window, _uids = linked_window("employers")
    then(window, ledger_page(window).acts.find_alike)
    return window
