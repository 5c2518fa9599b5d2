"""Commands that one statement carries out for many callers, and what becomes of those that it cannot decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from core.db.batching.outcomes import Key, results_of
from core.db.batching.prepared import Value
from core.db.batching.queueing import LARGEST_BATCH, MicroBatcher
from core.db.batching.writing import BatchWriter, alone
from core.db.stores.commands import is_key
from core.db.unit_of_work import SqlOpener

A = TypeVar("A")
R = TypeVar("R")
_TOLD = "outcomes, short_commands, short_keys, wanted, available"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Generic[A, R]):
    """How a batch is asked for: a function that tells outcomes and shortages, its parameters (the time left out) with
    the stock they name, each command's name and answer."""

    function: str
    parameters: int
    values: Callable[[Sequence[A]], tuple[list[Value], Sequence[Key]]]
    name: Callable[[A], str]
    answer: Callable[[A], R]

    def sql(self) -> bytes:
        """The call of the function; its last parameter is the time."""
        marks = ", ".join(f"${number}" for number in range(1, self.parameters + 2))
        return f"SELECT {_TOLD} FROM {self.function}({marks})".encode()  # noqa: S608  of our own names


class StatementBatcher(Generic[A, R]):
    """Carries out commands of many callers of this process; other processes may do the same at the same time.

    What a batch cannot decide (a key used before, an unknown item, a collision with another process) is carried out
    `alone`, which is the ordinary service in a transaction of its own, so that no caller suffers for another's command.
    """

    def __init__(
        self,
        open_uow: SqlOpener,
        statement: Statement[A, R],
        alone: Callable[[A], R],
        *,
        largest: int = LARGEST_BATCH,
        lanes: int = 1,
    ) -> None:
        self._statement = statement
        self._alone = alone
        self._writers = [BatchWriter(open_uow, statement.sql()) for _ in range(lanes)]
        self._queue = MicroBatcher[A, R](self._carry_out, name=statement.name, largest=largest, lanes=lanes)

    async def submit(self, asked: A) -> R:
        """What comes of it, committed when this returns; or why not, raised."""
        return await self._queue.submit(asked)

    def close(self) -> None:
        """End the connections; nobody may be waiting any more."""
        for writer in self._writers:
            writer.close()

    async def _carry_out(self, batch: Sequence[A]) -> list[R | Exception]:
        fit = [is_key(self._statement.name(asked)) for asked in batch]
        found = iter(await self._together([asked for asked, fits in zip(batch, fit, strict=True) if fits]))
        results = [next(found) if fits else None for fits in fit]
        return [
            await alone(partial(self._alone, asked)) if result is None else result
            for asked, result in zip(batch, results, strict=True)
        ]

    async def _together(self, batch: Sequence[A]) -> Sequence[R | Exception | None]:
        if not batch:
            return []
        values, keys = self._statement.values(batch)
        writer = self._writers.pop()
        try:
            row = await writer.ask(values)
        finally:
            self._writers.append(writer)
        if row is None:
            return [None] * len(batch)
        return results_of([partial(self._statement.answer, asked) for asked in batch], keys, row)
