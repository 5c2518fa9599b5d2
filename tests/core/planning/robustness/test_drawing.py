"""Scenarios: when purchase orders come."""

import numpy as np

from core.planning.robustness.drawing import Chances, bought, drawn_days, uncertain
from core.planning.robustness.lateness import SupplierLateness, lateness_of
from core.planning.robustness.pooled import POOL
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book

_LATE = lateness_of([(1, 0), (2, 500_000), (10, 1_000_000)])


def _books(*supply: tuple[object, ...]) -> Snapshot:
    return book(items=[("SEAL",), ("PUMP", True)], supply=supply, suppliers=["V1", "V2"])


def test_purchase_orders_come_from_suppliers_and_nothing_else_does() -> None:
    books = _books(("PO", "P1", "SEAL", 4, 3), ("WO", "W1", "PUMP", 4, 3), ("TO", "T1", "SEAL", 1, 3))

    assert [books.supply.number[at] for at in np.flatnonzero(bought(books)).tolist()] == ["P1"]


def test_every_supplier_is_late_in_its_own_way() -> None:
    books = _books(("PO", "P1", "SEAL", 4, 3, "", None, "V1"), ("PO", "P2", "SEAL", 4, 3, "", None, "V2"))
    punctual = lateness_of([(-1, 0), (0, 1_000_000)])
    chances = Chances(lateness=SupplierLateness(pool=punctual, suppliers={"V1": _LATE}), scenarios=200)

    days = drawn_days(books, np.array([0, 1]), chances) - AS_OF

    assert days[0].min() == 5
    assert days[0].max() == 13
    assert set(days[1].tolist()) == {3}


def test_an_overdue_order_has_not_come_before_today() -> None:
    books = _books(("PO", "P1", "SEAL", 4, -6))

    days = drawn_days(books, np.array([0]), Chances(lateness=SupplierLateness(pool=_LATE), scenarios=200)) - AS_OF

    assert sorted(set(days[0].tolist())) == [0, 1, 2, 3, 4]


def test_an_order_meets_the_same_scenarios_whatever_else_is_drawn() -> None:
    alone = _books(("PO", "P2", "SEAL", 4, 3))
    beside = _books(("PO", "P1", "SEAL", 4, 3), ("PO", "P2", "SEAL", 4, 3))
    chances = Chances(lateness=SupplierLateness(pool=_LATE), scenarios=50)

    assert (
        drawn_days(alone, np.array([0]), chances)[0].tolist()
        == drawn_days(beside, np.array([0, 1]), chances)[1].tolist()
    )


def test_another_seed_throws_other_dice() -> None:
    books = _books(("PO", "P1", "SEAL", 4, 3))
    one, same, other = (
        drawn_days(books, np.array([0]), Chances(lateness=SupplierLateness(pool=_LATE), seed=seed))
        for seed in (1, 1, 2)
    )

    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()


def test_orders_of_one_supplier_slip_together_and_each_as_often_as_alone() -> None:
    books = _books(
        *(("PO", f"P{n}", "SEAL", 4, 3, "", None, supplier) for n, supplier in enumerate(("V1", "V1", "V2")))
    )
    late = SupplierLateness(pool=lateness_of([(-1, 0), (0, 700_000), (9, 700_000), (10, 1_000_000)]))
    chances = Chances(lateness=late, common=0.5, scenarios=4_000)

    days = drawn_days(books, np.array([0, 1, 2]), chances) - AS_OF > 3

    assert [round(float(one.mean()), 1) for one in days] == [0.3, 0.3, 0.3]
    assert round(float((days[0] & days[1]).mean()), 2) == 0.15
    assert round(float((days[0] & days[2]).mean()), 2) == 0.09


def test_work_orders_and_transfers_are_late_as_those_of_their_location_were() -> None:
    books = _books(("WO", "W1", "PUMP", 4, 3), ("TO", "T1", "SEAL", 1, 3))
    always_five = SupplierLateness(pool=POOL, suppliers={"MAIN": lateness_of([(4, 0), (5, 1_000_000)])})
    chances = Chances(making=always_five, scenarios=10)

    assert uncertain(books, Chances()).tolist() == [False, False]
    assert uncertain(books, chances).tolist() == [True, False]
    assert set(drawn_days(books, np.array([0]), chances)[0].tolist()) == {AS_OF + 8}
    moving = Chances(moving=always_five, scenarios=10)
    assert set(drawn_days(books, np.array([1]), moving)[0].tolist()) == {AS_OF + 8}
