"""What returns add up to: rates by item, customer and reason, and the history of a unit by its serial number."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sqlalchemy import text

from core.db.transaction import Transaction
from core.domain.ids import CustomerCode, ItemCode
from core.domain.returns import ReturnRate, SerialEvent

# A reason is measured against everything that was delivered, an item or a customer against its own deliveries.
_RATES = text("""
WITH sold AS (
    SELECT CASE :by WHEN 'item' THEN i.code WHEN 'customer' THEN c.code ELSE '' END AS sort, sum(l.delivered) AS units
    FROM sales_order_lines l JOIN sales_orders o ON o.id = l.order_id
    JOIN items i ON i.id = l.item_id JOIN customers c ON c.id = o.customer_id
    WHERE CAST(:since AS date) IS NULL OR o.order_date >= :since GROUP BY 1),
back AS (
    SELECT CASE :by WHEN 'item' THEN i.code WHEN 'customer' THEN c.code ELSE '' END AS sort,
           CASE :by WHEN 'reason' THEN r.reason ELSE '' END AS reason, sum(r.received) AS units
    FROM return_lines r JOIN sales_orders o ON o.id = r.order_id
    JOIN items i ON i.id = r.item_id JOIN customers c ON c.id = o.customer_id
    WHERE CAST(:since AS date) IS NULL OR o.order_date >= :since GROUP BY 1, 2 HAVING sum(r.received) > 0)
SELECT s.sort || COALESCE(b.reason, '') AS name, s.units::bigint, COALESCE(b.units, 0)::bigint
FROM sold s LEFT JOIN back b ON b.sort = s.sort
WHERE s.units > 0 AND (:by <> 'reason' OR b.reason IS NOT NULL)
ORDER BY (s.sort || COALESCE(b.reason, '')) COLLATE "C"
""")

# A unit moves with its serial number in the ledger; shipments and returns say to whom it went and why it came back.
_HISTORY = text("""
SELECT m.moved_on, m.reason, m.reference, f.code, t.code, c.code
FROM serials s JOIN items i ON i.id = s.item_id JOIN move_serials k ON k.serial_id = s.id
JOIN stock_moves m ON m.id = k.move_id
JOIN locations f ON f.id = m.origin_id JOIN locations t ON t.id = m.destination_id
LEFT JOIN sales_orders o ON o.id = m.order_id LEFT JOIN customers c ON c.id = o.customer_id
WHERE i.code = :item AND s.number = :serial ORDER BY m.id
""")


def read_rates(
    transaction: Transaction, by: Literal["item", "customer", "reason"], *, since: date | None
) -> Sequence[ReturnRate]:
    """Delivered and returned units by group; a reason is measured against everything delivered."""
    found = transaction.session.execute(_RATES, {"by": by, "since": since})
    return tuple(ReturnRate(group=group, delivered=delivered, returned=back) for group, delivered, back in found)


def read_history(transaction: Transaction, item: ItemCode, serial: str) -> tuple[SerialEvent, ...]:
    """The moves that carried a unit, oldest first."""
    found = transaction.session.execute(_HISTORY, {"item": item, "serial": serial})
    return tuple(
        SerialEvent(
            on=on,
            event=reason,
            document=document,
            place=f"{origin} -> {destination}",
            customer=CustomerCode(customer) if customer else None,
        )
        for on, reason, document, origin, destination, customer in found
    )
