"""Planned orders that promises rest on: supply of their line while they can be placed in time, and what they take."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.ids import OrderNo
from core.domain.watching.facts import Facts, WishWatch
from core.planning.detection import detect
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.promising import open_book, promise
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.core.planning.books import AS_OF, book
from tests.core.planning.planned import with_orders
from tests.core.planning.promising.asking import ask, dates

LANED = [("MAIN", "ONE"), ("OTHER", "TWO")]


def netted(snapshot: Snapshot) -> NetResult:
    return net(snapshot, ScanRules())


def days_of(snapshot: Snapshot) -> list[int]:
    return [int(day) - AS_OF for day in netted(snapshot).line_available]


def test_a_planned_purchase_is_there_on_its_day() -> None:
    snapshot = with_orders(book(items=[("A",)]), [("PO", "PP-1", "A", 7, 0, 4)])

    assert dates(promise(open_book(snapshot), ask(7))) == [(4, 7)]


def test_what_was_to_be_placed_before_today_is_not_promised_from() -> None:
    plain = book(items=[("A",)], sources=[("A", "S", 5)])
    snapshot = with_orders(plain, [("PO", "PP-1", "A", 7, -1, 3)])

    assert dates(promise(open_book(snapshot), ask(7))) == [(5, 7)]


def test_a_planned_work_order_takes_its_components() -> None:
    plain = book(items=[("A", True, 2), ("B",)], bom=[("A", "B")], stock=[("B", 10)])
    snapshot = with_orders(plain, [("WO", "PP-1", "A", 6, 1, 3)])

    assert dates(promise(open_book(snapshot), ask(10, item="B"))) == [(0, 4)]


def test_a_planned_transfer_leaves_where_it_comes_from() -> None:
    plain = book(items=[("A",)], locations=LANED, stock=[("A", 10, "OTHER")], lanes=[("OTHER", "MAIN", 2)])
    snapshot = with_orders(plain, [("TO", "PP-1", "A", 6, 1, 3, "MAIN", "OTHER")])

    assert dates(promise(open_book(snapshot), ask(10, item="A", location="OTHER"))) == [(0, 4)]
    assert dates(promise(open_book(snapshot), ask(6, 3))) == [(3, 6)]


def test_a_line_rests_on_what_was_planned_for_it() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4)])

    assert netted(plain).line_short.tolist() == [7]
    covered = netted(with_orders(plain, [("PO", "PP-1", "A", 7, 0, 4, "", "", "S1")]))

    assert (covered.line_short.tolist(), covered.line_cover.tolist()) == ([0], [AS_OF + 4])
    assert (covered.pegs.requirement.tolist(), covered.pegs.quantity.tolist()) == ([0], [7])


def test_nobody_else_gets_what_was_planned_for_a_line_but_what_it_is_too_many() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4), ("S0", 1, "A", 5, 4, "", 0, None, 1)])

    result = netted(with_orders(plain, [("PO", "PP-1", "A", 10, 0, 4, "", "", "S1")]))

    assert result.line_short.tolist() == [2, 0]


def test_what_was_planned_for_a_line_that_is_no_longer_open_serves_nobody() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4)])

    assert netted(with_orders(plain, [("PO", "PP-1", "A", 7, 0, 4, "", "", "S0")])).line_short.tolist() == [7]


def test_after_the_day_it_was_to_be_placed_by_it_is_no_supply() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4)], sources=[("A", "S", 5)])

    assert days_of(with_orders(plain, [("PO", "PP-1", "A", 7, -1, 4, "", "", "S1")])) == [5]
    assert days_of(with_orders(plain, [("PO", "PP-1", "A", 7, 0, 4, "", "", "S1")])) == [4]


def cases(snapshot: Snapshot) -> list[tuple[str, str, str, list[str]]]:
    found = detect(snapshot, netted(snapshot))
    return [(one.type.value, one.root, one.cause, [impact.order for impact in one.impacts]) for one in found]


def test_what_was_not_placed_in_time_is_a_case_of_its_line() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4), ("S2", 1, "A", 5, 4)], sources=[("A", "S", 5)])
    late = [("PO", "PP-1", "A", 7, -1, 4, "", "", "S1"), ("PO", "PP-2", "A", 5, -2, 4, "", "", "S2")]

    assert cases(with_orders(plain, late)) == [
        ("E01", "planned purchase PP-1", "not placed", ["S1"]),
        ("E01", "planned purchase PP-2", "not placed", ["S2"]),
    ]
    (case, _) = detect(with_orders(plain, late), netted(with_orders(plain, late)))
    assert (case.title, case.lacking, case.item) == (
        "Planned purchase PP-1 of 7 A for order line S1/1 was to be placed by 2024-10-03 and is not",
        7,
        "A",
    )


def test_a_line_that_something_else_serves_lacks_nothing() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4)], stock=[("A", 7)])

    assert cases(with_orders(plain, [("PO", "PP-1", "A", 7, -1, 4, "", "", "S1")])) == []


def test_one_whose_stock_went_to_the_line_that_should_have_had_its_own_is_in_the_same_case() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 4), ("S2", 1, "A", 7, 4)], stock=[("A", 7)])

    assert cases(with_orders(plain, [("PO", "PP-1", "A", 7, -1, 4, "", "", "S1")])) == [
        ("E01", "planned purchase PP-1", "not placed", ["S2"])
    ]


def test_a_component_not_bought_in_time_is_missing_for_what_is_made_of_it() -> None:
    plain = book(
        items=[("A", True, 2), ("B",)], bom=[("A", "B")], demand=[("S1", 1, "A", 6, 3)], sources=[("B", "S", 4)]
    )
    late = [("WO", "PP-1", "A", 6, 1, 3, "", "", "S1"), ("PO", "PP-2", "B", 6, -1, 1, "", "", "S1")]

    assert cases(with_orders(plain, late)) == [("E07", "planned purchase PP-2", "not placed", ["S1"])]


def test_a_promise_just_made_is_no_case() -> None:
    plain = book(
        items=[("A", True, 2), ("B",)], bom=[("A", "B")], demand=[("S1", 1, "A", 6, 6)], sources=[("B", "S", 4)]
    )
    made = [("WO", "PP-1", "A", 6, 4, 6, "", "", "S1"), ("PO", "PP-2", "B", 6, 0, 4, "", "", "S1")]

    assert [case[0] for case in cases(plain)] == ["E01"]
    assert cases(with_orders(plain, made)) == []


def test_a_component_that_does_not_come_pushes_a_planned_work_order() -> None:
    plain = book(
        items=[("A", True, 2), ("B",)], bom=[("A", "B")], demand=[("S1", 1, "A", 6, 3)], sources=[("B", "S", 4)]
    )
    make = ("WO", "PP-1", "A", 6, 1, 3, "", "", "S1")

    assert days_of(with_orders(plain, [make])) == [6]
    assert days_of(with_orders(plain, [make, ("PO", "PP-2", "B", 6, 0, 1, "", "", "S1")])) == [3]


def test_the_component_planned_for_one_work_order_is_not_taken_by_another() -> None:
    plain = book(
        items=[("A", True, 2), ("B",)],
        bom=[("A", "B")],
        demand=[("S1", 1, "A", 6, 3)],
        supply=[("WO", "W0", "A", 6, 3, "", 0)],
        sources=[("B", "S", 4)],
    )
    planned = [("WO", "PP-1", "A", 6, 1, 3, "", "", "S1"), ("PO", "PP-2", "B", 6, 0, 1, "", "", "S1")]

    assert days_of(with_orders(plain, planned)) == [3]


def test_a_transfer_comes_as_late_as_what_it_takes() -> None:
    plain = book(
        items=[("A",)],
        locations=[*LANED, ("THIRD", "THREE")],
        demand=[("S1", 1, "A", 6, 4)],
        supply=[("PO", "P1", "A", 6, 2, "THIRD")],
    )
    chain = [
        ("TO", "PP-1", "A", 6, 2, 4, "MAIN", "OTHER", "S1"),
        ("TO", "PP-2", "A", 6, 1, 2, "OTHER", "THIRD", "S1"),
    ]

    assert days_of(with_orders(plain, chain)) == [5]


def test_transfers_back_and_forth_end() -> None:
    plain = book(items=[("A",)], locations=LANED, demand=[("S1", 1, "A", 6, 4), ("S2", 1, "A", 6, 4, "OTHER")])
    loop = [
        ("TO", "PP-1", "A", 6, 1, 3, "MAIN", "OTHER", "S1"),
        ("TO", "PP-2", "A", 6, 1, 3, "OTHER", "MAIN", "S2"),
    ]
    snapshot = with_orders(plain, loop)

    assert len(detect(snapshot, netted(snapshot))) > 0


def test_within_one_pool_a_planned_transfer_changes_nothing() -> None:
    plain = book(items=[("A",)], locations=LANED, demand=[("S1", 1, "A", 6, 4)], stock=[("A", 5, "OTHER")])
    snapshot = with_orders(plain, [("TO", "PP-1", "A", 6, 1, 3, "MAIN", "OTHER", "S1")])

    assert net(snapshot, ScanRules(pool_locations=True)).line_short.tolist() == [1]


others = st.lists(st.tuples(st.integers(1, 9), st.integers(-2, 9), st.integers(1, 5)), max_size=5)


@settings(max_examples=100, deadline=None)
@given(others, st.integers(0, 8), st.integers(1, 9), st.integers(0, 4))
def test_a_line_that_rests_on_its_planned_order_is_on_time_whoever_else_comes(
    rest: list[tuple[int, int, int]], stock: int, units: int, more: int
) -> None:
    demand = [("O", n + 1, "A", q, due, "", 0, None, priority) for n, (q, due, priority) in enumerate(rest)]
    plain = book(items=[("A",)], stock=[("A", stock)] if stock else [], demand=[*demand, ("S1", 1, "A", units, 5)])
    snapshot = with_orders(plain, [("PO", "PP-1", "A", units + more, 0, 5, "", "", "S1")])

    result = netted(snapshot)

    eaten = [0] * result.receipts.quantity.size
    for receipt, quantity in zip(result.pegs.receipt.tolist(), result.pegs.quantity.tolist(), strict=True):
        eaten[receipt] += quantity
    assert (result.line_short[-1], result.line_cover[-1]) == (0, AS_OF + 5)
    assert all(used <= there for used, there in zip(eaten, result.receipts.quantity.tolist(), strict=True))
    assert int(result.requirements.short.sum()) == max(0, sum(q for q, _, _ in rest) - stock - more)


def test_a_line_can_be_sooner_than_what_was_planned_for_it() -> None:
    plain = book(items=[("A",)], demand=[("S1", 1, "A", 7, 9)], supply=[("PO", "P1", "A", 7, 3)])
    snapshot = with_orders(plain, [("PO", "PP-1", "A", 7, 0, 9, "", "", "S1")])
    wish = WishWatch(line=(OrderNo("S1"), 1), requested=date_of(AS_OF), promised=date_of(AS_OF + 9))

    found = detect(snapshot, netted(snapshot), Facts(wishes=(wish,)))

    assert [(one.type.value, one.fixes) for one in found] == [("E19", ("the promise moved to 2024-10-07",))]
