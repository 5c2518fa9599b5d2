"""The synthetic book put into a database in seconds: master data through the front door, rows of orders in bulk.

A million order lines through the loader would take most of an hour, as each is checked and its history begun. What the
scans read is the same; books filled like this have no histories, so laws about those do not hold in them.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

import numpy as np

from core.db.loading.statistics import gather_statistics
from core.db.snapshot.arrays import write_numpy_arrays
from evals.bench.book import AS_OF, LINES_AN_ORDER, Book, Lines, Receipts
from evals.bench.book_company import company_of
from evals.bench.stockroom import Stockroom, room_of

_STOCK = """
INSERT INTO stock_balances (item_id, location_id, on_hand, reserved, blocked)
SELECT i.id, l.id, x.units, 0, 0
FROM unnest(%(item)s, %(place)s, %(units)s) AS x(item, place, units) JOIN at_item i ON i.at = x.item
JOIN at_place l ON l.at = x.place"""
_NUMBERED = """
CREATE TEMP TABLE at_item AS SELECT row_number() OVER (ORDER BY code COLLATE "C") - 1 AS at, id FROM items;
CREATE TEMP TABLE at_place AS SELECT row_number() OVER (ORDER BY code COLLATE "C") - 1 AS at, id FROM locations
WHERE NOT virtual;
CREATE TEMP TABLE at_customer AS SELECT row_number() OVER (ORDER BY code COLLATE "C") - 1 AS at, id FROM customers;
CREATE TEMP TABLE at_supplier AS SELECT row_number() OVER (ORDER BY code COLLATE "C") - 1 AS at, id FROM suppliers;
ANALYZE at_item; ANALYZE at_place; ANALYZE at_customer; ANALYZE at_supplier"""
_ORDERS = """
INSERT INTO sales_orders (id, number, customer_id, customer_po, channel, order_date, currency, ship_from_id, priority,
    entry_sequence, state, version, kind, po_key, ship_complete, allow_partial, allow_substitution, minimum_value,
    payment_terms, payment_state)
SELECT x.number + 1, 'SO-' || lpad(x.number::text, 7, '0'), c.id, 'PO ' || x.number, 'edi',
       DATE '1970-01-01' + %(day)s::integer, 'USD', l.id, x.priority, x.number + 1, 'confirmed', 1, 'order',
       'po' || x.number, false, true, false, 0, '', 'open'
FROM unnest(%(number)s, %(customer)s, %(place)s, %(priority)s) AS x(number, customer, place, priority)
JOIN at_customer c ON c.at = x.customer JOIN at_place l ON l.at = x.place"""
_LINES = """
INSERT INTO sales_order_lines (order_id, line, item_id, ordered, shipped, cancelled, unit_price, requested,
    first_promised, promised, state, minimum_shipment, strategy, node_id, delivered, invoiced, returned)
SELECT x.number + 1, x.line, i.id, x.quantity, 0, 0, x.price, DATE '1970-01-01' + x.due::integer,
       DATE '1970-01-01' + x.due::integer, DATE '1970-01-01' + x.due::integer, 'confirmed', 1, 'improve', l.id, 0, 0, 0
FROM unnest(%(number)s, %(line)s, %(item)s, %(place)s, %(quantity)s, %(price)s, %(due)s)
    AS x(number, line, item, place, quantity, price, due)
JOIN at_item i ON i.at = x.item JOIN at_place l ON l.at = x.place"""
_WORKS = """
INSERT INTO work_orders (number, item_id, location_id, ordered, completed, start, due, components_issued, state, stage)
SELECT 'WO-' || lpad(x.number::text, 7, '0'), i.id, l.id, x.quantity, 0, DATE '1970-01-01' + x.start::integer,
       DATE '1970-01-01' + x.due::integer, true, 'open', 'open'
FROM unnest(%(number)s, %(item)s, %(place)s, %(quantity)s, %(start)s, %(due)s)
    AS x(number, item, place, quantity, start, due)
JOIN at_item i ON i.at = x.item JOIN at_place l ON l.at = x.place"""
_PURCHASES = """
INSERT INTO purchase_orders (id, number, supplier_id, order_date, currency, state, stage)
SELECT x.number + 1, 'PO-' || lpad(x.number::text, 7, '0'), s.id, DATE '1970-01-01' + %(day)s::integer, 'USD', 'open',
       'confirmed'
FROM unnest(%(number)s, %(supplier)s) AS x(number, supplier) JOIN at_supplier s ON s.at = x.supplier"""
_PURCHASE_LINES = """
INSERT INTO purchase_order_lines (order_id, line, item_id, location_id, ordered, received, unit_price, due)
SELECT x.number + 1, 1, i.id, l.id, x.quantity, 0, x.price, DATE '1970-01-01' + x.due::integer
FROM unnest(%(number)s, %(item)s, %(place)s, %(quantity)s, %(price)s, %(due)s)
    AS x(number, item, place, quantity, price, due)
JOIN at_item i ON i.at = x.item JOIN at_place l ON l.at = x.place"""


@contextmanager
def filled(book: Book) -> Generator[Stockroom]:
    """A server of its own with the book in it; erased when the block ends."""
    nothing = np.zeros(0, dtype=np.int64)
    masters = replace(
        book,
        lines=Lines(**{column.name: nothing for column in fields(Lines)}),
        receipts=Receipts(**{one.name: nothing for one in fields(Receipts) if one.name != "made"}, made=nothing > 0),
        stock_item=nothing,
        stock_location=nothing,
        stock_units=nothing,
    )
    with room_of(company_of(masters)) as room:
        with room.server.superuser(room.database) as connection:
            fill(connection, book)
        gather_statistics(room.urls)
        yield room


def fill(connection: Any, book: Book) -> None:
    """Stock and orders of the book into a database that holds its master data; needs a superuser, in autocommit."""
    write_numpy_arrays(connection)
    connection.execute("SET session_replication_role = replica")
    connection.execute(_NUMBERED)
    connection.execute(_STOCK, {"item": book.stock_item, "place": book.stock_location, "units": book.stock_units})
    _sales(connection, book)
    _supply(connection, book)
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM ANALYZE")


def _sales(connection: Any, book: Book) -> None:
    lines = book.lines
    first = np.flatnonzero(np.diff(lines.order, prepend=-1))
    orders = {"number": lines.order, "customer": lines.customer, "place": lines.location, "priority": lines.priority}
    connection.execute(_ORDERS, {name: column[first] for name, column in orders.items()} | {"day": AS_OF - 7})
    connection.execute(
        _LINES,
        {
            "number": lines.order,
            "line": np.arange(lines.order.size) % LINES_AN_ORDER + 1,
            "item": lines.item,
            "place": lines.location,
            "quantity": lines.quantity,
            "price": lines.price,
            "due": lines.due,
        },
    )


def _supply(connection: Any, book: Book) -> None:
    made = book.receipts.made
    for statement, kept in ((_WORKS, made), (_PURCHASES, ~made), (_PURCHASE_LINES, ~made)):
        item, due = book.receipts.item[kept], book.receipts.due[kept]
        supplier = book.supplier[np.maximum(item - book.shape.made, 0)]
        columns = {
            "number": np.arange(item.size),
            "item": item,
            "place": book.receipts.location[kept],
            "quantity": book.receipts.quantity[kept],
            "start": due - book.lead[item],
            "due": due,
            "supplier": supplier,
            "price": book.cost[item],
            "day": AS_OF - 7,
        }
        connection.execute(statement, columns)
