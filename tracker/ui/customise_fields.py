"""Fields and code tables: the office adds fields and words of its own, and hides words that it does not use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import customising
from tracker.operations.office import Changed, Office
from tracker.schema.fields import Choice, Field
from tracker.schema.ledger import Ledger
from tracker.schema.own import KINDS, OWN
from tracker.ui import theme, widgets
from tracker.ui.asking import Asking
from tracker.ui.boxes import message_box
from tracker.ui.desk import Desk
from tracker.ui.icons import icon
from tracker.ui.keys import WITHIN, Customise, of_command

KEY = Qt.ItemDataRole.UserRole
Op = Callable[[Office], object]


class FieldsTab(QWidget):
    """A ledger, its fields that can be changed, and the words of the field chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._filling = False
        self.ledgers, self.fields, self.codes = QComboBox(), QListWidget(), QListWidget()
        self.about, self.banner = widgets.Caption(), widgets.Banner()
        self.add_field = widgets.button(_("Add a field …"), "add")
        self.rename_field = widgets.button(_("Rename …"), "edit", quiet=True)
        self.remove_field = widgets.button(_("Remove"), "delete", quiet=True)
        self.add_code = widgets.button(_("Add a word …"), "add")
        self.rename_code = widgets.button(_("Rename …"), "edit", quiet=True)
        self._lay_out()
        self._connect()
        self._fill_ledgers()

    def _lay_out(self) -> None:
        self.ledgers.setAccessibleName(_("Ledger"))
        self.fields.setAccessibleName(_("Fields"))
        self.codes.setAccessibleName(_("Words to choose from"))
        of_command("new_record").tell(self.add_field, _("Add a field to this ledger"))
        for view in (self.fields, self.codes):
            view.setSpacing(1)
            view.setIconSize(QSize(16, 16))
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        top.addWidget(QLabel(_("Ledger")))
        top.addWidget(self.ledgers)
        top.addStretch(1)
        top.addWidget(self.add_field)
        left = self._side(_("Fields"), self.fields, (self.rename_field, self.remove_field))
        right = self._side(_("Words to choose from"), self.codes, (self.add_code, self.rename_code))
        sides = QHBoxLayout()
        sides.setSpacing(theme.L)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addLayout(sides, 1)
        column.addWidget(self.about)
        self.setFocusProxy(self.ledgers)

    def _side(self, title: str, view: QListWidget, buttons: tuple[QWidget, ...]) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.XS)
        row.addWidget(widgets.Heading(title, role="strong"))
        row.addStretch(1)
        for one in buttons:
            row.addWidget(one)
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(view, 1)
        return column

    def _connect(self) -> None:
        self.ledgers.currentIndexChanged.connect(lambda _n: self._fill_fields())
        self.fields.currentRowChanged.connect(lambda _n: self._fill_codes())
        self.codes.currentRowChanged.connect(lambda _n: self._show_buttons())
        self.codes.itemChanged.connect(self._ticked)
        self.fields.itemDoubleClicked.connect(lambda _item: self.ask_rename_field())
        self.codes.itemDoubleClicked.connect(lambda _item: self.ask_rename_code())
        self.add_field.clicked.connect(self.ask_field)
        self.rename_field.clicked.connect(self.ask_rename_field)
        self.remove_field.clicked.connect(self.ask_remove_field)
        self.add_code.clicked.connect(self.ask_code)
        self.rename_code.clicked.connect(self.ask_rename_code)
        Customise.rename.on(self, self._rename, WITHIN)
        Customise.remove.on(self, self.ask_remove_field, WITHIN)

    def _fill_ledgers(self) -> None:
        for ledger in self.desk.office.catalogue.ledgers:
            self.ledgers.addItem(icon(ledger.icon), ledger.title(), ledger.name)
        self.ledgers.setMaxVisibleItems(24)

    # what is shown

    @property
    def ledger(self) -> Ledger:
        """The ledger chosen, as it is now."""
        return self.desk.office.catalogue.by_name[str(self.ledgers.currentData())]

    @property
    def field(self) -> Field | None:
        """The field chosen."""
        item = self.fields.currentItem()
        return self.ledger.by_key.get(str(item.data(KEY))) if item else None

    def _fill_fields(self, wanted: str = "") -> None:
        self._filling = True
        self.fields.clear()
        shown = [f for f in self.ledger.typed if f.key.startswith(OWN) or isinstance(f, Choice)]
        for field in sorted(shown, key=lambda f: not f.key.startswith(OWN)):
            mine = field.key.startswith(OWN)
            text = _("{field} (own)").format(field=field.title()) if mine else field.title()
            item = QListWidgetItem(icon("edit" if mine else "document"), text, self.fields)
            item.setData(KEY, field.key)
        self._filling = False
        keys = [self.fields.item(n).data(KEY) for n in range(self.fields.count())]
        self.fields.setCurrentRow(keys.index(wanted) if wanted in keys else 0)
        self._fill_codes()

    def _fill_codes(self, wanted: str = "") -> None:
        if self._filling:
            return
        self._filling = True
        self.codes.clear()
        field = self.field
        for code in field.codes if isinstance(field, Choice) else ():
            mine = code.key.startswith(OWN)
            text = _("{code} (own)").format(code=_(code.label)) if mine else _(code.label)
            item = QListWidgetItem(text, self.codes)
            item.setData(KEY, code.key)
            item.setCheckState(Qt.CheckState.Unchecked if code.hidden else Qt.CheckState.Checked)
            if code.key == wanted:
                self.codes.setCurrentItem(item)
        self._filling = False
        self._show_buttons()

    def _show_buttons(self) -> None:
        field = self.field
        mine, choice = field is not None and field.key.startswith(OWN), isinstance(field, Choice)
        self.rename_field.setEnabled(mine)
        self.remove_field.setEnabled(mine)
        self.add_code.setEnabled(choice)
        self.codes.setEnabled(choice)
        code = self.codes.currentItem()
        self.rename_code.setEnabled(code is not None and str(code.data(KEY)).startswith(OWN))
        kind = next((_(name) for name, made in KINDS.values() if type(field) is made), "") if mine else ""
        words = _("Words that are not ticked are no longer offered; records that have them keep them.")
        self.about.setText(words if choice else _("Kind: {kind}").format(kind=kind) if kind else "")

    # what is changed

    def _run(self, op: Op, then: Callable[[], object], failed: Callable[[UserError], object]) -> None:
        self.desk.run(lambda office, _p: _changed(op(office)), lambda _c: then(), failed)

    def _failed(self, wrong: UserError) -> None:
        self.banner.tell("danger", str(wrong))
        self._fill_fields(str(self.field.key) if self.field else "")

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling or not isinstance(self.field, Choice):
            return
        ledger, field, key = self.ledger, self.field, str(item.data(KEY))
        hidden = item.checkState() == Qt.CheckState.Unchecked
        self._run(
            lambda office: customising.hide_code(office, ledger, field, key, hidden),
            lambda: self._fill_codes(key),
            self._failed,
        )

    def _rename(self) -> None:
        if self.codes.hasFocus():
            self.ask_rename_code()
        else:
            self.ask_rename_field()

    def new_record(self) -> None:
        """Ctrl+N: a new field."""
        self.ask_field()

    def ask_field(self) -> None:
        """Ask for a field of the office's own."""
        FieldDialog(self.desk, self.ledger, self._fill_fields, self.window()).open()

    def ask_rename_field(self) -> None:
        """Ask for another name of the own field chosen."""
        field, ledger = self.field, self.ledger
        if field is None or not field.key.startswith(OWN):
            return

        def change(office: Office, name: str) -> object:
            return customising.change_field(
                office,
                ledger,
                field.key,
                name,
                help=field.help,
                unit=field.unit if field.kind == "count" else "",
            )

        self._ask_name(_("Rename the field"), field.label, change, lambda: self._fill_fields(field.key))

    def ask_remove_field(self) -> None:
        """Give up the own field chosen, after asking."""
        field, ledger = self.field, self.ledger
        if field is None or not field.key.startswith(OWN):
            return
        text = _("Remove the field “{field}”? What was filled in stays in the file, but is no longer shown.")
        box = message_box(
            self, _("Remove the field"), text.format(field=field.title()), icon_name="warning", role="warning"
        )
        kind = QMessageBox.StandardButton
        box.setStandardButtons(kind.Yes | kind.Cancel)
        box.setDefaultButton(kind.Cancel)
        if box.exec() == kind.Yes:
            self._run(
                lambda office: customising.remove_field(office, ledger, field.key),
                self._fill_fields,
                self._failed,
            )

    def ask_code(self) -> None:
        """Ask for another word of the field chosen."""
        field, ledger = self.field, self.ledger
        if not isinstance(field, Choice):
            return
        self._ask_name(
            _("Add a word"),
            "",
            lambda office, name: customising.add_code(office, ledger, field, name),
            lambda: self._fill_codes(),
        )

    def ask_rename_code(self) -> None:
        """Ask for another name of the own word chosen."""
        field, ledger, item = self.field, self.ledger, self.codes.currentItem()
        if not isinstance(field, Choice) or item is None or not str(item.data(KEY)).startswith(OWN):
            return
        key = str(item.data(KEY))
        self._ask_name(
            _("Rename the word"),
            field.code_label(key),
            lambda office, name: customising.rename_code(office, ledger, field, key, name),
            lambda: self._fill_codes(key),
        )

    def _ask_name(
        self, title: str, name: str, change: Callable[[Office, str], object], then: Callable[[], object]
    ) -> None:
        NameDialog(self.desk, title, name, change, then, self.window()).open()


