"""What customers have ordered around the as-of date: about 150 orders with 500 lines, or as many as are asked for."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.demo.partners import CUSTOMERS, customer_code
from core.demo.places import GHENT, SHIPPING
from core.domain.ids import OrderNo
from core.domain.items import Item
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine

ORDERS = 150
CURRENCY = "USD"

_LINES_AN_ORDER = (1, 2, 2, 3, 3, 3, 4, 4, 5, 6)
_QUANTITIES = {
    "02": (4, 20),
    "03": (3, 16),
    "04": (2, 10),
    "06": (1, 5),
    "CP-10": (1, 3),
    "CP-20": (1, 2),
    "CP-40": (1, 1),
    "RK": (4, 24),
    "08": (1, 5),
    "10": (1, 4),
    "YK": (4, 24),
    "AC": (1, 4),
    "AV": (1, 5),
    "PS": (1, 1),
}
# Important customers call off at short notice, the others plan ahead.
_DAYS_AHEAD = {1: (4, 26), 2: (9, 40), 3: (16, 52)}
_DISCOUNT = {1: Decimal("0.88"), 2: Decimal("0.93"), 3: Decimal(1)}
_CHANNELS = (Channel.EDI, Channel.EDI, Channel.EMAIL, Channel.EMAIL, Channel.PORTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderScale:
    """How many orders, of how many lines, and by whom."""

    orders: int = ORDERS
    lines_an_order: Sequence[int] = _LINES_AN_ORDER
    customers: Sequence[tuple[str, int, str]] = CUSTOMERS


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBook:
    """The orders and their lines."""

    orders: tuple[SalesOrder, ...]
    lines: tuple[SalesOrderLine, ...]


def order_book(items: Sequence[Item], *, as_of: date, rng: random.Random, scale: OrderScale | None = None) -> OrderBook:
    """Orders numbered in the order they were taken, and their lines."""
    scale = scale or OrderScale()
    goods = [item for item in items if item.finished_good]
    taken = sorted(as_of - timedelta(days=rng.randint(0, 24)) for _ in range(scale.orders))
    orders: list[SalesOrder] = []
    lines: list[SalesOrderLine] = []
    for sequence, on in enumerate(taken, start=1):
        name, tier, site = scale.customers[rng.randrange(len(scale.customers))]
        order = SalesOrder(
            number=OrderNo(f"SO-{1000 + sequence}"),
            customer=customer_code(name),
            customer_po=str(40_000 + 7 * sequence + rng.randint(0, 6)),
            channel=rng.choice(_CHANNELS),
            order_date=on,
            currency=CURRENCY,
            ship_from=SHIPPING[site],
            priority=tier,
            entry_sequence=sequence,
        )
        orders.append(order)
        lines += _lines(order, _for(goods, abroad=site == GHENT), tier=tier, as_of=as_of, rng=rng, scale=scale)
    return OrderBook(orders=tuple(orders), lines=tuple(lines))


def _for(goods: Sequence[Item], *, abroad: bool) -> list[Item]:
    """What is sold there: nothing of the heaviest goes overseas."""
    heavy = {"GV-06", "CP-20", "CP-40"}
    return [item for item in goods if not (abroad and (item.code in heavy or item.code.startswith("PS-")))]


def _lines(
    order: SalesOrder, sold: Sequence[Item], *, tier: int, as_of: date, rng: random.Random, scale: OrderScale
) -> list[SalesOrderLine]:
    low, high = _DAYS_AHEAD[tier]
    requested = _working_day(as_of + timedelta(days=rng.randint(low, high)))
    chosen = rng.sample(sold, rng.choice(scale.lines_an_order))
    return [
        _line(order, number, item, requested=requested, tier=tier, rng=rng)
        for number, item in enumerate(sorted(chosen, key=lambda item: item.code), start=1)
    ]


def _line(
    order: SalesOrder, number: int, item: Item, *, requested: date, tier: int, rng: random.Random
) -> SalesOrderLine:
    least, most = _quantities(item.code)
    ordered = rng.randint(least, most)
    promised = _working_day(requested + timedelta(days=rng.choice((0, 0, 0, 0, 2, 3))))
    return SalesOrderLine(
        order=order.number,
        line=number,
        item=item.code,
        ordered=ordered,
        shipped=ordered // 3 if rng.random() < 0.05 else 0,
        cancelled=1 if ordered > 4 and rng.random() < 0.03 else 0,
        unit_price=(item.list_price * _DISCOUNT[tier]).quantize(Decimal("0.01")),
        requested=requested,
        first_promised=promised,
        promised=promised,
    )


def _quantities(code: str) -> tuple[int, int]:
    return _QUANTITIES.get(code) or _QUANTITIES.get(code[:2]) or _QUANTITIES[code[3:]]


def _working_day(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
