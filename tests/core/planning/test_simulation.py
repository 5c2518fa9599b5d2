"""What the actions of a plan do to the books."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import ConflictError, InsufficientStockError, NotFoundError
from core.domain.ids import (
    ItemCode,
    LocationCode,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
)
from core.domain.plans import Buy, CorrectLedger, Expedite, Reallocate, RePromise, Substitute, Transfer, Wait
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book

ZERO = Decimal(0)


def _day(offset: int) -> date:
    return date(1970, 1, 1) + timedelta(days=AS_OF + offset)


def _books() -> Snapshot:
    return book(
        items=[("A",), ("B",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 10, 5), ("SO-1", 2, "B", 4, 6), ("SO-2", 1, "A", 3, 9)],
        stock=[("A", 2), ("A", 30, "RENO")],
        supply=[
            ("PO", "PO-1", "A", 40, 7, "", None, "S1", False, 2),
            ("PO", "PO-3", "B", 9, 8, "", None, "S1"),
            ("TO", "TO-5", "A", 1, 3),
            ("WO", "WO-1", "A", 2, 4, "", 1),
        ],
        suppliers=["S1", "S2"],
    )


def _transfer(quantity: int, *, reference: str = "TO-17.1A-1") -> Transfer:
    return Transfer(
        reference=TransferOrderNo(reference),
        item=ItemCode("A"),
        origin=LocationCode("RENO"),
        destination=LocationCode("MAIN"),
        quantity=quantity,
        ship_on=_day(0),
        arrive_on=_day(3),
        cost=ZERO,
    )


def _buy(reference: str) -> Buy:
    return Buy(
        reference=PurchaseOrderNo(reference),
        supplier=SupplierCode("S2"),
        item=ItemCode("B"),
        location=LocationCode("RENO"),
        quantity=25,
        unit_price=Decimal(3),
        currency="EUR",
        arrive_on=_day(2),
        cost=ZERO,
        quote="Q-1",
    )


def _expedite(number: str, line: int) -> Expedite:
    return Expedite(
        purchase_order=PurchaseOrderNo(number),
        line=line,
        supplier=SupplierCode("S1"),
        item=ItemCode("A"),
        quantity=40,
        old_due=_day(7),
        new_due=_day(4),
        fee=ZERO,
        quote="Q-2",
    )


def _promise(order: str, line: int) -> RePromise:
    return RePromise(order=OrderNo(order), line=line, old=_day(5), new=_day(8), quantity=10)


def test_a_transfer_takes_the_stock_at_once_and_adds_its_order_where_the_reader_would_read_it() -> None:
    before = _books()

    after = apply(before, (_transfer(30),))

    assert after.stock.available.tolist() == [2, 0]
    assert before.stock.available.tolist() == [2, 30]
    assert after.supply.number == ("WO-1", "PO-1", "PO-3", "TO-17.1A-1", "TO-5")
    assert after.supply.kind.tolist() == [1, 2, 2, 3, 3]
    assert after.supply.line.tolist() == [1, 2, 1, 1, 1]
    assert after.supply.item.tolist() == [0, 0, 1, 0, 0]
    assert after.supply.location.tolist() == [0, 0, 0, 0, 0]
    assert after.supply.quantity.tolist() == [2, 40, 9, 30, 1]
    assert (after.supply.due - AS_OF).tolist() == [4, 7, 8, 3, 3]
    assert (after.supply.start - AS_OF).tolist() == [1, 7, 8, 3, 3]
    assert after.supply.supplier.tolist() == [-1, 0, 0, -1, -1]
    assert not after.supply.issued.any()


def test_a_transfer_of_more_than_is_available_is_refused() -> None:
    with pytest.raises(InsufficientStockError) as refusal:
        apply(_books(), (_transfer(20), _transfer(11, reference="TO-17.1A-2")))

    assert refusal.value.details["available"] == 10


def test_an_expedite_moves_the_day_of_its_purchase_order_line_alone() -> None:
    after = apply(_books(), (_expedite("PO-1", 2),))

    assert (after.supply.due - AS_OF).tolist() == [4, 4, 8, 3]
    assert (after.supply.start - AS_OF).tolist() == [1, 4, 8, 3]


def test_an_expedite_of_a_line_that_is_not_open_is_refused() -> None:
    with pytest.raises(NotFoundError, match="'PO-1/1' is not open"):
        apply(_books(), (_expedite("PO-1", 1),))


def test_a_bought_quantity_becomes_a_purchase_order_line_of_its_supplier() -> None:
    after = apply(_books(), (_buy("PO-17.1B-1"),))

    assert after.supply.number == ("WO-1", "PO-1", "PO-17.1B-1", "PO-3", "TO-5")
    assert after.supply.item.tolist() == [0, 0, 1, 1, 0]
    assert after.supply.location.tolist() == [0, 0, 1, 0, 0]
    assert after.supply.quantity.tolist() == [2, 40, 25, 9, 1]
    assert after.supply.supplier.tolist() == [-1, 0, 1, 0, -1]


def test_a_purchase_order_number_is_never_used_twice() -> None:
    with pytest.raises(ConflictError, match="'PO-3/1' exists already"):
        apply(_books(), (_buy("PO-3"),))


def test_a_new_promise_moves_one_line() -> None:
    after = apply(_books(), (_promise("SO-1", 1),))

    assert (after.demand.due - AS_OF).tolist() == [8, 6, 9]
    assert (after.demand.requested - AS_OF).tolist() == [5, 6, 9]


def test_a_new_promise_for_a_line_that_is_not_open_is_refused() -> None:
    with pytest.raises(NotFoundError, match="'SO-1/3' is not open"):
        apply(_books(), (_promise("SO-1", 3),))


def test_waiting_changes_nothing_and_untouched_tables_are_shared() -> None:
    before = _books()

    assert apply(before, (Wait(until=_day(1)),)) is before
    assert apply(before, (_promise("SO-1", 1),)).supply is before.supply


@given(
    quantities=st.lists(st.integers(min_value=1, max_value=10), max_size=6),
    numbers=st.lists(st.integers(min_value=2, max_value=99), unique=True, max_size=5),
)
def test_transfers_conserve_units_and_rows_stay_sorted(quantities: list[int], numbers: list[int]) -> None:
    transfers = tuple(_transfer(q, reference=f"TO-{n}") for n, q in enumerate(quantities, start=100))[:3]
    before = _books()

    after = apply(before, (*transfers, *(_buy(f"PO-{n}.1A-1") for n in numbers)))

    of_a = after.supply.item == 0
    kept = int(after.stock.available.sum()) + int(after.supply.quantity[of_a].sum())
    assert kept == int(before.stock.available.sum()) + int(before.supply.quantity[before.supply.item == 0].sum())
    keys = list(zip(after.supply.kind.tolist(), after.supply.number, after.supply.line.tolist(), strict=True))
    assert keys == sorted(keys)
    assert after.supply.due.dtype == after.supply.start.dtype == np.int32


def _correct(free: int, change: int, *, item: str = "A") -> CorrectLedger:
    return CorrectLedger(
        reference="CC-1",
        item=ItemCode(item),
        location=LocationCode("RENO"),
        on_hand=30,
        free=free,
        change=change,
        reason="count",
        value=ZERO,
    )


def _hold(quantity: int) -> Reallocate:
    return Reallocate(
        reference="RA-1",
        item=ItemCode("A"),
        location=LocationCode("RENO"),
        quantity=quantity,
        from_order=OrderNo("SO-2"),
        from_line=1,
        to_order=OrderNo("SO-1"),
        to_line=1,
    )


def test_a_count_corrects_what_the_plan_left() -> None:
    after = apply(_books(), [_transfer(4), _correct(30, -3)])

    assert after.stock.available.tolist() == [2, 23]
    assert apply(_books(), [_correct(-5, 7, item="B")]).stock.available.tolist() == [2, 30, 2]


def test_a_line_holds_no_more_than_it_has_open() -> None:
    held = apply(_books(), [_hold(8), _hold(8)])

    assert held.demand.held.tolist() == [10, 0, 0]
    assert held.stock.available.tolist() == [2, 14]
    fewer = Substitute(
        order=OrderNo("SO-1"),
        line=1,
        item=ItemCode("A"),
        quantity=10,
        unit_price=ZERO,
        alternate=ItemCode("B"),
        new_quantity=5,
        new_price=ZERO,
        cost=ZERO,
    )
    assert apply(held, [fewer]).demand.held.tolist() == [5, 0, 0]
