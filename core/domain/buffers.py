"""Buffers: the days plans add to a supplier's word, as a person accepted them, in versions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.ids import SupplierCode, UserName
from core.domain.users import Role

LONGEST_BUFFER = 120
MAY_BUFFER = (Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierBuffer:
    """A version of a supplier's buffer; the newest holds, and one of 0 days is none. `percent` of 100 deliveries it was
    fitted to have in time, `expected_on_time` the percent that is without it."""

    supplier: SupplierCode
    number: int
    days: int
    percent: int
    expected_on_time: Decimal
    set_by: UserName
    set_at: datetime


def checked_days(days: int) -> int:
    """The same; InvalidValueError outside 0 to LONGEST_BUFFER."""
    if not 0 <= days <= LONGEST_BUFFER:
        raise InvalidValueError(f"a buffer of {days!r} days; accepted is 0 to {LONGEST_BUFFER}", field="days")
    return days


def counted_words(word: date, days: int) -> str:
    """`word 2026-11-12, counted on 2026-11-15 (buffer 3 days)`; the day alone without a buffer."""
    if not days:
        return word.isoformat()
    counted = word + timedelta(days=days)
    return (
        f"word {word.isoformat()}, counted on {counted.isoformat()} (buffer {'1 day' if days == 1 else f'{days} days'})"
    )
