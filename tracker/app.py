"""The composition root of the window: it alone knows every part and puts them together."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from tracker import i18n, logs, paths
from tracker.errors import DamagedFile, UserError
from tracker.i18n import _
from tracker.operations import aside, backup_files, demonstration, passwords, recomputing, restoring
from tracker.operations.office import Changed, Office, who_acts
from tracker.operations.password_words import made_up_told
from tracker.operations.passwords import Copies
from tracker.operations.recomputing import Recomputed
from tracker.operations.restoring import Ready, Restored
from tracker.operations.setup import make_new
from tracker.ui import clerk_dialog, input_method, opened_copies, theme
from tracker.ui.backing_up import BackupWatch, on_closing
from tracker.ui.backup_file import BackupFiles
from tracker.ui.backups_page import BackupsPage
from tracker.ui.cover import Cover, WorkingPage
from tracker.ui.crash import Crashes
from tracker.ui.desk import Desk
from tracker.ui.guard import Guard
from tracker.ui.icons import icon
from tracker.ui.main_window import MainWindow
from tracker.ui.opening import Opening
from tracker.ui.progress import ProgressDialog
from tracker.ui.report_window import ReportWindow
from tracker.ui.start_page import NewFile, StartPage
from tracker.ui.state import State
from tracker.ui.tasks import Progress, Tasks, wait_until_idle
from tracker.ui.trail import Place

RECENT_KEPT = 8
LATER = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
log = logging.getLogger(__name__)


def main(path: Path | None = None, clerk: str | None = None, lang: str | None = None) -> int:
    """Open the window, on `path` or the last file, and run until it is closed; the exit status."""
    log_file = logs.start(paths.log_folder())
    if clerk:
        os.environ["CASE_TRACKER_CLERK"] = clerk
    if sys.platform.startswith("linux"):
        input_method.prepare(os.environ)
    app = QApplication(sys.argv[:1])
    crashes = Crashes()
    crashes.install()
    shell = Shell(app, State(paths.config_folder() / "window.json"), crashes, log_file, lang=lang)
    shell.begin(path)
    return app.exec()


class Shell:
    """Holds the window in front, the start page or an open file's, and exchanges one for the other."""

    def __init__(
        self,
        app: QApplication,
        state: State,
        crashes: Crashes,
        log_file: Path | None = None,
        *,
        lang: str | None = None,
        instant: bool = False,
    ) -> None:
        self.app, self.state, self.crashes = app, state, crashes
        self.window: QWidget | None = None
        self.desk: Desk | None = None
        self._log_file = log_file
        self._instant = instant
        self._report: ReportWindow | None = None
        self._translator = QTranslator()
        self.opening = Opening(self._tasks, self._front, self._show, self._tell, self._ask_password)
        self.backup_files = BackupFiles(
            self._tasks, self._front, self.opening, self._show, self.open, self._ask_password
        )
        app.setApplicationName("case-tracker")
        app.setQuitOnLastWindowClosed(True)
        self._speak(lang or str(state.get("language") or i18n.system_language()))
        app.setWindowIcon(icon("disputes", "accent_text"))
        theme.install(app, state.get("look", "system"))
        crashes.happened.connect(self.report)
        self._beside = self._tasks()
        self.guard = Guard(self, self._beside)

    def begin(self, path: Path | None = None) -> None:
        """Open `path`, else the last file, else the office's file; else the start page.

        A last file that is gone is told of: work must not go on in another one unnoticed.
        """
        self._beside.run(lambda _progress: opened_copies.clear_left(), lambda _nothing: None)
        last, usual = self.state.get("last_file"), paths.default_file()
        found = path or (Path(str(last)) if last else usual)
        if path or found.is_file():
            self.open(found)
        else:
            self.show_start(aside.gone(found) if last else "")

    def show_start(self, problem: str = "") -> StartPage:
        """The start page; `problem` says why one is there."""
        recent = [path for path in map(Path, self._recent()) if path.is_file()]
        page = StartPage(recent, demonstration.offers(), who_acts().clerk)
        page.new_wanted.connect(self.make)
        page.open_wanted.connect(self.open)
        page.demonstration_wanted.connect(self.open_demonstration)
        self._put_in_front(page)
        if problem:
            page.tell_problem(problem)
        return page

    def open(self, path: Path, key: str | None = None) -> None:
        """Open a file, unless it is open, by its password, which is asked for where it has one.

        Where that fails, the window in front says so, or the start page.
        """
        path = paths.itself(path.absolute())
        if self.desk and self.desk.office.db.path == path:
            return
        if one := backup_files.of(path):
            self.backup_files.look(one, key)
        else:
            self.opening.begin(path, key)

    def open_again(self, path: Path) -> None:
        """Close the file that is open, and open it or another one in its place."""
        if isinstance(self.window, MainWindow) and not self.window.may_close():
            return
        self.guard.once_unlocked(partial(self._exchange_for, path))

    def _exchange_for(self, path: Path) -> None:
        key = self.desk.office.key if self.desk and self.desk.office.db.path == path.absolute() else None
        self.close_file()
        self.opening.begin(path, key)
        self._front()

    def make(self, wanted: NewFile) -> None:
        """Make a file and open it."""
        try:
            office = make_new(wanted.path, wanted.values)
        except UserError as wrong:
            self._tell(str(wrong))
        else:
            self._show(office)

    def open_demonstration(self, name: str) -> None:
        """Open a demonstration file, made first where it is not there yet."""
        path = paths.data_folder() / f"{name}.db"
        if path.is_file():
            self.open(path)
            return
        tasks = self._tasks()
        dialog = ProgressDialog(self.window, _("Making the demonstration file …"))

        def done(_made: object) -> None:
            self.open(path)

        def op(progress: Progress) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            demonstration.make(name, path, progress)

        tasks.run(op, done, lambda wrong: self._tell(str(wrong)), progress=dialog, cancellable=True)

    def _tasks(self) -> Tasks:
        """A worker for what is done before a file is open."""
        tasks = Tasks(self.window, instant=self._instant)
        tasks.crashed.connect(self.crashes.tell)
        return tasks

    def switch_language(self, name: str) -> None:
        """Build the window anew in another language, on the same page."""
        if not isinstance(self.window, MainWindow) or self.desk is None or not self.window.may_close():
            return
        self.state.set("language", name)
        self._speak(name)
        self._renew_window(self.window.here)

    def _ask_password(self, path: Path, then: Callable[[str], object]) -> None:
        self._front()
        self.guard.ask(path, then)

    def _renew_window(self, place: Place | None) -> None:
        """Make the window of the file anew, for other words or another structure."""
        if self.desk is None:
            return
        self.guard.idle.begin(0)  # what would come of a lock waits for what is on its way
        while self.desk.tasks.is_busy():  # that belongs to the old window
            self.app.processEvents(LATER, 100)
        try:
            self.desk.office.renew()  # the office's own figures are told in the language in use
        finally:
            self.guard.watch()
        self.desk.reader.catalogue = self.desk.office.catalogue
        self._show_window(self.desk, place)

    def report(self, error: BaseException) -> None:
        """Show one report at a time, others are only logged; an environment's fault is told in its sentence."""
        if isinstance(error, UserError):  # a list could not be read: the disk, not the program
            text = str(error).rsplit("(): ", 1)[-1]  # without the names of functions that Qt called
            if isinstance(error, DamagedFile) and self.desk:
                # A list is of the open file, whose path Qt drops.
                self.desk.tasks.failing.emit(DamagedFile(text, error.path or self.desk.office.db.path))
            if QApplication.activeModalWidget() is None and self.guard.locked is None:
                self._tell(text)
        elif self._report is None or not self._report.isVisible():
            self._report = ReportWindow(error, self._log_file, self.window)
            self._report.open()

    def end_work(self) -> None:
        """Stop what was begun over the window in front and would open a file, and wait until it has ended."""
        every = [*(self.window.findChildren(Tasks) if self.window else ()), self._beside]
        for tasks in every:
            tasks.cancel_all()
            wait_until_idle(tasks)
        if any(tasks.is_busy() for tasks in every):  # with what came of the work
            self.end_work()

    def close_file(self, *, backed_up: bool = False) -> None:
        """Close the file that is open, whole; it is backed up first where it has changed, unless it just was."""
        if self.desk:
            self.guard.closing = True
            try:
                self.desk.tasks.cancel_all()
                # A locked file was backed up as it was locked, one found damaged cannot be.
                if not (backed_up or self.guard.locked or self.desk.office.db.damaged):
                    on_closing(self.desk, self.window)
                self.desk.close()
                self.desk = None
            finally:
                self.guard.closing = False

    def take_back(self, ready: Ready) -> None:
        """Exchange the file for a restored one, and open that; where it cannot be exchanged, the old one."""
        self.guard.once_unlocked(partial(self._swap, ready), ready.drop)

    def _swap(self, ready: Ready) -> None:
        self.close_file(backed_up=True)
        page = WorkingPage(_("The file is taken back …"))
        page.cancel.hide()
        cover, tasks = Cover(page), self._tasks()
        done: list[Restored] = []
        failed: list[UserError] = []
        job = tasks.run(lambda _progress: restoring.swap(ready), done.append, failed.append)

        def go_on() -> None:
            self.opening.begin(ready.path, ready.key)
            cover.drop()
            if failed:
                self._tell(str(failed[0]))
            elif done and self.desk and isinstance(self.window, MainWindow):
                self.window.show_backups()
                self.window.tell_done(restoring.sentence(done[0]))

        job.at_end(go_on)

    def end(self) -> None:
        """Close the file and the window, and speak no language any more."""
        self.close_file()
        if self.window:
            self.window.hide()
            self.window.deleteLater()
            self.window = None
            self.guard.deleteLater()  # with what watches for idle minutes, in the thread that made it
        self.app.removeTranslator(self._translator)
        drop_deleted(self.app)

    def _show(self, office: Office) -> None:
        """Exchange what is in front for this file's window."""
        self.guard.once_unlocked(partial(self._show_file, office), office.close)

    def _show_file(self, office: Office) -> None:
        clerk_dialog.propose(office, self.state)
        try:
            tasks = Tasks(instant=self._instant)
            desk = Desk(office, tasks, self.state)
        except UserError as wrong:
            office.close()
            self._tell(str(wrong))
            return
        self.close_file()
        self.desk = desk
        tasks.crashed.connect(self.crashes.tell)
        if not backup_files.of(office.db.path):  # else work would go on in it the next time
            self._remember(office.db.path)
        self._show_window(desk)
        BackupWatch(desk)
        if self.window:
            clerk_dialog.ask_at_start(desk, self.window)
        desk.run(_follow_the_rules, lambda _found: None, cancellable=True)
        if backup := self.backup_files.wanted(office.db.path):
            self._restore(backup)
        if office.key and not office.db.readonly:
            desk.run(passwords.make_up, self._tell_made_up, cancellable=True)

    def _restore(self, backup: Path) -> None:
        if isinstance(self.window, MainWindow):
            self.window.show_backups()
            if isinstance(page := self.window.current, BackupsPage):
                page.ask_restore_of(backup)

    def _tell_made_up(self, copies: Copies) -> None:
        told = "\n".join(made_up_told(copies))
        if told and isinstance(self.window, MainWindow):
            self.window.warn(told)

    def _show_window(self, desk: Desk, place: Place | None = None) -> None:
        window = MainWindow(desk)
        if place:
            window.go(place)
        window.new_file_wanted.connect(self._begin_new)
        window.open_wanted.connect(self.open)
        window.again_wanted.connect(self.open_again)
        window.banner.backup_wanted.connect(lambda one: self.backup_files.offer(one, desk.office.key))
        window.restore_ready.connect(self.take_back)
        window.language_wanted.connect(self.switch_language)
        window.structure_changed.connect(self._renew_window)
        window.closed.connect(self.close_file)
        self.guard.follow(window, desk)
        self._put_in_front(window)

    def _begin_new(self) -> None:
        self.show_start().begin_setup()
        self.close_file()

    def _put_in_front(self, window: QWidget) -> None:
        """Show a window and then drop the one before, so that the program never is without one."""
        before, self.window = self.window, window
        if isinstance(before, MainWindow):
            before.keep_geometry()
        window.show()
        if before:
            before.hide()
            before.deleteLater()

    def _front(self) -> QWidget:
        """The window in front; the start page where there is none, or one whose file is closed."""
        if self.window is None or (self.desk is None and isinstance(self.window, MainWindow)):
            return self.show_start()
        return self.window

    def _tell(self, problem: str) -> None:
        if isinstance(self.window, StartPage) or (self.desk and isinstance(self.window, MainWindow)):
            self.window.tell_problem(problem)
        else:
            self.show_start(problem)

    def _remember(self, path: Path) -> None:
        recent = [str(path), *(other for other in self._recent() if other != str(path))]
        self.state.set("recent", recent[:RECENT_KEPT])
        self.state.set("last_file", str(path))

    def _recent(self) -> list[str]:
        """Files opened lately, the last one first."""
        kept = self.state.get("recent")
        return [path for path in kept if isinstance(path, str)] if isinstance(kept, list) else []

    def _speak(self, language: str) -> None:
        """Our texts and those of Qt's own dialogs in this language."""
        i18n.use(language)
        self.app.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if i18n.language() == "zh_CN" and self._translator.load("qtbase_zh_CN", folder):
            self.app.installTranslator(self._translator)


def _follow_the_rules(office: Office, progress: Progress) -> Recomputed:
    """Compute days due anew where the calendar, a setting or the program has changed; stopped, the next time."""
    if office.db.readonly:
        return Recomputed(Changed())
    text = _("Days due are computed anew …")
    return recomputing.follow(office, lambda done, of: progress.report(done, of, text))


def drop_deleted(app: QApplication) -> None:
    """Let go at once of the widgets that are to be deleted; for tests and pictures."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
