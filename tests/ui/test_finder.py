"""The search over all ledgers in a real window: keys, what it opens, the way back, what was opened last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import form_tools
from tests.ui.form_tools import DISPUTE
from tracker import app
from tracker.db import spelling
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import editing, parties, views
from tracker.operations.office import open_office
from tracker.operations.views import View
from tracker.schema.operators import Filter
from tracker.ui import finder_places, recents, theme
from tracker.ui.desk import Desk
from tracker.ui.finder_rows import pieces
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.main_window import MainWindow
from tracker.ui.state import State
from tracker.ui.tasks import Tasks

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def uids(desk: Desk) -> dict[str, str]:
    """A dispute, a petition and an employer that have a name in common."""
    return {
        "first": form_tools.add(desk, DISPUTES, DISPUTE),
        "second": form_tools.add(
            desk,
            DISPUTES,
            {**DISPUTE, "case_no": "劳人仲字〔2020〕第8号", "applicant": "李张三", "remarks": "分期支付"},
        ),
        "petition": form_tools.add(
            desk,
            PETITIONS,
            {
                "petition_no": "信〔2020〕1号",
                "received_on": "2020-01-05",
                "channel": "visit",
                "petitioner": "张三丰",
                "subject": "wages",
            },
        ),
        "employer": form_tools.add(desk, EMPLOYERS, {"name": "张三商店", "phone": "13800138000"}),
    }


@pytest.fixture
def window(desk: Desk, uids: dict[str, str], qtbot: QtBot) -> MainWindow:
    result = MainWindow(desk)
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    return result


def ask(window: MainWindow, text: str) -> list[str]:
    """Search by the keys as a clerk does; the rows' texts."""
    QTest.keyClick(window.focusWidget() or window, KEY.Key_K, CONTROL)
    _until(window.finder.line.hasFocus)
    form_tools.typed(text)
    _until(lambda: not (window.finder.is_looking() or window.desk.tasks.is_busy()))
    return shown(window)


