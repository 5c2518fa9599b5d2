"""Commands that one statement carries out for many callers, and what becomes of those that it cannot decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from core.db.batching.outcomes import Key, results_of
from core.db.batching.queueing import LARGEST_BATCH, MicroBatcher
from core.db.batching.writing import BatchWriter, alone
from core.db.stores.commands import is_key
from core.db.unit_of_work import SqlOpener

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Generic[A, R]):
    """How a batch is asked for: the SQL, its parameters with the stock they name, each command's name and answer."""

    sql: bytes
    values: Callable[[Sequence[A]], tuple[list[object], Sequence[Key]]]
    name: Callable[[A], str]
    answer: Callable[[A], R]


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
        self._writers = [BatchWriter(open_uow) for _ in range(lanes)]
        self._queue = MicroBatcher[A, R](self._carry_out, name=statement.name, largest=largest, lanes=lanes)

    async def submit(self, asked: A) -> R:
        """What comes of it, committed when this returns; or why not, raised."""
        return await self._queue.submit(asked)

    def close(self) -> None:
        """End the connections; nobody may be waiting any more."""
        for writer in self._writers:
            writer.close()

    async def _carry_out(self, batch: Sequence[A]) -> list[R | Exception]:
        together = [asked for asked in batch if is_key(self._statement.name(asked))]
        found = dict(zip(map(id, together), await self._together(together), strict=True))
        results = list[R | Exception]()
        for asked in batch:
            result = found.get(id(asked))
            results.append(await alone(partial(self._alone, asked)) if result is None else result)
        return results

    async def _together(self, batch: Sequence[A]) -> Sequence[R | Exception | None]:
        if not batch:
            return []
        values, keys = self._statement.values(batch)
        writer = self._writers.pop()
        try:
            row = await writer.ask(self._statement.sql, values)
        finally:
            self._writers.append(writer)
        if row is None:
            return [None] * len(batch)
        return results_of([partial(self._statement.answer, asked) for asked in batch], keys, row)
