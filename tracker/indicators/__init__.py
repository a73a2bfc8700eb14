"""What is computed: one file a theme, and this tuple in the order of the report."""

from tracker.indicators.disputes import DISPUTES
from tracker.indicators.inspections import INSPECTIONS
from tracker.indicators.petitions import PETITIONS
from tracker.indicators.wage_arrears import WAGE_ARREARS
from tracker.schema.indicator import Indicator

INDICATORS: tuple[Indicator, ...] = (*DISPUTES, *PETITIONS, *WAGE_ARREARS, *INSPECTIONS)

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
