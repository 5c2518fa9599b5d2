"""Which cases a netting has."""

from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.cases import DetectedCase
from core.planning.detection import detect
from core.planning.forecasting import forecast
from core.planning.netting import net
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.core.planning.adventureworks import adventureworks
from tests.core.planning.books import AS_OF, book


def _detected(books: Snapshot, rules: ScanRules | None = None) -> tuple[DetectedCase, ...]:
    return detect(books, net(books, rules or ScanRules()))


def _lines(case: DetectedCase) -> list[str]:
    return [f"{impact.order}/{impact.line}" for impact in case.impacts]


def test_an_uncovered_item_is_one_case_with_all_its_lines() -> None:
    books = book(
        items=[("A",)],
        locations=[("RENO",)],
        demand=[
            ("SO-1", 1, "A", 6, 3, "", 0, 0, 2, "10", 100, "BIG"),
            ("SO-2", 1, "A", 5, 4, "", 0, 1, 3, "10", 100, "SMALL"),
            ("SO-3", 1, "A", 1, 9, "", 0, 2, 3, "10", 100, "SMALL"),
        ],
        stock=[("A", 4)],
        customers=[("BIG", 1)],
    )

    [case] = _detected(books)

    assert case.key == "E01|item A@RENO|uncovered"
    assert case.title == "A at RENO has no supply for 8 units: 3 order lines wait"
    assert (case.item, case.location, case.lacking) == ("A", "RENO", 8)
    assert case.needed_by == date_of(AS_OF + 3)
    assert case.best_tier == 1
    assert _lines(case) == ["SO-1/1", "SO-2/1", "SO-3/1"]
    assert [impact.short for impact in case.impacts] == [2, 5, 1]
    assert [impact.exposure for impact in case.impacts] == [Decimal("38.00"), Decimal("65.00"), Decimal("13.00")]
    assert case.exposure == Decimal("116.00")
    assert case.fixes == (f"8 more A at RENO by {date_of(AS_OF + 3)}",)


def test_supply_dated_too_late_is_a_case_of_its_item() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 6, 3)], supply=[("PO", "PO-1", "A", 9, 5, "", None, "S1")])

    [case] = _detected(books, ScanRules(pool_locations=True))

    assert case.key == "E01|item A|late"
    assert case.title == "Supply of A at MAIN comes too late: 1 order line waits for 6 units"
    assert case.impacts[0].days_late == 2


def test_a_missing_component_is_one_case_for_all_work_orders_and_lines_it_holds_up() -> None:
    books = book(
        items=[("A", True, 2), ("B", True, 2), ("C",)],
        locations=[("RENO",)],
        demand=[("SO-1", 1, "A", 10, 5), ("SO-2", 1, "B", 4, 6)],
        supply=[
            ("WO", "WO-1", "A", 10, 4, "", 2),
            ("WO", "WO-2", "B", 4, 5, "", 3),
            ("PO", "PO-1", "C", 10, 8, "", None, "S1"),
        ],
        bom=[("A", "C"), ("B", "C")],
    )

    [case] = _detected(books)

    assert case.key == "E07|item C@RENO|component"
    assert case.title == "Component C at RENO lacks 14 units: work orders WO-1, WO-2 held up, 2 order lines wait"
    assert case.lacking == 14
    assert case.needed_by == date_of(AS_OF + 2)
    assert _lines(case) == ["SO-1/1", "SO-2/1"]


def test_an_overdue_purchase_order_gathers_the_lines_and_work_orders_that_wait_for_it() -> None:
    books = book(
        items=[("A", True, 2), ("C",)],
        demand=[("SO-1", 1, "A", 10, 1), ("SO-2", 1, "C", 5, 1), ("SO-3", 1, "C", 5, 9)],
        supply=[("WO", "WO-1", "A", 10, 1, "", -1), ("PO", "PO-1", "C", 120, -6, "", None, "Gulf Castings")],
        bom=[("A", "C")],
    )

    [case] = _detected(books)

    assert case.key == "E02|purchase order PO-1/1|overdue"
    assert case.title == "Purchase order PO-1/1 from Gulf Castings is 6 days overdue: 3 order lines wait for 20 C"
    assert _lines(case) == ["SO-1/1", "SO-2/1", "SO-3/1"]
    assert [impact.days_late for impact in case.impacts] == [1, 0, 0]
    assert case.lacking == 20
    assert case.needed_by == date_of(AS_OF)


def test_an_overdue_purchase_order_nobody_waits_for_is_a_case_without_exposure() -> None:
    books = book(items=[("C",)], supply=[("PO", "PO-1", "C", 120, -1, "", None, "Gulf Castings")])

    [case] = _detected(books, ScanRules(overdue=OverdueSupply.IGNORE))

    assert case.title == (
        "Purchase order PO-1/1 from Gulf Castings is 1 day overdue: no order line waits for its 120 C yet"
    )
    assert (case.exposure, case.impacts, case.lacking) == (Decimal("0.00"), (), 120)


def test_lines_with_little_slack_are_a_case_of_the_supply_they_rest_on() -> None:
    books = book(
        items=[("A",)],
        demand=[
            ("SO-1", 1, "A", 6, 6, "", 0, 0, 1, "10", 250),
            ("SO-2", 1, "A", 6, 7, "", 0, 0, 2, "10", 250),
            ("SO-3", 1, "A", 6, 8),
        ],
        supply=[("TO", "TO-1", "A", 18, 6)],
        buffer_days=2,
    )

    [case] = _detected(books)

    assert case.key == "E18|transfer order TO-1|thin"
    assert _lines(case) == ["SO-1/1", "SO-2/1"]
    assert case.lacking == 12
    assert case.exposure == Decimal("3.00")


