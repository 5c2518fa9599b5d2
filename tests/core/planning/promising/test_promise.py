"""What can be promised: stock first, then what can be moved, made, bought or put in its place, never in the past."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.domain.errors import InvalidValueError
from core.planning.promising import PromisingRules, open_book, promise, promise_together
from core.planning.promising.searching import MOST_TRIALS
from core.planning.snapshot import NEVER, ItemAlternates, ItemTerms, Snapshot, SourceTerms
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask, codes, dates, orders

FAR = 10**12


def longs(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def with_lots(snapshot: Snapshot, **columns: np.ndarray) -> Snapshot:
    """The snapshot with terms of its items, the usual ones but for these."""
    n = len(snapshot.items.code)
    usual = ItemTerms(
        minimum=longs(*[1] * n),
        multiple=longs(*[1] * n),
        maximum=longs(*[FAR] * n),
        safety_days=ints(*[0] * n),
        fence=ints(*[0] * n),
        phantom=np.zeros(n, dtype=np.bool_),
    )
    return replace(snapshot, item_terms=replace(usual, **columns))


def with_terms(snapshot: Snapshot, **columns: np.ndarray) -> Snapshot:
    """The same for its sources."""
    n = snapshot.sources.item.size
    usual = SourceTerms(
        priority=ints(*[1] * n),
        safety_days=ints(*[0] * n),
        weekly_capacity=longs(*[FAR] * n),
        valid_from=ints(*[0] * n),
        valid_to=ints(*[NEVER] * n),
        location=ints(*[-1] * n),
    )
    return replace(snapshot, source_terms=replace(usual, **columns))


def test_free_stock_is_promised_on_the_day_asked_for() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 10)]))

    answer = promise(books, ask(10, 3))

    assert (dates(answer), answer.unplannable, answer.reasons, answer.commands) == ([(3, 10)], 0, (), ())


def test_a_later_promise_is_left_alone() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 10)], demand=[("S", 1, "A", 8, 9)]))

    answer = promise(books, ask(10))

    assert (dates(answer), answer.unplannable, codes(answer)) == ([(0, 2)], 8, ["no_source"])


def test_stock_goes_first_and_the_rest_follows_what_is_on_order() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 4)], supply=[("PO", "P", "A", 5, 6), ("PO", "Q", "A", 5, 8)]))

    assert dates(promise(books, ask(12, 1))) == [(1, 4), (6, 5), (8, 3)]


def test_the_past_is_never_promised() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 4)]))

    assert dates(promise(books, ask(4, -5))) == [(0, 4)]


def test_overdue_supply_is_not_promised_from_unless_the_rules_say_so() -> None:
    snapshot = book(items=[("A",)], supply=[("PO", "P", "A", 5, -2)])

    assert promise(open_book(snapshot), ask(5)).unplannable == 5
    from_today = PromisingRules(overdue=type(PromisingRules().overdue).FROM_TODAY)
    assert dates(promise(open_book(snapshot, from_today), ask(5))) == [(0, 5)]


def test_a_purchase_takes_its_lead_time_and_its_sizes() -> None:
    books = open_book(book(items=[("A",)], sources=[("A", "S", 7, "1", 25, 10)]))

    answer = promise(books, ask(5))

    assert (dates(answer), orders(answer)) == ([(7, 5)], [("buy", "A", 30, 0, 7)])
    assert codes(answer) == ["lead_time"]
    assert dates(promise(books, ask(25))) == [(7, 25)]


def test_an_order_beyond_the_largest_size_is_several_orders() -> None:
    books = open_book(book(items=[("A",)], sources=[("A", "S", 7, "1", 1, 1, 40)]))

    assert orders(promise(books, ask(100, 9))) == [
        ("buy", "A", 20, 2, 9),
        ("buy", "A", 40, 2, 9),
        ("buy", "A", 40, 2, 9),
    ]


def test_a_search_that_needs_more_orders_than_anybody_places_ends_and_says_so() -> None:
    books = open_book(book(items=[("A",)], sources=[("A", "S", 7, "1", 1, 1, 40)]))

    answer = promise(books, ask(10**12, 9))

    assert (dates(answer), codes(answer)) == ([(9, 40 * MOST_TRIALS)], ["order_size"])
    assert answer.unplannable == 10**12 - 40 * MOST_TRIALS


def test_the_first_supplier_in_time_is_taken_by_priority() -> None:
    snapshot = book(items=[("A",)], sources=[("A", "FAST", 3), ("A", "FIRST", 9)])
    books = open_book(with_terms(snapshot, priority=ints(2, 1)))

    late, early = promise(books, ask(5, 10)), promise(books, ask(5, 4))

    assert [one.commands[0].supplier for one in (late, early)] == ["FIRST", "FAST"]


def test_safety_lead_time_of_a_supplier_comes_on_top() -> None:
    snapshot = book(items=[("A",)], sources=[("A", "S", 7)])

    answer = promise(open_book(with_terms(snapshot, safety_days=ints(3))), ask(5))

    assert (dates(answer), orders(answer)) == ([(10, 5)], [("buy", "A", 5, 0, 7)])


def test_safety_lead_time_of_an_item_gives_way_when_it_would_be_late() -> None:
    snapshot = with_lots(book(items=[("A",)], sources=[("A", "S", 7)]), safety_days=ints(5))

    assert orders(promise(open_book(snapshot), ask(5, 20))) == [("buy", "A", 5, 8, 15)]
    assert dates(promise(open_book(snapshot), ask(5, 7))) == [(7, 5)]


def test_a_supplier_s_week_is_not_overfilled() -> None:
    snapshot = book(items=[("A",)], sources=[("A", "S", 1)])
    books = open_book(with_terms(snapshot, weekly_capacity=longs(10)))

    answer = promise(books, ask(25, 1))

    first = 7 - AS_OF % 7
    assert dates(answer) == [(1, 10), (first, 10), (first + 7, 5)]
    assert "supplier_capacity" in codes(answer)


def test_a_price_that_ended_is_ordered_no_more() -> None:
    snapshot = book(items=[("A",)], sources=[("A", "S", 7)])

    answer = promise(open_book(with_terms(snapshot, valid_to=ints(AS_OF - 1))), ask(5))

    assert (answer.unplannable, codes(answer)) == (5, ["not_valid"])


def test_nothing_new_is_planned_inside_the_fence() -> None:
    snapshot = with_lots(book(items=[("A",)], sources=[("A", "S", 2)]), fence=ints(6))

    answer = promise(open_book(snapshot), ask(5, 3))

    assert (dates(answer), codes(answer)) == ([(6, 5)], ["planning_fence"])


def test_what_is_on_order_is_awaited_before_more_is_ordered() -> None:
    snapshot = book(items=[("A",)], supply=[("PO", "P", "A", 5, 6)], sources=[("A", "S", 2)])

    awaited = promise(open_book(snapshot, PromisingRules(await_days=4)), ask(5, 3))

    assert (dates(awaited), awaited.commands, codes(awaited)) == ([(6, 5)], (), ["awaiting_supply"])
    assert dates(promise(open_book(snapshot), ask(5, 3))) == [(3, 5)]


def test_making_waits_for_the_last_component() -> None:
    snapshot = book(
        items=[("A", True, 3), ("B",), ("C",)],
        bom=[("A", "B", "2"), ("A", "C")],
        stock=[("B", 100)],
        sources=[("C", "S", 5)],
    )

    answer = promise(open_book(snapshot), ask(10, 1))

    assert dates(answer) == [(8, 10)]
    assert orders(answer) == [("buy", "C", 10, 0, 5), ("make", "A", 10, 5, 8)]
    assert codes(answer) == ["lead_time", "component"]


def test_as_many_are_made_as_there_are_components() -> None:
    snapshot = book(items=[("A", True, 3), ("B",)], bom=[("A", "B", "2")], stock=[("B", 9)])

    answer = promise(open_book(snapshot), ask(10, 5))

    assert (dates(answer), answer.unplannable) == ([(5, 4)], 6)


def test_lots_are_made_in_their_sizes_and_what_is_over_is_free() -> None:
    snapshot = book(items=[("A", True, 3)])
    books = open_book(with_lots(snapshot, minimum=longs(20), multiple=longs(8)))

    first, second = promise(books, ask(10, 3)), promise(books, ask(14, 4))

    assert (orders(first), orders(second)) == ([("make", "A", 24, 0, 3)], [])


def test_a_phantom_takes_no_time_of_its_own() -> None:
    snapshot = book(items=[("A", True, 3), ("B", True, 9), ("C",)], bom=[("A", "B"), ("B", "C")], stock=[("C", 5)])
    flags = np.array([False, True, False])

    assert dates(promise(open_book(with_lots(snapshot, phantom=flags)), ask(5))) == [(3, 5)]


def test_stock_elsewhere_is_brought_over_before_anything_is_bought() -> None:
    snapshot = book(
        items=[("A",)],
        locations=[("MAIN", "ONE"), ("OTHER", "TWO")],
        stock=[("A", 6, "OTHER")],
        lanes=[("OTHER", "MAIN", 2)],
        sources=[("A", "S", 1)],
    )

    answer = promise(open_book(snapshot), ask(10, 4))

    assert dates(answer) == [(4, 10)]
    assert orders(answer) == [("move", "A", 6, 2, 4), ("buy", "A", 4, 3, 4)]


def test_another_site_makes_it_and_sends_it() -> None:
    snapshot = book(
        items=[("A",)],
        locations=[("MAIN", "ONE"), ("OTHER", "TWO")],
        lanes=[("OTHER", "MAIN", 2)],
        sources=[("A", "S", 5)],
    )
    books = open_book(with_terms(snapshot, location=ints(1)))

    answer = promise(books, ask(3))

    assert (dates(answer), orders(answer)) == ([(7, 3)], [("buy", "A", 3, 0, 5), ("move", "A", 3, 5, 7)])


def test_two_places_that_send_to_each_other_are_no_loop() -> None:
    snapshot = book(
        items=[("A",)],
        locations=[("MAIN", "ONE"), ("OTHER", "TWO")],
        lanes=[("OTHER", "MAIN", 2), ("MAIN", "OTHER", 2)],
    )

    assert promise(open_book(snapshot), ask(3)).unplannable == 3


def test_a_substitute_is_offered_only_to_whom_takes_one() -> None:
    snapshot = book(items=[("A",), ("B",)], stock=[("B", 10)])
    other = ItemAlternates(
        item=ints(0),
        alternate=ints(1),
        component=np.array([False]),
        ratio=longs(2_000_000),
        priority=ints(1),
        valid_from=ints(0),
        valid_to=ints(NEVER),
        approval=np.array([True]),
    )
    books = open_book(replace(snapshot, alternates=other))

    assert promise(books, ask(5)).unplannable == 5
    assert dates(promise(books, ask(5, substitutes=True))) == [(0, 5)]


def test_a_part_smaller_than_the_least_shipment_is_not_sent() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 3)], supply=[("PO", "P", "A", 9, 4)])

    assert dates(promise(open_book(snapshot), ask(10, minimum_shipment=5))) == [(4, 10)]
    assert dates(promise(open_book(snapshot), ask(10, minimum_shipment=3))) == [(0, 3), (4, 7)]
    assert dates(promise(open_book(snapshot), ask(5, minimum_shipment=3))) == [(4, 5)]


def test_all_or_nothing_waits_for_all() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 3)], supply=[("PO", "P", "A", 9, 4)])

    assert dates(promise(open_book(snapshot), ask(10, partial=False))) == [(4, 10)]


def test_what_would_be_too_late_is_not_promised() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 3)], supply=[("PO", "P", "A", 9, 4)])

    answer = promise(open_book(snapshot), ask(10, max_lateness=3))

    assert (dates(answer), answer.unplannable, codes(answer)[-1]) == ([(0, 3)], 7, "max_lateness")


def test_a_set_leaves_on_the_day_of_its_last() -> None:
    snapshot = book(items=[("A",), ("B",)], stock=[("A", 3)], sources=[("B", "S", 6)])
    books = open_book(snapshot)

    answers = promise_together(books, [ask(3), ask(2, item="B")])

    assert [dates(answer) for answer in answers] == [[(6, 3)], [(6, 2)]]


def test_units_are_lent_when_they_can_be_replaced_in_time() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 10)], demand=[("S", 1, "A", 10, 9)], sources=[("A", "S", 7)])

    lent = promise(open_book(snapshot, PromisingRules(borrow=True)), ask(4))

    assert (dates(lent), orders(lent)) == ([(0, 4)], [("buy", "A", 4, 2, 9)])
    assert dates(promise(open_book(snapshot), ask(4))) == [(7, 4)]


@pytest.mark.parametrize("values", [{"minimum_shipment": 0}, {"max_lateness": -1}])
def test_limits_without_meaning_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="accepted are 1 or more, and 0 or more or none"):
        promise(open_book(book(items=[("A",)])), ask(1, **values))
