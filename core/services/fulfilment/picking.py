"""Picking: a round through a location, what was picked, what was missing, and a location that refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode
from core.domain.items import LotControl
from core.domain.shipments import (
    PickList,
    Shipment,
    ShipmentLine,
    ShipmentState,
    Shortfall,
    ShortfallKind,
    claim_reference,
)
from core.ports.storage import UnitOfWork
from core.services.fulfilment.following import follow, held_shipment, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePickList:
    """A list of everything released at a location that leaves by a day."""

    key: str
    location: LocationCode
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """Units picked of a shipment's line, with their serial numbers where the item has them."""

    position: int
    quantity: int
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPicks:
    """What was picked, for every line of a shipment. With `none_left` the location is not asked again for what was
    missing; without, its books are thought to be wrong and it may be."""

    key: str
    shipment: str
    version: int
    picks: tuple[Pick, ...]
    reason: str = ""
    none_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectShipment:
    """A location says that it will not ship; it is never asked again for these lines."""

    key: str
    shipment: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """How the shipment stands after picking, and the units missing by order line."""

    shipment: str
    state: ShipmentState
    version: int
    missing: Mapping[int, int]


def make_pick_list(uow: UnitOfWork, command: MakePickList) -> PickList:
    """A new pick list; NotFoundError when nothing waits."""
    return uow.commands.once(
        command.key, command, PickList, lambda: uow.shipments.start_picking(command.location, command.until)
    )


def record_picks(uow: UnitOfWork, command: RecordPicks) -> Picked:
    """Keep what was picked. What was not goes back to what the order still needs."""
    return uow.commands.once(command.key, command, Picked, lambda: _picked(uow, command))


def reject_shipment(uow: UnitOfWork, command: RejectShipment) -> Picked:
    """Take a shipment back from a location that refuses it."""
    return uow.commands.once(command.key, command, Picked, lambda: _rejected(uow, command))


def _picked(uow: UnitOfWork, command: RecordPicks) -> Picked:
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.PICKED)
    check_version(shipment, command.version)
    lines = _counted(uow, shipment, command.picks)
    missing = {part.position: part.quantity - part.picked for part in lines if part.picked < part.quantity}
    nothing = all(part.picked == 0 for part in lines)
    state = ShipmentState.CANCELLED if nothing else ShipmentState.PICKED
    facts = {"picked": {str(x.position): x.picked for x in lines}, "reason": command.reason}
    after = replace(shipment, state=state, lines=lines)
    saved = uow.shipments.save(after, version=command.version, event=f"shipment_{state.value}", facts=facts)
    short = _fall_short(uow, shipment, missing, ShortfallKind.SHORT, command.reason or "not found when picking")
    for part in lines:
        _shrink(uow, shipment, part)
    if short and command.none_left:
        uow.nodes.reject(shipment.order, tuple(short), shipment.location, reason=command.reason or "none left")
    follow(uow, shipment.order, why=f"{shipment.number} {'short' if short else 'picked'}")
    told = ", ".join(f"{units} of line {line} missing" for line, units in sorted(short.items()))
    tell(uow, shipment.order, f"{shipment.number} picked at {shipment.location}{': ' + told if told else ''}")
    return Picked(shipment=shipment.number, state=state, version=saved.version, missing=short)


def _rejected(uow: UnitOfWork, command: RejectShipment) -> Picked:
    shipment = held_shipment(uow, command.shipment, to=ShipmentState.CANCELLED)
    if not command.reason.strip():
        raise InvalidValueError("a location that refuses says why; the reason is empty", field="reason")
    if shipment.state is not ShipmentState.RELEASED:
        raise InvalidValueError(
            f"shipment {shipment.number} is {shipment.state}; a location refuses before it picks, cancel it instead",
            field="shipment",
        )
    check_version(shipment, command.version)
    version = put_back(uow, shipment, event="shipment_rejected", reason=command.reason).version
    missing = {part.position: part.quantity for part in shipment.lines}
    short = _fall_short(uow, shipment, missing, ShortfallKind.REJECTED, command.reason)
    uow.nodes.reject(shipment.order, tuple(short), shipment.location, reason=command.reason)
    follow(uow, shipment.order, why=f"{shipment.location} refused {shipment.number}")
    tell(uow, shipment.order, f"{shipment.number} refused by {shipment.location}: {command.reason}")
    return Picked(shipment=shipment.number, state=ShipmentState.CANCELLED, version=version, missing=short)


