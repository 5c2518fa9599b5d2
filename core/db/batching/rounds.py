"""Rounds of a service: many commands in one transaction that reads once what all of them need."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Generic, Self, TypeVar

from core.db.batching.queueing import LARGEST_BATCH, MicroBatcher
from core.db.batching.writing import alone
from core.db.unit_of_work import SqlOpener, SqlUnitOfWork
from core.domain.errors import ConflictError, InsufficientStockError, TryAgainError
from core.domain.ids import UserName

C = TypeVar("C")
R = TypeVar("R")


class RoundBatcher(Generic[C, R]):
    """Carries out the commands of many callers in rounds, those of one actor after the other in one transaction.

    `begin` reads what all need and gives the function that carries out one command, which leaves nothing when it
    raises. What collided with another process is carried out `alone`.
    """

    def __init__(
        self,
        open_uow: SqlOpener,
        begin: Callable[[SqlUnitOfWork], Callable[[C], R]],
        alone: Callable[[UserName, C], R],
        *,
        name: Callable[[C], str],
        largest: int = LARGEST_BATCH,
    ) -> None:
        self._open_uow = open_uow
        self._begin = begin
        self._alone = alone
        self._queue = MicroBatcher[tuple[UserName, C], R](
            self._carry_out, name=lambda asked: name(asked[1]), largest=largest
        )

    async def ask(self, actor: UserName, command: C) -> R:
        """What comes of the command, or why nothing; it is committed when this returns."""
        return await self._queue.submit((actor, command))

    def close(self) -> None:
        """End the thread; nobody may be asking any more."""
        self._queue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carry_out(self, batch: Sequence[tuple[UserName, C]]) -> list[R | Exception]:
        results = list[R | Exception]()
        for actor, asked in groupby(batch, key=lambda one: one[0]):
            commands = [command for _, command in asked]
            try:
                found = self._round(actor, commands)
            except Exception:  # noqa: BLE001  nothing of the round was done: each is carried out by itself
                found = [None] * len(commands)
            for command, result in zip(commands, found, strict=True):
                results.append(alone(partial(self._alone, actor, command)) if result is None else result)
        return results

    def _round(self, actor: UserName, commands: Sequence[C]) -> list[R | Exception | None]:
        """Each command's result; None for what collided, which may be carried out when it is asked again."""
        found = list[R | Exception | None]()
        with self._open_uow(actor) as uow:
            act = self._begin(uow)
            for command in commands:
                try:
                    found.append(act(command))
                except (InsufficientStockError, TryAgainError, ConflictError):
                    found.append(None)
                except Exception as error:  # noqa: BLE001  it is raised to the caller whose command it was
                    found.append(error)
        return found
