"""Chinese typed as pinyin into the real window through a real input method, on a screen and a session of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end2end.screen import Fcitx5, Ibus, InputMethod, Screen, absent, screen_with
from tests.needs import lacking
from tests.ui.form_tools import DISPUTE
from tracker.db import records
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import make_office, open_office

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have their own input methods")

FCITX = {"QT_IM_MODULE": "fcitx", "GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
SESSIONS = {
    "nothing": ({}, "wayland;ibus"),
    "fcitx": (FCITX, "fcitx;ibus"),
    "list": ({"QT_IM_MODULES": "wayland;fcitx", "XMODIFIERS": "@im=fcitx"}, "wayland;fcitx;ibus"),
}
"""What desktops set, and what Qt is then told to try."""
FIRST, APPLICANT, RESPONDENT = "受理日期", "申请人", "被申请人"


@pytest.fixture(scope="module", params=[Ibus, Fcitx5])
def method(request: pytest.FixtureRequest) -> InputMethod:
    chosen: InputMethod = request.param()
    missing = absent(chosen)
    if missing:
        lacking(f"what types Chinese (Debian: {' '.join(missing)})")
    return chosen


@pytest.fixture(scope="module")
def screen(method: InputMethod, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with screen_with(method, tmp_path_factory.mktemp("screen")) as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.db"
    make_office(path).close()
    return path


@contextmanager
def new_dispute(
    screen: Screen, method: InputMethod, file: Path, environ: Mapping[str, str]
) -> Iterator[None]:
    """The program with a new dispute's form, the keyboard in its applicant and the input method on; in the end it is
    closed by Ctrl+Q, the form saved."""
    with screen.program(file, environ) as process:
        screen.keys("ctrl+n")
        screen.until_shown(form=True, focus=FIRST)
        go_to(screen, APPLICANT)
        method.switch_on(screen)
        yield
        screen.keys("ctrl+q")
        screen.until(lambda: process.poll() is not None, "the program ends")
        assert process.returncode == 0, screen.said()


def go_to(screen: Screen, field: str) -> None:
    """Press Tab until the field has the focus."""
    for _step in range(40):
        before = screen.shown().focus
        if before == field:
            return
        screen.keys("Tab")
        screen.until(lambda before=before: screen.shown().focus != before, f"Tab leaves {before}")  # type: ignore[misc]
    raise AssertionError(f"Tab does not come to {field}: {screen.shown()}")


def compose(screen: Screen, pinyin: str) -> None:
    """Type pinyin and take no candidate."""
    screen.type(pinyin)
    screen.until(lambda: bool(screen.shown().preedit), f"{pinyin} is being composed")


def write(screen: Screen, pinyin: str, expected: str) -> None:
    """Type a word's pinyin and take the first candidate; wait until the line holds all that is expected."""
    compose(screen, pinyin)
    screen.keys("space")
    screen.until_shown(text=expected, preedit="")


def saved(file: Path) -> list[tuple[object, ...]]:
    """Applicant and respondent of each dispute in the file."""
    office = open_office(file)
    rows = records.each(office.db, records.Query(DISPUTES), ("applicant", "respondent"))
    found = [tuple(row)[-2:] for row in rows]
    office.close()
    return found


@pytest.mark.parametrize(("environ", "tried"), SESSIONS.values(), ids=SESSIONS)
def test_pinyin_typed_into_a_form_is_in_the_record(
    screen: Screen, method: InputMethod, file: Path, environ: dict[str, str], tried: str
) -> None:
    with new_dispute(screen, method, file, environ):
        write(screen, "wangfang", "王芳")
        screen.keys("Return")
        screen.until_shown(focus=RESPONDENT)
        write(screen, "beijing", "北京")
        write(screen, "gongsi", "北京公司")
        screen.keys("ctrl+s")
        screen.until(lambda: "已保存" in screen.shown().said, "it is saved")
    assert saved(file) == [("王芳", "北京公司")]
    assert screen.log().rpartition("Qt tries ")[2].splitlines()[0] == tried


ABOUT = """
from PySide6.QtGui import QGuiApplication
from tracker import i18n
from tracker.ui import input_method

i18n.use("zh_CN")
app = QGuiApplication([])
print(input_method.told())
"""


def test_the_input_method_that_runs_is_told(screen: Screen, method: InputMethod) -> None:
    through = "" if method.name == "ibus" else "（经 ibus 接口）"
    assert screen.ask(sys.executable, "-c", ABOUT) == f"中文输入法：{method.name}{through}"


def test_what_is_composed_is_no_text_and_its_keys_are_no_keys_of_the_form(
    screen: Screen, method: InputMethod, file: Path
) -> None:
    office = open_office(file)
    editing.save(office, DISPUTES, {**DISPUTE, "applicant": "北京工人"})
    office.close()
    with new_dispute(screen, method, file, {}):
        write(screen, "beijing", "北京")
        screen.until_shown("the known applicant is offered", list=True)
        compose(screen, "gongren")
        screen.until_shown("the list gives way to the candidates", text="北京", list=False)
        screen.keys("Down", "Up", "Escape")
        screen.until_shown(text="北京", preedit="", focus=APPLICANT, form=True)
        compose(screen, "gong")
        screen.keys("Return")  # takes the letters as they are
        screen.until_shown(text="北京gong", preedit="", focus=APPLICANT)
        screen.keys(*["BackSpace"] * 4)
        screen.until_shown(text="北京")
        screen.keys("Return")
        screen.until_shown(focus=RESPONDENT)
        compose(screen, "gongsi")
        screen.keys("ctrl+s", "Down", "Up")
        screen.until_shown(said=method.says_of_saving, focus=RESPONDENT)
        screen.keys("space")
        screen.until_shown(text="公司", preedit="", focus=RESPONDENT)
        screen.keys("ctrl+s")
        screen.until(lambda: "已保存" in screen.shown().said, "it is saved")
    assert ("北京", "公司") in saved(file)
