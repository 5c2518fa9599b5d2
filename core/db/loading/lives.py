"""Many order lines a few steps further in their life at once, their orders after them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from core.db.loading.tables import Keys
from core.db.rows import SalesOrderLineRow, SalesOrderRow
from core.domain.order_life import TRANSITIONS, OrderState, overall
from core.domain.orders import SalesOrderLine

_WAY = (OrderState.ALLOCATED, OrderState.RELEASED, OrderState.PICKED, OrderState.PACKED, OrderState.SHIPPED)


def ship_lines(session: Session, lines: Sequence[SalesOrderLine], keys: Keys) -> Mapping[str, dict[str, str]]:
    """Every step up to shipped; by order, what its lines were before. Each step is one statement for all of them."""
    numbers = keys["sales_order"]
    chosen = [(numbers[line.order], line.line) for line in lines]
    these = tuple_(SalesOrderLineRow.order_id, SalesOrderLineRow.line).in_(chosen)
    before: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines:
        before[line.order][str(line.line)] = f"{line.state} -> {OrderState.SHIPPED}"
    for step in _WAY:
        sooner = [old.value for old in OrderState if step in TRANSITIONS[old]]
        further = update(SalesOrderLineRow).where(these, SalesOrderLineRow.state.in_(sooner)).values(state=step.value)
        session.connection().execute(further)
    _follow(session, sorted({order for order, _ in chosen}))
    return before


def _follow(session: Session, orders: Sequence[int]) -> None:
    """Orders are as far as the least advanced of their lines."""
    states: dict[int, list[OrderState]] = defaultdict(list)
    query = select(SalesOrderLineRow.order_id, SalesOrderLineRow.state).where(SalesOrderLineRow.order_id.in_(orders))
    for order, state in session.execute(query):
        states[order].append(OrderState(state))
    by_state: dict[OrderState, list[int]] = defaultdict(list)
    for order in orders:
        by_state[overall(states[order])].append(order)
    for state, those in by_state.items():
        moved = update(SalesOrderRow).where(SalesOrderRow.id.in_(those), SalesOrderRow.state != state.value)
        session.connection().execute(moved.values(state=state.value))
    session.expire_all()
