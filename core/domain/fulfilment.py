"""What shipments mean for an order line: its state is that of its least advanced unit."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.order_life import TRANSITIONS, OrderState
from core.domain.shipments import ShipmentState

# A line's states in fulfilment and the way between them; a hold or a cancellation is never taken on the way.
_WAY = (
    OrderState.CONFIRMED,
    OrderState.ALLOCATED,
    OrderState.RELEASED,
    OrderState.PICKED,
    OrderState.PACKED,
    OrderState.SHIPPED,
    OrderState.DELIVERED,
    OrderState.INVOICED,
)
_UNDER_WAY = {
    ShipmentState.RELEASED: OrderState.RELEASED,
    ShipmentState.PICKED: OrderState.PICKED,
    ShipmentState.PACKED: OrderState.PACKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """Units of an order line in a shipment that has not left yet."""

    state: ShipmentState
    quantity: int


def line_state(*, open_quantity: int, under_way: Iterable[UnderWay], in_transit: int, not_invoiced: int) -> OrderState:
    """The state of a line: units still to ship, these of them in shipments; of what left, units that have not arrived
    and units on no invoice."""
    waiting = [(_UNDER_WAY[part.state], part.quantity) for part in under_way if part.quantity]
    if sum(units for _, units in waiting) < open_quantity:
        return OrderState.CONFIRMED
    if open_quantity:
        return min((state for state, _ in waiting), key=_WAY.index)
    if not_invoiced == 0:
        return OrderState.INVOICED
    return OrderState.SHIPPED if in_transit else OrderState.DELIVERED


def way(old: OrderState, new: OrderState) -> tuple[OrderState, ...]:
    """The legal steps from one state of fulfilment to another, the last being `new`; empty when it is there already or
    the life of an order has no such way."""
    come_from: dict[OrderState, OrderState | None] = {old: None}
    waiting = deque([old])
    while waiting and new not in come_from:
        here = waiting.popleft()
        for step in _WAY:
            if step in TRANSITIONS[here] and step not in come_from:
                come_from[step] = here
                waiting.append(step)
    steps: list[OrderState] = []
    at = new if new in come_from else None
    while at is not None and at is not old:
        steps.append(at)
        at = come_from[at]
    return tuple(reversed(steps))
