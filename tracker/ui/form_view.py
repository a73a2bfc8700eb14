"""The form of a record as it is seen: head, fields, what stands below them, foot; it neither checks nor saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tracker.db.records import is_deleted
from tracker.i18n import _
from tracker.operations.office import Changed
from tracker.schema.fields import Value
from tracker.schema.ledger import Ledger
from tracker.ui import widgets
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask, Today
from tracker.ui.form_alike import FormAlike
from tracker.ui.form_body import FormBody
from tracker.ui.form_header import FormFooter, FormHeader
from tracker.ui.form_keys import FormKeys
from tracker.ui.form_links import FormLinks
from tracker.ui.form_matter import FormMatter
from tracker.ui.form_number import CaseNumber
from tracker.ui.form_papers import FormPapers
from tracker.ui.form_timeline import FormTimeline
from tracker.ui.form_twice import FormTwice
from tracker.ui.keys import Form
from tracker.ui.related_records import RelatedRecords
from tracker.ui.tasks import Job

LEAST = 440  # pixels: labels, editors and buttons are whole


class FormView(FormKeys):
    """The parts of a form, and where they stand."""

    def __init__(
        self, desk: Desk, ledger: Ledger, parent: QWidget | None = None, today: Today = date.today
    ) -> None:
        super().__init__(parent)
        self.desk, self.ledger = desk, ledger
        self._uid: str | None = None
        self._record: Mapping[str, Value] = {}
        self._job: Job | None = None
        self.header, self.banner, self.footer = FormHeader(), widgets.Banner(), FormFooter()
        asks = {f.key: self._asker(f.key) for f in ledger.inputs if f.suggest or f.names}
        self.body = FormBody(ledger, lambda: desk.office.calendar, asks, today)
        self.links = FormLinks(desk, ledger, self.body, self)
        self.alike = FormAlike(desk, ledger, self.body, self)
        self.matter = FormMatter(desk, ledger)
        self.timeline = FormTimeline(desk, ledger, today)
        self.related = RelatedRecords(desk, ledger)
        self.papers = FormPapers(desk, ledger, self)
        self.number = CaseNumber(desk, ledger, self.body)
        self.twice = FormTwice(desk, ledger)
        self.area = QScrollArea()
        self.setMinimumWidth(LEAST)
        self._arrange()
        if desk.readonly:
            self.body.hold_still()
            self.footer.hold_still()
            for button in (self.header.save, self.header.save_next):
                button.hide()

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        saving = Form.save.pressed(event) or Form.save_next.pressed(event)
        return None if saving and self.desk.readonly else super()._action(event)

    def _asker(self, key: str) -> Ask:
        return lambda text, found: self.links.ask(key)(text, found)

    def _arrange(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setProperty("page", True)
        self.body.add_below(self.timeline)
        self.body.add_below(self.papers)
        self.body.add_below(self.matter)
        self.body.add_below(self.related)
        self.area.setWidget(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (
            self.header,
            self.banner,
            self.twice,
            widgets.hline(),
            self.area,
            widgets.hline(),
            self.footer,
        ):
            column.addWidget(widget, int(widget is self.area))
        last = self.body.cells[self.ledger.inputs[-1].key].editor
        before: QWidget = last.focusProxy() or last
        for button in (self.header.save, self.header.save_next, self.header.close_button):
            QWidget.setTabOrder(before, button)
            before = button

    def shows(self, uid: str) -> bool:
        """Whether it shows the record of that uid."""
        return self._uid == uid and not self.isHidden()

    @property
    def uid(self) -> str:
        """The uid of the record shown; empty for one that is not in the file yet."""
        return self._uid or ""

    @property
    def job(self) -> Job | None:
        """The saving under way, if any."""
        return self._job

    def has_unsaved(self) -> bool:
        """Whether the clerk typed anything that is not in the file."""
        return bool(self.body.changed())

    def say_saved(self) -> None:
        """Say that what belongs to the record, such as its parties, is safe; not while typed text is not."""
        if not self.has_unsaved():
            self.tell_saved(self._record)

    def tell_saved(self, record: Mapping[str, Value]) -> None:
        """Say for a while that a record is safe."""
        self.header.say_saved(_("Saved: {number}").format(number=record.get(self.ledger.number) or ""))

    def show_beside(self, uid: str | None, record: Mapping[str, Value]) -> None:
        """Show what the file knows of a record beside its fields; None for one that is not in the file yet."""
        self.links.begin(new=uid is None)
        self.alike.begin(uid)
        self.matter.show_record(uid)
        self.timeline.show_record(uid, record)
        self.related.show_record(uid)
        self.papers.show_record(uid)
        self.twice.show_record(uid)

    def follow(self, changed: Changed) -> None:
        """Something in the file was changed."""
        if changed.settings:
            self.body.follow_calendar()
        self.links.again()
        self.matter.again()
        self.timeline.changed_elsewhere(changed)
        self.related.again()
        self.papers.again(changed)
        self.twice.again()

    def go_to_related(self) -> None:
        """Go to the records related with this one."""
        if self.related.take_focus():
            self.area.ensureWidgetVisible(self.related, 0, 0)
            bar = self.area.verticalScrollBar()
            bar.setValue(min(bar.maximum(), self.related.y()))

    def say_name(self) -> None:
        """Say in head and foot which record it is."""
        kind, number = _(self.ledger.record), self.body.cells[self.ledger.number].editor.text()
        self.footer.history_button.setVisible(self._uid is not None)
        if self._uid is None:
            self.header.name(_("New {record}").format(record=kind), number)
            self.footer.history.set_whole("")
            return
        no = self.ledger.field("no").format(self._record.get("no"))
        self.header.name(number, _("{record} · running no. {no}").format(record=kind, no=no))
        self.footer.history.set_whole(history(self._record))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self.links.shown()
        self.related.shown()


def binned(record: Mapping[str, Value]) -> str:
    """That a record is in the bin, and since when by whom where the file knows."""
    if is_deleted(record):
        return _("This record was deleted from the bin.")
    if not record.get("binned_by"):
        return _("This record is in the bin.")
    at = str(record["binned_at"]).replace("T", " ")[:16]
    return _("In the bin since {at}, by {clerk}.").format(at=at, clerk=record["binned_by"])


def history(record: Mapping[str, Value]) -> str:
    """Who entered and last changed a record, and when."""

    def said(what: str) -> str:
        at = str(record.get(f"{what}_at") or "").replace("T", " ")[:16]
        return f"{at} {record.get(f'{what}_by') or ''}".strip()

    return _("Entered {created} · changed {updated}").format(created=said("created"), updated=said("updated"))
