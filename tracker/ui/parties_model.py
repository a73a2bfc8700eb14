"""The parties of one case as typed rows, or pasted from a sheet whose columns are known by their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.attached.parties import PARTIES
from tracker.exchange.pasted import MOST
from tracker.i18n import _, listed, ngettext
from tracker.operations import party_sheet
from tracker.operations.cells import Wrong
from tracker.operations.parties import kind_of, role_title
from tracker.operations.party_sheet import is_blank, parsed, tidied, with_identity
from tracker.schema.fields import Choice, Field, Value
from tracker.schema.ledger import Ledger
from tracker.ui.typed_model import Fault, Row, Taken, Texts, TypedModel

KEYS = (
    "role", "name", "kind", "id_number", "phone", "address", "credit_code", "representative", "agent", "agent_phone",
    "claim_amount", "sex", "born_on",
)  # fmt: skip
WIDTHS = {"role": 104, "name": 220, "kind": 116, "address": 220, "id_number": 196, "sex": 60}


@dataclass(frozen=True)
class Read:
    """What copied cells were understood to be, and its rows with all that they do not say themselves."""

    found: party_sheet.Pasted
    rows: list[dict[str, str]]
    role: str


class PartiesModel(TypedModel):
    """Those that are in the file keep their `uid`."""

    def __init__(self, ledger: Ledger, parties: Iterable[Mapping[str, Value]]) -> None:
        super().__init__([PARTIES.field(key) for key in KEYS])
        self.ledger = ledger
        rows = [self.row(self._texts(party), str(party.get("uid") or "")) for party in parties]
        self._before = {row.uid: row.texts for row in rows if row.uid}
        self.begin(rows)

    def _texts(self, party: Mapping[str, Value]) -> Texts:
        return {f.key: f.edit_text(party.get(f.key)) for f in self.fields if party.get(f.key) is not None}

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """The roles of the ledger: key and what each is called in a cell."""
        role = PARTIES.field("role")
        assert isinstance(role, Choice)
        return tuple((r.role, role.code_label(r.role)) for r in self.ledger.parties)

    def described(self, role: str) -> str:
        """What a role, as it stands in a cell, is called in this ledger."""
        key = next((key for key, label in self.roles if label == role), role)
        return role_title(self.ledger, key)

    # what the table asks

    def is_blank(self, texts: Texts) -> bool:
        return is_blank(texts)

    def fresh(self, rows: Sequence[Row]) -> Texts:
        last = rows[-1].texts.get("role", "") if rows else ""
        return {"role": last or (self.roles[0][1] if self.roles else "")}

    def typed(self, texts: Texts, field: Field, text: str) -> Texts:
        text = tidied(field.key, text.strip())
        found = {**texts, field.key: text} if text or field.key in texts else dict(texts)
        if field.key == "name" and text and not found.get("kind"):
            found["kind"] = PARTIES.field("kind").format(kind_of(text))
        return with_identity(found) if field.key == "id_number" else found

    def in_row(self, texts: Texts) -> Iterable[Fault]:
        return party_sheet.in_row(texts)

    def among_rows(self) -> Iterable[Wrong]:
        yield from party_sheet.repeated([row.texts for row in self.rows])
        for n, row in enumerate(self.rows):
            if row.uid and is_blank(row.texts):
                nameless = PARTIES.problems({"role": "other", "of": "-", "record": "-"})[0]
                yield Wrong(n, "name", nameless.message)

    def offered(self, field: Field) -> tuple[str, ...]:
        return tuple(label for _role, label in self.roles) if field.key == "role" else super().offered(field)

    def start(self) -> int:
        return self.naming()

    def naming(self) -> int:
        return KEYS.index("name")

    def width(self, field: Field, heading: int) -> int:
        return WIDTHS.get(field.key, 160 if field.width >= 20 else 124)

    # pasting

    def reading(self, text: str, row: int, column: int) -> Callable[[], Read]:
        role = self.rows[row].texts.get("role", "") or self.roles[0][1]

        def read() -> Read:
            found = party_sheet.read(text)
            rows = party_sheet.completed(found.rows, role)
            party_sheet.examine(rows)  # so that the table, which asks again, has the answers at hand
            return Read(found, rows, role)

        return read

    def take(self, read: Read, row: int, column: int) -> Taken:
        """Add rows, or fill up the one of the same name, and say what they were understood to be."""
        found = read.found
        if not any("name" in one for one in found.rows):
            told = _("The clipboard holds no rows with names; copy the rows in the spreadsheet first.")
            return Taken("warning", told)
        new = self.add(read.rows)
        columns = listed(field.title() for field in found.fields)
        told = ngettext("{count} row as {role}: {columns}.", "{count} rows as {role}: {columns}.", new)
        told = told.format(count=new, role=self.described(read.role), columns=columns)
        if new < len(found.rows):
            told += _(" {count} were there already and were completed.").format(count=len(found.rows) - new)
        if found.unknown:
            told += _(" Not read: {headings}.").format(headings=listed(found.unknown))
        if found.totals:
            told += _(" Left out as totals: {rows}.").format(rows=listed(found.totals))
        if found.left_out:
            what = ngettext("{n} row did not fit", "{n} rows did not fit", found.left_out)
            what, most = what.format(n=f"{found.left_out:,}"), f"{MOST:,}"
            told += " " + _("{what}: a table takes {most}. Import a longer sheet.").format(
                what=what, most=most
            )
        doubtful = bool(self.wrong or found.left_out)
        at = max(0, len(self.rows) - 1 - new), "name"
        return Taken("warning" if doubtful else "positive", told, at)

    def add(self, rows: Sequence[Texts]) -> int:
        """Add rows that are `completed`, or fill up the one of the same name, as one step; how many are new."""
        kept = [row for row in self.rows if not is_blank(row.texts)]
        known = {
            (row.texts.get("role"), row.texts.get("name")): n
            for n, row in enumerate(kept)
            if row.texts.get("name")
        }
        there = len(kept)
        for texts in rows:
            n = known.get((texts["role"], texts.get("name")))
            if n is None:
                kept.append(self.row(dict(texts)))
                continue
            own = kept[n].texts
            more = {key: text for key, text in texts.items() if not own.get(key)}
            kept[n] = replace(kept[n], texts={**own, **more})
        self.change(kept)
        return len(kept) - there

    # what is saved

    def state(self) -> list[tuple[str, Texts]]:
        """What tells whether anything was changed."""
        return [(row.uid, dict(row.texts)) for row in self.rows]

    def removed(self) -> tuple[str, ...]:
        """The uids of parties of the file that are no rows any more."""
        there = {row.uid for row in self.rows}
        return tuple(uid for uid in self._before if uid not in there)

    def changed(self) -> list[dict[str, Value]]:
        """The parties that are new or other than in the file, as values."""
        found: list[dict[str, Value]] = []
        for row in self.rows:
            texts = {key: text for key, text in row.texts.items() if text}
            if (is_blank(row.texts) and not row.uid) or (row.uid and texts == self._before[row.uid]):
                continue
            record = parsed({f.key: row.texts.get(f.key, "") for f in self.fields})[0]
            if not row.uid:
                record = {key: value for key, value in record.items() if value is not None}
            found.append({**record, **({"uid": row.uid} if row.uid else {})})
        return found
