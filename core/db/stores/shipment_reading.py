"""Shipments from rows to domain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from core.db.rows import (
    ItemRow,
    LocationRow,
    PickListRow,
    SalesOrderRow,
    ShipmentLineRow,
    ShipmentRow,
    ShippedSerialRow,
)
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.ids import CarrierCode, ItemCode, LocationCode, OrderNo
from core.domain.shipments import Shipment, ShipmentLine, ShipmentState
from core.domain.sourcing import ShippingMethod

_Replaced = aliased(ShipmentRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The codes that a row's keys stand for."""

    order: str
    location: str
    replaces: str | None
    pick_list: str | None


def read_shipment(transaction: Transaction, number: str) -> Shipment:
    """A shipment by number."""
    found = _read(transaction, ShipmentRow.number == number)
    if not found:
        raise NotFoundError(f"there is no shipment {number!r}")
    return found[0]


def read_shipments(transaction: Transaction, order: OrderNo) -> tuple[Shipment, ...]:
    """The shipments of an order, oldest first."""
    return _read(transaction, SalesOrderRow.number == order)


def _read(transaction: Transaction, condition: ColumnElement[bool]) -> tuple[Shipment, ...]:
    query = (
        select(ShipmentRow, SalesOrderRow.number, LocationRow.code, _Replaced.number, PickListRow.number)
        .join(SalesOrderRow, SalesOrderRow.id == ShipmentRow.order_id)
        .join(LocationRow, LocationRow.id == ShipmentRow.location_id)
        .outerjoin(_Replaced, _Replaced.id == ShipmentRow.replaces_id)
        .outerjoin(PickListRow, PickListRow.id == ShipmentRow.pick_list_id)
        .where(condition)
        .order_by(ShipmentRow.id)
        .execution_options(populate_existing=True)
    )
    found = transaction.session.execute(query).all()
    lines = _lines(transaction, [row.id for row, *_ in found])
    return tuple(
        _shipment(row, _Names(order=order, location=place, replaces=replaced, pick_list=listed), lines.get(row.id, ()))
        for row, order, place, replaced, listed in found
    )


def _shipment(row: ShipmentRow, names: _Names, lines: Sequence[ShipmentLine]) -> Shipment:
    return Shipment(
        number=row.number,
        order=OrderNo(names.order),
        location=LocationCode(names.location),
        state=ShipmentState(row.state),
        method=ShippingMethod(row.method),
        carrier=CarrierCode(row.carrier) if row.carrier else None,
        service=row.service,
        tracking_number=row.tracking_number,
        ship_on=row.ship_on,
        expected_on=row.expected_on,
        shipped_on=row.shipped_on,
        delivered_on=row.delivered_on,
        freight_cost=row.freight_cost,
        invoice=row.invoice,
        problem=row.problem,
        replaces=names.replaces,
        pick_list=names.pick_list,
        version=row.version,
        lines=tuple(lines),
    )


def _lines(transaction: Transaction, keys: Sequence[int]) -> dict[int, list[ShipmentLine]]:
    serials: dict[tuple[int, int], list[str]] = {}
    units = select(ShippedSerialRow).where(ShippedSerialRow.shipment_id.in_(keys)).order_by(ShippedSerialRow.serial)
    for unit in transaction.session.scalars(units):
        serials.setdefault((unit.shipment_id, unit.position), []).append(unit.serial)
    query = (
        select(ShipmentLineRow, ItemRow.code)
        .join(ItemRow, ItemRow.id == ShipmentLineRow.item_id)
        .where(ShipmentLineRow.shipment_id.in_(keys))
        .order_by(ShipmentLineRow.shipment_id, ShipmentLineRow.position)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[ShipmentLine]] = {}
    for row, item in transaction.session.execute(query):
        part = ShipmentLine(
            position=row.position,
            line=row.line,
            item=ItemCode(item),
            lot=row.lot,
            quantity=row.quantity,
            picked=row.picked,
            serials=tuple(serials.get((row.shipment_id, row.position), ())),
        )
        found.setdefault(row.shipment_id, []).append(part)
    return found
