"""Where things are: the program's own resources and the user's data, settings and logs."""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path

APP = "case-tracker"


@cache
def resources() -> Path:
    """The folder of icons, catalogues and templates: inside an installed package, beside it in a checkout."""
    inside = Path(__file__).parent / "resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def itself(path: Path) -> Path:
    """The file that a symbolic link leads to, else the same name; a file renamed over a link would leave the other."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def data_folder() -> Path:
    """The user's own data folder (not made here), where the office's file is by default."""
    import platformdirs  # here: a tenth of the command line's start, and most commands name their file

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_folder() -> Path:
    """The folder of what belongs to this computer rather than the file: language, last file, column widths."""
    import platformdirs  # as above

    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def log_folder() -> Path:
    """The folder of the program's own log, which stays on this computer."""
    import platformdirs  # as above

    return Path(platformdirs.user_log_dir(APP, appauthor=False))


def default_file() -> Path:
    """The office's data file where the command line names none."""
    return data_folder() / "cases.db"


def machine() -> str:
    """The name of this computer, as records carry it."""
    return platform.node() or "unknown"
