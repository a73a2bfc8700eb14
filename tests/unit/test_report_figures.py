"""Each figure that a report prints comes out of its demonstration file, by the expression in its data."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tracker.catalogue import STANDARD
from tracker.demonstration import named
from tracker.ledgers import LEDGERS
from tracker.operations import demonstration
from tracker.operations.office import Office, open_office
from tracker.operations.quoting import quoted, reader
from tracker.paths import resources
from tracker.period import Period
from tracker.schema.expressions import Quote, Reader
from tracker.workdays import Calendar

FILES = sorted((resources() / "reports").glob("*.toml"))
REPORTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
MADE = ("baoan-2023", "yuhang-2023")
"""The demonstrations that are made after their reports' data."""
CASES = [(name, n) for name in MADE for n in range(len(REPORTS[name]["figure"]))]


def period_of(report: dict[str, Any]) -> Period:
    """The report's year, known up to its cut-off where it has one."""
    as_of = report.get("as_of")
    return Period.year(report["year"], date.fromisoformat(as_of) if as_of else None)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Office]]:
    """Each demonstration file, made once."""
    folder = tmp_path_factory.mktemp("demo")
    made = {name: demonstration.make(name, folder / f"{name}.db").path for name in MADE}
    opened = {name: open_office(path, readonly=True) for name, path in made.items()}
    yield opened
    for office in opened.values():
        office.close()


@pytest.fixture(scope="module")
def told(offices: dict[str, Office]) -> dict[str, dict[str, str]]:
    """What each expression of each report says in its demonstration file."""
    found: dict[str, dict[str, str]] = {}
    for name, office in offices.items():
        asked = [entry["figure"] for entry in REPORTS[name]["figure"] if "figure" in entry]
        says = quoted(office.db, reader(office.db, period_of(REPORTS[name])), asked)
        found[name] = {expression: one.text or one.problem for expression, one in says.items()}
    return found


@pytest.mark.parametrize(("name", "n"), CASES, ids=lambda value: str(value))
def test_the_figure_comes_out_as_the_report_prints_it(
    told: dict[str, dict[str, str]], name: str, n: int
) -> None:
    entry = REPORTS[name]["figure"][n]
    if "figure" not in entry:
        assert entry["kind"] in ("text", "out of scope")
        return
    assert told[name][entry["figure"]] == entry.get("says", entry["printed"])


@pytest.mark.parametrize("name", REPORTS)
def test_every_expression_names_a_figure(name: str) -> None:
    asked = Reader(STANDARD, period_of(REPORTS[name]))
    for entry in REPORTS[name]["figure"]:
        assert ("figure" in entry) != ("kind" in entry), entry
        assert "figure" not in entry or isinstance(asked.read(entry["figure"]), Quote)


LATER = ("rectify_by", "resolve_by", "certificate_expires", "heard_on")
"""Days that may be days off, or come after all that is known."""


@pytest.mark.parametrize("name", MADE)
def test_records_keep_the_rules_and_the_office_works_on_working_days(
    offices: dict[str, Office], name: str
) -> None:
    calendar, cut = Calendar(), period_of(REPORTS[name]).cut.isoformat()
    for ledger in LEDGERS:
        keys = [field.key for field in ledger.entered]
        days = [field.key for field in ledger.inputs if field.kind == "day" and field.key not in LATER]
        for row in offices[name].db.rows(f"SELECT {', '.join(keys)} FROM {ledger.name}"):
            record = dict(zip(keys, row, strict=True))
            assert ledger.problems(record) == ()
            for day in (str(record[key])[:10] for key in days if record[key]):
                assert day <= cut and calendar.is_workday(date.fromisoformat(day)), (ledger.name, record)


SAME = {
    "baoan-2023": "ebb92bde61ec3722810621a81c4a7ca666b4dc97cd3f83e8cafeb2d5b8ffa878",
    "yuhang-2023": "250e8cb3503e5e0a1bb6a60d6884d1d74c726e3450b2106090c1bfa9274848e5",
}
"""SHA-256 of all records, on every machine and Python; set anew where the data change on purpose."""


@pytest.mark.parametrize("name", MADE)
def test_the_same_seed_makes_the_same_records(name: str) -> None:
    text = json.dumps(named(name).records(), ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == SAME[name]
