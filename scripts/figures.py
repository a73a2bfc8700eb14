"""Make every demonstration and write what comes out: docs/figures.md and tests/snapshots/. `--check` only compares.

The snapshots hold all figures of each demonstration, so that whatever a change does to them is read in its diff.
"""

# ruff: noqa: E402 (the checkout need not be installed)
from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tracker import i18n
from tracker.i18n import _
from tracker.operations import demonstration, published
from tracker.operations.figures import figures
from tracker.operations.office import open_office
from tracker.operations.published import Printed, Report
from tracker.operations.quoting import Quoted
from tracker.schema.indicator import Figure, written

NOTE = "<!-- Made by scripts/figures.py from resources/reports/ and the demonstrations; change those, then run it. -->"
Files = Mapping[str, Path]
"""The demonstrations' files by their names."""


def make_all(folder: Path) -> Files:
    """Each report's demonstration in a folder."""
    found = published.reports()
    return {r.name: demonstration.make(r.name, folder / f"{r.name}.db").path for r in found}


def document(files: Files) -> str:
    """docs/figures.md: each figure of each report, what gives it, what came out, and whether and why it differs."""
    lines = [
        "# The figures of the reports",
        "",
        NOTE,
        "",
        "Each figure that the five annual reports print, in their order: the words around it, the expression that",
        "gives it, and what came out of the report's demonstration. Periods are the report's year, and where the",
        "expression says so a part of it. Expressions are those of a report's template. “About”: the report itself",
        "rounds (余, 多, 近, 以上), and the value lies where its words put it. “In words”: it prints no number.",
        "",
    ]
    for report in published.reports():
        office = open_office(files[report.name], readonly=True)
        told = published.told(office.db, report)
        office.close()
        lines += _report(report, told)
    return "\n".join(lines).rstrip() + "\n"


def _report(report: Report, told: Mapping[str, Quoted]) -> Iterator[str]:
    computed = [one for one in report.figures if one.figure]
    verdicts = Counter(one.verdict for one in computed)
    yield from (f"## `{report.name}` {report.title}", "")
    yield (
        f"{report.period.label()}. {len(report.figures)} figures: {verdicts['equal']} equal, {verdicts['about']} about "
        f"equal, {verdicts['in words']} printed in words, {verdicts['no']} not; "
        f"{len(report.figures) - len(computed)} that no ledger computes."
    )
    yield from (
        "",
        "| passage | printed | unit | expression | came out | equal | why |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    )
    for one in report.figures:
        yield _row(one, told)
    yield ""


def _row(one: Printed, told: Mapping[str, Quoted]) -> str:
    text = told[one.figure].text if one.figure else "–"
    same = one.kind or ("yes" if one.verdict == "equal" else one.verdict)
    expression = f"`{one.figure}`".replace("|", "\\|") if one.figure else "–"
    cells = (one.passage.replace("|", "\\|"), one.printed, one.unit, expression, text, same, one.note)
    return f"| {' | '.join(cells)} |"


def snapshot(report: Report, file: Path) -> str:
    """All figures of a demonstration in its report's period: one line each, its parts below it."""
    i18n.use("zh_CN")
    office = open_office(file, readonly=True)
    lines = [f"# {report.name} {report.period.label()}"]
    for figure in figures(office.db, report.period):
        lines += _figure(figure)
    office.close()
    i18n.use("en")
    return "\n".join(lines) + "\n"


def _figure(figure: Figure) -> Iterator[str]:
    above, below = figure.part_texts()
    value = figure.text()
    if figure.parts is not None:
        yield f"{figure.indicator.key} {written(Fraction(figure.numerator or 0), 0)}"
        yield from (f"    {part} {figure.part_text(part)}" for part in figure.parts)
    elif below is not None:
        yield f"{figure.indicator.key} {value or '-'} = {above} / {below}"
    else:
        yield f"{figure.indicator.key} {value} {_(figure.indicator.unit)}"


def documents(files: Files) -> dict[Path, str]:
    """Each document's place and text."""
    places = {ROOT / "docs/figures.md": document(files)}
    for report in published.reports():
        places[ROOT / f"tests/snapshots/{report.name}.txt"] = snapshot(report, files[report.name])
    return places


def main(words: list[str]) -> int:
    i18n.use("en")
    with TemporaryDirectory() as folder:
        made = documents(make_all(Path(folder)))
    stale = {p: text for p, text in made.items() if not p.exists() or p.read_text("utf-8") != text}
    for path, text in stale.items():
        if words == ["--check"]:
            print(f"{path.relative_to(ROOT)} is stale: run scripts/figures.py")
            continue
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale and words == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
