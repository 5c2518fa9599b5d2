"""From a late or short requirement down to what holds it back."""

from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.snapshot import Snapshot
from core.planning.tracing import Hold, Path, Paths
from tests.core.planning.books import book

IGNORED = ScanRules(overdue=OverdueSupply.IGNORE)


def _traced(books: Snapshot, rules: ScanRules | None = None) -> tuple[NetResult, list[Path]]:
    result = net(books, rules or ScanRules())
    paths = Paths(books, result)
    return result, [paths.of(int(at)) for at in result.line_requirement]


def test_a_bought_item_without_supply_holds_itself_back() -> None:
    _, [path] = _traced(book(items=[("A",)], demand=[("SO-1", 1, "A", 10, 5)]))

    assert path == Path(links=(), root=0, hold=Hold.UNCOVERED, supply=-1)


def test_a_receipt_dated_too_late_is_the_end_of_the_path() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 10, 5)],
        supply=[("PO", "PO-1", "A", 3, 6), ("PO", "PO-2", "A", 7, 9)],
    )

    _, [path] = _traced(books)

    assert path == Path(links=(), root=0, hold=Hold.LATE, supply=1)


def test_a_pushed_work_order_leads_to_the_component_that_comes_last() -> None:
    books = book(
        items=[("A", True, 2), ("C",), ("D",)],
        demand=[("SO-1", 1, "A", 10, 5)],
        supply=[
            ("WO", "WO-1", "A", 10, 4, "", 2),
            ("PO", "PO-1", "C", 10, 6),
            ("PO", "PO-2", "D", 20, 8),
        ],
        bom=[("A", "C"), ("A", "D", "2")],
    )

    result, [path] = _traced(books)

    [link] = path.links
    assert (link.requirement, link.supply) == (0, 0)
    assert path.root == link.below
    assert int(result.requirements.item[path.root]) == 2
    assert (path.hold, path.supply) == (Hold.LATE, 2)


def test_planned_making_leads_to_the_component_nothing_covers() -> None:
    books = book(
        items=[("A", True, 1), ("B", True, 1), ("C",)],
        demand=[("SO-1", 1, "A", 10, 5)],
        bom=[("A", "B"), ("B", "C")],
    )

    result, [path] = _traced(books)

    assert [int(result.requirements.item[link.below]) for link in path.links] == [1, 2]
    assert [link.supply for link in path.links] == [-1, -1]
    assert path.hold is Hold.UNCOVERED


def test_making_that_can_still_be_in_time_holds_nothing_below_back() -> None:
    books = book(
        items=[("A", True, 1), ("C",)],
        demand=[("SO-1", 1, "A", 10, 5)],
        stock=[("C", 10)],
        bom=[("A", "C")],
    )

    _, [path] = _traced(books)

    assert path == Path(links=(), root=0, hold=Hold.UNCOVERED, supply=-1)


def test_an_overdue_purchase_order_is_the_root_of_a_work_order_that_waits_for_it() -> None:
    books = book(
        items=[("A", True, 2), ("B",), ("C",)],
        demand=[("SO-1", 1, "A", 10, 1)],
        stock=[("B", 10)],
        supply=[("WO", "WO-1", "A", 10, 1, "", -1), ("PO", "PO-1", "C", 10, -6, "", None, "S1")],
        bom=[("A", "B"), ("A", "C")],
    )

    for rules in (ScanRules(), IGNORED):
        _, [path] = _traced(books, rules)

        assert [link.supply for link in path.links] == [0]
        assert (path.hold, path.supply) == (Hold.OVERDUE, 1)


def test_a_work_order_that_should_have_begun_with_all_components_in_stock_is_late_itself() -> None:
    books = book(
        items=[("A", True, 2), ("B",)],
        demand=[("SO-1", 1, "A", 10, 1)],
        stock=[("B", 10)],
        supply=[("WO", "WO-1", "A", 10, 1, "", -1)],
        bom=[("A", "B")],
    )

    _, [path] = _traced(books)

    assert path == Path(links=(), root=0, hold=Hold.LATE, supply=0)


def test_ignored_orders_answer_for_the_units_they_would_have_brought_and_no_more() -> None:
    books = book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 4, 5), ("SO-2", 1, "A", 4, 6), ("SO-3", 1, "A", 4, 7), ("SO-4", 1, "A", 4, 8)],
        stock=[("A", 2)],
        supply=[("PO", "PO-1", "A", 5, -2, "", None, "S1"), ("PO", "PO-2", "A", 4, -3, "", None, "S1")],
    )

    _, paths = _traced(books, IGNORED)

    assert [(path.hold, path.supply) for path in paths] == [
        (Hold.OVERDUE, 1),
        (Hold.OVERDUE, 1),
        (Hold.OVERDUE, 0),
        (Hold.UNCOVERED, -1),
    ]


def test_a_promise_in_the_past_with_everything_in_stock_is_held_back_by_nothing_else() -> None:
    _, [path] = _traced(book(items=[("A",)], demand=[("SO-1", 1, "A", 4, -1)], stock=[("A", 4)]))

    assert path.hold is Hold.IN_STOCK
