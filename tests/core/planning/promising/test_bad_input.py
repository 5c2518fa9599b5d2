"""Books nobody should have, asks nobody should make: a clear error or a correct smaller answer."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.errors import DomainError, InvalidValueError, NotFoundError
from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Ask
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.promising import open_book, promise
from core.planning.snapshot import NEVER
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask, codes, dates, orders

MAIN = LocationCode("MAIN")


def test_an_item_made_of_itself_is_refused_by_name() -> None:
    snapshot = book(items=[("A", True, 1), ("B", True, 1)], bom=[("A", "B"), ("B", "A")])

    with pytest.raises(DomainError, match="'A'"):
        open_book(snapshot)


def test_items_that_stand_for_each_other_are_not_looked_for_for_ever() -> None:
    lanes = [("MAIN", "OTHER", 0), ("OTHER", "MAIN", 0)]
    snapshot = book(items=[("A",)], locations=[("MAIN", "ONE"), ("OTHER", "TWO")], lanes=lanes)

    answer = promise(open_book(snapshot), ask(3))

    assert (dates(answer), answer.unplannable, codes(answer)) == ([], 3, ["depth"])


def test_what_takes_no_time_is_there_today() -> None:
    snapshot = book(items=[("A", True, 0), ("B",)], bom=[("A", "B")], sources=[("B", "S", 0)])

    answer = promise(open_book(snapshot), ask(7))

    assert (dates(answer), orders(answer)) == ([(0, 7)], [("buy", "B", 7, 0, 0), ("make", "A", 7, 0, 0)])


def test_what_is_missing_already_is_not_promised_and_not_made_good() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 2)], demand=[("S", 1, "A", 9, 1)], sources=[("A", "S", 3)]))

    answer = promise(books, ask(4))

    assert books.free(0, 0, AS_OF) == books.free(0, 0, AS_OF + 99) == 0
    assert (dates(answer), orders(answer)) == ([(3, 4)], [("buy", "A", 4, 0, 3)])


def test_a_day_beyond_the_horizon_is_not_promised() -> None:
    far = Ask(item=ItemCode("A"), location=MAIN, quantity=1, requested=date.max)

    answer = promise(open_book(book(items=[("A",)], stock=[("A", 5)])), far)

    assert (dates(answer), answer.unplannable, codes(answer)) == ([], 1, ["max_lateness"])


def test_a_supplier_who_takes_for_ever_is_no_source() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 1)], sources=[("A", "S", 2_000_000_000)])

    answer = promise(open_book(snapshot), ask(3))

    assert (dates(answer), answer.unplannable) == ([(0, 1)], 2)
    assert answer.reasons[0].text == "'A' from 'S' takes 2000000000 days: a day after 9999 at the earliest"


def test_supply_of_the_last_day_there_is_counts_for_no_promise() -> None:
    snapshot = book(items=[("A",)], supply=[("PO", "P", "A", 5, NEVER - 1 - AS_OF)])

    answer = promise(open_book(snapshot), ask(3))

    assert (dates(answer), answer.unplannable) == ([], 3)


def test_nothing_is_known_in_empty_books() -> None:
    with pytest.raises(NotFoundError, match="'A'"):
        promise(open_book(book(items=[])), ask(1))


def test_one_item_may_have_every_line() -> None:
    lines = [(f"S{n:04}", 1, "A", 2, n % 50) for n in range(3_000)]
    books = open_book(book(items=[("A",)], stock=[("A", 6_005)], demand=lines))

    assert [books.free(0, 0, AS_OF + day) for day in (0, 49, 99)] == [5, 5, 5]
    assert dates(promise(books, ask(6))) == [(0, 5)]


def test_quantities_at_the_limit_are_added_up_exactly() -> None:
    most = LARGEST_QUANTITY
    snapshot = book(
        items=[("A", True, 1), ("B",)],
        bom=[("A", "B", "999.999999")],
        stock=[("A", most), ("B", most)],
        supply=[("PO", f"P{n}", "A", most, 2) for n in range(5)],
        demand=[("S", n, "A", most, 2) for n in range(5)],
        sources=[("B", "S", 1)],
    )
    books = open_book(snapshot)

    assert books.free(0, 0, AS_OF) == books.free(0, 0, AS_OF + 5) == most
    assert dates(promise(books, ask(most))) == [(0, most)]
    second = promise(books, ask(most, 9))
    bought = sum(order.quantity for order in second.commands if order.item == "B")
    assert (dates(second), bought) == ([(9, most)], 999_999_999 * most // 1_000_000 - most)


def test_more_than_there_can_be_is_refused() -> None:
    books = open_book(book(items=[("A",)], stock=[("A", 5)]))

    for units in (0, -1, LARGEST_QUANTITY + 1):
        with pytest.raises(InvalidValueError, match="accepted: 1 to"):
            promise(books, replace(ask(1), quantity=units))
