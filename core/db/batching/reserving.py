"""Reservations in micro-batches: stock, commands and audit log in one statement for many callers."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from core.db.batching.arrays import Texts, Wholes, cell, column, moments, texts, truth, wholes
from core.db.batching.outcomes import Key
from core.db.batching.prepared import Value
from core.db.batching.queueing import LARGEST_BATCH
from core.db.batching.statements import Statement, StatementBatcher
from core.db.batching.wording import granted_text, notes, request_hash, usual_claim, usual_words
from core.db.stores.commands import is_key
from core.db.unit_of_work import SqlOpener
from core.domain.checking_values import checked
from core.domain.ids import UserName
from core.domain.stock import Claim, ReservationKind, ReserveStock, StockReserved

LANES = 2
"""Batches on their way at once: while one is being committed, the next writes all but the balances."""
Alone = Callable[[UserName, ReserveStock], StockReserved]


class _Asked(NamedTuple):
    """Who asked for what, with what is to be kept of it; made for the caller, not by the writer for all.

    `cells` are of a `usual_claim`: key, hash, result, actor, reference, scope and facts in their columns.
    """

    actor: UserName
    command: ReserveStock
    claim: Claim | None
    cells: Sequence[bytes]


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
    if not _is_checked(command):
        checked(command)
    claim = usual_claim(command)
    if claim is None:
        return _Asked(actor, command, None, ())
    hashed, result, scope, facts = usual_words(command.key, claim)
    said = (command.key, hashed, result, actor, claim.reference, scope, facts)
    return _Asked(actor, command, claim, list(map(cell, said)))


def _is_checked(command: ReserveStock) -> bool:
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


def _values(batch: Sequence[_Asked]) -> tuple[list[Value], Sequence[Key]]:
    claims = [asked.claim for asked in batch if asked.claim is not None]
    if len(claims) == len(batch):
        return _usual_columns(claims, [asked.cells for asked in batch])
    keys = sorted({key for asked in batch for key in _keys_of(asked.command.claims)}, key=_order)
    return _columns(batch, keys), keys


def _usual_columns(claims: Sequence[Claim], cells: Sequence[Sequence[bytes]]) -> tuple[list[Value], Sequence[Key]]:
    """The same as `_columns` of commands that are all as most are: a hard claim each, with nothing more to it."""
    pairs = [(claim.item, claim.location) for claim in claims]
    place = {pair: number for number, pair in enumerate(sorted(set(pairs)), start=1)}
    keys, hashes, results, actors, references, scopes, facts = map(column, zip(*cells, strict=True))
    each, units = _counted(len(claims)), wholes([claim.quantity for claim in claims])
    wanted = wholes([place[pair] for pair in pairs])
    items, places = texts([item for item, _ in place]), texts([where for _, where in place])
    asked = [items, places, None, None, keys, hashes, results, actors, each, wanted, units, references]
    single = truth(len({claim.reference for claim in claims}) == len(claims))
    noted = [each, scopes, actors, references, facts, single]
    return [*asked, None, None, None, None, None, *noted], [(*pair, None) for pair in place]


@lru_cache(maxsize=LARGEST_BATCH)
def _counted(most: int) -> Wholes:
    return wholes(range(1, most + 1))


def _columns(batch: Sequence[_Asked], keys: Sequence[Key]) -> list[Value]:
    """What `reserve_batch` takes, in its order; commands and keys are known by their places, from 1."""
    place = {key: number for number, key in enumerate(keys, start=1)}
    claims = [(number, claim) for number, asked in enumerate(batch, start=1) for claim in asked.command.claims]
    noted = [
        (number, scope, asked.actor, subject, facts)
        for number, asked in enumerate(batch, start=1)
        for scope, subject, facts in notes(asked.command)
    ]
    lots, ends = [key[2] for key in keys], [claim.expires_at for _, claim in claims]
    return [
        texts([key[0] for key in keys]),
        texts([key[1] for key in keys]),
        _texts_or_none(lots),
        wholes([place[item, where, None] for item, where, _ in keys]) if any(lots) else None,
        texts([asked.command.key for asked in batch]),
        texts([request_hash(asked.command) for asked in batch]),
        texts([granted_text(asked.command) for asked in batch]),
        texts([asked.actor for asked in batch]),
        wholes([number for number, _ in claims]),
        wholes([place[claim.item, claim.location, claim.lot] for _, claim in claims]),
        wholes([claim.quantity for _, claim in claims]),
        texts([claim.reference for _, claim in claims]),
        _texts_or_none([None if claim.kind is ReservationKind.HARD else claim.kind.value for _, claim in claims]),
        _texts_or_none([claim.order for _, claim in claims]),
        wholes([claim.line or 0 for _, claim in claims]) if any(claim.line for _, claim in claims) else None,
        moments(ends) if any(ends) else None,
        _texts_or_none([claim.cause or None for _, claim in claims]),
        wholes([number for number, *_ in noted]),
        *(texts(column) for column in list(zip(*noted, strict=True))[1:]),
        truth(len({scope for _, scope, *_ in noted}) == len(noted)),
    ]


def _texts_or_none(column: Sequence[str | None]) -> Texts | None:
    return texts(column) if any(column) else None


_RESERVING = Statement(function="reserve_batch", parameters=23, values=_values, name=_name, answer=_answer)
