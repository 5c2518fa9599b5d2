"""A queue that one writer drains: all that waits while a batch is committed is the next batch."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeAlias, TypeVar

C = TypeVar("C")
R = TypeVar("R")
LARGEST_BATCH = 512
CarryOut: TypeAlias = Callable[[Sequence[C]], Awaitable[Sequence[R | Exception]]]
"""Carries out a batch and gives each command's result, in order; what it sends, it sends before it first waits."""
_Answer: TypeAlias = tuple[asyncio.Future[R], R | Exception]


class MicroBatcher(Generic[C, R]):
    """Carries commands out in batches, in the order in which they came, and gives each caller its own result.

    Callers are coroutines of one loop. There is no timer: a batch is whatever came while the last one was being
    committed, so a caller who is alone waits for nobody, and the more there are the more share a commit. Up to `lanes`
    batches are on their way at once. Two commands of one `name` never are. A result that is an exception is raised to
    its caller alone.
    """

    def __init__(
        self, carry_out: CarryOut[C, R], *, name: Callable[[C], str], largest: int = LARGEST_BATCH, lanes: int = 1
    ) -> None:
        self._carry_out = carry_out
        self._name = name
        self._largest = largest
        self._lanes = lanes
        self._queue = deque[tuple[C, asyncio.Future[R]]]()
        self._names = set[str]()
        self._work = list[asyncio.Task[None]]()

    def __len__(self) -> int:
        return len(self._queue)

    async def submit(self, command: C) -> R:
        """The result of the command, once the batch it was in is committed."""
        answer = asyncio.get_running_loop().create_future()
        self._queue.append((command, answer))
        # Asked of the tasks themselves: one that has just ended takes nothing more, and nobody may wait for it.
        self._work = [work for work in self._work if not work.done()]
        if len(self._work) < self._lanes:
            self._work.append(asyncio.create_task(self._drain()))
        return await answer

    async def _drain(self) -> None:
        """Of those who come back as soon as they are answered, half prepare while the other half's batch is committed:
        so much of a batch is answered first as makes two halves, and the rest once the next batch is on its way."""
        loop, answers = asyncio.get_running_loop(), list[_Answer[R]]()
        try:
            while True:
                first = max(0, (len(answers) - len(self._queue) + 1) // 2) if self._alone() else len(answers)
                _answer(answers[:first])
                await asyncio.sleep(0)
                batch = self._take()
                if not batch and not answers:
                    return
                loop.call_soon(_answer, answers[first:])
                answers = await self._written(batch) if batch else []
        finally:
            _answer(answers)
            if self._alone():
                self._give_up()

    def _alone(self) -> bool:
        return sum(not work.done() for work in self._work) == 1

    async def _written(self, batch: Sequence[tuple[C, asyncio.Future[R]]]) -> list[_Answer[R]]:
        commands = [command for command, _ in batch]
        names = set(map(self._name, commands))
        self._names |= names
        try:
            results = await self._carry_out(commands)
        except Exception as error:  # noqa: BLE001  it is raised to every caller of the batch
            results = [error] * len(batch)
        finally:
            self._names -= names
        return [(answer, result) for (_, answer), result in zip(batch, results, strict=True)]

    def _take(self) -> list[tuple[C, asyncio.Future[R]]]:
        """The oldest that wait and may go together; a namesake of one of them, or of one that is on its way, keeps its
        place in the queue."""
        batch, later, names = list[tuple[C, asyncio.Future[R]]](), list[tuple[C, asyncio.Future[R]]](), set(self._names)
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


class InAThread(Generic[C, R]):
    """Carries batches out by a function that blocks, in a thread of its own, so that the loop never waits for it."""

    def __init__(self, act: Callable[[Sequence[C]], Sequence[R | Exception]]) -> None:
        self._act = act
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batches")

    async def __call__(self, batch: Sequence[C]) -> Sequence[R | Exception]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._act, batch)

    def close(self) -> None:
        """Let the thread end; nobody may be waiting any more."""
        self._thread.shutdown()


def _answer(answers: Sequence[_Answer[R]]) -> None:
    for answer, result in answers:
        if answer.done():  # the caller has left; what was done stays done, and its key gives the answer again
            continue
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
