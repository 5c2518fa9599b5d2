"""Releasing an order to the places it ships from: shipments made, units claimed by lot, lines released."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.errors import ConflictError, IllegalTransitionError, InsufficientStockError, InvalidValueError
from core.domain.ids import LocationCode, LotCode, OrderNo
from core.domain.items import LotControl
from core.domain.lots import first_expired_first_out
from core.domain.shipments import Shipment, ShipmentLine, claim_reference
from core.domain.sourcing import ShippingMethod, SourcedShipment, SourcingDecision, Unsourced
from core.domain.stock import Claim, Reservation, ReservationKind
from core.ports.storage import UnitOfWork
from core.services.fulfilment.choosing import Books, choose_locations, own_claims, read_books
from core.services.fulfilment.following import follow, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOrder:
    """Release what can be shipped of an order, as it was read at `version`; a customer may collect it in a store."""

    key: str
    order: OrderNo
    version: int
    method: ShippingMethod = ShippingMethod.DELIVERY
    store: LocationCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The shipments made, and what no place ships now, with why."""

    order: OrderNo
    shipments: tuple[str, ...]
    unsourced: tuple[Unsourced, ...]


def release_order(uow: UnitOfWork, command: ReleaseOrder) -> Released:
    """Choose where the order ships from and release it there. What cannot ship stays as it is, with the reason."""
    return uow.commands.once(command.key, command, Released, lambda: _released(uow, command))


def _released(uow: UnitOfWork, command: ReleaseOrder) -> Released:
    uow.shipments.hold(command.order)
    books = read_books(uow, command.order)
    _check(uow, command, books)
    decision = choose_locations(uow, books, method=command.method, store=command.store)
    uow.nodes.keep_decision(decision)
    made = make_shipments(uow, books, decision, method=command.method)
    for line in sorted({part.line for shipment in made for part in shipment.lines}):
        uow.shipments.settle_shortfalls(command.order, line)
    follow(uow, command.order, why="released to ship")
    return Released(
        order=command.order, shipments=tuple(shipment.number for shipment in made), unsourced=decision.unsourced
    )


def _check(uow: UnitOfWork, command: ReleaseOrder, books: Books) -> None:
    if books.order.version != command.version:
        raise ConflictError(
            f"order {command.order} is at version {books.order.version}, not at {command.version} as it was read;"
            " look at it again",
            order=command.order,
            version=books.order.version,
        )
    if command.store is not None and command.method is not ShippingMethod.PICK_UP:
        raise InvalidValueError(
            f"store {command.store!r} means nothing for a {command.method.value}; accepted is one for a pick-up only",
            field="store",
        )
    if not books.lines:
        states = {line.line: line.state.value for line in uow.orders.lines(command.order)}
        raise IllegalTransitionError(
            f"order {command.order} has nothing to release: its lines are {states!r}; only open units that are in no"
            " shipment, of lines confirmed or further, are released",
            order=command.order,
        )


def make_shipments(
    uow: UnitOfWork,
    books: Books,
    decision: SourcingDecision,
    *,
    method: ShippingMethod,
    replaces: str | None = None,
) -> tuple[Shipment, ...]:
    """The shipments of a choice, their units claimed and the day's capacity taken."""
    _free_own_claims(uow, books, decision)
    made: list[Shipment] = []
    claims: list[Claim] = []
    for part in decision.shipments:
        uow.nodes.take_lines(part.location, part.ship_on, len(part.lines))
        shipment = Shipment(
            number=uow.shipments.new_number(decision.order),
            order=decision.order,
            location=part.location,
            method=method,
            carrier=part.carrier,
            service=part.service,
            ship_on=part.ship_on,
            expected_on=part.arrive_on,
            freight_cost=part.cost.freight,
            replaces=replaces,
            lines=_by_lot(uow, books, part, claims),
        )
        claims.extend(_claims(shipment))
        uow.shipments.add(shipment)
        made.append(shipment)
        tell(uow, decision.order, _told(shipment))
    if claims:
        uow.stock.reserve_many(claims)
    return tuple(made)


