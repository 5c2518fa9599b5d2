"""Taking all there is of one item: what a process of its own does, so it imports no more than that needs."""

import asyncio
import itertools

from core.bootstrap.batching import reserving
from core.bootstrap.opening import open_books
from core.db.batching.reserving import ReservingBatcher
from core.domain.errors import InsufficientStockError
from core.domain.ids import ItemCode
from core.domain.stock import Claim, ReserveStock
from evals.bench.hot_item import CLERK
from evals.bench.stockroom import PLACE

SCARCE = ItemCode("SCARCE")
CALLERS = 32


def take_all(url: str, process: int) -> int:
    """Take of the scarce item until it is gone, by orders that name it twice; the units that were granted."""
    with open_books(url) as books, reserving(books) as batcher:
        return asyncio.run(_take_all(batcher, process))


async def _take_all(batcher: ReservingBatcher, process: int) -> int:
    async def caller(name: str) -> int:
        granted = 0
        for number in itertools.count():
            key = f"{name}-{number}"
            twice = tuple(
                Claim(item=SCARCE, location=PLACE, quantity=units, reference=f"{key}/{units}") for units in (1, 2)
            )
            try:
                await batcher.reserve(CLERK, ReserveStock(key=key, claims=twice))
            except InsufficientStockError:
                break
            granted += sum(claim.quantity for claim in twice)
        return granted

    return sum(await asyncio.gather(*(caller(f"p{process}-{number}") for number in range(CALLERS))))
