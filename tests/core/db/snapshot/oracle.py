"""The reading that the bulk reader replaced: everything joined and sorted by PostgreSQL, then a Python step a value."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection
from psycopg.rows import dict_row

from core.planning import snapshot as columns
from core.planning.snapshot import day_number

_STATEMENT = Path(__file__).with_name("oracle.sql").read_text(encoding="utf-8").encode()


def read_plainly(connection: Connection[Any]) -> dict[str, object]:
    """Demand, stock, supply (without planned orders) and bills of materials."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(_STATEMENT).fetchone()
    assert row is not None
    at: _At = {kind: {key: n for n, key in enumerate(row[f"{kind}_id"] or [])} for kind in _KINDS}
    return {"demand": _demand(row, at), "stock": _stock(row, at), "supply": _supply(row, at), "bom": _bom(row, at)}


_KINDS = ("item", "place", "customer", "supplier")
_At = dict[str, dict[int, int]]


def _demand(row: dict[str, Any], at: _At) -> columns.Demand:
    return columns.Demand(
        order=tuple(row["line_order"] or ()),
        line=_ints(row["line_no"]),
        item=_places(row["line_item"], at["item"]),
        location=_places(row["line_place"], at["place"]),
        quantity=_longs(row["line_quantity"]),
        due=_days(row["line_due"]),
        requested=_days(row["line_requested"]),
        order_date=_days(row["line_ordered_on"]),
        entry=_longs(row["line_entry"]),
        priority=_ints(row["line_priority"]),
        price=_longs(row["line_price"]),
        penalty=_longs(row["line_penalty"]),
        customer=_places(row["line_customer"], at["customer"]),
        held=_longs(row["line_held"]),
    )


def _stock(row: dict[str, Any], at: _At) -> columns.Stock:
    return columns.Stock(
        item=_places(row["stock_item"], at["item"]),
        location=_places(row["stock_place"], at["place"]),
        available=_longs(row["stock_available"]),
    )


def _supply(row: dict[str, Any], at: _At) -> columns.Supply:
    kinds = ("work", "bought", "moved")
    counts = [len(row[f"{kind}_item"] or ()) for kind in kinds]
    works, buys, moves = counts

    def every(name: str) -> list[Any]:
        return [value for kind in kinds for value in row.get(f"{kind}_{name}") or ()]

    return columns.Supply(
        kind=np.repeat(np.array([1, 2, 3], dtype=np.int8), counts),
        number=tuple(every("number")),
        line=_ints([1] * works + list(row["bought_line"] or ()) + [1] * moves),
        item=_places(every("item"), at["item"]),
        location=_places(every("place"), at["place"]),
        quantity=_longs(every("quantity")),
        due=_days(every("due")),
        start=_days([*(row["work_start"] or ()), *(row["bought_due"] or ()), *(row["moved_due"] or ())]),
        supplier=_ints([-1] * works + [at["supplier"][key] for key in row["bought_supplier"] or ()] + [-1] * moves),
        issued=np.array([*(row["work_issued"] or ()), *[False] * (buys + moves)], dtype=np.bool_),
    )


def _bom(row: dict[str, Any], at: _At) -> columns.Bom:
    return columns.Bom(
        parent=_places(row["bom_parent"], at["item"]),
        component=_places(row["bom_component"], at["item"]),
        per_parent=_longs(row["bom_per_parent"]),
    )


def _places(keys: Iterable[int] | None, at: dict[int, int]) -> NDArray[np.int32]:
    return _ints([at.get(key, -1) for key in keys or ()])


def _ints(values: Iterable[int] | None) -> NDArray[np.int32]:
    return np.array(list(values or ()), dtype=np.int32)


def _days(values: Iterable[Any] | None) -> NDArray[np.int32]:
    return _ints([day_number(value) for value in values or ()])


def _longs(values: Iterable[int] | None) -> NDArray[np.int64]:
    return np.array(list(values or ()), dtype=np.int64)
