"""Reading a snapshot: one statement, whose columns become arrays, its keys positions, while it is still read."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from psycopg import Connection

from core.db.snapshot.arrays import read_numpy_arrays
from core.db.snapshot.columns import Columns
from core.db.snapshot.demand import demand
from core.db.snapshot.feed import Seen, seen_in
from core.db.snapshot.keys import in_order, pairs
from core.db.snapshot.large import Large
from core.db.snapshot.masters import Catalogue, catalogue, soonest, sources
from core.db.snapshot.statements import SMALL, Statement
from core.db.snapshot.supply import stock, supply
from core.db.snapshot.terms import built_instead, claims, item_alternates, planned
from core.db.snapshot.working import bookings, operation_alternates, operations, work_centers, working_days
from core.domain.errors import NotFoundError
from core.planning.planned import with_planned
from core.planning.snapshot import Bom, Ints, Lanes, Locations, Parties, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One reading: the snapshot with every quote and without planned orders, and `columns`, the small tables. If that
    was asked `seen` is what of the feed is in it, with the key of its order for each row of its demand and supply."""

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
    asked = None if since is None else {"since": since}
    books = _read(connection, whole, asked) or _read(connection, with_done, asked)
    assert books is not None, "a line refers to an order"
    return books


@contextmanager
def reading(
    connection: Connection[Any], statement: Statement, asked: Mapping[str, object] | None
) -> Generator[tuple[dict[str, Any], Large]]:
    """The row of small tables, and the columns of the large ones as the database hands them out, in any order."""
    with connection.cursor(binary=True) as cursor:
        read_numpy_arrays(cursor)
        rows = cursor.stream(statement.value, asked)
        try:
            before = list[tuple[str, int, bytes]]()
            while (row := next(rows))[0] != SMALL:
                before.append((row[0], row[1], row[2] or b""))
            names = [column.name for column in cursor.description or ()]
            parts = chain(before, ((name, size, part or b"") for name, size, part, *_ in rows))
            yield dict(zip(names, row, strict=True)), Large(parts)
        finally:
            # To the end: cutting the statement short would abort the transaction.
            for _ in rows:
                pass


def moved_with(snapshot: Snapshot, columns: Columns) -> Snapshot:
    """The snapshot with the small tables of daily business: substitutes, bookings, overtime and planned orders."""
    return replace(
        snapshot,
        built_instead=built_instead(columns),
        work_centers=work_centers(columns, columns.as_of),
        bookings=bookings(columns),
        planned=planned(columns),
    )


def _read(connection: Connection[Any], statement: Statement, asked: Mapping[str, object] | None) -> Books | None:
    """The books, in the order in which the statement has their columns; None where a line is open whose order was left
    out."""
    with reading(connection, statement, asked) as (row, large):
        if row["as_of"] is None:
            raise NotFoundError("this database holds no company yet; `expediter load DIR` puts one there")
        found = catalogue(large)
        columns = Columns(row, found.at)
        company = _company(columns, large, found)
        receipts, supply_keys = supply(large, columns, keyed=statement.follows)
        in_stock = stock(large, columns)
        lines = demand(large, columns, keyed=statement.follows)
        if lines is None:
            return None
        return Books(
            snapshot=company(demand=lines[0], stock=in_stock, supply=receipts),
            order_keys=lines[1],
            supply_keys=supply_keys,
            columns=columns,
            seen=seen_in(large) if statement.follows else None,
        )


def _company(columns: Columns, large: Large, found: Catalogue) -> partial[Snapshot]:
    """A snapshot but for what is ordered and in stock."""
    as_of = columns.as_of
    offers, terms = sources(large, columns)
    steps = operations(large, columns)
    return partial(
        Snapshot,
        as_of=as_of,
        currency=columns.currency,
        buffer_days=columns.buffer_days,
        items=replace(found.items, lead_days=soonest(found.items.make, found.items.lead_days, offers)),
        locations=_locations(columns),
        parties=_parties(columns),
        bom=_bom(large, columns),
        lanes=_lanes(columns),
        sources=offers,
        item_terms=found.terms,
        source_terms=terms,
        alternates=item_alternates(columns),
        built_instead=built_instead(columns),
        work_centers=work_centers(columns, as_of),
        operations=steps,
        operation_alternates=operation_alternates(columns, steps),
        bookings=bookings(columns),
        planned=planned(columns),
        working_days=working_days(columns, as_of),
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
        supplier_buffer=columns.buffer,
    )


def _bom(large: Large, columns: Columns) -> Bom:
    parent, component = (large.at(name, columns.item) for name in ("bom_parent", "bom_component"))
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
