"""What one sees without a file: make one, open one, or look at a demonstration; then the office on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tracker import settings
from tracker.i18n import _
from tracker.ledgers import LEDGERS
from tracker.operations.demonstration import Offer
from tracker.operations.fresh import free_name
from tracker.operations.setup import commission_of
from tracker.paths import default_file
from tracker.ui import theme, widgets
from tracker.ui.icons import icon
from tracker.ui.keys import Start
from tracker.ui.setting_rows import SettingRows, row_grid

WIDTH = 880
FIRST_PATTERN = settings.pattern_key(LEDGERS[0])
FIRST_SETTINGS = tuple(
    settings.BY_KEY[key] for key in ("office", "commission", "region", FIRST_PATTERN, "clerk")
)


@dataclass(frozen=True)
class NewFile:
    """A file to be made, with the office's settings."""

    path: Path
    values: Mapping[str, str | None] = field(default_factory=dict)


class StartPage(QWidget):
    """Emits what the user wants; whoever made it does it and closes it, or calls `tell_problem`.

    `demonstrations` maps names to what is offered.
    """

    new_wanted = Signal(object)
    open_wanted = Signal(object)
    demonstration_wanted = Signal(str)

    def __init__(
        self,
        recent: Sequence[Path] = (),
        demonstrations: Mapping[str, Offer] | None = None,
        clerk: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Case Tracker"))
        self.resize(1280, 720)
        self.setMinimumSize(960, 600)
        self.banner = widgets.Banner()
        self.choices = Choices(recent, demonstrations or {})
        self.setup = Setup(clerk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choices)
        self.stack.addWidget(self.setup)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        column.setSpacing(theme.L)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 20)
        row.addStretch(1)

    def _connect(self) -> None:
        self.choices.new.clicked.connect(self.begin_setup)
        self.choices.open.clicked.connect(self.choose_file)
        self.choices.recent_wanted.connect(self.open_wanted)
        self.choices.demonstration_wanted.connect(self.demonstration_wanted)
        self.setup.cancelled.connect(self.show_choices)
        self.setup.wanted.connect(self.new_wanted)
        Start.open.on(self, self.choose_file)

    def show_choices(self) -> None:
        """The first page."""
        self.banner.hide()
        self.stack.setCurrentWidget(self.choices)
        self.choices.focus_first()

    def begin_setup(self) -> None:
        """The page of a new file."""
        self.banner.hide()
        self.setup.propose_path()
        self.stack.setCurrentWidget(self.setup)
        self.setup.lines[0].setFocus()

    def choose_file(self) -> None:
        """Let the user choose a data file."""
        folder = str(default_file().parent)
        text = _("Data files (*.db);;All files (*)")
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Open file"), folder, text)
        if chosen:
            self.open_wanted.emit(Path(chosen))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self.stack.currentWidget() is self.choices:
            self.choices.focus_first()

    def tell_problem(self, text: str) -> None:
        """Say why something could not be done; the next thing then is another file, mostly."""
        self.banner.tell("danger", text)
        if self.choices.new.hasFocus():
            self.choices.open.setFocus()


