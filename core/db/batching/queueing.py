"""A queue whose first caller carries out what everybody asked for while the last batch was being committed."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from time import perf_counter, sleep
from typing import Generic, TypeVar

C = TypeVar("C")
R = TypeVar("R")
LARGEST_BATCH = 512
PATIENCE = 0.002
_GLANCE = 0.0001


@dataclass(slots=True)
class _Waiting(Generic[C, R]):
    """A caller's command, and what becomes of it."""

    command: C
    called: Event = field(default_factory=Event)
    result: R | Exception | None = None
    done: bool = False


class MicroBatcher(Generic[C, R]):
    """Carries commands out in batches, in the order in which they came, and gives each caller its own result.

    There is no thread of its own: whoever finds nobody at work takes all that waits, and hands over when that is
    committed. The next in charge lets those who were just answered come back, at most PATIENCE: one full batch is twice
    as fast as two halves that take turns. A result that is an exception is raised to its caller alone.
    """

    def __init__(
        self, carry_out: Callable[[Sequence[C]], Sequence[R | Exception]], *, largest: int = LARGEST_BATCH
    ) -> None:
        self._carry_out = carry_out
        self._largest = largest
        self._lock = Lock()
        self._queue = deque[_Waiting[C, R]]()
        self._busy = False
        self._crowd = 0

    def __len__(self) -> int:
        return len(self._queue)

    def submit(self, command: C) -> R:
        """The result of the command, once the batch it was in is committed."""
        mine = _Waiting[C, R](command)
        with self._lock:
            self._queue.append(mine)
            first, self._busy = not self._busy, True
        if not first:
            mine.called.wait()
        if not mine.done:  # called to the front: what waits now is ours to carry out, our own command first
            self._lead()
        if isinstance(mine.result, Exception):
            raise mine.result
        assert mine.done
        return mine.result  # pyright: ignore[reportReturnType]  None is a result like any other when R has it

    def _lead(self) -> None:
        self._gather()
        with self._lock:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), self._largest))]
        try:
            results = self._carry_out([waiting.command for waiting in batch])
        except BaseException:
            # Nobody knows what happened to the others' commands: each asks again, its key makes that safe.
            with self._lock:
                self._queue.extendleft(reversed(batch[1:]))
            self._hand_over(0)
            raise
        for waiting, result in zip(batch, results, strict=True):
            waiting.result, waiting.done = result, True
        for waiting in batch[1:]:
            waiting.called.set()
        self._hand_over(len(batch))

    def _gather(self) -> None:
        """Wait for as many as there were last time, but not for long; one who was alone waits for nobody."""
        end = perf_counter() + PATIENCE
        while len(self._queue) < min(self._crowd, self._largest) and perf_counter() < end:
            sleep(_GLANCE)

    def _hand_over(self, done: int) -> None:
        with self._lock:
            self._busy = bool(self._queue)
            self._crowd = done + len(self._queue)
            following = self._queue[0] if self._queue else None
        if following is not None:
            following.called.set()
