"""Documents of a case made from Word templates by docxtpl: names in `{{ }}`, loops and conditions in `{% %}`.

The language is a small part of jinja2's: names, their parts, filters, comparisons, for and if. It is checked paragraph
by paragraph before anything is filled in, so that every fault has a place; jinja2 runs in its sandbox all the same.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker.errors import UserError
from tracker.exchange.documents import DAMAGED, Block, as_bytes, blocks, open_template
from tracker.i18n import _, listed

BLANK = "________"
"""What stands where nothing is known, to be filled in by hand."""
DEEPEST = 2
"""Loops within loops."""
_TAG = re.compile(r"\{\{(?:(?:p|tr|tc|r)\s)?(.*?)\}\}|\{%(?:(?:p|tr|tc|r)\s)?(.*?)%\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_LOOP = ("index", "index0", "first", "last", "length")
_ALLOWED = (
    nodes.Output, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Test, nodes.For, nodes.If,
    nodes.TemplateData, nodes.Keyword, nodes.Neg,
)  # fmt: skip
Filter = Callable[..., str]


@dataclass(frozen=True)
class Fault:
    """Something in a template that cannot be filled in: where, the text, and why with a remedy."""

    place: str
    text: str
    message: str


class Language:
    """What templates may say: names, the parts that things have, and filters."""

    def __init__(
        self, names: AbstractSet[str], parts: AbstractSet[str], filters: Mapping[str, Filter]
    ) -> None:
        self.names, self.parts = names, {*parts, *_LOOP}
        self.env = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, finalize=_shown, keep_trailing_newline=True
        )
        self.env.globals.clear()
        self.env.filters = dict(filters)

    def faults(self, content: bytes, name: str) -> tuple[Fault, ...]:
        """Everything in a template that it does not understand. Raises UserError for what is no document."""
        return tuple(_Check(self).of(blocks(open_template(content, name))))

    def fill(self, content: bytes, name: str, things: Mapping[str, object]) -> bytes:
        """The document with everything filled in, once `faults` found none; raises UserError for what it cannot see."""
        try:
            template = DocxTemplate(BytesIO(content))
            template.render(dict(things), self.env, autoescape=True)
            return as_bytes(template.docx)
        except (TemplateError, *DAMAGED) as wrong:
            text = _("{file} cannot be filled in ({reason}); check its loops and conditions.")
            raise UserError(text.format(file=name, reason=str(wrong)[:120])) from wrong

    def unknown(self, source: str) -> set[str]:
        """The names in a text that there are not."""
        return set(meta.find_undeclared_variables(self.env.parse(source))) - self.names

    def text(self, source: str, things: Mapping[str, object]) -> str:
        """One of the program's own texts filled in; what is not known is nothing."""
        plain = self.env.overlay(autoescape=False, finalize=lambda value: "" if value is None else value)
        return plain.from_string(source).render(dict(things))


def _shown(value: object) -> object:
    return BLANK if value is None or (isinstance(value, str) and not value.strip()) else value


