"""Sales orders and their lines between rows and domain values."""

from typing import Any

from sqlalchemy import select

from core.db.rows import CustomerRow, ItemRow, LocationRow, SalesOrderLineRow, SalesOrderRow
from core.db.transaction import Transaction
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind, PaymentState, SetRule, Strategy
from core.domain.orders import SalesOrder, SalesOrderLine


def order_of(row: SalesOrderRow, *, customer: str, ship_from: str) -> SalesOrder:
    """The order a row holds."""
    return SalesOrder(
        number=OrderNo(row.number),
        customer=CustomerCode(customer),
        customer_po=row.customer_po,
        channel=Channel(row.channel),
        order_date=row.order_date,
        currency=row.currency,
        ship_from=LocationCode(ship_from),
        priority=row.priority,
        entry_sequence=row.entry_sequence,
        state=OrderState(row.state),
        version=row.version,
        kind=OrderKind(row.kind),
        address=row.address,
        ship_complete=row.ship_complete,
        allow_partial=row.allow_partial,
        allow_substitution=row.allow_substitution,
        minimum_value=row.minimum_value,
        payment_terms=row.payment_terms,
        payment_state=PaymentState(row.payment_state),
        quote_expires_on=row.quote_expires_on,
        source=row.source,
    )


def line_of(row: SalesOrderLineRow, *, order: OrderNo, item: str, node: str | None) -> SalesOrderLine:
    """The line a row holds."""
    return SalesOrderLine(
        order=order,
        line=row.line,
        item=ItemCode(item),
        ordered=row.ordered,
        shipped=row.shipped,
        cancelled=row.cancelled,
        unit_price=row.unit_price,
        requested=row.requested,
        first_promised=row.first_promised,
        promised=row.promised,
        state=OrderState(row.state),
        held_from=OrderState(row.held_from) if row.held_from else None,
        latest_acceptable=row.latest_acceptable,
        cancel_after=row.cancel_after,
        line_set=row.line_set,
        set_rule=SetRule(row.set_rule) if row.set_rule else None,
        minimum_shipment=row.minimum_shipment,
        strategy=Strategy(row.strategy),
        node=LocationCode(node) if node else None,
        delivered=row.delivered,
        invoiced=row.invoiced,
        returned=row.returned,
    )


def terms_of(order: SalesOrder, transaction: Transaction) -> dict[str, Any]:
    """The columns of what an order says, without number, customer, entry, state and version."""
    return {
        "customer_po": order.customer_po,
        "channel": order.channel,
        "order_date": order.order_date,
        "currency": order.currency,
        "ship_from_id": place_id(transaction, order.ship_from),
        "priority": order.priority,
        "kind": order.kind,
        "address": order.address,
        "ship_complete": order.ship_complete,
        "allow_partial": order.allow_partial,
        "allow_substitution": order.allow_substitution,
        "minimum_value": order.minimum_value,
        "payment_terms": order.payment_terms,
        "payment_state": order.payment_state,
        "quote_expires_on": order.quote_expires_on,
        "source": order.source,
    }


def wishes_of(line: SalesOrderLine, transaction: Transaction) -> dict[str, Any]:
    """The columns of what a line says, without its state, promises and counts."""
    return {
        "item_id": item_id(transaction, line.item),
        "ordered": line.ordered,
        "unit_price": line.unit_price,
        "requested": line.requested,
        "latest_acceptable": line.latest_acceptable,
        "cancel_after": line.cancel_after,
        "line_set": line.line_set,
        "set_rule": line.set_rule,
        "minimum_shipment": line.minimum_shipment,
        "strategy": line.strategy,
        "node_id": place_id(transaction, line.node) if line.node else None,
    }


def progress_of(line: SalesOrderLine) -> dict[str, Any]:
    """The columns of how far a line is."""
    return {
        "state": line.state,
        "held_from": line.held_from,
        "shipped": line.shipped,
        "cancelled": line.cancelled,
        "delivered": line.delivered,
        "invoiced": line.invoiced,
        "returned": line.returned,
        "first_promised": line.first_promised,
        "promised": line.promised,
    }


def item_id(transaction: Transaction, code: ItemCode) -> int:
    """The key of an item."""
    return transaction.key(ItemRow.id, ItemRow.code, code, what=f"item {code!r}")


def place_id(transaction: Transaction, code: LocationCode) -> int:
    """The key of a location."""
    return transaction.key(LocationRow.id, LocationRow.code, code, what=f"location {code!r}")


def customer_id(transaction: Transaction, code: CustomerCode) -> int:
    """The key of a customer."""
    return transaction.key(CustomerRow.id, CustomerRow.code, code, what=f"customer {code!r}")


def place_codes(transaction: Transaction) -> dict[int, LocationCode]:
    """The code of every location."""
    found = transaction.session.execute(select(LocationRow.id, LocationRow.code))
    return {key: LocationCode(code) for key, code in found}
