"""Callers in threads before a batcher of coroutines: a loop in a thread of its own."""

import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Protocol, TypeVar

R = TypeVar("R")


class Waits(Protocol):
    """Runs a coroutine on the loop and waits for what it returns or raises."""

    def __call__(self, act: Coroutine[Any, Any, R], /) -> R: ...


@contextmanager
def loop_in_a_thread() -> Generator[Waits]:
    """For the command line and the worker, which have no loop; it ends with the block."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="batch-loop", daemon=True)
    thread.start()

    def wait(act: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(act, loop).result()

    try:
        yield wait
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
