"""The synthetic book as a company, for a database: the same keys and numbers as its columns."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from core.domain.calendars import Calendar, Shift
from core.domain.company import Company, Settings
from core.domain.ids import (
    CalendarCode,
    CustomerCode,
    ItemCode,
    LocationCode,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    WorkCenterCode,
    WorkOrderNo,
)
from core.domain.items import BomComponent, Item, Lane, Location, StockBalance
from core.domain.making import Operation, WorkCenter
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SalesOrder, SalesOrderLine, WorkOrder
from core.domain.parties import Customer, Supplier, SupplierItem
from core.planning.snapshot import date_of
from evals.bench.book import (
    AS_OF,
    LINES_AN_ORDER,
    SETUP_MINUTES,
    SHIFT_MINUTES,
    STATIONS,
    TAKES,
    Book,
    Shape,
)
from evals.bench.book_columns import center_of, item_code, neighbours

WEEK = CalendarCode("WEEK")


def company_of(book: Book) -> Company:
    """A company with these books; reading it back gives the columns of `snapshot_of`."""
    shape = book.shape
    items = [ItemCode(item_code(shape, item)) for item in range(shape.items)]
    places = [LocationCode(f"L{place:02}") for place in range(shape.locations)]
    made, buys = _works(book, items, places), _purchases(book)
    return Company(
        settings=_settings(places[0]),
        items=tuple(_item(book, code, number) for number, code in enumerate(items)),
        locations=tuple(
            Location(code=place, site=place, name=f"Place {place}", may_ship=True, calendar=WEEK) for place in places
        ),
        calendars=(_week(),),
        work_centers=_centers(shape, places),
        operations=_operations(shape, items),
        stock=tuple(
            StockBalance(item=items[item], location=places[place], on_hand=units)
            for item, place, units in zip(
                book.stock_item.tolist(), book.stock_location.tolist(), book.stock_units.tolist(), strict=True
            )
        ),
        bom=_bom(book, items),
        lanes=tuple(
            Lane(origin=places[origin], destination=places[to], days=days, fixed_cost=Decimal(50), unit_cost=Decimal(1))
            for origin, to, days in neighbours(shape)
        ),
        customers=tuple(Customer(code=CustomerCode(f"C{n:03}"), name=f"Customer {n}") for n in range(shape.customers)),
        suppliers=tuple(Supplier(code=SupplierCode(f"S{n:03}"), name=f"Supplier {n}") for n in range(shape.suppliers)),
        supplier_items=_offers(book, items),
        sales_orders=tuple(_orders(book, places)),
        sales_order_lines=tuple(_lines(book, items, places)),
        purchase_orders=tuple(order for order, _ in buys),
        purchase_order_lines=tuple(line for _, line in buys),
        work_orders=tuple(made),
        transfer_orders=(),
    )


def _settings(place: LocationCode) -> Settings:
    return Settings(
        name="Synthetic",
        as_of=date_of(AS_OF),
        currency="USD",
        time_zone="UTC",
        default_ship_from=place,
        default_late_penalty_percent=Decimal(1),
        buffer_days=0,
    )


def _week() -> Calendar:
    return Calendar(
        code=WEEK,
        name="Five days a week",
        shifts=tuple(Shift(weekday=day, begins=0, ends=SHIFT_MINUTES) for day in range(5)),
    )


def _centers(shape: Shape, places: list[LocationCode]) -> tuple[WorkCenter, ...]:
    return tuple(
        WorkCenter(
            code=WorkCenterCode(f"W{n:02}"),
            name=f"Centre {n}",
            location=places[n % shape.locations],
            calendar=WEEK,
            stations=STATIONS,
        )
        for n in range(shape.centers)
    )


def _operations(shape: Shape, items: list[ItemCode]) -> tuple[Operation, ...]:
    return tuple(
        Operation(
            item=items[item],
            sequence=10 * (step + 1),
            name=f"Step {step + 1}",
            work_center=WorkCenterCode(f"W{center_of(shape, item, step):02}"),
            setup_minutes=SETUP_MINUTES,
            unit_minutes=Decimal(1),
        )
        for item in range(shape.made)
        for step in range(2)
    )


def _bom(book: Book, items: list[ItemCode]) -> tuple[BomComponent, ...]:
    shape = book.shape
    return tuple(
        BomComponent(
            parent=items[parent],
            component=items[int(book.component[parent, n])],
            quantity_per=Decimal(int(book.per_parent[parent, n])),
        )
        for parent in range(shape.made)
        for n in range(TAKES)
    )


def _offers(book: Book, items: list[ItemCode]) -> tuple[SupplierItem, ...]:
    shape = book.shape
    return tuple(
        SupplierItem(
            supplier=SupplierCode(f"S{int(book.supplier[item - shape.made]):03}"),
            item=items[item],
            lead_time_days=int(book.lead[item]),
            unit_price=Decimal(int(book.cost[item])),
        )
        for item in range(shape.made, shape.items)
    )


def _item(book: Book, code: ItemCode, number: int) -> Item:
    return Item(
        code=code,
        name=code,
        make=number < book.shape.made,
        finished_good=number < book.shape.finished,
        standard_cost=Decimal(int(book.cost[number])),
        lead_time_days=int(book.lead[number]),
    )


def _orders(book: Book, places: list[LocationCode]) -> Iterator[SalesOrder]:
    lines = book.lines
    for first in range(0, lines.order.size, LINES_AN_ORDER):
        number = int(lines.order[first])
        yield SalesOrder(
            number=OrderNo(f"SO-{number:07}"),
            customer=CustomerCode(f"C{int(lines.customer[first]):03}"),
            customer_po=f"PO {number}",
            channel=Channel.EDI,
            order_date=date_of(AS_OF - 7),
            currency="USD",
            ship_from=places[int(lines.location[first])],
            priority=int(lines.priority[first]),
            entry_sequence=number + 1,
            state=OrderState.CONFIRMED,
        )


def _lines(book: Book, items: list[ItemCode], places: list[LocationCode]) -> Iterator[SalesOrderLine]:
    lines = book.lines
    columns = (lines.order, lines.item, lines.location, lines.quantity, lines.due, lines.price)
    for at, (order, item, place, quantity, due, price) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        on = date_of(due)
        yield SalesOrderLine(
            order=OrderNo(f"SO-{order:07}"),
            line=at % LINES_AN_ORDER + 1,
            item=items[item],
            ordered=quantity,
            unit_price=Decimal(price),
            requested=on,
            first_promised=on,
            promised=on,
            state=OrderState.CONFIRMED,
            node=places[place],
        )


def _works(book: Book, items: list[ItemCode], places: list[LocationCode]) -> Iterator[WorkOrder]:
    receipts = book.receipts
    for number, at in enumerate(receipts.made.nonzero()[0].tolist()):
        item, due = int(receipts.item[at]), date_of(int(receipts.due[at]))
        yield WorkOrder(
            number=WorkOrderNo(f"WO-{number:07}"),
            item=items[item],
            location=places[int(receipts.location[at])],
            ordered=int(receipts.quantity[at]),
            start=due - timedelta(days=int(book.lead[item])),
            due=due,
            components_issued=True,
        )


def _purchases(book: Book) -> list[tuple[PurchaseOrder, PurchaseOrderLine]]:
    receipts, found = book.receipts, list[tuple[PurchaseOrder, PurchaseOrderLine]]()
    for number, at in enumerate((~receipts.made).nonzero()[0].tolist()):
        item = int(receipts.item[at])
        name = PurchaseOrderNo(f"PO-{number:07}")
        order = PurchaseOrder(
            number=name,
            supplier=SupplierCode(f"S{int(book.supplier[item - book.shape.made]):03}"),
            order_date=date_of(AS_OF - 7),
            currency="USD",
        )
        line = PurchaseOrderLine(
            order=name,
            line=1,
            item=ItemCode(item_code(book.shape, item)),
            location=LocationCode(f"L{int(receipts.location[at]):02}"),
            ordered=int(receipts.quantity[at]),
            unit_price=Decimal(int(book.cost[item])),
            due=date_of(int(receipts.due[at])),
        )
        found.append((order, line))
    return found
