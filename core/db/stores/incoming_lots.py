"""The lots that supply brings in: made known when units are received or finished."""

from dataclasses import dataclass

from sqlalchemy import select

from core.db.rows import ItemRow, LotRow, SupplierRow
from core.db.transaction import Transaction
from core.domain.ids import ItemCode, LotCode, PurchaseOrderNo, SupplierCode, WorkOrderNo
from core.domain.lots import Lot, LotStatus


@dataclass(frozen=True, slots=True)
class SqlIncomingLotStore:
    """Lots of this transaction as supply sees them."""

    transaction: Transaction

    def find(self, code: LotCode) -> Lot | None:
        """The lot of a code, if it is known."""
        query = (
            select(LotRow, ItemRow.code, SupplierRow.code)
            .join(ItemRow, ItemRow.id == LotRow.item_id)
            .outerjoin(SupplierRow, SupplierRow.id == LotRow.supplier_id)
            .where(LotRow.code == code)
        )
        found = self.transaction.session.execute(query).one_or_none()
        return _lot(*found) if found is not None else None

    def add(self, lot: Lot) -> None:
        """A new lot and where it is from."""
        one = self.transaction.one
        supplier = None
        if lot.supplier is not None:
            supplier = one(SupplierRow, SupplierRow.code == lot.supplier, what=f"supplier {lot.supplier!r}").id
        self.transaction.session.add(
            LotRow(
                code=lot.code,
                item_id=one(ItemRow, ItemRow.code == lot.item, what=f"item {lot.item!r}").id,
                status=lot.status.value,
                received_on=lot.received_on,
                expires_on=lot.expires_on,
                supplier_id=supplier,
                supplier_lot=lot.supplier_lot,
                purchase_order=lot.purchase_order,
                work_order=lot.work_order,
                origin=lot.origin,
                unit_cost=lot.unit_cost,
                recorded_at=self.transaction.now,
            )
        )
        self.transaction.session.flush()
        facts = {"item": lot.item, "from": lot.purchase_order or lot.work_order, "expires_on": lot.expires_on}
        self.transaction.note(scope=f"lot:{lot.code}", event="lot_added", subject=lot.code, facts=facts)


def _lot(row: LotRow, item: str, supplier: str | None) -> Lot:
    return Lot(
        code=LotCode(row.code),
        item=ItemCode(item),
        status=LotStatus(row.status),
        received_on=row.received_on,
        expires_on=row.expires_on,
        supplier=SupplierCode(supplier) if supplier is not None else None,
        supplier_lot=row.supplier_lot,
        purchase_order=PurchaseOrderNo(row.purchase_order) if row.purchase_order is not None else None,
        work_order=WorkOrderNo(row.work_order) if row.work_order is not None else None,
        origin=row.origin,
        unit_cost=row.unit_cost,
    )
