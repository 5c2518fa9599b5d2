"""Storing a whole company: plain inserts in key order, opening stock booked from the virtual opening location."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.db import rows
from core.domain.company import Company, Settings
from core.domain.ids import LocationCode
from core.domain.items import BomComponent, Lane, Location, StockBalance
from core.domain.orders import (
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    SupplyState,
    TransferOrder,
    WorkOrder,
)
from core.domain.parties import SupplierItem

OPENING = "(opening)"
VIRTUAL_LOCATIONS = (OPENING, "(supplier)", "(customer)", "(production)")
_NUMBERED_ROWS = (
    rows.ItemRow,
    rows.LocationRow,
    rows.CustomerRow,
    rows.SupplierRow,
    rows.SalesOrderRow,
    rows.PurchaseOrderRow,
    rows.WorkOrderRow,
    rows.TransferOrderRow,
)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The key given to each code, by kind of thing."""

    item: Mapping[str, int]
    location: Mapping[str, int]
    customer: Mapping[str, int]
    supplier: Mapping[str, int]
    sales_order: Mapping[str, int]
    purchase_order: Mapping[str, int]


def insert_company(session: Session, company: Company, *, content_hash: str, now: datetime) -> None:
    """Insert every table of the company into an empty database; the caller's transaction decides whether it stays."""
    keys = _keys(company)
    _insert_masters(session, company, keys, content_hash)
    _insert_stock(session, company, keys, now)
    _insert_orders(session, company, keys, now)
    for row in _NUMBERED_ROWS:
        table = row.__tablename__
        session.execute(
            select(func.setval(func.pg_get_serial_sequence(table, "id"), func.coalesce(func.max(row.id), 1)))
        )


def _keys(company: Company) -> _Keys:
    return _Keys(
        item=_numbered(i.code for i in company.items),
        location=_numbered([*(x.code for x in company.locations), *VIRTUAL_LOCATIONS]),
        customer=_numbered(c.code for c in company.customers),
        supplier=_numbered(s.code for s in company.suppliers),
        sales_order=_numbered(o.number for o in company.sales_orders),
        purchase_order=_numbered(p.number for p in company.purchase_orders),
    )


def _numbered(codes: Iterable[str]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes, start=1)}


def _insert_masters(session: Session, company: Company, keys: _Keys, content_hash: str) -> None:
    _put(session, rows.SettingsRow, [_settings(company.settings, content_hash)])
    _put(session, rows.ItemRow, [{"id": keys.item[i.code], **_plain(i)} for i in company.items])
    real = [{"id": keys.location[x.code], **_plain(x), "virtual": False} for x in company.locations]
    _put(session, rows.LocationRow, [*real, *(_virtual(code, keys) for code in VIRTUAL_LOCATIONS)])
    _put(session, rows.CustomerRow, [{"id": keys.customer[c.code], **_plain(c)} for c in company.customers])
    _put(session, rows.SupplierRow, [{"id": keys.supplier[s.code], **_plain(s)} for s in company.suppliers])
    _put(session, rows.BomComponentRow, [_component(b, keys) for b in company.bom])
    _put(session, rows.LaneRow, [_lane(x, keys) for x in company.lanes])
    _put(session, rows.SupplierItemRow, [_source(s, keys) for s in company.supplier_items])


def _insert_stock(session: Session, company: Company, keys: _Keys, now: datetime) -> None:
    waiting = [t for t in company.transfer_orders if t.state is SupplyState.OPEN and not t.shipped]
    held = Counter[tuple[str, str]]()
    for transfer in waiting:
        held[transfer.item, transfer.origin] += transfer.quantity
    _put(session, rows.StockBalanceRow, [_balance(s, held[s.item, s.location], keys) for s in company.stock])
    opened = [_opening(s, keys) for s in company.stock if s.on_hand]
    stamp = {"moved_on": company.settings.as_of, "recorded_at": now}
    _put(session, rows.StockMoveRow, [{**values, **stamp} for values in opened])
    _put(session, rows.ReservationRow, [{**_reservation(t, keys), "recorded_at": now} for t in waiting])


def _insert_orders(session: Session, company: Company, keys: _Keys, now: datetime) -> None:
    _put(session, rows.SalesOrderRow, [_sales_order(o, keys) for o in company.sales_orders])
    _put(session, rows.SalesOrderLineRow, [_sales_line(x, keys) for x in company.sales_order_lines])
    promised = [x for x in company.sales_order_lines if x.promised is not None]
    _put(session, rows.PromiseRecordRow, [{**_first_promise(x, keys), "recorded_at": now} for x in promised])
    _put(session, rows.PurchaseOrderRow, [_purchase_order(p, keys) for p in company.purchase_orders])
    _put(session, rows.PurchaseOrderLineRow, [_purchase_line(p, keys) for p in company.purchase_order_lines])
    numbered = enumerate(company.work_orders, start=1)
    _put(session, rows.WorkOrderRow, [{"id": number, **_work_order(w, keys)} for number, w in numbered])
    numbered = enumerate(company.transfer_orders, start=1)
    _put(session, rows.TransferOrderRow, [{"id": number, **_transfer(t, keys)} for number, t in numbered])


