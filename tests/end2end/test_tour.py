"""Without a screen the main job is done all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtGui import QImage

from tracker.operations import overview
from tracker.operations.office import open_office

PAGES = ("start", "office", "statistics", "report", "settings")
FIGURES = ("2207", "2191", "99.28", "1443", "65.86", "143", "72.39", "94", "903")


def tour(out: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: text for name, text in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-m", "tracker.tour", str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=environ,
        cwd=Path(__file__).parents[2],
    )


def test_file_figures_workbook_and_pictures_are_made(tmp_path: Path, chinese_font: str) -> None:
    out = tmp_path / "out"
    done = tour(out)
    assert (done.returncode, done.stderr) == (0, "")
    words = (out / "figures-2020.txt").read_text(encoding="utf-8").split()
    assert [figure for figure in FIGURES if figure not in words] == []
    assert load_workbook(out / "workbook-2020.xlsx", read_only=True).sheetnames
    with closing(open_office(out / "huairou-2020.db", readonly=True)) as office:
        used = [ledger.name for ledger in overview.in_use(office.db)]
    assert len(used) > 15
    wanted = {*PAGES, *(f"{kind}-{name}" for kind in ("list", "form") for name in used)}
    pictures = {path.stem: QImage(str(path)) for path in (out / "pictures").glob("*.png")}
    assert set(pictures) == wanted
    assert all((picture.width(), picture.height()) == (1280, 720) for picture in pictures.values())
    assert len({bytes(picture.constBits()) for picture in pictures.values()}) == len(wanted), (
        "each looks different"
    )
    for path in (*(out / "pictures").glob("*.png"), out / "workbook-2020.xlsx"):
        assert str(path) in done.stdout


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = tour(tmp_path / "file" / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "file" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
