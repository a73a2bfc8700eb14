"""What an office sets for itself: ledgers it does not use, codes, fields and figures of its own, how they are printed.

Each change is one setting with its history; afterwards the file's catalogue is made anew. What cannot be done raises
UserError and changes nothing.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Mapping

from tracker import catalogue
from tracker.db import settings as stored
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations.office import Changed, Office
from tracker.schema import own
from tracker.schema.fields import Choice, fold
from tracker.schema.indicator import Indicator, Rounding, check
from tracker.schema.ledger import Ledger
from tracker.schema.own import OwnFigure
from tracker.schema.values import clean

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST, _MOST_CODES = 60, 99
CHANGED = Changed(settings=True, structure=True)


def fresh_key(place: int = 0) -> str:
    """A key for something of an office's own: later ones sort behind, those of one moment by their `place`.

    Random digits keep two copies of a file from giving one key to two things.
    """
    moment, text = time.time_ns() // 1_000_000, ""
    while moment:
        moment, digit = divmod(moment, len(_DIGITS))
        text = _DIGITS[digit] + text
    return f"{own.OWN}{text}{place:02d}{secrets.choice(_DIGITS)}{secrets.choice(_DIGITS)}"


def hide_ledger(office: Office, ledger: Ledger, hidden: bool) -> Changed:
    """Take a ledger out of the navigation, or back into it; its records stay and count."""
    return _write(office, {own.setting(own.HIDDEN_LEDGER, ledger.name): "1" if hidden else None})


def add_field(
    office: Office,
    ledger: Ledger,
    label: str,
    kind: str,
    codes: Iterable[str] = (),
    *,
    help: str = "",
    unit: str = "",
) -> tuple[str, Changed]:
    """Add a field to a ledger, for `code` with the words to choose from; returns its key."""
    key = fresh_key()
    values = {own.setting(own.FIELD, f"{ledger.name}.{key}"): _field(label, kind, help, unit)}
    words = [word for word in map(clean, codes) if word]
    if kind == "code" and not words:
        raise UserError(_("A field of this kind needs at least one word to choose from."))
    if len(words) > _MOST_CODES:
        raise UserError(_("A field has at most {n} words to choose from.").format(n=_MOST_CODES))
    for place, word in enumerate(words):
        values[own.setting(own.CODE, f"{ledger.name}.{key}.{fresh_key(place)}")] = _code(word)
    return key, _write(office, values)


def change_field(
    office: Office, ledger: Ledger, key: str, label: str, *, help: str = "", unit: str = ""
) -> Changed:
    """Give a field of the office's own another name, hint or unit."""
    kind = next(kind for kind, (_name, made) in own.KINDS.items() if type(ledger.field(key)) is made)
    return _write(office, {own.setting(own.FIELD, f"{ledger.name}.{key}"): _field(label, kind, help, unit)})


def remove_field(office: Office, ledger: Ledger, key: str) -> Changed:
    """Give up a field of the office's own that no figure needs: what was filled in stays in the file, unseen."""
    return _write(office, {own.setting(own.FIELD, f"{ledger.name}.{key}"): None})


def add_code(office: Office, ledger: Ledger, field: Choice, label: str) -> tuple[str, Changed]:
    """Add a word to the code table of a field; returns its key."""
    key = fresh_key()
    return key, _write(office, {own.setting(own.CODE, f"{ledger.name}.{field.key}.{key}"): _code(label)})


def hide_code(office: Office, ledger: Ledger, field: Choice, key: str, hidden: bool) -> Changed:
    """No longer offer a code, or offer it again; records that have it keep it."""
    place = f"{ledger.name}.{field.key}.{key}"
    if not key.startswith(own.OWN):
        return _write(office, {own.setting(own.HIDDEN_CODE, place): "1" if hidden else None})
    label = next(code.label for code in field.codes if code.key == key)
    return _write(office, {own.setting(own.CODE, place): _code(label, hidden)})


def rename_code(office: Office, ledger: Ledger, field: Choice, key: str, label: str) -> Changed:
    """Give a code of the office's own another word; raises UserError for one that the program declares."""
    if not key.startswith(own.OWN):
        raise UserError(_("This word belongs to the program; hide it and add one of your own."))
    hidden = next(code.hidden for code in field.codes if code.key == key)
    return _write(office, {own.setting(own.CODE, f"{ledger.name}.{field.key}.{key}"): _code(label, hidden)})


