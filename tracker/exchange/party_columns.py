"""Columns of telephones in sheets of cases: no field of the record, but of those whose names stand in the same row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.i18n import _, everywhere
from tracker.schema.fields import Text, fold
from tracker.schema.ledger import Ledger

_PHONE = r"(?:联系)?(?:电话|手机|方式)(?:号码|号)?"
_OF_SOMEONE = re.compile(rf"(.+?)(?:基本)?(?:情况|信息)?的?{_PHONE}|{_PHONE}\((.+)\)")
_BARE = re.compile(r"(?:联系)?(?:电话|手机)(?:号码|号)?|联系方式|联系人电话|telephone|phone")
_NEUTRAL = re.compile(r"(?:双方|争议)?当事人.*|基本.*|案件.*|登记.*|联系.*")
"""Upper headings that do not say whose telephones stand below."""
_ASKS = frozenset({"applicant", "petitioner"})
"""Roles of those who come to the office: a sheet's only column of telephones is theirs."""


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """The telephones of those of a role, as many in a cell as it has names; `label` is that of the role's field."""

    role: str
    names_key: str
    """The field of the record in which their names stand."""
    words: frozenset[str] = frozenset()
    """What the role is called in headings."""

    def title(self) -> str:
        return _("Telephone of “{party}”").format(party=_(self.label))


def phones(ledger: Ledger) -> tuple[Phone, ...]:
    """The columns of telephones that sheets of a ledger may have; a telephone that is a field of the record is none."""
    own = "phone" in ledger.by_key
    found = []
    for role in [role for role in ledger.parties if role.field][own:]:
        field = ledger.field(role.field)
        words = frozenset(map(fold, (*everywhere(field.label), *field.also)))
        key = f"{role.field}.phone"
        found.append(
            Phone(
                key=key,
                label=field.label,
                role=role.role,
                names_key=role.field,
                words=words,
                multiline=True,
                personal=True,
            )
        )
    return tuple(found)


def find(ledger: Ledger, at: Mapping[str, int], headings: Mapping[int, Sequence[str]]) -> dict[int, Phone]:
    """Which of the columns that name no field hold telephones, and whose: as the heading says; the only one that does
    not say is the applicant's, of several each is of the names to its left. `at` is where each field's column stands.
    """
    fields = phones(ledger)
    found: dict[int, Phone] = {}
    bare: list[int] = []
    for index, parts in sorted(headings.items()):
        named = next((field for field in fields if field not in found.values() and _says(field, parts)), None)
        if named:
            found[index] = named
        elif _BARE.fullmatch(fold(parts[-1])) and all(_NEUTRAL.fullmatch(fold(part)) for part in parts[:-1]):
            bare.append(index)
    asking = next((field for field in fields if field.role in _ASKS), None)
    alone = len(bare) == 1 and asking is not None and asking not in found.values()
    for index in bare:
        field = asking if alone else _left_of(index, fields, at)
        if field and field.names_key in at and field not in found.values():
            found[index] = field
    return {index: field for index, field in found.items() if field.names_key in at}


def _left_of(index: int, fields: Sequence[Phone], at: Mapping[str, int]) -> Phone | None:
    """Whose names stand nearest on the left; a firm's only where they stand beside it: a sheet may mean others."""
    left = [field for field in fields if at.get(field.names_key, index) < index]
    nearest = max(left, key=lambda field: at[field.names_key], default=None)
    several = any(field.role in _ASKS for field in fields)
    return nearest if nearest and (several or at[nearest.names_key] == index - 1) else None


def _whole(parts: Sequence[str]) -> str:
    return fold("".join(parts))


def _says(field: Phone, parts: Sequence[str]) -> bool:
    """Whether a heading, or lower headings without those above, names the role and a telephone."""
    for n in range(len(parts)):
        match = _OF_SOMEONE.fullmatch(_whole(parts[n:]))
        if match and (match[1] or match[2]) in field.words:
            return True
    return False
