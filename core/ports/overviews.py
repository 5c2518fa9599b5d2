"""What looking things up needs of storage: names, and bounded lists of what is open."""

from typing import Protocol

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.overviews import (
    Deliveries,
    KnownNames,
    LineFilter,
    LineOverview,
    Named,
    NameKind,
    OfferOverview,
    OpenTotals,
    StockOverview,
    SupplyFilter,
    SupplyOverview,
)


class OverviewStore(Protocol):
    """Reads that are bounded however large the books are; each list says how many rows there are in all."""

    def named(self, kind: NameKind, said: str) -> tuple[Named, ...]:
        """Those whose code or name is this, in any case; the one whose code is exactly this first. Of locations, where
        none is called so, those of a site that is."""
        ...

    def like(self, kind: NameKind, said: str) -> tuple[Named, ...]:
        """Those whose code or name has the longest word of this in it or begins as this does, by code; a few thousand
        at most."""
        ...

    def known_names(self, *, limit: int) -> KnownNames:
        """What the books call things, so many of each kind at most."""
        ...

    def orders_called(self, said: str) -> tuple[OrderNo, ...]:
        """The sales orders of this number, in any case, else those the customer's number of which it is; the latest
        first, a few at most."""
        ...

    def order_lines(self, asked: LineFilter) -> tuple[tuple[LineOverview, ...], int]:
        """Lines by the day they are due, then order and line; and how many there are in all."""
        ...

    def open_totals(self, *, customer: CustomerCode | None = None, item: ItemCode | None = None) -> OpenTotals: ...
    def supply(self, asked: SupplyFilter) -> tuple[tuple[SupplyOverview, ...], int]:
        """Open supply by the day it is due, then kind, number and line; and how many rows there are in all."""
        ...

    def stock(self, item: ItemCode, location: LocationCode | None = None) -> tuple[StockOverview, ...]:
        """Where the item is kept, by location."""
        ...

    def offers(self, supplier: SupplierCode, *, limit: int) -> tuple[tuple[OfferOverview, ...], int]:
        """What a supplier sells, by item; and how many items in all."""
        ...

    def deliveries(self, supplier: SupplierCode, *, days: int) -> Deliveries:
        """How the supplier has delivered in the days up to the business date."""
        ...

    def suppliers_in(self, country: str) -> tuple[SupplierCode, ...]:
        """The suppliers of a country, in any case, by code."""
        ...
