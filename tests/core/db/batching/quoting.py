"""A process that quotes what it can get of an item and says so, for a test that kills it."""

import asyncio
import itertools
from collections.abc import Callable
from multiprocessing.connection import Connection

from core.bootstrap.batching import quoting
from core.bootstrap.opening import open_books
from core.domain.promising import Ask
from core.domain.quoting import QuotePromise
from core.ports.storage import UnitOfWork
from core.services.promising import InquirePromise, inquire
from tests.builders import MARIA, RENO, VALVE, day

CALLERS = 4


def wish(key: str, units: int, *, minutes: int = 60) -> QuotePromise:
    """Valves for today, or none."""
    wanted = Ask(item=VALVE, location=RENO, quantity=units, requested=day(0), max_lateness=0)
    return QuotePromise(key=key, asks=(wanted,), minutes=minutes)


def units_there(uow: UnitOfWork) -> int:
    """How many could be promised for today."""
    (free,) = inquire(uow, InquirePromise(asks=wish("-", 1000).asks))
    return sum(dated.quantity for dated in free.dates)


def quote_and_send(url: str, pipe: Connection) -> None:
    """Quote until nothing is left and send each quote with its units."""
    quote_all(url, lambda code, units: pipe.send((code, units)))


def quote_all(url: str, say: Callable[[str, int], None]) -> None:
    """Four callers quote two units at a time until nothing is left; every process that does so uses the same keys."""
    with open_books(url) as books, quoting(books) as batcher:

        async def caller(number: int) -> None:
            for turn in itertools.count():
                given = await batcher.quote(MARIA.name, wish(f"q-{number}-{turn}", 2))
                units = sum(dated.quantity for promise in given.promises for dated in promise.dates)
                if not units:
                    return
                say(given.quote, units)

        async def all_quote() -> None:
            await asyncio.gather(*(caller(number) for number in range(CALLERS)))

        asyncio.run(all_quote())
