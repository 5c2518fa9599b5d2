"""The reserve price of a case: what a unit more is worth to the whole plan, and so the most to be paid for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import ItemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservePrice:
    """By the plan over all cases made on `as_of`: `worth` is what one unit more is worth beyond the `usual_price`, both
    in `currency`, for at most the `units` the case lacks. It bounds a negotiation and is never told to a supplier."""

    item: ItemCode
    worth: Decimal
    usual_price: Decimal
    units: int
    currency: str
    as_of: date

    @property
    def most(self) -> Decimal:
        """The highest price of a unit worth paying."""
        return self.usual_price + self.worth

    def allows_price(self, unit_price: Decimal, *, currency: str) -> bool:
        """Whether a price of a unit is worth paying; a price in another currency is not known to be."""
        return currency == self.currency and unit_price <= self.most

    def allows_fee(self, fee: Decimal, units: int, *, currency: str) -> bool:
        """Whether a fee for having so many units is worth paying: those the case does not lack are worth nothing."""
        return currency == self.currency and fee <= self.worth * min(units, self.units)
