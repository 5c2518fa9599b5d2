"""Another process at work on the same books: it reserves, and places an order that is paid."""

import asyncio
from decimal import Decimal

from core.bootstrap.batching import batching
from core.bootstrap.opening import open_books
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel
from core.domain.placing import PlacedLine, PlaceOrder
from core.domain.stock import Claim, ReserveStock
from tests.builders import HARBOR, MARIA, RENO, VALVE, day

HELD, SOLD = 12, 7
SHOP_ORDER = OrderNo("WEB-1")


def sell(url: str) -> None:
    """Twelve valves of Reno are kept for a cart, seven more are sold and reserved."""
    claim = Claim(item=VALVE, location=RENO, quantity=HELD, reference="CART-7/1")
    line = PlacedLine(item=VALVE, quantity=SOLD, unit_price=Decimal("12.50"), day=day(2))
    paid = PlaceOrder(
        key="web", number=SHOP_ORDER, customer=HARBOR, channel=Channel.STOREFRONT, ship_from=RENO, lines=(line,)
    )

    async def both() -> None:
        await batches.reservations.reserve(MARIA.name, ReserveStock(key="cart", claims=(claim,)))
        await batches.orders.place(MARIA.name, paid)

    with open_books(url) as books, batching(books) as batches:
        asyncio.run(both())
