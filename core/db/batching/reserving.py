"""Reservations in micro-batches: stock, commands and audit log in one statement for many callers."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from core.db.batching.queueing import LARGEST_BATCH, MicroBatcher
from core.db.codec import to_json
from core.db.stores.commands import hash_of, is_key
from core.db.stores.stock_records import claim_values, insufficient, notes_of, shortage
from core.db.unit_of_work import SqlOpener
from core.domain.checking_values import checked
from core.domain.errors import TryAgainError
from core.domain.ids import UserName
from core.domain.stock import ReserveStock, StockReserved

_STATEMENT = "SELECT reserve_commands(%s::jsonb, %s::jsonb, %s::jsonb, %s)"
_TRIES = 5
Alone = Callable[[UserName, ReserveStock], StockReserved]
Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Who asked for what, ready for the database; made by the caller's thread, not by the one that writes."""

    actor: UserName
    command: ReserveStock
    kept: Values
    claims: list[Values]
    notes: list[Values]


class ReservingBatcher:
    """Reserves for many threads of this process; other processes may do the same at the same time.

    What a batch cannot decide (a key used before, an unknown item, a collision with another process) is carried out
    `alone`, which is the ordinary service in a transaction of its own, so that no caller suffers for another's command.
    """

    def __init__(self, open_uow: SqlOpener, alone: Alone, *, largest: int = LARGEST_BATCH) -> None:
        self._open_uow = open_uow
        self._alone = alone
        self._queue = MicroBatcher[_Asked, StockReserved](self._carry_out, largest=largest)
        self._connection: PoolProxiedConnection | None = None

    def reserve(self, actor: UserName, command: ReserveStock) -> StockReserved:
        """Reserve, or raise why not; it is committed when this returns."""
        return self._queue.submit(_asked(actor, command))

    def close(self) -> None:
        """End the connection; nobody may be reserving any more.

        It commits every statement by itself, so it must not come back into the pool, where transactions are begun.
        """
        held, self._connection = self._connection, None
        if held is not None:
            held.invalidate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carry_out(self, batch: Sequence[_Asked]) -> list[StockReserved | Exception]:
        results = dict[int, StockReserved | Exception]()
        together = _separate(batch)
        if together:
            try:
                results = self._together(batch, together)
            except (psycopg.Error, SQLAlchemyError):  # one bad command fails no others: each is carried out by itself
                with suppress(psycopg.Error):
                    self.close()
        return [results[n] if n in results else self._by_itself(asked) for n, asked in enumerate(batch)]

    def _together(self, batch: Sequence[_Asked], together: list[int]) -> dict[int, StockReserved | Exception]:
        """Results by place in the batch; places left out are for `alone`."""
        answer = self._ask(
            json.dumps([{"command": n, **batch[n].kept} for n in together]),
            json.dumps([{"command": n, **claim} for n in together for claim in batch[n].claims]),
            json.dumps([{"command": n, **note} for n in together for note in batch[n].notes]),
        )
        results: dict[int, StockReserved | Exception] = {n: batch[n].command.granted() for n in together}
        for n in answer["known"]:
            del results[n]
        short = dict[int, list[Any]]()
        for row in answer["short"]:
            short.setdefault(row["command"], []).append(shortage(row))
        return {**results, **{n: insufficient(lacking) for n, lacking in short.items()}}

    def _ask(self, commands: str, claims: str, notes: str) -> dict[str, Any]:
        if self._connection is None:
            self._connection = self._open_uow.engine.raw_connection()
            _driver(self._connection).autocommit = True
        frozen = self._open_uow.frozen
        values = (commands, claims, notes, frozen() if frozen else None)
        found = _driver(self._connection).execute(_STATEMENT, values).fetchone()
        assert found is not None
        return found[0]

    def _by_itself(self, asked: _Asked) -> StockReserved | Exception:
        failed: Exception = TryAgainError("somebody changed the same stock at the same moment; try again")
        for _ in range(_TRIES):
            try:
                return self._alone(asked.actor, asked.command)
            except TryAgainError as error:
                failed = error
            except Exception as error:  # noqa: BLE001  it is raised to the caller whose command it was
                return error
        return failed


def _asked(actor: UserName, command: ReserveStock) -> _Asked:
    checked(command)
    return _Asked(
        actor=actor,
        command=command,
        kept={
            "key": command.key,
            "kind": ReserveStock.__name__,
            "request_hash": hash_of(command),
            "result": to_json(StockReserved, command.granted()),
            "actor": actor,
        },
        claims=[claim_values(claim) for claim in command.claims],
        notes=[
            {
                "scope": scope,
                "actor": actor,
                "event": "stock_reserved",
                "subject": subject,
                "facts": json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str),
            }
            for scope, subject, facts in notes_of(command.claims)
        ],
    )


def _separate(batch: Sequence[_Asked]) -> list[int]:
    """The places of commands that share no key and no chain of the audit log with an earlier one."""
    used, found = set[str](), list[int]()
    for number, asked in enumerate(batch):
        names = {f"key:{asked.command.key}", *(f"scope:{note['scope']}" for note in asked.notes)}
        if is_key(asked.command.key) and used.isdisjoint(names):
            found.append(number)
        used |= names
    return found


def _driver(connection: PoolProxiedConnection) -> Any:
    return connection.driver_connection
