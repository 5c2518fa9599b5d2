"""Pick lists, read in the order a picker walks: zone, bin, item, lot, shipment."""

from sqlalchemy import and_, func, select

from core.db.rows import BinRow, ItemRow, LocationRow, PickListRow, ShipmentLineRow, ShipmentRow
from core.db.transaction import Transaction
from core.domain.errors import NotFoundError
from core.domain.ids import ItemCode, LocationCode
from core.domain.shipments import PickList, PickListLine


def read_pick_list(transaction: Transaction, number: str) -> PickList:
    """A pick list with its lines in walking order; items without a bin come last."""
    found = transaction.session.execute(
        select(PickListRow, LocationRow.code)
        .join(LocationRow, LocationRow.id == PickListRow.location_id)
        .where(PickListRow.number == number)
    ).one_or_none()
    if found is None:
        raise NotFoundError(f"there is no pick list {number!r}")
    row, place = found
    return PickList(
        number=number,
        location=LocationCode(place),
        recorded_at=row.recorded_at,
        lines=_lines(transaction, row),
    )


def _lines(transaction: Transaction, listed: PickListRow) -> tuple[PickListLine, ...]:
    zone, bin_ = func.coalesce(BinRow.zone, ""), func.coalesce(BinRow.bin, "")
    query = (
        select(ShipmentLineRow, ShipmentRow.number, ItemRow.code, ItemRow.name, ItemRow.unit, zone, bin_)
        .join(ShipmentRow, ShipmentRow.id == ShipmentLineRow.shipment_id)
        .join(ItemRow, ItemRow.id == ShipmentLineRow.item_id)
        .outerjoin(
            BinRow, and_(BinRow.location_id == ShipmentRow.location_id, BinRow.item_id == ShipmentLineRow.item_id)
        )
        .where(ShipmentRow.pick_list_id == listed.id)
        .order_by(
            BinRow.zone.collate("C").nulls_last(),
            BinRow.bin.collate("C").nulls_last(),
            ItemRow.code.collate("C"),
            ShipmentLineRow.lot.collate("C"),
            ShipmentRow.id,
            ShipmentLineRow.position,
        )
    )
    return tuple(
        PickListLine(
            zone=in_zone,
            bin=in_bin,
            item=ItemCode(item),
            name=name,
            lot=row.lot,
            quantity=row.quantity,
            unit=unit,
            shipment=shipment,
            position=row.position,
        )
        for row, shipment, item, name, unit, in_zone, in_bin in transaction.session.execute(query)
    )
