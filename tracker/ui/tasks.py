"""Long work in one way only: one worker thread, a queue, progress and cancelling; inline in tests.

    tasks.run(lambda progress: operations.export(path, progress), done=self._exported, cancellable=True)

Every operation runs in the same worker thread, which therefore may own the writing connection.
`done`, `failed` and all signals arrive in the main thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMetaMethod,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from shiboken6 import isValid

from tracker.errors import Cancelled, FileProblem, UserError

T = TypeVar("T")
REPORT_SECONDS = 0.05  # reports in between are dropped, so that the window stays quick


class Progress:
    """An operation's view of its job: it reports how far it is and asks whether it should go on."""

    def __init__(self, tell: Callable[[int, int | None, str], None] | None = None) -> None:
        self._tell = tell
        self._last = 0.0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._interrupt: Callable[[], object] | None = None

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say that `done` of `total` pieces are finished (None: unknown); `Cancelled` when asked to stop."""
        self.check()
        now = time.monotonic()
        if self._tell and (done == total or now - self._last >= REPORT_SECONDS):
            self._last = now
            self._tell(done, total, text)

    def check(self) -> None:
        """Raise `Cancelled` when asked to stop."""
        if self._stop.is_set():
            raise Cancelled

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask to stop, from any thread."""
        with self._lock:
            self._stop.set()
            if self._interrupt:
                self._interrupt()

    @contextmanager
    def interruptible(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Within the block `cancel()` also calls `interrupt` (say, a connection's), in the main thread."""
        with self._lock:
            self._interrupt = interrupt
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._interrupt = None


class Job(QObject):
    """One piece of work, as the window sees it."""

    progressed = Signal(int, object, str)  # done, total (None: unknown), text
    cancelled = Signal()
    finished = Signal()  # always, last: done, failed, crashed or cancelled

    def __init__(self, cancellable: bool) -> None:
        super().__init__()
        self.cancellable = cancellable
        self.progress = Progress(self.progressed.emit)
        self.is_finished = False
        self.failed = False
        """Whether it ended with a UserError or a defect."""
        self.outdated = False
        self._future: Future[Any] | None = None

    def cancel(self) -> None:
        """Ask to stop; work that never looks ends as usual, and its result still arrives."""
        self.progress.cancel()
        if self._future:
            self._future.cancel()

    def at_end(self, act: Callable[[], object]) -> None:
        """Have this done once it is finished, whatever became of it; at once where it is."""
        if self.is_finished:
            act()
        else:
            self.finished.connect(act)


class Follower(Protocol):
    """A view of a running job, such as `widgets.ProgressDialog`."""

    def follow(self, job: Job) -> None: ...


class _Inline(Executor):
    """Runs at once in the caller's thread; what is neither `UserError` nor `Cancelled` comes out of `run`."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except (UserError, Cancelled) as error:
            future.set_exception(error)
        return future


class Tasks(QObject):
    """The queue of the one worker; `instant` runs everything inline, for tests."""

    problem = Signal(str)  # a UserError nobody else took: its sentence
    failing = Signal(object)  # first, every FileProblem
    crashed = Signal(object)  # any other exception: a defect of ours, for the report window
    started = Signal(object)  # every Job as it is queued, for the status line
    busy = Signal(bool)  # whether anything runs or waits
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, *, instant: bool = False) -> None:
        super().__init__(parent)
        self._pool: Executor = _Inline() if instant else ThreadPoolExecutor(1, thread_name_prefix="worker")
        self._jobs: set[Job] = set()
        self._latest: dict[object, Job] = {}
        self._held: list[Callable[[], object]] | None = None
        kind = Qt.ConnectionType.DirectConnection if instant else Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._deliver, kind)

    def run(
        self,
        op: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
        *,
        progress: Follower | None = None,
        cancellable: bool = False,
    ) -> Job:
        """Queue `op`; its result goes to `done`, its UserError to `failed` or else to signal `problem`."""
        job = Job(cancellable)
        self._jobs.add(job)
        if len(self._jobs) == 1:
            self.busy.emit(True)
        if progress:
            progress.follow(job)
        self.started.emit(job)

        def work() -> T:
            job.progress.check()
            return op(job.progress)

        def submit() -> None:
            job._future = self._pool.submit(work)
            job._future.add_done_callback(lambda future: self._arrived.emit((job, future, done, failed)))

        if self._held is None:
            submit()
        else:
            self._held.append(submit)
        return job

    def hold(self) -> None:
        """Let what is run from now on wait until `release`."""
        if self._held is None:
            self._held = []

    def release(self) -> None:
        """Go on, with what has waited first."""
        held, self._held = self._held or [], None
        for submit in held:
            submit()

    def run_latest(
        self,
        key: object,
        op: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Like `run`, for reads: an earlier job of the key is skipped, interrupted, or its result dropped."""
        earlier = self._latest.get(key)
        if earlier:
            earlier.outdated = True
            earlier.cancel()
        job = self.run(op, done, failed, cancellable=True)
        if not job.is_finished:
            self._latest[key] = job
            job.finished.connect(lambda: self._forget(key, job))
        return job

    def cancel_all(self) -> None:
        """Ask everything that may be cancelled to stop."""
        for job in list(self._jobs):
            if job.cancellable:
                job.cancel()

    def is_busy(self) -> bool:
        """Whether anything runs, waits or has a result on its way."""
        return bool(self._jobs)

    def shutdown(self) -> None:
        """Finish the queue, end the worker, deliver what is on its way; nothing can be run afterwards.

        What waits for `release` is not run at all.
        """
        self._held = None
        self._pool.shutdown(wait=True)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _forget(self, key: object, job: Job) -> None:
        if self._latest.get(key) is job:
            del self._latest[key]

    @Slot(object)
    def _deliver(self, arrived: tuple[Job, Future[Any], Callable[[Any], object], Any]) -> None:
        job, future, done, failed = arrived
        job.is_finished = True
        job.failed = not future.cancelled() and not isinstance(future.exception(), Cancelled | None)
        self._jobs.discard(job)
        try:
            self._tell(job, future, done, failed)
        finally:
            job.finished.emit()
            if not self._jobs:
                self.busy.emit(False)

    def _tell(self, job: Job, future: Future[Any], done: Callable[[Any], object], failed: Any) -> None:
        error = CancelledError() if future.cancelled() else future.exception()
        if job.outdated and (error is None or isinstance(error, UserError)):
            job.cancelled.emit()
        elif error is None:
            if not gone(done):
                done(future.result())
        elif isinstance(error, (Cancelled, CancelledError)):
            job.cancelled.emit()
        elif isinstance(error, UserError):
            if failed and not gone(failed):
                self._tell_failing(error)
                failed(error)
            else:
                self.tell(error)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.crashed)):
            self.crashed.emit(error)
        else:
            raise error

    def tell(self, error: UserError) -> None:
        """Tell of what nobody else takes."""
        self._tell_failing(error)
        self.problem.emit(str(error))

    def _tell_failing(self, error: UserError) -> None:
        if isinstance(error, FileProblem):
            self.failing.emit(error)


def alive(owner: QObject, call: Callable[[T], object]) -> Callable[[T], None]:
    """The call, left out when its owner is gone by the time the worker answers."""

    def guarded(result: T) -> None:
        if isValid(owner):
            call(result)

    return guarded


def gone(call: Callable[..., object]) -> bool:
    """Whether a call belongs to a window or page that is no more: what the worker found is not for it then."""
    owner = getattr(call, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


def wait_for(job: Job | None, most: int | None = None) -> None:
    """Let a job that is under way end (or `most` ms pass); keys typed meanwhile are delivered afterwards."""
    if job is not None and not job.is_finished:
        loop = QEventLoop()
        job.finished.connect(loop.quit)
        if most is not None:
            QTimer.singleShot(most, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def wait_until_idle(tasks: Tasks) -> None:
    """Let all that runs or waits end; keys typed meanwhile are delivered afterwards."""
    later = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    while tasks.is_busy():
        QCoreApplication.processEvents(later | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