def _until(reached: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    for _turn in range(500):
        QTest.qWait(10)
        if reached():
            return
    raise AssertionError("the window did not get there")


def shown(window: MainWindow) -> list[str]:
    return [row.text for row in window.finder.model.rows]


def key(window: MainWindow, which: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.focusWidget() or window, which, held)


def page(window: MainWindow) -> LedgerPage:
    assert isinstance(window.current, LedgerPage)
    return window.current


@pytest.mark.parametrize("text", ("张三", "zs", "zhangsan", "zhangs"))
def test_results_are_grouped_by_ledger_with_counts_best_first(window: MainWindow, text: str) -> None:
    rows = ask(window, text)
    assert rows == [
        "劳动争议",
        "劳人仲字〔2020〕第7号",
        "劳人仲字〔2020〕第8号",
        "信访事项",
        "信〔2020〕1号",
        "用人单位",
        "张三商店",
    ]
    finder = window.finder
    assert [finder.row(n).right for n in (0, 3, 5)] == ["共 2 条", "共 1 条", "共 1 条"]
    assert (finder.row(1).names, finder.row(1).right) == ("张三；北京某某建筑有限公司", "2020-06-01")


def test_enter_opens_the_best_and_alt_left_returns(window: MainWindow, uids: dict[str, str]) -> None:
    key(window, KEY.Key_1, CONTROL)
    before = window.current
    ask(window, "zsf")
    key(window, KEY.Key_Return)
    assert not window.finder.isVisible()
    assert (page(window).ledger.name, page(window).shown_uid) == ("petitions", uids["petition"])
    ask(window, "第8号")
    key(window, KEY.Key_Return)
    assert (page(window).ledger.name, page(window).shown_uid) == ("disputes", uids["second"])
    key(window, KEY.Key_Left, ALT)
    assert (page(window).ledger.name, page(window).shown_uid) == ("petitions", uids["petition"])
    key(window, KEY.Key_Left, ALT)
    assert window.current is before
    key(window, KEY.Key_Right, ALT)
    key(window, KEY.Key_Right, ALT)
    assert (page(window).ledger.name, page(window).shown_uid) == ("disputes", uids["second"])


def test_arrows_pass_over_headings_and_stop_at_the_ends(window: MainWindow, uids: dict[str, str]) -> None:
    ask(window, "张三")
    finder = window.finder
    assert finder.chosen == 1
    key(window, KEY.Key_Up)
    assert finder.chosen == 1
    for row in (2, 4, 6, 6):
        key(window, KEY.Key_Down)
        assert finder.chosen == row
    key(window, KEY.Key_PageUp)
    assert finder.chosen == 1
    key(window, KEY.Key_Down)
    key(window, KEY.Key_Return)
    assert page(window).shown_uid == uids["second"]


def test_escape_leaves_everything_as_it_was(window: MainWindow) -> None:
    key(window, KEY.Key_F, CONTROL)
    focus, current = window.focusWidget(), window.current
    ask(window, "张三")
    key(window, KEY.Key_Escape)
    assert not window.finder.isVisible()
    assert window.focusWidget() is focus and window.current is current


def test_what_was_met_elsewhere_is_told(window: MainWindow) -> None:
    ask(window, "分期")
    assert window.finder.row(1).below == "备注：分期支付"
    ask(window, "8001")
    assert [row for row in shown(window) if row] == ["用人单位", "张三商店"]
    assert window.finder.row(1).below == "联系人电话：138****8000"


def test_a_party_leads_to_its_case_with_its_number_masked(
    window: MainWindow, desk: Desk, uids: dict[str, str]
) -> None:
    party = {"role": "third", "name": "赵敏", "phone": "13900005678"}
    parties.save(desk.office, DISPUTES, uids["first"], [party])
    ask(window, "5678")
    (row,) = [row for row in window.finder.model.rows if row.kind == "record"]
    assert (row.uid, row.below) == (uids["first"], "当事人：赵敏 139****5678")
    key(window, KEY.Key_Return)
    assert page(window).shown_uid == uids["first"]


def test_nothing_found_is_said(window: MainWindow) -> None:
    assert ask(window, "查无此人") == []
    assert "查无此人" in window.finder.note.text() and window.finder.note.isVisible()
    key(window, KEY.Key_Return)
    assert window.finder.isVisible()


def test_what_was_opened_last_stands_there_before_anything_is_typed(
    window: MainWindow, desk: Desk, uids: dict[str, str]
) -> None:
    assert ask(window, "") == []
    assert "打开过的记录" in window.finder.note.text()
    key(window, KEY.Key_Escape)
    for text in ("第7号", "zsf", "第8号"):
        ask(window, text)
        key(window, KEY.Key_Return)
    assert ask(window, "") == ["最近打开", "劳人仲字〔2020〕第8号", "信〔2020〕1号", "劳人仲字〔2020〕第7号"]
    key(window, KEY.Key_Escape)
    desk.run(lambda office, _p: editing.bin_records(office, DISPUTES, [uids["second"]]), lambda _c: None)
    assert ask(window, "") == ["最近打开", "信〔2020〕1号", "劳人仲字〔2020〕第7号"]
    key(window, KEY.Key_Down)
    key(window, KEY.Key_Return)
    assert page(window).shown_uid == uids["petition"]


def test_more_than_are_shown_lead_to_the_list(window: MainWindow, desk: Desk) -> None:
    for n in range(20, 50):
        form_tools.add(desk, DISPUTES, {**DISPUTE, "case_no": f"劳人仲字〔2020〕第{n}号"})
    rows = ask(window, "zs")
    assert rows[6] == "在“劳动争议”列表中查看全部" and window.finder.row(0).right == "共 32 条"
    for _n in range(5):
        key(window, KEY.Key_Down)
    key(window, KEY.Key_Return)
    assert page(window).head.search.text() == "zs" and len(page(window).model.ids) == 32


def test_saved_views_are_offered_and_found(window: MainWindow, desk: Desk) -> None:
    kept = View("petitions", "未办结信访", (Filter("closed_on", "empty"),))
    desk.run(lambda office, _p: views.keep(office, kept), lambda _c: None)
    assert ask(window, "") == ["查询方案", "未办结信访"]
    key(window, KEY.Key_Escape)
    assert ask(window, "办结")[:2] == ["查询方案", "未办结信访"]
    key(window, KEY.Key_Return)
    assert page(window).ledger.name == "petitions" and page(window).filters.filters == kept.filters


def test_the_box_at_the_top_opens_it_by_a_click_and_by_typing(window: MainWindow) -> None:
    QTest.mouseClick(window.finder_box.button, Qt.MouseButton.LeftButton)
    assert window.finder.line.hasFocus()
    key(window, KEY.Key_Escape)
    window.finder_box.button.setFocus()
    QTest.keyClicks(window.finder_box.button, "z")
    assert window.finder.line.hasFocus() and window.finder.line.text() == "z"


@pytest.mark.parametrize(
    ("text", "label", "key"),
    [
        ("执法检查", "执法检查", "inspections"),
        ("zfjc", "执法检查", "inspections"),
        ("tj", "统计", "statistics"),
        ("随机", "随机抽取", "draws"),
        ("gongzuorili", "工作日历", "working_calendar"),
        ("劳动人事争议仲裁", "劳动争议", "disputes"),
    ],
)
def test_pages_and_ledgers_are_gone_to_by_their_names(
    window: MainWindow, qtbot: QtBot, text: str, label: str, key: str
) -> None:
    qtbot.waitUntil(lambda: bool(window.finder._places))
    assert ask(window, text)[:2] == ["页面和台账", label]
    QTest.keyClick(window.finder.line, KEY.Key_Return)
    _until(lambda: not window.finder.isVisible())
    assert window.here is not None and window.here.key == key


def test_every_page_is_found_by_its_own_name_and_a_hidden_one_is_not(window: MainWindow, desk: Desk) -> None:
    for page in window.pages.values():
        rows = finder_places.found(window.pages.values(), finder_places.names(page)[0], {})
        assert page.key in [row.ledger for row in rows[1:2]]
    assert not finder_places.found([p for p in window.pages.values() if p.key != "powers"], "权责清单", {})


def test_a_page_is_offered_before_any_record_was_looked_for(tmp_path: Path, qtbot: QtBot) -> None:
    with form_tools.desk_on(tmp_path, instant=False) as desk:
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.show()
        begun, go_on = Event(), Event()

        def keep_busy(_office: object, _progress: object) -> None:
            begun.set()
            go_on.wait(10)

        desk.run(keep_busy, lambda _none: None)
        assert begun.wait(10)
        window.finder.ask("统计")
        assert [row.text for row in window.finder.model.rows] == ["页面和台账", "统计"]
        assert window.finder.note.text() == "正在准备检索：读取姓名和名称…"
        go_on.set()
        qtbot.waitUntil(lambda: not window.finder.note.isVisibleTo(window.finder))
        qtbot.waitUntil(lambda: window.finder._ready)


def test_a_click_elsewhere_closes_it(window: MainWindow) -> None:
    ask(window, "张三")
    window.navigation.setFocus()
    assert not window.finder.isVisible()


def test_names_are_spelled_while_the_window_stands_idle(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not spelling.waiting(desk.office.db))


def test_a_search_is_overtaken_by_what_is_typed_next(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path, instant=False) as desk:
        form_tools.add(desk, DISPUTES, DISPUTE)
        window = MainWindow(desk)
        window.show()
        window.finder.ask("zh")
        window.finder.line.setText("查无此人")
        window.finder._look()
        window.finder.line.setText("第7号")
        window.finder._look()
        qtbot.waitUntil(lambda: shown(window)[1:] == ["劳人仲字〔2020〕第7号"])
        qtbot.waitUntil(lambda: not desk.tasks.is_busy())
        window.close()
        window.deleteLater()


def test_recents_are_kept_for_each_file_the_latest_first(desk: Desk, tmp_path: Path) -> None:
    for n in range(recents.KEPT + 5):
        recents.remember(desk.state, tmp_path / "a.db", "disputes", str(n))
    recents.remember(desk.state, tmp_path / "a.db", "disputes", "20")
    kept = recents.recent(desk.state, tmp_path / "a.db")
    assert [uid for _ledger, uid in kept[:3]] == ["20", "24", "23"] and len(kept) == recents.KEPT
    assert recents.recent(desk.state, tmp_path / "b.db") == []


@pytest.mark.parametrize("broken", ([], "x", {"a": 1}, {"/a": [1, ["x"], ["disputes", "1"]]}))
def test_a_state_that_someone_else_wrote_is_no_fault(desk: Desk, broken: object) -> None:
    desk.state.set(recents.KEY, broken)
    assert recents.recent(desk.state, Path("/a")) in ([], [("disputes", "1")])


def test_typed_words_are_marked_where_they_stand() -> None:
    assert pieces("北京张三公司", ("张三",)) == [("北京", False), ("张三", True), ("公司", False)]
    assert pieces("aAbc", ("a", "c")) == [("aA", True), ("b", False), ("c", True)]
    assert pieces("张三", ()) == [("张三", False)]


def test_nothing_is_written_unasked_into_a_file_that_is_only_read(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    theme.install(qapp, "light")
    with form_tools.desk_on(tmp_path) as writing:
        form_tools.add(writing, DISPUTES, DISPUTE)
        writing.office.db.run("UPDATE computed SET rules = 'older'")
        path = writing.office.db.path
    desk = Desk(open_office(path, readonly=True), Tasks(instant=True), State(tmp_path / "state.json"))
    told: list[str] = []
    desk.tasks.problem.connect(told.append)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.finder._spell()
    desk.run(app._follow_the_rules, lambda found: told.append(str(found.records)))
    assert told == ["0"]
    desk.close()
