"""`expediter bench place`: orders of four lines, idempotent, reserved, promised, audited, with a message in the outbox.

Ours is the way of the API: 32 coroutines hand domain values to the batcher and get domain values back. The baseline is
the same SQL function called straight through the driver by as many threads, an order a call, with values made before
the clock starts; once over a connection a caller and once over a small pool, and the faster counts.
"""

import asyncio
import re
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from queue import SimpleQueue
from typing import Any

import typer

from core.bootstrap.batching import placing
from core.bootstrap.opening import open_books
from core.db.batching.arrays import teach
from core.db.batching.placing import PLACING, values_of
from core.domain.ids import CustomerCode, OrderNo
from core.domain.order_terms import Channel
from core.domain.parties import Customer
from core.domain.placing import PlacedLine, PlaceOrder
from core.services.checking import check
from core.services.scanning import Figure
from evals.bench.callers import callers
from evals.bench.crowd import Pace, Turn, crowd
from evals.bench.figures import figure, shown
from evals.bench.hot_item import CLERK, POOLED
from evals.bench.stockroom import PLACE, TODAY, Stockroom, company, room_of
from evals.bench.uniform import ITEMS, PLENTY, item_of
from ui.cli import options

CALLERS = 32
LINES = 4
_SQL = re.sub(rb"\$\d+", b"%b", PLACING.sql())
"""With the marks of the driver's ordinary cursor."""
SHOP = CustomerCode("SHOP")
CUSTOMER = Customer(code=SHOP, name="Web shop", tier=2, email="shop@example.com")
AHEAD = 200
"""Orders the baseline makes for each caller before the clock starts, for each second it is to last."""


def place_command(
    as_json: options.Json = False,
    quick: bool = typer.Option(False, "--quick", help="A few seconds: correctness only, the times mean little."),
) -> None:
    """Orders of four lines by 32 callers, against the bare driver."""
    figures = run(seconds=0.2, rounds=1) if quick else run(seconds=1.5, rounds=3)
    raise SystemExit(shown("place", figures, as_json=as_json))


def run(*, seconds: float, rounds: int) -> tuple[Figure, ...]:
    """Measure on a server of its own."""
    with room_of(company({item_of(n): PLENTY for n in range(ITEMS)}, customers=(CUSTOMER,))) as room:
        return measured(room, seconds=seconds, rounds=rounds)


def measured(room: Stockroom, *, seconds: float, rounds: int, items: int = ITEMS) -> tuple[Figure, ...]:
    """Measure in a room with the shop and plenty of so many items; the ways take turns and the best of each counts."""
    ours, bare = list[Pace](), list[Pace]()
    for turn in range(rounds):
        ours.append(_ours(room, seconds=seconds, items=items, name=f"O{turn}"))
        for connections in (POOLED, CALLERS):
            bare.append(_bare(room, connections, seconds=seconds, items=items, name=f"B{turn}-{connections}"))
    with open_books(room.urls.app) as books, books(CLERK) as uow:
        broken = sum(len(law.broken) for law in check(uow))
    best, other = (max(paces, key=lambda pace: pace.per_second) for paces in (ours, bare))
    return (
        figure("orders_per_s", best.per_second, "1/s"),
        figure("ratio_vs_bare_driver", best.per_second / other.per_second, "x", ">= 0.4"),
        figure("p99_ms", best.milliseconds(0.99), "ms"),
        figure("bare_driver_per_s", other.per_second, "1/s"),
        figure("broken_invariants", broken, "breaches", "== 0"),
    )


def _ours(room: Stockroom, *, seconds: float, items: int, name: str) -> Pace:
    with open_books(room.urls.app) as books, placing(books) as batcher:

        async def turn(caller: int, number: int) -> None:
            await batcher.place(CLERK, order(name, caller, number, items=items))

        return asyncio.run(callers(CALLERS, turn, seconds=seconds))


def _bare(room: Stockroom, connections: int, *, seconds: float, items: int, name: str) -> Pace:
    with ExitStack() as stack:
        pool = SimpleQueue[Any]()
        for _ in range(connections):
            connection = stack.enter_context(room.server.superuser(room.database))
            connection.prepare_threshold = 0
            teach(connection)
            pool.put(connection)

        def turn_of(caller: int) -> Turn:
            orders = [order(name, caller, number, items=items) for number in range(int(AHEAD * seconds))]
            ready = iter([[*values_of(CLERK, each), None] for each in orders])

            def turn() -> bool:
                values = next(ready, None)
                if values is None:
                    return False
                connection = pool.get()
                try:
                    connection.execute(_SQL, values, binary=True).fetchone()
                finally:
                    pool.put(connection)
                return True

            return turn

        return crowd(CALLERS, turn_of, seconds=seconds)


def order(name: str, caller: int, number: int, *, items: int = ITEMS) -> PlaceOrder:
    """An order of four lines of different items."""
    first = caller * 7919 + number * 104_729
    lines = tuple(
        PlacedLine(
            item=item_of(first + line * 31, items),
            quantity=1 + line,
            unit_price=Decimal("12.50"),
            day=TODAY + timedelta(days=line),
        )
        for line in range(LINES)
    )
    code = f"{name}-{caller}-{number}"
    return PlaceOrder(
        key=code, number=OrderNo(code), customer=SHOP, channel=Channel.STOREFRONT, ship_from=PLACE, lines=lines,
        recipient="buyer@example.com",
    )  # fmt: skip
