"""Holds in the books, and what a customer owes."""

from datetime import date, datetime
from typing import Protocol

from core.domain.credit import CreditExposure
from core.domain.holds import Hold, HoldCause, HoldNo, HoldRule
from core.domain.ids import CustomerCode, LocationCode, OrderNo
from core.domain.parties import CustomerAddress
from core.domain.users import User


class HoldStore(Protocol):
    """Holds, and the credit that is looked at under a lock on the customer."""

    def add(self, order: OrderNo, cause: HoldCause, rule: HoldRule, *, until: date | None = None) -> Hold:
        """Set a hold. Of one kind an order, or line of it, has one open at a time: the open one is given back."""
        ...

    def get(self, number: HoldNo) -> Hold:
        """A hold by number."""
        ...

    def lock(self, number: HoldNo) -> Hold:
        """A hold by number, kept from others until the transaction ends."""
        ...

    def release(self, number: HoldNo, user: User, *, why: str) -> Hold:
        """Let go; ConflictError when it was released before, or is about a price that nobody has agreed to."""
        ...

    def of_order(self, order: OrderNo, *, open_only: bool = False) -> tuple[Hold, ...]:
        """The holds of an order, oldest first."""
        ...

    def overdue(self, now: datetime) -> tuple[Hold, ...]:
        """The open holds that should have been settled, the longest overdue first."""
        ...

    def lapsed(self, today: date) -> tuple[Hold, ...]:
        """The open manual holds whose last day has passed, oldest first."""
        ...

    def lock_customer(self, customer: CustomerCode) -> None:
        """Until this transaction ends nobody else looks at this customer's credit."""
        ...

    def exposure(self, customer: CustomerCode, *, besides: OrderNo | None = None) -> CreditExposure:
        """What the customer owes and has on order, one order left out if so wished."""
        ...

    def orders_of(self, customer: CustomerCode, *, besides: OrderNo | None = None) -> int:
        """How many orders the customer has that went beyond a draft, one left out if so wished."""
        ...

    def addresses(self, customer: CustomerCode) -> tuple[CustomerAddress, ...]:
        """The places a customer wants goods sent to, by code."""
        ...

    def country_of(self, location: LocationCode) -> str:
        """The country a location is in, empty when nobody said."""
        ...

    def keeps_addresses(self) -> bool:
        """Whether this company keeps addresses of customers here at all."""
        ...
