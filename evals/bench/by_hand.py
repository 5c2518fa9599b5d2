"""Baselines over asynchronous connections: reservations as they are usually written, by coroutines, not threads."""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any

from evals.bench.callers import callers
from evals.bench.crowd import Pace
from evals.bench.hot_item import TABLES_BY_HAND
from evals.bench.stockroom import Stockroom

_FREE = "SELECT on_hand - reserved FROM plain_balances WHERE item = 'HOT' FOR UPDATE"
_TAKE = "UPDATE plain_balances SET reserved = reserved + %s WHERE item = 'HOT'"
_KEEP = "INSERT INTO plain_reservations (item, quantity, reference, recorded_at) VALUES ('HOT', %s, %s, now())"
_BOTH = """
WITH taken AS (
    UPDATE plain_balances SET reserved = reserved + %s WHERE item = %s AND on_hand - reserved >= %s RETURNING item)
INSERT INTO plain_reservations (item, quantity, reference, recorded_at) SELECT item, %s, %s, now() FROM taken"""


def row_lock(room: Stockroom, count: int, *, connections: int, seconds: float) -> Pace:
    """Lock the row, look, take, write it down, commit: five trips, by coroutines over asynchronous connections."""

    async def reserve(connection: Any, caller: int, number: int) -> None:
        units = 1 + caller % 3
        async with connection.transaction():
            found = await (await connection.execute(_FREE)).fetchone()
            if found[0] >= units:
                await connection.execute(_TAKE, [units])
                await connection.execute(_KEEP, [units, f"{caller}-{number}"])

    return asyncio.run(_paced(room, count, connections, seconds, reserve))


def single_statement(room: Stockroom, count: int, *, items: int, connections: int, seconds: float) -> Pace:
    """One statement a reservation, conditional UPDATE and INSERT, of one item of many, over a pool of connections."""

    async def reserve(connection: Any, caller: int, number: int) -> None:
        units, item = 1 + caller % 3, f"I{(caller * 7919 + number * 104_729) % items:05}"
        await connection.execute(_BOTH, [units, item, units, units, f"{caller}-{number}"])

    return asyncio.run(_paced(room, count, connections, seconds, reserve))


class _Pool:
    """Connections that are handed to who waited longest, as pools do; out of an `asyncio.Queue` a caller who comes
    back takes the one that was just put there, and whoever waits for it waits for ever."""

    def __init__(self, connections: Sequence[Any]) -> None:
        self._free = list(connections)
        self._waiting = deque[asyncio.Future[Any]]()

    async def take(self) -> Any:
        if self._free:
            return self._free.pop()
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        return await waiting

    def give_back(self, connection: Any) -> None:
        if self._waiting:
            self._waiting.popleft().set_result(connection)
        else:
            self._free.append(connection)


async def _paced(room: Stockroom, count: int, connections: int, seconds: float, reserve: Any) -> Pace:
    async with AsyncExitStack() as stack:
        opened = [await room.server.superuser_of_coroutines(room.database) for _ in range(connections)]
        pool = _Pool([await stack.enter_async_context(each) for each in opened])

        async def turn(caller: int, number: int) -> None:
            connection = await pool.take()
            try:
                await reserve(connection, caller, number)
            finally:
                pool.give_back(connection)

        return await callers(count, turn, seconds=seconds)


def make_plain_tables(room: Stockroom, *, items: int) -> None:
    """The tables of the baseline, with so many items besides the hot one."""
    with room.server.superuser(room.database) as connection:
        connection.execute(TABLES_BY_HAND)
        connection.execute(
            "INSERT INTO plain_balances"
            " SELECT 'I' || lpad(n::text, 5, '0'), 1000000000, 0 FROM generate_series(0, %s) n",
            [items - 1],
        )
