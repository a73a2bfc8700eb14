"""The list page on a million disputes: milliseconds from a click or a word to the first painted rows.

Run: python benchmarks/lists.py [FILE]   (made where it is missing; the real page offscreen, each the median of 3)

A stall is the longest time for which the window could not have answered a key.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, gettempdir

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer  # noqa: E402  (after the platform is chosen)
from PySide6.QtWidgets import QApplication  # noqa: E402

from benchmarks.floor import best  # noqa: E402
from benchmarks.million import make  # noqa: E402
from tracker import i18n  # noqa: E402
from tracker.ledgers.disputes import DISPUTES  # noqa: E402
from tracker.operations.office import open_office  # noqa: E402
from tracker.schema.operators import Filter  # noqa: E402
from tracker.ui.desk import Desk  # noqa: E402
from tracker.ui.ledger_page import LedgerPage  # noqa: E402
from tracker.ui.state import State  # noqa: E402
from tracker.ui.tasks import Tasks  # noqa: E402

RUNS, JUMPS = 3, 60
OPENING, JUMP, FIRST_ROWS = 150, 50, 150
FILTERS = {
    "closed in 2020": Filter("closed_on", "days", ("2020-01-01", "2020-12-31")),
    "closed on one day of 2017": Filter("closed_on", "days", ("2017-03-15", "2017-03-15")),
    "not closed": Filter("closed_on", "empty"),
    "refused": Filter("refused_on", "filled"),
    "applied in 2016": Filter("applied_on", "days", ("2016-01-01", "2016-12-31")),
    "heard by February 2016": Filter("heard_on", "days", (None, "2016-02-29")),
    "final awards": Filter("closing_method", "one_of", ("final_award",)),
    "cancelled (none)": Filter("closing_method", "one_of", ("cancelled",)),
    "by referral (none)": Filter("channel", "one_of", ("referral",)),
    "cause: personnel": Filter("cause", "one_of", ("personnel",)),
    "60 workers": Filter("workers", "between", (60, 60)),
    "over a million claimed (none)": Filter("claim_amount", "between", (100_000_000, None)),
    "suspended days given (none)": Filter("suspended_days", "filled"),
    "sued (none)": Filter("sued_on", "filled"),
    "respondent contains 科技": Filter("respondent", "contains", ("科技",)),
    "applicant is 张伟": Filter("applicant", "equals", ("张伟",)),
    "with remarks": Filter("remarks", "filled"),
    "without arbitrator (none)": Filter("arbitrator", "empty"),
    "arbitrator lacks 赵": Filter("arbitrator", "lacks", ("赵",)),
}
SEARCHES = (
    *("北京", "张", "张伟", "劳务派遣", "2017", "〔2017〕第45", "下落不明", "查无此人", "调解", "移送"),
    *("2020-03", "2016年2月", "2019-07-08", "45,000", "45,000.55", "张 2020-03", "张伟 2017-05", "王 调解"),
)
BARE = "SELECT sum(claim_amount), sum(settled_amount) FROM disputes"
SORTS = ("claim_amount", "closed_on", "applicant", "case_no")


class Bench(QObject):
    """One page on one file: sees when rows are painted, and by a quick timer how long the window stands still."""

    def __init__(self, path: Path, folder: Path) -> None:
        super().__init__()
        self.desk = Desk(open_office(path), Tasks(), State(folder / "state.json"))
        self.page: LedgerPage | None = None
        self.painted = False
        self.stall = self._last = 0.0
        self._loop = QEventLoop()
        self._pulse = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._pulse.timeout.connect(self._beat)
        self._over: Callable[[], bool] = lambda: True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        page = self.page
        if event.type() == QEvent.Type.Paint and page and (page.model.rowCount() or page.model.all_there):
            self.painted = True
        return False

    def _beat(self) -> None:
        now = time.perf_counter()
        self.stall = max(self.stall, (now - self._last) * 1000)
        self._last = now
        if self._over():
            self._loop.quit()

    def until(self, over: Callable[[], bool]) -> None:
        """Let the window live until then."""
        self._over = over
        self._pulse.start()
        self._loop.exec()
        self._pulse.stop()

    def timed(self, act: Callable[[], object]) -> float:
        """Milliseconds until rows (or that there are none) are painted."""
        self.painted = False
        self._last = begun = time.perf_counter()
        act()
        self.until(lambda: self.painted)
        return (time.perf_counter() - begun) * 1000

    def settle(self) -> None:
        """Let the worker finish."""
        self._last = time.perf_counter()
        self.until(lambda: not self.desk.tasks.is_busy())

    def open(self) -> None:
        """Make the page and show it."""
        page = self.page = LedgerPage(self.desk, DISPUTES)
        page.resize(1280, 720)
        page.table.viewport().installEventFilter(self)
        page.stack.installEventFilter(self)
        page.show()

    def shut(self) -> None:
        """Drop the page."""
        if self.page:
            self.page.deleteLater()
            self.page = None
        self.settle()


def main(path: Path) -> int:
    """Measure and print; the number of figures over their target."""
    if not path.exists():
        make(path)
    i18n.use("zh_CN")
    app = QApplication([])  # noqa: F841 (it must live as long as its widgets)
    with TemporaryDirectory() as folder:
        make(Path(folder) / "empty.db", 0)
        small = Bench(Path(folder) / "empty.db", Path(folder))
        empty, _stall = measured(small, small.open, small.shut)
        small.open()
        small.settle()
        bench = Bench(path, Path(folder))
        over = list(figures(bench, empty))
        for one in (small, bench):
            one.shut()
            one.desk.close()
    return sum(over)


def figures(bench: Bench, empty: float) -> Iterator[bool]:
    """Print one line a figure; yields whether it is over its target."""
    before = resident()
    bare = best(lambda: bench.desk.reader.rows(BARE)) * 1000
    print(f"{'for comparison, a bare scan of the table':44} {bare:6.0f} ms")
    opened, stall = measured(bench, bench.open, bench.shut)
    yield told("opening the list, over an empty file", opened - empty, OPENING, stall)
    bench.open()
    bench.settle()
    yield told(f"jumping anywhere, worst of {JUMPS}", *jumped(bench))
    print(f"{'memory, scrolled through, over an empty file':44} {resident() - before:6.0f} MB")
    page = bench.page
    assert page is not None
    for name, chosen in FILTERS.items():
        took = measured(
            bench, partial(page.filters.set_filters, (chosen,)), partial(page.filters.set_filters, ())
        )
        yield told(f"filter: {name}", took[0], FIRST_ROWS, took[1])
    for text in SEARCHES:
        took = measured(bench, partial(searched, page, text), partial(searched, page, ""))
        yield told(f"search: {text}", took[0], FIRST_ROWS, took[1])
    for key in SORTS:
        took = measured(bench, partial(page.table.sort, key), page.table.sort_as_usual)
        yield told(f"sort: {key}", took[0], None, took[1])


def measured(bench: Bench, act: Callable[[], object], back: Callable[[], object]) -> tuple[float, float]:
    """The median of several runs to first painted rows; the longest stall until the worker was done."""
    times = []
    stall = 0.0
    for _run in range(RUNS):
        bench.stall = 0.0
        times.append(bench.timed(act))
        bench.settle()
        stall = max(stall, bench.stall)
        back()
        bench.settle()
    return median(times), stall


def jumped(bench: Bench) -> tuple[float, int, float]:
    """The slowest jump of the scroll bar, its target, and the longest stall."""
    assert bench.page is not None
    bench.stall = 0.0
    bar, dice = bench.page.table.verticalScrollBar(), random.Random(1)
    places = [dice.randrange(bar.maximum()) for _jump in range(JUMPS)]
    took = max(bench.timed(partial(bar.setValue, place)) for place in places)
    bar.setValue(0)
    return took, JUMP, bench.stall


def searched(page: LedgerPage, text: str) -> None:
    """Search as Enter does, without the wait for further keys."""
    page.head.search.setText(text)
    page.head.search.returnPressed.emit()


def told(what: str, took: float, target: int | None, stall: float) -> bool:
    """Print a line; whether it is over its target."""
    over = target is not None and took > target
    aim = "reported" if target is None else f"{'OVER' if over else 'within'} {target}"
    print(f"{what:44} {took:6.0f} ms  {aim:12} (stall {stall:.0f} ms)", flush=True)
    return over


def resident() -> float:
    """Megabytes in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(gettempdir()) / "case-tracker-million.db"))
