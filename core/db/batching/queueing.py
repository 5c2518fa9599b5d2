"""A queue that one writer drains: all that waits while a batch is committed is the next batch."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

C = TypeVar("C")
R = TypeVar("R")
LARGEST_BATCH = 512


class MicroBatcher(Generic[C, R]):
    """Carries commands out in batches, in the order in which they came, and gives each caller its own result.

    Callers are coroutines of one loop, which never waits for the database: batches are carried out in a thread of
    their own, one at a time. There is no timer: a batch is whatever came while the last one was being committed, so a
    caller who is alone waits for nobody, and the more there are the more share a commit. Two commands of one `name`
    are never in one batch. A result that is an exception is raised to its caller alone.
    """

    def __init__(
        self,
        carry_out: Callable[[Sequence[C]], Sequence[R | Exception]],
        *,
        name: Callable[[C], str],
        largest: int = LARGEST_BATCH,
    ) -> None:
        self._carry_out = carry_out
        self._name = name
        self._largest = largest
        self._queue = deque[tuple[C, asyncio.Future[R]]]()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="batches")
        self._work: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._queue)

    async def submit(self, command: C) -> R:
        """The result of the command, once the batch it was in is committed."""
        answer = asyncio.get_running_loop().create_future()
        self._queue.append((command, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._drain())
        return await answer

    def close(self) -> None:
        """Let the writer's thread end; nobody may be waiting any more."""
        self._writer.shutdown()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._queue:
                await asyncio.sleep(0)  # whoever was just answered may come back first: full batches are the fastest
                batch = self._take()
                commands = [command for command, _ in batch]
                try:
                    results = await loop.run_in_executor(self._writer, self._carry_out, commands)
                except Exception as error:  # noqa: BLE001  it is raised to every caller of the batch
                    results = [error] * len(batch)
                _answer(batch, results)
        finally:
            self._work = None
            self._give_up()

    def _take(self) -> list[tuple[C, asyncio.Future[R]]]:
        """The oldest that wait and may go together; a namesake of one of them keeps its place in the queue."""
        batch, later, names = list[tuple[C, asyncio.Future[R]]](), list[tuple[C, asyncio.Future[R]]](), set[str]()
        while self._queue and len(batch) < self._largest:
            one = self._queue.popleft()
            if one[1].cancelled():
                continue
            name = self._name(one[0])
            (later if name in names else batch).append(one)
            names.add(name)
        self._queue.extendleft(reversed(later))
        return batch

    def _give_up(self) -> None:
        """Nobody waits for ever: when the loop is stopped, what was not begun is cancelled."""
        while self._queue:
            self._queue.popleft()[1].cancel()


def _answer(batch: Sequence[tuple[C, asyncio.Future[R]]], results: Sequence[R | Exception]) -> None:
    for (_, answer), result in zip(batch, results, strict=True):
        if answer.done():  # the caller has left; what was done stays done, and its key gives the answer again
            continue
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
