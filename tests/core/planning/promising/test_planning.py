"""Planned orders that promises rest on count as placed when the next is promised."""

from dataclasses import replace

import numpy as np

from core.planning.promising import open_book, promise
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER, Planned, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask, dates


def with_planned(
    snapshot: Snapshot, kind: int, item: int, place: int, units: int, *, days: tuple[int, int], origin: int = -1
) -> Snapshot:
    table = Planned(
        kind=np.array([kind], dtype=np.int8),
        number=("PP-1",),
        item=np.array([item], dtype=np.int32),
        location=np.array([place], dtype=np.int32),
        quantity=np.array([units], dtype=np.int64),
        start=np.array([AS_OF + days[0]], dtype=np.int32),
        due=np.array([AS_OF + days[1]], dtype=np.int32),
        supplier=np.array([-1], dtype=np.int32),
        origin=np.array([origin], dtype=np.int32),
    )
    return replace(snapshot, planned=table)


def test_a_planned_purchase_is_there_on_its_day() -> None:
    snapshot = with_planned(book(items=[("A",)]), PURCHASE_ORDER, 0, 0, 7, days=(0, 4))

    assert dates(promise(open_book(snapshot), ask(7))) == [(4, 7)]


def test_a_planned_work_order_takes_its_components() -> None:
    plain = book(items=[("A", True, 2), ("B",)], bom=[("A", "B")], stock=[("B", 10)])
    snapshot = with_planned(plain, WORK_ORDER, 0, 0, 6, days=(1, 3))

    assert dates(promise(open_book(snapshot), ask(10, item="B"))) == [(0, 4)]


def test_a_planned_transfer_leaves_where_it_comes_from() -> None:
    plain = book(
        items=[("A",)],
        locations=[("MAIN", "ONE"), ("OTHER", "TWO")],
        stock=[("A", 10, "OTHER")],
        lanes=[("OTHER", "MAIN", 2)],
    )
    snapshot = with_planned(plain, TRANSFER_ORDER, 0, 0, 6, days=(1, 3), origin=1)

    assert dates(promise(open_book(snapshot), ask(10, item="A", location="OTHER"))) == [(0, 4)]
    assert dates(promise(open_book(snapshot), ask(6, 3))) == [(3, 6)]
