"""The keys of each page and window are those declared for it, which the sheet of shortcuts tells; none is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from scripts import catalogue
from tests.ui import form_tools
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.period import Period
from tracker.schema.ledger import Ledger
from tracker.ui import keys, pages
from tracker.ui.batch_window import BatchWindow
from tracker.ui.column_chooser import ColumnChooser
from tracker.ui.commands import COMMANDS
from tracker.ui.desk import Desk
from tracker.ui.event_dialog import EventDialog
from tracker.ui.export_dialog import ExportWorkbookDialog
from tracker.ui.form_preview import FormPreview
from tracker.ui.freeze_dialog import FreezeDialog
from tracker.ui.history_dialog import HistoryDialog
from tracker.ui.import_dialog import ImportDialog
from tracker.ui.keys import Group, Key
from tracker.ui.ledger_page import LedgerPage
from tracker.ui.merge_dialog import MergeDialog
from tracker.ui.paper_templates import PaperTemplates
from tracker.ui.papers_dialog import PapersDialog
from tracker.ui.part_dialog import PartDialog
from tracker.ui.parties_dialog import PartiesDialog
from tracker.ui.password_dialog import PasswordDialog
from tracker.ui.print_preview import PrintPreview
from tracker.ui.recovery_dialog import RecoveryDialog
from tracker.ui.standing import Standing
from tracker.ui.start_page import StartPage
from tracker.ui.tries import Tries

Make = Callable[[Desk, QWidget], QWidget]
FORM: tuple[type[Group], ...] = (keys.Form, keys.CaseForm, keys.Attachments)
LIST = (keys.List, keys.Filters, keys.Cases, keys.YesOrNo, *FORM)


def uid(desk: Desk) -> str:
    return form_tools.add(desk, DISPUTES, form_tools.DISPUTE)


def page(key: str) -> Make:
    """A page of the navigation."""
    return lambda desk, _under: next(
        each for each in pages.pages(desk.office.catalogue) if each.key == key
    ).make(desk)


def ledger_page(ledger: Ledger) -> Make:
    """The page of a ledger with its form, which is made when it is first asked for."""

    def make(desk: Desk, _under: QWidget) -> QWidget:
        made = LedgerPage(desk, ledger)
        assert made.form
        return made

    return make


PLACES: dict[str, tuple[Make, tuple[type[Group], ...]]] = {
    "start": (lambda desk, _under: StartPage(), (keys.Start,)),
    "today": (page("today"), (keys.Today,)),
    "calendar": (page("calendar"), (keys.Calendar,)),
    "statistics": (page("statistics"), (keys.Statistics, keys.Period)),
    "report": (page("report"), (keys.Report, keys.Period)),
    "cases": (ledger_page(DISPUTES), LIST),
    "register": (
        ledger_page(EMPLOYERS),
        (keys.List, keys.Register, keys.Form, keys.Attachments),
    ),
    "freezes": (page("freezes"), (keys.Frozen,)),
    "draws": (page("draws"), (keys.Draws,)),
    "customise": (page("customise"), (keys.Customise,)),
    "clerks": (page("clerks"), (keys.Clerks,)),
    "log": (page("log"), (keys.Log,)),
    "working_calendar": (page("working_calendar"), (keys.WorkingCalendar,)),
    "backups": (page("backups"), (keys.Backups,)),
    "settings": (page("settings"), (keys.Settings,)),
    "import": (lambda desk, under: ImportDialog(desk, DISPUTES, under), (keys.Import,)),
    "batch": (lambda desk, under: BatchWindow(desk, DISPUTES, under), (keys.Rows,)),
    "parties": (lambda desk, under: PartiesDialog(desk, DISPUTES, uid(desk), under), (keys.Rows,)),
    "history": (lambda desk, under: HistoryDialog(desk, DISPUTES, uid(desk), "", under), (keys.History,)),
    "event": (lambda desk, under: EventDialog(desk, DISPUTES, None, under), (keys.Event,)),
    "documents": (lambda desk, under: PapersDialog(desk, DISPUTES, (uid(desk),), under), (keys.Documents,)),
    "templates": (lambda desk, under: PaperTemplates(desk, DISPUTES, uid(desk), under), (keys.Templates,)),
    "columns": (
        lambda _desk, under: ColumnChooser(DISPUTES, list(DISPUTES.columns), under),
        (keys.Columns,),
    ),
    "export": (
        lambda desk, under: ExportWorkbookDialog(desk, Period.year(2020), under),
        (keys.Export, keys.Period),
    ),
    "merge": (
        lambda desk, under: MergeDialog(desk, desk.office.db.path, under),
        (keys.Merge,),
    ),
    "standing": (lambda desk, _under: Standing(desk), (keys.Standing,)),
    "part": (lambda desk, under: PartDialog(desk, date(2020, 6, 1), under), (keys.Part,)),
    "freeze": (
        lambda desk, under: FreezeDialog(desk, Period.year(2020), under),
        (keys.Question, keys.Period),
    ),
    "preview": (lambda desk, under: PrintPreview(desk.state, under), (keys.Preview,)),
    "password": (lambda desk, under: PasswordDialog(desk, Tries(), under), (keys.Passwords,)),
    "recovery": (
        lambda desk, under: RecoveryDialog(desk.state, "a.db", ("0000000",) * 16, (), under),
        (keys.Recovery,),
    ),
    "forms": (lambda desk, under: FormPreview(desk, DISPUTES, (uid(desk),), under), (keys.Preview,)),
}


def real(place: QWidget) -> set[QKeySequence]:
    """All keys that act by themselves somewhere in a page or window."""
    found = {key for shortcut in place.findChildren(QShortcut) for key in list(shortcut.keys())}
    found |= {button.shortcut() for button in place.findChildren(QAbstractButton)}
    within = (place, *place.findChildren(QWidget))
    found |= {key for widget in within for action in widget.actions() for key in action.shortcuts()}
    return {key for key in found if not key.isEmpty()}


@pytest.mark.parametrize("name", PLACES)
def test_the_keys_of_a_place_are_those_told(desk: Desk, qtbot: QtBot, name: str) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    make, groups = PLACES[name]
    place = make(desk, under)
    if place.parent() is None:
        qtbot.addWidget(place)
    told = [key for group in groups for key in group.all()]
    found = real(place)
    assert found - {one for key in told for one in key.sequences} == set()
    assert [key.keys for key in told if not key.typed and not found & set(key.sequences)] == []


def test_each_place_is_told_and_stands_on_the_sheet_once() -> None:
    groups = (*keys.PAGES, *keys.WINDOWS)
    declared = [one for one in vars(keys).values() if isinstance(one, type) and issubclass(one, Group)]
    assert set(groups) == {*declared} - {Group} and len(groups) == len(set(groups))
    tested = {*chain.from_iterable(groups for _make, groups in PLACES.values()), keys.Finder}
    assert tested == set(groups)


@pytest.mark.parametrize("group", (*keys.PAGES, *keys.WINDOWS), ids=lambda group: group.__name__)
def test_a_key_does_one_thing_in_a_place(group: type[Group]) -> None:
    told = [key.keys for key in group.all()]
    assert len(told) == len(set(told))


def test_no_key_is_written_elsewhere() -> None:
    """A key that is not declared would not be told."""
    by_hand = re.compile(r"""QShortcut\(|QKeySequence\(["'Q]|setShortcut\(["']""")
    sources = Path(keys.__file__).parent.glob("*.py")
    written = {path.name for path in sources if by_hand.search(path.read_text(encoding="utf-8"))}
    assert written == {"keys.py"}, "main_window gives the commands their own"


IN_ENGLISH = r"(Ctrl|Alt|Shift)\+|\b(Esc|Del|PgUp|PgDown|F\d+)\b|\((Enter|Tab|Home|Space)\)|\bEnter:"
NAMED = re.compile(IN_ENGLISH + r"|[一-龥（] ?(Enter|Tab|Home|Delete)\b|回车|空格|退格")
"""A key in a sentence; those that are English words too are found in the Chinese one."""


def named_by_hand(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if NAMED.search(text)]


def test_no_text_names_a_key_by_hand() -> None:
    """Where a key changes, every tooltip and sentence that tells it must change with it."""
    stored = catalogue.stored()
    told = [message for message in catalogue.extracted() if message.id]
    ids = chain.from_iterable((m.id,) if isinstance(m.id, str) else m.id for m in told)
    chinese = (stored.get(m.id).string for m in told)
    every = [*ids, *chain.from_iterable((text,) if isinstance(text, str) else text for text in chinese)]
    assert named_by_hand(every) == []


@pytest.mark.parametrize(
    "text",
    [
        "Save all (Ctrl+S)",
        "返回（Esc）",
        "not yet checked (F5).",
        "按 Alt+↑",
        "按回车",
        "Enter: next field",
        "按 Tab 查看",
    ],
)
def test_a_key_named_by_hand_is_found(text: str) -> None:
    assert named_by_hand([text, "Enter a record ({new})"]) == [text]


def test_arrows_are_shown_as_arrows() -> None:
    assert [keys.shown(key) for key in ("Alt+Down", "Up", "PgUp")] == ["Alt+↓", "↑", "PgUp"]
    assert keys.Columns.names()["up"] == "Alt+↑"


@pytest.mark.parametrize(
    ("key", "held", "meant"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier, True),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, False),
        (
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            False,
        ),
        (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, False),
    ],
)
def test_enter_is_either_of_two(key: Qt.Key, held: Qt.KeyboardModifier, meant: bool) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, held)
    assert Key("Ctrl+Enter", "Go on").pressed(event) == meant


def test_no_key_stands_for_two_commands() -> None:
    every = [keys for command in COMMANDS for keys in (command.keys, command.also) if keys]
    assert sorted(every) == sorted(set(every))
