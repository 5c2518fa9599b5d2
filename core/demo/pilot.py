"""The pilot series of the full-size company: a metering skid and its drive, which share nothing with the other goods.

What happens to them overnight (core/demo/next_plants.py) reaches their own orders only, whatever the seed.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from core.demo.more_partners import MORE_CUSTOMERS
from core.demo.partners import CUSTOMERS, customer_code
from core.demo.places import GHENT, HOUSTON, RENO, SHIPPING, STORE, TULSA
from core.demo.working import operation_alternates, operations
from core.domain.company import Company
from core.domain.ids import CustomerCode, ItemCode, OrderNo, PurchaseOrderNo, SupplierCode, WorkOrderNo
from core.domain.items import BomComponent, Item, StockBalance
from core.domain.order_terms import Channel
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SalesOrder, SalesOrderLine, WorkOrder
from core.domain.parties import SupplierItem

SKID, DRIVE = ItemCode("MK-1"), ItemCode("MD-1")
MAKER = SupplierCode("CANADIAN")
_PRICES = {SKID: Decimal("905.00"), DRIVE: Decimal("640.00")}
_ORDERED, _COST = 8, Decimal("410.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Goods for a customer of a site: skids made there of drives on order, or drives, on hand or `missing`."""

    site: str
    order: OrderNo
    units: int
    days: int
    making: WorkOrderNo | None = None
    buying: PurchaseOrderNo | None = None
    missing: bool = False

    @property
    def item(self) -> ItemCode:
        """What the customer gets."""
        return DRIVE if self.making is None else SKID


SLIPS = Batch(
    site=HOUSTON,
    order=OrderNo("SO-9111"),
    units=6,
    days=48,
    making=WorkOrderNo("WO-9111"),
    buying=PurchaseOrderNo("PO-9011"),
)
VANISHES = Batch(
    site=TULSA,
    order=OrderNo("SO-9112"),
    units=5,
    days=24,
    making=WorkOrderNo("WO-9112"),
    buying=PurchaseOrderNo("PO-9012"),
)
LOST = Batch(site=RENO, order=OrderNo("SO-9113"), units=4, days=15)
FOUND = Batch(site=GHENT, order=OrderNo("SO-9114"), units=3, days=12, missing=True)
RAISED = Batch(site=HOUSTON, order=OrderNo("SO-9115"), units=2, days=10, missing=True)
BATCHES = (SLIPS, VANISHES, LOST, FOUND, RAISED)


def with_pilot(company: Company) -> Company:
    """The company with the pilot series."""
    company = _with_items(company)
    for batch in BATCHES:
        company = _with_order(company, batch)
        company = _made(company, batch) if batch.making is not None else _stocked(company, batch)
    return company


def _with_items(company: Company) -> Company:
    skid, drive = _items()
    component = BomComponent(parent=SKID, component=DRIVE, quantity_per=Decimal(1))
    offer = SupplierItem(supplier=MAKER, item=DRIVE, lead_time_days=25, unit_price=_COST, minimum_order=2)
    steps = (*company.operations, *operations((skid,)))
    others = (*company.operation_alternates, *operation_alternates((skid,)))
    return replace(
        company,
        items=tuple(sorted((*company.items, skid, drive), key=lambda row: row.code)),
        bom=tuple(sorted((*company.bom, component), key=lambda row: (row.parent, row.component))),
        supplier_items=tuple(sorted((*company.supplier_items, offer), key=lambda row: (row.supplier, row.item))),
        operations=tuple(sorted(steps, key=lambda row: (row.item, row.sequence))),
        operation_alternates=tuple(sorted(others, key=lambda row: (row.item, row.sequence, row.work_center))),
    )


def _items() -> tuple[Item, Item]:
    """What is made, and what is bought for it."""
    skid = Item(
        code=SKID,
        name="Metering skid, pilot series",
        make=True,
        finished_good=True,
        standard_cost=Decimal("510.00"),
        list_price=_PRICES[SKID],
        lead_time_days=5,
        weight=48_000,
        origin="US",
    )
    drive = Item(
        code=DRIVE,
        name="Metering drive, pilot series",
        finished_good=True,
        standard_cost=_COST,
        list_price=_PRICES[DRIVE],
        lead_time_days=25,
        weight=9_000,
        origin="US",
    )
    return skid, drive


def _with_order(company: Company, batch: Batch) -> Company:
    on = company.settings.as_of + timedelta(days=batch.days)
    taken = company.settings.as_of - timedelta(days=_ORDERED)
    order = SalesOrder(
        number=batch.order,
        customer=_customer(company, batch.site),
        customer_po=f"PILOT-{batch.order[3:]}",
        channel=Channel.EMAIL,
        order_date=taken,
        currency=company.settings.currency,
        ship_from=SHIPPING[batch.site],
        priority=2,
        entry_sequence=1 + max(one.entry_sequence for one in company.sales_orders),
        address="MAIN",
        payment_terms="30 days net",
    )
    line = SalesOrderLine(
        order=order.number,
        line=1,
        item=batch.item,
        ordered=batch.units,
        unit_price=_PRICES[batch.item],
        requested=on,
        first_promised=on,
        promised=on,
    )
    return replace(
        company,
        sales_orders=tuple(sorted((*company.sales_orders, order), key=lambda row: row.number)),
        sales_order_lines=tuple(sorted((*company.sales_order_lines, line), key=lambda row: (row.order, row.line))),
    )


def _customer(company: Company, site: str) -> CustomerCode:
    """The customer served from the site who orders most and takes parts."""
    served = {customer_code(name) for name, _, where in (*CUSTOMERS, *MORE_CUSTOMERS) if where == site}
    orders = Counter(order.customer for order in company.sales_orders)
    found = [one.code for one in company.customers if one.code in served and one.tier == 2 and not one.ship_complete]
    return min(found, key=lambda code: (-orders[code], code))


def _made(company: Company, batch: Batch) -> Company:
    """A work order that waits for drives, and the purchase order that brings them."""
    assert batch.making is not None
    assert batch.buying is not None
    due = company.settings.as_of + timedelta(days=batch.days - 6)
    making = WorkOrder(
        number=batch.making,
        item=SKID,
        location=SHIPPING[batch.site],
        ordered=batch.units,
        start=due - timedelta(days=5),
        due=due,
    )
    buying = PurchaseOrder(
        number=batch.buying,
        supplier=MAKER,
        order_date=company.settings.as_of - timedelta(days=_ORDERED),
        currency=company.settings.currency,
    )
    line = PurchaseOrderLine(
        order=buying.number,
        line=1,
        item=DRIVE,
        location=STORE[batch.site],
        ordered=batch.units,
        unit_price=_COST,
        due=making.start - timedelta(days=4),
    )
    return replace(
        company,
        work_orders=tuple(sorted((*company.work_orders, making), key=lambda row: row.number)),
        purchase_orders=tuple(sorted((*company.purchase_orders, buying), key=lambda row: row.number)),
        purchase_order_lines=tuple(
            sorted((*company.purchase_order_lines, line), key=lambda row: (row.order, row.line))
        ),
    )


def _stocked(company: Company, batch: Batch) -> Company:
    if batch.missing:
        return company
    row = StockBalance(item=DRIVE, location=SHIPPING[batch.site], on_hand=batch.units)
    return replace(company, stock=tuple(sorted((*company.stock, row), key=lambda row: (row.item, row.location))))
