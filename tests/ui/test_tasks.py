"""One worker: order, threads, errors, cancelling, and that the latest read wins."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tracker.errors import Cancelled, UserError
from tracker.ui.tasks import Progress, Tasks

PATIENCE = 5  # seconds any single step may take before the test is lost


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    result = Tasks()
    yield result
    result.cancel_all()
    result.shutdown()


@pytest.fixture(params=[False, True], ids=["worker", "instant"])
def either(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Tasks]:
    result = Tasks(instant=request.param)
    yield result
    result.shutdown()


def fail(error: Exception):
    def op(_progress: Progress) -> None:
        raise error

    return op


def test_results_come_in_order(either: Tasks, qtbot: QtBot) -> None:
    results: list[int] = []
    for number in range(20):
        either.run(lambda _p, number=number: number, results.append)
    qtbot.waitUntil(lambda: len(results) == 20)
    assert results == list(range(20))
    assert not either.is_busy()


def test_all_work_in_one_other_thread_all_results_in_the_main_one(tasks: Tasks, qtbot: QtBot) -> None:
    worked: list[int] = []
    told: list[int] = []

    def op(_progress: Progress) -> None:
        worked.append(threading.get_ident())

    for _ in range(5):
        tasks.run(op, lambda _r: told.append(threading.get_ident()))
    tasks.run(fail(UserError("no")), lambda _r: None, lambda _e: told.append(threading.get_ident()))
    qtbot.waitUntil(lambda: len(told) == 6)
    assert len(set(worked)) == 1
    assert worked[0] != threading.get_ident()
    assert set(told) == {threading.get_ident()}


def test_instant_results_are_there_at_once(qtbot: QtBot) -> None:
    results: list[str] = []
    job = Tasks(instant=True).run(lambda _p: threading.current_thread().name, results.append)
    assert results == [threading.main_thread().name]
    assert job.is_finished


def test_a_user_error_goes_to_its_handler(either: Tasks, qtbot: QtBot) -> None:
    errors: list[str] = []
    either.run(fail(UserError("Row 3 is wrong")), pytest.fail, lambda error: errors.append(str(error)))
    qtbot.waitUntil(lambda: bool(errors))
    assert errors == ["Row 3 is wrong"]


def test_a_user_error_without_handler_is_a_problem(either: Tasks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(either.problem) as told:
        either.run(fail(UserError("The disk is full")), pytest.fail)
    assert told.args == ["The disk is full"]


def test_a_defect_is_never_swallowed(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tasks.crashed) as told:
        tasks.run(fail(ZeroDivisionError("ours")), pytest.fail)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_defect_nobody_listens_to_reaches_the_exception_hook(tasks: Tasks, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        job = tasks.run(fail(ZeroDivisionError("ours")), pytest.fail)
        qtbot.waitUntil(lambda: job.is_finished)
    assert [kind for kind, _value, _trace in caught] == [ZeroDivisionError]


def test_an_instant_defect_comes_out_of_run(qtbot: QtBot) -> None:
    with pytest.raises(ZeroDivisionError):
        Tasks(instant=True).run(fail(ZeroDivisionError("ours")), pytest.fail)


def test_the_worker_goes_on_after_errors(tasks: Tasks, qtbot: QtBot) -> None:
    results: list[int] = []
    tasks.crashed.connect(lambda _e: None)
    tasks.problem.connect(lambda _t: None)
    tasks.run(fail(ZeroDivisionError()), pytest.fail)
    tasks.run(fail(UserError("no")), pytest.fail)
    tasks.run(lambda _p: 7, results.append)
    qtbot.waitUntil(lambda: results == [7])


def test_running_work_is_cancelled(tasks: Tasks, qtbot: QtBot) -> None:
    started = threading.Event()

    def op(progress: Progress) -> None:
        started.set()
        threading.Event().wait(0.01)
        while True:
            progress.check()

    job = tasks.run(op, pytest.fail, pytest.fail, cancellable=True)
    assert started.wait(PATIENCE)
    with qtbot.waitSignals([job.cancelled, job.finished]):
        job.cancel()
    assert not tasks.is_busy()


def test_waiting_work_is_never_started(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    started: list[str] = []
    tasks.run(lambda _p: gate.wait(PATIENCE), lambda _r: None)
    job = tasks.run(lambda _p: started.append("second"), pytest.fail, cancellable=True)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert started == []


def test_work_that_never_looks_still_tells_its_result(tasks: Tasks, qtbot: QtBot) -> None:
    started, gate = threading.Event(), threading.Event()
    results: list[str] = []

    def op(_progress: Progress) -> str:
        started.set()
        gate.wait(PATIENCE)
        return "saved"

    job = tasks.run(op, results.append, cancellable=True)
    assert started.wait(PATIENCE)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: results == ["saved"])


def test_cancelling_interrupts_what_cannot_look(tasks: Tasks, qtbot: QtBot) -> None:
    started, interrupted = threading.Event(), threading.Event()

    def op(progress: Progress) -> None:
        with progress.interruptible(interrupted.set):
            started.set()
            assert interrupted.wait(PATIENCE)
            raise Cancelled

    job = tasks.run(op, pytest.fail, pytest.fail, cancellable=True)
    assert started.wait(PATIENCE)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()


def test_an_interrupt_cannot_hit_later_work() -> None:
    called: list[str] = []
    progress = Progress()
    with progress.interruptible(lambda: called.append("too late")):
        pass
    progress.cancel()
    assert called == []


def test_progress_arrives_in_the_main_thread(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[int, int | None, str, int]] = []

    class View:
        def follow(self, job) -> None:
            job.progressed.connect(lambda *report: seen.append((*report, threading.get_ident())))

    def op(progress: Progress) -> None:
        for row in range(1, 1001):
            progress.report(row, 1000, "rows")

    job = tasks.run(op, lambda _r: None, progress=View())
    qtbot.waitUntil(lambda: job.is_finished)
    assert seen[0][:3] == (1, 1000, "rows")
    assert seen[-1] == (1000, 1000, "rows", threading.get_ident())
    assert len(seen) < 500, "reports in between are dropped"


def test_only_the_latest_read_arrives(tasks: Tasks, qtbot: QtBot) -> None:
    gate, started = threading.Event(), threading.Event()
    ran: list[str] = []
    results: list[str] = []

    def op(text: str):
        def read(_progress: Progress) -> str:
            ran.append(text)
            started.set()
            gate.wait(PATIENCE)
            return text

        return read

    tasks.run_latest("search", op("z"), results.append)
    assert started.wait(PATIENCE)
    tasks.run_latest("search", op("zh"), results.append)
    tasks.run_latest("search", op("zha"), results.append)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert ran == ["z", "zha"], "the one that had not started was skipped"
    assert results == ["zha"], "the outdated result was dropped"


def test_an_outdated_read_fails_silently(tasks: Tasks, qtbot: QtBot) -> None:
    gate, started = threading.Event(), threading.Event()
    results: list[str] = []

    def first(_progress: Progress) -> str:
        started.set()
        gate.wait(PATIENCE)
        raise UserError("outdated")

    tasks.problem.connect(pytest.fail)
    tasks.run_latest("search", first, pytest.fail)
    assert started.wait(PATIENCE)
    tasks.run_latest("search", lambda _p: "new", results.append)
    gate.set()
    qtbot.waitUntil(lambda: results == ["new"])


def test_reads_of_different_keys_do_not_disturb_each_other(either: Tasks, qtbot: QtBot) -> None:
    results: list[str] = []
    either.run_latest("list", lambda _p: "list", results.append)
    either.run_latest("counts", lambda _p: "counts", results.append)
    either.run_latest("list", lambda _p: "list again", results.append)
    qtbot.waitUntil(lambda: "list again" in results and "counts" in results)


def test_shutdown_finishes_the_queue_and_delivers(qtbot: QtBot) -> None:
    tasks = Tasks()
    results: list[int] = []
    for number in range(10):
        tasks.run(lambda _p, number=number: number, results.append)
    tasks.shutdown()
    assert results == list(range(10))
    with pytest.raises(RuntimeError):
        tasks.run(lambda _p: 1, results.append)


def test_busy_is_told_once_each_way(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[bool] = []
    tasks.busy.connect(told.append)
    gate = threading.Event()
    for _ in range(3):
        tasks.run(lambda _p: gate.wait(PATIENCE), lambda _r: None)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert told == [True, False]
