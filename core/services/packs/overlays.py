"""Overlays applied: a company with the declared disruptions in its books, each change checked against what is there."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from typing import TypeVar, assert_never

from core.domain.company import Company
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import LocationCode, PurchaseOrderNo, SupplierCode
from core.domain.items import StockBalance
from core.domain.order_terms import Channel
from core.domain.orders import PurchaseOrderLine, SalesOrder, SalesOrderLine, SupplyState
from core.domain.overlays import SupplierOutage
from core.services.packs.overlay_files import Change, DelayPurchaseOrder, LoseStock, Overlay, RushOrder

T = TypeVar("T")


def apply_overlays(company: Company, overlays: Iterable[Overlay]) -> Company:
    """The company after every change of every overlay, in order; said in its assumptions."""
    overlays = tuple(overlays)
    changed = reduce(_applied, (change for overlay in overlays for change in overlay.changes), company)
    said = tuple(f"Overlay {overlay.file}: {overlay.name}" for overlay in overlays)
    settings = replace(changed.settings, assumptions=(*changed.settings.assumptions, *said))
    return replace(changed, settings=settings)


def suppliers_out(overlays: Iterable[Overlay]) -> frozenset[SupplierCode]:
    """The suppliers that are out under these overlays: they take no orders either."""
    changes = (change for overlay in overlays for change in overlay.changes)
    return frozenset(change.supplier for change in changes if isinstance(change, SupplierOutage))


def _applied(company: Company, change: Change) -> Company:
    match change:
        case DelayPurchaseOrder():
            return _delayed(company, change)
        case LoseStock():
            return _lost(company, change)
        case SupplierOutage():
            return _out(company, change)
        case RushOrder():
            return _rushed(company, change)
        case _:
            assert_never(change)


def _delayed(company: Company, change: DelayPurchaseOrder) -> Company:
    numbers = _open_orders(company, None)
    _must_be(change.purchase_order, numbers, "an open purchase order")
    return _moved(company, frozenset({change.purchase_order}), days=change.days or 0, due=change.due)


def _out(company: Company, change: SupplierOutage) -> Company:
    """Open lines come later by the days of the outage, and so does whatever is ordered now."""
    _must_be(change.supplier, {supplier.code for supplier in company.suppliers}, "a supplier")
    company = _moved(company, _open_orders(company, change.supplier), days=change.days, due=None)
    offers = tuple(
        replace(offer, lead_time_days=offer.lead_time_days + change.days)
        if offer.supplier == change.supplier
        else offer
        for offer in company.supplier_items
    )
    return replace(company, supplier_items=offers)


def _open_orders(company: Company, supplier: SupplierCode | None) -> frozenset[PurchaseOrderNo]:
    return frozenset(
        order.number
        for order in company.purchase_orders
        if order.state is SupplyState.OPEN and supplier in (None, order.supplier)
    )


def _moved(company: Company, numbers: frozenset[PurchaseOrderNo], *, days: int, due: date | None) -> Company:
    def later(line: PurchaseOrderLine) -> PurchaseOrderLine:
        if line.order not in numbers or not line.open_quantity:
            return line
        return replace(line, due=due or line.due + timedelta(days=days))

    return replace(company, purchase_order_lines=tuple(later(line) for line in company.purchase_order_lines))


def _lost(company: Company, change: LoseStock) -> Company:
    key = change.item, change.location
    held = {(balance.item, balance.location): balance for balance in company.stock}
    if key not in held:
        raise NotFoundError(
            f"no stock of {change.item!r} at {change.location!r} to lose; accepted is an item and a place that keeps it"
        )
    free = held[key].on_hand - held[key].reserved
    quantity = free if change.quantity is None else change.quantity
    if quantity > free:
        raise InvalidValueError(
            f"cannot lose {quantity!r} of {change.item!r} at {change.location!r}; accepted is up to {free}, "
            "what is on hand and not reserved"
        )
    left = replace(held[key], on_hand=held[key].on_hand - quantity)
    return replace(company, stock=tuple(left if _is(balance, left) else balance for balance in company.stock))


def _is(balance: StockBalance, other: StockBalance) -> bool:
    return (balance.item, balance.location) == (other.item, other.location)


def _rushed(company: Company, change: RushOrder) -> Company:
    _must_be(change.customer, {customer.code for customer in company.customers}, "a customer")
    _must_be(change.item, {item.code for item in company.items}, "an item")
    shipping = {location.code for location in company.locations if location.may_ship}
    _must_be(change.ship_from, shipping, "a location that may ship")
    if change.order in {order.number for order in company.sales_orders}:
        raise InvalidValueError(f"the order {change.order!r} is there already; accepted is a number not in use")
    settings = company.settings
    order = SalesOrder(
        number=change.order,
        customer=change.customer,
        customer_po=change.customer_po,
        channel=Channel.PHONE,
        order_date=settings.as_of,
        currency=settings.currency,
        ship_from=LocationCode(change.ship_from),
        priority=1,
        entry_sequence=1 + max((order.entry_sequence for order in company.sales_orders), default=0),
    )
    line = SalesOrderLine(
        order=change.order,
        line=1,
        item=change.item,
        ordered=change.quantity,
        unit_price=change.unit_price,
        requested=change.requested,
        first_promised=change.requested,
        promised=change.requested,
    )
    orders = sorted((*company.sales_orders, order), key=lambda one: one.number)
    lines = sorted((*company.sales_order_lines, line), key=lambda one: (one.order, one.line))
    return replace(company, sales_orders=tuple(orders), sales_order_lines=tuple(lines))


def _must_be(code: T, known: Iterable[T], what: str) -> None:
    if code not in known:
        raise NotFoundError(f"{code!r} is not {what} of the company; accepted is one that is")
