"""Reservations in micro-batches: stock, commands and audit log in one statement for many callers."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Self

from core.db.batching.arrays import Texts, texts, wholes
from core.db.batching.outcomes import Key
from core.db.batching.queueing import LARGEST_BATCH
from core.db.batching.statements import Statement, StatementBatcher
from core.db.batching.wording import granted_text, notes, request_hash
from core.db.stores.commands import is_key
from core.db.unit_of_work import SqlOpener
from core.domain.checking_values import checked
from core.domain.ids import UserName
from core.domain.stock import Claim, ReservationKind, ReserveStock, StockReserved

_STATEMENT = (
    b"SELECT outcomes, short_commands, short_keys, wanted, available FROM reserve_batch("
    b"%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b::timestamptz[], %b, %b, %b, %b, %b, %b, %b, %b)"
)
LANES = 2
"""Batches on their way at once: while one is being committed, the next writes all but the balances."""
Alone = Callable[[UserName, ReserveStock], StockReserved]


class _Asked(NamedTuple):
    """Who asked for what, with what is to be kept of it; made for the caller, not by the writer for all."""

    actor: UserName
    command: ReserveStock
    hashed: str
    result: str
    notes: Sequence[tuple[str, str, str]]


class ReservingBatcher:
    """Reserves for many callers of this process; what a batch cannot decide goes `alone`."""

    def __init__(self, open_uow: SqlOpener, alone: Alone, *, largest: int = LARGEST_BATCH) -> None:
        self._batcher = StatementBatcher[_Asked, StockReserved](
            open_uow, _RESERVING, lambda asked: alone(asked.actor, asked.command), largest=largest, lanes=LANES
        )

    async def reserve(self, actor: UserName, command: ReserveStock) -> StockReserved:
        """Reserve, or raise why not; it is committed when this returns."""
        return await self._batcher.submit(_asked(actor, command))

    def close(self) -> None:
        """End the connection; nobody may be reserving any more."""
        self._batcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _name(asked: _Asked) -> str:
    return asked.command.key


def _asked(actor: UserName, command: ReserveStock) -> _Asked:
    if not _is_plain(command):
        checked(command)
    return _Asked(actor, command, request_hash(command), granted_text(command), notes(command))


def _is_plain(command: ReserveStock) -> bool:
    """Whether all of it was looked at when its claims were made."""
    claims: object = command.claims
    return is_key(command.key) and type(claims) is tuple and all(type(claim) is Claim for claim in command.claims)


def _keys_of(claims: Iterable[Claim]) -> Iterable[Key]:
    """Item, place and lot of each claim, and of one of a lot also the item without it, which it takes from as well."""
    for claim in claims:
        yield claim.item, claim.location, None
        if claim.lot is not None:
            yield claim.item, claim.location, claim.lot


def _order(key: Key) -> tuple[str, str, str]:
    return key[0], key[1], key[2] or ""


def _answer(asked: _Asked) -> StockReserved:
    return asked.command.granted()


def _values(batch: Sequence[_Asked]) -> tuple[list[object], Sequence[Key]]:
    keys = sorted({key for asked in batch for key in _keys_of(asked.command.claims)}, key=_order)
    return _columns(batch, keys), keys


def _columns(batch: Sequence[_Asked], keys: Sequence[Key]) -> list[object]:
    """What `reserve_batch` takes, in its order; commands and keys are known by their places, from 1."""
    place = {key: number for number, key in enumerate(keys, start=1)}
    claims = [(number, claim) for number, asked in enumerate(batch, start=1) for claim in asked.command.claims]
    noted = [
        (number, scope, asked.actor, subject, facts)
        for number, asked in enumerate(batch, start=1)
        for scope, subject, facts in asked.notes
    ]
    lots, ends = [key[2] for key in keys], [claim.expires_at for _, claim in claims]
    return [
        texts([key[0] for key in keys]),
        texts([key[1] for key in keys]),
        _texts_or_none(lots),
        wholes([place[item, where, None] for item, where, _ in keys]) if any(lots) else None,
        texts([asked.command.key for asked in batch]),
        texts([asked.hashed for asked in batch]),
        texts([asked.result for asked in batch]),
        texts([asked.actor for asked in batch]),
        wholes([number for number, _ in claims]),
        wholes([place[claim.item, claim.location, claim.lot] for _, claim in claims]),
        wholes([claim.quantity for _, claim in claims]),
        texts([claim.reference for _, claim in claims]),
        _texts_or_none([None if claim.kind is ReservationKind.HARD else claim.kind.value for _, claim in claims]),
        _texts_or_none([claim.order for _, claim in claims]),
        wholes([claim.line or 0 for _, claim in claims]) if any(claim.line for _, claim in claims) else None,
        ends if any(ends) else None,
        _texts_or_none([claim.cause or None for _, claim in claims]),
        wholes([number for number, *_ in noted]),
        *(texts(column) for column in list(zip(*noted, strict=True))[1:]),
        len({scope for _, scope, *_ in noted}) == len(noted),
    ]


def _texts_or_none(column: Sequence[str | None]) -> Texts | None:
    return texts(column) if any(column) else None


_RESERVING = Statement(sql=_STATEMENT, values=_values, name=_name, answer=_answer)
