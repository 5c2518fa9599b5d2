"""The thresholds of detection as data."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPolicy:
    """From what on something is an exception. Days are calendar days; percentages are of the agreed value."""

    slip_days: int = 0
    price_percent: Decimal = Decimal("1.00")
    agreed_price_percent: Decimal = Decimal("1.00")
    improve_days: int = 3
    rush_days: int = 2
    confidence_percent: int = 80
    return_hours: int = 14 * 24
    disposition_hours: int = 3 * 24
    outlier_factor: int = 5
    outlier_history: int = 3


DEFAULT_WATCH = WatchPolicy()
