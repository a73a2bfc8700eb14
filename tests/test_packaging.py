"""What pyproject.toml asks for and what the constraints pin are the same things."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
BLOCKS = re.compile(r"^(\S+)==(\S+)(.*?)\\\n((?:    --hash=\S+(?: \\)?\n)+)", re.MULTILINE)


def pinned(name: str) -> dict[str, list[tuple[str, str, int]]]:
    """Package -> (version, marker, how many files' hashes), for each pin of a constraints file."""
    pins: dict[str, list[tuple[str, str, int]]] = {}
    for found in BLOCKS.finditer((ROOT / name).read_text(encoding="utf-8")):
        pins.setdefault(found[1], []).append((found[2], found[3].strip(" ;"), found[4].count("sha256:")))
    return pins


def project() -> dict[str, Any]:
    """The `project` table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-dev.txt"])
def test_constraints_pin_every_dependency_with_hashes(name: str) -> None:
    pins = pinned(name)
    wanted = project()["dependencies"]
    if name == "constraints-dev.txt":
        wanted = wanted + project()["optional-dependencies"]["dev"]
    for requirement in map(Requirement, wanted):
        fitting = [
            pin for pin in pins[canonicalize_name(requirement.name)] if requirement.specifier.contains(pin[0])
        ]
        assert fitting, f"{name} pins nothing that fits {requirement}"
        assert all(hashes for _version, _marker, hashes in fitting)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_gets_one_qt_that_it_can_run(python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    pins = pinned("constraints.txt")["pyside6-essentials"]
    (version,) = [
        version for version, marker, _hashes in pins if not marker or Marker(marker).evaluate(environment)
    ]
    assert (Version(version) < Version("6.12")) == (python == "3.11")


def test_both_constraints_agree() -> None:
    run, development = pinned("constraints.txt"), pinned("constraints-dev.txt")
    assert run == {package: development[package] for package in run}


def test_constraints_name_no_index() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
