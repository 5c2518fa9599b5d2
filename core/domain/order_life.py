"""The life of a sales order and of its lines: the states and the steps between them, as one table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class OrderState(StrEnum):
    """Where an order or an order line is in its life, in the order of the way there."""

    DRAFT = "draft"
    VALIDATED = "validated"
    ON_HOLD = "on hold"
    CONFIRMED = "confirmed"
    ALLOCATED = "allocated"
    RELEASED = "released"
    PICKED = "picked"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S = OrderState
TRANSITIONS: Mapping[OrderState, frozenset[OrderState]] = {
    _S.DRAFT: frozenset({_S.VALIDATED, _S.ON_HOLD, _S.CANCELLED}),
    _S.VALIDATED: frozenset({_S.DRAFT, _S.ON_HOLD, _S.CONFIRMED, _S.CANCELLED}),
    _S.ON_HOLD: frozenset({_S.DRAFT, _S.VALIDATED, _S.CONFIRMED, _S.ALLOCATED, _S.RELEASED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.VALIDATED, _S.ON_HOLD, _S.ALLOCATED, _S.CANCELLED}),
    _S.ALLOCATED: frozenset({_S.CONFIRMED, _S.ON_HOLD, _S.RELEASED, _S.CANCELLED}),
    _S.RELEASED: frozenset({_S.CONFIRMED, _S.ALLOCATED, _S.ON_HOLD, _S.PICKED, _S.CANCELLED}),
    _S.PICKED: frozenset({_S.RELEASED, _S.PACKED}),
    _S.PACKED: frozenset({_S.PICKED, _S.SHIPPED}),
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.INVOICED}),
    _S.DELIVERED: frozenset({_S.INVOICED, _S.CLOSED}),
    _S.INVOICED: frozenset({_S.DELIVERED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.CANCELLED: frozenset(),
}
_RANK = {state: rank for rank, state in enumerate(OrderState)}


def may_become(old: OrderState, new: OrderState) -> bool:
    """Whether the life of an order allows the step."""
    return new in TRANSITIONS[old]


def overall(lines: Iterable[OrderState]) -> OrderState:
    """The state of an order with lines in these states: the least advanced of those not cancelled."""
    alive = [state for state in lines if state is not OrderState.CANCELLED]
    return min(alive, key=_RANK.__getitem__) if alive else OrderState.CANCELLED
