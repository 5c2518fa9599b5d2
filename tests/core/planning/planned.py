"""Planned orders for small books: what promises rest on and nobody has placed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from core.planning.planned import with_planned
from core.planning.snapshot import PLANNED_PURCHASE, PLANNED_TRANSFER, PLANNED_WORK, Planned, Snapshot
from tests.core.planning.books import AS_OF

_KINDS = {"WO": PLANNED_WORK, "PO": PLANNED_PURCHASE, "TO": PLANNED_TRANSFER}


class PlannedRow(NamedTuple):
    """To be placed by `start` and there on `due`, days from the business date, for a line of an order."""

    kind: str
    number: str
    item: str
    quantity: int
    start: int
    due: int
    location: str = ""
    origin: str = ""
    order: str = ""
    line: int = 1


def with_orders(snapshot: Snapshot, rows: Iterable[tuple[Any, ...]]) -> Snapshot:
    """The books with these planned orders; an empty location is the first one."""
    orders = sorted((PlannedRow(*row) for row in rows), key=lambda row: (_KINDS[row.kind], row.number))
    item = {code: n for n, code in enumerate(snapshot.items.code)}
    place = {code: n for n, code in enumerate(snapshot.locations.code)} | {"": 0}

    def ints(values: Iterable[int]) -> Any:
        return np.array(list(values), dtype=np.int32)

    table = Planned(
        kind=np.array([_KINDS[row.kind] for row in orders], dtype=np.int8),
        number=tuple(row.number for row in orders),
        order=tuple(row.order for row in orders),
        line=ints(row.line if row.order else 0 for row in orders),
        item=ints(item[row.item] for row in orders),
        location=ints(place[row.location] for row in orders),
        quantity=np.array([row.quantity for row in orders], dtype=np.int64),
        start=ints(AS_OF + row.start for row in orders),
        due=ints(AS_OF + row.due for row in orders),
        supplier=ints(-1 for _ in orders),
        origin=ints(place[row.origin] if row.origin else -1 for row in orders),
    )
    return with_planned(replace(snapshot, planned=table))
