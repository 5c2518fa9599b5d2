"""The tables of a company: how rows are told apart and which of their parts the ERP decides."""

from collections.abc import Set
from dataclasses import fields
from typing import Any

from core.domain import calendars, freight, items, lots, making, orders, parties, prices
from core.domain.configuring import products
from core.services.reconciling.merging import Shape

# What only we know, or know better: where an order is in its life, and in which order it was taken here.
_OURS = {
    "sales_orders": {"state", "version", "kind", "source", "quote_expires_on", "entry_sequence"},
    "sales_order_lines": {"state", "held_from", "first_promised", "delivered", "invoiced", "returned"},
}
_GROWING = frozenset({"shipped", "cancelled", "received", "completed"})


def _shape(table: str, shape: type[Any], *key: str, changing: Set[str] | None = None) -> Shape:
    left = {*key, *_OURS.get(table, set[str]())}
    parts = tuple(part.name for part in fields(shape) if part.name not in left)
    fixed = frozenset[str]() if changing is None else frozenset(parts) - changing
    return Shape(table=table, key=key, parts=parts, fixed=fixed)


MASTERS = (
    _shape("calendars", calendars.Calendar, "code"),
    _shape("items", items.Item, "code"),
    _shape("locations", items.Location, "code"),
    _shape("customers", parties.Customer, "code"),
    _shape("suppliers", parties.Supplier, "code"),
    _shape("bom", items.BomComponent, "parent", "component"),
    _shape("lanes", items.Lane, "origin", "destination"),
    _shape("supplier_items", parties.SupplierItem, "supplier", "item"),
    _shape("alternates", items.ItemAlternate, "item", "alternate", "scope"),
    _shape("units", items.UnitConversion, "item", "unit"),
    _shape("customer_items", items.CustomerItem, "customer", "number"),
    _shape("addresses", parties.CustomerAddress, "customer", "code"),
    _shape("price_breaks", parties.PriceBreak, "supplier", "item", "minimum"),
    _shape("work_centers", making.WorkCenter, "code"),
    _shape("operations", making.Operation, "item", "sequence"),
    _shape("operation_alternates", making.OperationAlternate, "item", "sequence", "work_center"),
    _shape("downtimes", making.Downtime, "work_center", "first"),
    _shape("carriers", freight.Carrier, "code"),
    _shape("freight_rates", freight.FreightRate, "carrier", "service", "origin", "region"),
    _shape("tariffs", freight.TariffRule, "tariff_code", "origin", "destination", "effective"),
    _shape("products", products.ConfigurableProduct, "item"),
)
PRICE_LISTS = _shape("price_lists", prices.PriceList, "code")
# A price that was told is not changed, it ends: another price is another line, from another day on.
PRICE_LIST_LINES = Shape(
    table="price_list_lines",
    key=("list", "item", "minimum", "valid_from"),
    parts=("unit_price", "valid_to"),
    fixed=frozenset({"unit_price"}),
)
DISCOUNTS = _shape("discounts", prices.Discount, "code", changing={"valid_to"})
LOTS = _shape("lots", lots.Lot, "code", changing={"status"})
GOODS = (PRICE_LISTS, PRICE_LIST_LINES, DISCOUNTS, LOTS)
LOT_STOCK = Shape(table="lot_stock", key=("lot", "location"), parts=("on_hand",))
STOCK = Shape(table="stock", key=("item", "location"), parts=("on_hand",))
SALES_ORDERS = _shape("sales_orders", orders.SalesOrder, "number")
SALES_LINES = _shape("sales_order_lines", orders.SalesOrderLine, "order", "line")
PURCHASE_ORDERS = _shape("purchase_orders", orders.PurchaseOrder, "number")
PURCHASE_LINES = _shape("purchase_order_lines", orders.PurchaseOrderLine, "order", "line")
WORK_ORDERS = _shape("work_orders", orders.WorkOrder, "number")
TRANSFERS = _shape("transfer_orders", orders.TransferOrder, "number")
DOCUMENTS = (SALES_ORDERS, SALES_LINES, PURCHASE_ORDERS, PURCHASE_LINES, WORK_ORDERS, TRANSFERS)
SHAPES = (*MASTERS, *GOODS, STOCK, LOT_STOCK, *DOCUMENTS)


def goes_back(name: str, mine: Any, said: Any) -> bool:
    """Whether a part would go back that never does: a count that grows, or a promise that is no longer given."""
    if name in _GROWING:
        return said < mine
    return name == "promised" and said is None
