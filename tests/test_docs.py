"""The documents tell what stands: generated ones are fresh, written ones name only what is there."""

from __future__ import annotations

import importlib.util
import re
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from tracker import i18n
from tracker.ui import shortcuts_sheet
from tracker.ui.commands import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *(ROOT / "docs").rglob("*.md"),
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "CHANGELOG.md",
]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def _docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "scripts/docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DOCS = _docs()


def test_generated_documents_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert DOCS.main(["--check"]) == 0, capsys.readouterr().out + "run scripts/docs.py"


def test_a_stale_document_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(DOCS, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    assert DOCS.main([]) == 0
    (tmp_path / "docs/ledgers.md").write_text("bygone")
    capsys.readouterr()
    assert DOCS.main(["--check"]) == 1
    assert capsys.readouterr().out.startswith("docs/ledgers.md is stale")


@pytest.mark.parametrize(("name", "language"), DOCS.MANUALS.items())
def test_the_manual_has_the_keys_of_the_program(name: str, language: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    told = re.findall(r"^\| (.+?) \| `(.+?)` \| (.+?) \|$", text, re.M)
    i18n.use(language)
    groups = list(chain.from_iterable(shortcuts_sheet.parts()))
    i18n.use("en")
    assert told == [(title, keys, words) for title, entries in groups for keys, words in entries]
    pressed = {keys for _title, keys, _words in told}
    assert {command.keys for command in COMMANDS if command.keys and not command.also} <= pressed
    assert "Ctrl+Shift+Z, Ctrl+Y" in pressed


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_architecture_names_only_what_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tracker|tests|scripts|resources|benchmarks|docs)/[\w./]*)`", text)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
    parts = {
        path.stem
        for path in (ROOT / "tracker").iterdir()
        if path.name not in ("__init__.py", "__pycache__", "py.typed", "resources")
    }
    assert {part for part in parts if part not in text} == set()
    assert len(text.splitlines()) <= 100, "one page"


def test_decisions_are_numbered_once_and_titled() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(set(numbers)) == len(numbers)
    for path in DECISIONS:
        title = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(rf"# 0*{int(path.name[:4])}\.? \w", title), path.name
