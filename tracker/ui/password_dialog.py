"""Setting, changing and removing the password of the open file: what is asked for, and an estimate while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import passwords
from tracker.operations.office import Office
from tracker.operations.passwords import CHANGED, REMOVED, SET
from tracker.operations.strength import KNOWN, STRONG, WEAK, Strength, estimate
from tracker.ui import theme, widgets
from tracker.ui.desk import Desk
from tracker.ui.password_line import PasswordLine
from tracker.ui.tasks import Job, Progress
from tracker.ui.tries import Tries
from tracker.ui.unlock import TICK_MS

WIDTH = 560


class PasswordDialog(QDialog):
    """`wanted` tells the new password, None to have none, once everything was right; Enter goes on, Esc goes back."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, tries: Tries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._tries = desk, tries
        self._job: Job | None = None
        self.what = CHANGED if desk.office.key else SET
        self.current = PasswordLine(_("Present password"))
        self.current.note(_("Forgotten? Type the recovery key from its printed sheet here."))
        self.new, self.again = PasswordLine(_("New password")), PasswordLine(_("Once more"))
        self.lines = (self.current, self.new, self.again)
        self._wrong_told = ""
        self._pace = QTimer(self, interval=TICK_MS)
        self._pace.timeout.connect(self._count)
        self.about = widgets.Caption()
        self.problem = QLabel(" ")
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.remove = widgets.button(_("Remove the password …"), quiet=True)
        self.back = widgets.button(_("Go back"))
        self.go_on = widgets.button("", "check", primary=True)
        self.go_on.setDefault(True)
        self.heading = widgets.Heading()
        self._lay_out()
        self._connect()
        self._ask(self.what)

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.M)
        self.form.setVerticalSpacing(0)
        for label, line in zip(
            (_("Present password"), _("New password"), _("Once more")), self.lines, strict=True
        ):
            name = QLabel(label)
            name.setBuddy(line)
            name.setFixedHeight(line.line.sizeHint().height())
            self.form.addRow(name, line)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.go_on)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        self.column.setSpacing(theme.M)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.about)
        self.column.addLayout(self.form)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)
        self.column.addLayout(buttons)
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        for line in self.lines:
            line.changed.connect(lambda _text: self.tell(""))
            line.entered.connect(self._next)
        self.new.changed.connect(self._estimate)
        self.remove.clicked.connect(lambda: self._ask(CHANGED if self.what == REMOVED else REMOVED))
        self.back.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.give)

    def _ask(self, what: str) -> None:
        """Show what is asked for one of the three."""
        self.what = what
        titles = {
            SET: _("Set a password"),
            CHANGED: _("Change the password"),
            REMOVED: _("Remove the password"),
        }
        acts = {
            SET: _("Set the password"),
            CHANGED: _("Change the password"),
            REMOVED: _("Remove the password"),
        }
        self.setWindowTitle(titles[what])
        self.heading.setText(titles[what])
        self.go_on.setText(acts[what])
        self.about.setText(_about(what))
        self.remove.setVisible(what != SET)
        self.remove.setText(_("Change it instead …") if what == REMOVED else _("Remove the password …"))
        self.form.setRowVisible(self.current, what != SET)
        for row in (self.new, self.again):
            self.form.setRowVisible(row, what != REMOVED)
        self.tell("")
        self.column.invalidate()
        self.column.activate()
        width = max(self.width(), WIDTH)
        self.resize(width, self.column.totalHeightForWidth(width))
        (self.new if what == SET else self.current).setFocus()

    def tell(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._wrong_told = text
        self._count()

    def _count(self) -> None:
        """Say it, and how long it takes until one may try again."""
        wait = "" if self.what == SET else self._tries.told()
        self.problem.setText("\n".join(filter(None, (self._wrong_told, wait))) or " ")
        self.column.activate()
        self.resize(self.width(), max(self.height(), self.column.totalHeightForWidth(self.width())))
        if not wait:
            self._pace.stop()
        elif not self._pace.isActive():
            self._pace.start()

    def _next(self) -> None:
        """Enter: to the next empty line, else on."""
        shown = [line for line in self.lines if self.form.isRowVisible(line)]
        empty = next((line for line in shown if not line.text()), None)
        if empty:
            empty.setFocus()
        else:
            self.give()

    def give(self) -> None:
        """Go on where what was typed is right, else say what is not."""
        if self._job and not self._job.is_finished:
            return
        try:
            if self.what != REMOVED:
                passwords.refuse_unfit(self.new.text())
                if self.new.text() != self.again.text():
                    raise UserError(_("The two passwords differ; type the second one again."))
        except UserError as wrong:
            self.tell(str(wrong))
            (
                self.again if self.new.text() != self.again.text() and self.again.text() else self.new
            ).setFocus()
            return
        if self.what == SET:
            self._go_on("")
        elif self._tries.left():
            self._count()
        else:
            path, text = self._desk.office.db.path, self.current.text()
            self._job = self._desk.run(
                lambda _office, _progress: passwords.key_of(path, text), self._go_on, self._wrong
            )

    def _go_on(self, _key: str) -> None:
        self._tries.was_right()
        new = None if self.what == REMOVED else self.new.text()
        for line in self.lines:
            line.clear()
        self.accept()
        self.wanted.emit(new)

    def _wrong(self, error: UserError) -> None:
        self._tries.was_wrong()
        self.tell(str(error))
        self.current.line.selectAll()
        self.current.setFocus()

    def _estimate(self, text: str) -> None:
        if not text:
            self.new.note("")
            return

        def op(office: Office, _progress: Progress) -> Strength:
            return estimate(text, [str(office.setting(key) or "") for key in KNOWN])

        self._desk.run_latest(self, op, self._show_strength)

    def _show_strength(self, found: Strength) -> None:
        roles = {WEAK: "problem", STRONG: "positive"}
        self.new.note(found.sentence() if self.new.text() else "", roles.get(found.word, "warning"))


def _about(what: str) -> str:
    if what == REMOVED:
        return _("Anybody who has the file can read it then. Backups keep the password that they have.")
    first = (
        _("The file and its backups are encrypted; the password is asked for whenever the file is opened.")
        if what == SET
        else _("The file and its backups get the new password and a new recovery key; the old sheet is void.")
    )
    kept = _(
        "Who forgets it needs the recovery key that is shown next: nobody can open the file without one of the two. "
        "To type Chinese, show what is typed."
    )
    return f"{first}\n{kept}"
