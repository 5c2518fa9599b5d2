"""A line that missed its cut-off, released now by a quicker service than the one it would usually go by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.domain.errors import NotFoundError
from core.domain.freight import FreightRate
from core.domain.ids import OrderNo
from core.domain.money import rounded
from core.domain.order_life import OrderState
from core.domain.orders import SalesOrderLine
from core.domain.plans import ShipQuicker
from core.domain.shipments import Shipment, ShipmentState
from core.domain.sourcing import ShippingMethod, SourcedShipment, SourcingDecision
from core.planning.repair.terms import QuickerWay
from core.ports.storage import UnitOfWork
from core.services.costing import destination
from core.services.fulfilment.choosing import Books, choose_locations, read_books
from core.services.fulfilment.following import follow
from core.services.fulfilment.releasing import make_shipments

_LINE, _SHIPMENT = "order line ", "shipment "
_WAITING = frozenset({OrderState.CONFIRMED, OrderState.ALLOCATED})
_GRAMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """From where and when a line would leave as sourcing chooses, and the services from there to its customer."""

    books: Books
    line: SalesOrderLine
    place: SourcedShipment
    rates: tuple[FreightRate, ...]


def quicker_ways(uow: UnitOfWork, root: str) -> tuple[QuickerWay, ...]:
    """The quicker service for the line a case names; for a shipment it names, why there is none any more."""
    if root.startswith(_SHIPMENT):
        return _left_already(uow, root.removeprefix(_SHIPMENT))
    if not root.startswith(_LINE):
        return ()
    number, _, line = root.removeprefix(_LINE).rpartition("/")
    found = _way(uow, OrderNo(number), int(line))
    if isinstance(found, str):
        return (QuickerWay(what=f"send {number}/{line} by a quicker service", why_not=found),)
    return (_quicker(found),)


def leaving_words(uow: UnitOfWork, order: OrderNo, line: int, service: str) -> str:
    """From where and when a line would leave and arrive by a service now, or why it would not."""
    found = _way(uow, order, line)
    if isinstance(found, str):
        return found
    rate = _rates(found).get(service)
    if rate is None:
        return f"{service} is not offered from {found.place.location}"
    place, arrives = found.place, _arrival(found, rate)
    return f"{place.location} {place.ship_on.isoformat()} {arrives.isoformat()}"


def release_quicker(uow: UnitOfWork, action: ShipQuicker) -> Shipment | str:
    """The shipment made, or why not: the line would not leave as was shown."""
    uow.shipments.hold(action.order)
    found = _way(uow, action.order, action.line)
    if isinstance(found, str):
        return found
    rate = _rates(found).get(action.service)
    if rate is None or (found.place.location, found.place.ship_on) != (action.location, action.ship_on):
        return f"it would leave {found.place.location} on {found.place.ship_on}"
    decision = _by(uow, found, rate)
    uow.nodes.keep_decision(decision)
    (made,) = make_shipments(uow, found.books, decision, method=ShippingMethod.DELIVERY)
    uow.shipments.settle_shortfalls(action.order, action.line)
    follow(uow, action.order, why=f"released by {action.service}")
    return made


def made_by(uow: UnitOfWork, action: ShipQuicker) -> Shipment | None:
    """The shipment an action made, None where it was called off."""
    known = (one for one in uow.shipments.of_order(action.order) if one.state is not ShipmentState.CANCELLED)
    wanted = (action.location, action.ship_on, action.service, {action.line: action.quantity})
    return next((one for one in known if _key(one) == wanted), None)


def _key(one: Shipment) -> tuple[str, date, str, Mapping[int, int]]:
    return one.location, one.ship_on, f"{one.carrier} {one.service}", one.units


def _way(uow: UnitOfWork, order: OrderNo, line: int) -> _Way | str:
    """The way of a line, or why it cannot be sent alone now."""
    try:
        sold, known = uow.orders.line(order, line), uow.orders.order(order)
    except NotFoundError as error:
        return error.message
    if sold.state not in _WAITING:
        return f"it is {sold.state.value}; only what is confirmed and not released is sent by another service"
    if known.ship_complete or sold.line_set is not None:
        return "it ships together with other lines: it is released where orders are released"
    books = read_books(uow, order)
    if line not in books.units:
        return "nothing of it is left to release"
    if not uow.nodes.keeps_rates():
        return "no freight rates are kept"
    alone = replace(books, lines=(sold,), units={line: books.units[line]}, items={sold.item: books.items[sold.item]})
    return _alone(uow, alone, sold)


def _alone(uow: UnitOfWork, books: Books, sold: SalesOrderLine) -> _Way | str:
    decision = choose_locations(uow, books, method=ShippingMethod.DELIVERY)
    if len(decision.shipments) != 1 or decision.unsourced:
        return "no place ships all of it now"
    (place,) = decision.shipments
    held = sum(claim.held for claim in books.claims if (claim.line, claim.location) == (sold.line, place.location))
    if held != books.units[sold.line]:
        return f"it would leave {place.location}, where {held} of it are reserved"
    region, _ = destination(uow, books.order)
    rates = tuple(rate for rate in uow.nodes.rates(region) if rate.origin == place.location)
    return _Way(books=books, line=sold, place=place, rates=rates)


def _quicker(way: _Way) -> QuickerWay:
    """Against the cheapest service, by which it would usually go: the cheapest that makes the days good, else the
    quickest one."""
    place, sold = way.place, way.line
    what = f"send {sold.order}/{sold.line} by a quicker service"
    if not way.rates:
        return QuickerWay(what=what, why_not=f"no service goes from {place.location} to the customer")
    usual = min(way.rates, key=lambda rate: (_freight(way, rate), rate.days, rate.carrier, rate.service))
    found = [rate for rate in way.rates if rate.days < usual.days]
    if not found:
        return QuickerWay(what=what, why_not=f"no service from {place.location} is quicker than {usual.days} days")
    in_time = [rate for rate in found if _arrival(way, rate) <= sold.due + timedelta(days=usual.days)]
    rate = min(in_time or found, key=lambda r: (0 if in_time else r.days, _freight(way, r), r.carrier, r.service))
    action = ShipQuicker(
        order=sold.order,
        line=sold.line,
        item=sold.item,
        quantity=way.books.units[sold.line],
        location=place.location,
        usual=_name(usual),
        service=_name(rate),
        ship_on=place.ship_on,
        old_arrival=_arrival(way, usual),
        arrive_on=_arrival(way, rate),
        carbon=int(_kilograms(way) * (rate.carbon - usual.carbon)),
        cost=_freight(way, rate) - _freight(way, usual),
    )
    return QuickerWay(what=what, action=action)


def _left_already(uow: UnitOfWork, number: str) -> tuple[QuickerWay, ...]:
    try:
        shipment = uow.shipments.get(number)
    except NotFoundError:
        return ()
    reason = (
        f"it left {shipment.location} on {shipment.shipped_on or shipment.ship_on}; only what is here can go quicker"
    )
    return (QuickerWay(what=f"send shipment {number} by a quicker service", why_not=reason),)


def _by(uow: UnitOfWork, way: _Way, rate: FreightRate) -> SourcingDecision:
    """The choice with this service instead of the one sourcing would take."""
    sold, arrives = way.line, _arrival(way, rate)
    penalty = way.books.customer.late_penalty_percent or uow.company.settings().default_late_penalty_percent
    late = sold.unit_price * way.books.units[sold.line] * penalty * max(0, (arrives - sold.due).days) / 100
    cost = replace(way.place.cost, freight=_freight(way, rate), lateness=rounded(late))
    shipment = replace(way.place, carrier=rate.carrier, service=rate.service, arrive_on=arrives, cost=cost)
    return SourcingDecision(order=sold.order, shipments=(shipment,), unsourced=(), looked_at=(), alternatives=())


def _arrival(way: _Way, rate: FreightRate) -> date:
    return way.place.ship_on + timedelta(days=rate.days)


def _kilograms(way: _Way) -> Decimal:
    return Decimal(way.books.items[way.line.item].weight * way.books.units[way.line.line]) / _GRAMS


def _freight(way: _Way, rate: FreightRate) -> Decimal:
    return rounded(rate.shipment_cost + _kilograms(way) * rate.kilogram_cost)


def _rates(way: _Way) -> dict[str, FreightRate]:
    return {_name(rate): rate for rate in way.rates}


def _name(rate: FreightRate) -> str:
    return f"{rate.carrier} {rate.service}"
