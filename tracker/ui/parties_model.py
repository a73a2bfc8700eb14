"""The parties of one case as a table to type in: texts of cells, what is wrong with them, one empty row at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from tracker.attached.parties import PARTIES
from tracker.operations.parties import kind_of, role_title
from tracker.operations.party_sheet import Doubt, examine, is_blank, parsed, tidied, with_identity
from tracker.schema.fields import Choice, Field, Value
from tracker.schema.ledger import Ledger
from tracker.ui import theme
from tracker.ui.icons import icon

Index = QModelIndex | QPersistentModelIndex
KEYS = (
    "role", "name", "kind", "id_number", "phone", "address", "credit_code", "representative", "agent", "agent_phone",
    "claim_amount", "sex", "born_on",
)  # fmt: skip
WIDTHS = {"role": 104, "name": 220, "kind": 116, "address": 220, "id_number": 196, "sex": 60}
Role = Qt.ItemDataRole


@dataclass
class Row:
    """One party: the texts of its cells; `uid` where it is in the file, with the texts that it has there."""

    texts: dict[str, str]
    uid: str = ""
    before: dict[str, str] = field(default_factory=dict)


class PartiesModel(QAbstractTableModel):
    """Cells are held as they are typed and read when they are saved."""

    def __init__(self, ledger: Ledger, parties: Iterable[Mapping[str, Value]]) -> None:
        super().__init__()
        self.ledger = ledger
        self.fields: tuple[Field, ...] = tuple(PARTIES.field(key) for key in KEYS)
        self.rows = [self._row(party) for party in parties]
        self.removed: list[str] = []
        self.doubts: dict[tuple[int, str], Doubt] = {}
        self._add_empty()
        self._examine()

    def _row(self, party: Mapping[str, Value]) -> Row:
        texts = {f.key: f.edit_text(party.get(f.key)) for f in self.fields if party.get(f.key) is not None}
        uid = str(party.get("uid") or "")
        return Row(texts, uid, dict(texts) if uid else {})

    def _add_empty(self) -> None:
        if not self.rows or not is_blank(self.rows[-1].texts):
            last = self.rows[-1].texts.get("role", "") if self.rows else ""
            first = self.roles[0][1] if self.roles else ""
            self.rows.append(Row({"role": last or first}))

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """The roles of the ledger: key and what each is called in a cell."""
        role = PARTIES.field("role")
        assert isinstance(role, Choice)
        return tuple((r.role, role.code_label(r.role)) for r in self.ledger.parties)

    def offered(self, key: str) -> tuple[str, ...]:
        """The words that a cell of this field may hold; empty for free text."""
        if key == "role":
            return tuple(label for _role, label in self.roles)
        found = PARTIES.field(key)
        return tuple(found.code_label(c.key) for c in found.offered) if isinstance(found, Choice) else ()

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        key, row = self.fields[index.column()].key, self.rows[index.row()]
        if role in (Role.DisplayRole, Role.EditRole):
            return row.texts.get(key, "")
        doubt = self.doubts.get((index.row(), key))
        if doubt is None:
            return None
        if role == Role.ToolTipRole:
            return doubt.message
        if role == Role.BackgroundRole:
            return QColor(theme.current().danger_soft if doubt.wall else theme.current().warning_soft)
        if role == Role.DecorationRole:
            return icon("warning", "danger" if doubt.wall else "warning")
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:  # noqa: N802 (Qt's)
        if role != Role.EditRole:
            return False
        key, row = self.fields[index.column()].key, self.rows[index.row()]
        text = tidied(key, str(value).strip())
        if row.texts.get(key, "") == text:
            return False
        row.texts[key] = text
        if key == "name" and text and not row.texts.get("kind"):
            row.texts["kind"] = PARTIES.field("kind").format(kind_of(text))
        if key == "id_number":
            row.texts = with_identity(row.texts)
        self._settle()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:  # noqa: N802 (Qt's)
        if role != Role.DisplayRole:
            return None
        return self.fields[section].title() if orientation == Qt.Orientation.Horizontal else str(section + 1)

    # what is done with it

    def _settle(self) -> None:
        """After a change: an empty row at the end, and everything looked at anew."""
        if not is_blank(self.rows[-1].texts):
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows))
            self._add_empty()
            self.endInsertRows()
        self._examine()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))

    def _examine(self) -> None:
        self.doubts = {}
        for doubt in examine([row.texts for row in self.rows]):
            self.doubts.setdefault((doubt.row, doubt.field), doubt)

    def take(self, rows: Sequence[Mapping[str, str]]) -> int:
        """Add rows that are `completed`, or fill up the one of the same name; returns how many are new."""
        self.beginResetModel()
        known = {
            (row.texts.get("role"), row.texts.get("name")): row for row in self.rows if row.texts.get("name")
        }
        self.rows = [row for row in self.rows if not is_blank(row.texts)]
        new = 0
        for full in rows:
            there = known.get((full["role"], full.get("name")))
            if there:
                there.texts |= {key: text for key, text in full.items() if not there.texts.get(key)}
                continue
            self.rows.append(Row(dict(full)))
            new += 1
        self._add_empty()
        self._examine()
        self.endResetModel()
        return new

    def remove(self, places: Iterable[int]) -> None:
        """Take rows out."""
        self.beginResetModel()
        gone = set(places)
        self.removed += [row.uid for n, row in enumerate(self.rows) if n in gone and row.uid]
        self.rows = [row for n, row in enumerate(self.rows) if n not in gone]
        self._add_empty()
        self._examine()
        self.endResetModel()

    def changed(self) -> list[dict[str, Value]]:
        """The parties that are new or other than in the file, as values."""
        found: list[dict[str, Value]] = []
        for row in self.rows:
            texts = {key: text for key, text in row.texts.items() if text} if row.texts else {}
            if (is_blank(row.texts) and not row.uid) or (row.uid and texts == row.before):
                continue
            record = parsed({f.key: row.texts.get(f.key, "") for f in self.fields})[0]
            if not row.uid:
                record = {key: value for key, value in record.items() if value is not None}
            found.append({**record, **({"uid": row.uid} if row.uid else {})})
        return found

    def walls(self) -> list[Doubt]:
        """What keeps it from being saved."""
        found = [doubt for doubt in self.doubts.values() if doubt.wall]
        emptied = [
            Doubt(n, "name", PARTIES.problems({"role": "other", "of": "-", "record": "-"})[0].message, True)
            for n, row in enumerate(self.rows)
            if row.uid and is_blank(row.texts)
        ]
        return sorted([*found, *emptied], key=lambda d: d.row)

    def described(self, role: str) -> str:
        """What a role, as it stands in a cell, is called in this ledger."""
        key = next((key for key, label in self.roles if label == role), role)
        return role_title(self.ledger, key)
