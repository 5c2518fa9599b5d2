"""The lots that returned units and retrieved components are kept in."""

from datetime import date

from sqlalchemy import func, select, text

from core.db.rows import ItemRow, LotRow, SalesOrderRow, ShipmentLineRow, ShipmentRow
from core.db.stores.order_mapping import item_id
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import LotCode
from core.domain.lots import Lot, LotStatus
from core.domain.returns import Return, ReturnLine


def open_lot(transaction: Transaction, given: Return, line: ReturnLine, code: LotCode, *, on: date) -> None:
    """A lot on hold for what came back; it expires no later than the first of the lots shipped with the order line."""
    query = (
        select(func.min(LotRow.expires_on), func.max(LotRow.origin))
        .join(ItemRow, ItemRow.id == LotRow.item_id)
        .join(ShipmentLineRow, (ShipmentLineRow.lot == LotRow.code) & (ShipmentLineRow.item_id == LotRow.item_id))
        .join(ShipmentRow, ShipmentRow.id == ShipmentLineRow.shipment_id)
        .join(SalesOrderRow, SalesOrderRow.id == ShipmentRow.order_id)
        .where(SalesOrderRow.number == given.order, ShipmentLineRow.line == line.line)
    )
    expires_on, origin = transaction.session.execute(query).one()
    known = origin or transaction.one(ItemRow, ItemRow.code == line.item, what=f"item {line.item!r}").origin
    status = LotStatus.HOLD
    add_lot(
        transaction,
        Lot(code=code, item=line.item, status=status, received_on=on, expires_on=expires_on, origin=known),
    )


def add_lot(transaction: Transaction, lot: Lot) -> None:
    """A new lot; ConflictError when there is one of this code."""
    row = LotRow(
        code=lot.code,
        item_id=item_id(transaction, lot.item),
        status=lot.status.value,
        received_on=lot.received_on,
        expires_on=lot.expires_on,
        supplier_id=None,
        supplier_lot=lot.supplier_lot,
        purchase_order=None,
        work_order=None,
        origin=lot.origin,
        unit_cost=None,
        recorded_at=transaction.now,
    )
    transaction.session.add(row)
    transaction.session.flush()
    facts = {"item": lot.item, "status": lot.status.value, "expires_on": lot.expires_on, "origin": lot.origin}
    transaction.note(scope=f"lot:{lot.code}", event="lot_added", subject=lot.code, facts=facts)


def set_lot(transaction: Transaction, code: LotCode, status: LotStatus) -> None:
    """Whether a lot may be used from now on; nothing where it is so already."""
    row = transaction.one(LotRow, LotRow.code == code, what=f"lot {code!r}")
    was = row.status
    if was == status.value:
        return
    change = text("SELECT set_lot_status(:lot, :old, :new)")
    values = {"lot": code, "old": was, "new": status.value}
    if not transaction.session.scalars(change, values).one():
        raise ConflictError(f"lot {code!r} is no longer {was}; look at it again", lot=code)
    facts = {"from": was, "to": status.value}
    transaction.note(scope=f"lot:{code}", event="lot_status_set", subject=code, facts=facts)