def put_back(uow: UnitOfWork, shipment: Shipment, *, event: str, reason: str) -> Shipment:
    """Cancel a shipment that has not left: nobody holds its units any more, its place of the day is free."""
    cancelled = replace(shipment, state=ShipmentState.CANCELLED)
    saved = uow.shipments.save(cancelled, version=shipment.version, event=event, facts={"reason": reason})
    uow.stock.release_references([claim_reference(shipment.number, part.position) for part in shipment.lines])
    uow.nodes.give_lines_back(shipment.location, shipment.ship_on, len(shipment.units))
    return saved


def check_version(shipment: Shipment, version: int) -> None:
    """ConflictError when the shipment was changed since it was read."""
    if shipment.version != version:
        raise ConflictError(
            f"shipment {shipment.number} is {shipment.state} at version {shipment.version}, not at {version} as it was"
            " read; look at it again",
            shipment=shipment.number,
            version=shipment.version,
        )


def _counted(uow: UnitOfWork, shipment: Shipment, picks: tuple[Pick, ...]) -> tuple[ShipmentLine, ...]:
    by_position = {pick.position: pick for pick in picks}
    asked = {part.position for part in shipment.lines}
    if set(by_position) != asked or len(picks) != len(asked):
        raise InvalidValueError(
            f"picks are given once for each line of shipment {shipment.number}: {sorted(asked)!r},"
            f" not for {sorted(pick.position for pick in picks)!r}; 0 says that nothing was found",
            field="picks",
        )
    kinds = {item: uow.company.item(item).lot_control for item in {part.item for part in shipment.lines}}
    return tuple(_count(part, by_position[part.position], kinds) for part in shipment.lines)


def _count(part: ShipmentLine, pick: Pick, kinds: Mapping[ItemCode, LotControl]) -> ShipmentLine:
    if not 0 <= pick.quantity <= part.quantity:
        raise InvalidValueError(
            f"{pick.quantity!r} picked at position {part.position} is not possible; accepted are 0 to {part.quantity}",
            field="quantity",
        )
    wanted = pick.quantity if kinds[part.item] is LotControl.SERIAL else 0
    if len(set(pick.serials)) != wanted or len(pick.serials) != wanted:
        raise InvalidValueError(
            f"position {part.position} of {part.item!r} needs {wanted} different serial numbers, got {pick.serials!r}",
            field="serials",
        )
    return replace(part, picked=pick.quantity, serials=tuple(sorted(pick.serials)))


def _shrink(uow: UnitOfWork, shipment: Shipment, part: ShipmentLine) -> None:
    reference = claim_reference(shipment.number, part.position)
    if part.picked == 0:
        uow.stock.release_references((reference,))
    elif part.picked < part.quantity:
        uow.stock.shrink(reference, to=part.picked)


def _fall_short(
    uow: UnitOfWork, shipment: Shipment, missing: Mapping[int, int], kind: ShortfallKind, reason: str
) -> dict[int, int]:
    """Keep what is missing by order line, so that a case is opened for it."""
    lines = {part.position: part.line for part in shipment.lines}
    short: dict[int, int] = {}
    for position, units in missing.items():
        short[lines[position]] = short.get(lines[position], 0) + units
    for line, units in sorted(short.items()):
        shortfall = Shortfall(
            shipment=shipment.number,
            order=shipment.order,
            line=line,
            location=shipment.location,
            kind=kind,
            missing=units,
            reason=reason,
        )
        uow.shipments.fall_short(shortfall)
    return short
