"""Every list of the books: read whole in every sort, and filtered exactly."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import InvalidValueError
from core.domain.holds import HoldKind, HoldNo
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.items import LocationKind
from core.domain.listing.goods import (
    BalanceFilter,
    BalanceSort,
    ItemFilter,
    ItemSort,
    LocationFilter,
    LocationSort,
    MoveFilter,
    MoveSort,
    ReservationFilter,
    ReservationSort,
)
from core.domain.listing.orders import (
    CustomerFilter,
    CustomerSort,
    HoldFilter,
    HoldSort,
    LineSort,
    OrderFilter,
    OrderLineFilter,
    OrderSort,
    PromiseFilter,
    PromiseSort,
)
from core.domain.listing.paging import Key, Page, Reading, Sort
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind
from core.domain.overviews import LineStatus
from core.domain.stock import ReservationState, VirtualPlace
from core.ports.listing import ListingStore
from core.services.holding import HoldOrder, hold_order, release_as
from tests.builders import HARBOR, HOUSTON, MARIA, MESA, PUMP, RENO, SEAL, SO_1, VALVE, YARD, day
from tests.core.db.stores.listing.rows import LISTS, found, walked_whole
from tests.desk import Desk

# Those that have rows in the small company once somebody holds an order and reserves something.
FILLED = (
    "sales orders", "order lines", "promises", "holds", "customers", "items", "locations", "balances", "moves",
    "reservations",
)  # fmt: skip


def fill(desk: Desk) -> None:
    """Something in every list."""
    with desk.open_uow(MARIA.name) as uow:
        for kind in (HoldKind.MANUAL, HoldKind.ADDRESS):
            hold_order(uow, HoldOrder(key=f"hold-{kind}", order=SO_1, kind=kind, why="ask first"))
        uow.stock.reserve(SEAL, HOUSTON, quantity=3, reference="CALL-7")


@pytest.mark.parametrize("name", FILLED)
def test_every_list_is_walked_whole_in_every_sort(desk: Desk, name: str) -> None:
    fill(desk)

    walked_whole(desk, *LISTS[name])


@pytest.mark.parametrize("name", LISTS)
def test_a_key_of_another_list_is_refused(desk: Desk, name: str) -> None:
    sorts, read = LISTS[name]
    foreign: Key = ("no", "such", "key", "here")

    with desk.open_uow(MARIA.name) as uow, pytest.raises(InvalidValueError) as refused:
        read(uow.lists, Reading(sort=Sort(by=next(iter(sorts))), after=foreign))

    assert refused.value.details["field"] == "cursor"


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (OrderFilter(), ["SO-1", "SO-2"]),
        (OrderFilter(customer=HARBOR), ["SO-1"]),
        (OrderFilter(customer=CustomerCode("NOBODY")), []),
        (OrderFilter(customer_po="MESA-2"), ["SO-2"]),
        (OrderFilter(state=OrderState.CONFIRMED), ["SO-1", "SO-2"]),
        (OrderFilter(state=OrderState.DRAFT), []),
        (OrderFilter(kind=OrderKind.QUOTE), []),
        (OrderFilter(channel=Channel.EDI), ["SO-1", "SO-2"]),
        (OrderFilter(channel=Channel.PHONE), []),
        (OrderFilter(ship_from=RENO), ["SO-2"]),
        (OrderFilter(item=VALVE), ["SO-1", "SO-2"]),
        (OrderFilter(item=PUMP), ["SO-1"]),
        (OrderFilter(ordered_after=day(-1)), ["SO-1"]),
        (OrderFilter(ordered_before=day(-2)), ["SO-2"]),
        (OrderFilter(due_after=day(6)), ["SO-1", "SO-2"]),
        (OrderFilter(due_after=day(6), item=VALVE), ["SO-2"]),
        (OrderFilter(due_before=day(5)), ["SO-1"]),
        (OrderFilter(due_after=day(6), due_before=day(6)), ["SO-2"]),
        (OrderFilter(item=SEAL, due_before=day(30)), []),  # shipped: nothing of it is due any more
        (OrderFilter(late_only=True), []),
    ],
)
def test_sales_orders_are_filtered(desk: Desk, wanted: OrderFilter, numbers: list[str]) -> None:
    orders = found(desk, lambda lists, asked: lists.sales_orders(wanted, asked), OrderSort.NUMBER)

    assert [one.number for one in orders] == numbers


@pytest.mark.breaks_laws("rows are changed by hand")
def test_late_orders_are_those_with_a_line_owed_past_its_day(desk: Desk) -> None:
    desk.alter("UPDATE sales_order_lines SET promised = promised - 30 WHERE line = 2")

    late = found(desk, lambda lists, asked: lists.sales_orders(OrderFilter(late_only=True), asked), OrderSort.NUMBER)

    assert [(one.number, one.late, one.due) for one in late] == [("SO-1", 1, day(-20))]


def test_orders_changed_since_a_moment(desk: Desk) -> None:
    def changed() -> list[str]:
        since = OrderFilter(changed_since=desk.clock.now)
        orders = found(desk, lambda lists, asked: lists.sales_orders(since, asked), OrderSort.NUMBER)
        return [one.number for one in orders]

    desk.clock.now += timedelta(hours=1)
    assert changed() == []
    with desk.open_uow(MARIA.name) as uow:
        hold_order(uow, HoldOrder(key="hold", order=SO_1, kind=HoldKind.MANUAL, why="ask first"))
    assert changed() == ["SO-1"]


def test_an_order_is_listed_with_the_sums_of_its_lines(desk: Desk) -> None:
    first, second = found(desk, lambda lists, asked: lists.sales_orders(OrderFilter(), asked), OrderSort.NUMBER)

    assert (first.customer_name, first.lines, first.late, first.open) == ("Harbor Supply", 2, 0, 42)
    assert (first.requested, first.due, first.value) == (day(4), day(5), Decimal("2800.00"))
    assert (second.open, second.requested, second.due) == (20, day(6), day(6))
    assert second.value == Decimal("669.50")  # 25 at 25.50, 8 at 4


def test_orders_are_sorted_by_value_and_by_day_asked_for(desk: Desk) -> None:
    def read(lists: ListingStore, asked: Reading[Any]) -> Page[Any]:
        return lists.sales_orders(OrderFilter(), asked)

    for by, expected in ((OrderSort.VALUE, ["SO-2", "SO-1"]), (OrderSort.REQUESTED, ["SO-1", "SO-2"])):
        assert [one.number for one in found(desk, read, by)] == expected


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (OrderLineFilter(), ["SO-1/1", "SO-1/2", "SO-2/1", "SO-2/2"]),
        (OrderLineFilter(order=SO_1), ["SO-1/1", "SO-1/2"]),
        (OrderLineFilter(customer=MESA), ["SO-2/1", "SO-2/2"]),
        (OrderLineFilter(item=VALVE), ["SO-1/1", "SO-2/1"]),
        (OrderLineFilter(location=RENO), ["SO-2/1", "SO-2/2"]),
        (OrderLineFilter(status=LineStatus.OPEN), ["SO-1/1", "SO-1/2", "SO-2/1"]),
        (OrderLineFilter(status=LineStatus.LATE), []),
        (OrderLineFilter(state=OrderState.SHIPPED), ["SO-2/2"]),
        (OrderLineFilter(due_after=day(6)), ["SO-1/2", "SO-2/1", "SO-2/2"]),
        (OrderLineFilter(due_before=day(5)), ["SO-1/1"]),
    ],
)
def test_order_lines_are_filtered(desk: Desk, wanted: OrderLineFilter, lines: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.order_lines(wanted, asked), LineSort.ORDER)

    assert [f"{one.order}/{one.line}" for one in rows] == lines


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (PromiseFilter(), ["SO-1/1", "SO-1/2"]),
        (PromiseFilter(order=SO_1, line=1), ["SO-1/1"]),
        (PromiseFilter(order=OrderNo("SO-2")), []),
        (PromiseFilter(customer=HARBOR), ["SO-1/1", "SO-1/2"]),
        (PromiseFilter(customer=MESA), []),
        (PromiseFilter(made_since=datetime(2100, 1, 1, tzinfo=UTC)), []),
    ],
)
def test_promises_are_filtered(desk: Desk, wanted: PromiseFilter, lines: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.promises(wanted, asked), PromiseSort.MADE)

    assert [f"{one.promise.order}/{one.promise.line}" for one in rows] == lines


def test_holds_are_filtered(desk: Desk) -> None:
    fill(desk)
    with desk.open_uow(MARIA.name) as uow:
        release_as(uow, HoldNo("HOLD-2"), MARIA, why="they answered")

    def kinds(wanted: HoldFilter) -> list[str]:
        return [one.kind.value for one in found(desk, lambda lists, asked: lists.holds(wanted, asked), HoldSort.SET)]

    assert kinds(HoldFilter()) == ["manual", "address"]
    assert kinds(HoldFilter(open=True)) == ["manual"]
    assert kinds(HoldFilter(open=False)) == ["address"]
    assert kinds(HoldFilter(kind=HoldKind.ADDRESS)) == ["address"]
    assert kinds(HoldFilter(order=OrderNo("SO-2"))) == []
    assert kinds(HoldFilter(customer=HARBOR)) == ["manual", "address"]
    assert kinds(HoldFilter(due_before=desk.clock.now + timedelta(hours=8))) == ["address"]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (CustomerFilter(said="har"), ["HARBOR"]),
        (CustomerFilter(said="WATER"), ["MESA"]),
        (CustomerFilter(said="100%"), []),
        (CustomerFilter(tier=1), ["HARBOR"]),
        (CustomerFilter(country="US"), []),
        (CustomerFilter(in_use=True), ["HARBOR", "MESA"]),
        (CustomerFilter(in_use=False), []),
    ],
)
def test_customers_are_filtered(desk: Desk, wanted: CustomerFilter, codes: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.customers(wanted, asked), CustomerSort.CODE)

    assert [one.code for one in rows] == codes


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (ItemFilter(make=True), ["PUMP-1"]),
        (ItemFilter(finished_good=True), ["PUMP-1", "VALVE-3"]),
        (ItemFilter(said="INCH"), ["VALVE-3"]),
        (ItemFilter(in_use=False), []),
    ],
)
def test_items_are_filtered(desk: Desk, wanted: ItemFilter, codes: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.items(wanted, asked), ItemSort.CODE)

    assert [one.code for one in rows] == codes


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (LocationFilter(), ["HOUSTON", "RENO", "YARD"]),
        (LocationFilter(site="HOUSTON"), ["HOUSTON", "YARD"]),
        (LocationFilter(sites=frozenset(["RENO"])), ["RENO"]),
        (LocationFilter(sites=frozenset()), []),
        (LocationFilter(may_ship=True), ["HOUSTON", "RENO"]),
        (LocationFilter(kind=LocationKind.STORE), []),
    ],
)
def test_locations_are_filtered(desk: Desk, wanted: LocationFilter, codes: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.locations(wanted, asked), LocationSort.CODE)

    assert [one.code for one in rows] == codes


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (BalanceFilter(item=VALVE), ["VALVE-3@HOUSTON", "VALVE-3@RENO"]),
        (BalanceFilter(location=YARD), ["MOTOR@YARD", "SEAL@YARD"]),
        (BalanceFilter(site="RENO"), ["VALVE-3@RENO"]),
        (BalanceFilter(item=ItemCode("NONE")), []),
        (BalanceFilter(below_safety=True), []),
    ],
)
def test_balances_are_filtered(desk: Desk, wanted: BalanceFilter, places: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.balances(wanted, asked), BalanceSort.ITEM)

    assert [f"{one.item}@{one.location}" for one in rows] == places


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_balance_is_below_safety_when_fewer_are_free(desk: Desk) -> None:
    desk.alter("UPDATE items SET safety_stock = 51 WHERE code = 'VALVE-3'")

    below = BalanceFilter(below_safety=True)
    rows = found(desk, lambda lists, asked: lists.balances(below, asked), BalanceSort.FREE)

    assert [(one.location, one.free, one.safety_stock) for one in rows] == [("HOUSTON", 5, 51), ("RENO", 50, 51)]


def test_moves_are_filtered(desk: Desk) -> None:
    def moved(wanted: MoveFilter) -> list[tuple[str, str, int]]:
        rows = found(desk, lambda lists, asked: lists.moves(wanted, asked), MoveSort.RECORDED)
        return sorted((one.item, one.destination, one.quantity) for one in rows)

    assert moved(MoveFilter(item=VALVE)) == [("VALVE-3", "HOUSTON", 5), ("VALVE-3", "RENO", 60)]
    assert moved(MoveFilter(location=RENO)) == [("VALVE-3", "RENO", 60)]
    assert len(moved(MoveFilter(location=VirtualPlace.OPENING.location))) == 5
    assert moved(MoveFilter(moved_before=day(-400))) == []
    assert moved(MoveFilter(document="SO-1")) == moved(MoveFilter(order=SO_1)) == []


def test_reservations_are_filtered(desk: Desk) -> None:
    def claimed(wanted: ReservationFilter) -> list[tuple[str, str, int]]:
        rows = found(desk, lambda lists, asked: lists.reservations(wanted, asked), ReservationSort.RECORDED)
        return [(one.document, one.location, one.quantity) for one in rows]

    every = claimed(ReservationFilter())

    assert claimed(ReservationFilter(item=VALVE, location=RENO)) == every
    assert every
    assert claimed(ReservationFilter(document=every[0][0])) == every[:1]
    assert claimed(ReservationFilter(location=HOUSTON)) == []
    assert claimed(ReservationFilter(state=ReservationState.CONSUMED)) == []
    assert claimed(ReservationFilter(order=SO_1)) == []
