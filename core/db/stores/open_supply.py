"""Open purchase, work and transfer orders as one list."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.db.rows import (
    ItemRow,
    LocationRow,
    PurchaseOrderLineRow,
    PurchaseOrderRow,
    SupplierRow,
    TransferOrderRow,
    WorkOrderRow,
)
from core.domain.ids import ItemCode, LocationCode, SupplierCode
from core.domain.orders import SupplyState
from core.domain.overviews import SupplyFilter, SupplyKind, SupplyOverview

_OPEN = SupplyState.OPEN.value
_ORIGIN = aliased(LocationRow)


def open_supply(session: Session, asked: SupplyFilter) -> tuple[tuple[SupplyOverview, ...], int]:
    """Open supply by the day it is due, then kind, number and line; and how many rows there are in all."""
    kinds = [asked.kind] if asked.kind is not None else list(SupplyKind)
    if asked.supplier is not None:
        kinds = [kind for kind in kinds if kind is SupplyKind.PURCHASE]
    parts = [_READERS[kind](session, asked) for kind in kinds]
    rows = sorted((row for part, _ in parts for row in part), key=lambda r: (r.due, r.kind, r.number, r.line))
    return tuple(rows[: asked.limit]), sum(count for _, count in parts)


def _bought(session: Session, asked: SupplyFilter) -> tuple[list[SupplyOverview], int]:
    order, line = PurchaseOrderRow, PurchaseOrderLineRow
    query = (
        select(order.number, order.stage, line, ItemRow.code, LocationRow.code, SupplierRow.code, func.count().over())
        .join(order, order.id == line.order_id)
        .join(SupplierRow, SupplierRow.id == order.supplier_id)
        .join(ItemRow, ItemRow.id == line.item_id)
        .join(LocationRow, LocationRow.id == line.location_id)
        .where(order.state == _OPEN, line.ordered > line.received, *_wanted(asked, line.due))
        .order_by(line.due, order.number.collate("C"), line.line)
        .limit(asked.limit)
    )
    if asked.supplier is not None:
        query = query.where(SupplierRow.code == asked.supplier)
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    found = [
        SupplyOverview(
            kind=SupplyKind.PURCHASE,
            number=number,
            line=row.line,
            item=ItemCode(item),
            location=LocationCode(place),
            open=row.ordered - row.received,
            due=row.due,
            stage=stage,
            supplier=SupplierCode(supplier),
        )
        for number, stage, row, item, place, supplier, _ in rows
    ]
    return found, rows[0][-1] if rows else 0


def _made(session: Session, asked: SupplyFilter) -> tuple[list[SupplyOverview], int]:
    order = WorkOrderRow
    query = (
        select(order, ItemRow.code, LocationRow.code, func.count().over())
        .join(ItemRow, ItemRow.id == order.item_id)
        .join(LocationRow, LocationRow.id == order.location_id)
        .where(order.state == _OPEN, order.ordered > order.completed, *_wanted(asked, order.due))
        .order_by(order.due, order.number.collate("C"))
        .limit(asked.limit)
    )
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    found = [
        SupplyOverview(
            kind=SupplyKind.WORK,
            number=row.number,
            line=1,
            item=ItemCode(item),
            location=LocationCode(place),
            open=row.ordered - row.completed,
            due=row.due,
            stage=row.stage,
        )
        for row, item, place, _ in rows
    ]
    return found, rows[0][-1] if rows else 0


def _moved(session: Session, asked: SupplyFilter) -> tuple[list[SupplyOverview], int]:
    order = TransferOrderRow
    query = (
        select(order, ItemRow.code, LocationRow.code, _ORIGIN.code, func.count().over())
        .join(ItemRow, ItemRow.id == order.item_id)
        .join(LocationRow, LocationRow.id == order.destination_id)
        .join(_ORIGIN, _ORIGIN.id == order.origin_id)
        .where(order.state == _OPEN, order.quantity > order.received + order.lost, *_wanted(asked, order.due))
        .order_by(order.due, order.number.collate("C"))
        .limit(asked.limit)
    )
    rows = session.execute(query.execution_options(populate_existing=True)).all()
    found = [
        SupplyOverview(
            kind=SupplyKind.TRANSFER,
            number=row.number,
            line=1,
            item=ItemCode(item),
            location=LocationCode(place),
            open=row.quantity - row.received - row.lost,
            due=row.due,
            stage=row.stage,
            origin=LocationCode(origin),
        )
        for row, item, place, origin, _ in rows
    ]
    return found, rows[0][-1] if rows else 0


_READERS: Mapping[SupplyKind, Callable[[Session, SupplyFilter], tuple[list[SupplyOverview], int]]] = {
    SupplyKind.PURCHASE: _bought,
    SupplyKind.WORK: _made,
    SupplyKind.TRANSFER: _moved,
}


def _wanted(asked: SupplyFilter, due: InstrumentedAttribute[date]) -> list[ColumnElement[bool]]:
    found = list[ColumnElement[bool]]()
    if asked.item is not None:
        found.append(ItemRow.code == asked.item)
    if asked.late is not None:
        found.append(due < asked.late)
    return found
