"""A small company: two sites that sell valves and pumps, one order that will be late, and the parts of plans for it.

Days are counted from the business date, which is that of tests/core/planning/books.py.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.domain.company import Company, Settings
from core.domain.ids import (
    CustomerCode,
    ItemCode,
    LocationCode,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
    UserName,
    WorkOrderNo,
)
from core.domain.items import BomComponent, Item, Lane, Location, StockBalance
from core.domain.order_terms import Channel
from core.domain.orders import (
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    SupplyState,
    TransferOrder,
    WorkOrder,
)
from core.domain.parties import Customer, Supplier, SupplierItem
from core.domain.plans import Buy, Expedite, RePromise, Transfer, Wait
from core.domain.users import Role, User
from core.planning.snapshot import date_of
from tests.core.planning.books import AS_OF

TODAY = date_of(AS_OF)
HOUSTON, RENO, YARD = LocationCode("HOUSTON"), LocationCode("RENO"), LocationCode("YARD")
MOTOR, PUMP, SEAL, VALVE = ItemCode("MOTOR"), ItemCode("PUMP-1"), ItemCode("SEAL"), ItemCode("VALVE-3")
DELTA, GULF = SupplierCode("DELTA"), SupplierCode("GULF")
HARBOR, MESA = CustomerCode("HARBOR"), CustomerCode("MESA")
SO_1, SO_2 = OrderNo("SO-1"), OrderNo("SO-2")
PO_1 = PurchaseOrderNo("PO-1")

MARIA = User(name=UserName("maria"), role=Role.OPERATIONS_MANAGER, limit=None)
OMAR = User(name=UserName("omar"), role=Role.OPERATIONS_MANAGER, limit=None)
PAUL = User(name=UserName("paul"), role=Role.PLANNER, limit=Decimal(500))
VIVIAN = User(name=UserName("vivian"), role=Role.VIEWER, limit=None)
PEOPLE = (MARIA, OMAR, PAUL, VIVIAN)


def day(offset: int) -> date:
    """So many days after the business date."""
    return TODAY + timedelta(days=offset)


def company(**tables: Any) -> Company:
    """The small company, with some of its tables replaced."""
    return replace(_SMALL, **tables)


def transfer(quantity: int = 25, reference: str = "TO-1.1A-1", *, arrive: int = 3) -> Transfer:
    """Valves from Reno, where there are 50 to spare, to Houston."""
    return Transfer(
        reference=TransferOrderNo(reference),
        item=VALVE,
        origin=RENO,
        destination=HOUSTON,
        quantity=quantity,
        ship_on=day(0),
        arrive_on=day(arrive),
        cost=Decimal("52.50"),
    )


def buy(quantity: int = 25, reference: str = "PO-1.1A-2", *, price: str = "15.50") -> Buy:
    """Valves from Delta, which is quicker and dearer than Gulf."""
    return Buy(
        reference=PurchaseOrderNo(reference),
        supplier=DELTA,
        item=VALVE,
        location=HOUSTON,
        quantity=quantity,
        unit_price=Decimal(price),
        currency="USD",
        arrive_on=day(6),
        cost=Decimal("37.50"),
        quote="Q-77",
    )


def expedite(new: int = 4) -> Expedite:
    """The open order on Gulf, due in 20 days, pulled in."""
    return Expedite(
        purchase_order=PO_1,
        line=1,
        supplier=GULF,
        item=VALVE,
        quantity=40,
        old_due=day(20),
        new_due=day(new),
        fee=Decimal("80.00"),
        quote="E-78",
    )


def re_promise(new: int = 9, *, order: OrderNo = SO_1, line: int = 1, old: int = 5, quantity: int = 40) -> RePromise:
    """A later date for an order line; Harbor's line is promised for day 5."""
    return RePromise(order=order, line=line, old=day(old), new=day(new), quantity=quantity)


def wait() -> Wait:
    """Do nothing for two days."""
    return Wait(until=day(2))


def _item(code: ItemCode, name: str, **values: Any) -> Item:
    return Item(code=code, name=name, **values)


def _source(supplier: str, item: ItemCode, days: int, price: str, **values: Any) -> SupplierItem:
    return SupplierItem(
        supplier=SupplierCode(supplier), item=item, lead_time_days=days, unit_price=Decimal(price), **values
    )


def _order(number: OrderNo, customer: CustomerCode, ship_from: LocationCode, sequence: int) -> SalesOrder:
    return SalesOrder(
        number=number,
        customer=customer,
        customer_po=f"{customer}-{sequence}",
        channel=Channel.EDI,
        order_date=day(-sequence),
        currency="USD",
        ship_from=ship_from,
        priority=1 if customer == HARBOR else 3,
        entry_sequence=sequence,
    )


def _line(order: OrderNo, line: int, item: ItemCode, ordered: int, **values: Any) -> SalesOrderLine:
    return SalesOrderLine(order=order, line=line, item=item, ordered=ordered, **values)


def _bought(order: str, line: int, item: ItemCode, ordered: int, due: int, **values: Any) -> PurchaseOrderLine:
    return PurchaseOrderLine(
        order=PurchaseOrderNo(order), line=line, item=item, location=HOUSTON, ordered=ordered, due=day(due), **values
    )


