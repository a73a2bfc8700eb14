"""What pyproject.toml asks for and what the constraints pin are the same things."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
BLOCKS = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+).*?\n((?:    --hash=\S+(?: \\)?\n)*)", re.MULTILINE)


def pinned(name: str) -> dict[str, tuple[str, int]]:
    """Package -> its version and how many files' hashes a constraints file names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {found[1]: (found[2], found[3].count("--hash=sha256:")) for found in BLOCKS.finditer(text)}


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
        version, hashes = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} but {name} pins {version}"
        assert hashes, f"{name} has no hash of {requirement.name}"


def test_both_constraints_agree() -> None:
    run, development = pinned("constraints.txt"), pinned("constraints-dev.txt")
    assert run == {package: development[package] for package in run}


def test_constraints_name_no_index() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
