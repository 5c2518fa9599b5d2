"""Where an order ships from, looked up in the books: its open lines, the places that could, their days and rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.freight import TariffRule
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.items import Item, Location, LotControl
from core.domain.landed_cost import duty_on
from core.domain.lots import first_expired_first_out
from core.domain.order_life import OrderState
from core.domain.order_terms import SetRule
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer
from core.domain.shipments import Shipment, ShipmentState
from core.domain.sourcing import (
    AskedLine,
    Departure,
    Node,
    Service,
    ShippingMethod,
    SourcingAsk,
    SourcingDecision,
    Together,
)
from core.domain.stock import Reservation, ReservationKind
from core.domain.working_time import add_working_days, cut_off_of, working_day_of
from core.planning.shippable import Shippable, Wanted, shippable
from core.planning.sourcing import choose
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.costing import destination

DAYS_AHEAD = 15
# A line that is on its way may have been ordered more of since; what is in no shipment can be released.
RELEASABLE = frozenset(
    {OrderState.CONFIRMED, OrderState.ALLOCATED, OrderState.RELEASED, OrderState.PICKED, OrderState.PACKED}
)
_BEFORE_LEAVING = frozenset({ShipmentState.RELEASED, ShipmentState.PICKED, ShipmentState.PACKED})
_CLAIMS = frozenset({ReservationKind.HARD, ReservationKind.TIME_BOXED})
_NO_RATES_KEPT = Service(carrier=None, service="", days=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What a choice is made from: the order, its customer, the units of each line to ship, and who held them."""

    order: SalesOrder
    customer: Customer
    lines: tuple[SalesOrderLine, ...]
    units: Mapping[int, int]
    items: Mapping[ItemCode, Item]
    claims: tuple[Reservation, ...]


def under_way(shipments: Sequence[Shipment]) -> Mapping[int, int]:
    """Units of each line that are in shipments that have not left; a replacement is not what the line still owes."""
    found: dict[int, int] = {}
    for shipment in shipments:
        if shipment.state in _BEFORE_LEAVING and shipment.replaces is None:
            for line, units in shipment.units.items():
                found[line] = found.get(line, 0) + units
    return found


def read_books(uow: UnitOfWork, number: OrderNo) -> Books:
    """What is there to ship of an order: open units of confirmed lines that are in no shipment yet."""
    order = uow.orders.order(number)
    taken = under_way(uow.shipments.of_order(number))
    open_ = [line for line in uow.orders.lines(number) if line.state in RELEASABLE]
    units = {line.line: line.open_quantity - taken.get(line.line, 0) for line in open_}
    lines = tuple(line for line in open_ if units[line.line] > 0)
    return Books(
        order=order,
        customer=uow.company.customer(order.customer),
        lines=lines,
        units={line.line: units[line.line] for line in lines},
        items={item: uow.company.item(item) for item in sorted({line.item for line in lines})},
        claims=own_claims(uow, number),
    )


def own_claims(uow: UnitOfWork, number: OrderNo) -> tuple[Reservation, ...]:
    """What the order's lines hold in stock apart from its shipments, whose claims are named after them."""
    mine = (claim for claim in uow.stock.claims_of(number) if claim.kind in _CLAIMS and claim.held)
    return tuple(claim for claim in mine if not claim.reference.startswith(f"{number}-S"))


def choose_locations(
    uow: UnitOfWork, books: Books, *, method: ShippingMethod, store: LocationCode | None = None
) -> SourcingDecision:
    """Where the lines ship from; nothing is changed."""
    region, country = _destination(uow, books)
    ask = SourcingAsk(
        order=books.order.number,
        customer=books.customer.code,
        country=country,
        method=method,
        lines=_asked(uow, books, country),
        store=store,
        complete=books.order.ship_complete,
        may_be_partial=books.order.allow_partial,
        minimum_value=books.order.minimum_value,
    )
    return choose(ask, _nodes(uow, books, region))


def explain(uow: UnitOfWork, number: OrderNo, *, method: ShippingMethod = ShippingMethod.DELIVERY) -> SourcingDecision:
    """Where an order would ship from today, and why: a question, nothing is held."""
    return choose_locations(uow, read_books(uow, number), method=method)


def _destination(uow: UnitOfWork, books: Books) -> tuple[str, str]:
    if books.order.address is not None:
        uow.nodes.address(books.customer.code, books.order.address)
    return destination(uow, books.order)


def _asked(uow: UnitOfWork, books: Books, country: str) -> tuple[AskedLine, ...]:
    rejected = uow.nodes.rejected(books.order.number)
    settings = uow.company.settings()
    penalty = books.customer.late_penalty_percent or settings.default_late_penalty_percent
    countries = sorted({node.country for node in uow.nodes.nodes() if node.country})
    tariffs, today = uow.costs.tariffs(), business_day(uow)
    return tuple(
        AskedLine(
            line=line.line,
            item=line.item,
            quantity=books.units[line.line],
            unit_price=line.unit_price,
            due=line.due,
            weight=books.items[line.item].weight,
            penalty_percent=penalty,
            minimum=line.minimum_shipment,
            line_set=line.line_set or "",
            together=_together(line),
            rejected_by=rejected.get(line.line, frozenset()),
            tariff_code=books.items[line.item].tariff_code,
            unit_cost=books.items[line.item].standard_cost,
            duty=_duty(tariffs, books.items[line.item], countries, country, today) if country else (),
        )
        for line in books.lines
    )


