"""The wheel holds all it needs, built from the checkout or from an sdist, and runs without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import tracker
from tests.needs import lacking

ROOT = Path(tracker.__file__).parent.parent
CATALOGUE = "tracker/resources/locale/zh_CN/LC_MESSAGES/tracker.mo"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel built from it."""
    return build(ROOT, tmp_path_factory.mktemp("dist"))


def build(source: Path, folder: Path, *options: str) -> Path:
    """Build with the environment's own hatchling: no network, nothing written to `source`."""
    command = [sys.executable, "-m", "build", "--no-isolation", "-o", str(folder), *options, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "hatchling" in done.stdout + done.stderr and "Missing dependencies" in done.stdout + done.stderr:
        lacking("hatchling (./check installs it)")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The single file of that pattern."""
    (path,) = folder.glob(pattern)
    return path


def names(wheel: Path) -> set[str]:
    """Every file in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_module_and_resource(dist: Path) -> None:
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tracker").rglob("*.py")}
    resources = {f"tracker/{path.relative_to(ROOT).as_posix()}" for path in tracked_resources()}
    assert CATALOGUE in resources
    wheel = names(only(dist, "*.whl"))
    assert not (sources | resources) - wheel
    folders = {"tracker", f"case_tracker-{tracker.__version__}.dist-info"}
    assert {name.split("/")[0] for name in wheel} == folders


def tracked_resources() -> list[Path]:
    """Every file of resources/ but the catalogue script's temporary ones."""
    return [
        path for path in (ROOT / "resources").rglob("*") if path.is_file() and not path.name.endswith(".new")
    ]


def test_sdist_and_checkout_make_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    direct = build(ROOT, tmp_path, "--wheel")
    assert names(only(direct, "*.whl")) == names(only(dist, "*.whl"))


def test_installed_wheel_runs_without_the_checkout(dist: Path, home: Path, tmp_path: Path) -> None:
    python = install(only(dist, "*.whl"), tmp_path / "venv")
    where = "import tracker, tracker.paths; print(tracker.__file__); print(tracker.paths.resources())"
    module, resources = run(python, "-c", where, cwd=home).splitlines()
    assert Path(module).is_relative_to(tmp_path)
    assert Path(resources) == Path(module).parent / "resources"
    command = python.with_name("case-tracker.exe" if os.name == "nt" else "case-tracker")
    assert "stats" in run(command, "--help", cwd=home)
    assert '"disputes"' in run(command, "ledgers", "--json", cwd=home)


def install(wheel: Path, folder: Path) -> Path:
    """The Python of a fresh environment with the wheel; this one lends it the dependencies."""
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    (Path(packages.strip()) / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def run(program: Path | str, *words: Path | str, cwd: Path) -> str:
    """Standard output of a program that succeeds, run with nothing of the checkout on its path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(program), *map(str, words)]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
