"""What order entry asks of master data: items and customers under any of their names, packs, and what is usual."""

from datetime import date
from typing import Protocol

from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.names import Names, OrderSeen, Usual
from core.domain.items import Item
from core.domain.parties import CustomerAddress


class CatalogueStore(Protocol):
    """Items by the names people use for them."""

    def named(self, name: str, *, customer: CustomerCode) -> Item | None:
        """The item with this code, else the one the customer has this number for."""
        ...

    def packs(self, item: ItemCode) -> dict[str, int]:
        """How many base units one of each larger unit of an item is."""
        ...

    def names(self) -> Names:
        """Every item that is sold, every customer, and every customer's own item numbers."""
        ...

    def addresses(self, customer: CustomerCode) -> tuple[CustomerAddress, ...]:
        """The places a customer is shipped to, by code."""
        ...

    def usual(self, item: ItemCode, *, customer: CustomerCode | None = None) -> Usual:
        """How often an item was ordered, and the most at once, by a customer or by anybody."""
        ...

    def recent(self, customer: CustomerCode, *, since: date) -> tuple[OrderSeen, ...]:
        """The customer's orders since a day that were not cancelled, the newest first."""
        ...
