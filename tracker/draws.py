"""What is drawn by lot: case files for review with their reviewers, and employers for double random checks (双随机)."""

from __future__ import annotations

from tracker.i18n import N_
from tracker.schema.draw import DrawKind, Target
from tracker.schema.filters import AnyOf, HasCode

_REVIEWERS = AnyOf(
    tuple(HasCode("roles", role) for role in ("reviewer", "arbitrator", "officer", "lawyer", "adviser"))
)

KINDS: tuple[DrawKind, ...] = (
    DrawKind(
        key="file_review",
        label=N_("Case files for review"),
        targets=(
            Target(
                ledger="disputes",
                link="dispute",
                given={"file_kind": "dispute"},
                copied={"handlers": "arbitrator"},
                day="closed_on",
                handlers=("arbitrator", "clerk"),
            ),
            Target(
                ledger="wage_arrears",
                link="wage_arrears",
                given={"file_kind": "wage_arrears"},
                day="closed_on",
            ),
            Target(
                ledger="penalties",
                link="penalty",
                given={"file_kind": "penalty"},
                copied={"handlers": "officers"},
                day="decided_on",
                handlers=("officers",),
            ),
        ),
        people="officers",
        eligible=_REVIEWERS,
        makes="file_reviews",
        people_field="reviewers",
        day_field="reviewed_on",
        given={"drawn": 1},
        seed_field="draw_seed",
        asked=("round",),
    ),
    DrawKind(
        key="double_random",
        label=N_("Employers for double random checks"),
        targets=(Target(ledger="employers", link="target", copied={"place": "address"}),),
        people="officers",
        eligible=HasCode("roles", "officer"),
        makes="inspections",
        people_field="officers",
        day_field="checked_on",
        given={"kind": "double_random"},
        asked=("campaign", "items", "place"),
    ),
)

BY_KEY = {kind.key: kind for kind in KINDS}
