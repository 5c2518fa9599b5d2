"""Opening books on top of others answers as opening them from nothing does."""

from copy import deepcopy
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.promising import Book, opened, promise
from core.planning.promising.reopening import Resident
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.promising.asking import ask, dates
from tests.core.planning.promising.worlds import asks, rules, world

seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=30, deadline=None)
@given(seeds, seeds, st.sets(st.sampled_from(["demand", "stock", "supply", "claims", "working_days", "item_terms"])))
def test_what_is_kept_from_the_books_before_changes_no_answer(seed: int, other: int, kept: set[str]) -> None:
    first, second = world(seed), world(other)
    changed = replace(first, **{table: getattr(second, table) for table in kept - {"supply"}})
    resident, how = Resident(), rules(seed)

    for snapshot in (first, changed, second, again(second)):
        fresh, known = Book(opened(snapshot, how)), Book(resident.opened(snapshot, how))
        for one in asks(seed):
            assert promise(known, one) == promise(fresh, one)


def again(snapshot: Snapshot) -> Snapshot:
    """The same books, read once more."""
    return deepcopy(snapshot)


def test_the_same_reading_is_opened_once() -> None:
    resident, snapshot = Resident(), book(items=[("A",)], stock=[("A", 5)])

    assert resident.opened(snapshot) is resident.opened(snapshot)


def test_a_line_left_out_once_counts_the_next_time() -> None:
    resident = Resident()
    snapshot = book(items=[("A",)], stock=[("A", 5)], demand=[("S", 1, "A", 3, 2)])

    without = promise(Book(resident.opened(snapshot, without=[("S", 1)])), ask(5))
    with_it = promise(Book(resident.opened(snapshot)), ask(5))

    assert (dates(without), dates(with_it)) == ([(0, 5)], [(0, 2)])


def test_what_one_book_takes_another_on_the_same_reading_still_has() -> None:
    resident, snapshot = Resident(), book(items=[("A",)], stock=[("A", 5)])
    one, other = Book(resident.opened(snapshot)), Book(resident.opened(snapshot))

    promise(one, ask(5))

    assert dates(promise(other, ask(5))) == [(0, 5)]
