"""Coroutines that begin together, as the callers of an API process are: how much they did, and how long they waited."""

import asyncio
from collections.abc import Awaitable, Callable
from time import perf_counter

from evals.bench.crowd import Pace

WARMING = 4
Turn = Callable[[int, int], Awaitable[None]]


async def callers(count: int, turn: Turn, *, seconds: float, turns: int | None = None) -> Pace:
    """Let so many callers take turns, `turn(caller, number)`, until the time is up or each has had its turns."""
    waits = list[float]()
    begun = perf_counter()
    end = begun + seconds

    async def one(caller: int) -> None:
        number, now = 0, perf_counter()
        while now < end and (turns is None or number < turns):
            await turn(caller, number)
            number, before, now = number + 1, now, perf_counter()
            waits.append(now - before)

    await asyncio.gather(*(one(caller) for caller in range(count)))
    return Pace(turns=len(waits), seconds=perf_counter() - begun, waits=tuple(sorted(waits)))


async def warm(count: int, turn: Turn, *, seconds: float) -> Pace:
    """The pace of callers who come to a process that has served some before: its connections are open, as those of a
    baseline are."""
    await callers(count, lambda caller, number: turn(caller, number - WARMING), seconds=seconds, turns=WARMING)
    return await callers(count, turn, seconds=seconds)