def try_figure(office: Office, figure: OwnFigure, key: str = "") -> Indicator:
    """The figure as it would be, which can be computed at once; raises UserError where it cannot be."""
    text = clean(figure.label)
    if not text or not clean(figure.unit):
        raise UserError(_("A figure needs a name and a unit."))
    known = office.catalogue
    try:
        made = figure.indicator(key or f"{figure.ledger}.{own.OWN}new", known)
        faults = check(made, known.by_name)
    except (KeyError, ValueError) as wrong:
        raise UserError(
            _("The figure cannot be computed: choose a field that can be counted or summed.")
        ) from wrong
    if faults:
        raise UserError(_("The figure cannot be computed: choose a field that can be counted or summed."))
    labels = {i.key: fold(_(i.label)) for i in known.of(made.ledger)}
    # The same as before may be there twice, as two clerks' files bring it.
    if fold(text) in labels.values() and labels.get(key) != fold(text):
        raise UserError(_("There is a figure “{label}” already; choose another name.").format(label=text))
    return made


def save_figure(office: Office, figure: OwnFigure, key: str = "") -> tuple[str, Changed]:
    """Keep a figure of the office's own, with `key` in place of that one; returns its key."""
    try_figure(office, figure, key)
    named = key or f"{figure.ledger}.{fresh_key()}"
    return named, _write(office, {own.setting(own.FIGURE, named): figure.to_json()})


def remove_figure(office: Office, key: str) -> Changed:
    """Give up a figure of the office's own, and how it was printed."""
    return _write(office, {own.setting(own.FIGURE, key): None, own.setting(own.ROUNDING, key): None})


def figure_named(office: Office, key: str) -> OwnFigure | None:
    """A figure of the office's own as it was defined; None for one that the program declares."""
    told = dict(own.kept(office.settings, own.FIGURE)).get(key)
    return OwnFigure.from_json(told) if told is not None else None


def set_rounding(office: Office, key: str, rounding: Rounding | None) -> Changed:
    """Print a figure with so many decimals, cut off or rounded half up; None as it was declared."""
    text = None if rounding is None else json.dumps([rounding.decimals, rounding.truncate])
    return _write(office, {own.setting(own.ROUNDING, key): text})


def _field(label: str, kind: str, help: str, unit: str) -> str:
    values = {"label": _named(label), "kind": kind, "help": clean(help), "unit": clean(unit)}
    return json.dumps({key: value for key, value in values.items() if value}, ensure_ascii=False)


def _code(label: str, hidden: bool = False) -> str:
    return json.dumps({"label": _named(label), **({"hidden": True} if hidden else {})}, ensure_ascii=False)


def _named(label: str) -> str:
    text = clean(label)
    if not text or len(text) > _LONGEST or "\n" in text:
        raise UserError(_("A name has 1 to {n} characters in one line.").format(n=_LONGEST))
    return text


def check_settings(office: Office, values: Mapping[str, str | None]) -> None:
    """Raise UserError where the catalogue that the settings would make is not sound or lacks a figure.

    What two clerks' files brought together is not in the way of any change but one that adds to it: of three fields of
    one name the first is renamed, and the other two are told of in other words.
    """
    wanted = {key: value for key, value in {**office.settings, **values}.items() if value is not None}
    after = catalogue.of(wanted)
    for old, new in zip(office.catalogue.ledgers, after.ledgers, strict=True):
        were, are = old.check(), new.check()
        if new != old and set(are) - set(were) and len(are) >= len(were):
            text = _("This name is taken already in “{ledger}”; choose another.")
            raise UserError(text.format(ledger=new.title()))
    for key, told in own.kept(wanted, own.FIGURE):
        if key not in after.by_key and (
            key in office.catalogue.by_key or own.setting(own.FIGURE, key) in values
        ):
            text = _("The figure “{label}” needs what would go, or itself; change or remove it first.")
            raise UserError(text.format(label=told.get("label", key)))


def _write(office: Office, values: Mapping[str, str | None]) -> Changed:
    """Write the settings, if the catalogue that they make is sound, and make it anew."""
    check_settings(office, values)
    before = office.catalogue
    try:
        with office.db.atomic():
            changed = stored.write(office.db, office.who, values)
            office.renew()
    except BaseException:
        office.db.catalogue = before
        office.forget_settings()
        raise
    return CHANGED if changed else Changed()
