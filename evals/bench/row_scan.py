"""The rows of the database for the scan in plain Python, read as rows are usually read."""

from typing import Any

from evals.bench.python_scan import Line, Receipt, Rows, Standing, scan
from evals.bench.sql_scan import Late

_LINES = """
SELECT o.number, x.line, x.item_id, COALESCE(x.node_id, o.ship_from_id), x.ordered - x.shipped - x.cancelled,
       COALESCE(x.promised, x.requested) - DATE '1970-01-01', o.order_date - DATE '1970-01-01', o.priority
FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
WHERE x.ordered > x.shipped + x.cancelled AND o.kind = 'order' AND x.state NOT IN ('draft', 'validated')
ORDER BY o.number COLLATE "C", x.line"""
_WORKS = """
SELECT item_id, location_id, ordered - completed, due - DATE '1970-01-01', start - DATE '1970-01-01',
       NOT components_issued
FROM work_orders WHERE state = 'open' AND ordered > completed ORDER BY number COLLATE "C" """
_PURCHASES = """
SELECT x.item_id, x.location_id, COALESCE(x.confirmed, x.ordered) - x.received, x.due - DATE '1970-01-01',
       x.due - DATE '1970-01-01', false
FROM purchase_order_lines x JOIN purchase_orders o ON o.id = x.order_id
WHERE o.state = 'open' AND COALESCE(x.confirmed, x.ordered) > x.received ORDER BY o.number COLLATE "C", x.line"""
_STOCK = "SELECT item_id, location_id, on_hand - reserved - blocked FROM stock_balances"
_PARTS = """
SELECT x.parent_id, x.component_id, ceil(x.quantity_per / (1 - x.scrap) * 1000000)::bigint
FROM bom_components x JOIN items i ON i.id = x.component_id WHERE x.closed IS NULL ORDER BY i.code COLLATE "C" """
_ITEMS = """
SELECT i.id, CASE WHEN i.make THEN i.lead_time_days ELSE COALESCE(b.days, i.lead_time_days) END, i.make,
       i.make OR b.days IS NOT NULL
FROM items i LEFT JOIN (
    SELECT x.item_id, min(x.lead_time_days) AS days FROM supplier_items x JOIN suppliers u ON u.id = x.supplier_id
    WHERE u.approved AND u.active AND u.closed IS NULL AND x.closed IS NULL GROUP BY x.item_id) b ON b.item_id = i.id
ORDER BY i.code COLLATE "C" """
_PLACES = 'SELECT id FROM locations ORDER BY code COLLATE "C"'
_STATES = {"late": 1, "uncovered": 2}


def row_scan(connection: Any) -> list[Late]:
    """The late list, read and computed row by row."""
    return [_late(at, one) for at, one in enumerate(scan(read(connection))) if one.state != "on time"]


def _late(at: int, one: Standing) -> Late:
    return Late(at, _STATES[one.state], one.short, one.available)


def read(connection: Any) -> Rows:
    """The books as rows."""
    items = connection.execute(_ITEMS).fetchall()
    item = {row[0]: at for at, row in enumerate(items)}
    place = {row[0]: at for at, row in enumerate(connection.execute(_PLACES).fetchall())}
    as_of = connection.execute("SELECT as_of - DATE '1970-01-01' FROM settings").fetchone()
    assert as_of is not None, "the books are loaded before they are scanned"
    parts = dict[int, list[tuple[int, int]]]()
    for parent, part, per in connection.execute(_PARTS):
        parts.setdefault(item[parent], []).append((item[part], per))
    receipts = (*connection.execute(_WORKS).fetchall(), *connection.execute(_PURCHASES).fetchall())
    return Rows(
        as_of=as_of[0],
        lines=[
            Line(order, line, item[what], place[where], *rest)
            for order, line, what, where, *rest in connection.execute(_LINES)
        ],
        receipts=[Receipt(item[what], place[where], *rest) for what, where, *rest in receipts],
        stock={(item[what], place[where]): units for what, where, units in connection.execute(_STOCK)},
        parts=parts,
        lead=[row[1] for row in items],
        made=[row[2] for row in items],
        obtainable=[row[3] for row in items],
    )
