"""Open order lines as columns: their orders looked up, sorted by number and line, with what is held for them."""

from dataclasses import dataclass

import numpy as np

from core.db.snapshot.columns import Columns
from core.db.snapshot.keys import Lookup, in_order, pairs, taking
from core.db.snapshot.large import Large
from core.planning.snapshot import Demand, Flags, Ints, Positions
from core.planning.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Headers of sales orders and quotes, sorted by number; customers and places are positions."""

    id: Ints
    number: Texts
    customer: Positions
    place: Positions
    order_date: Positions
    entry: Ints
    priority: Positions
    ordered: Flags


def demand(large: Large, columns: Columns, *, keyed: bool) -> tuple[Demand, Ints] | None:
    """The open lines, and if `keyed` of each the key of its order; None where a line is open whose order was left out
    as done, which happens in books that contradict themselves."""
    headers = _orders(large, columns)
    found = Lookup(headers.id)
    of = large.at("line_parent", found)
    if int(of.min(initial=0)) < 0:
        return None
    if not bool(headers.ordered.all()):
        of[~headers.ordered[of]] = -1
    line = large.ints("line_no")
    pick = in_order(pairs(of, line))
    of, line = pick(of), pick(line)
    item, location = pick(large.at("line_item", columns.item)), pick(large.at("line_place", columns.place))
    # A line without a place of its own has the key 0, which no place has.
    quantity, customer = pick(large.longs("line_quantity")), headers.customer[of]
    lines = Demand(
        order=headers.number.take(of),
        line=line,
        item=item,
        location=np.where(location >= 0, location, headers.place[of]),
        quantity=quantity,
        due=pick(large.days("line_due")),
        requested=pick(large.days("line_requested")),
        order_date=headers.order_date[of],
        entry=headers.entry[of],
        priority=headers.priority[of],
        price=pick(large.longs("line_price")),
        penalty=columns.longs("customer_penalty")[customer],
        customer=customer,
        held=_held(large, found, of, line, quantity=quantity),
    )
    return lines, headers.id[of if keyed else of[:0]]


def _orders(large: Large, columns: Columns) -> Orders:
    """The orders that were read."""
    numbers = large.texts("order_number", "order_length")
    rows = numbers.ascending()
    pick = taking(rows)
    return Orders(
        id=pick(large.longs("order_id")),
        number=numbers.take(rows),
        customer=pick(large.at("order_customer", columns.customer)),
        place=pick(large.at("order_place", columns.place)),
        order_date=pick(large.days("order_date")),
        entry=pick(large.longs("order_entry")),
        priority=pick(large.ints("order_priority")),
        ordered=pick(large.flags("order_ordered")),
    )


def _held(large: Large, found: Lookup, of: Positions, line: Positions, *, quantity: Ints) -> Ints:
    """Units reserved in stock for each line (order and number, sorted), at most what it asks for."""
    units = np.zeros(of.size, dtype=np.int64)
    wanted = pairs(large.at("held_parent", found), large.ints("held_line"))
    held = large.longs("held_quantity")
    if units.size and wanted.size:
        keys = pairs(of, line)
        at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        there = keys[at] == wanted
        np.add.at(units, at[there], held[there])
        np.minimum(units, quantity, out=units)
    return units
