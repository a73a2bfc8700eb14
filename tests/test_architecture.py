"""Who may import whom. Each rule turns a source tree into sentences, and is shown to find what it looks for."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BASE = {"errors", "i18n", "ids", "logs", "paths", "period", "pinyin", "workdays"}
DECLARED = {
    *BASE,
    "schema",
    "ledgers",
    "attached",
    "indicators",
    "settings",
    "catalogue",
    "draws",
    "forms",
    "papers",
    "returns",
}
JOINED = {*DECLARED, "db", "exchange", "demonstration", "operations"}
MAY: dict[str, set[str]] = {
    **dict.fromkeys(BASE, BASE),
    "schema": {"errors", "i18n", "period", "workdays"},
    "ledgers": {"i18n", "schema"},
    "attached": {"i18n", "schema"},
    "indicators": {"i18n", "ledgers", "schema"},
    "settings": {*BASE, "ledgers", "schema"},
    "draws": {"i18n", "schema"},
    "forms": {"i18n"},
    "papers": {"i18n", "schema"},
    "returns": {"i18n", "indicators", "ledgers", "schema"},
    "catalogue": {*BASE, "attached", "ledgers", "indicators", "schema", "settings"},
    "db": {*BASE, "schema"},
    "exchange": {*BASE, "schema"},
    "demonstration": {*BASE, "ledgers", "schema"},
    "operations": JOINED,
    "printing": DECLARED,
    "commands": {*JOINED, "printing"},
    "cli": {*JOINED, "printing", "commands", "app"},
    "ui": {*JOINED, "printing"},
    "app": {*JOINED, "printing", "ui", "tour"},
    "tour": {*JOINED, "printing", "ui", "app"},
    "__main__": {"cli"},
}
"""What each part of `tracker` may import beside itself; whatever is not named here has no place yet."""

OUTSIDE: dict[str, tuple[str, ...]] = {
    "PySide6": ("ui", "app", "tour"),
    "shiboken6": ("ui", "app", "tour"),
    "sqlcipher3": ("db",),
    "sqlite3": ("db",),
    "sqlite_utils": ("db",),
    "openpyxl": ("exchange",),
    "python_calamine": ("exchange",),
    "docx": ("exchange",),
    "docxtpl": ("exchange",),
    "jinja2": ("exchange",),
    "lxml": ("exchange",),
    "click": ("cli", "commands"),
    "holidays": ("workdays",),
    "platformdirs": ("paths",),
    "psutil": ("db",),
    "pypinyin": ("pinyin",),
    "zxcvbn": ("operations",),
}
"""Each library and the only parts that import it."""


@dataclass(frozen=True)
class Import:
    """One import: who, whom (a module of ours where it is one), and how."""

    module: str
    target: str
    line: int
    typing: bool
    deferred: bool
    explained: bool

    @property
    def part(self) -> str:
        """The part of `tracker` that imports: its first name below it."""
        return self.module.split(".")[1] if "." in self.module else "__init__"

    @property
    def where(self) -> str:
        return f"{self.module}, line {self.line}"


@cache
def imports(root: Path) -> tuple[Import, ...]:
    """Every import in the package `tracker` under `root`."""
    files = {_name(path, root): path for path in sorted((root / "tracker").rglob("*.py"))}
    return tuple(found for name, path in files.items() for found in _imports(name, path, frozenset(files)))


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(module: str, path: Path, ours: frozenset[str]) -> Iterator[Import]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()

    def walk(node: ast.AST, typing: bool, deferred: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                near = "".join(lines[max(child.lineno - 2, 0) : child.end_lineno])
                for target in _targets(child, ours):
                    yield Import(module, target, child.lineno, typing, deferred, "#" in near)
            else:
                inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                guarded = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
                yield from walk(child, typing or guarded, deferred or inside)

    yield from walk(ast.parse(text), False, False)


def _targets(node: ast.Import | ast.ImportFrom, ours: frozenset[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = "." * node.level + (node.module or "")
    for alias in node.names:
        yield f"{base}.{alias.name}" if f"{base}.{alias.name}" in ours else base


def layers(root: Path) -> Iterator[str]:
    """Each part imports only what lies below it."""
    for found in imports(root):
        head, _dot, rest = found.target.partition(".")
        if head != "tracker" or not rest or found.part == "__init__":
            continue
        part = rest.split(".")[0]
        if found.part not in MAY:
            yield f"tracker.{found.part} has no place in the architecture yet; give it one in MAY."
        elif part != found.part and part not in MAY[found.part]:
            yield f"{found.where} imports {found.target}, but {found.part} may import only {sorted(MAY[found.part])}."


def libraries(root: Path) -> Iterator[str]:
    """Each library stays behind the part that is there for it, and the vocabulary needs none."""
    for found in imports(root):
        head = found.target.split(".")[0]
        if found.part not in OUTSIDE.get(head, (found.part,)):
            yield f"{found.where} imports {head}, which only {' and '.join(OUTSIDE[head])} may."
        elif head not in ("tracker", *OUTSIDE) and head not in sys.stdlib_module_names:
            yield f"{found.where} imports {head}, which no part is there for; name it in OUTSIDE."


def siblings(root: Path) -> Iterator[str]:
    """Ledgers do not know each other, nor do indicators; only the package's own tuple knows them all."""
    for found in imports(root):
        for package in ("ledgers", "indicators"):
            inside = found.module.startswith(f"tracker.{package}.")
            if inside and f"{found.target}.".startswith(f"tracker.{package}."):
                yield f"{found.where} imports {found.target}; {package} stand each for itself."


