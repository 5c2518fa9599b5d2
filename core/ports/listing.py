"""Lists of the books, read a page at a time: small protocols, one for each part of the company."""

from typing import Protocol

from core.domain.holds import Hold
from core.domain.listing import goods, orders
from core.domain.listing.paging import Page, Reading
from core.domain.overviews import LineOverview


class OrderLists(Protocol):
    """Sales orders and what belongs to them."""

    def sales_orders(
        self, wanted: orders.OrderFilter, asked: Reading[orders.OrderSort], /
    ) -> Page[orders.ListedOrder]: ...
    def order_lines(self, wanted: orders.OrderLineFilter, asked: Reading[orders.LineSort], /) -> Page[LineOverview]: ...
    def promises(
        self, wanted: orders.PromiseFilter, asked: Reading[orders.PromiseSort], /
    ) -> Page[orders.ListedPromise]: ...
    def holds(self, wanted: orders.HoldFilter, asked: Reading[orders.HoldSort], /) -> Page[Hold]: ...
    def customers(
        self, wanted: orders.CustomerFilter, asked: Reading[orders.CustomerSort], /
    ) -> Page[orders.ListedCustomer]: ...


class GoodsLists(Protocol):
    """Items, places and stock."""

    def items(self, wanted: goods.ItemFilter, asked: Reading[goods.ItemSort], /) -> Page[goods.ListedItem]: ...
    def locations(
        self, wanted: goods.LocationFilter, asked: Reading[goods.LocationSort], /
    ) -> Page[goods.ListedLocation]: ...
    def balances(
        self, wanted: goods.BalanceFilter, asked: Reading[goods.BalanceSort], /
    ) -> Page[goods.ListedBalance]: ...
    def moves(self, wanted: goods.MoveFilter, asked: Reading[goods.MoveSort], /) -> Page[goods.ListedMove]: ...
    def reservations(
        self, wanted: goods.ReservationFilter, asked: Reading[goods.ReservationSort], /
    ) -> Page[goods.ListedReservation]: ...


class ListingStore(OrderLists, GoodsLists, Protocol):
    """Every list. InvalidValueError for a limit that is none, and for a key no page of the list ended with."""
