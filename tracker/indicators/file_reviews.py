"""Figures of reviews of case files: rounds (次), files (卷) and their scores."""

from tracker.i18n import N_
from tracker.schema.filters import All, AtLeast, Condition, Filled, InPeriod, Is, KnownBy, OneOf, both
from tracker.schema.indicator import Breakdown, Count, Distinct, Indicator, Ratio, Sum

ROUNDS, FILES, ITEMS, POINTS, PERCENT = N_("rounds"), N_("files"), N_("items"), N_("points"), "%"

REVIEWED = All((InPeriod("reviewed_on"),))
FAULTY = both(REVIEWED, AtLeast("problems", 1))


def reviewed(*parts: Condition) -> Count:
    """Files reviewed in the period that also meet these."""
    return Count(both(REVIEWED, *parts))


FILE_REVIEWS: tuple[Indicator, ...] = (
    Indicator(key="file_reviews.rounds", label=N_("Rounds of file review"), unit=ROUNDS, measure=Distinct("round", REVIEWED, blanks=True),
        definition=N_("Different rounds among the files reviewed in the period, and each file without a round as one.")),
    Indicator(key="file_reviews.files", label=N_("Files reviewed"), unit=FILES, measure=reviewed(),
        definition=N_("Case files reviewed in the period.")),
    Indicator(key="file_reviews.drawn_rate", label=N_("Share drawn at random"), unit=PERCENT, measure=Ratio(reviewed(Is("drawn", 1)), reviewed()),
        definition=N_("Files drawn at random, over files reviewed in the period.")),
    Indicator(key="file_reviews.mean_score", label=N_("Mean score of files"), unit=POINTS, measure=Ratio(Sum("score", REVIEWED), reviewed(Filled("score")), scale=1),
        definition=N_("Scores of the files reviewed in the period, over the files that were scored.")),
    Indicator(key="file_reviews.excellent_rate", label=N_("Share of excellent files"), unit=PERCENT, measure=Ratio(reviewed(Is("grade", "excellent")), reviewed(Filled("grade"))),
        definition=N_("Files graded excellent, over those graded in the period.")),
    Indicator(key="file_reviews.qualified_rate", label=N_("Share of qualified files"), unit=PERCENT, measure=Ratio(reviewed(OneOf("grade", ("excellent", "good", "qualified"))), reviewed(Filled("grade"))),
        definition=N_("Files graded qualified or better, over those graded in the period.")),
    Indicator(key="file_reviews.problems", label=N_("Problems found in files"), unit=ITEMS, measure=Sum("problems", REVIEWED),
        definition=N_("Problems found in the files reviewed in the period.")),
    Indicator(key="file_reviews.remedied_rate", label=N_("Share of files put right"), unit=PERCENT, measure=Ratio(Count(both(FAULTY, KnownBy("closed_on"))), Count(FAULTY)),
        definition=N_("Files with problems that were put right by the as-of day, over files with problems reviewed in the period.")),
    Indicator(key="file_reviews.by_kind", label=N_("Files reviewed by kind"), unit=FILES, measure=Breakdown(reviewed(), "file_kind"),
        definition=N_("Case files reviewed in the period, by kind of file.")),
    Indicator(key="file_reviews.by_grade", label=N_("Files reviewed by grade"), unit=FILES, measure=Breakdown(reviewed(), "grade"),
        definition=N_("Case files reviewed in the period, by grade.")),
)  # fmt: skip
