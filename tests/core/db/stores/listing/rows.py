"""Reading lists in tests: every list there is, what a filter finds, and a walk over all pages."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from core.domain.listing.desk import TaskFilter, TaskSort
from core.domain.listing.fulfilment import ReturnFilter, ReturnSort, ShipmentFilter, ShipmentSort
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
from core.domain.listing.paging import Page, Reading, Sort
from core.domain.listing.supply import (
    PlannedFilter,
    PurchaseFilter,
    PurchaseLineFilter,
    PurchaseLineSort,
    SupplySort,
    TransferFilter,
    WorkFilter,
)
from core.ports.listing import ListingStore
from core.ports.storage import UnitOfWork
from tests.builders import MARIA
from tests.desk import Desk

Read = Callable[[ListingStore, Reading[Any]], Page[Any]]
# Every list without a filter, with what it may be sorted by.
LISTS: dict[str, tuple[type[StrEnum], Read]] = {
    "sales orders": (OrderSort, lambda lists, asked: lists.sales_orders(OrderFilter(), asked)),
    "order lines": (LineSort, lambda lists, asked: lists.order_lines(OrderLineFilter(), asked)),
    "promises": (PromiseSort, lambda lists, asked: lists.promises(PromiseFilter(), asked)),
    "holds": (HoldSort, lambda lists, asked: lists.holds(HoldFilter(), asked)),
    "customers": (CustomerSort, lambda lists, asked: lists.customers(CustomerFilter(), asked)),
    "items": (ItemSort, lambda lists, asked: lists.items(ItemFilter(), asked)),
    "locations": (LocationSort, lambda lists, asked: lists.locations(LocationFilter(), asked)),
    "balances": (BalanceSort, lambda lists, asked: lists.balances(BalanceFilter(), asked)),
    "moves": (MoveSort, lambda lists, asked: lists.moves(MoveFilter(), asked)),
    "reservations": (ReservationSort, lambda lists, asked: lists.reservations(ReservationFilter(), asked)),
    "purchases": (SupplySort, lambda lists, asked: lists.purchases(PurchaseFilter(), asked)),
    "purchase lines": (PurchaseLineSort, lambda lists, asked: lists.purchase_lines(PurchaseLineFilter(), asked)),
    "works": (SupplySort, lambda lists, asked: lists.works(WorkFilter(), asked)),
    "transfers": (SupplySort, lambda lists, asked: lists.transfers(TransferFilter(), asked)),
    "planned": (SupplySort, lambda lists, asked: lists.planned(PlannedFilter(), asked)),
    "shipments": (ShipmentSort, lambda lists, asked: lists.shipments(ShipmentFilter(), asked)),
    "returns": (ReturnSort, lambda lists, asked: lists.returns(ReturnFilter(), asked)),
    "tasks": (TaskSort, lambda lists, asked: lists.tasks(TaskFilter(), asked)),
}


def walk(uow: UnitOfWork, read: Read, sort: Sort[Any], limit: int) -> list[Any]:
    """All pages of a list, one after the other."""
    met, after = list[Any](), None
    while True:
        page = read(uow.lists, Reading(sort=sort, after=after, limit=limit))
        met += page.items
        after = page.next
        if after is None:
            return met
        assert len(page.items) == limit


def walked_whole(desk: Desk, sorts: type[StrEnum], read: Read) -> None:
    """In every sort, both ways, pages of every size hold what one page holds."""
    with desk.open_uow(MARIA.name) as uow:
        for by in sorts:
            upwards = read(uow.lists, Reading(sort=Sort(by=by), limit=200)).items
            downwards = read(uow.lists, Reading(sort=Sort(by=by, descending=True), limit=200)).items

            assert len(upwards) > 1, "one row would prove nothing"
            assert sorted(map(repr, upwards)) == sorted(map(repr, downwards))
            for limit in (1, 2, 3):
                assert walk(uow, read, Sort(by=by), limit) == list(upwards)
                assert walk(uow, read, Sort(by=by, descending=True), limit) == list(downwards)


def found(desk: Desk, read: Read, by: StrEnum) -> list[Any]:
    """What a filter finds, in one order."""
    with desk.open_uow(MARIA.name) as uow:
        return list(read(uow.lists, Reading(sort=Sort(by=by))).items)
