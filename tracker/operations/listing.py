"""Records, ledgers and figures as plain values: the JSON shapes of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.db import records
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _, about, everywhere, listed
from tracker.period import Period
from tracker.schema.fields import Choice, Choices, Field, Number
from tracker.schema.filters import All, Condition, Days, Empty, HasCode, Is
from tracker.schema.indicator import Figure
from tracker.schema.ledger import Ledger
from tracker.schema.quoted import Quoted, quoted
from tracker.schema.values import Invalid


def plain_rows(db: Database, query: records.Query) -> Iterator[dict[str, object]]:
    """Each record found as a mapping from keys to plain values (see `Field.plain`)."""
    fields = query.ledger.fields
    for row in records.each(db, query, [field.key for field in fields]):
        yield {field.key: field.plain(value) for field, value in zip(fields, row, strict=True)}


def shown_rows(db: Database, query: records.Query) -> Iterator[tuple[str, ...]]:
    """Each record found as the texts of the ledger's usual columns."""
    fields = [query.ledger.field(key) for key in query.ledger.columns]
    for row in records.each(db, query, query.ledger.columns):
        yield tuple(field.shown(value) for field, value in zip(fields, row, strict=True))


def where(ledger: Ledger, text: str) -> Condition:
    """The condition in `FIELD=VALUE`, the field by key or label; no value means not filled in. Raises UserError."""
    key, equals, value = text.partition("=")
    field = next((f for f in ledger.fields if key.strip() in (f.key, *everywhere(f.label))), None)
    if field is None or not equals:
        names = listed(ledger.by_key)
        raise UserError(
            _("“{text}” is not FIELD=VALUE with one of the fields: {names}.").format(text=text, names=names)
        )
    try:
        return equal(field, value)
    except Invalid as wrong:
        raise UserError(about(field.title(), wrong)) from wrong


def equal(field: Field, text: str) -> Condition:
    """The condition that a field holds what is written; raises Invalid."""
    value = field.parse(text)
    if value is None:
        return Empty(field.key)
    if isinstance(field, Choices):
        return All(tuple(HasCode(field.key, code) for code in field.split(value)))
    if isinstance(field, Number):
        return Is("number_key", field.key_text(str(value)))
    if field.kind == "day" and "T" not in str(value):
        return Days(field.key, str(value), str(value))
    return Is(field.key, value)


def together(conditions: Sequence[Condition]) -> Condition:
    """All of the conditions."""
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def described(ledger: Ledger) -> dict[str, object]:
    """A ledger's declaration."""
    return {
        "name": ledger.name,
        "label": ledger.title(),
        "number": ledger.number,
        "day": ledger.day,
        "fields": [_described(field) for field in ledger.fields],
    }


def _described(field: Field) -> dict[str, object]:
    told: dict[str, object] = {
        "key": field.key,
        "label": field.title(),
        "type": field.kind,
        "unit": _(field.unit),
        "required": field.required,
        "default": field.plain(field.default),
        "derived": field.derived,
        "system": field.system,
    }
    if isinstance(field, Choice):
        told["codes"] = [{"key": code.key, "label": _(code.label)} for code in field.offered]
    if field.names:
        told["names"] = field.names
    return told


def stats(period: Period, figures: Iterable[Figure | Quoted]) -> dict[str, object]:
    """The document of `stats --json`, of figures just computed or frozen ones."""
    days = {
        "begin": period.begin.isoformat(),
        "end": period.end.isoformat(),
        "as_of": period.as_of.isoformat(),
    }
    return {"period": days, "indicators": [_figure(quoted(figure)) for figure in figures]}


def _figure(figure: Quoted) -> dict[str, object]:
    numerator, denominator = figure.plain_parts()
    told: dict[str, object] = {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": figure.value,
        "numerator": None if figure.parts is not None else numerator,
        "denominator": denominator,
        "previous": figure.previous,
        "change": figure.change,
        "definition": figure.definition,
    }
    if figure.parts is not None:
        told["parts"] = {part.key: part.text for part in figure.parts}
    return told
