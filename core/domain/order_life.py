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
# A line becomes `shipped` without being picked by us when its supplier sends it, or when part of it has left and the
# rest was cancelled.
TRANSITIONS: Mapping[OrderState, frozenset[OrderState]] = {
    _S.DRAFT: frozenset({_S.VALIDATED, _S.ON_HOLD, _S.CANCELLED}),
    _S.VALIDATED: frozenset({_S.DRAFT, _S.ON_HOLD, _S.CONFIRMED, _S.SHIPPED, _S.CANCELLED}),
    _S.ON_HOLD: frozenset({_S.DRAFT, _S.VALIDATED, _S.CONFIRMED, _S.ALLOCATED, _S.RELEASED, _S.SHIPPED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.VALIDATED, _S.ON_HOLD, _S.ALLOCATED, _S.SHIPPED, _S.CANCELLED}),
    _S.ALLOCATED: frozenset({_S.CONFIRMED, _S.ON_HOLD, _S.RELEASED, _S.SHIPPED, _S.CANCELLED}),
    _S.RELEASED: frozenset({_S.CONFIRMED, _S.ALLOCATED, _S.ON_HOLD, _S.PICKED, _S.SHIPPED, _S.CANCELLED}),
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


def refusal(what: str, old: OrderState, new: OrderState) -> str:
    """Why a step is refused, naming the states that may follow."""
    follows = " or ".join(state for state in OrderState if state in TRANSITIONS[old])
    return f"{what} is {old} and cannot become {new}; it may become {follows or 'nothing else'}"


def overall(lines: Iterable[OrderState]) -> OrderState:
    """The state of an order with lines in these states: the least advanced of those not cancelled."""
    alive = [state for state in lines if state is not OrderState.CANCELLED]
    return min(alive, key=_RANK.__getitem__) if alive else OrderState.CANCELLED
