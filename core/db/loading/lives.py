"""Where the sales orders of a pack are in their life: what is open is confirmed, with one part of its schedule."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.db.loading.tables import Keys, Values
from core.domain.company import Company
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState, overall
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.schedules import opening_schedule


def with_lives(company: Company) -> Company:
    """The company with the state of every order and line that a pack leaves as a draft."""
    lines = tuple(living_line(line) for line in company.sales_order_lines)
    states: dict[OrderNo, list[OrderState]] = defaultdict(list)
    for line in lines:
        states[line.order].append(line.state)
    orders = tuple(living_order(order, states[order.number]) for order in company.sales_orders)
    return replace(company, sales_orders=orders, sales_order_lines=lines)


def living_line(line: SalesOrderLine) -> SalesOrderLine:
    """The line with the state that its counts mean."""
    return replace(line, state=_state_of(line)) if line.state is OrderState.DRAFT else line


def living_order(order: SalesOrder, lines: Iterable[OrderState]) -> SalesOrder:
    """The order with the state that its lines mean; one without lines is confirmed."""
    states = tuple(lines)
    return replace(order, state=overall(states) if states else OrderState.CONFIRMED)


def _state_of(line: SalesOrderLine) -> OrderState:
    if line.open_quantity:
        return OrderState.CONFIRMED
    return OrderState.SHIPPED if line.shipped else OrderState.CANCELLED


def schedule_rows(line: SalesOrderLine, order: SalesOrder, keys: Keys) -> list[Values]:
    """The parts of a line of which the pack tells totals only."""
    parts = opening_schedule(
        ordered=line.ordered,
        shipped=line.shipped,
        cancelled=line.cancelled,
        promised=line.promised,
        location=line.node or order.ship_from,
    )
    return [
        {
            "order_id": keys["sales_order"][line.order],
            "line": line.line,
            "sequence": sequence,
            "day": part.day,
            "quantity": part.quantity,
            "location_id": keys["location"][part.location],
            "state": part.state.value,
        }
        for sequence, part in enumerate(parts, start=1)
    ]
