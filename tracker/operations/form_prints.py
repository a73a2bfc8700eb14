"""Printed forms filled in from records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.exchange.letters import Language
from tracker.forms import FORMS, Print
from tracker.operations import paper_things, papers
from tracker.operations.office import Office
from tracker.operations.progress import Progress
from tracker.paths import resources
from tracker.schema import form
from tracker.schema.form import Form
from tracker.schema.ledger import Ledger


def of(ledger: Ledger) -> tuple[Print, ...]:
    """The forms that a ledger's records can be printed as."""
    return tuple(each for each in FORMS if each.ledger == ledger.name)


def source(key: str) -> str:
    """The text of a form."""
    return (resources() / "forms" / f"{key}.md").read_text(encoding="utf-8")


def filled(
    office: Office, ledger: Ledger, key: str, uids: Sequence[str], progress: Progress | None = None
) -> list[Form]:
    """The form of each record that is still in the file."""
    blank, speech = form.read(source(key)), paper_things.language(office, ledger)
    made: list[Form] = []
    for n, case in enumerate(papers.cases(office, ledger, uids)):
        if progress:
            progress.report(n, len(uids))
        made.append(_filled(blank, speech, paper_things.things(office, case, date.today())))
    return made


def _filled(blank: Form, speech: Language, things: dict[str, object]) -> Form:
    def said(text: str) -> str:
        return speech.text(text.replace("\\n", "\n"), things).strip() if text else ""

    rows = tuple(
        replace(
            row, cells=tuple(replace(cell, text=said(cell.text), foot=said(cell.foot)) for cell in row.cells)
        )
        for row in blank.rows
    )
    return replace(blank, heads=tuple((mark, said(text)) for mark, text in blank.heads), rows=rows)
