"""Lists that a clerk keeps under a name: filters, search, order and columns, each one setting of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.db import settings as stored
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _, ngettext
from tracker.operations.customising import fresh_key
from tracker.operations.office import Changed, Office
from tracker.schema import own
from tracker.schema.fields import fold
from tracker.schema.ledger import Ledger
from tracker.schema.operators import Filter
from tracker.schema.values import clean

VIEW = "view"
LONGEST = 60


@dataclass(frozen=True)
class View:
    """What a list of a ledger shows; `key` is empty until it is kept."""

    ledger: str
    label: str = ""
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = ()
    key: str = ""

    def sentence(self, ledger: Ledger) -> str:
        """It in words: what is asked of a record, and by what the list is sorted."""
        parts = [each.sentence(ledger) for each in self.filters]
        if self.search:
            parts.append(_("“{text}” somewhere").format(text=self.search))
        if self.sort:
            names = _("; ").join(ledger.field(key).title() for key, _down in self.sort)
            parts.append(_("sorted by {fields}").format(fields=names))
        return _(", and ").join(parts) or _("all records")

    def to_json(self) -> str:
        """It as it is kept, without its key."""
        told = {
            "label": self.label,
            "filters": [each.to_json() for each in self.filters],
            "search": self.search,
            "sort": [list(pair) for pair in self.sort],
            "columns": list(self.columns),
        }
        return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)


@dataclass(frozen=True)
class Kept:
    """A view that is now in the file."""

    view: View
    changed: Changed


def views(db: Database, ledger: str = "") -> tuple[View, ...]:
    """The views kept in the file, of one ledger or of all that are in use, by their names."""
    found = [
        view
        for place, told in own.kept(stored.read(db), VIEW)
        if (view := _read(db, place, told)) and ledger in ("", view.ledger)
    ]
    shown = [view for view in found if ledger or view.ledger not in db.catalogue.hidden]
    return tuple(sorted(shown, key=lambda view: (view.label, view.key)))


def _read(db: Database, place: str, told: Any) -> View | None:
    """A view as it is kept, without what names fields, codes or operators that are no more; None for anything else."""
    name, _dot, _key = place.partition(".")
    ledger = db.catalogue.by_name.get(name)
    if ledger is None or not isinstance(told, dict) or not isinstance(told.get("label"), str):
        return None
    filters = (_filter(ledger, each) for each in _list(told, "filters"))
    sort = (pair for pair in _list(told, "sort") if isinstance(pair, list) and len(pair) == 2)
    return View(
        name,
        told["label"],
        tuple(each for each in filters if each),
        str(told.get("search", "")),
        tuple((str(key), bool(down)) for key, down in sort if key in ledger.by_key),
        tuple(key for key in _list(told, "columns") if key in ledger.by_key),
        place,
    )


def _list(told: Mapping[str, Any], key: str) -> list[Any]:
    value = told.get(key)
    return value if isinstance(value, list) else []


def _filter(ledger: Ledger, told: Any) -> Filter | None:
    try:
        made = Filter.from_json(told)
        made.condition(ledger).sql()
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return made


def keep(office: Office, view: View) -> Kept:
    """Keep a view, in place of the one with its key. Raises UserError for a name that is empty, too long or taken."""
    label = clean(view.label)
    if not label or len(label) > LONGEST or "\n" in label:
        raise UserError(_("A name has 1 to {n} characters in one line.").format(n=LONGEST))
    others = (other for other in views(office.db, view.ledger) if other.key != view.key)
    if any(fold(other.label) == fold(label) for other in others):
        raise UserError(_("There is a view “{name}” already; choose another name.").format(name=label))
    kept = replace(view, label=label, key=view.key or f"{view.ledger}.{fresh_key()}")
    return Kept(kept, _write(office, kept.key, kept.to_json()))


def drop(office: Office, view: View) -> Changed:
    """No longer keep a view."""
    return _write(office, view.key, None)


def _write(office: Office, key: str, text: str | None) -> Changed:
    changed = stored.write(office.db, office.who, {own.setting(VIEW, key): text})
    office.forget_settings()
    return Changed(settings=changed)


def count_words(count: int, more: bool) -> str:
    """How many records were found."""
    if more:
        return _("more than {count}").format(count=f"{count:,}")
    return ngettext("{count} record", "{count} records", count).format(count=f"{count:,}")
