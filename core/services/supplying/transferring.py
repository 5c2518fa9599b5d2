"""Transfer orders: shipped from what is reserved for them, received in parts, lost units written off."""

from dataclasses import dataclass
from datetime import date

from core.domain.errors import InvalidValueError
from core.domain.ids import LotCode, SerialNo, TransferOrderNo
from core.domain.items import LotControl
from core.domain.stock import Consumption, StockMove, VirtualPlace
from core.domain.supply_life import TransferStage, require_step
from core.domain.transferring import Transferring
from core.ports.storage import UnitOfWork
from core.services.happened import check_happened
from core.services.supplying.lotting import check_tracking


@dataclass(frozen=True, slots=True, kw_only=True)
class LotUnits:
    """So many units of a lot."""

    lot: LotCode
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipTransfer:
    """All units of a transfer order leave the origin; for an item kept in lots, of which lots."""

    key: str
    number: TransferOrderNo
    shipped_on: date
    lots: tuple[LotUnits, ...] = ()
    serials: tuple[SerialNo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveTransfer:
    """Units that arrived at the destination, and units that were lost on the way with the reason."""

    key: str
    number: TransferOrderNo
    received: int
    lost: int = 0
    reason: str = ""
    received_on: date
    lot: str = ""
    serials: tuple[SerialNo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferResult:
    """Where the transfer is now and how many units are still on the way."""

    number: TransferOrderNo
    stage: TransferStage
    on_the_way: int


def ship_transfer(uow: UnitOfWork, command: ShipTransfer) -> TransferResult:
    """Take the reserved units out of the origin's stock and put them on the way."""
    return uow.commands.once(command.key, command, TransferResult, lambda: _ship(uow, command))


def receive_transfer(uow: UnitOfWork, command: ReceiveTransfer) -> TransferResult:
    """Take what arrived into the destination's stock and write off what was lost."""
    return uow.commands.once(command.key, command, TransferResult, lambda: _receive(uow, command))


def _ship(uow: UnitOfWork, command: ShipTransfer) -> TransferResult:
    order = uow.transferring.lock(command.number)
    require_step(f"transfer order {command.number!r}", order.stage, TransferStage.SHIPPED)
    check_happened(uow, command.shipped_on, field="shipped_on")
    uow.stock.consume(_parts(uow, command, order))
    uow.transferring.ship(command.number, on=command.shipped_on)
    return _result(uow, command.number)


def _parts(uow: UnitOfWork, command: ShipTransfer, order: Transferring) -> list[Consumption]:
    tracked = uow.company.item(order.item).lot_control is LotControl.LOT
    units = sum(part.units for part in command.lots)
    if tracked != bool(command.lots) or (tracked and units != order.quantity):
        accepted = f"lots of {order.quantity} units together" if tracked else "no lots"
        raise InvalidValueError(
            f"transfer order {order.number!r} ships with {units} units in lots; accepted is {accepted}", field="lots"
        )
    wanted = [(part.lot, part.units) for part in command.lots] or [(None, order.quantity)]
    return [
        Consumption(
            reference=order.number,
            quantity=quantity,
            destination=VirtualPlace.IN_TRANSIT.location,
            reason="transfer",
            document=order.number,
            moved_on=command.shipped_on,
            lot=lot,
            serials=command.serials,
        )
        for lot, quantity in wanted
    ]


def _receive(uow: UnitOfWork, command: ReceiveTransfer) -> TransferResult:
    order = uow.transferring.lock(command.number)
    check_happened(uow, command.received_on, field="received_on")
    if command.received < 0 or command.lost < 0 or not command.received + command.lost:
        raise InvalidValueError(
            f"{command.received!r} received and {command.lost!r} lost of {command.number!r} are not accepted; accepted"
            " is 1 or more in all and neither below 0",
            field="received",
        )
    if command.lost and not command.reason.strip():
        raise InvalidValueError(f"{command.lost} units of {command.number!r} are lost without a reason", field="reason")
    if command.received:
        item = uow.company.item(order.item)
        check_tracking(item, units=command.received, lot=command.lot, serials=command.serials)
    uow.transferring.receive(
        command.number,
        received=command.received,
        lost=command.lost,
        lot=command.lot,
        reason=command.reason,
        on=command.received_on,
    )
    uow.stock.move(_moves(command, order))
    return _result(uow, command.number)


def _moves(command: ReceiveTransfer, order: Transferring) -> list[StockMove]:
    lost = command.reason.strip()
    parts = (
        (command.received, order.destination, "transfer", command.serials),
        (command.lost, VirtualPlace.SCRAP.location, f"lost on the way: {lost}", ()),
    )
    return [
        StockMove(
            item=order.item,
            origin=VirtualPlace.IN_TRANSIT.location,
            destination=to,
            quantity=units,
            reason=reason,
            reference=order.number,
            moved_on=command.received_on,
            lot=LotCode(command.lot) if command.lot else None,
            serials=serials,
        )
        for units, to, reason, serials in parts
        if units
    ]


def _result(uow: UnitOfWork, number: TransferOrderNo) -> TransferResult:
    order = uow.transferring.lock(number)
    return TransferResult(number=number, stage=order.stage, on_the_way=order.on_the_way)
