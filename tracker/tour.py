"""`python -m tracker.tour OUTDIR`: the main job without a screen, from the demonstration file to the workbook."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tracker import i18n, printing
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import demonstration, exporting
from tracker.operations.figures import figures, indicator_named
from tracker.operations.office import Office, open_office
from tracker.period import Period

DEMONSTRATION = "huairou-2020"
PERIOD = Period.year(2020, date(2020, 12, 25))
CORE = (
    "disputes.accepted",
    "disputes.closed",
    "disputes.closure_rate",
    "disputes.mediated",
    "disputes.mediation_share",
    "disputes.final_awards",
    "disputes.finality_rate",
    "petitions.received",
    "petitions.persons",
    "petitions.completion_rate",
    "wage_arrears.received",
    "wage_arrears.recovered_amount",
    "inspections.targets",
)


def main(words: list[str]) -> int:
    """Fill the folder named; returns the exit status."""
    printing.speak_utf8()
    i18n.use(i18n.system_language())
    if len(words) != 1:
        print("python -m tracker.tour OUTDIR", file=sys.stderr)
        return 2
    try:
        tour(Path(words[0]))
    except UserError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    except OSError as wrong:
        text = _("{path} cannot be read or written: {reason}.")
        print(text.format(path=wrong.filename or words[0], reason=wrong.strerror or wrong), file=sys.stderr)
        return 1
    return 0


def tour(out: Path) -> None:
    """Demonstration file, figures, workbook and pictures, saying what is written. Raises UserError and OSError."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{DEMONSTRATION}.db"
    if not file.exists():
        _say(_("Making the demonstration file {path}").format(path=file))
        printing.lines(demonstration.make(DEMONSTRATION, file).notes)
    with _opened(file) as office:
        _tell_figures(office, out / "figures-2020.txt")
        _say(_("Writing the year-end workbook"))
        made = exporting.workbook(office, PERIOD, out / "workbook-2020.xlsx")
        _say(_("Written: {path}").format(path=made.path.absolute()))
    _take_pictures(file, out / "pictures")


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[Office]:
    office = open_office(file)
    try:
        yield office
    finally:
        office.close()


def _tell_figures(office: Office, path: Path) -> None:
    lines = list(
        printing.figure_lines(
            PERIOD, figures(office.db, PERIOD, [indicator_named(office.catalogue, key) for key in CORE])
        )
    )
    printing.lines(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _say(_("Written: {path}").format(path=path.absolute()))


def _take_pictures(file: Path, folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from tracker.ui import (
            tour_pictures,  # here: where Qt's system libraries are missing, all else is done
        )
    except ImportError as wrong:
        _say(_("There are no pictures, since Qt cannot start: {reason}.").format(reason=wrong))
        return
    app = tour_pictures.application()
    if tour_pictures.lacks_font():
        _say(
            _(
                "This machine has no Chinese font, so the pictures show boxes; install one (Debian: fonts-noto-cjk)."
            )
        )
    for path in tour_pictures.take(app, open_office(file), PERIOD, folder):
        _say(_("Written: {path}").format(path=path.absolute()))


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
