"""Lists of supply, shipments, returns and tasks, filtered exactly."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, LiteralString

import pytest

from core.domain.ids import CustomerCode, OrderNo, PurchaseOrderNo
from core.domain.listing.desk import TaskFilter, TaskSort
from core.domain.listing.fulfilment import ReturnFilter, ReturnSort, ShipmentFilter, ShipmentSort
from core.domain.listing.supply import (
    PlannedFilter,
    PurchaseFilter,
    PurchaseLineFilter,
    PurchaseLineSort,
    SupplySort,
    TransferFilter,
    WorkFilter,
)
from core.domain.orders import SupplyState
from core.domain.planned_orders import PlannedKind, PlannedState
from core.domain.returns import ReturnState
from core.domain.shipments import ShipmentState
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage
from core.domain.tasks import TaskKind, TaskState
from core.domain.users import Role
from tests.builders import DELTA, GULF, HARBOR, HOUSTON, MESA, PUMP, RENO, SEAL, SO_1, VALVE, YARD, day
from tests.core.db.stores.listing.rows import LISTS, found, walked_whole
from tests.desk import Desk

Books = Callable[[LiteralString], None]


def numbers(rows: list[Any]) -> list[str]:
    """What rows are called."""
    return [one.number for one in rows]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (PurchaseFilter(), ["PO-1", "PO-2"]),
        (PurchaseFilter(supplier=GULF), ["PO-1"]),
        (PurchaseFilter(item=VALVE), ["PO-1"]),
        (PurchaseFilter(item=SEAL), ["PO-1", "PO-2"]),
        (PurchaseFilter(location=HOUSTON), ["PO-1", "PO-2"]),
        (PurchaseFilter(location=RENO), []),
        (PurchaseFilter(stage=PurchaseStage.RECEIVED), ["PO-2"]),
        (PurchaseFilter(state=SupplyState.OPEN), ["PO-1"]),
        (PurchaseFilter(due_before=day(9)), ["PO-1"]),
        (PurchaseFilter(due_before=day(8)), []),
        (PurchaseFilter(due_after=day(20), item=VALVE), ["PO-1"]),
        (PurchaseFilter(due_after=day(20), item=SEAL), []),
        (PurchaseFilter(late_only=True), []),
    ],
)
def test_purchase_orders_are_filtered(desk: Desk, wanted: PurchaseFilter, expected: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.purchases(wanted, asked), SupplySort.NUMBER)

    assert numbers(rows) == expected


def test_a_purchase_order_has_the_sums_of_its_lines(desk: Desk) -> None:
    rows = found(desk, lambda lists, asked: lists.purchases(PurchaseFilter(), asked), SupplySort.DUE)

    assert [(one.number, one.lines, one.open, one.due, one.value) for one in rows] == [
        ("PO-1", 2, 50, day(9), Decimal("725.00")),
        ("PO-2", 1, 0, None, Decimal("25.00")),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (PurchaseLineFilter(), ["PO-1/1", "PO-1/2", "PO-2/1"]),
        (PurchaseLineFilter(order=PurchaseOrderNo("PO-1")), ["PO-1/1", "PO-1/2"]),
        (PurchaseLineFilter(supplier=DELTA), ["PO-2/1"]),
        (PurchaseLineFilter(item=VALVE), ["PO-1/1"]),
        (PurchaseLineFilter(location=YARD), []),
        (PurchaseLineFilter(open_only=True), ["PO-1/1", "PO-1/2"]),
        (PurchaseLineFilter(due_after=day(9), due_before=day(9)), ["PO-1/2"]),
    ],
)
def test_lines_of_purchase_orders_are_filtered(desk: Desk, wanted: PurchaseLineFilter, expected: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.purchase_lines(wanted, asked), PurchaseLineSort.ORDER)

    assert [f"{one.order}/{one.line}" for one in rows] == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (WorkFilter(item=PUMP), ["WO-1"]),
        (WorkFilter(item=VALVE), []),
        (WorkFilter(location=HOUSTON, state=SupplyState.OPEN), ["WO-1"]),
        (WorkFilter(stage=WorkStage.CLOSED), []),
        (WorkFilter(due_after=day(6)), []),
        (WorkFilter(due_before=day(5)), ["WO-1"]),
        (WorkFilter(late_only=True), []),
    ],
)
def test_work_orders_are_filtered(desk: Desk, wanted: WorkFilter, expected: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.works(wanted, asked), SupplySort.NUMBER)

    assert numbers(rows) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TransferFilter(), ["TO-1", "TO-2"]),
        (TransferFilter(item=SEAL), ["TO-2"]),
        (TransferFilter(location=RENO), ["TO-1"]),
        (TransferFilter(location=HOUSTON), ["TO-1", "TO-2"]),
        (TransferFilter(stage=TransferStage.SHIPPED), ["TO-2"]),
        (TransferFilter(state=SupplyState.CANCELLED), []),
        (TransferFilter(due_before=day(2)), ["TO-2"]),
        (TransferFilter(late_only=True), []),
    ],
)
def test_transfer_orders_are_filtered(desk: Desk, wanted: TransferFilter, expected: list[str]) -> None:
    rows = found(desk, lambda lists, asked: lists.transfers(wanted, asked), SupplySort.NUMBER)

    assert numbers(rows) == expected


def test_late_supply_is_open_and_past_its_day(desk: Desk, books_as_superuser: Books) -> None:
    books_as_superuser("UPDATE settings SET as_of = as_of + 10")

    def late(name: str, wanted: Any) -> list[tuple[str, bool]]:
        rows = found(desk, lambda lists, asked: getattr(lists, name)(wanted, asked), SupplySort.NUMBER)
        return [(one.number, one.late) for one in rows]

    assert late("purchases", PurchaseFilter(late_only=True)) == [("PO-1", True)]
    assert late("purchases", PurchaseFilter(late_only=True, item=VALVE)) == []
    assert late("works", WorkFilter(late_only=True)) == [("WO-1", True)]
    assert late("transfers", TransferFilter(late_only=True)) == [("TO-1", True), ("TO-2", True)]


def fill(books: Books) -> None:
    """Planned orders, shipments, returns, work orders and tasks, two of each and more."""
    fill_supply(books)
    fill_fulfilment(books)
    books("""
        INSERT INTO human_tasks (subject, text, state, created_at, kind, role, about, due, answer, note)
        SELECT 'ask:' || n, 'Ask them', CASE n WHEN 3 THEN 'done' ELSE 'open' END, now(),
               CASE n WHEN 1 THEN 'offer' ELSE 'question' END, CASE n WHEN 2 THEN 'buyer' END, 'order:SO-' || n,
               CASE n WHEN 1 THEN s.as_of WHEN 3 THEN s.as_of - 1 END, CASE n WHEN 3 THEN 'done' ELSE '' END, ''
        FROM generate_series(1, 3) n, settings s
    """)


def fill_supply(books: Books) -> None:
    """Three planned orders and three work orders."""
    books("""
        INSERT INTO planned_orders (number, kind, item_id, location_id, quantity, start, due, supplier_id, origin_id,
                                    promisable, state, firmed_as, version)
        SELECT 'PL-' || n, (ARRAY['purchase', 'work', 'transfer'])[n], i.id, l.id, 10 * n, s.as_of, s.as_of + n,
               CASE n WHEN 1 THEN (SELECT id FROM suppliers WHERE code = 'GULF') END,
               CASE n WHEN 3 THEN (SELECT id FROM locations WHERE code = 'RENO') END,
               true, CASE n WHEN 2 THEN 'cancelled' ELSE 'planned' END, NULL, 1
        FROM generate_series(1, 3) n, items i, locations l, settings s WHERE i.code = 'VALVE-3' AND l.code = 'HOUSTON'
    """)
    books("""
        INSERT INTO work_orders (number, item_id, location_id, ordered, completed, start, due, components_issued, state,
                                 stage)
        SELECT 'WO-' || n, item_id, location_id, 3, 0, start, due + n, false, 'open', 'open'
        FROM work_orders, generate_series(2, 3) n WHERE number = 'WO-1'
    """)


def fill_fulfilment(books: Books) -> None:
    """A shipment and a return of each order."""
    books("""
        INSERT INTO shipments (number, order_id, location_id, state, method, carrier, service, tracking_number, ship_on,
            expected_on, freight_cost, invoice, problem, version, recorded_at)
        SELECT o.number || '-S', o.id, o.ship_from_id, CASE o.number WHEN 'SO-1' THEN 'shipped' ELSE 'released' END,
               'delivery', NULL, '', '', s.as_of + o.entry_sequence::int, s.as_of + 3, 0, '',
               CASE o.number WHEN 'SO-1' THEN 'late' ELSE '' END, 1, now()
        FROM sales_orders o, settings s
    """)
    books("""
        INSERT INTO shipment_lines (shipment_id, position, order_id, line, item_id, lot, quantity, picked)
        SELECT s.id, x.line, x.order_id, x.line, x.item_id, '', x.ordered, 0
        FROM shipments s JOIN sales_order_lines x ON x.order_id = s.order_id
    """)
    books("""
        INSERT INTO returns (number, order_id, location_id, state, wish, method, note, refusal, version, requested_at,
                             changed_at)
        SELECT 'RMA-' || o.number, o.id, o.ship_from_id, CASE o.number WHEN 'SO-1' THEN 'received' ELSE 'requested' END,
               'refund', 'carrier', '', '', 1, now() - make_interval(days => o.entry_sequence::int), now()
        FROM sales_orders o
    """)
    books("""
        INSERT INTO return_lines (return_id, position, order_id, line, item_id, lot, serial, reason, quantity, received,
                                  disposed, finding)
        SELECT r.id, 1, x.order_id, x.line, x.item_id, '', '', 'damaged', 3, 1, 0, ''
        FROM returns r JOIN sales_order_lines x ON x.order_id = r.order_id AND x.line = 1
    """)


SUPPLY = ("purchases", "purchase lines", "works", "transfers", "planned", "shipments", "returns", "tasks")


@pytest.mark.parametrize("name", SUPPLY)
def test_every_list_is_walked_whole_in_every_sort(desk: Desk, books_as_superuser: Books, name: str) -> None:
    fill(books_as_superuser)

    walked_whole(desk, *LISTS[name])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (PlannedFilter(), ["PL-1", "PL-2", "PL-3"]),
        (PlannedFilter(kind=PlannedKind.TRANSFER), ["PL-3"]),
        (PlannedFilter(state=PlannedState.CANCELLED), ["PL-2"]),
        (PlannedFilter(supplier=GULF), ["PL-1"]),
        (PlannedFilter(item=SEAL), []),
        (PlannedFilter(location=HOUSTON, due_after=day(2)), ["PL-2", "PL-3"]),
        (PlannedFilter(due_before=day(1)), ["PL-1"]),
    ],
)
def test_planned_orders_are_filtered(
    desk: Desk, books_as_superuser: Books, wanted: PlannedFilter, expected: list[str]
) -> None:
    fill(books_as_superuser)

    assert numbers(found(desk, lambda lists, asked: lists.planned(wanted, asked), SupplySort.NUMBER)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ShipmentFilter(), [("SO-1-S", 42), ("SO-2-S", 38)]),
        (ShipmentFilter(order=SO_1), [("SO-1-S", 42)]),
        (ShipmentFilter(customer=MESA), [("SO-2-S", 38)]),
        (ShipmentFilter(customer=CustomerCode("NOBODY")), []),
        (ShipmentFilter(location=RENO), [("SO-2-S", 38)]),
        (ShipmentFilter(state=ShipmentState.SHIPPED), [("SO-1-S", 42)]),
        (ShipmentFilter(troubled=True), [("SO-1-S", 42)]),
        (ShipmentFilter(ship_after=day(2)), [("SO-2-S", 38)]),
        (ShipmentFilter(ship_before=day(1)), [("SO-1-S", 42)]),
    ],
)
def test_shipments_are_filtered(
    desk: Desk, books_as_superuser: Books, wanted: ShipmentFilter, expected: list[tuple[str, int]]
) -> None:
    fill(books_as_superuser)

    rows = found(desk, lambda lists, asked: lists.shipments(wanted, asked), ShipmentSort.NUMBER)

    assert [(one.number, one.units) for one in rows] == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ReturnFilter(), ["RMA-SO-1", "RMA-SO-2"]),
        (ReturnFilter(order=OrderNo("SO-2")), ["RMA-SO-2"]),
        (ReturnFilter(customer=HARBOR), ["RMA-SO-1"]),
        (ReturnFilter(location=HOUSTON), ["RMA-SO-1"]),
        (ReturnFilter(state=ReturnState.REQUESTED), ["RMA-SO-2"]),
    ],
)
def test_returns_are_filtered(desk: Desk, books_as_superuser: Books, wanted: ReturnFilter, expected: list[str]) -> None:
    fill(books_as_superuser)

    rows = found(desk, lambda lists, asked: lists.returns(wanted, asked), ReturnSort.NUMBER)

    assert numbers(rows) == expected
    assert all((one.units, one.received) == (3, 1) for one in rows)


def test_returns_asked_for_since_a_moment(desk: Desk, books_as_superuser: Books) -> None:
    fill(books_as_superuser)

    def since(moment: Any) -> list[str]:
        wanted = ReturnFilter(requested_since=moment)
        return numbers(found(desk, lambda lists, asked: lists.returns(wanted, asked), ReturnSort.REQUESTED))

    first, second = found(desk, lambda lists, asked: lists.returns(ReturnFilter(), asked), ReturnSort.REQUESTED)
    assert since(first.requested_at) == ["RMA-SO-2", "RMA-SO-1"]
    assert since(second.requested_at) == ["RMA-SO-1"]
    assert since(second.requested_at + timedelta(microseconds=1)) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TaskFilter(), ["ask:1", "ask:2", "ask:3"]),
        (TaskFilter(state=TaskState.OPEN), ["ask:1", "ask:2"]),
        (TaskFilter(kind=TaskKind.OFFER), ["ask:1"]),
        (TaskFilter(role=Role.BUYER), ["ask:2"]),
        (TaskFilter(about="order:SO-3"), ["ask:3"]),
        (TaskFilter(due_before=day(-1)), ["ask:3"]),
        (TaskFilter(due_before=day(0), state=TaskState.OPEN), ["ask:1"]),
    ],
)
def test_tasks_are_filtered(desk: Desk, books_as_superuser: Books, wanted: TaskFilter, expected: list[str]) -> None:
    fill(books_as_superuser)

    rows = found(desk, lambda lists, asked: lists.tasks(wanted, asked), TaskSort.ASKED)

    assert [one.subject for one in rows] == expected


def test_tasks_without_a_day_come_last(desk: Desk, books_as_superuser: Books) -> None:
    fill(books_as_superuser)

    def due(by: StrEnum) -> list[str]:
        return [one.subject for one in found(desk, lambda lists, asked: lists.tasks(TaskFilter(), asked), by)]

    assert due(TaskSort.DUE) == ["ask:3", "ask:1", "ask:2"]
