"""What an order said at a version, whole."""

from dataclasses import dataclass

from core.domain.orders import SalesOrder, SalesOrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderContent:
    """An order with its lines as they were together."""

    order: SalesOrder
    lines: tuple[SalesOrderLine, ...]
