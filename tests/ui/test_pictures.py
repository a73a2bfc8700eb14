"""The script that pictures the screens works, for whoever adds one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

SCRIPT = Path(__file__).parents[2] / "scripts" / "pictures.py"


def test_the_galleries_are_pictured_in_both_languages_and_modes(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(SCRIPT),
        str(tmp_path),
        "--size",
        "1280x720",
        "--only",
        "gallery",
        "--only",
        "charts",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 8 and "charts-zh_CN-dark-1280x720.png" in made
    pictures = [QImage(str(path)) for path in tmp_path.iterdir()]
    assert all((picture.width(), picture.height()) == (1280, 720) for picture in pictures)
    assert len({bytes(picture.constBits()) for picture in pictures}) == 8, "each looks different"
