"""The navigation and the trail of places, by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tracker.ui import theme
from tracker.ui.navigation import Navigation
from tracker.ui.pages import Page
from tracker.ui.state import State
from tracker.ui.trail import LONGEST, Place, Trail


def page(key: str, section: str) -> Page:
    return Page(key, key.title(), section, "document", lambda _desk: QWidget())


PAGES = (
    page("today", ""),
    *(page(f"ledger{n}", f"Section {n // 6}") for n in range(23)),
    page("settings", "Administration"),
)


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state.json")


@pytest.fixture
def navigation(qapp: QApplication, qtbot: QtBot, state: State) -> Navigation:
    theme.install(qapp, "light")
    result = Navigation(PAGES, state)
    qtbot.addWidget(result)
    result.resize(216, 600)
    result.show()
    return result


def click(navigation: Navigation, text: str) -> None:
    index = next(
        found[0]
        for found in [
            navigation.model().match(
                navigation.model().index(0, 0),
                Qt.ItemDataRole.DisplayRole,
                text,
                1,
                Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
            )
        ]
    )
    navigation.scrollTo(index)
    QTest.mouseClick(
        navigation.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        navigation.visualRect(index).center(),
    )


def test_a_click_chooses_a_page_once(navigation: Navigation) -> None:
    chosen: list[str] = []
    navigation.chosen.connect(chosen.append)
    click(navigation, "Ledger7")
    assert set(chosen) == {"ledger7"}


def test_marking_the_page_shown_chooses_nothing(navigation: Navigation) -> None:
    chosen: list[str] = []
    navigation.chosen.connect(chosen.append)
    navigation.show_key("ledger3")
    assert chosen == []
    assert navigation.currentIndex().data() == "Ledger3"


def test_arrows_go_from_page_to_page_and_enter_on_a_heading_closes_it(
    navigation: Navigation, state: State
) -> None:
    chosen: list[str] = []
    navigation.chosen.connect(chosen.append)
    navigation.show_key("today")
    QTest.keyClick(navigation, Qt.Key.Key_Down)
    assert chosen == []  # a heading
    QTest.keyClick(navigation, Qt.Key.Key_Return)
    assert state.get("navigation_collapsed") == ["Section 0"]
    QTest.keyClick(navigation, Qt.Key.Key_Return)
    assert state.get("navigation_collapsed") == []
    QTest.keyClick(navigation, Qt.Key.Key_Down)
    assert chosen == ["ledger0"]


def test_arrows_leave_the_focus_here_and_enter_and_clicks_hand_it_on(navigation: Navigation) -> None:
    entered: list[bool] = []
    navigation.entered_page.connect(lambda: entered.append(True))
    navigation.show_key("ledger0")
    QTest.keyClick(navigation, Qt.Key.Key_Down)
    assert entered == []
    QTest.keyClick(navigation, Qt.Key.Key_Return)
    assert len(entered) == 1
    click(navigation, "Ledger7")
    assert len(entered) == 2
    click(navigation, "Section 1")
    assert len(entered) == 2


def test_a_closed_heading_stays_closed_until_one_of_its_pages_is_shown(
    navigation: Navigation, state: State, qtbot: QtBot
) -> None:
    click(navigation, "Section 1")
    again = Navigation(PAGES, state)
    qtbot.addWidget(again)
    heading = again.model().index(2, 0)
    assert heading.data() == "Section 1"
    assert not again.isExpanded(heading)
    again.show_key("ledger8")
    assert again.isExpanded(heading)


def test_counts_stand_beside_their_pages(navigation: Navigation) -> None:
    before = navigation.grab().toImage()
    navigation.show_counts({"ledger0": 2207, "ledger1": 0})
    assert navigation.count_text("ledger0") == "2,207"
    assert navigation.count_text("ledger1") == "0"
    assert navigation.count_text("today") == ""
    assert navigation.grab().toImage() != before


def test_back_and_forward_return_to_the_same_places() -> None:
    trail = Trail()
    for key in ("a", "b", "b", "c"):
        trail.go(Place(key))
    assert [trail.step(-1), trail.step(-1), trail.step(-1)] == [Place("b"), Place("a"), None]
    assert trail.step(1) == Place("b")
    trail.go(Place("d"))
    assert trail.step(1) is None
    assert trail.step(-1) == Place("b")


def test_the_trail_forgets_what_is_long_ago() -> None:
    trail = Trail()
    for number in range(LONGEST * 2):
        trail.go(Place(str(number)))
    steps = 0
    while trail.step(-1):
        steps += 1
    assert steps == LONGEST - 1