class Choices(QWidget):
    """New file, open one, demonstrations; beside them the files opened lately."""

    recent_wanted = Signal(object)
    demonstration_wanted = Signal(str)

    def __init__(self, recent: Sequence[Path], demonstrations: Mapping[str, Offer]) -> None:
        super().__init__()
        self.new = BigButton("add", _("New file"), _("Begin the office's own ledgers"), primary=True)
        self.open = BigButton(
            "folder", _("Open file …"), Start.open.tip(_("Go on with a file that is there"))
        )
        self.demonstrations = [self._demonstration(*named) for named in demonstrations.items()]
        self.recent = QListWidget()
        self._fill_recent(recent)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        for choice in (self.new, self.open):
            left.addWidget(choice)
        if self.demonstrations:
            left.addSpacing(theme.M)
            left.addWidget(widgets.Caption(_("Or try it with invented people and firms")))
        for demonstration in self.demonstrations:
            left.addWidget(demonstration)
        left.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(theme.XL)
        columns.addLayout(left, 6)
        if recent:
            columns.addLayout(self._recent_column(), 5)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH if recent else WIDTH // 2)
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.XL)
        inner.addStretch(1)
        inner.addLayout(title_block())
        inner.addLayout(columns)
        inner.addStretch(2)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(middle)

    def focus_first(self) -> None:
        """The likeliest choice: the file opened last, where there is one, else a new one."""
        if self.recent.count():
            self.recent.setCurrentRow(0)
            self.recent.setFocus()
        else:
            self.new.setFocus()

    def _demonstration(self, name: str, offer: Offer) -> QPushButton:
        result = BigButton("statistics", offer.title, offer.shows, quiet=True)
        result.clicked.connect(lambda: self.demonstration_wanted.emit(name))
        return result

    def _recent_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addWidget(widgets.Caption(_("Opened lately")))
        column.addWidget(self.recent, 1)
        return column

    def _fill_recent(self, recent: Sequence[Path]) -> None:
        widgets.tune_navigation(self.recent)
        self.recent.setAccessibleName(_("Opened lately"))
        self.recent.setIconSize(QSize(18, 18))
        self.recent.setWordWrap(False)
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for path in recent:
            item = QListWidgetItem(icon("document"), f"{path.name}\n{shown_folder(path)}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            self.recent.addItem(item)
        self.recent.itemActivated.connect(self._recent_chosen)
        self.recent.itemClicked.connect(self._recent_chosen)

    def _recent_chosen(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(item.data(Qt.ItemDataRole.UserRole))


class Setup(QWidget):
    """The office on one page; Enter makes the file."""

    cancelled = Signal()
    wanted = Signal(object)

    def __init__(self, clerk: str) -> None:
        super().__init__()
        self.path = default_file()
        self.rows = SettingRows(FIRST_SETTINGS)
        self.rows.rows[FIRST_PATTERN].label.setText(_("Numbers of disputes"))
        self.rows.line("clerk").editor.setText(clerk)
        self.rows.line("region").editor.textChanged.connect(self.rows.follow_region)
        self.rows.line("office").editor.textChanged.connect(self._propose_commission)
        self.where = widgets.ElidedLabel()
        self.change = widgets.button(_("Change …"), "folder")
        self.make = widgets.button(_("Make the file"), "check", primary=True)
        self.back = widgets.button(Start.back.tip(_("Back")), "back", quiet=True)
        self._lay_out()
        self.change.clicked.connect(self.choose_path)
        self.make.clicked.connect(self.finish)
        self.back.clicked.connect(self.cancelled)
        Start.go_on.on(self, self.go_on)
        Start.back.on(self, self.cancelled.emit)
        self.propose_path()

    def _lay_out(self) -> None:
        frame = widgets.card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        inner.setSpacing(theme.M)
        inner.addWidget(self.rows)
        inner.addWidget(widgets.hline())
        inner.addWidget(self._place())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.L)
        whole.addStretch(1)
        whole.addWidget(widgets.Heading(_("The office")))
        whole.addWidget(
            widgets.Caption(
                _(
                    "Everything can be left as it is, and changed later under Settings with the other ledgers' numbers."
                )
            )
        )
        whole.addWidget(frame)
        whole.addLayout(self._buttons())
        whole.addStretch(2)

    def _place(self) -> QWidget:
        result = QWidget()
        grid = row_grid(result)
        grid.addWidget(QLabel(_("Data file")), 0, 0)
        grid.addWidget(self.where, 0, 1)
        grid.addWidget(self.change, 0, 2)
        return result

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.make)
        return row

    def _propose_commission(self, office: str) -> None:
        """Beside the office's name, until the clerk types another."""
        editor = self.rows.line("commission").editor
        if not editor.isModified():
            editor.setText(commission_of(office))
            editor.setCursorPosition(0)

    def propose_path(self) -> None:
        """The usual place, under a name that is free."""
        self.show_path(free_name(default_file()))

    def show_path(self, path: Path) -> None:
        """Where the file will be made."""
        self.path = path
        self.where.set_whole(str(path))

    def choose_path(self) -> None:
        """Let the user say where."""
        text = _("Data files (*.db);;All files (*)")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("New file"), str(self.path), text)
        if chosen:
            path = Path(chosen)
            self.show_path(path if path.suffix else path.with_suffix(".db"))

    @property
    def lines(self) -> list[QLineEdit]:
        """What is typed into, in order."""
        return [row.editor for row in self.rows.lines()]

    def go_on(self) -> None:
        """Enter: to the next line where anything was typed, else or after the last one make the file."""
        here = next((n for n, line in enumerate(self.lines) if line.hasFocus()), len(self.lines))
        if here + 1 < len(self.lines) and any(line.isModified() for line in self.lines):
            self.lines[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.change.hasFocus() or self.back.hasFocus():
            (self.change if self.change.hasFocus() else self.back).click()
        else:
            self.finish()

    def finish(self) -> None:
        """Ask for the file; a row with a problem has the focus instead."""
        wrong = self.rows.first_problem()
        if wrong:
            wrong.setFocus()
        else:
            self.wanted.emit(NewFile(self.path, self.rows.values()))


def title_block() -> QHBoxLayout:
    """Name and purpose of the program."""
    text = QVBoxLayout()
    text.setSpacing(2)
    text.addWidget(widgets.Heading(_("Case Tracker")))
    text.addWidget(
        widgets.Caption(_("Ledgers and figures of a labour-rights office, in one file on this computer"))
    )
    row = QHBoxLayout()
    row.setSpacing(theme.L)
    row.addWidget(widgets.Icon("disputes", 40, "accent_text"))
    row.addLayout(text, 1)
    return row


class BigButton(QPushButton):
    """A button with a line of explanation; Enter presses it when it has the focus."""

    HEIGHT, QUIET = 64, 54

    def __init__(
        self, icon_name: str, title: str, text: str, *, primary: bool = False, quiet: bool = False
    ) -> None:
        super().__init__()
        self._height = self.QUIET if quiet else self.HEIGHT
        self.setAutoDefault(True)
        self.setProperty("primary", primary)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = QVBoxLayout()
        words.setSpacing(0)
        above = "body" if quiet else "strong"
        for line, role in ((title, above), (text, "small" if primary else "muted")):
            label = widgets.ElidedLabel(line)
            label.setProperty("role", role)
            words.addWidget(label)
        row = QHBoxLayout(self)
        edge = theme.XS if quiet else theme.S
        row.setContentsMargins(theme.L, edge, theme.L, edge)
        row.setSpacing(theme.M)
        row.addWidget(widgets.Icon(icon_name, 24, "on_accent" if primary else "accent_text"))
        row.addLayout(words, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As high as two lines need; a push button asks only for its own text."""
        return QSize(240, self._height)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter presses, outside dialogs too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def shown_folder(path: Path) -> str:
    """The folder of a file, shortened by the home folder."""
    folder = path.parent
    return (
        f"~/{folder.relative_to(Path.home()).as_posix()}"
        if folder.is_relative_to(Path.home())
        else str(folder)
    )