def _moved(number: str, item: ItemCode, origin: LocationCode, quantity: int, due: int, **values: Any) -> TransferOrder:
    return TransferOrder(
        number=TransferOrderNo(number),
        item=item,
        origin=origin,
        destination=HOUSTON,
        quantity=quantity,
        ship_on=day(0),
        due=day(due),
        **values,
    )


_SMALL = Company(
    settings=Settings(
        name="Sabine Valve",
        as_of=TODAY,
        currency="USD",
        time_zone="America/Chicago",
        default_ship_from=HOUSTON,
        default_late_penalty_percent=Decimal("0.5"),
        buffer_days=2,
        assumptions=("lanes take three days",),
    ),
    items=(
        _item(MOTOR, "Motor", standard_cost=Decimal("120.00"), safety_stock=2, lead_time_days=30),
        _item(PUMP, "Pump", make=True, finished_good=True, standard_cost=Decimal("400.00"), lead_time_days=4),
        _item(SEAL, "Seal", standard_cost=Decimal("2.5000"), lead_time_days=30),
        _item(VALVE, "3-inch valve", finished_good=True, standard_cost=Decimal("14.1234"), lead_time_days=30),
    ),
    locations=(
        Location(code=HOUSTON, site="HOUSTON", name="Houston", may_ship=True),
        Location(code=RENO, site="RENO", name="Reno", may_ship=True),
        Location(code=YARD, site="HOUSTON", name="Houston works"),
    ),
    stock=(
        StockBalance(item=MOTOR, location=YARD, on_hand=6),
        StockBalance(item=SEAL, location=HOUSTON, on_hand=20),
        StockBalance(item=SEAL, location=YARD, on_hand=100),
        StockBalance(item=VALVE, location=HOUSTON, on_hand=5),
        StockBalance(item=VALVE, location=RENO, on_hand=60, reserved=10),
    ),
    bom=(
        BomComponent(parent=PUMP, component=MOTOR, quantity_per=Decimal(1)),
        BomComponent(parent=PUMP, component=SEAL, quantity_per=Decimal(2), scrap=Decimal("0.1")),
    ),
    lanes=(
        Lane(origin=HOUSTON, destination=RENO, days=3, fixed_cost=Decimal(40), unit_cost=Decimal("0.5")),
        Lane(origin=RENO, destination=HOUSTON, days=3, fixed_cost=Decimal(40), unit_cost=Decimal("0.5")),
    ),
    customers=(
        Customer(
            code=HARBOR,
            name="Harbor Supply",
            tier=1,
            email="buyer@harbor.example",
            late_penalty_percent=Decimal("1.25"),
        ),
        Customer(code=MESA, name="Mesa Water"),
    ),
    suppliers=(
        Supplier(code=DELTA, name="Delta Sealing"),
        Supplier(code=GULF, name="Gulf Castings", email="orders@gulf.example"),
        Supplier(code=SupplierCode("IDLE"), name="Idle Works", active=False),
        Supplier(code=SupplierCode("NEWCO"), name="Newcomer", approved=False),
    ),
    supplier_items=(
        _source("DELTA", SEAL, 3, "2.5000"),
        _source("DELTA", VALVE, 6, "15.50", maximum_order=200, priority=2),
        _source("GULF", MOTOR, 9, "118.00"),
        _source("GULF", VALVE, 12, "14.00", minimum_order=10, multiple=5),
        _source("IDLE", MOTOR, 1, "90.00"),
        _source("NEWCO", VALVE, 1, "9.00"),
    ),
    sales_orders=(_order(SO_1, HARBOR, HOUSTON, 1), _order(SO_2, MESA, RENO, 2)),
    sales_order_lines=(
        _line(SO_1, 1, VALVE, 40, unit_price=Decimal(25), requested=day(4), first_promised=day(5), promised=day(5)),
        _line(SO_1, 2, PUMP, 2, unit_price=Decimal(900), requested=day(10), promised=day(10)),
        _line(SO_2, 1, VALVE, 30, unit_price=Decimal("25.50"), requested=day(6), shipped=5, cancelled=5),
        _line(SO_2, 2, SEAL, 8, unit_price=Decimal(4), requested=day(6), shipped=8),
    ),
    purchase_orders=(
        PurchaseOrder(number=PO_1, supplier=GULF, order_date=day(-30), currency="USD"),
        PurchaseOrder(
            number=PurchaseOrderNo("PO-2"),
            supplier=DELTA,
            order_date=day(-30),
            currency="USD",
            state=SupplyState.RECEIVED,
        ),
    ),
    purchase_order_lines=(
        _bought("PO-1", 1, VALVE, 50, 20, received=10, unit_price=Decimal(14)),
        _bought("PO-1", 2, SEAL, 10, 9, unit_price=Decimal("2.5")),
        _bought("PO-2", 1, SEAL, 10, -3, received=10, unit_price=Decimal("2.5")),
    ),
    work_orders=(
        WorkOrder(
            number=WorkOrderNo("WO-1"), item=PUMP, location=HOUSTON, ordered=3, completed=1, start=day(1), due=day(5)
        ),
    ),
    transfer_orders=(
        _moved("TO-1", VALVE, RENO, 10, 3),
        _moved("TO-2", SEAL, YARD, 5, 1, shipped=True),
    ),
)