def _by_lot(uow: UnitOfWork, books: Books, part: SourcedShipment, claimed: Sequence[Claim]) -> tuple[ShipmentLine, ...]:
    """The lines of a shipment; of items with lots what expires first goes first, if it lives as long as agreed."""
    items = {line.line: line.item for line in books.lines}
    lines: list[ShipmentLine] = []
    for sourced in part.lines:
        item = items[sourced.line]
        lots: Sequence[tuple[str, int]] = (("", sourced.quantity),)
        if books.items[item].lot_control is not LotControl.NONE:
            taken = _claims_of_lines(lines, part.location)
            lots = _lots(uow, books, part, sourced.line, [*claimed, *taken])
        for lot, units in lots:
            lines.append(ShipmentLine(position=len(lines) + 1, line=sourced.line, item=item, lot=lot, quantity=units))
    return tuple(lines)


def _claims_of_lines(lines: Sequence[ShipmentLine], at: LocationCode) -> list[Claim]:
    return [
        Claim(item=x.item, location=at, quantity=x.quantity, reference="-", lot=LotCode(x.lot)) for x in lines if x.lot
    ]


def _lots(
    uow: UnitOfWork, books: Books, part: SourcedShipment, line: int, claimed: Sequence[Claim]
) -> tuple[tuple[LotCode, int], ...]:
    item = next(x.item for x in books.lines if x.line == line)
    quantity = next(x.quantity for x in part.lines if x.line == line)
    gone = {
        lot: sum(x.quantity for x in claimed if x.lot == lot and x.location == part.location)
        for lot in {x.lot for x in claimed}
    }
    stock = uow.lots.stock_of(item, part.location)
    free = [replace(x, reserved=x.reserved + gone.get(x.lot.code, 0)) for x in stock]
    days = books.customer.shelf_life_days
    lots, missing = first_expired_first_out(free, quantity, on=part.arrive_on, remaining_days=days)
    if missing:
        raise InsufficientStockError(
            f"{missing} of {item!r} at {part.location!r} are in no lot that may be used and lives {days} days beyond"
            f" {part.arrive_on}; nothing was released",
            item=item,
            location=part.location,
            wanted=quantity,
            available=quantity - missing,
        )
    return lots


def _claims(shipment: Shipment) -> list[Claim]:
    return [
        Claim(
            item=part.item,
            location=shipment.location,
            quantity=part.quantity,
            reference=claim_reference(shipment.number, part.position),
            kind=ReservationKind.HARD,
            order=shipment.order,
            line=part.line,
            lot=LotCode(part.lot) if part.lot else None,
            cause="released to ship",
        )
        for part in shipment.lines
    ]


def _free_own_claims(uow: UnitOfWork, books: Books, decision: SourcingDecision) -> None:
    """What the lines held until now makes room for the claims of the shipments; never more is held than is owed."""
    for line in books.lines:
        at = {s.location: part.quantity for s in decision.shipments for part in s.lines if part.line == line.line}
        if not at:
            continue
        mine = [claim for claim in own_claims(uow, books.order.number) if claim.line == line.line]
        for place, units in sorted(at.items()):
            _give_up(uow, [claim for claim in mine if claim.location == place], units)
        held = [claim for claim in own_claims(uow, books.order.number) if claim.line == line.line]
        owed = books.units[line.line] - sum(at.values())
        _give_up(uow, held, sum(claim.held for claim in held) - owed)


def _give_up(uow: UnitOfWork, claims: Sequence[Reservation], units: int) -> None:
    """Give units of these claims back, the latest first."""
    for claim in reversed(claims):
        if units <= 0:
            return
        if claim.held <= units:
            uow.stock.release_references((claim.reference,))
        else:
            uow.stock.shrink(claim.reference, to=claim.held - units)
        units -= claim.held


def _told(shipment: Shipment) -> str:
    units = ", ".join(f"{count} of line {line}" for line, count in sorted(shipment.units.items()))
    made_good = f" to make good {shipment.replaces}" if shipment.replaces else ""
    return f"{shipment.number} released at {shipment.location}{made_good}: {units}, leaves {shipment.ship_on}"
