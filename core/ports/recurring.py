"""Recurring orders in the books."""

from datetime import date
from typing import Protocol

from core.domain.recurring import RecurringOrder


class RecurringStore(Protocol):
    """Templates of orders that come again."""

    def add(self, order: RecurringOrder) -> None:
        """A new one; ConflictError when its code is taken."""
        ...

    def get(self, code: str) -> RecurringOrder:
        """One by code."""
        ...

    def due(self, today: date) -> tuple[RecurringOrder, ...]:
        """Those of which an order is due by today, by code; held until this transaction ends."""
        ...

    def move(self, code: str, *, old: date, new: date | None) -> None:
        """The date of the next order; None ends it. ConflictError when it was not `old` any more."""
        ...
