"""Figures of reviews of legality: by the day on which the opinion was given."""

from tracker.i18n import N_
from tracker.schema.filters import All, Condition, InPeriod, Is, both
from tracker.schema.indicator import Breakdown, Count, Indicator, Sum

PIECES, OPINIONS, TIMES = N_("reviews"), N_("opinions"), N_("item-times")

RECEIVED, REVIEWED = All((InPeriod("received_on"),)), All((InPeriod("reviewed_on"),))


def reviewed(*parts: Condition) -> Count:
    """Reviews whose opinion was given in the period and that also meet these."""
    return Count(both(REVIEWED, *parts))


LEGAL_REVIEWS: tuple[Indicator, ...] = (
    Indicator(key="legal_reviews.received", label=N_("Matters submitted for review"), unit=PIECES, measure=Count(RECEIVED),
        definition=N_("Matters submitted for review of legality in the period.")),
    Indicator(key="legal_reviews.reviewed", label=N_("Legal reviews made"), unit=PIECES, measure=reviewed(),
        definition=N_("Reviews of legality whose opinion was given in the period.")),
    Indicator(key="legal_reviews.contracts", label=N_("Contracts reviewed"), unit=PIECES, measure=reviewed(Is("object", "contract")),
        definition=N_("Contracts and agreements on which an opinion was given in the period.")),
    Indicator(key="legal_reviews.adviser_contracts", label=N_("Contracts reviewed by the legal adviser"), unit=PIECES, measure=reviewed(Is("object", "contract"), Is("reviewer_kind", "adviser")),
        definition=N_("Contracts and agreements on which the legal adviser gave an opinion in the period.")),
    Indicator(key="legal_reviews.normative", label=N_("Normative documents reviewed"), unit=PIECES, measure=reviewed(Is("object", "normative")),
        definition=N_("Normative documents on which an opinion was given in the period.")),
    Indicator(key="legal_reviews.draft_laws", label=N_("Feedback on draft laws"), unit=TIMES, measure=reviewed(Is("object", "draft_law")),
        definition=N_("Drafts of laws and regulations on which feedback was given in the period.")),
    Indicator(key="legal_reviews.decisions", label=N_("Major decisions reviewed"), unit=PIECES, measure=reviewed(Is("object", "decision")),
        definition=N_("Major administrative decisions on which an opinion was given in the period.")),
    Indicator(key="legal_reviews.enforcement", label=N_("Enforcement decisions reviewed"), unit=PIECES, measure=reviewed(Is("object", "enforcement")),
        definition=N_("Major enforcement decisions on which an opinion was given in the period (Administrative Penalty Law, Art 58).")),
    Indicator(key="legal_reviews.review_opinions", label=N_("Review opinions issued"), unit=PIECES, measure=reviewed(Is("form", "review")),
        definition=N_("Written review opinions issued in the period.")),
    Indicator(key="legal_reviews.difficult_opinions", label=N_("Opinions on difficult questions"), unit=PIECES, measure=reviewed(Is("form", "difficult")),
        definition=N_("Written opinions on difficult legal questions issued in the period.")),
    Indicator(key="legal_reviews.discussions", label=N_("Discussions joined"), unit=TIMES, measure=reviewed(Is("form", "oral")),
        definition=N_("Matters on which advice was given in a discussion in the period.")),
    Indicator(key="legal_reviews.opinions", label=N_("Opinions given in reviews"), unit=OPINIONS, measure=Sum("opinions", REVIEWED),
        definition=N_("Single opinions in the reviews of the period.")),
    Indicator(key="legal_reviews.by_object", label=N_("Legal reviews by object"), unit=PIECES, measure=Breakdown(reviewed(), "object"),
        definition=N_("Reviews of the period, by what was reviewed.")),
)  # fmt: skip
