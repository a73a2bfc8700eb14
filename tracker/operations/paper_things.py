"""What a document can name of a case: its fields, parties, events, the office and today, by key and by label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tracker.attached.events import EVENTS, KINDS
from tracker.attached.parties import PARTIES
from tracker.db.database import Database
from tracker.db.records import Record
from tracker.exchange.letters import Language
from tracker.i18n import N_, _, everywhere
from tracker.operations import attached, parties
from tracker.operations.office import Office
from tracker.schema import identity
from tracker.schema.chinese import capitals, day_in_characters, day_text
from tracker.schema.fields import Choice, Choices, Day, Field, Money, Value
from tracker.schema.ledger import Ledger
from tracker.schema.paper import OFFICE as OFFICE_NEED

Parts = Mapping[str, "Said"]
OFFICE = {
    "office": N_("Name of the office"),
    "commission": N_("Name of the arbitration commission"),
    "office_address": N_("Address of the office"),
    "office_phone": N_("Telephone of the office"),
    "region": N_("Short name of the region"),
}
"""Settings that documents can name."""


class Said(str):
    """A value as text; filters find the value itself."""

    __slots__ = ("field", "value")

    def __new__(cls, text: str, value: Value = None, field: Field | None = None) -> Said:
        made = super().__new__(cls, text)
        made.value, made.field = value, field
        return made

    value: Value
    field: Field | None


def said(field: Field, value: Value) -> Said:
    """A field's value as documents write it: days as 2020年1月5日, yes and no in words."""
    text = field.format(value)
    if isinstance(field, Day) and value is not None:
        text = day_text(str(value))
    elif isinstance(field, Choices):
        text = "、".join(field.code_label(key) for key in field.split(value))
    return Said(text, value, field)


@dataclass(frozen=True)
class Case:
    """A record with what belongs to it."""

    ledger: Ledger
    record: Mapping[str, Value]
    parties: Sequence[Mapping[str, Value]]
    events: Sequence[Mapping[str, Value]]

    def of_role(self, role: str) -> list[Mapping[str, Value]]:
        """The parties of a role."""
        return [party for party in self.parties if party.get("role") == role]

    def last(self, kind: str) -> Mapping[str, Value]:
        """The last event of a kind; of hearings the day of the record's own field where none was entered."""
        found = [event for event in self.events if event.get("kind") == kind]
        if found:
            return max(found, key=lambda event: str(event.get("happened_on") or ""))
        heard = self.record.get(self.ledger.agenda.hearing) if kind == "hearing" else None
        return {"kind": kind, "happened_on": heard}


def case(db: Database, ledger: Ledger, record: Record) -> Case:
    """A case of the file; names in its fields that are no parties are parties without more."""
    uid = str(record["uid"])
    there = parties.of_record(db, uid)
    return Case(
        ledger,
        record,
        [*there, *parties.unlisted(ledger, record, there)],
        attached.of_record(db, EVENTS, uid),
    )


@cache  # some thousand times for each document
def words(label: str) -> tuple[str, ...]:
    """A label as names that templates can write, in each language."""
    made = (re.sub(r"\W+", "_", text).strip("_") for text in everywhere(label))
    return tuple(name for name in dict.fromkeys(made) if name.isidentifier())


def _parts(fields: Iterable[Field], values: Mapping[str, Value], *, also: bool = False) -> dict[str, Said]:
    """Fields by key and label, `also` by their other names, which hold in every language and where labels change."""
    found: dict[str, Said] = {}
    other: dict[str, Said] = {}
    for field in fields:
        if field.key in ("of", "record", "uid", "origin"):
            continue
        text = said(field, values.get(field.key))
        for name in (field.key, *words(field.label)):
            found.setdefault(name, text)
        for name in field.also if also else ():
            other.setdefault(name, text)
    return found | other


def _party(values: Mapping[str, Value]) -> dict[str, Said]:
    found = _parts(PARTIES.fields, values, also=True)
    number = found["id_number"] or found["credit_code"]
    sex = values.get("sex")
    return found | {"证件号码": number, "称谓": Said({"male": "先生", "female": "女士"}.get(str(sex), ""))}


