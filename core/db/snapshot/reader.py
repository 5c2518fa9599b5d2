"""Reading a snapshot: one statement, one binary row, arrays in key order turned into positions."""

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.rows import dict_row

from core.db.snapshot.arrays import read_numpy_arrays
from core.db.snapshot.columns import Columns
from core.db.snapshot.terms import built_instead, claims, item_alternates, item_terms, planned, source_terms
from core.db.snapshot.working import bookings, operation_alternates, operations, work_centers, working_days
from core.domain.errors import NotFoundError
from core.planning.planned import with_planned
from core.planning.snapshot import (
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Bom,
    Demand,
    Items,
    Lanes,
    Locations,
    Parties,
    Snapshot,
    Sources,
    Stock,
    Supply,
    day_number,
)

_STATEMENT = Path(__file__).with_name("columns.sql").read_text(encoding="utf-8").encode()


def read_snapshot(connection: Connection[Any], now: datetime) -> Snapshot:
    """The books as columns, with the quotes not yet expired; NotFoundError when the database holds no company."""
    with connection.cursor(binary=True, row_factory=dict_row) as cursor:
        read_numpy_arrays(cursor)
        row = cursor.execute(_STATEMENT, prepare=True).fetchone()
    if row is None:
        raise NotFoundError("this database holds no company yet; `expediter load DIR` puts one there")
    columns, as_of = Columns(row), day_number(row["as_of"])
    steps = operations(columns)
    books = Snapshot(
        as_of=as_of,
        currency=row["currency"],
        buffer_days=row["buffer_days"],
        items=_items(columns),
        locations=_locations(columns),
        parties=_parties(columns),
        demand=_demand(columns),
        stock=_stock(columns),
        supply=_supply(columns),
        bom=_bom(columns),
        lanes=_lanes(columns),
        sources=_sources(columns),
        item_terms=item_terms(columns),
        source_terms=source_terms(columns),
        alternates=item_alternates(columns),
        built_instead=built_instead(columns),
        work_centers=work_centers(columns, as_of),
        operations=steps,
        operation_alternates=operation_alternates(columns, steps),
        bookings=bookings(columns),
        claims=claims(columns, now),
        planned=planned(columns),
        working_days=working_days(columns, as_of),
    )
    return with_planned(books)


def _items(columns: Columns) -> Items:
    return Items(
        code=columns.texts("item_code"),
        make=columns.flags("item_make"),
        finished_good=columns.flags("item_finished"),
        lead_days=columns.ints("item_lead"),
        safety_stock=columns.longs("item_safety"),
        unit_cost=columns.longs("item_cost"),
    )


def _locations(columns: Columns) -> Locations:
    sites = columns.texts("place_site")
    number = {site: position for position, site in enumerate(sorted(set(sites)))}
    return Locations(
        code=columns.texts("place_code"),
        site=np.array([number[site] for site in sites], dtype=np.int32),
        may_ship=columns.flags("place_ships"),
    )


def _parties(columns: Columns) -> Parties:
    return Parties(
        customer=columns.texts("customer_code"),
        customer_name=columns.texts("customer_name"),
        customer_tier=columns.ints("customer_tier"),
        supplier=columns.texts("supplier_code"),
        supplier_name=columns.texts("supplier_name"),
    )


def _demand(columns: Columns) -> Demand:
    return Demand(
        order=columns.texts("line_order"),
        line=columns.ints("line_no"),
        item=columns.at("line_item", columns.item),
        location=columns.at("line_place", columns.place),
        quantity=columns.longs("line_quantity"),
        due=columns.ints("line_due"),
        requested=columns.ints("line_requested"),
        order_date=columns.ints("line_ordered_on"),
        entry=columns.longs("line_entry"),
        priority=columns.ints("line_priority"),
        price=columns.longs("line_price"),
        penalty=columns.longs("line_penalty"),
        customer=columns.at("line_customer", columns.customer),
        held=columns.longs("line_held"),
    )


def _stock(columns: Columns) -> Stock:
    return Stock(
        item=columns.at("stock_item", columns.item),
        location=columns.at("stock_place", columns.place),
        available=columns.longs("stock_available"),
    )


def _supply(columns: Columns) -> Supply:
    works, buys, moves = (len(columns.longs(f"{name}_item")) for name in ("work", "bought", "moved"))

    def joined(*parts: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate(parts)

    def same(value: int, count: int) -> NDArray[np.int32]:
        return np.full(count, value, dtype=np.int32)

    return Supply(
        kind=joined(same(WORK_ORDER, works), same(PURCHASE_ORDER, buys), same(TRANSFER_ORDER, moves)).astype(np.int8),
        number=(*columns.texts("work_number"), *columns.texts("bought_number"), *columns.texts("moved_number")),
        line=joined(same(1, works), columns.ints("bought_line"), same(1, moves)),
        item=joined(*(columns.at(f"{name}_item", columns.item) for name in ("work", "bought", "moved"))),
        location=joined(*(columns.at(f"{name}_place", columns.place) for name in ("work", "bought", "moved"))),
        quantity=joined(*(columns.longs(f"{name}_quantity") for name in ("work", "bought", "moved"))),
        due=joined(*(columns.ints(f"{name}_due") for name in ("work", "bought", "moved"))),
        start=joined(columns.ints("work_start"), columns.ints("bought_due"), columns.ints("moved_due")),
        supplier=joined(same(-1, works), columns.at("bought_supplier", columns.supplier), same(-1, moves)),
        issued=joined(columns.flags("work_issued"), np.zeros(buys + moves, dtype=np.bool_)),
    )


def _bom(columns: Columns) -> Bom:
    return Bom(
        parent=columns.at("bom_parent", columns.item),
        component=columns.at("bom_component", columns.item),
        per_parent=columns.longs("bom_per_parent"),
    )


def _lanes(columns: Columns) -> Lanes:
    return Lanes(
        origin=columns.at("lane_origin", columns.place),
        destination=columns.at("lane_destination", columns.place),
        days=columns.ints("lane_days"),
        fixed_cost=columns.longs("lane_fixed"),
        unit_cost=columns.longs("lane_unit"),
    )


def _sources(columns: Columns) -> Sources:
    return Sources(
        item=columns.at("source_item", columns.item),
        supplier=columns.at("source_supplier", columns.supplier),
        lead_days=columns.ints("source_lead"),
        price=columns.longs("source_price"),
        minimum=columns.longs("source_minimum"),
        multiple=columns.longs("source_multiple"),
        maximum=columns.longs("source_maximum"),
    )
