"""Which table holds which part of a company, and how its values become columns and come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from sqlalchemy.dialects.postgresql import JSONB

from core.db import rows
from core.db.codec import to_json
from core.domain import calendars, freight, items, lots, making, orders, parties, prices, quotas
from core.domain.configuring import products

Values = dict[str, Any]
Keys = Mapping[str, Mapping[str, int]]
"""The number given to each code, by kind of thing: item, location, customer, supplier, sales order, purchase order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A code in the domain that is a number in the table: the column, and the kind of thing the code names."""

    column: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One tuple of a Company: its row, the type of its values and what they refer to. `numbered` is the kind of thing
    its rows are, with the attribute that names one; `code` names one of those that the
    database numbers."""

    name: str
    row: type[rows.Row]
    shape: type[Any]
    refs: Mapping[str, Ref] = field(default_factory=dict[str, Ref])
    numbered: tuple[str, str] | None = None
    code: str | None = None


_ITEM, _PLACE = Ref(column="item_id", kind="item"), Ref(column="location_id", kind="location")
_CUSTOMER, _SUPPLIER = Ref(column="customer_id", kind="customer"), Ref(column="supplier_id", kind="supplier")
_ORIGIN = Ref(column="origin_id", kind="location")
_DESTINATION = Ref(column="destination_id", kind="location")

