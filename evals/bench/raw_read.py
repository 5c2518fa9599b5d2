"""The baseline of a scan: the columns it needs, read raw as arrays, with nothing joined, sorted or worked out."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql

_TABLES = {
    "sales_order_lines": "order_id line item_id node_id ordered shipped cancelled promised requested unit_price state"
    " held_from",
    "sales_orders": "id number customer_id ship_from_id order_date entry_sequence priority kind state",
    "reservations": "order_id line quantity taken kind state",
    "stock_balances": "item_id location_id on_hand reserved blocked",
    "work_orders": "id number item_id location_id ordered completed due start components_issued state",
    "purchase_orders": "id number supplier_id state",
    "purchase_order_lines": "order_id line item_id location_id ordered confirmed received due",
    "transfer_orders": "id number item_id destination_id quantity received lost due state",
    "items": "id code make finished_good lead_time_days safety_stock standard_cost minimum_lot lot_multiple maximum_lot"
    " safety_days planning_fence_days phantom",
    "locations": "id code site may_ship calendar virtual",
    "customers": "id code name tier late_penalty_percent",
    "suppliers": "id code name approved active",
    "bom_components": "parent_id component_id quantity_per scrap valid_from valid_to",
    "lanes": "origin_id destination_id days fixed_cost unit_cost",
    "supplier_items": "item_id supplier_id lead_time_days unit_price minimum_order multiple maximum_order priority"
    " safety_days weekly_capacity valid_from valid_to",
    "operations": "item_id sequence work_center setup_minutes unit_minutes yield_percent",
    "planned_orders": "kind number item_id location_id quantity start due supplier_id origin_id",
    "capacity_bookings": "order_id work_center day minutes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRead:
    """Seconds from the question to the last byte, the rows read and the bytes they took."""

    seconds: float
    rows: int
    bytes: int


def raw_read(connection: psycopg.Connection[Any]) -> RawRead:
    """Read the columns once, a statement a table, as binary arrays nobody looks into.

    By one process of the server, as arrays that several have gathered take longer to put together than to read.
    """
    rows = size = 0
    with connection.transaction(), connection.cursor(binary=True) as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        began = perf_counter()
        for table, columns in _TABLES.items():
            arrays = sql.SQL(", ").join(
                sql.SQL("array_agg({})").format(sql.Identifier(name)) for name in columns.split()
            )
            asked = sql.SQL("SELECT count(*), {} FROM {}").format(arrays, sql.Identifier(table))
            result = cursor.execute(asked).pgresult
            assert result is not None
            rows += int.from_bytes(result.get_value(0, 0) or b"", "big")
            size += sum(len(result.get_value(0, column) or b"") for column in range(1, result.nfields))
        return RawRead(seconds=perf_counter() - began, rows=rows, bytes=size)
