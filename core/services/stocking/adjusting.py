"""The books put right: units found, lost or scrapped, with a reason; who loses by it is told, latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.checking_values import checked
from core.domain.counting import StockLoss
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, TransferOrderNo
from core.domain.stock import Reservation, ReservationKind, StockMove, VirtualPlace
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.fulfilment.underway import sending_claims


class AdjustReason(StrEnum):
    """Why the books are put right."""

    COUNT = "count"
    DAMAGE = "damage"
    LOSS = "loss"
    FOUND = "found"
    SCRAP = "scrap"
    DATA_ENTRY = "data entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustStock:
    """Add units to a place (`by` above 0) or take them away; scrap leaves to (scrap), all else to (adjustment)."""

    key: str
    document: str
    item: ItemCode
    location: LocationCode
    by: int
    reason: AdjustReason
    note: str = ""
    lot: LotCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurt:
    """A document that lost units it had reserved."""

    reference: str
    order: OrderNo | None
    line: int | None
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAdjusted:
    """What is there now, and whom it hurt."""

    on_hand: int
    hurt: tuple[Hurt, ...]


def adjust_stock(uow: UnitOfWork, command: AdjustStock) -> StockAdjusted:
    """Put the books right, once; reservations that nothing stands behind any more are given back and named."""
    if checked(command).by == 0:
        raise InvalidValueError("an adjustment by 0 changes nothing; accepted is any other whole number", field="by")
    return uow.commands.once(command.key, command, StockAdjusted, lambda: corrected(uow, command))


def corrected(uow: UnitOfWork, command: AdjustStock) -> StockAdjusted:
    """The adjustment itself, for one who holds the key already."""
    level = uow.stock.lock(command.item, command.location)
    missing = -command.by
    hurt = tuple[Hurt, ...]()
    if missing > 0:
        hurt = _make_room(uow, command, missing)
        uow.counts.keep_losses(_losses(command, hurt))
    uow.stock.move([_move(uow, command)])
    return StockAdjusted(on_hand=level.on_hand + command.by, hurt=hurt)


def _losses(command: AdjustStock, hurt: Sequence[Hurt]) -> tuple[StockLoss, ...]:
    """What order lines lost, for detection; a transfer that lost its units stands in the answer only."""
    return tuple(
        StockLoss(
            document=command.document,
            item=command.item,
            location=command.location,
            order=one.order,
            line=one.line,
            units=one.units,
        )
        for one in hurt
        if one.order is not None and one.line is not None
    )


def latest_first(uow: UnitOfWork, claims: Sequence[Reservation]) -> tuple[Reservation, ...]:
    """Reservations in the order in which they lose: the latest promise first, those of no order before all."""

    def rank(claim: Reservation) -> tuple[str, str, int, str]:
        if claim.order is None or claim.line is None:
            return ("9999-12-31", "", 0, claim.reference)
        return (uow.orders.line(claim.order, claim.line).due.isoformat(), claim.order, claim.line, claim.reference)

    return tuple(sorted(claims, key=rank, reverse=True))


def _make_room(uow: UnitOfWork, command: AdjustStock, missing: int) -> tuple[Hurt, ...]:
    """Give back reservations until so many units of the item, and of the lot, are free to leave."""
    hurt = list[Hurt]()
    if command.lot is not None:
        here = [part for part in uow.lots.where(command.lot) if part.location == command.location]
        free = sum(part.free for part in here)
        claims = uow.stock.claims_on(command.item, command.location, lot=command.lot)
        hurt += _give_back(uow, claims, missing - free)
    level = uow.stock.balance(command.item, command.location)
    lacking = missing - (level.on_hand - level.reserved)
    hurt += _give_back(uow, uow.stock.claims_on(command.item, command.location), lacking)
    return tuple(hurt)


def _give_back(uow: UnitOfWork, claims: Sequence[Reservation], lacking: int) -> list[Hurt]:
    """Take units from what holds them. ConflictError where only shipments that are being sent hold what is lacking:
    whoever picks for them finds the gap, and what was picked is there."""
    hurt, sending = list[Hurt](), set[str]()
    for claim in latest_first(uow, claims):
        if lacking <= 0:
            break
        shipment = _shipment_of(uow, claim)
        if shipment is not None:
            sending.add(shipment)
            continue
        units = min(lacking, claim.held)
        _take(uow, claim, units)
        hurt.append(Hurt(reference=claim.reference, order=claim.order, line=claim.line, units=units))
        lacking -= units
    if lacking > 0 and sending:
        raise ConflictError(
            f"{lacking} of the missing units are being sent by {', '.join(sorted(sending))}; record the picks or call"
            " the shipment off, then put the books right",
            shipments=sorted(sending),
        )
    return hurt


def _shipment_of(uow: UnitOfWork, claim: Reservation) -> str | None:
    return None if claim.order is None else sending_claims(uow, claim.order).get(claim.reference)


def _take(uow: UnitOfWork, claim: Reservation, units: int) -> None:
    """Make a claim smaller or end it; a transfer order, which can only move what is there, with it."""
    left = claim.held - units
    if left:
        uow.stock.shrink(claim.reference, to=left)
    else:
        uow.stock.release_references([claim.reference])
    if claim.kind is not ReservationKind.TRANSFER:
        return
    number = TransferOrderNo(claim.reference)
    if left:
        uow.supply.shrink_transfer(number, to=left)
    else:
        uow.supply.cancel_transfer(number)


def _move(uow: UnitOfWork, command: AdjustStock) -> StockMove:
    away = VirtualPlace.SCRAP if command.reason is AdjustReason.SCRAP else VirtualPlace.ADJUSTMENT
    ends = (VirtualPlace.ADJUSTMENT.location, command.location)
    origin, destination = ends if command.by > 0 else (command.location, away.location)
    reason = f"{command.reason.value}: {command.note}" if command.note else command.reason.value
    return StockMove(
        item=command.item,
        origin=origin,
        destination=destination,
        quantity=abs(command.by),
        reason=reason,
        reference=command.document,
        moved_on=business_day(uow),
        lot=command.lot,
    )
