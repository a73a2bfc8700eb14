"""The forms that offices print and keep in the file (卷宗表格); each is `resources/forms/KEY.md`."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.i18n import N_


@dataclass(frozen=True)
class Print:
    """A form and the ledger of whose records it is made; `label` is an English message id."""

    key: str
    label: str
    ledger: str


FORMS: tuple[Print, ...] = (
    Print("cover", N_("Cover of the case file"), "disputes"),
    Print("approval", N_("Approval of acceptance"), "disputes"),
    Print("closing", N_("Approval of closing"), "disputes"),
    Print("petition", N_("Registration of a petition"), "petitions"),
    Print("inspection", N_("Record sheet of a check"), "inspections"),
)
