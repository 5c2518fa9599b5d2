"""How sure a promise is."""

from datetime import date
from decimal import Decimal

from core.domain.robustness import PromiseOdds
from core.planning.netting import net
from core.planning.pegging import peg_graph
from core.planning.robustness.drawing import Chances
from core.planning.robustness.lateness import AS_PLANNED, SupplierLateness, lateness_of
from core.planning.robustness.promises import promise_odds
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.core.planning.books import AS_OF, book

# On time in four of five deliveries, else ten days late.
_CHANCES = Chances(
    lateness=SupplierLateness(pool=lateness_of([(-1, 0), (0, 800_000), (9, 800_000), (10, 1_000_000)])), scenarios=1_000
)


def _odds(books: Snapshot) -> PromiseOdds:
    return promise_odds(books, peg_graph(books, net(books, ScanRules())), 0, _CHANCES)


def _day(offset: int) -> date:
    return date_of(AS_OF + offset)


def test_a_promise_on_a_purchase_order_holds_as_often_as_it_comes_in_time() -> None:
    odds = _odds(book(items=[("SEAL",)], demand=[("S1", 1, "SEAL", 4, 5)], supply=[("PO", "P1", "SEAL", 4, 3)]))

    assert odds.holds == Decimal("80.7")
    assert (odds.likely, odds.median, odds.late) == (_day(3), _day(3), _day(13))
    assert odds.rests_on == ("P1",)


def test_two_orders_hold_less_often_than_one() -> None:
    supply = [("PO", "P1", "SEAL", 4, 3), ("PO", "P2", "SEAL", 4, 3)]

    odds = _odds(book(items=[("SEAL",)], demand=[("S1", 1, "SEAL", 8, 5)], supply=supply))

    assert odds.holds == Decimal("66.2")


def test_a_promise_from_stock_always_holds() -> None:
    odds = _odds(book(items=[("SEAL",)], demand=[("S1", 1, "SEAL", 4, 5)], stock=[("SEAL", 4)]))

    assert odds.holds == Decimal("100.0")
    assert odds.rests_on == ()


def test_a_promise_with_units_nobody_brings_never_holds() -> None:
    odds = _odds(book(items=[("SEAL",)], demand=[("S1", 1, "SEAL", 5, 5)], supply=[("PO", "P1", "SEAL", 4, 3)]))

    assert odds.holds == Decimal("0.0")
    assert odds.late is None


def test_work_that_is_late_of_its_own_comes_later_than_its_components_allow() -> None:
    """The work order of four days starts when its part comes on day 1; making is three days late, always."""
    books = book(
        items=[("PUMP", True), ("SEAL",)],
        bom=[("PUMP", "SEAL")],
        demand=[("S1", 1, "PUMP", 4, 6)],
        supply=[("WO", "W1", "PUMP", 4, 5, "", 1), ("PO", "P1", "SEAL", 4, 1)],
    )
    punctual = SupplierLateness(pool=AS_PLANNED)
    three_days = SupplierLateness(pool=lateness_of([(2, 0), (3, 1_000_000)]))
    nine_days = SupplierLateness(pool=lateness_of([(8, 0), (9, 1_000_000)]))
    graph = peg_graph(books, net(books, ScanRules()))

    found = [
        promise_odds(books, graph, 0, Chances(lateness=parts, making=making, scenarios=5))
        for parts, making in ((punctual, None), (punctual, three_days), (nine_days, three_days), (three_days, None))
    ]

    assert [one.late for one in found] == [_day(5), _day(8), _day(14), _day(8)]
    assert [one.rests_on for one in found] == [("P1",), ("P1", "W1"), ("P1", "W1"), ("P1",)]
