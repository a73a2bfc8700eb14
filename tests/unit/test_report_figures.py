"""Each figure that a report prints comes out of its demonstration file, by the expression in its data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tracker.operations import demonstration
from tracker.operations.office import open_office
from tracker.operations.quoting import quoted, reader
from tracker.paths import resources
from tracker.period import Period

FILES = sorted((resources() / "reports").glob("*.toml"))
REPORTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
CASES = [(name, n) for name, report in sorted(REPORTS.items()) for n in range(len(report["figure"]))]


def period_of(report: dict[str, Any]) -> Period:
    """The report's year, known up to its cut-off where it has one."""
    as_of = report.get("as_of")
    return Period.year(report["year"], date.fromisoformat(as_of) if as_of else None)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, str]]]:
    """What each expression of each report says in its demonstration file."""
    found: dict[str, dict[str, str]] = {}
    for name, report in REPORTS.items():
        path = demonstration.make(name, tmp_path_factory.mktemp("demo") / f"{name}.db").path
        office = open_office(path, readonly=True)
        asked = [entry["figure"] for entry in report["figure"] if "figure" in entry]
        says = quoted(office.db, reader(office.db, period_of(report)), asked)
        found[name] = {expression: one.text or one.problem for expression, one in says.items()}
        office.close()
    yield found


@pytest.mark.parametrize(("name", "n"), CASES, ids=lambda value: str(value))
def test_the_figure_comes_out_as_the_report_prints_it(
    told: dict[str, dict[str, str]], name: str, n: int
) -> None:
    entry = REPORTS[name]["figure"][n]
    if "figure" not in entry:
        assert entry["kind"] in ("text", "out of scope")
        return
    assert told[name][entry["figure"]] == entry.get("says", entry["printed"])
