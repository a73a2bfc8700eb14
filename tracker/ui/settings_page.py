"""What can be set: the office's own settings, kept in the file, and this computer's look and language."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker import i18n, settings
from tracker.errors import UserError
from tracker.i18n import N_, _, ngettext
from tracker.operations.attachments import file_total
from tracker.operations.office import Changed
from tracker.operations.setup import change_settings
from tracker.schema.fields import Field
from tracker.schema.file_name import size_text
from tracker.ui import theme, widgets
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.keys import WITHIN, Settings
from tracker.ui.setting_rows import LineRow, SettingRows, row_grid
from tracker.ui.tasks import Job, wait_for

LANGUAGES = (("zh_CN", "简体中文"), ("en", "English"))  # each in its own language
LOOKS: tuple[tuple[theme.Mode, str], ...] = (
    ("system", N_("As the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
)
WIDTH = 720


class SettingsPage(QWidget):
    """Emits `language_wanted` at once when another language is chosen."""

    language_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unsaved = False
        self._job: Job | None = None
        self.groups = {name: SettingRows(fields) for name, fields in _groups().items()}
        self.language, self.look = QComboBox(), QComboBox()
        self.attached, self.banner = widgets.Caption(), widgets.Banner()
        self.save_button = widgets.button(_("Save"), "save", primary=True)
        self._lay_out()
        self.setFocusProxy(next(iter(self.groups.values())).lines()[0].editor)
        self._fill_computer()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.L)
        for title, rows in self.groups.items():
            also = [self.attached] if settings.ATTACHMENT_LIMIT.key in rows.rows else []
            column.addWidget(_card(_(title), rows, *also))
        column.addWidget(_card(_("This computer"), self._computer()))
        column.addStretch(1)
        middle = QWidget()
        middle.setProperty("page", True)
        middle.setMaximumWidth(WIDTH)
        middle.setLayout(column)
        column.setContentsMargins(0, 0, theme.M, theme.XL)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(middle)
        scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.L, theme.M, 0, 0)
        whole.setSpacing(theme.M)
        whole.addWidget(self._head())
        self.banner.setMaximumWidth(WIDTH - theme.M)
        whole.addWidget(self.banner)
        whole.addWidget(scroll, 1)

    def _head(self) -> QWidget:
        result = QWidget()
        result.setMaximumWidth(WIDTH - theme.M)
        row = QHBoxLayout(result)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(widgets.Heading(_("Settings")))
        row.addStretch(1)
        Settings.save.tell(self.save_button)
        row.addWidget(self.save_button)
        return result

    def _computer(self) -> QWidget:
        frame = QWidget()
        grid = row_grid(frame)
        grid.setVerticalSpacing(theme.M)
        for row, (text, editor) in enumerate(((_("Language"), self.language), (_("Look"), self.look))):
            label = QLabel(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
            editor.setMinimumWidth(200)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _fill_computer(self) -> None:
        for key, name in LANGUAGES:
            self.language.addItem(name, key)
        for mode, label in LOOKS:
            self.look.addItem(_(label), mode)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.look.setCurrentIndex(self.look.findData(theme.mode()))

    def _connect(self) -> None:
        for rows in self.groups.values():
            rows.changed.connect(self._typed)
        self.region.editor.textChanged.connect(self._follow_region)
        self.save_button.clicked.connect(self.save)
        Settings.save.on(self, self.save, WITHIN)
        self.language.activated.connect(lambda: self.language_wanted.emit(self.language.currentData()))
        self.look.activated.connect(self._change_look)
        self._desk.changed.connect(self._others_changed)

    @property
    def region(self) -> LineRow:
        return self.groups[settings.OFFICE].line("region")

    def refresh(self) -> None:
        """Read the settings anew; what was typed and not saved is dropped."""
        self._desk.run_latest(self, lambda office, _progress: dict(office.settings), self._show)
        self._desk.run_latest(
            (self, "attached"), lambda office, _progress: file_total(office.db), self._show_attached
        )

    def has_unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return self._unsaved

    def may_leave(self) -> bool:
        """Ask about unsaved settings; False where the user goes on editing."""
        wait_for(self._job)
        if not self._unsaved:
            return True
        kind = QMessageBox.StandardButton
        text = _("The settings were changed and not saved. Drop the changes?")
        box = message_box(self, _("Settings"), text, icon_name="warning", role="warning")
        box.setStandardButtons(kind.Discard | kind.Cancel)
        box.setDefaultButton(kind.Cancel)
        return box.exec() == kind.Discard

    def save(self) -> None:
        """Save through the worker; with a problem nothing is saved and its row has the focus."""
        wrong = next((row for rows in self.groups.values() if (row := rows.first_problem())), None)
        if wrong:
            wrong.setFocus()
            self.banner.tell("danger", wrong.problem())
            return
        values = self._values()
        self._job = self._desk.run(
            lambda office, _progress: change_settings(office, values),
            lambda _changed: self._saved(values),
            self._refused,
        )

    def _values(self) -> dict[str, str | None]:
        """What stands in all rows."""
        return {key: value for rows in self.groups.values() for key, value in rows.values().items()}

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if not self._unsaved:
            self.refresh()

    def _show(self, stored: dict[str, str]) -> None:
        if self._unsaved:
            return
        for rows in self.groups.values():
            rows.show_values(stored)
        self._follow_region(self.region.editor.text())

    def _show_attached(self, total: tuple[int, int]) -> None:
        count, size = total
        text = ngettext(
            "{count} file is attached in this data file, {size}.",
            "{count} files are attached in this data file, {size}.",
            count,
        )
        self.attached.setText(text.format(count=f"{count:,}", size=size_text(size)))

    def _typed(self) -> None:
        self._unsaved = True
        self.banner.hide()

    def _follow_region(self, region: str) -> None:
        for rows in self.groups.values():
            rows.follow_region(region)

    def _saved(self, values: dict[str, str | None]) -> None:
        """What was typed while it was saved is not saved yet."""
        self._unsaved = self._values() != values
        self.banner.tell("positive", _("The settings are saved."))

    def _refused(self, wrong: UserError) -> None:
        self.banner.tell("danger", str(wrong))

    def _change_look(self) -> None:
        mode = self.look.currentData()
        self._desk.state.set("look", mode)
        theme.set_mode(mode)

    def _others_changed(self, changed: Changed) -> None:
        if changed.settings and not self._unsaved:
            self.refresh()


def _groups() -> dict[str, tuple[Field, ...]]:
    names = dict.fromkeys(field.group for field in settings.SETTINGS)
    return {name: tuple(f for f in settings.SETTINGS if f.group == name) for name in names}


def _card(title: str, *contents: QWidget) -> QFrame:
    frame = widgets.card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
    column.setSpacing(theme.M)
    column.addWidget(widgets.Heading(title, role="strong"))
    for content in contents:
        column.addWidget(content)
    return frame
