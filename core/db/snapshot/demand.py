"""Open order lines as columns: their orders looked up, sorted by number and line, with what is held for them."""

from dataclasses import dataclass

import numpy as np

from core.db.snapshot.columns import Columns
from core.db.snapshot.keys import Lookup, in_order, pairs
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


def demand(large: Large, columns: Columns) -> tuple[Demand, Ints] | None:
    """The open lines, and of each the key of its order; None where a line is open whose order was left out as done,
    which happens in books that contradict themselves."""
    headers = _orders(large, columns)
    found = Lookup(headers.id)
    of = found.at(large.longs("line_parent"))
    if int(of.min(initial=0)) < 0:
        return None
    if not bool(headers.ordered.all()):
        of[~headers.ordered[of]] = -1
    line = large.ints("line_no")
    keys = pairs(of, line)
    pick = in_order(keys)
    of, keys = pick(of), pick(keys)
    node = pick(large.longs("line_place"))
    quantity, customer = pick(large.longs("line_quantity")), headers.customer[of]
    lines = Demand(
        order=headers.number.take(of),
        line=pick(line),
        item=columns.item.at(pick(large.longs("line_item"))),
        location=np.where(node > 0, columns.place.at(node), headers.place[of]),
        quantity=quantity,
        due=pick(large.days("line_due")),
        requested=pick(large.days("line_requested")),
        order_date=headers.order_date[of],
        entry=headers.entry[of],
        priority=headers.priority[of],
        price=pick(large.longs("line_price")),
        penalty=columns.longs("customer_penalty")[customer],
        customer=customer,
        held=np.minimum(_held(large, found, keys), quantity),
    )
    return lines, headers.id[of]


def _orders(large: Large, columns: Columns) -> Orders:
    """The orders that were read."""
    numbers = large.texts("order_number", "order_length")
    rows = numbers.ascending()
    return Orders(
        id=large.longs("order_id")[rows],
        number=numbers.take(rows),
        customer=columns.customer.at(large.longs("order_customer"))[rows],
        place=columns.place.at(large.longs("order_place"))[rows],
        order_date=large.days("order_date")[rows],
        entry=large.longs("order_entry")[rows],
        priority=large.ints("order_priority")[rows],
        ordered=large.flags("order_ordered")[rows],
    )


def _held(large: Large, found: Lookup, keys: Ints) -> Ints:
    """Units reserved in stock for each line."""
    units = np.zeros(keys.size, dtype=np.int64)
    wanted = pairs(found.at(large.longs("held_parent")), large.ints("held_line"))
    if keys.size:
        at = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        there = keys[at] == wanted
        np.add.at(units, at[there], large.longs("held_quantity")[there])
    return units