class NameDialog(Asking):
    """One name; `change` is done in the worker with what was typed."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        name: str,
        change: Callable[[Office, str], object],
        then: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(title, _("Save"), parent)
        self.desk, self._change, self._then = desk, change, then
        self.name = QLineEdit(name)
        self.ask(_("Name"), self.name)
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        """Change it, or say why that cannot be."""
        name = self.name.text()
        self.carry_out(
            self.desk, lambda office, _p: _changed(self._change(office, name)), lambda _c: self._then()
        )


class FieldDialog(Asking):
    """A field of the office's own: name, kind and, for words to choose from, these words."""

    def __init__(self, desk: Desk, ledger: Ledger, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("Add a field to “{ledger}”").format(ledger=ledger.title()), _("Add"), parent)
        self.desk, self.ledger, self._then = desk, ledger, then
        self.name, self.kind, self.words, self.hint = QLineEdit(), QComboBox(), QPlainTextEdit(), QLineEdit()
        for key, (label, _made) in KINDS.items():
            self.kind.addItem(_(label), key)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(110)
        self.ask(_("Name"), self.name)
        self.ask(_("Kind"), self.kind)
        self.ask(_("Words to choose from"), self.words, _("One in each line."))
        self.ask(_("Hint"), self.hint, _("Stands beside the field on the form; may be empty."))
        self.kind.currentIndexChanged.connect(lambda _n: self._show_words())
        self._show_words()
        self.name.setFocus()

    def _show_words(self) -> None:
        self.form.setRowVisible(2, self.kind.currentData() == "code")
        self.adjustSize()

    def accept(self) -> None:
        """Add the field, or say why that cannot be."""
        name, kind, hint = self.name.text(), str(self.kind.currentData()), self.hint.text()
        words = self.words.toPlainText().splitlines() if kind == "code" else []
        added: list[str] = []

        def op(office: Office, _progress: object) -> Changed:
            ledger = office.catalogue.by_name[self.ledger.name]
            key, changed = customising.add_field(office, ledger, name, kind, words, help=hint)
            added.append(key)
            return changed

        self.carry_out(self.desk, op, lambda _changed: self._then(added[0]))


def _changed(result: object) -> Changed:
    """What an operation changed, whether it returns that alone or behind a key."""
    found = result[1] if isinstance(result, tuple) else result
    assert isinstance(found, Changed)
    return found