def _together(line: SalesOrderLine) -> Together:
    if line.set_rule is None:
        return Together.FREE
    return Together.SHIP if line.set_rule is SetRule.SHIP else Together.ARRIVE


def _duty(
    tariffs: Sequence[TariffRule], item: Item, countries: Sequence[str], to: str, on: date
) -> tuple[tuple[str, Decimal], ...]:
    """Percent of cost by country shipped from, as in the account of landed costs; lots are not chosen yet."""
    if not item.tariff_code:
        return ()
    found = ((here, duty_on(tariffs, item, origin="", ships_from=here, destination=to, on=on)) for here in countries)
    return tuple((country, percent) for country, percent in found if percent)


def _nodes(uow: UnitOfWork, books: Books, region: str) -> tuple[Node, ...]:
    wanted = [Wanted(line=x.line, item=x.item, prefers=x.node or books.order.ship_from) for x in books.lines]
    there = shippable(uow.snapshot(), books.order.number, wanted)
    rates = _services(uow, region)
    taken = uow.nodes.lines_taken(since=business_day(uow))
    return tuple(_node(uow, books, place, there, rates.get(place.code), taken) for place in uow.nodes.nodes())


def _services(uow: UnitOfWork, region: str) -> Mapping[LocationCode, tuple[Service, ...] | None]:
    """The services from each location to a region. A company that keeps no freight rates ships at no known cost."""
    found: dict[LocationCode, tuple[Service, ...] | None] = {}
    if not uow.nodes.keeps_rates():
        return {place.code: (_NO_RATES_KEPT,) for place in uow.nodes.nodes()}
    for rate in uow.nodes.rates(region):
        service = Service(
            carrier=rate.carrier,
            service=rate.service,
            days=rate.days,
            shipment_cost=rate.shipment_cost,
            kilogram_cost=rate.kilogram_cost,
        )
        found[rate.origin] = (*(found.get(rate.origin) or ()), service)
    return found


def _node(
    uow: UnitOfWork,
    books: Books,
    place: Location,
    there: Shippable,
    services: tuple[Service, ...] | None,
    taken: Mapping[tuple[LocationCode, date], int],
) -> Node:
    departures = _departures(uow, place, taken)
    until = departures[0].on
    own, shared = _units(uow, books, place.code, there, until)
    return Node(
        location=place.code,
        kind=place.kind,
        may_ship=place.may_ship,
        pick_up=place.pick_up,
        country=place.country,
        priority=place.node_priority,
        shipment_cost=place.shipment_cost,
        line_cost=place.line_cost,
        unit_cost=place.handling_cost,
        departures=departures,
        services=services or (),
        own=own,
        shared=shared,
    )


def _departures(
    uow: UnitOfWork, place: Location, taken: Mapping[tuple[LocationCode, date], int]
) -> tuple[Departure, ...]:
    """The next days the location works: today only up to its cut-off."""
    calendar = uow.nodes.calendar(place.calendar) if place.calendar else None
    cut_off = cut_off_of(place.cut_off, uow.company.settings().time_zone)
    first = working_day_of(calendar, cut_off, uow.now)
    days = [add_working_days(calendar, first, count) for count in range(DAYS_AHEAD)]
    limit = place.lines_a_day
    return tuple(
        Departure(on=on, lines_free=None if limit is None else limit - taken.get((place.code, on), 0)) for on in days
    )


def _units(
    uow: UnitOfWork, books: Books, at: LocationCode, there: Shippable, until: date
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[ItemCode, int], ...]]:
    """Units kept for each line (reserved for it or served to it) and shared; of lots only what lives long enough."""
    own = {x.line: there.own.get((at, x.line), 0) + _held(books, x.line, at) for x in books.lines}
    shared = {item: there.shared.get((at, item), 0) for item in books.items}
    for item in books.items.values():
        if item.lot_control is not LotControl.NONE:
            left = usable_in_lots(uow, books, item.code, at, until)
            for line in (line.line for line in books.lines if line.item == item.code):
                own[line] = min(own[line], left)
                left -= own[line]
            shared[item.code] = min(shared[item.code], left)
    return tuple(sorted(own.items())), tuple(sorted(shared.items()))


def usable_in_lots(uow: UnitOfWork, books: Books, item: ItemCode, at: LocationCode, on: date) -> int:
    """Units in lots that the customer would still take on a day, those the order reserved by lot included."""
    stock = uow.lots.stock_of(item, at)
    lots = {part.lot.code: part.lot for part in stock}
    days = books.customer.shelf_life_days
    taken, _ = first_expired_first_out(stock, sum(part.on_hand for part in stock), on=on, remaining_days=days)
    reserved = (claim for claim in books.claims if claim.item == item and claim.location == at and claim.lot in lots)
    mine = sum(x.held for x in reserved if x.lot and lots[x.lot].usable_on(on, remaining_days=days))
    return sum(units for _, units in taken) + mine


def _held(books: Books, line: int, at: LocationCode) -> int:
    return sum(claim.held for claim in books.claims if claim.line == line and claim.location == at)
