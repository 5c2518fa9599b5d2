"""Costs in the books: what lines are made up of, freight and tariffs, landed costs kept, and the catalogue."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.domain.freight import FreightRate, TariffRule
from core.domain.ids import LocationCode, OrderNo
from core.domain.items import Item, Location
from core.domain.landed_cost import LandedCost, Portion
from core.domain.margins import Catalogue
from core.domain.orders import SalesOrderLine
from core.domain.rationalising import ItemRecord


class CostStore(Protocol):
    """What costs are worked out from, and what was worked out."""

    def portions(self, line: SalesOrderLine, item: Item) -> tuple[Portion, ...]:
        """The units of a line that are not cancelled, by lot where one was shipped or is reserved for it.

        The rest is at standard cost with the item's own origin.
        """
        ...

    def location(self, code: LocationCode) -> Location:
        """A location by code."""
        ...

    def rates(self, origin: LocationCode, region: str) -> tuple[FreightRate, ...]:
        """What carriers ask from a location to a region, by carrier and service."""
        ...

    def tariffs(self) -> tuple[TariffRule, ...]:
        """Every rule, those of the past too."""
        ...

    def keep(self, cost: LandedCost) -> None:
        """Write down a landed cost; what was written before stays."""
        ...

    def of_line(self, order: OrderNo, line: int) -> LandedCost | None:
        """What was last written down for a line."""
        ...

    def open_orders(self) -> tuple[OrderNo, ...]:
        """The orders that still have something to deliver, by number."""
        ...

    def catalogue(self) -> Catalogue:
        """Every item with its components and tariffs, and every open line with the country it goes to."""
        ...

    def records(self, *, since: date, until: date) -> Sequence[ItemRecord]:
        """What each item that is sold did between two days, by item."""
        ...