def things(office: Office, found: Case, today: date, *, for_each: bool = False) -> dict[str, object]:
    """All that a template of the case's ledger can name; `for_each` where every party gets a notice of its own."""
    made: dict[str, object] = dict(_parts(found.ledger.fields, found.record))
    everyone = [_party(party) for party in found.parties]
    _set(made, ("parties", "各当事人"), everyone)
    _set(made, ("addressees", "各收件人"), everyone if for_each and everyone else [_together(found)])
    for role in found.ledger.parties:
        those = [_party(party) for party in found.of_role(role.role)]
        for name in dict.fromkeys(
            [*_role_words(role.role), *(words(found.ledger.field(role.field).label) if role.field else ())]
        ):
            _set(made, (f"各{name}",), those)
            _set(made, (f"首位{name}",), those[0] if those else _party({}))
        _set(made, (f"{role.role}s",), those)
        _set(made, (f"first_{role.role}",), those[0] if those else _party({}))
    _set(made, ("events", "各事件"), [_parts(EVENTS.fields, e, also=True) for e in found.events])
    for code in KINDS:
        last = _parts(EVENTS.fields, found.last(code.key), also=True)
        _set(made, (f"last_{code.key}", *(f"最近{name}" for name in words(code.label))), last)
    _set(made, ("number", "文号"), made[found.ledger.number])
    _set(made, ("first_party", "首位当事人"), everyone[0] if everyone else _party({}))
    commission = str(office.setting("commission") or office.setting("office") or "")
    _set(made, ("commission", *words(OFFICE["commission"])), Said(commission))
    for key, label in OFFICE.items():
        _set(made, (key, *words(label)), Said(str(office.setting(key) or "")))
    _set(made, ("单位名称",), Said(str(office.setting("office") or "")))
    _set(made, ("clerk_name", "经办人员"), Said(office.who.clerk))
    _set(
        made,
        ("today", "今天"),
        Said(day_text(today.isoformat()), today.isoformat(), EVENTS.field("happened_on")),
    )
    return made


def _together(found: Case) -> dict[str, Said]:
    """All parties as the one to whom a notice goes: as the record's fields name them."""
    fields = [role.field for role in found.ledger.parties if role.field]
    names = (str(found.record.get(field) or "") for field in fields)
    return _party({"name": "、".join(filter(None, names)) or None})


def _role_words(role: str) -> tuple[str, ...]:
    field = PARTIES.field("role")
    assert isinstance(field, Choice)
    return words(next(code.label for code in field.codes if code.key == role))


def _set(made: dict[str, object], names: Iterable[str], thing: object) -> None:
    for name in names:
        made.setdefault(name, thing)


def language(office: Office, ledger: Ledger) -> Language:
    """What templates of a ledger may say."""
    names = things(office, Case(ledger, {}, (), ()), date(2020, 1, 1))
    parts = {*_party({}), *_parts(EVENTS.fields, {}, also=True)}
    return Language(set(names), parts, FILTERS)


# filters


def _characters(text: object) -> str:
    return day_in_characters(str(_value(text)))


def _date(text: object) -> str:
    return day_text(str(_value(text))[:10]) if text else ""


def _capitals(text: object) -> str:
    value, field = _value(text), getattr(text, "field", None)
    if not isinstance(value, int):
        return ""
    return capitals(value if isinstance(field, Money) else value * 100)


def _masked(text: object) -> str:
    return identity.masked(str(text))


def _otherwise(text: object, other: str = "") -> str:
    return str(text) or str(other)


def _value(text: object) -> object:
    value = getattr(text, "value", text)
    return "" if value is None else value


FILTERS: dict[str, Callable[..., str]] = {
    "汉字日期": _characters,
    "characters": _characters,
    "日期": _date,
    "date": _date,
    "大写": _capitals,
    "capitals": _capitals,
    "掩码": _masked,
    "masked": _masked,
    "默认": _otherwise,
    "default": _otherwise,
}
"""Chinese and English names of the same."""


def lacking(found: Case, needs: Iterable[str]) -> tuple[str, ...]:
    """What a document needs and the case does not say, in words."""
    return tuple(dict.fromkeys(sentence for need in needs for sentence in _lacking(found, need)))


def unset(office: Office, needs: Iterable[str]) -> tuple[str, ...]:
    """Which settings of the office a document needs and does not find, in words."""
    keys = [key for head, _dot, key in (need.partition(".") for need in needs) if head == OFFICE_NEED]
    text = _("“{setting}” is not filled in under Settings")
    return tuple(text.format(setting=_(OFFICE[key])) for key in keys if not office.setting(key))


def _lacking(found: Case, need: str) -> list[str]:
    several = [_one(found, each) for each in need.split("|")]
    return [] if any(not told for told in several) else several[0]


def _one(found: Case, need: str) -> list[str]:
    head, _dot, part = need.partition(".")
    if head == OFFICE_NEED:
        return []  # the case says nothing of it; see `unset`
    if not part:
        field = found.ledger.field(head)
        return (
            []
            if found.record.get(head) is not None
            else [_("{what} is not filled in").format(what=field.title())]
        )
    if head in {code.key for code in KINDS}:
        field = EVENTS.field(part)
        kind = EVENTS.field("kind").format(head)
        text = _("{what} is not filled in").format(what=f"{kind} · {field.title()}")
        return [] if found.last(head).get(part) else [text]
    those = found.of_role(head)
    title = parties.role_title(found.ledger, head)
    if not those:
        return [_("{what} is not filled in").format(what=title)]
    told = []
    for party in those:
        if part == "representative" and party.get("kind") != "firm":
            continue
        key = "credit_code" if part == "id_number" and party.get("kind") == "firm" else part
        if not party.get(key):
            what = f"{title}{party.get('name') or ''} · {PARTIES.field(key).title()}"
            told.append(_("{what} is not filled in").format(what=what))
    return told
