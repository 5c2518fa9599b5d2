"""Events change the rows they name, at the places where the reader would read them."""

import numpy as np
import pytest

from core.domain.errors import ConflictError
from core.planning.effects.applying import applied
from core.planning.effects.events import (
    Booked,
    BuiltWith,
    LineAdded,
    LineChanged,
    PlannedDropped,
    SourceLead,
    StockSet,
    SupplyAdded,
    SupplyRemoved,
)
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import PURCHASE_ORDER, WORK_ORDER, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.planned import with_orders


def _books() -> Snapshot:
    return book(
        items=[("A",), ("B",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 10, 5), ("SO-1", 3, "B", 4, 6), ("SO-2", 1, "A", 3, 9)],
        stock=[("A", 2), ("B", 5, "RENO")],
        supply=[("PO", "PO-1", "A", 40, 7, "", None, "S1")],
        sources=[("A", "S1", 4), ("A", "S2", 6)],
    )


def _line(order: str, line: int) -> LineAdded:
    return LineAdded(
        order=order, line=line, item=0, location=0, quantity=7, due=AS_OF + 2, requested=AS_OF + 2, order_date=AS_OF,
        entry=9, priority=1, price=0, penalty=0, customer=0, held=2,
    )  # fmt: skip


def test_a_new_line_stands_where_its_key_does_and_holds_its_units() -> None:
    after = applied(_books(), [_line("SO-1", 2)])

    assert list(zip(after.demand.order, after.demand.line.tolist(), strict=True)) == [
        ("SO-1", 1),
        ("SO-1", 2),
        ("SO-1", 3),
        ("SO-2", 1),
    ]
    assert after.demand.held.tolist() == [0, 2, 0, 0]
    with pytest.raises(ConflictError, match="'SO-1/3' exists already"):
        applied(_books(), [_line("SO-1", 3)])


def test_many_changes_of_lines_are_made_at_once_and_share_what_they_leave() -> None:
    before = _books()

    after = applied(before, [LineChanged(order=o, line=n, due=AS_OF + 20) for o, n in (("SO-1", 1), ("SO-2", 1))])

    assert (after.demand.due - AS_OF).tolist() == [20, 6, 20]
    assert (before.demand.due - AS_OF).tolist() == [5, 6, 9]
    assert after.demand.order is before.demand.order
    assert after.demand.quantity is before.demand.quantity


def test_stock_that_was_never_there_gets_a_row_in_its_place() -> None:
    after = applied(_books(), [StockSet(item=0, location=1, available=6), StockSet(item=0, location=0, available=1)])

    rows = zip(after.stock.item.tolist(), after.stock.location.tolist(), after.stock.available.tolist(), strict=True)
    assert list(rows) == [(0, 0, 1), (0, 1, 6), (1, 1, 5)]


def test_a_number_of_supply_is_never_used_twice() -> None:
    again = SupplyAdded(kind=PURCHASE_ORDER, number="PO-1", item=0, location=0, quantity=1, due=AS_OF, start=AS_OF)

    with pytest.raises(ConflictError, match="'PO-1/1' exists already"):
        applied(_books(), [again])


def test_a_slower_supplier_is_slower_for_its_item_alone() -> None:
    after = applied(_books(), [SourceLead(item=0, supplier=0, days=9, lead_days=6)])

    assert after.sources.lead_days.tolist() == [9, 6]
    assert after.items.lead_days.tolist() == [6, 0]


def test_planned_orders_that_are_dropped_bring_nothing_any_more() -> None:
    books = with_orders(_books(), [("PO", "PP-1", "B", 4, 1, 5, "", "", "SO-1", 3), ("PO", "PP-2", "B", 1, 2, 8)])

    after = applied(books, [PlannedDropped(numbers=frozenset({"PP-1"}))])

    assert (list(after.planned.number), list(after.supply.number)) == (["PP-2"], ["PO-1", "PP-2"])
    assert net(books, ScanRules()).line_short.tolist() == [0, 0, 0]
    assert net(after, ScanRules()).line_short.tolist() == [0, 3, 0]
    assert np.array_equal(after.demand.due, books.demand.due)


def test_a_work_order_that_goes_takes_its_minutes_and_its_other_components_along() -> None:
    books = book(items=[("A", True), ("B",), ("C",)], supply=[("WO", "W1", "A", 1, 3), ("WO", "W2", "A", 1, 3)])
    known = [BuiltWith(number=number, component=1, alternate=2, ratio=1_000_000) for number in ("W1", "W2")]
    booked = [Booked(number=number, rows=((0, AS_OF, 5),)) for number in ("W1", "W2")]

    after = applied(books, [*known, *booked, SupplyRemoved(kind=WORK_ORDER, number="W1")])

    assert (after.supply.number, after.bookings.number, after.built_instead.number) == (("W2",), ("W2",), ("W2",))
    assert after.built_instead.ratio.tolist() == [1_000_000]
