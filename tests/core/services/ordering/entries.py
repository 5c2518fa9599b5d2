"""Orders as they come in, for the tests of ordering."""

from decimal import Decimal
from typing import Any, LiteralString

import psycopg

from core.db.roles import dsn_of
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.order_terms import Channel
from tests.builders import HARBOR, VALVE, day
from tests.desk import Desk


def wanted(quantity: Decimal | int = 10, **values: Any) -> WantedLine:
    """So many valves in twenty days at 25.00."""
    usual: dict[str, Any] = {"item": VALVE, "requested": day(20), "unit_price": Decimal("25.00")}
    return WantedLine(quantity=quantity, **{**usual, **values})


def entry(*lines: WantedLine, **values: Any) -> EnterOrder:
    """An order of Harbor by e-mail."""
    usual: dict[str, Any] = {"key": "k-1", "customer": HARBOR, "customer_po": "4711", "channel": Channel.EMAIL}
    return EnterOrder(lines=lines or (wanted(),), **{**usual, **values})


def counts(desk: Desk) -> tuple[int, ...]:
    """How many orders, commands and audit entries there are: the same after a refusal as before."""
    query: LiteralString = (
        "SELECT (SELECT count(*) FROM sales_orders), (SELECT count(*) FROM commands),"
        " (SELECT count(*) FROM audit_log), (SELECT count(*) FROM order_timeline)"
    )
    with psycopg.connect(dsn_of(desk.urls.app)) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)
