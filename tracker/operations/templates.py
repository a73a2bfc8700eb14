"""The template of the report: the office's own, kept in its file, else the standard one it chose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.db import templates as stored
from tracker.exchange import documents
from tracker.exchange.report_document import build
from tracker.i18n import _
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Changed, Office, save_settings
from tracker.paths import resources
from tracker.settings import OWN_REPORT, REPORT_TEMPLATE, STANDARD_REPORTS

NAME = "report"
"""By which the office's own is kept."""
OWN = OWN_REPORT[0].key


@dataclass(frozen=True)
class Template:
    """A template as .docx, with what it is called."""

    name: str
    label: str
    content: bytes


def shipped() -> Iterator[tuple[str, str]]:
    """The standard templates: name, and what each is called."""
    return ((code.key, _(code.label)) for code in STANDARD_REPORTS)


def source(name: str) -> str:
    """The text of a standard template, one paragraph a line."""
    return (resources() / "reports" / f"{name}.md").read_text(encoding="utf-8")


def own(office: Office) -> bytes | None:
    """The office's own template, whether or not it is in use."""
    return stored.read(office.db, NAME)


def chosen(office: Office) -> str:
    """The name of the template in use, `own` for the office's own."""
    name = str(office.setting(REPORT_TEMPLATE.key))
    return str(REPORT_TEMPLATE.default) if name == OWN and own(office) is None else name


def in_use(office: Office) -> Template:
    """The template that reports are made from."""
    name = chosen(office)
    content = own(office) if name == OWN else None
    return Template(name, REPORT_TEMPLATE.code_label(name), content or build(source(name)))


def choose(office: Office, name: str) -> Changed:
    """Take a standard template from now on, or again the office's own, which is kept either way."""
    return save_settings(office, {REPORT_TEMPLATE.key: name})


def take_over(office: Office, path: Path) -> Changed:
    """Make a .docx the office's own template and use it. Raises UserError."""
    content = documents.read_template(path)
    with office.db.atomic():
        kept = stored.write(office.db, office.who, NAME, content)
        used = save_settings(office, {REPORT_TEMPLATE.key: OWN}).settings
    return Changed(settings=kept or used)


def save_as(office: Office, path: Path) -> Path:
    """Write the template in use as .docx, to be edited. Raises UserError."""
    content = in_use(office).content
    with fresh_file(path) as fresh:
        fresh.write_bytes(content)
    return path
