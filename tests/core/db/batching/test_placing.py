"""Orders in micro-batches: what is written is what the service writes, row by row, for as many as there is stock."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from typing import LiteralString

import psycopg
import pytest

from core.bootstrap.batching import placing
from core.bootstrap.opening import open_books
from core.db.batching.placing import PlacingBatcher
from core.db.roles import dsn_of
from core.domain.errors import ConflictError, IdempotencyConflictError, InsufficientStockError, InvalidValueError
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel
from core.domain.placing import OrderPlaced, PlacedLine, PlaceOrder
from core.services.checking import check
from core.services.ordering.placing import place_order
from tests.builders import HARBOR, MARIA, RENO, VALVE, day
from tests.desk import Desk

_OF_ORDER = (
    "SELECT to_jsonb(x) - 'order_id' - 'id' FROM {} x JOIN sales_orders o ON o.id = x.order_id"
    " WHERE o.number = %(n)s ORDER BY x.line"
)
_TABLES = ("sales_order_lines", "schedule_lines", "promise_records", "reservations", "order_timeline")
_ROWS: tuple[LiteralString, ...] = (
    "SELECT to_jsonb(o) - 'id' - 'entry_sequence' FROM sales_orders o WHERE number = %(n)s",
    *(_OF_ORDER.format(table) for table in _TABLES),
    "SELECT to_jsonb(x) - 'id' FROM outbox x WHERE key = 'placed:' || %(n)s",
    "SELECT to_jsonb(x) - 'request_hash' FROM commands x WHERE key = 'key-' || %(n)s",
    "SELECT to_jsonb(x) - 'hash' - 'previous' FROM audit_log x WHERE strpos(scope, %(n)s) > 0 ORDER BY scope, sequence",
)
Answer = OrderPlaced | BaseException


@pytest.fixture
def batchers(desk: Desk) -> Iterator[list[PlacingBatcher]]:
    """Two batchers with connections of their own, as two processes have them."""
    with ExitStack() as stack:
        books = [stack.enter_context(open_books(desk.urls.app, frozen=desk.clock.read)) for _ in range(2)]
        yield [stack.enter_context(placing(each)) for each in books]


def order(number: str, *units: int) -> PlaceOrder:
    lines = tuple(
        PlacedLine(item=VALVE, quantity=n, unit_price=Decimal("9.50"), day=day(at)) for at, n in enumerate(units)
    )
    return PlaceOrder(
        key=f"key-{number}", number=OrderNo(number), customer=HARBOR, channel=Channel.STOREFRONT, ship_from=RENO,
        lines=lines, address="MAIN", recipient="ä@example.com",
    )  # fmt: skip


def placed(batchers: Sequence[PlacingBatcher], *commands: PlaceOrder) -> list[Answer]:
    """What becomes of orders that are placed all at once, with the batchers in turn."""

    async def ask() -> list[Answer]:
        asking = (batchers[n % len(batchers)].place(MARIA.name, command) for n, command in enumerate(commands))
        return await asyncio.gather(*asking, return_exceptions=True)

    return asyncio.run(ask())


def rows_of(desk: Desk, number: str) -> list[list[str]]:
    with psycopg.connect(dsn_of(desk.urls.owner)) as connection:
        found = [connection.execute(query, {"n": number}).fetchall() for query in _ROWS]
    return [[str(row[0]).replace(number, "NUMBER") for row in rows] for rows in found]


def test_what_is_written_is_what_the_service_writes(desk: Desk, batchers: list[PlacingBatcher]) -> None:
    with desk.open() as uow:
        place_order(uow, order("W-1", 3, 2, 1, 4))

    assert placed(batchers[:1], order("W-2", 3, 2, 1, 4)) == [order("W-2", 3, 2, 1, 4).placed()]

    one, two = rows_of(desk, "W-1"), rows_of(desk, "W-2")
    assert [len(rows) for rows in one] == [1, 4, 4, 4, 4, 1, 1, 1, 9]
    assert one == two
    with desk.open() as uow:
        assert [result for result in check(uow) if result.broken] == []


def test_orders_get_what_there_is_and_a_refusal_leaves_nothing(desk: Desk, batchers: list[PlacingBatcher]) -> None:
    found = placed(batchers, *(order(f"W-{n}", 2, 1) for n in range(20)))

    assert sum(isinstance(answer, OrderPlaced) for answer in found) == 16  # of 50 units, 3 an order
    refused = next(n for n, answer in enumerate(found) if isinstance(answer, InsufficientStockError))
    assert {type(answer) for answer in found} == {OrderPlaced, InsufficientStockError}
    assert rows_of(desk, f"W-{refused}") == [[]] * 9
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 2
        assert [result for result in check(uow) if result.broken] == []


def test_what_cannot_be_is_refused_as_the_service_does_and_fails_no_other(
    desk: Desk, batchers: list[PlacingBatcher]
) -> None:
    late = replace(order("W-3", 1).lines[0], day=day(-1))
    commands = (
        order("W-1", 1),
        order("W-1", 1),
        replace(order("W-1", 1), key="other"),
        replace(order("W-1", 2)),
        replace(order("W-3", 1), lines=(late,)),
        order("W-4", 1, 1),
    )

    found = placed(batchers[:1], *commands)

    kinds = [OrderPlaced, OrderPlaced, ConflictError, IdempotencyConflictError, InvalidValueError, OrderPlaced]
    assert [type(answer) for answer in found] == kinds
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 47
        assert [result for result in check(uow) if result.broken] == []
