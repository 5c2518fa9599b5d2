"""Stock and open work, purchase and transfer orders as columns, sorted by their keys."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.db.snapshot.columns import Columns
from core.db.snapshot.keys import Lookup, in_order, pairs, taking
from core.db.snapshot.large import Large
from core.planning.buffers import buffered
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER, Ints, Stock, Supply
from core.planning.texts import Texts


def stock(large: Large, columns: Columns) -> Stock:
    """Balances of places that are not virtual."""
    item, place = large.at("stock_item", columns.item), large.at("stock_place", columns.place)
    keys = pairs(item, place)
    keys[place < 0] = -1
    pick = in_order(keys)
    return Stock(item=pick(item), location=pick(place), available=pick(large.longs("stock_available")))


def supply(large: Large, columns: Columns, *, keyed: bool) -> tuple[Supply, Ints]:
    """Receipts on order, and if `keyed` of each the key of its order among those of its kind."""
    parts = (_works(large, columns), _purchases(large, columns), _transfers(large, columns))

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part, _ in parts])

    names = ("kind", "line", "item", "location", "quantity", "due", "start", "supplier", "issued")
    columns_joined = {name: joined(name) for name in names}
    table = Supply(number=Texts.joined(part.number for part, _ in parts), **columns_joined)
    return table, np.concatenate([keys if keyed else keys[:0] for _, keys in parts])


def _works(large: Large, columns: Columns) -> tuple[Supply, Ints]:
    numbers = large.texts("work_number", "work_length")
    rows = numbers.ascending()
    pick = taking(rows)
    return Supply(
        kind=np.full(rows.size, WORK_ORDER, dtype=np.int8),
        number=numbers.take(rows),
        line=_same(1, rows.size),
        item=pick(large.at("work_item", columns.item)),
        location=pick(large.at("work_place", columns.place)),
        quantity=pick(large.longs("work_quantity")),
        due=pick(large.days("work_due")),
        start=pick(large.days("work_start")),
        supplier=_same(-1, rows.size),
        issued=pick(large.flags("work_issued")),
    ), pick(large.longs("work_id"))


def _purchases(large: Large, columns: Columns) -> tuple[Supply, Ints]:
    numbers = large.texts("purchase_number", "purchase_length")
    rows = numbers.ascending()
    ids = large.longs("purchase_id")[rows]
    of, line = large.at("bought_parent", Lookup(ids)), large.ints("bought_line")
    pick = in_order(pairs(of, line))
    of, due = pick(of), pick(large.days("bought_due"))
    bought = Supply(
        kind=np.full(of.size, PURCHASE_ORDER, dtype=np.int8),
        number=numbers.take(rows[of]),
        line=pick(line),
        item=pick(large.at("bought_item", columns.item)),
        location=pick(large.at("bought_place", columns.place)),
        quantity=pick(large.longs("bought_quantity")),
        due=due,
        start=due,
        supplier=large.at("purchase_supplier", columns.supplier)[rows][of],
        issued=np.zeros(of.size, dtype=np.bool_),
    )
    return buffered(bought, columns.buffer), ids[of]


def _transfers(large: Large, columns: Columns) -> tuple[Supply, Ints]:
    numbers = large.texts("moved_number", "moved_length")
    rows = numbers.ascending()
    pick = taking(rows)
    due = pick(large.days("moved_due"))
    return Supply(
        kind=np.full(rows.size, TRANSFER_ORDER, dtype=np.int8),
        number=numbers.take(rows),
        line=_same(1, rows.size),
        item=pick(large.at("moved_item", columns.item)),
        location=pick(large.at("moved_place", columns.place)),
        quantity=pick(large.longs("moved_quantity")),
        due=due,
        start=due,
        supplier=_same(-1, rows.size),
        issued=np.zeros(rows.size, dtype=np.bool_),
    ), pick(large.longs("moved_id"))


def _same(value: int, count: int) -> NDArray[np.int32]:
    return np.full(count, value, dtype=np.int32)
