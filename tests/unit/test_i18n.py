"""The Chinese catalogue: complete, compiled, and faithful to the words it stands for."""

from __future__ import annotations

import ast
import importlib.util
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tracker import i18n
from tracker.i18n import N_, _, ngettext
from tracker.ledgers import LEDGERS
from tracker.schema.fields import Choice

ROOT = Path(__file__).parent.parent.parent


def _catalogue() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "scripts/catalogue.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CATALOGUE = _catalogue()


def messages() -> Iterator[tuple[str, str]]:
    """Each message with its Chinese text, plural forms one by one."""
    for message in CATALOGUE.stored():
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        texts = (message.string,) if isinstance(message.string, str) else message.string
        for identifier in ids:
            for text in texts:
                yield identifier, text


def test_no_message_is_untranslated() -> None:
    assert CATALOGUE.missing() == []


def test_the_compiled_catalogue_is_fresh() -> None:
    assert CATALOGUE.MO.read_bytes() == CATALOGUE.compiled(CATALOGUE.stored())


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_translations_fill_in_the_same_words() -> None:
    wrong = []
    for identifier, text in messages():
        try:
            if placeholders(text) - {"n"} != placeholders(identifier) - {"n"}:
                wrong.append(identifier)
        except ValueError:  # not a format: a sentence about braces
            if Counter(re.findall(r"[{}]", identifier)) != Counter(re.findall(r"[{}]", text)):
                wrong.append(identifier)
    assert wrong == []


def test_translations_are_chinese() -> None:
    same = "uid|no|Excel|CSV|PDF|SQLite|Qt|LibreOffice|WPS|Case Tracker|Ctrl"
    plain = [i for i, text in messages() if re.search("[A-Za-z]{3}", re.sub(r"\{.*?\}", "", i)) and i == text]
    assert [i for i in plain if not re.search(same, i)] == []
    spaced = [text for _i, text in messages() if re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", text)]
    assert [text for text in spaced if "  " not in text and "\t" not in text and "＋" not in text][:5] == []


@pytest.mark.parametrize("mark", (",", ";", "?", "!"))
def test_chinese_is_punctuated_as_chinese(mark: str) -> None:
    assert [text for _i, text in messages() if re.search(rf"[\u4e00-\u9fff]\{mark}", text)] == []


def test_labels_that_differ_in_english_differ_in_chinese() -> None:
    for ledger in LEDGERS:
        for labels in (
            [field.label for field in ledger.fields],
            *([code.label for code in field.codes] for field in ledger.fields if isinstance(field, Choice)),
        ):
            assert len({_(label) for label in labels}) == len(set(labels)), ledger.name


def test_languages_are_switched_at_once() -> None:
    assert i18n.language() == "zh_CN" and _("Disputes") != "Disputes"
    i18n.use("en")
    assert (i18n.language(), _("Disputes")) == ("en", "Disputes")
    i18n.use("zh-Hans")
    assert i18n.language() == "zh_CN"
    assert i18n.everywhere("Disputes") == {"Disputes", _("Disputes")}


def test_marking_and_nothing() -> None:
    assert N_("Disputes") == "Disputes"
    assert _("") == "" and i18n.everywhere("") == frozenset()


def test_plurals_follow_the_number() -> None:
    i18n.use("en")
    assert [ngettext("{n} thing", "{n} things", n).format(n=n) for n in (0, 1, 2)] == [
        "0 things",
        "1 thing",
        "2 things",
    ]


@pytest.mark.parametrize(
    ("variables", "language"),
    (
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.GB18030"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ),
)
def test_the_system_s_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == language


def unmarked(path: Path) -> Iterator[str]:
    """Sentences that a UserError or Invalid is raised with, past gettext."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
            "UserError",
            "Invalid",
            "FileProblem",
        ):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield f"{path.name}, line {node.lineno}: {argument.value!r}"


def test_no_error_speaks_past_gettext(tmp_path: Path) -> None:
    assert [fault for path in (ROOT / "tracker").rglob("*.py") for fault in unmarked(path)] == []
    (tmp_path / "bad.py").write_text('raise UserError("Not so.")\n')
    assert list(unmarked(tmp_path / "bad.py")) == ["bad.py, line 1: 'Not so.'"]


def test_no_message_stands_inside_an_f_string() -> None:
    """Before Python 3.12 no tool finds it there, and the catalogue would lose it."""
    hidden = []
    for path in (ROOT / "tracker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for inner in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
                called = (
                    isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "_"
                )
                if called and any(isinstance(given, ast.Constant) for given in inner.args):
                    hidden.append(f"{path.name}:{inner.lineno}")
    assert hidden == []
