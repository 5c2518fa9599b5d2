"""Packing, shipping and handing over: units leave stock for the customer once; what has not gone can be called off."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import CarrierCode, LotCode, SerialNo
from core.domain.line_sets import may_ship_now
from core.domain.order_life import OrderState
from core.domain.shipments import Package, Shipment, ShipmentState, claim_reference
from core.domain.stock import Consumption, VirtualPlace
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.deferring import tell_soon
from core.services.fulfilment.following import follow, held_shipment, tell
from core.services.fulfilment.picking import check_version, put_back
from core.services.fulfilment.underway import NOT_LEFT

LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PackShipment:
    """What is in which package; together the packages hold exactly what was picked."""

    key: str
    shipment: str
    version: int
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipShipment:
    """The goods leave, with the carrier's number for them. `agreed` is what the customer said to a shipment that does
    not hold all that had to go together, such as after a short pick."""

    key: str
    shipment: str
    version: int
    tracking_number: str = ""
    carrier: CarrierCode | None = None
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelShipment:
    """Call off a shipment that has not left."""

    key: str
    shipment: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentStands:
    """How a shipment stands after a step."""

    shipment: str
    state: ShipmentState
    version: int
    expected_on: date


def pack_shipment(uow: UnitOfWork, command: PackShipment) -> ShipmentStands:
    """Close the packages of a picked shipment."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _packed(uow, command))


def ship_shipment(uow: UnitOfWork, command: ShipShipment) -> ShipmentStands:
    """Let a packed shipment leave. Of two who ship it at once one is refused."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _shipped(uow, command))


def cancel_shipment(uow: UnitOfWork, command: CancelShipment) -> ShipmentStands:
    """Call a shipment off; its units are free again and its lines go back to what they were."""
    return uow.commands.once(command.key, command, ShipmentStands, lambda: _cancelled(uow, command))


def stands(shipment: Shipment) -> ShipmentStands:
    """How a shipment stands."""
    return ShipmentStands(
        shipment=shipment.number, state=shipment.state, version=shipment.version, expected_on=shipment.expected_on
    )


def _packed(uow: UnitOfWork, command: PackShipment) -> ShipmentStands:
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.PACKED)
    check_version(shipment, command.version)
    _check_packages(shipment, command.packages)
    after = replace(shipment, state=ShipmentState.PACKED)
    facts = {"packages": len(command.packages), "grams": sum(package.weight for package in command.packages)}
    saved = uow.shipments.save(after, version=command.version, event="shipment_packed", facts=facts)
    uow.shipments.pack(shipment.number, command.packages)
    follow(uow, shipment.order, why=f"{shipment.number} packed")
    return stands(saved)


def _check_packages(shipment: Shipment, packages: tuple[Package, ...]) -> None:
    numbers = [package.package for package in packages]
    if not packages or len(set(numbers)) != len(numbers) or min(numbers) < 1:
        raise InvalidValueError(
            f"packages are numbered from 1, each once, not {numbers!r}; a shipment has at least one", field="packages"
        )
    if any(package.weight < 0 or len(package.label) > LONGEST_TEXT for package in packages):
        raise InvalidValueError("a package weighs 0 grams or more and its label is short", field="packages")
    held = Counter[int]()
    for part in (part for package in packages for part in package.contents):
        if part.quantity < 1:
            raise InvalidValueError(f"{part.quantity!r} units in a package are not at least 1", field="quantity")
        held[part.position] += part.quantity
    picked = {part.position: part.picked for part in shipment.lines if part.picked}
    if dict(held) != picked:
        raise InvalidValueError(
            f"the packages hold {dict(sorted(held.items()))!r} by position, {picked!r} was picked; they are the same",
            field="packages",
        )


def _shipped(uow: UnitOfWork, command: ShipShipment) -> ShipmentStands:
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.SHIPPED)
    check_version(shipment, command.version)
    if len(command.tracking_number) > LONGEST_TEXT:
        raise InvalidValueError(
            f"a tracking number of {len(command.tracking_number)} characters is too long; accepted: {LONGEST_TEXT}",
            field="tracking_number",
        )
    if command.carrier is not None:
        uow.shipments.must_be_carrier(command.carrier)
    if shipment.replaces is None:
        _check_together(uow, shipment, command.agreed)
    today = business_day(uow)
    days = shipment.expected_on - shipment.ship_on
    after = replace(
        shipment,
        state=ShipmentState.SHIPPED,
        carrier=command.carrier or shipment.carrier,
        tracking_number=command.tracking_number,
        shipped_on=today,
        expected_on=max(shipment.expected_on, today + days),
    )
    facts = {"tracking_number": command.tracking_number, "units": dict(after.units), "on": today}
    saved = uow.shipments.save(after, version=command.version, event="shipment_shipped", facts=facts)
    uow.stock.consume(_consumed(after, today))
    if after.replaces is None:
        for line, units in sorted(after.units.items()):
            if units:
                uow.orders.count_line(after.order, line, shipped=units)
    follow(uow, after.order, why=f"{after.number} shipped")
    tell_soon(uow, after.number)
    tell(uow, after.order, f"{after.number} left {after.location}, expected {after.expected_on}")
    return stands(saved)


def _check_together(uow: UnitOfWork, shipment: Shipment, agreed: str) -> None:
    """What was released together and found when picking must still be what the customer lets leave: a short pick can
    have broken it. Shipments of the order that are about to leave, and not on hold, count as leaving with this one."""
    lines = uow.orders.lines(shipment.order)
    stopped = {line.line for line in lines if line.state is OrderState.ON_HOLD}
    leaving = Counter[int](shipment.units)
    for other in uow.shipments.of_order(shipment.order):
        waits = other.number == shipment.number or other.state not in NOT_LEFT or stopped & set(other.units)
        if other.replaces is None and not waits:
            leaving.update(other.units)
    answer = may_ship_now(uow.orders.order(shipment.order), lines, leaving)
    if answer.allowed:
        return
    if answer.waivable and agreed.strip():
        tell(uow, shipment.order, f"the customer agreed to {shipment.number} as it is: {agreed}")
        return
    then = "call it off, or say what the customer agreed to" if answer.waivable else "it waits"
    raise ConflictError(
        f"shipment {shipment.number} may not leave: {'; '.join(answer.because)}; {then}", reasons=answer.because
    )


def _consumed(shipment: Shipment, on: date) -> list[Consumption]:
    return [
        Consumption(
            reference=claim_reference(shipment.number, part.position),
            quantity=part.picked,
            destination=VirtualPlace.CUSTOMER.location,
            reason="shipped",
            document=shipment.number,
            moved_on=on,
            lot=LotCode(part.lot) if part.lot else None,
            serials=tuple(SerialNo(serial) for serial in part.serials),
        )
        for part in shipment.lines
        if part.picked
    ]


def _cancelled(uow: UnitOfWork, command: CancelShipment) -> ShipmentStands:
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.CANCELLED)
    check_version(shipment, command.version)
    if not command.reason.strip():
        raise InvalidValueError("a shipment is called off for a reason; it is empty", field="reason")
    saved = put_back(uow, shipment, event="shipment_cancelled", reason=command.reason)
    follow(uow, shipment.order, why=f"{shipment.number} called off")
    tell(uow, shipment.order, f"{shipment.number} called off: {command.reason}")
    return stands(saved)
