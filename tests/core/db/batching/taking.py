"""A process that takes what it can get of an item and says so, for a test that kills it."""

import asyncio
import itertools
from collections.abc import Callable
from multiprocessing.connection import Connection

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.domain.errors import InsufficientStockError
from core.domain.stock import Claim, ReserveStock, StockReserved
from tests.builders import MARIA, RENO, VALVE

CALLERS = 4


def wish(key: str) -> ReserveStock:
    """Two units, by a command that names the item twice."""
    return ReserveStock(
        key=key, claims=tuple(Claim(item=VALVE, location=RENO, quantity=1, reference=f"{key}/{n}") for n in (1, 2))
    )


def take_and_send(url: str, pipe: Connection) -> None:
    """Take all and send each key that was granted."""
    take_all(url, pipe.send)


def take_all(url: str, say: Callable[[str], None]) -> None:
    """Reserve with four callers until nothing is left; every process that does so uses the same keys."""
    with open_books(url) as books, reserving(books) as batcher:

        async def caller(number: int) -> None:
            for turn in itertools.count():
                key = f"k-{number}-{turn}"
                try:
                    granted = await batcher.reserve(MARIA.name, wish(key))
                except InsufficientStockError:
                    return
                assert granted == StockReserved(references=(f"{key}/1", f"{key}/2"))
                say(key)

        async def all_take() -> None:
            await asyncio.gather(*(caller(number) for number in range(CALLERS)))

        asyncio.run(all_take())