def _put(session: Session, row: type[rows.Row], values: list[Values]) -> None:
    if values:
        session.execute(insert(row), values)


def _plain(value: Any, *but: str) -> Values:
    found = {name: getattr(value, name) for name in value.__slots__ if name not in but}
    return {name: part.value if isinstance(part, StrEnum) else part for name, part in found.items()}


def _settings(settings: Settings, content_hash: str) -> Values:
    values = _plain(settings, "default_late_penalty_percent", "assumptions")
    return {
        **values,
        "id": 1,
        "late_penalty_percent": settings.default_late_penalty_percent,
        "assumptions": list(settings.assumptions),
        "content_hash": content_hash,
    }


def _virtual(code: str, keys: _Keys) -> Values:
    place = Location(code=LocationCode(code), site=code, name=code)
    return {"id": keys.location[code], **_plain(place), "virtual": True}


def _component(part: BomComponent, keys: _Keys) -> Values:
    refs = {"parent_id": keys.item[part.parent], "component_id": keys.item[part.component]}
    return {**_plain(part, "parent", "component"), **refs}


def _lane(lane: Lane, keys: _Keys) -> Values:
    refs = {"origin_id": keys.location[lane.origin], "destination_id": keys.location[lane.destination]}
    return {**_plain(lane, "origin", "destination"), **refs}


def _source(source: SupplierItem, keys: _Keys) -> Values:
    refs = {"supplier_id": keys.supplier[source.supplier], "item_id": keys.item[source.item]}
    return {**_plain(source, "supplier", "item"), **refs}


def _place(item: str, location: str, keys: _Keys) -> Values:
    return {"item_id": keys.item[item], "location_id": keys.location[location]}


def _balance(stock: StockBalance, reserved: int, keys: _Keys) -> Values:
    return {**_place(stock.item, stock.location, keys), "on_hand": stock.on_hand, "reserved": reserved}


def _opening(stock: StockBalance, keys: _Keys) -> Values:
    return {
        "item_id": keys.item[stock.item],
        "origin_id": keys.location[OPENING],
        "destination_id": keys.location[stock.location],
        "quantity": stock.on_hand,
        "reason": "opening balance",
        "reference": "opening",
    }


def _reservation(transfer: TransferOrder, keys: _Keys) -> Values:
    claim = {"quantity": transfer.quantity, "kind": "transfer", "reference": transfer.number, "state": "open"}
    return {**_place(transfer.item, transfer.origin, keys), **claim}


def _sales_order(order: SalesOrder, keys: _Keys) -> Values:
    refs = {"customer_id": keys.customer[order.customer], "ship_from_id": keys.location[order.ship_from]}
    return {"id": keys.sales_order[order.number], **_plain(order, "customer", "ship_from"), **refs}


def _sales_line(line: SalesOrderLine, keys: _Keys) -> Values:
    refs = {"order_id": keys.sales_order[line.order], "item_id": keys.item[line.item]}
    return {**_plain(line, "order", "item"), **refs}


def _first_promise(line: SalesOrderLine, keys: _Keys) -> Values:
    return {
        "order_id": keys.sales_order[line.order],
        "line": line.line,
        "old": None,
        "new": line.promised,
        "reason": "loaded with the company",
        "proposal_id": None,
    }


def _purchase_order(order: PurchaseOrder, keys: _Keys) -> Values:
    refs = {"supplier_id": keys.supplier[order.supplier], "proposal_id": None, "state": order.state.value}
    return {"id": keys.purchase_order[order.number], **_plain(order, "supplier", "state"), **refs}


def _purchase_line(line: PurchaseOrderLine, keys: _Keys) -> Values:
    place = _place(line.item, line.location, keys)
    return {**_plain(line, "order", "item", "location"), **place, "order_id": keys.purchase_order[line.order]}


def _work_order(order: WorkOrder, keys: _Keys) -> Values:
    return {
        **_plain(order, "item", "location", "state"),
        **_place(order.item, order.location, keys),
        "state": order.state.value,
    }


def _transfer(order: TransferOrder, keys: _Keys) -> Values:
    return {
        **_plain(order, "item", "origin", "destination", "state"),
        "item_id": keys.item[order.item],
        "origin_id": keys.location[order.origin],
        "destination_id": keys.location[order.destination],
        "state": order.state.value,
        "proposal_id": None,
    }
