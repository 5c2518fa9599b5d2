"""Micro-batches: each caller has its own result, in order, and one failure is one caller's."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from core.db.batching.queueing import MicroBatcher


def test_everybody_gets_the_result_of_their_own_command() -> None:
    sizes = list[int]()

    def double(batch: Sequence[int]) -> list[int | Exception]:
        sizes.append(len(batch))
        return [2 * number for number in batch]

    batcher, barrier = MicroBatcher[int, int](double, largest=8), Barrier(16)

    def ask(thread: int) -> list[int]:
        barrier.wait()
        return [batcher.submit(100 * thread + turn) for turn in range(50)]

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(ask, range(16)))

    assert found == [[2 * (100 * thread + turn) for turn in range(50)] for thread in range(16)]
    assert sum(sizes) == 800
    assert max(sizes) <= 8


def test_what_waits_while_a_batch_is_written_is_the_next_batch() -> None:
    begun, go_on = Event(), Event()
    batches = list[list[str]]()

    def write(batch: Sequence[str]) -> list[str | Exception]:
        batches.append(list(batch))
        begun.set()
        go_on.wait()
        return list(batch)

    batcher = MicroBatcher[str, str](write)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(batcher.submit, "a")
        begun.wait()
        others = [pool.submit(batcher.submit, name) for name in "bcd"]
        while len(batcher) < 3:
            pass
        go_on.set()
        assert [f.result() for f in (first, *others)] == ["a", "b", "c", "d"]

    assert [sorted(batch) for batch in batches] == [["a"], ["b", "c", "d"]]


def test_a_failure_is_raised_to_its_caller_alone() -> None:
    def refuse_odd(batch: Sequence[int]) -> list[int | Exception]:
        return [ValueError(f"{n} is odd") if n % 2 else n for n in batch]

    batcher = MicroBatcher[int, int](refuse_odd)

    assert batcher.submit(2) == 2
    with pytest.raises(ValueError, match="3 is odd"):
        batcher.submit(3)
    assert batcher.submit(4) == 4


def test_a_writer_that_dies_leaves_the_queue_to_the_next() -> None:
    calls = list[int]()

    def die_once(batch: Sequence[int]) -> list[int | Exception]:
        calls.append(len(batch))
        if len(calls) == 1:
            raise KeyboardInterrupt
        return list(batch)

    batcher = MicroBatcher[int, int](die_once)
    with pytest.raises(KeyboardInterrupt):
        batcher.submit(1)

    assert batcher.submit(2) == 2
