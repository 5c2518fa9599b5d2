"""Why a line is late, in words."""

from core.planning.explaining import why
from core.planning.netting import net
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.core.planning.books import AS_OF, book


def _said(books: Snapshot, rules: ScanRules | None = None, line: int = 0) -> list[tuple[str, str]]:
    return [(step.subject, step.text) for step in why(books, net(books, rules or ScanRules()), line)]


def _day(offset: int) -> str:
    return date_of(AS_OF + offset).isoformat()


def test_the_path_runs_from_the_line_through_the_work_order_to_the_purchase_order() -> None:
    books = book(
        items=[("FG", True, 2), ("COMP",)],
        locations=[("RENO",)],
        demand=[("SO-1", 1, "FG", 10, 5)],
        stock=[("COMP", 4)],
        supply=[("WO", "WO-7", "FG", 10, 4, "", 2), ("PO", "PO-9", "COMP", 30, 8, "", None, "S1", False, 3)],
        bom=[("FG", "COMP", "2")],
    )

    assert _said(books) == [
        (
            "order line SO-1/1",
            f"needs 10 FG by {_day(5)}; 10 late, the last on {_day(10)}; all are there on {_day(10)}, 5 days late",
        ),
        ("work order WO-7", f"needs 20 COMP by {_day(2)}; all are there on {_day(8)}"),
        ("purchase order PO-9/3", f"30 COMP from S1 come on {_day(8)}, 6 days after {_day(2)}"),
        ("what would fix it", f"16 more COMP at RENO by {_day(2)}"),
    ]


def test_planned_making_says_what_is_missing_and_that_nobody_sells_it() -> None:
    books = book(
        items=[("FG", True, 2), ("COMP",)],
        demand=[("SO-1", 1, "FG", 10, 5)],
        stock=[("FG", 4)],
        bom=[("FG", "COMP")],
    )

    assert _said(books, ScanRules(pool_locations=True)) == [
        ("order line SO-1/1", f"needs 10 FG by {_day(5)}; 6 without supply"),
        ("item FG", f"making 6 more needs 6 COMP by {_day(3)}; no date for them is known"),
        ("item COMP", "no supply covers 6 units and no approved supplier sells it"),
        ("what would fix it", f"6 more COMP by {_day(3)}"),
    ]


def test_an_uncovered_bought_item_says_when_it_would_come_if_ordered_today() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 1, 5)], sources=[("A", "S1", 9)])

    assert _said(books)[1:] == [
        ("item A@MAIN", f"no supply covers 1 unit; ordered today they are there on {_day(9)}"),
        ("what would fix it", f"1 more A at MAIN by {_day(5)}"),
    ]


def test_an_ignored_overdue_purchase_order_is_named() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 4, 5)],
        supply=[("PO", "PO-1", "A", 9, -6, "", None, "S1")],
    )

    assert _said(books, ScanRules(overdue=OverdueSupply.IGNORE))[1] == (
        "purchase order PO-1/1",
        f"9 A from S1 were due on {_day(-6)}, 6 days ago, and are still open",
    )


def test_a_line_on_time_says_what_it_rests_on() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 4, 5)], supply=[("TO", "TO-1", "A", 4, 4)])

    assert _said(books) == [
        ("order line SO-1/1", f"needs 4 A by {_day(5)}; all are there on {_day(4)}, with 1 day to spare"),
        ("transfer order TO-1", f"brings the last of them on {_day(4)}"),
    ]


def test_a_promise_that_has_passed_with_stock_at_hand_asks_for_shipping() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 4, -3)], stock=[("A", 4)])

    assert _said(books)[1:] == [
        ("item A@MAIN", "all 4 are in stock; only the promised date has passed"),
        ("what would fix it", "ship it today, or agree a new date with the customer"),
    ]
