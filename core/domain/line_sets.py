"""Which lines may leave now: ship-complete, partial shipments, least quantities and lines that belong together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.order_life import OrderState
from core.domain.order_terms import SetRule
from core.domain.orders import SalesOrder, SalesOrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipAnswer:
    """Whether a shipment may leave, and every reason why not. What the customer asked for the customer can waive; that
    there is something to send, and no hold on it, nobody can."""

    because: tuple[str, ...]
    waivable: bool = True

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.because


def may_ship_now(
    order: SalesOrder,
    lines: Sequence[SalesOrderLine],
    quantities: Mapping[int, int],
    *,
    arrivals: Mapping[int, date] | None = None,
    arrives_on: date | None = None,
) -> ShipAnswer:
    """Whether so many units of these lines may leave in one shipment.

    `lines` are all lines of the order. Lines that must arrive together may leave apart when `arrivals`, the day each
    line outside this shipment arrives, gives `arrives_on`, the day this shipment does.
    """
    owed = {line.line: line for line in lines if line.open_quantity and line.state is not OrderState.CANCELLED}
    taken = {number: units for number, units in quantities.items() if units}
    if impossible := tuple(_impossible(owed, taken)):
        return ShipAnswer(because=impossible, waivable=False)
    wishes = (
        *_complete(order, owed, taken),
        *_too_little(order, owed, taken),
        *_sets(owed, taken, arrivals or {}, arrives_on),
    )
    return ShipAnswer(because=wishes)


def _impossible(owed: Mapping[int, SalesOrderLine], taken: Mapping[int, int]) -> Iterator[str]:
    if not taken:
        yield "nothing is to leave"
    for number in sorted(taken):
        line = owed.get(number)
        if line is None or not 0 < taken[number] <= line.open_quantity:
            still = line.open_quantity if line else 0
            yield f"line {number} has {still} units open, {taken[number]} cannot leave"
        elif line.state is OrderState.ON_HOLD:
            yield f"line {number} is on hold"


def _complete(order: SalesOrder, owed: Mapping[int, SalesOrderLine], taken: Mapping[int, int]) -> Iterator[str]:
    short = [number for number, line in sorted(owed.items()) if taken.get(number, 0) < line.open_quantity]
    if order.ship_complete and short:
        yield f"the order ships complete; line {_and(short)} would be missing or short"
    elif not order.allow_partial and (cut := [number for number in short if number in taken]):
        yield f"the customer takes no partial lines; line {_and(cut)} would be short"


def _too_little(order: SalesOrder, owed: Mapping[int, SalesOrderLine], taken: Mapping[int, int]) -> Iterator[str]:
    for number, units in sorted(taken.items()):
        least = min(owed[number].minimum_shipment, owed[number].open_quantity)
        if units < least:
            yield f"line {number} leaves with {least} units or more, not {units}"
    rest = any(taken.get(number, 0) < line.open_quantity for number, line in owed.items())
    value = sum((units * owed[number].unit_price for number, units in taken.items()), Decimal(0))
    if rest and value < order.minimum_value:
        yield f"a shipment is worth {order.minimum_value:.2f} {order.currency} or more, this one {value:.2f}"


def _sets(
    owed: Mapping[int, SalesOrderLine],
    taken: Mapping[int, int],
    arrivals: Mapping[int, date],
    arrives_on: date | None,
) -> Iterator[str]:
    touched = sorted({line.line_set for line in owed.values() if line.line in taken and line.line_set is not None})
    for name in touched:
        members = [line for line in owed.values() if line.line_set == name]
        short = sorted(line.line for line in members if taken.get(line.line, 0) < line.open_quantity)
        if not short:
            continue
        if any(line.set_rule is SetRule.SHIP for line in members):
            yield f"the lines of set {name} leave together; line {_and(short)} would be missing or short"
        elif arrives_on is None or any(arrivals.get(number) != arrives_on for number in short):
            yield f"the lines of set {name} arrive together; line {_and(short)} would arrive on another day"


def _and(numbers: Sequence[int]) -> str:
    return " and ".join(map(str, numbers))
