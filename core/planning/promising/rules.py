"""The rules of promising: what counts as supply, how far ahead and how deep the search goes."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.planning.rules import OverdueSupply


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisingRules:
    """Supply dated before the business date is not promised from unless `overdue` says so. When supply on order covers
    the rest within `await_days`, nothing new is ordered. With `borrow`, units held for a later promise may go out when
    they can be replaced by then. Nothing beyond `horizon` days is promised. With `calendars` days of making are working
    days and what comes is there on one, as in a scan that counts them."""

    overdue: OverdueSupply = OverdueSupply.IGNORE
    keep_safety_stock: bool = False
    await_days: int = 0
    borrow: bool = False
    calendars: bool = False
    depth: int = 12
    horizon: int = 1100
    version: str = "1"

    def __post_init__(self) -> None:
        checked(self)
        if min(self.await_days, self.depth, self.horizon) < 0:
            given = f"await_days {self.await_days!r}, depth {self.depth!r}, horizon {self.horizon!r}"
            raise InvalidValueError(f"{given}: accepted are whole numbers from 0 up", field="rules")