def deferred(root: Path) -> Iterator[str]:
    """An import inside a function says why it is there."""
    for found in imports(root):
        if found.deferred and not found.explained:
            yield f"{found.where} imports {found.target} inside a function; say why in a comment beside it."


def relative(root: Path) -> Iterator[str]:
    """Modules are named in full, as they are looked for."""
    for found in imports(root):
        if found.target.startswith("."):
            yield f"{found.where} imports {found.target}; write the whole name."


def cycles(root: Path) -> Iterator[str]:
    """No module imports itself by way of others; what only the type checker reads does not count."""
    graph: dict[str, set[str]] = {}
    for found in imports(root):
        if not found.typing:
            graph.setdefault(found.module, set()).add(found.target)
    done: set[str] = set()

    def walk(module: str, way: tuple[str, ...]) -> Iterator[str]:
        if module in way:
            yield "Modules import each other in a circle: " + " -> ".join((*way[way.index(module) :], module))
        elif module not in done:
            for target in sorted(graph.get(module, ())):
                yield from walk(target, (*way, module))
            done.add(module)

    for module in sorted(graph):
        yield from walk(module, ())


Rule = Callable[[Path], Iterator[str]]
RULES: tuple[Rule, ...] = (layers, libraries, siblings, deferred, relative, cycles)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_is_kept(rule: Rule) -> None:
    faults = list(rule(ROOT))
    assert not faults, "\n".join(faults)


BROKEN: tuple[tuple[Rule, str, str, str], ...] = (
    (
        layers,
        "schema/fields.py",
        "from tracker.db import database",
        "tracker.schema.fields, line 1 imports tracker.db",
    ),
    (layers, "db/records.py", "import tracker.ledgers.disputes", "db may import only"),
    (layers, "exchange/reading.py", "from tracker import db", "exchange may import only"),
    (layers, "operations/editing.py", "from tracker.ui import theme", "operations may import only"),
    (layers, "novelty.py", "import tracker.i18n", "tracker.novelty has no place"),
    (
        libraries,
        "operations/x.py",
        "def f():\n    # why\n    from PySide6.QtCore import Qt",
        "only ui and app and tour may",
    ),
    (libraries, "ui/list.py", "import sqlcipher3.dbapi2", "imports sqlcipher3, which only db may"),
    (libraries, "db/export.py", "import openpyxl", "imports openpyxl, which only exchange may"),
    (libraries, "schema/fields.py", "import numpy", "imports numpy, which no part is there for"),
    (
        siblings,
        "ledgers/petitions.py",
        "from tracker.ledgers.disputes import CAUSES",
        "stand each for itself",
    ),
    (deferred, "db/a.py", "def f():\n    import json", "tracker.db.a, line 2 imports json inside a function"),
    (relative, "db/a.py", "from . import records", "write the whole name"),
)


@pytest.mark.parametrize(("rule", "path", "text", "sentence"), BROKEN)
def test_rule_finds_what_breaks_it(tmp_path: Path, rule: Rule, path: str, text: str, sentence: str) -> None:
    for name in ("__init__.py", "db/__init__.py", "ui/theme.py", "ledgers/disputes.py", path):
        (tmp_path / "tracker" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tracker" / name).write_text(text if name == path else "", encoding="utf-8")
    faults = list(rule(tmp_path))
    assert len(faults) == 1
    assert sentence in faults[0]


def test_circle_is_found_but_not_one_for_the_type_checker(tmp_path: Path) -> None:
    (tmp_path / "tracker").mkdir()
    (tmp_path / "tracker/a.py").write_text("from tracker import b\n")
    (tmp_path / "tracker/b.py").write_text("import tracker.c\n")
    guarded = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tracker.b\n"
    (tmp_path / "tracker/c.py").write_text(guarded + "import tracker.a\n")
    assert list(cycles(tmp_path)) == [
        "Modules import each other in a circle: tracker.a -> tracker.b -> tracker.c -> tracker.a"
    ]


def test_reason_beside_a_deferred_import_is_seen(tmp_path: Path) -> None:
    (tmp_path / "tracker").mkdir()
    (tmp_path / "tracker/paths.py").write_text("def f():\n    # slow to load\n    import json\n")
    assert list(deferred(tmp_path)) == []
