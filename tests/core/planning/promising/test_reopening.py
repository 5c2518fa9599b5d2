"""Books opened again by correcting balances are those opened from nothing, whatever moved."""

from collections.abc import Iterator
from dataclasses import fields, replace
from random import Random

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st

from core.planning.promising import Book, opened, promise
from core.planning.promising.opened import Opened
from core.planning.promising.reopening import reopened
from core.planning.snapshot import Claims, Demand, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask, dates
from tests.core.planning.promising.worlds import ITEMS, PLACES, asks, rules, world

seeds = st.integers(0, 2**32 - 1)


def moved(snapshot: Snapshot, dice: Random) -> Snapshot:
    """The books after somebody took stock, or gave some back, ordered, let a line go, or claimed."""
    match dice.randrange(4):
        case 0 if snapshot.stock.available.size:
            available = snapshot.stock.available.copy()
            available[dice.randrange(available.size)] = dice.randint(0, 30)
            return replace(snapshot, stock=replace(snapshot.stock, available=available))
        case 1 if snapshot.demand.line.size:
            return replace(snapshot, demand=_without(snapshot.demand, dice.randrange(snapshot.demand.line.size)))
        case 2 if snapshot.demand.line.size:
            units = snapshot.demand.quantity.copy()
            units[dice.randrange(units.size)] = dice.randint(1, 9)
            return replace(snapshot, demand=replace(snapshot.demand, quantity=units))
        case _:
            return replace(snapshot, claims=_more(snapshot.claims, dice))


def _without(demand: Demand, row: int) -> Demand:
    columns = {f.name: getattr(demand, f.name) for f in fields(Demand) if f.name != "order"}
    rest = {name: np.delete(column, row) if column.size else column for name, column in columns.items()}
    return Demand(order=[order for n, order in enumerate(demand.order) if n != row], **rest)


def _more(claims: Claims, dice: Random) -> Claims:
    added = (dice.randrange(len(ITEMS)), dice.randrange(len(PLACES)), dice.randint(1, 4), AS_OF + dice.randint(-1, 12))
    columns = zip(("item", "location", "quantity", "due"), added, strict=True)
    return Claims(**{name: np.append(getattr(claims, name), value) for name, value in columns})


def said(books: Opened) -> Iterator[object]:
    """All that promising reads of opened books, node by node."""
    groups = books.known.groups
    for item in range(len(ITEMS)):
        for group in range(groups):
            ledger = books.known.ledger(item, group)
            yield books.known.has(item, group), ledger.days, ledger.changes, ledger.receipts
    yield {key: units for key, units in books.stock.items() if units}, books.drawn, books.rules, books.whole


@settings(max_examples=25, deadline=None)
@given(seeds, st.booleans())
def test_correcting_balances_is_opening_anew(seed: int, plenty: bool) -> None:
    dice, how, books = Random(seed), rules(seed), world(seed)
    if plenty:
        books = replace(books, stock=replace(books.stock, available=books.stock.available + 40))
    known = opened(books, how)

    for _ in range(5):
        books = moved(books, dice)
        corrected, anew = reopened(known, books), opened(books, how)
        event("corrected" if corrected else "netted again")
        known = corrected or anew
        assert list(said(known)) == list(said(anew))
        assert [promise(Book(known), one) for one in asks(seed)] == [promise(Book(anew), one) for one in asks(seed)]


def test_enough_before_and_after_is_corrected_and_a_shortage_is_netted_again() -> None:
    books = book(items=[("A",)], stock=[("A", 9)], demand=[("S", 1, "A", 3, 2)])
    fewer, too_few = (
        replace(books, stock=replace(books.stock, available=np.array([units], dtype=np.int64))) for units in (5, 2)
    )
    known = opened(books)

    corrected = reopened(known, fewer)

    assert corrected is not None
    assert dates(promise(Book(corrected), ask(9))) == [(0, 2)]
    assert reopened(known, too_few) is None
