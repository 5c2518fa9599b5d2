"""Micro-batches: each caller has its own result, in order, and one failure is one caller's."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import closing
from threading import Event
from typing import Any, TypeVar

import pytest

from core.db.batching.queueing import InAThread, MicroBatcher

R = TypeVar("R")


def own_name(command: object) -> str:
    return str(command)


def run(act: Coroutine[Any, Any, R]) -> R:
    return asyncio.run(asyncio.wait_for(act, 10))


def test_everybody_gets_the_result_of_their_own_command() -> None:
    sizes = list[int]()

    def double(batch: Sequence[int]) -> list[int | Exception]:
        sizes.append(len(batch))
        return [2 * number for number in batch]

    with closing(InAThread[int, int](double)) as thread:
        batcher = MicroBatcher[int, int](thread, name=own_name, largest=8)

        async def ask(caller: int) -> list[int]:
            return [await batcher.submit(100 * caller + turn) for turn in range(50)]

        async def all_ask() -> list[list[int]]:
            return await asyncio.gather(*(ask(caller) for caller in range(16)))

        found = run(all_ask())

    assert found == [[2 * (100 * caller + turn) for turn in range(50)] for caller in range(16)]
    assert sizes == [8] * 100


def test_what_waits_while_a_batch_is_written_is_the_next_batch() -> None:
    begun, go_on, batches = Event(), Event(), list[list[str]]()

    def write(batch: Sequence[str]) -> list[str | Exception]:
        batches.append(list(batch))
        begun.set()
        go_on.wait()
        return list(batch)

    with closing(InAThread[str, str](write)) as thread:
        batcher = MicroBatcher[str, str](thread, name=own_name)

        async def ask() -> list[str]:
            first = asyncio.create_task(batcher.submit("a"))
            while not begun.is_set():
                await asyncio.sleep(0)
            others = [asyncio.create_task(batcher.submit(name)) for name in "bcd"]
            while len(batcher) < 3:
                await asyncio.sleep(0)
            go_on.set()
            return await asyncio.gather(first, *others)

        assert run(ask()) == ["a", "b", "c", "d"]

    assert batches == [["a"], ["b", "c", "d"]]


def test_a_failure_is_raised_to_its_caller_alone() -> None:
    def refuse_odd(batch: Sequence[int]) -> list[int | Exception]:
        return [ValueError(f"{n} is odd") if n % 2 else n for n in batch]

    with closing(InAThread[int, int](refuse_odd)) as thread:
        batcher = MicroBatcher[int, int](thread, name=own_name)

        async def ask() -> list[int | BaseException]:
            return await asyncio.gather(*(batcher.submit(n) for n in (2, 3, 4)), return_exceptions=True)

        found = run(ask())

    assert (found[0], str(found[1]), found[2]) == (2, "3 is odd", 4)


def test_a_writer_that_fails_fails_its_batch_and_no_other() -> None:
    calls = list[int]()

    def fail_once(batch: Sequence[int]) -> list[int | Exception]:
        calls.append(len(batch))
        if len(calls) == 1:
            raise OSError("the line is down")
        return list(batch)

    with closing(InAThread[int, int](fail_once)) as thread:
        batcher = MicroBatcher[int, int](thread, name=own_name)
        with pytest.raises(OSError, match="the line is down"):
            run(batcher.submit(1))

        assert run(batcher.submit(2)) == 2


def test_namesakes_wait_for_each_other_and_keep_their_order() -> None:
    batches = list[list[str]]()

    def write(batch: Sequence[str]) -> list[str | Exception]:
        batches.append(list(batch))
        return list(batch)

    with closing(InAThread[str, str](write)) as thread:
        batcher = MicroBatcher[str, str](thread, name=lambda command: command[0])

        async def ask() -> None:
            await asyncio.gather(*(batcher.submit(command) for command in ("a1", "a2", "b1", "a3", "b2")))

        run(ask())

    assert batches == [["a1", "b1"], ["a2", "b2"], ["a3"]]


def test_a_caller_that_leaves_is_left_out_and_fails_nobody() -> None:
    batches = list[list[int]]()

    def write(batch: Sequence[int]) -> list[int | Exception]:
        batches.append(list(batch))
        return list(batch)

    with closing(InAThread[int, int](write)) as thread:
        batcher = MicroBatcher[int, int](thread, name=own_name)

        async def ask() -> int:
            left = asyncio.create_task(batcher.submit(1))
            stays = asyncio.create_task(batcher.submit(2))
            await asyncio.sleep(0)
            left.cancel()
            return await stays

        assert run(ask()) == 2

    assert batches == [[2]]


def test_nobody_waits_for_a_writer_that_has_just_ended() -> None:
    async def write(batch: Sequence[int]) -> list[int | Exception]:
        return list(batch)

    async def come_back_after(turns: int) -> int:
        batcher = MicroBatcher[int, int](write, name=own_name)
        await batcher.submit(1)
        for _ in range(turns):
            await asyncio.sleep(0)
        return await batcher.submit(2)

    assert [run(come_back_after(turns)) for turns in range(8)] == [2] * 8


def test_two_batches_are_on_their_way_at_once_but_never_two_of_one_name() -> None:
    begun, most, names = list[str](), list[int](), list[str]()

    async def write(batch: Sequence[str]) -> list[str | Exception]:
        assert not set(names) & {one[0] for one in batch}
        names.extend(one[0] for one in batch)
        begun.append("x")
        most.append(len(begun))
        await asyncio.sleep(0.01)
        begun.pop()
        for one in batch:
            names.remove(one[0])
        return list(batch)

    async def ask() -> list[str]:
        batcher = MicroBatcher[str, str](write, name=lambda command: command[0], largest=2, lanes=2)
        return await asyncio.gather(*(batcher.submit(one) for one in ("a1", "b1", "a2", "c1", "a3", "d1")))

    assert run(ask()) == ["a1", "b1", "a2", "c1", "a3", "d1"]
    assert max(most) == 2
