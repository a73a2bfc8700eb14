"""The template of the report: the office's own, kept in its file, else the standard one it chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.db import templates as stored
from tracker.exchange import documents
from tracker.exchange.report_document import build
from tracker.i18n import _
from tracker.operations.exporting import fresh_file
from tracker.operations.office import Changed, Office, save_settings
from tracker.paths import resources
from tracker.settings import REPORT_TEMPLATE

NAME = "report"
"""By which the office's own is kept."""


@dataclass(frozen=True)
class Template:
    """A template as .docx, with what it is called."""

    label: str
    content: bytes
    own: bool = False


def shipped() -> Iterator[tuple[str, str]]:
    """The standard templates: name, and what each is called."""
    return ((code.key, _(code.label)) for code in REPORT_TEMPLATE.codes)


def source(name: str) -> str:
    """The text of a standard template, one paragraph a line."""
    return (resources() / "reports" / f"{name}.md").read_text(encoding="utf-8")


def in_use(office: Office) -> Template:
    """The template that reports are made from."""
    own = stored.read(office.db, NAME)
    if own is not None:
        return Template(_("The office's own template"), own, own=True)
    name = chosen(office)
    return Template(REPORT_TEMPLATE.code_label(name), build(source(name)))


def chosen(office: Office) -> str:
    """The name of the standard template that is chosen, whether or not the office has its own."""
    return str(office.setting(REPORT_TEMPLATE.key))


def choose(office: Office, name: str) -> Changed:
    """Take a standard template from now on; the office's own is dropped."""
    stored.write(office.db, office.who, NAME, None)
    save_settings(office, {REPORT_TEMPLATE.key: name})
    return Changed(settings=True)


def take_over(office: Office, path: Path) -> Changed:
    """Make a .docx the office's own template. Raises UserError."""
    return keep(office, documents.read_template(path))


def keep(office: Office, content: bytes) -> Changed:
    """Make this content the office's own template."""
    return Changed(settings=stored.write(office.db, office.who, NAME, content))


def save_as(office: Office, path: Path) -> Path:
    """Write the template in use as .docx, to be edited. Raises UserError."""
    content = in_use(office).content
    with fresh_file(path) as fresh:
        fresh.write_bytes(content)
    return path
