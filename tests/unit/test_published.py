"""Each figure that a report prints comes out of its demonstration, opens its records, and is written down."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from tests.demos import demo
from tests.effort import some
from tests.unit.test_overview import check_figure
from tracker.demonstration import NAMES, named
from tracker.indicators import INDICATORS
from tracker.ledgers import BY_NAME
from tracker.operations import published
from tracker.operations.figures import behind, figures
from tracker.operations.office import open_office
from tracker.operations.published import KINDS, Printed, Report
from tracker.operations.quoting import reader
from tracker.schema.expressions import Quote
from tracker.schema.indicator import Breakdown
from tracker.workdays import Calendar

ROOT = Path(__file__).parents[2]
REPORTS = {report.name: report for report in published.reports()}
REPORT = pytest.mark.parametrize("name", REPORTS)


def script() -> ModuleType:
    """scripts/figures.py, which is no package."""
    spec = importlib.util.spec_from_file_location("figures_script", ROOT / "scripts/figures.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["figures_script"] = module
    spec.loader.exec_module(module)
    return module


SCRIPT = script()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every demonstration, made once."""
    return {name: demo(tmp_path_factory, name) for name in NAMES}


def test_every_report_has_its_demonstration() -> None:
    assert set(REPORTS) == set(NAMES)
    assert sum(len(report.figures) for report in REPORTS.values()) > 300


@REPORT
def test_what_differs_says_why(name: str) -> None:
    for one in REPORTS[name].figures:
        assert one.printed in one.passage, one
        assert (one.kind in KINDS) == (not one.figure), one
        if one.figure and one.verdict == "no":
            assert one.note, one
        if one.figure and one.verdict == "in words":
            assert one.says, one


@REPORT
def test_each_figure_comes_out_as_written_down(files: dict[str, Path], name: str) -> None:
    report = REPORTS[name]
    office = open_office(files[name], readonly=True)
    told = published.told(office.db, report)
    office.close()
    found = {
        one.figure: told[one.figure].text or told[one.figure].problem for one in report.figures if one.figure
    }
    assert found == {one.figure: one.expected for one in report.figures if one.figure}


@REPORT
def test_the_records_behind_each_figure_recompute_it(files: dict[str, Path], name: str) -> None:
    report = REPORTS[name]
    office = open_office(files[name], readonly=True)
    read = reader(office.db, report.period)
    for expression in report.expressions():
        quote = read.read(expression)
        assert isinstance(quote, Quote)
        (figure,) = figures(office.db, quote.shown_period, [quote.indicator], compared=False)
        if isinstance(quote.indicator.measure, Breakdown):
            assert quote.part and figure.parts is not None
        else:
            check_figure(office, figure, behind(BY_NAME, quote.indicator, quote.shown_period))
    office.close()


@REPORT
def test_records_are_free_of_problems_and_warnings(files: dict[str, Path], name: str) -> None:
    office = open_office(files[name], readonly=True)
    for ledger in office.catalogue.ledgers:
        keys = [field.key for field in ledger.entered]
        for row in office.db.rows(f"SELECT {', '.join(keys)} FROM {ledger.name}"):
            assert ledger.problems(dict(zip(keys, row, strict=True))) == ()
    office.close()


LATER = (
    "rectify_by",
    "resolve_by",
    "receive_by",
    "pay_by",
    "valid_from",
    "valid_until",
    "certificate_expires",
)
"""Days set ahead, which may come after all that is known or on a day off."""
OFF = ("heard_on", "held_on")
"""Days that may be days off: weekend sessions, a Sunday's examination."""


@REPORT
def test_offices_work_on_working_days_and_know_nothing_later(files: dict[str, Path], name: str) -> None:
    office, calendar = open_office(files[name], readonly=True), Calendar()
    cut = REPORTS[name].period.cut.isoformat()
    fixed = {uid for (uid,) in office.db.rows("SELECT record FROM events WHERE kind = 'hearing'")}
    for ledger in office.catalogue.ledgers:
        keys = [f.key for f in ledger.inputs if f.kind == "day" and f.key not in LATER]
        for uid, *row in office.db.rows(f"SELECT {', '.join(('uid', *keys))} FROM {ledger.name}"):
            for key, day in zip(keys, (value and str(value)[:10] for value in row), strict=True):
                ahead = key == ledger.agenda.hearing and uid in fixed
                assert not day or day <= cut or ahead, (ledger.name, key, day)
                assert not day or key in OFF or calendar.is_workday(date.fromisoformat(day)), (
                    ledger.name,
                    key,
                    day,
                )
    office.close()


@pytest.mark.parametrize("name", some(sorted(REPORTS)[1:], 2))
def test_a_demonstration_is_drawn_the_same_again(name: str) -> None:
    first, again = (json.dumps(named(name).records(), ensure_ascii=False, sort_keys=True) for _n in range(2))
    assert sha256(first.encode()).digest() == sha256(again.encode()).digest()


def test_documents_and_snapshots_are_fresh(files: dict[str, Path], english: None) -> None:
    """Run scripts/figures.py where what comes out was meant to change, and read the diff."""
    stale = [
        str(path.relative_to(ROOT))
        for path, text in SCRIPT.documents(files).items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == []


def test_snapshots_hold_every_figure() -> None:
    for name in NAMES:
        lines = (ROOT / f"tests/snapshots/{name}.txt").read_text("utf-8").splitlines()
        told = [line.split(" ", 1)[0] for line in lines[1:] if not line.startswith(" ")]
        assert told == [indicator.key for indicator in INDICATORS]


@pytest.mark.parametrize(
    ("printed", "value", "verdict"),
    (
        ("2207", "2207", "equal"), ("82", "97", "no"), ("400多", "437", "about"), ("400多", "500", "no"),
        ("400多", "399", "no"), ("100余", "199", "about"), ("100余", "200", "no"), ("十余", "14", "about"),
        ("千余", "1046", "about"), ("千余", "2000", "no"), ("近15万", "149263", "about"), ("近15万", "150001", "no"),
        ("95%以上", "95", "about"), ("95%以上", "94", "no"), ("两次", "2", "equal"), ("没有", "0", "equal"),
        ("没有", "1", "no"), ("每月一", "12", "in words"), ("5万余", "52300", "about"), ("26.3万", "263000", "equal"),
    ),
)  # fmt: skip
def test_what_a_report_rounds_is_taken_at_its_word(printed: str, value: str, verdict: str) -> None:
    assert (
        Printed(passage=printed, printed=printed, figure="disputes.accepted", says=value).verdict == verdict
    )


@pytest.mark.parametrize(
    ("entry", "fault"),
    (
        ('printed = "1"', "figure 1: name a figure or a kind"),
        ('printed = "1"\nkind = "text"\nfigure = "disputes.accepted"', "figure 1: name a figure or a kind"),
        ('printed = "1"\nkind = "poetry"', "'poetry' is no kind"),
        ('printed = "1"\nkind = "text"\ncolour = "red"', "nothing unknown"),
    ),
)
def test_a_fault_of_the_data_is_named(tmp_path: Path, entry: str, fault: str) -> None:
    path = tmp_path / "x.toml"
    head = 'name = "x"\ntitle = "x"\nsource = "x"\nyear = 2020\n'
    path.write_text(f'{head}[[figure]]\npassage = "1"\n{entry}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        published.report(path)


def test_a_report_has_its_period_and_its_expressions() -> None:
    found: Report = REPORTS["huairou-2020"]
    assert found.period.as_of.isoformat() == "2020-12-25"
    assert len(found.expressions()) == len(set(found.expressions()))
