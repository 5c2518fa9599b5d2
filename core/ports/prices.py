"""Prices in the books: price lists, contracts, discounts, and where the price of each order line comes from."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from core.domain.ids import ItemCode, OrderNo
from core.domain.price_search import PriceBook
from core.domain.prices import Discount, DiscountCode, PricedLine, PriceList, PriceListCode, PriceListLine
from core.domain.users import User


class PriceStore(Protocol):
    """Prices are added and ended, never changed: what was charged can always be shown again."""

    def add_list(self, price_list: PriceList, lines: Sequence[PriceListLine], *, agreed: str) -> None:
        """A new list or contract, by the request agreed to; ConflictError when its code is taken."""
        ...

    def add_lines(self, lines: Sequence[PriceListLine], *, agreed: str) -> None:
        """Further lines of lists that are there; ConflictError when a line number is taken."""
        ...

    def end_line(self, code: PriceListCode, line: int, *, on: date, agreed: str) -> None:
        """The last day a line holds."""
        ...

    def add_discount(self, discount: Discount, *, agreed: str) -> None:
        """A new discount; ConflictError when its code is taken."""
        ...

    def end_discount(self, code: DiscountCode, *, on: date, agreed: str) -> None:
        """The last day a discount holds."""
        ...

    def lists(self) -> tuple[PriceList, ...]:
        """Every list and contract, by code."""
        ...

    def lines(self, code: PriceListCode) -> tuple[PriceListLine, ...]:
        """The lines of a list, by number."""
        ...

    def book(self, item: ItemCode) -> PriceBook:
        """All there is on the price of an item."""
        ...

    def keep(self, order: OrderNo, line: int, priced: PricedLine) -> None:
        """Write down where the price of an order line comes from; what was written before stays."""
        ...

    def of_line(self, order: OrderNo, line: int) -> PricedLine | None:
        """What was last written down, None for an order that came with its prices from elsewhere."""
        ...

    def add_override(self, order: OrderNo, line: int, priced: PricedLine, *, why: str, user: User) -> int:
        """A decision to sell at the price in `priced` instead of the one found; its number."""
        ...
