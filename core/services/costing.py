"""Costing: landed cost and margin of order lines, what a tariff would do, and which items are not worth keeping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.checking_values import checked_value
from core.domain.errors import InvalidValueError
from core.domain.freight import FreightRate, TariffRule
from core.domain.ids import LocationCode, OrderNo
from core.domain.landed_cost import CostAsk, CostedLine, landed_costs
from core.domain.margins import COST_POLICY, CostPolicy, MarginCheck, TariffImpact, impact_of, margin_check
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.rationalising import KeepingCriteria, Rationalisation, rationalisation
from core.domain.shipments import ShipmentState
from core.ports.storage import UnitOfWork

CRITERIA = KeepingCriteria()
_GRAMS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCosts:
    """Work out the landed cost of every line of an order as of a day, and write it down."""

    key: str
    order: OrderNo
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsKept:
    """The margins of an order's lines as they were written down."""

    checks: tuple[MarginCheck, ...]


def cost_order(
    uow: UnitOfWork, number: OrderNo, *, on: date, policy: CostPolicy = COST_POLICY
) -> tuple[MarginCheck, ...]:
    """Landed cost and margin of each line that is not cancelled, by line.

    Lines that leave one location are taken to travel together: those that are in a shipment by the service it has, the
    others by the one that costs least for their weight.
    """
    checked_value(number, OrderNo, name="number")
    checked_value(on, date, name="on")
    return cost_lines(uow, uow.orders.order(number), uow.orders.lines(number), on=on, policy=policy)


def cost_lines(
    uow: UnitOfWork, order: SalesOrder, every: Sequence[SalesOrderLine], *, on: date, policy: CostPolicy = COST_POLICY
) -> tuple[MarginCheck, ...]:
    """The same for one who has read the order and its lines."""
    lines = [line for line in every if line.ordered > line.cancelled]
    region, country = destination(uow, order)
    tariffs, ways = uow.costs.tariffs(), _ways(uow, order, lines)
    checks: list[MarginCheck] = []
    for way in sorted(set(ways.values())):
        location = uow.costs.location(way.location)
        costed = tuple(_costed(uow, line) for line in lines if ways[line.line] == way)
        ask = CostAsk(
            order=order.number,
            currency=order.currency,
            location=location,
            country=country or location.country,
            on=on,
            lines=costed,
            rate=_rate(uow.costs.rates(way.location, region), way, sum(line.grams for line in costed)),
        )
        checks.extend(margin_check(cost, policy) for cost in landed_costs(ask, tariffs))
    return tuple(sorted(checks, key=lambda check: check.cost.line))


def keep_costs(uow: UnitOfWork, command: KeepCosts, *, policy: CostPolicy = COST_POLICY) -> CostsKept:
    """Write down the landed cost of an order's lines, so that it can be shown how it was when they were agreed."""

    def act() -> CostsKept:
        return CostsKept(checks=costs_kept(uow, command.order, on=command.on, policy=policy))

    return uow.commands.once(command.key, command, CostsKept, act)


def costs_kept(
    uow: UnitOfWork, number: OrderNo, *, on: date, policy: CostPolicy = COST_POLICY
) -> tuple[MarginCheck, ...]:
    """The costs worked out and written down, for one who holds a key already."""
    return written(uow, number, cost_order(uow, number, on=on, policy=policy))


def written(uow: UnitOfWork, number: OrderNo, checks: tuple[MarginCheck, ...]) -> tuple[MarginCheck, ...]:
    """The costs of an order's lines, written down; such as by who confirms the order."""
    for check in checks:
        uow.costs.keep(check.cost)
    totals = {str(check.cost.line): [check.cost.total, check.cost.margin] for check in checks}
    uow.audit.note(scope=f"order:{number}", event="costs_kept", subject=number, facts=totals)
    return checks


def lines_under_floor(uow: UnitOfWork, *, on: date, policy: CostPolicy = COST_POLICY) -> tuple[MarginCheck, ...]:
    """The lines of open orders whose margin is under its floor, by order and line."""
    every = (check for number in uow.costs.open_orders() for check in cost_order(uow, number, on=on, policy=policy))
    return tuple(check for check in every if check.below)


def tariff_impact(uow: UnitOfWork, rule: TariffRule, *, policy: CostPolicy = COST_POLICY) -> TariffImpact:
    """What a tariff rule, there already or only announced, does to costs and margins; nothing is changed."""
    if not rule.percent.is_finite() or rule.percent < 0:
        raise InvalidValueError(f"percent {rule.percent!r} is not a number from 0 on", field="percent")
    if not rule.tariff_code or not rule.origin or not rule.destination:
        raise InvalidValueError(
            f"a tariff is of a code, from one country into another; given are {rule.tariff_code!r}, {rule.origin!r}"
            f" and {rule.destination!r}",
            field="tariff_code",
        )
    return impact_of(rule, uow.costs.catalogue(), policy)


def items_in_doubt(uow: UnitOfWork, *, as_of: date, criteria: KeepingCriteria = CRITERIA) -> Rationalisation:
    """The items for the decision whether to keep them, with the criteria each fails."""
    if criteria.window_days < 1:
        raise InvalidValueError(f"a window of {criteria.window_days!r} days is none; accepted are 1 or more")
    since = as_of - timedelta(days=criteria.window_days)
    return rationalisation(uow.costs.records(since=since, until=as_of), criteria, as_of=as_of)


def _costed(uow: UnitOfWork, line: SalesOrderLine) -> CostedLine:
    item = uow.company.item(line.item)
    return CostedLine(line=line.line, item=item, unit_price=line.unit_price, portions=uow.costs.portions(line, item))


@dataclass(frozen=True, slots=True, order=True)
class _Way:
    """From where a line goes, and by which service where a shipment says so."""

    location: LocationCode
    carrier: str = ""
    service: str = ""


def _ways(uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> Mapping[int, _Way]:
    """The way of each line: that of its latest shipment, else where it is to leave from."""
    ways = {line.line: _Way(line.node or order.ship_from) for line in lines}
    for shipment in uow.shipments.of_order(order.number):
        if shipment.state is not ShipmentState.CANCELLED and shipment.replaces is None:
            for line in shipment.units.keys() & ways.keys():
                ways[line] = _Way(shipment.location, shipment.carrier or "", shipment.service)
    return ways


def destination(uow: UnitOfWork, order: SalesOrder) -> tuple[str, str]:
    """Region and country: of the address named, of the only one there is, else of the customer."""
    customer, addresses = uow.company.customer(order.customer), uow.holds.addresses(order.customer)
    named = [one for one in addresses if one.code == order.address]
    if order.address is None and len(addresses) == 1:
        named = list(addresses)
    if not named:
        return customer.region, customer.country
    return named[0].region or customer.region, named[0].country or customer.country


def _rate(rates: Sequence[FreightRate], way: _Way, grams: int) -> FreightRate | None:
    """The rate of the service used, where one is kept, else the cheapest."""
    used = [rate for rate in rates if (rate.carrier, rate.service) == (way.carrier, way.service)]
    return min(
        used or rates,
        key=lambda rate: (
            rate.shipment_cost + rate.kilogram_cost * grams / _GRAMS,
            rate.days,
            rate.carrier,
            rate.service,
        ),
        default=None,
    )
