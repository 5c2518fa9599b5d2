"""What order entry asks of master data: items under any of their names, and their packs."""

from typing import Protocol

from core.domain.ids import CustomerCode, ItemCode
from core.domain.items import Item


class CatalogueStore(Protocol):
    """Items by the names people use for them."""

    def named(self, name: str, *, customer: CustomerCode) -> Item | None:
        """The item with this code, else the one the customer has this number for."""
        ...

    def packs(self, item: ItemCode) -> dict[str, int]:
        """How many base units one of each larger unit of an item is."""
        ...