class _Check:
    """Goes through the paragraphs in order, remembering which loops and conditions are open."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.open: list[tuple[str, str, Block]] = []
        self.loops: list[str] = []

    def of(self, found: Iterator[Block]) -> Iterator[Fault]:
        for block in found:
            for match in _TAG.finditer(block.text):
                value, step = match[1], match[2]
                said = self._step(step.strip(), block) if value is None else self._value(value.strip())
                if said:
                    yield Fault(block.place, match.group(), said)
            stray = _STRAY.search(_TAG.sub(lambda m: " " * len(m.group()), block.text))
            if stray:
                text = _("“{mark}” has no counterpart in this paragraph; complete it or take it out.")
                yield Fault(block.place, block.text[stray.start() :][:30], text.format(mark=stray.group()))
        for word, _names, block in self.open:
            text = _("“{word}” is opened here and closed nowhere; add {{% end{word} %}}.")
            yield Fault(block.place, block.text[:30], text.format(word=word))

    def _value(self, inside: str) -> str:
        return self._parsed(f"{{{{ {inside} }}}}")

    def _step(self, inside: str, block: Block) -> str:
        """A fault of `{% … %}`, empty for none."""
        word, _space, rest = inside.strip("-+ ").partition(" ")
        if word in ("for", "if"):
            return self._begin(word, rest, block)
        if word == "elif" and self.open and self.open[-1][0] == "if":
            return self._parsed(f"{{% if {rest} %}}{{% endif %}}")
        if word == "else" and self.open:
            return ""
        if word in ("endfor", "endif"):
            if not self.open or self.open[-1][0] != word[3:]:
                return _("“{word}” closes nothing that is open here.").format(word=word)
            for name in self.open.pop()[1].split(","):
                if name in self.loops:
                    self.loops.remove(name)
            return ""
        if word in ("vm", "hm") and not rest:
            return ""
        return _("“{word}” is not part of the language; only for, if, elif, else and their ends are.").format(
            word=word
        )

    def _begin(self, word: str, rest: str, block: Block) -> str:
        said = self._parsed(f"{{% {word} {rest} %}}{{% end{word} %}}")
        names = ""
        if word == "for":
            names = rest.partition(" in ")[0].strip()
            self.loops += names.split(",")
        self.open.append((word, names, block))
        if sum(each[0] == "for" for each in self.open) > DEEPEST:
            said = said or _("Loops stand {n} deep within each other at most.").format(n=DEEPEST)
        return said

    def _parsed(self, source: str) -> str:
        try:
            tree = self.language.env.parse(source.translate(_QUOTES))
        except TemplateError as wrong:
            return _("It cannot be read ({reason}).").format(reason=wrong.message or wrong)
        own = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
        for node in _all(tree):
            said = self._fault(node, own)
            if said:
                return said
        return ""

    def _fault(self, node: nodes.Node, own: AbstractSet[str]) -> str:
        known = {*self.language.names, *self.loops, *own, *(("loop",) if self.loops else ())}
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
            return _unknown(node.name, known, _("There is no “{name}”."))
        part = node.attr if isinstance(node, nodes.Getattr) else None
        if isinstance(node, nodes.Getitem):
            part = node.arg.value if isinstance(node.arg, nodes.Const) else ""
        if isinstance(part, str) and part not in self.language.parts:
            return _unknown(part, self.language.parts, _("Nothing has a part “{name}”."))
        if isinstance(node, nodes.Filter) and node.name not in self.language.env.filters:
            return _unknown(node.name, set(self.language.env.filters), _("There is no filter “{name}”."))
        if not isinstance(node, _ALLOWED):
            return _("“{word}” is not part of the language.").format(word=type(node).__name__)
        return ""


def _all(tree: nodes.Node) -> Iterator[nodes.Node]:
    for child in tree.iter_child_nodes():
        yield child
        yield from _all(child)


def _unknown(name: str, known: AbstractSet[str], text: str) -> str:
    near = difflib.get_close_matches(name, sorted(known), 3, 0.5)
    said = text.format(name=name)
    return said + (_(" Perhaps {names}?").format(names=listed(near)) if near else "")


def joined(documents: Sequence[bytes]) -> bytes:
    """Documents made from one template as one, each beginning on a page of its own."""
    first = docx.Document(BytesIO(documents[0]))
    body: Any = first.element.body
    end = body.find(qn("w:sectPr"))
    for content in documents[1:]:
        end.addprevious(_page_break())
        for element in docx.Document(BytesIO(content)).element.body:
            if element.tag != qn("w:sectPr"):
                end.addprevious(copy.deepcopy(element))
    return as_bytes(first)


def _page_break() -> Any:
    paragraph: Any = OxmlElement("w:p")
    run: Any = OxmlElement("w:r")
    mark: Any = OxmlElement("w:br")
    mark.set(qn("w:type"), "page")
    run.append(mark)
    paragraph.append(run)
    return paragraph
