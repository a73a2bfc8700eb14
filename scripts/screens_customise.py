"""Pictures of what an office sets for itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from scripts.screens import screen, then
from scripts.screens_pages import demonstration_window
from tracker.operations import customising
from tracker.operations.office import Office
from tracker.schema.operators import Filter
from tracker.schema.own import Number, OwnFigure
from tracker.ui.customise_fields import FieldDialog
from tracker.ui.customise_page import CustomisePage
from tracker.ui.own_figure_dialog import OwnFigureDialog

LARGE = Filter("claim_amount", "between", (10_000_000, None))


def _prepare(office: Office) -> None:
    """A field with words, a word and two figures of the office's own."""
    if any(key.startswith("own_") for key in office.settings):
        return
    ledger = office.catalogue.by_name["disputes"]
    customising.add_field(office, ledger, "用工形式", "code", ("标准劳动关系", "平台用工", "劳务派遣"))
    customising.add_field(office, ledger, "档案柜号", "text")
    cause = office.catalogue.by_name["disputes"].field("cause")
    customising.add_code(office, office.catalogue.by_name["disputes"], cause, "竞业限制")  # type: ignore[arg-type]
    large = Number("disputes", conditions=(Filter("accepted_on", "in_period"), LARGE))
    key, _changed = customising.save_figure(office, OwnFigure("标的十万元以上案件", "件", large))
    customising.save_figure(office, OwnFigure("大额案件占比", "%", key, "disputes.accepted"))


def _page(
    tab: int, step: Callable[[CustomisePage], object] = lambda page: None
) -> Callable[[QApplication], QWidget]:
    def build(app: QApplication) -> QWidget:
        window = demonstration_window("customise")
        page = window.current
        assert isinstance(page, CustomisePage)
        page.desk.run(lambda office, _p: _prepare(office), lambda _none: None)
        page.desk.reader.catalogue = page.desk.office.catalogue
        page.tabs.setCurrentIndex(tab)
        page.refresh()
        page.fields._fill_fields("cause")
        then(window, lambda: step(page))
        return window

    return build


def _figure(page: CustomisePage, label: str) -> None:
    page.figures.refresh(next(key for key in page.figures.own() if _label(page, key) == label))
    page.figures.ask_change()
    for dialog in page.window().findChildren(OwnFigureDialog):
        dialog._try()


def _label(page: CustomisePage, key: str) -> str:
    return page.desk.office.catalogue.by_key[key].label


def _words(page: CustomisePage) -> None:
    page.fields.ask_field()
    for dialog in page.window().findChildren(FieldDialog):
        dialog.name.setText("争议来源")
        dialog.kind.setCurrentIndex(dialog.kind.findData("code"))
        dialog.words.setPlainText("平台用工\n传统用工")


def _new(page: CustomisePage) -> None:
    page.figures.new_record()
    for dialog in page.window().findChildren(OwnFigureDialog):
        dialog.name.setText("调解结案的大额案件")
        dialog.number._take(Filter("closing_method", "one_of", ("mediation",)))
        dialog.number._take(LARGE)
        dialog._try()


screen("customise_ledgers")(_page(0))
screen("customise_fields")(_page(1))
screen("customise_field_new")(_page(1, _words))
screen("customise_figures")(_page(2))
screen("customise_figure_new")(_page(2, _new))
screen("customise_figure_share")(_page(2, lambda page: _figure(page, "大额案件占比")))
screen("customise_rounding")(
    _page(2, lambda page: (page.figures.refresh("disputes.finality_rate"), page.figures.ask_rounding()))
)