def test_stock_that_falls_below_its_safety_stock_within_the_lead_time_is_a_case() -> None:
    books = book(
        items=[("A", False, 4, 20), ("B", False, 2, 20), ("C", False, 9, 5), ("D", False, 1, 7), ("E", False, 1, 7)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 12, 3, "RENO"), ("SO-2", 1, "B", 12, 3, "RENO"), ("SO-3", 1, "C", 2, 3, "RENO")],
        stock=[("A", 25, "RENO"), ("B", 30, "RENO"), ("C", 1, "RENO"), ("A", 5), ("D", 0)],
    )

    short, below, none = _detected(books)

    assert short.key == "E01|item C@RENO|uncovered"
    assert below.key == "E34|item A|below"
    assert below.title == f"A falls to 18, below its safety stock of 20, from {date_of(AS_OF + 3)}"
    assert (below.location, below.lacking, below.needed_by) == ("RENO", 2, date_of(AS_OF + 3))
    assert below.exposure == Decimal("0.00")
    assert none.title == f"D falls to 0, below its safety stock of 7, from {date_of(AS_OF)}"


def test_stock_of_all_places_together_keeps_the_safety_stock() -> None:
    books = book(items=[("A", False, 4, 20)], locations=[("MAIN",), ("RENO",)], stock=[("A", 12, "RENO"), ("A", 8)])

    assert _detected(books) == ()


def test_a_promise_that_has_passed_lacks_nothing() -> None:
    [case] = _detected(book(items=[("A",)], demand=[("SO-1", 1, "A", 4, -3)], stock=[("A", 4)]))

    assert case.key == "E01|item A@MAIN|past due"
    assert case.title == "A at MAIN is in stock, but the promised date of 1 order line has passed"
    assert case.lacking == 0


def test_a_healthy_book_has_no_case() -> None:
    assert _detected(book(items=[("A",)], demand=[("SO-1", 1, "A", 4, 3)], stock=[("A", 4)])) == ()


@given(
    lines=st.lists(
        st.tuples(st.sampled_from(["FG", "SUB", "RAW"]), st.integers(1, 9), st.integers(-2, 12), st.integers(1, 3)),
        max_size=8,
    ),
    supply=st.lists(
        st.tuples(
            st.sampled_from([("WO", "FG"), ("WO", "SUB"), ("PO", "RAW"), ("PO", "SUB"), ("TO", "FG")]),
            st.integers(1, 9),
            st.integers(-3, 12),
        ),
        max_size=8,
    ),
    stock=st.integers(0, 6),
    overdue=st.sampled_from(OverdueSupply),
)
@settings(max_examples=60)
def test_every_line_that_is_not_on_time_is_in_exactly_one_case_of_a_shortage(
    lines: list[tuple[str, int, int, int]],
    supply: list[tuple[tuple[str, str], int, int]],
    stock: int,
    overdue: OverdueSupply,
) -> None:
    books = book(
        items=[("FG", True, 2), ("SUB", True, 1), ("RAW",)],
        demand=[(f"SO-{n}", 1, item, q, due, "", 0, n, p, "7") for n, (item, q, due, p) in enumerate(lines)],
        stock=[("RAW", stock), ("FG", stock)],
        supply=[
            (kind, f"{kind}-{n}", item, q, due, "", due - 2, "S1" if kind == "PO" else "")
            for n, ((kind, item), q, due) in enumerate(supply)
        ],
        bom=[("FG", "SUB"), ("SUB", "RAW", "2")],
        sources=[("RAW", "S1", 5)],
    )
    result = net(books, ScanRules(overdue=overdue))

    cases = detect(books, result)

    late = {f"{line.order}/{line.line}" for line in forecast(books, result).lines}
    shortages = [case for case in cases if case.type.value in {"E01", "E02", "E07"}]
    hurt = [line for case in shortages for line in _lines(case)]
    assert len(hurt) == len(set(hurt))
    assert late <= set(hurt)
    assert len({case.key for case in cases}) == len(cases)
    assert detect(books, net(books, ScanRules(overdue=overdue))) == cases
    assert [(-case.exposure, case.key) for case in cases] == sorted((-case.exposure, case.key) for case in cases)


def test_adventureworks_has_a_case_for_each_root_and_none_twice() -> None:
    books = adventureworks()
    result = net(books, ScanRules(pool_locations=True))

    cases = detect(books, result)

    hurt = [line for case in cases if case.type.value != "E18" for line in _lines(case)]
    assert len(hurt) == len(set(hurt)) == len(forecast(books, result).lines)
    assert all(impact.why for case in cases for impact in case.impacts)
    assert int(np.sum([case.lacking == 0 for case in cases])) == 0


def test_what_can_still_be_made_in_time_is_named_among_the_fixes() -> None:
    books = book(
        items=[("A", True, 2), ("C",)],
        demand=[("SO-1", 1, "A", 4, 5)],
        stock=[("C", 4)],
        bom=[("A", "C")],
    )

    [case] = _detected(books)

    assert case.fixes == (
        f"4 more A at MAIN by {date_of(AS_OF + 5)}",
        f"a work order for 4 A that starts by {date_of(AS_OF + 3)}",
    )
