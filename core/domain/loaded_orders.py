"""Where the sales orders of a pack are in their life: confirmed while open, else shipped or cancelled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.domain.company import Company
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState, overall
from core.domain.orders import SalesOrder, SalesOrderLine


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
