"""Reserving stock, moving a reservation to another document, and giving back those whose time has passed."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.errors import ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import OrderNo
from core.domain.showing import shown
from core.domain.stock import Claim, Reservation, ReservationKind, ReserveStock, StockReserved
from core.ports.storage import UnitOfWork


def reserve_stock(uow: UnitOfWork, command: ReserveStock) -> StockReserved:
    """Reserve for a document, all claims or none; InsufficientStockError lists every key that was short."""
    return uow.commands.once(command.key, command, StockReserved, lambda: _granted(uow, command))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reallocate:
    """Give `to.quantity` units of what `source` holds to another document, at the same place."""

    key: str
    source: str
    to: Claim


def reallocate(uow: UnitOfWork, command: Reallocate) -> StockReserved:
    """Move units from one reservation to another; nobody else can take them in between."""
    return uow.commands.once(command.key, command, StockReserved, lambda: _moved(uow, command))


def expire_reservations(uow: UnitOfWork, *, limit: int = 1000) -> tuple[Reservation, ...]:
    """Give back the time-boxed reservations whose time has passed by the clock of this transaction."""
    return uow.stock.expire(limit=limit)


def extend_reservations(uow: UnitOfWork, order: OrderNo, *, until: datetime) -> tuple[Reservation, ...]:
    """Let what an order holds for a time last at least until then, as when it is put on hold; never less long."""
    found = [held for held in uow.stock.claims_of(order) if held.kind is ReservationKind.TIME_BOXED]
    alive = [held.reference for held in found if held.expires_at is not None and held.expires_at > uow.now]
    if alive:
        uow.stock.extend(alive, until=until)
    return tuple(held for held in uow.stock.claims_of(order) if held.reference in alive)


def _granted(uow: UnitOfWork, command: ReserveStock) -> StockReserved:
    references = [wanted.reference for wanted in command.claims]
    if len(set(references)) != len(references):
        raise InvalidValueError(f"references {shown(references)} are not each given once", field="claims")
    uow.stock.reserve_many(command.claims)
    return command.granted()


def _moved(uow: UnitOfWork, command: Reallocate) -> StockReserved:
    held = uow.stock.claim_of(command.source)
    if held is None:
        raise NotFoundError(f"there is no open reservation {command.source!r}")
    uow.stock.lock(held.item, held.location)  # from here on nobody else takes what is given back
    held = uow.stock.claim_of(command.source)
    units = command.to.quantity
    if held is None or held.held < units or (held.item, held.location) != (command.to.item, command.to.location):
        have = "nothing" if held is None else f"{held.held} of {held.item!r} at {held.location!r}"
        raise ConflictError(
            f"reservation {command.source!r} holds {have}; it cannot give {units} of {command.to.item!r} at"
            f" {command.to.location!r}"
        )
    if held.held == units:
        uow.stock.release(command.source)
    else:
        uow.stock.shrink(command.source, to=held.held - units)
    lot = command.to.lot or held.lot
    uow.stock.reserve_many([replace(command.to, lot=lot)])
    return StockReserved(references=(command.to.reference,))
