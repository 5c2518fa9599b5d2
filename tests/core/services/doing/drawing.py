"""What actions are drawn from at random: the open lines, supply and stock of books as they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode, WorkOrderNo
from core.planning.snapshot import WORK_ORDER, Snapshot, date_of
from core.ports.storage import UnitOfWork
from core.services.doing.making import begun
from tests.builders import day

FREE, MOSTLY = Decimal("0.00"), 0.8
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What an action is drawn from; `name` is part of the numbers of whatever it makes."""

    uow: UnitOfWork
    books: Snapshot
    dice: Random
    name: str

    def later(self, most: int = 20) -> date:
        """Some day from today on."""
        return day(self.dice.randint(0, most))

    def likely(self, found: Sequence[T], good: Callable[[T], bool]) -> T | None:
        """One of these, mostly of the good ones; None of none."""
        better = [one for one in found if good(one)]
        if not found:
            return None
        return self.dice.choice(better if better and self.dice.random() < MOSTLY else found)

    def units(self, most: int) -> int:
        """From one to so many."""
        return self.dice.randint(1, max(1, most))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An open sales order line as planning sees it."""

    order: OrderNo
    line: int
    item: ItemCode
    place: LocationCode
    open: int
    due: date
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An open line of supply as planning sees it."""

    number: str
    line: int
    item: ItemCode
    open: int
    start: date
    due: date
    supplier: SupplierCode


def lines(draw: Draw) -> list[Line]:
    """The open order lines that planning counts."""
    books, demand = draw.books, draw.books.demand
    return [
        Line(
            order=OrderNo(demand.order[at]),
            line=int(demand.line[at]),
            item=ItemCode(books.items.code[int(demand.item[at])]),
            place=LocationCode(books.locations.code[int(demand.location[at])]),
            open=int(demand.quantity[at]),
            due=date_of(int(demand.due[at])),
            price=Decimal(int(demand.price[at])) / 10_000,
        )
        for at in range(demand.line.size)
    ]


def coming(draw: Draw, kind: int) -> Coming | None:
    """One of the open supply lines of a kind, mostly one of which nothing has come yet and which is alone."""
    books, supply = draw.books, draw.books.supply

    def untouched(row: int) -> bool:
        number = supply.number[row]
        if kind == WORK_ORDER:
            return not begun(draw.uow.making.order(WorkOrderNo(number)))
        bought = draw.uow.purchasing.lines(PurchaseOrderNo(number))
        return len(bought) == 1 and not bought[0].received

    at = draw.likely([row for row in range(supply.line.size) if supply.kind[row] == kind], untouched)
    if at is None:
        return None
    supplier = int(supply.supplier[at])
    return Coming(
        number=supply.number[at],
        line=int(supply.line[at]),
        item=ItemCode(books.items.code[int(supply.item[at])]),
        open=int(supply.quantity[at]),
        start=date_of(int(supply.start[at])),
        due=date_of(int(supply.due[at])),
        supplier=SupplierCode(books.parties.supplier[supplier] if supplier >= 0 else ""),
    )


def stock(draw: Draw) -> tuple[ItemCode, LocationCode, int] | None:
    """An item at a place, and the units of it that are available there."""
    books, stock = draw.books, draw.books.stock
    rows = [at for at in range(stock.item.size) if stock.available[at] > 0]
    if not rows:
        return None
    at = draw.dice.choice(rows)
    item, place = books.items.code[int(stock.item[at])], books.locations.code[int(stock.location[at])]
    return ItemCode(item), LocationCode(place), int(stock.available[at])
