"""The bare read: every stored column a scan needs, as PostgreSQL hands it out fastest, without a join or an order."""

from typing import Any

from core.db.snapshot.arrays import read_numpy_arrays

_TABLES = (
    """SELECT array_agg(order_id), array_agg(line), array_agg(item_id), array_agg(node_id),
              array_agg(ordered - shipped - cancelled), array_agg(promised), array_agg(requested),
              array_agg((unit_price * 10000)::bigint)
       FROM sales_order_lines WHERE ordered > shipped + cancelled""",
    """SELECT array_agg(id), array_agg(number), array_agg(ship_from_id), array_agg(order_date),
              array_agg(entry_sequence), array_agg(priority), array_agg(customer_id)
       FROM sales_orders WHERE kind = 'order'""",
    "SELECT array_agg(item_id), array_agg(location_id), array_agg(on_hand - reserved - blocked) FROM stock_balances",
    """SELECT array_agg(number), array_agg(item_id), array_agg(location_id), array_agg(ordered - completed),
              array_agg(due), array_agg(start), array_agg(components_issued)
       FROM work_orders WHERE state = 'open'""",
    """SELECT array_agg(order_id), array_agg(line), array_agg(item_id), array_agg(location_id),
              array_agg(COALESCE(confirmed, ordered) - received), array_agg(due)
       FROM purchase_order_lines""",
    "SELECT array_agg(id), array_agg(number), array_agg(supplier_id) FROM purchase_orders WHERE state = 'open'",
    """SELECT array_agg(parent_id), array_agg(component_id), array_agg((quantity_per * 1000000)::bigint)
       FROM bom_components""",
    """SELECT array_agg(id), array_agg(code), array_agg(make), array_agg(lead_time_days), array_agg(safety_stock)
       FROM items""",
    """SELECT array_agg(item_id), array_agg(supplier_id), array_agg(lead_time_days),
              array_agg((unit_price * 10000)::bigint)
       FROM supplier_items""",
)


def bare_read(connection: Any) -> list[tuple[Any, ...]]:
    """The columns of each table, numbers as numpy arrays, text as lists.

    By one process of the server: arrays that several have gathered take longer to put together than to read.
    """
    found = list[tuple[Any, ...]]()
    with connection.cursor(binary=True) as cursor:
        read_numpy_arrays(cursor)
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        for statement in _TABLES:
            row = cursor.execute(statement, prepare=True).fetchone()
            assert row is not None, "an aggregate over all rows is one row"
            found.append(row)
        cursor.execute("RESET max_parallel_workers_per_gather")
    return found
