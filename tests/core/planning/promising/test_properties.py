"""Laws of promising over random books: nothing promised twice, taken back exactly, the same books answer the same."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.promising import Promise, TrialKind, TrialOrder
from core.planning.promising import PromisingRules, open_book, promise
from core.planning.promising.book import Book
from core.planning.snapshot import Snapshot, day_number
from tests.core.planning.books import AS_OF, book
from tests.core.planning.planned import with_orders
from tests.core.planning.promising.asking import ask, dates
from tests.core.planning.promising.worlds import asks as world_asks
from tests.core.planning.promising.worlds import rules, world

DAYS = 9
small = st.integers(0, 8)
days = st.integers(0, DAYS)


@st.composite
def flat_books(draw: st.DrawFn) -> Snapshot:
    """One item that comes from nowhere but stock and open orders."""
    supply = [
        ("PO", f"P{n}", "A", q, d)
        for n, (q, d) in enumerate(draw(st.lists(st.tuples(st.integers(1, 8), days), max_size=4)))
    ]
    demand = [
        ("S", n + 1, "A", q, d)
        for n, (q, d) in enumerate(draw(st.lists(st.tuples(st.integers(1, 8), days), max_size=4)))
    ]
    return book(items=[("A",)], stock=[("A", draw(small))], supply=supply, demand=demand)


@st.composite
def deep_books(draw: st.DrawFn) -> Snapshot:
    """A made of B and C, B made of C, C bought, at two sites with a lane between them."""
    made: dict[str, Any] = {
        "items": [("A", True, draw(st.integers(0, 3))), ("B", True, draw(st.integers(0, 3))), ("C",)],
        "bom": [("A", "B", str(draw(st.integers(1, 2)))), ("A", "C"), ("B", "C", str(draw(st.integers(1, 2))))],
        "locations": [("MAIN", "ONE"), ("OTHER", "TWO")],
        "lanes": [("OTHER", "MAIN", draw(st.integers(1, 3)))],
    }
    here = st.tuples(st.sampled_from("ABC"), st.integers(1, 9), st.sampled_from(["MAIN", "OTHER"]))
    lines = st.tuples(st.sampled_from("AABC"), st.integers(1, 6), days)
    coming = st.tuples(st.sampled_from("ABC"), st.integers(1, 6), days)
    return book(
        **made,
        stock=draw(st.lists(here, max_size=5)),
        demand=[("S", n + 1, *line) for n, line in enumerate(draw(st.lists(lines, max_size=4)))],
        supply=[("PO", f"P{n}", *one) for n, one in enumerate(draw(st.lists(coming, max_size=3)))],
        sources=[("C", "S", draw(st.integers(1, 6)), "1", draw(st.integers(1, 4)))] if draw(st.booleans()) else [],
    )


asks = st.tuples(st.sampled_from("ABC"), st.integers(1, 12), days)


def with_lines(snapshot: Snapshot, lines: list[tuple[int, int]], *, item: int = 0, order: str = "Z") -> Snapshot:
    """More demand: (day, units), entered after all there is."""
    demand, count = snapshot.demand, len(lines)
    columns = {
        "line": range(1, count + 1),
        "item": [item] * count,
        "quantity": [units for _, units in lines],
        "due": [AS_OF + day for day, _ in lines],
        "order_date": [AS_OF + 99] * count,
    }
    joined = {
        name: np.append(getattr(demand, name), list(columns.get(name, [0] * count))).astype(getattr(demand, name).dtype)
        for name in demand.__slots__
        if name not in ("order", "held")
    }
    return replace(snapshot, demand=replace(demand, order=(*demand.order, *["Z"] * count), **joined))


def planned(snapshot: Snapshot, orders: tuple[TrialOrder, ...]) -> Snapshot:
    """The snapshot with all trial orders of a promise planned."""
    kinds = {TrialKind.MAKE: "WO", TrialKind.BUY: "PO", TrialKind.MOVE: "TO"}
    rows = [
        (kinds[one.kind], f"N{n:03}", one.item, one.quantity, *days_of(one), one.location, one.origin or "")
        for n, one in enumerate(orders)
    ]
    return with_orders(snapshot, rows)


def days_of(order: TrialOrder) -> tuple[int, int]:
    return day_number(order.begin) - AS_OF, day_number(order.due) - AS_OF


def state(books: Book) -> Any:
    """Everything a book says, of the nodes there can be."""
    nodes = product(range(len(books.snapshot.items.code)), range(len(books.terms.place)))
    ledgers = [books.ledger(*node) for node in nodes]
    return [(list(one.days), list(one.changes), list(one.receipts)) for one in ledgers]


@settings(max_examples=60, deadline=None)
@given(flat_books(), st.integers(1, 12), days)
def test_a_single_item_is_promised_as_trying_every_way_finds(snapshot: Snapshot, units: int, day: int) -> None:
    answer = promise(open_book(snapshot), ask(units, day))

    assert dates(answer) == by_trying(snapshot, units, day)


def by_trying(snapshot: Snapshot, units: int, day: int) -> list[tuple[int, int]]:
    """The most that can be added on each day without a balance below zero that was not, and no lower where it was."""

    def balances(extra: list[tuple[int, int]]) -> list[int]:
        supply, demand, day_after = snapshot.supply, snapshot.demand, 0
        found: list[int] = []
        for day_after in range(DAYS + 1):
            came = int(supply.quantity[supply.due <= AS_OF + day_after].sum()) + int(snapshot.stock.available.sum())
            went = int(demand.quantity[demand.due <= AS_OF + day_after].sum())
            found.append(came - went - sum(q for on, q in extra if on <= day_after))
        return found

    taken: list[tuple[int, int]] = []
    for on in range(day, DAYS + 1):
        left = units - sum(q for _, q in taken)
        fits = [q for q in range(left, 0, -1) if min(balances([*taken, (on, q)])[on:]) >= 0]
        if fits:
            taken.append((on, fits[0]))
    return taken


@settings(max_examples=60, deadline=None)
@given(deep_books(), st.lists(asks, min_size=1, max_size=3))
def test_rollback_restores_the_book_exactly(snapshot: Snapshot, wanted: list[tuple[str, int, int]]) -> None:
    books = open_book(snapshot, PromisingRules(borrow=True))
    before, mark = state(books), books.bookmark()

    for item, units, day in wanted:
        promise(books, ask(units, day, item=item))
    books.rollback(mark)

    assert state(books) == before


@settings(max_examples=60, deadline=None)
@given(deep_books(), asks)
def test_the_same_books_give_the_same_answer(snapshot: Snapshot, wanted: tuple[str, int, int]) -> None:
    item, units, day = wanted
    books = open_book(snapshot)
    mark = books.bookmark()

    first = promise(books, ask(units, day, item=item))
    books.rollback(mark)

    assert (
        promise(books, ask(units, day, item=item)) == first == promise(open_book(snapshot), ask(units, day, item=item))
    )


@settings(max_examples=60, deadline=None)
@given(deep_books(), asks)
def test_every_unit_has_a_day_or_none_and_rests_on_something(snapshot: Snapshot, wanted: tuple[str, int, int]) -> None:
    item, units, day = wanted

    answer = promise(open_book(snapshot), ask(units, day, item=item))

    promised = sum(quantity for _, quantity in dates(answer))
    assert promised + answer.unplannable == units
    assert [on for on, _ in dates(answer)] == sorted({on for on, _ in dates(answer)})
    assert all(on >= day for on, _ in dates(answer))
    assert sum(peg.quantity for peg in answer.pegs if peg.level == 0) == promised
    assert all(order.begin <= order.due and day_number(order.begin) >= AS_OF for order in answer.commands)
    assert pegged_by_day(answer)


def pegged_by_day(answer: Promise) -> bool:
    """Whether on every promised day so many units were there."""
    return all(
        sum(part.quantity for part in answer.dates if part.on <= one.on)
        <= sum(peg.quantity for peg in answer.pegs if peg.level == 0 and peg.on <= one.on)
        for one in answer.dates
    )


def missing(books: Book) -> dict[tuple[int, int, int], int]:
    """Units missing on each day at each node where some are."""
    found: dict[tuple[int, int, int], int] = {}
    for item, place in product(range(len(books.snapshot.items.code)), range(len(books.terms.place))):
        ledger = books.ledger(item, place)
        changes, balance = dict(zip(ledger.days, ledger.changes, strict=True)), 0
        for day in range(AS_OF, AS_OF + 40):
            balance += changes.get(day, 0)
            if balance < 0:
                found[item, place, day] = -balance
    return found


def no_more(after: dict[tuple[int, int, int], int], before: dict[tuple[int, int, int], int]) -> bool:
    return all(units <= before.get(where, 0) for where, units in after.items())


@settings(max_examples=60, deadline=None)
@given(deep_books(), st.lists(asks, min_size=1, max_size=3), st.booleans())
def test_promises_take_nothing_that_others_need(
    snapshot: Snapshot, wanted: list[tuple[str, int, int]], borrow: bool
) -> None:
    books = open_book(snapshot, PromisingRules(borrow=borrow))
    before = missing(books)

    for item, units, day in wanted:
        promise(books, ask(units, day, item=item))

    assert no_more(missing(books), before)


@settings(max_examples=60, deadline=None)
@given(deep_books(), asks)
def test_with_its_orders_placed_a_promise_leaves_nothing_more_to_be_missed(
    snapshot: Snapshot, wanted: tuple[str, int, int]
) -> None:
    item, units, day = wanted
    answer = promise(open_book(snapshot), ask(units, day, item=item))

    after = with_lines(planned(snapshot, answer.commands), dates(answer), item="ABC".index(item))

    assert no_more(missing(open_book(after)), missing(open_book(snapshot)))


@settings(max_examples=60, deadline=None)
@given(flat_books(), days)
def test_what_is_free_hurts_nobody_and_one_more_does(snapshot: Snapshot, day: int) -> None:
    books = open_book(snapshot)
    before, free = missing(books), books.free(0, 0, AS_OF + day)

    exactly = missing(open_book(with_lines(snapshot, [(day, free)] if free else [])))
    one_more = missing(open_book(with_lines(snapshot, [(day, free + 1)])))

    assert no_more(exactly, before)
    assert not no_more(one_more, before)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_no_promise_takes_what_an_earlier_one_rests_on_and_all_are_taken_back(seed: int) -> None:
    books, first = open_book(world(seed), rules(seed)), list[Promise]()
    before, mark = state(books), books.bookmark()

    for one in world_asks(seed):
        short = missing(books)
        first.append(promise(books, one))
        assert no_more(missing(books), short)
    books.rollback(mark)

    assert state(books) == before
    assert [promise(books, one) for one in world_asks(seed)] == first


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_were_read_is_irrelevant(seed: int, shuffle: Random) -> None:
    given_rows = rows(seed)
    mixed = {table: shuffle.sample(list(these), len(these)) for table, these in given_rows.items()}

    answer = promise(open_book(row_book(given_rows)), ask(9, 3))

    assert promise(open_book(row_book(mixed)), ask(9, 3)) == answer


ROW_ITEMS = [("A", True, 2), ("B", True, 1), ("C",)]


def row_book(tables: dict[str, list[tuple[Any, ...]]]) -> Snapshot:
    """The books of these rows, table by table."""
    return book(items=ROW_ITEMS, **tables)  # pyright: ignore[reportArgumentType]  the names are those of tables


def rows(seed: int) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of several tables, each with all that decides ties."""
    dice = Random(seed)
    return {
        "bom": [("A", "B"), ("A", "C", "2"), ("B", "C")],
        "stock": [(item, dice.randint(1, 6)) for item in "ABC"],
        "demand": [
            ("S", n, dice.choice("ABC"), dice.randint(1, 4), dice.randint(0, 6), "", 0, n, 3) for n in range(1, 4)
        ],
        "supply": [("PO", f"P{n}", dice.choice("ABC"), dice.randint(1, 4), dice.randint(0, 6)) for n in range(3)],
        "sources": [("C", name, dice.randint(0, 5), "1", dice.randint(1, 3)) for name in "ST"],
    }


def test_a_day_on_which_as_much_comes_as_goes_is_taken_back_too() -> None:
    snapshot = book(
        items=[("A",)],
        stock=[("A", 9)],
        supply=[("PO", "P", "A", 4, 3)],
        demand=[("S", 1, "A", 4, 3), ("S", 2, "A", 5, 6)],
    )
    books = open_book(snapshot)
    mark, before = books.bookmark(), [books.free(0, 0, AS_OF + day) for day in range(8)]

    promise(books, ask(2, 3))
    books.rollback(mark)

    assert [books.free(0, 0, AS_OF + day) for day in range(8)] == before == [4] * 8
