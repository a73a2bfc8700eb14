"""What an office said once of its sheets: which column means what, and its own words for codes; kept as settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from tracker.db import settings as stored
from tracker.db.database import Database
from tracker.db.writing import Writer
from tracker.exchange import party_columns
from tracker.exchange.headings import REMEMBERED, Column, is_serial, normal
from tracker.exchange.headings import Mapping as Headings
from tracker.operations.office import Office
from tracker.schema import own
from tracker.schema.fields import Choice, fold
from tracker.schema.ledger import Ledger
from tracker.schema.stored import table

COLUMNS, WORD = "sheet_columns", "sheet_word"
Words = dict[str, dict[str, str]]
"""By field, the office's words for its codes, folded; an empty code leaves the field empty."""


def layout(told: Sequence[str]) -> str:
    """What sheets with the same headings share, in whatever order these stand."""
    words = sorted({normal(text) for text in told if text and not is_serial(text)})
    return sha256("\n".join(words).encode()).hexdigest()[:16]


def remembered(office: Office, ledger: Ledger, mapping: Headings) -> Headings | None:
    """The mapping as the office set it for a sheet of these headings; None where it never did."""
    place = own.setting(COLUMNS, f"{ledger.name}.{layout(mapping.headings)}")
    told = table(office.settings.get(place, ""))
    return replaced(ledger, mapping, told) if told else None


def replaced(ledger: Ledger, mapping: Headings, kept: Mapping[str, object]) -> Headings:
    """The mapping in which each heading means what is kept of it."""
    known = {field.key: field for field in (*ledger.inputs, *party_columns.phones(ledger))}
    columns: list[Column] = []
    unknown = []
    for index, heading in enumerate(mapping.headings):
        if not heading:
            continue
        said = kept.get(normal(heading))
        for key, scale, part in said if isinstance(said, list) else ():
            if key in known and key not in {c.field.key for c in columns}:
                columns.append(Column(index, heading, known[key], int(scale), REMEMBERED, int(part)))
        compared = any(column.index == index for column in mapping.compared)
        if said == [] and not compared and not is_serial(heading):
            unknown.append(heading)
    seen = {column.index for column in columns}
    fresh = [
        column
        for column in mapping.columns
        if normal(column.heading) not in kept
        and column.index not in seen
        and column.field.key not in {c.field.key for c in columns}
    ]
    told = (*unknown, *(text for text in mapping.unknown if normal(text) not in kept))
    constants = tuple(
        (known[key], str(text))
        for key, text in dict(kept.get("=", {})).items()  # type: ignore[call-overload]
        if key in known
    )
    return replace(mapping, columns=(*columns, *fresh), unknown=told, doubled=(), constants=constants)


def of_mapping(ledger: Ledger, mapping: Headings) -> dict[str, str]:
    """What each heading of a sheet like this means, as the setting that remembers it."""
    place = own.setting(COLUMNS, f"{ledger.name}.{layout(mapping.headings)}")
    return {place: json.dumps(kept(mapping), ensure_ascii=False, sort_keys=True)}


def kept(mapping: Headings) -> dict[str, object]:
    """A mapping as it is kept: for each heading the fields that it fills."""
    told: dict[str, list[list[object]]] = {normal(text): [] for text in mapping.headings if text}
    for column in mapping.columns:
        said = told.setdefault(normal(column.heading), [])
        said.append([column.field.key, column.scale, column.part])
    constants = {field.key: text for field, text in mapping.constants}
    return {**told, "=": constants} if constants else {**told}


def by_heading(ledger: Ledger, like: Headings, other: Headings) -> Headings:
    """Another sheet's mapping, its headings meaning what they do in the first."""
    return replaced(ledger, other, kept(like))


def words(office: Office, ledger: Ledger) -> Words:
    """The office's words for the codes of a ledger."""
    found: Words = {}
    for place, told in own.kept(office.settings, WORD):
        name, _dot, rest = place.partition(".")
        key, _dot, word = rest.partition(".")
        if name == ledger.name and isinstance(told, dict):
            found.setdefault(key, {})[word] = str(told.get("code", ""))
    return found


def of_words(ledger: Ledger, said: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """By field and word which code is meant, empty for none, as the settings that remember it."""
    values: dict[str, str] = {}
    for (key, word), code in said.items():
        field = ledger.field(key)
        if isinstance(field, Choice) and fold(word):
            values[own.setting(WORD, f"{ledger.name}.{key}.{fold(word)}")] = json.dumps(
                {"code": code, "word": word}, ensure_ascii=False
            )
    return values


def is_new(db: Database, values: Mapping[str, str]) -> bool:
    """Whether anything of what is to be remembered is not kept yet."""
    kept = stored.read(db) if values else {}
    return any(kept.get(key) != text for key, text in values.items())


def keep_within(office: Office, writer: Writer, values: Mapping[str, str]) -> bool:
    """Set what is to be remembered as part of an operation; whether anything is new."""
    before = stored.read(office.db) if values else {}
    fresh = {key: (before.get(key), text) for key, text in values.items() if before.get(key) != text}
    if fresh:
        stored.put(office.db, writer.journal, fresh)
    return bool(fresh)
