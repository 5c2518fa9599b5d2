"""Reservations in micro-batches: stock, the keys of the commands and the audit log in one commit for many callers."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text

from core.db.batching.noting import Note, note_many
from core.db.batching.queueing import LARGEST_BATCH, MicroBatcher
from core.db.codec import to_json
from core.db.rows import CommandRow
from core.db.stores.commands import hash_of, is_key
from core.db.stores.stock_records import insufficient, notes_of
from core.db.transaction import Transaction
from core.db.unit_of_work import SqlOpener
from core.domain.errors import DomainError, TryAgainError
from core.domain.ids import UserName
from core.domain.stock import ReserveStock, StockReserved

_KEPT = text("""
INSERT INTO commands (key, kind, request_hash, result, actor, recorded_at)
SELECT key, kind, request_hash, result, actor, :now FROM jsonb_to_recordset(CAST(:commands AS jsonb))
    AS c(key text, kind text, request_hash text, result jsonb, actor text) ORDER BY key""")
_TRIES = 5
Alone = Callable[[UserName, ReserveStock], StockReserved]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for what."""

    actor: UserName
    command: ReserveStock


class ReservingBatcher:
    """Reserves for many threads of this process; other processes may do the same at the same time.

    What a batch cannot decide (a key used before, an unknown item, a collision with another process) is carried out
    `alone`, which is the ordinary service in a transaction of its own, so that no caller suffers for another's command.
    """

    def __init__(self, open_uow: SqlOpener, alone: Alone, *, largest: int = LARGEST_BATCH) -> None:
        self._open_uow = open_uow
        self._alone = alone
        self._queue = MicroBatcher[_Asked, StockReserved](self._carry_out, largest=largest)

    def reserve(self, actor: UserName, command: ReserveStock) -> StockReserved:
        """Reserve, or raise why not; it is committed when this returns."""
        return self._queue.submit(_Asked(actor, command))

    def _carry_out(self, batch: Sequence[_Asked]) -> list[StockReserved | Exception]:
        results = dict[int, StockReserved | Exception]()
        if len(batch) > 1:
            try:
                results = self._together(batch)
            except Exception:  # noqa: BLE001  one bad command must not fail the others: each is carried out by itself
                results = {}
        return [results[n] if n in results else self._by_itself(asked) for n, asked in enumerate(batch)]

    def _together(self, batch: Sequence[_Asked]) -> dict[int, StockReserved | Exception]:
        """Results by place in the batch; places left out are for `alone`."""
        with self._open_uow(batch[0].actor) as uow:
            stock = uow.stock
            transaction = stock.transaction
            mine = _new(transaction, batch)
            short = stock.reserve_each([batch[n].command.claims for n in mine])
            granted = [n for n, lacking in zip(mine, short, strict=True) if not lacking]
            _record(transaction, [batch[n] for n in granted])
        results: dict[int, StockReserved | Exception] = {
            n: insufficient(lacking) for n, lacking in zip(mine, short, strict=True) if lacking
        }
        return {**results, **{n: batch[n].command.granted() for n in granted}}

    def _by_itself(self, asked: _Asked) -> StockReserved | Exception:
        for _ in range(_TRIES - 1):
            try:
                return self._alone(asked.actor, asked.command)
            except TryAgainError:
                continue
            except Exception as error:  # noqa: BLE001  it is raised to the caller whose command it was
                return error
        try:
            return self._alone(asked.actor, asked.command)
        except DomainError as error:
            return error


def _new(transaction: Transaction, batch: Sequence[_Asked]) -> list[int]:
    """The places of the commands whose key nobody used before, in this batch or earlier."""
    asked = dict[str, int]()
    for number, one in enumerate(batch):
        if is_key(one.command.key):
            asked.setdefault(one.command.key, number)
    query = select(CommandRow.key).where(CommandRow.key.in_(list(asked)))
    for key in transaction.session.scalars(query):
        del asked[key]
    return sorted(asked.values())


def _record(transaction: Transaction, granted: Sequence[_Asked]) -> None:
    if not granted:
        return
    commands = [
        {
            "key": asked.command.key,
            "kind": ReserveStock.__name__,
            "request_hash": hash_of(asked.command),
            "result": to_json(StockReserved, asked.command.granted()),
            "actor": asked.actor,
        }
        for asked in granted
    ]
    transaction.session.execute(_KEPT, {"commands": json.dumps(commands), "now": transaction.now})
    notes = [
        Note(scope=scope, event="stock_reserved", subject=subject, facts=facts, actor=asked.actor)
        for asked in granted
        for scope, subject, facts in notes_of(asked.command.claims)
    ]
    note_many(transaction, notes)
