"""A company: everything a pack brings in, in domain values, ready to be stored in one go."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.calendars import Calendar
from core.domain.configuring.products import ConfigurableProduct
from core.domain.freight import Carrier, FreightRate, TariffRule
from core.domain.ids import LocationCode
from core.domain.items import (
    BomComponent,
    CustomerItem,
    Item,
    ItemAlternate,
    Lane,
    Location,
    StockBalance,
    UnitConversion,
)
from core.domain.lots import Lot, LotUnits
from core.domain.making import Downtime, Operation, OperationAlternate, WorkCenter
from core.domain.orders import (
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    TransferOrder,
    WorkOrder,
)
from core.domain.parties import Customer, CustomerAddress, PriceBreak, Supplier, SupplierItem
from core.domain.prices import Discount, PriceList, PriceListLine
from core.domain.quotas import Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for the whole company: the business date, its currency and the declared assumptions."""

    name: str
    as_of: date
    currency: str
    time_zone: str
    default_ship_from: LocationCode
    default_late_penalty_percent: Decimal
    buffer_days: int
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """All master data, stock and open orders. Every tuple is sorted by its key."""

    checked_by_reader: ClassVar[bool] = True

    settings: Settings
    items: tuple[Item, ...]
    locations: tuple[Location, ...]
    stock: tuple[StockBalance, ...]
    bom: tuple[BomComponent, ...]
    lanes: tuple[Lane, ...]
    customers: tuple[Customer, ...]
    suppliers: tuple[Supplier, ...]
    supplier_items: tuple[SupplierItem, ...]
    sales_orders: tuple[SalesOrder, ...]
    sales_order_lines: tuple[SalesOrderLine, ...]
    purchase_orders: tuple[PurchaseOrder, ...]
    purchase_order_lines: tuple[PurchaseOrderLine, ...]
    work_orders: tuple[WorkOrder, ...]
    transfer_orders: tuple[TransferOrder, ...]
    alternates: tuple[ItemAlternate, ...] = ()
    units: tuple[UnitConversion, ...] = ()
    customer_items: tuple[CustomerItem, ...] = ()
    addresses: tuple[CustomerAddress, ...] = ()
    price_breaks: tuple[PriceBreak, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    work_centers: tuple[WorkCenter, ...] = ()
    operations: tuple[Operation, ...] = ()
    operation_alternates: tuple[OperationAlternate, ...] = ()
    downtimes: tuple[Downtime, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    freight_rates: tuple[FreightRate, ...] = ()
    tariffs: tuple[TariffRule, ...] = ()
    price_lists: tuple[PriceList, ...] = ()
    price_list_lines: tuple[PriceListLine, ...] = ()
    discounts: tuple[Discount, ...] = ()
    quotas: tuple[Quota, ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_stock: tuple[LotUnits, ...] = ()
    products: tuple[ConfigurableProduct, ...] = ()
