"""Validated orders of the small company, ready to be confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.domain.ids import ItemCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.services.promising import ConfirmOrder, OrderConfirmed, confirm
from tests.builders import HARBOR, RENO, TODAY, VALVE, day
from tests.desk import Desk

NEW = OrderNo("SO-77")


def line(number: int, quantity: int, requested: date | None = None, **values: Any) -> SalesOrderLine:
    """A validated line of the new order: valves for the day after tomorrow."""
    plain = SalesOrderLine(
        order=NEW,
        line=number,
        item=ItemCode(VALVE),
        ordered=quantity,
        unit_price=Decimal(25),
        requested=requested or day(2),
        state=OrderState.VALIDATED,
    )
    return replace(plain, **values)


def add(desk: Desk, *lines: SalesOrderLine, number: OrderNo = NEW, **values: Any) -> None:
    """Put a validated order into the books, leaving from Reno."""
    order = SalesOrder(
        number=number,
        customer=HARBOR,
        customer_po=f"PO of {number}",
        channel=Channel.PORTAL,
        order_date=TODAY,
        currency="USD",
        ship_from=RENO,
        priority=1,
        entry_sequence=0,
        state=OrderState.VALIDATED,
    )
    with desk.open() as uow:
        uow.orders.add(replace(order, **values), [replace(one, order=number) for one in lines])


def confirmed(desk: Desk, number: OrderNo = NEW, **values: Any) -> OrderConfirmed:
    """Confirm it, in a transaction of its own."""
    with desk.open() as uow:
        return confirm(uow, replace(ConfirmOrder(key=f"confirm {number}", order=number, version=1), **values))
