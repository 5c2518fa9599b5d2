"""What other locations can give up."""

from decimal import Decimal

from core.domain.options import StockElsewhere
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, day, first_case


def _elsewhere(books: Snapshot, rules: ScanRules | None = None) -> tuple[StockElsewhere, ...]:
    return stock_elsewhere(books, net(books, rules or ScanRules()), first_case(books, rules))


def test_a_location_gives_what_its_own_later_orders_and_safety_stock_leave() -> None:
    books = book(
        items=[("A", False, 3, 5)],
        locations=[("MAIN",), ("RENO",), ("FAR",)],
        demand=[("SO-1", 1, "A", 40, 2, "MAIN", 0, 0, 1, "9"), ("SO-2", 1, "A", 20, 30, "RENO")],
        stock=[("A", 60, "RENO"), ("A", 90, "FAR")],
        lanes=[("RENO", "MAIN", 2, "80", "0.25"), ("MAIN", "RENO")],
    )

    assert _elsewhere(books) == (
        StockElsewhere(
            id="stock:RENO",
            location="RENO",
            quantity=35,
            arrive_on=day(2),
            fixed_cost=Decimal(80),
            unit_cost=Decimal("0.25"),
        ),
    )


def test_locations_that_share_their_stock_share_what_they_give() -> None:
    books = book(
        items=[("A",)],
        locations=[("MAIN", "X", True), ("ONE", "Y", False), ("TWO", "Y", False)],
        demand=[("SO-1", 1, "A", 40, 2, "MAIN", 0, 0, 1, "9"), ("SO-2", 1, "A", 15, 30, "ONE")],
        stock=[("A", 20, "ONE"), ("A", 10, "TWO")],
        lanes=[("ONE", "MAIN", 3), ("TWO", "MAIN", 1)],
    )

    assert [(stock.location, stock.quantity) for stock in _elsewhere(books)] == [("ONE", 5), ("TWO", 10)]


def test_pooled_locations_have_nothing_elsewhere() -> None:
    books = book(
        items=[("A",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 40, 2, "MAIN")],
        stock=[("A", 20, "RENO")],
        lanes=[("RENO", "MAIN")],
    )

    assert _elsewhere(books, ScanRules(pool_locations=True)) == ()


def test_moving_stock_does_not_help_a_case_of_safety_stock() -> None:
    books = book(
        items=[("A", False, 3, 50)],
        locations=[("MAIN",), ("RENO",)],
        stock=[("A", 20, "RENO"), ("A", 4, "MAIN")],
        lanes=[("RENO", "MAIN"), ("MAIN", "RENO")],
    )
    case = case_of(first_case(books).detected)

    assert case.detected.type.value == "E34"
    assert stock_elsewhere(books, net(books, ScanRules()), case) == ()
