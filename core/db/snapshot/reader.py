"""Reading a snapshot: one statement, whose columns become arrays, its keys positions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from psycopg import Connection
from psycopg.rows import dict_row

from core.db.snapshot.arrays import read_numpy_arrays
from core.db.snapshot.columns import Columns
from core.db.snapshot.demand import demand
from core.db.snapshot.feed import Seen, seen_in
from core.db.snapshot.keys import in_order, pairs
from core.db.snapshot.large import Large
from core.db.snapshot.statements import Statement
from core.db.snapshot.supply import stock, supply
from core.db.snapshot.terms import built_instead, claims, item_alternates, item_terms, planned, source_terms
from core.db.snapshot.working import bookings, operation_alternates, operations, work_centers, working_days
from core.domain.errors import NotFoundError
from core.planning.planned import with_planned
from core.planning.snapshot import (
    Bom,
    Demand,
    Ints,
    Items,
    Lanes,
    Locations,
    Parties,
    Snapshot,
    Sources,
    Supply,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One reading: the snapshot with every quote and without planned orders, and of each row of its demand and supply
    the key of its order; `columns` are the small tables and `seen` what of the feed is in it, if that was asked."""

    snapshot: Snapshot
    order_keys: Ints
    supply_keys: Ints
    columns: Columns
    seen: Seen | None = None


def read_snapshot(connection: Connection[Any], now: datetime) -> Snapshot:
    """The books as columns, with the quotes not yet expired; NotFoundError when the database holds no company."""
    books = read_books(connection)
    return with_planned(replace(books.snapshot, claims=claims(books.columns, now)))


def read_books(connection: Connection[Any], *, since: int | None = None) -> Books:
    """All of the books; with `since`, which changes of the feed are in it too. NotFoundError as above."""
    whole, with_done = Statement.ALL, Statement.ALL_WITH_DONE
    if since is not None:
        whole, with_done = Statement.FOLLOWED, Statement.FOLLOWED_WITH_DONE
    row, large = read_statement(connection, whole, {} if since is None else {"since": since})
    columns = _columns(row)
    lines = demand(large, columns)
    if lines is None:
        row, large = read_statement(connection, with_done, {} if since is None else {"since": since})
        columns = _columns(row)
        lines = demand(large, columns)
    assert lines is not None, "a line refers to an order"
    receipts, supply_keys = supply(large, columns)
    snapshot = _snapshot(columns, large, lines[0], receipts)
    seen = None if since is None else seen_in(large)
    return Books(snapshot=snapshot, order_keys=lines[1], supply_keys=supply_keys, columns=columns, seen=seen)


def read_statement(
    connection: Connection[Any], statement: Statement, asked: Mapping[str, object]
) -> tuple[dict[str, Any], Large]:
    """The row of small tables and the columns of the large ones."""
    with connection.cursor(binary=True, row_factory=dict_row) as cursor:
        read_numpy_arrays(cursor)
        cursor.execute(statement.value, asked or None, prepare=True)
        result = cursor.pgresult
        assert result is not None
        rows = {(result.get_value(row, 0) or b"").decode(): row for row in range(result.ntuples)}
        cursor.scroll(rows["small"], mode="absolute")
        small = cursor.fetchone()
        columns = {name: result.get_value(row, 1) or b"" for name, row in rows.items()}
    assert small is not None
    return small, Large(columns)


def moved_with(snapshot: Snapshot, columns: Columns) -> Snapshot:
    """The snapshot with the small tables of daily business: substitutes, bookings, overtime and planned orders."""
    return replace(
        snapshot,
        built_instead=built_instead(columns),
        work_centers=work_centers(columns, columns.as_of),
        bookings=bookings(columns),
        planned=planned(columns),
    )


def _columns(row: dict[str, Any]) -> Columns:
    if row["as_of"] is None:
        raise NotFoundError("this database holds no company yet; `expediter load DIR` puts one there")
    return Columns(row)


def _snapshot(columns: Columns, large: Large, lines: Demand, receipts: Supply) -> Snapshot:
    as_of = columns.as_of
    steps = operations(columns)
    return Snapshot(
        as_of=as_of,
        currency=columns.currency,
        buffer_days=columns.buffer_days,
        items=_items(columns),
        locations=_locations(columns),
        parties=_parties(columns),
        demand=lines,
        stock=stock(large, columns),
        supply=receipts,
        bom=_bom(large, columns),
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
        planned=planned(columns),
        working_days=working_days(columns, as_of),
    )


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


def _bom(large: Large, columns: Columns) -> Bom:
    parent, component = (columns.item.at(large.longs(name)) for name in ("bom_parent", "bom_component"))
    pick = in_order(pairs(parent, component))
    return Bom(parent=pick(parent), component=pick(component), per_parent=pick(large.longs("bom_per_parent")))


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