MASTERS = (
    Table(name="calendars", row=rows.CalendarRow, shape=calendars.Calendar),
    Table(name="items", row=rows.ItemRow, shape=items.Item, numbered=("item", "code")),
    Table(name="locations", row=rows.LocationRow, shape=items.Location, numbered=("location", "code")),
    Table(name="customers", row=rows.CustomerRow, shape=parties.Customer, numbered=("customer", "code")),
    Table(name="suppliers", row=rows.SupplierRow, shape=parties.Supplier, numbered=("supplier", "code")),
    Table(
        name="bom",
        row=rows.BomComponentRow,
        shape=items.BomComponent,
        refs={"parent": Ref(column="parent_id", kind="item"), "component": Ref(column="component_id", kind="item")},
    ),
    Table(name="lanes", row=rows.LaneRow, shape=items.Lane, refs={"origin": _ORIGIN, "destination": _DESTINATION}),
    Table(
        name="supplier_items",
        row=rows.SupplierItemRow,
        shape=parties.SupplierItem,
        refs={"supplier": _SUPPLIER, "item": _ITEM},
    ),
    Table(
        name="alternates",
        row=rows.ItemAlternateRow,
        shape=items.ItemAlternate,
        refs={"item": _ITEM, "alternate": Ref(column="alternate_id", kind="item")},
    ),
    Table(name="units", row=rows.UnitConversionRow, shape=items.UnitConversion, refs={"item": _ITEM}),
    Table(
        name="customer_items",
        row=rows.CustomerItemRow,
        shape=items.CustomerItem,
        refs={"customer": _CUSTOMER, "item": _ITEM},
    ),
    Table(name="addresses", row=rows.CustomerAddressRow, shape=parties.CustomerAddress, refs={"customer": _CUSTOMER}),
    Table(
        name="price_breaks",
        row=rows.PriceBreakRow,
        shape=parties.PriceBreak,
        refs={"supplier": _SUPPLIER, "item": _ITEM},
    ),
    Table(name="work_centers", row=rows.WorkCenterRow, shape=making.WorkCenter, refs={"location": _PLACE}),
    Table(name="operations", row=rows.OperationRow, shape=making.Operation, refs={"item": _ITEM}),
    Table(
        name="operation_alternates",
        row=rows.OperationAlternateRow,
        shape=making.OperationAlternate,
        refs={"item": _ITEM},
    ),
    Table(name="downtimes", row=rows.DowntimeRow, shape=making.Downtime),
    Table(name="carriers", row=rows.CarrierRow, shape=freight.Carrier),
    Table(name="freight_rates", row=rows.FreightRateRow, shape=freight.FreightRate, refs={"origin": _ORIGIN}),
    Table(name="tariffs", row=rows.TariffRuleRow, shape=freight.TariffRule),
    Table(name="products", row=rows.ConfigurableProductRow, shape=products.ConfigurableProduct, refs={"item": _ITEM}),
)
GOODS = (
    Table(
        name="price_lists",
        row=rows.PriceListRow,
        shape=prices.PriceList,
        refs={"customer": _CUSTOMER},
        code="code",
    ),
    Table(
        name="price_list_lines",
        row=rows.PriceListLineRow,
        shape=prices.PriceListLine,
        refs={"list": Ref(column="list_id", kind="price_list"), "item": _ITEM},
    ),
    Table(
        name="discounts",
        row=rows.DiscountRow,
        shape=prices.Discount,
        refs={"customer": _CUSTOMER, "item": _ITEM},
        code="code",
    ),
    Table(
        name="quotas",
        row=rows.QuotaRow,
        shape=quotas.Quota,
        refs={"customer": _CUSTOMER, "item": _ITEM},
        code="code",
    ),
    Table(
        name="lots",
        row=rows.LotRow,
        shape=lots.Lot,
        refs={"supplier": _SUPPLIER, "item": _ITEM},
        code="code",
    ),
)
"""Prices, quotas and lots; how many units of a lot are where stands in the ledger."""
ORDERS = (
    Table(
        name="sales_orders",
        row=rows.SalesOrderRow,
        shape=orders.SalesOrder,
        refs={"customer": _CUSTOMER, "ship_from": Ref(column="ship_from_id", kind="location")},
        numbered=("sales_order", "number"),
    ),
    Table(
        name="sales_order_lines",
        row=rows.SalesOrderLineRow,
        shape=orders.SalesOrderLine,
        refs={
            "order": Ref(column="order_id", kind="sales_order"),
            "item": _ITEM,
            "node": Ref(column="node_id", kind="location"),
        },
    ),
    Table(
        name="purchase_orders",
        row=rows.PurchaseOrderRow,
        shape=orders.PurchaseOrder,
        refs={"supplier": _SUPPLIER},
        numbered=("purchase_order", "number"),
    ),
    Table(
        name="purchase_order_lines",
        row=rows.PurchaseOrderLineRow,
        shape=orders.PurchaseOrderLine,
        refs={"order": Ref(column="order_id", kind="purchase_order"), "item": _ITEM, "location": _PLACE},
    ),
    Table(
        name="work_orders",
        row=rows.WorkOrderRow,
        shape=orders.WorkOrder,
        refs={"item": _ITEM, "location": _PLACE},
        numbered=("work_order", "number"),
    ),
    Table(
        name="transfer_orders",
        row=rows.TransferOrderRow,
        shape=orders.TransferOrder,
        refs={"item": _ITEM, "origin": _ORIGIN, "destination": _DESTINATION},
        numbered=("transfer_order", "number"),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in (*MASTERS, *GOODS, *ORDERS)}


def values_of(table: Table, value: Any, keys: Keys) -> Values:
    """The columns of one value."""
    columns = _columns(table.row)
    found: Values = {}
    for name, shape in _attributes(table.shape).items():
        part = getattr(value, name)
        if name in table.refs:
            ref = table.refs[name]
            found[ref.column] = None if part is None else keys[ref.kind][part]
        elif name in columns:
            found[name] = to_json(shape, part) if columns[name] else part.value if isinstance(part, StrEnum) else part
    return found


def attributes_of(table: Table, row: Any, codes: Mapping[str, Mapping[int, str]]) -> Values:
    """What a row says, by attribute: the way back from `values_of`."""
    columns = _columns(table.row)
    found: Values = {}
    for name in _attributes(table.shape):
        if name in table.refs:
            ref = table.refs[name]
            key = getattr(row, ref.column)
            found[name] = None if key is None else codes[ref.kind][key]
        elif name in columns:
            found[name] = getattr(row, name)
    return found


@cache
def _attributes(shape: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(shape)
    return {part.name: hints[part.name] for part in fields(shape)}


@cache
def _columns(row: type[rows.Row]) -> Mapping[str, bool]:
    """The columns of a row, and whether each is JSON."""
    return {column.name: isinstance(column.type, JSONB) for column in row.__table__.columns}
