"""Sales quotas: how many units of an item a channel, customer or region may take in a span of days."""

from dataclasses import dataclass
from datetime import date

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, ItemCode, OrderNo


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """`quantity` units of an item from the first to the last day, for whoever it names (None: anybody).

    A line takes from the quota of its own days first, then from earlier and later ones that allow it (`borrow`), the
    nearest first. What is left on `released_on` is free for everybody: the quota no longer limits.
    """

    code: str
    item: ItemCode
    first: date
    last: date
    quantity: int
    channel: str | None = None
    customer: CustomerCode | None = None
    region: str | None = None
    consumed: int = 0
    borrow: bool = True
    released_on: date | None = None

    def __post_init__(self) -> None:
        checked(self)
        if self.first > self.last:
            raise InvalidValueError(f"quota {self.code!r} ends on {self.last}, before {self.first}", field="last")
        if self.quantity < 0 or not 0 <= self.consumed <= self.quantity:
            raise InvalidValueError(
                f"quota {self.code!r} is of 0 or more units, not {self.quantity!r}", field="quantity"
            )

    @property
    def left(self) -> int:
        """Units nobody has taken."""
        return self.quantity - self.consumed

    def limits_on(self, day: date, *, as_of: date) -> bool:
        """Whether the day is one of its own, and it has not been released by now."""
        return self.first <= day <= self.last and (self.released_on is None or self.released_on > as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUse:
    """Units an order line took from a quota."""

    quota: str
    order: OrderNo
    line: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaWish:
    """What a line wants of the quotas that limit it, and for which day."""

    order: OrderNo
    line: int
    quantity: int
    on: date
