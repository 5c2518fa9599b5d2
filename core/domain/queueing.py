"""The order in which people work the cases: money at stake, the best customer hurt, and how soon a way out is lost."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.domain.cases import Case

# A customer of tier 1 counts three times, of tier 2 twice, any other once.
TIER_WEIGHT = {1: 3, 2: 2}


def score(case: Case, *, as_of: date) -> Decimal:
    """Exposure times the tier's weight, by the hours left until the first way out is lost (at least one). Before its
    ways out are known a case counts the hours until the units are needed."""
    days = ((case.deadline or case.detected.needed_by) - as_of).days
    weight = TIER_WEIGHT.get(case.detected.best_tier, 1)
    return case.detected.exposure * weight / max(1, days * 24)


def in_queue_order(cases: Iterable[Case], *, as_of: date) -> tuple[Case, ...]:
    """Highest score first; then the larger exposure, the earlier need, the longer open, the shorter and lower id."""

    def place(case: Case) -> tuple[Decimal, Decimal, date, date, int, str]:
        detected = case.detected
        return (
            -score(case, as_of=as_of),
            -detected.exposure,
            detected.needed_by,
            case.opened_on,
            len(case.id),
            case.id,
        )

    return tuple(sorted(cases, key=place))
