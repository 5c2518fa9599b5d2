"""Callers in threads: each gets what its own coroutine returns or raises."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from core.db.batching.queueing import InAThread, MicroBatcher
from core.db.batching.threads import loop_in_a_thread


def test_threads_get_what_their_coroutines_return_or_raise() -> None:
    def halve(batch: Sequence[int]) -> list[int | Exception]:
        return [ValueError(f"{n} is odd") if n % 2 else n // 2 for n in batch]

    with closing(InAThread[int, int](halve)) as thread, loop_in_a_thread() as wait:
        batcher = MicroBatcher[int, int](thread, name=str)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda n: wait(batcher.submit(2 * n)), range(40)))
        with pytest.raises(ValueError, match="7 is odd"):
            wait(batcher.submit(7))

    assert found == list(range(40))
