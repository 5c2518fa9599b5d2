"""Credit: what a customer owes and has on order against the limit, in one currency."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import CustomerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditExposure:
    """`ordered` is agreed and not yet invoiced, `unpaid` is invoiced and not paid. Orders on a credit hold are not in
    it: they are what the question is about. A limit of None was never set."""

    customer: CustomerCode
    currency: str
    ordered: Decimal
    unpaid: Decimal
    limit: Decimal | None

    @property
    def total(self) -> Decimal:
        """All the money at risk."""
        return self.ordered + self.unpaid

    @property
    def left(self) -> Decimal | None:
        """What may still be ordered, below zero when the limit is passed; None without a limit."""
        return None if self.limit is None else self.limit - self.total

    def why_not(self, value: Decimal) -> str | None:
        """Why an order of this value goes over the limit, None when it does not."""
        if self.limit is None or self.total + value <= self.limit:
            return None
        return (
            f"{self.customer} owes {self.unpaid:,.2f} and has {self.ordered:,.2f} on order; with this order of"
            f" {value:,.2f} that is {self.total + value:,.2f} {self.currency}, the credit limit is {self.limit:,.2f}"
        )
