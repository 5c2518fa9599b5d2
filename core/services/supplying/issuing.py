"""Components taken from stock into a work order: in parts, by hand, or by what was made (backflush)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.errors import IllegalTransitionError, InsufficientStockError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode, LotCode, SerialNo, WorkOrderNo
from core.domain.items import LotControl
from core.domain.production import Making, MakingPart
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.stock import StockMove, VirtualPlace
from core.domain.supply_life import WorkStage
from core.ports.storage import UnitOfWork
from core.services.happened import check_happened
from core.services.supplying.lotting import check_tracking

WORKING = frozenset({WorkStage.RELEASED, WorkStage.STARTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPart:
    """Units of a component from a location of the work order's site."""

    item: ItemCode
    location: LocationCode
    quantity: int
    lot: str = ""
    serials: tuple[SerialNo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueComponents:
    """Components for a work order; more than it needs only with a reason in `why_more`, such as scrap."""

    key: str
    number: WorkOrderNo
    parts: tuple[IssuedPart, ...]
    issued_on: date
    why_more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueResult:
    """What is still to be issued, by component."""

    number: WorkOrderNo
    missing: tuple[tuple[ItemCode, int], ...]


def issue_components(uow: UnitOfWork, command: IssueComponents) -> IssueResult:
    """Take components out of stock, all that are asked for or none."""
    return uow.commands.once(command.key, command, IssueResult, lambda: _issue(uow, command))


def needed_by_now(part: MakingPart, order: Making) -> int:
    """Units of a component that what was made and scrapped so far has taken."""
    return max(0, part.required - part.taken_by(order.open_quantity) + part.taken_by(order.scrapped))


def backflush(uow: UnitOfWork, order: Making, *, on: date) -> None:
    """Take the components of what was made so far, from the order's own location first, then from the site's others."""
    places = uow.routings.same_site(order.location)
    taken = list[IssuedPart]()
    for part in uow.making.parts(order.number):
        units = needed_by_now(part, order) - part.issued
        if units <= 0:
            continue
        if uow.company.item(part.item).lot_control is not LotControl.NONE:
            raise InvalidValueError(
                f"{part.item!r} is kept by lot or serial number and is not backflushed; accepted is to issue it",
                field="backflush",
            )
        taken.extend(_spread(uow, part.item, units, places))
    take(uow, order, taken, on=on, backflushed=True, unlimited=True)


def take(
    uow: UnitOfWork, order: Making, parts: Sequence[IssuedPart], *, on: date, backflushed: bool, unlimited: bool
) -> None:
    """Move components into production and count them on the order."""
    known = {part.item: part for part in uow.making.parts(order.number)}
    costs = _costs(uow, parts)
    moves = [
        StockMove(
            item=part.item,
            origin=part.location,
            destination=VirtualPlace.PRODUCTION.location,
            quantity=part.quantity,
            reason="issue",
            reference=order.number,
            moved_on=on,
            lot=LotCode(part.lot) if part.lot else None,
            unit_cost=costs[part.item, part.lot],
            serials=part.serials,
        )
        for part in parts
    ]
    for part in sorted(parts, key=lambda one: (one.item, one.location)):
        uow.making.issue(
            order.number,
            part.item,
            location=part.location,
            quantity=part.quantity,
            lot=part.lot,
            unit_cost=costs[part.item, part.lot],
            backflushed=backflushed,
            most=LARGEST_QUANTITY if unlimited else known[part.item].required,
        )
    uow.stock.move(moves)
    if known and not any(part.missing for part in uow.making.parts(order.number)):
        uow.making.components_taken(order.number)


def _costs(uow: UnitOfWork, parts: Sequence[IssuedPart]) -> dict[tuple[ItemCode, str], Decimal]:
    """What a unit of each part cost: what its lot did, in our currency as all we buy, or where unknown its standard."""
    standard = uow.making.unit_costs({part.item for part in parts})
    costs = {(part.item, part.lot): standard[part.item] for part in parts}
    for item, code in sorted(known for known in costs if known[1]):
        lot = uow.lots.find(LotCode(code))
        if lot is not None and lot.unit_cost is not None:
            costs[item, code] = lot.unit_cost
    return costs


def require_working(order: Making) -> None:
    """IllegalTransitionError when the order is not being worked on."""
    if order.stage not in WORKING:
        raise IllegalTransitionError(
            f"work order {order.number!r} is {order.stage.value!r}; accepted is one that is released or started",
            old=order.stage.value,
        )


def _issue(uow: UnitOfWork, command: IssueComponents) -> IssueResult:
    order = uow.making.lock(command.number)
    require_working(order)
    check_happened(uow, command.issued_on, field="issued_on")
    known = {part.item for part in uow.making.parts(command.number)}
    places = uow.routings.same_site(order.location)
    if not command.parts:
        raise InvalidValueError(f"nothing is issued to {command.number!r}; accepted are components", field="parts")
    for part in command.parts:
        _check(uow, part, known=known, places=places, number=command.number)
    unlimited = bool(command.why_more.strip())
    take(uow, order, command.parts, on=command.issued_on, backflushed=False, unlimited=unlimited)
    why = f"components issued; more than needed: {command.why_more}" if unlimited else "components issued"
    uow.making.advance(command.number, to=WorkStage.STARTED, why=why)
    left = uow.making.parts(command.number)
    return IssueResult(number=command.number, missing=tuple((p.item, p.missing) for p in left if p.missing))


def _check(
    uow: UnitOfWork, part: IssuedPart, *, known: set[ItemCode], places: Sequence[LocationCode], number: WorkOrderNo
) -> None:
    if part.item not in known:
        raise InvalidValueError(
            f"{part.item!r} is no component of {number!r}; accepted is one of {sorted(known)}", field="item"
        )
    if part.location not in places:
        raise InvalidValueError(
            f"{part.location!r} is not at the site of {number!r}; accepted is one of {sorted(places)}", field="location"
        )
    if not 1 <= part.quantity <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {part.quantity!r} of {part.item!r} is not accepted; accepted is 1 to {LARGEST_QUANTITY}",
            field="quantity",
        )
    check_tracking(uow.company.item(part.item), units=part.quantity, lot=part.lot, serials=part.serials)


def _spread(uow: UnitOfWork, item: ItemCode, units: int, places: Sequence[LocationCode]) -> list[IssuedPart]:
    parts, rest = list[IssuedPart](), units
    for place in places:
        free = min(rest, uow.stock.available(item, place))
        if free:
            parts.append(IssuedPart(item=item, location=place, quantity=free))
            rest -= free
    if rest:
        raise InsufficientStockError(
            f"{units} of {item!r} were needed at {', '.join(places)}, {units - rest} are available; nothing was issued",
            short=[{"item": item, "wanted": units, "available": units - rest}],
        )
    return parts
