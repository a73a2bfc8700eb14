"""One figure for each subject of the tallies, so that quantities of different units are never added."""

from tracker.i18n import N_
from tracker.ledgers.tallies import SUBJECTS
from tracker.schema.filters import All, InPeriod, Is
from tracker.schema.indicator import Indicator, Ratio, Sum

UNITS = {
    N_("devices"): "body_cameras recorders_required recorders_held",
    N_("times"): "inspections_unannounced meetings_notified",
    N_("copies"): "rectification_notices handbooks leaflets posters discipline_written",
    N_("attendances"): "talks_main talks_oversight talks_integrity reports_integrity criticism talks_inquiry robot_services hearing_viewers",
    N_("items"): "discipline_reports discipline_checked discipline_filed discipline_clues",
    N_("persons"): "discipline_warned discipline_party discipline_admonished discipline_circulated discipline_talks",
    N_("pieces"): "text_messages",
    N_("months"): "months_saved",
    N_("units"): "calls qr_codes likes hotlines centres sub_centres towns service_points",
}  # fmt: skip
"""The unit of each subject; those that are in none stand for things of different units, and have no figure."""


def quantity(subject: str) -> Sum:
    """What was entered of a subject in the period."""
    return Sum("quantity", All((InPeriod("counted_on"), Is("subject", subject))))


_UNIT_OF = {subject: unit for unit, subjects in UNITS.items() for subject in subjects.split()}

TALLIES: tuple[Indicator, ...] = (
    *(
        Indicator(key=f"tallies.{subject.key}", label=subject.label, unit=_UNIT_OF[subject.key], measure=quantity(subject.key),
            definition=N_("Quantities of this subject entered as tallies with a day in the period."))
        for subject in SUBJECTS if subject.key in _UNIT_OF
    ),
    Indicator(key="tallies.recorders_rate", label=N_("Recording devices held of those required"), unit="%",
        measure=Ratio(quantity("recorders_held"), quantity("recorders_required")),
        definition=N_("Recording devices held, over those required, both as entered in the period.")),
)  # fmt: skip
