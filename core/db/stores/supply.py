"""Purchase orders and transfer orders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core.db.rows import ItemRow, LocationRow, PurchaseOrderLineRow, PurchaseOrderRow, SupplierRow, TransferOrderRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import ItemCode, LocationCode, ProposalId, PurchaseOrderNo, SupplierCode, TransferOrderNo
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SupplyState, TransferOrder
from core.domain.supply_life import PurchaseStage, TransferStage

_Origin, _Destination = aliased(LocationRow), aliased(LocationRow)


@dataclass(frozen=True, slots=True)
class SqlSupplyStore:
    """Supply on order of this transaction."""

    transaction: Transaction

    def purchase_order(self, number: PurchaseOrderNo) -> PurchaseOrder:
        """A purchase order by number."""
        row = self._purchase_row(number)
        supplier = self.transaction.one(SupplierRow, SupplierRow.id == row.supplier_id, what="supplier")
        return PurchaseOrder(
            number=number,
            supplier=SupplierCode(supplier.code),
            order_date=row.order_date,
            currency=row.currency,
            state=SupplyState(row.state),
        )

    def purchase_line(self, number: PurchaseOrderNo, line: int) -> PurchaseOrderLine:
        """A purchase order line."""
        row, item, location = self._line_row(number, line)
        return PurchaseOrderLine(
            order=number,
            line=line,
            item=ItemCode(item),
            location=LocationCode(location),
            ordered=row.ordered,
            received=row.received,
            unit_price=row.unit_price,
            due=row.due,
        )

    def add_purchase_order(self, order: PurchaseOrder, line: PurchaseOrderLine, *, proposal: ProposalId) -> None:
        """A new purchase order of one line, made by a proposal."""
        supplier = self.transaction.one(
            SupplierRow, SupplierRow.code == order.supplier, what=f"supplier {order.supplier!r}"
        )
        row = PurchaseOrderRow(
            number=order.number,
            supplier_id=supplier.id,
            order_date=order.order_date,
            currency=order.currency,
            state=order.state.value,
            proposal_id=proposal,
            stage=PurchaseStage.SENT.value,
            sent_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self.transaction.session.add(
            PurchaseOrderLineRow(
                order_id=row.id,
                line=line.line,
                item_id=self._item(line.item).id,
                location_id=self._location(line.location).id,
                ordered=line.ordered,
                received=line.received,
                unit_price=line.unit_price,
                due=line.due,
            )
        )
        facts = {"supplier": order.supplier, "item": line.item, "quantity": line.ordered, "due": line.due}
        self._note(f"purchase:{order.number}", "purchase_order_added", {**facts, "proposal": proposal})

    def reschedule(self, number: PurchaseOrderNo, line: int, *, old: date, due: date) -> None:
        """Give a purchase order line another due date; ConflictError when it is no longer due on `old`."""
        row, _, _ = self._line_row(number, line, lock=True)
        if row.due != old:
            raise ConflictError(f"purchase order line {number}/{line} is due on {row.due}, not on {old}")
        row.requested = row.requested or old
        row.due = due
        self._note(f"purchase:{number}", "purchase_line_rescheduled", {"line": line, "old": old, "new": due})

    def cancel_purchase_order(self, number: PurchaseOrderNo) -> None:
        """Cancel an open purchase order."""
        row = self._purchase_row(number, lock=True)
        begun = row.stage == PurchaseStage.PARTLY_RECEIVED.value
        if row.state != SupplyState.OPEN.value or begun:
            state = row.stage if begun else row.state
            raise ConflictError(f"purchase order {number!r} is {state}, only an open one can be cancelled")
        row.state, row.stage = SupplyState.CANCELLED.value, PurchaseStage.CANCELLED.value
        self._note(f"purchase:{number}", "purchase_order_cancelled", {})

    def transfer(self, number: TransferOrderNo) -> TransferOrder:
        """A transfer order by number."""
        query = (
            select(TransferOrderRow, ItemRow.code, _Origin.code, _Destination.code)
            .join(ItemRow, ItemRow.id == TransferOrderRow.item_id)
            .join(_Origin, _Origin.id == TransferOrderRow.origin_id)
            .join(_Destination, _Destination.id == TransferOrderRow.destination_id)
            .where(TransferOrderRow.number == number)
        )
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no transfer order {number!r}")
        row, item, origin, destination = found
        return TransferOrder(
            number=number,
            item=ItemCode(item),
            origin=LocationCode(origin),
            destination=LocationCode(destination),
            quantity=row.quantity,
            ship_on=row.ship_on,
            due=row.due,
            shipped=row.shipped,
            state=SupplyState(row.state),
        )

    def add_transfer(self, order: TransferOrder, *, proposal: ProposalId | None) -> None:
        """A new transfer order, made by a proposal or by hand; its units are reserved by the stock store."""
        self.transaction.session.add(
            TransferOrderRow(
                number=order.number,
                item_id=self._item(order.item).id,
                origin_id=self._location(order.origin).id,
                destination_id=self._location(order.destination).id,
                quantity=order.quantity,
                ship_on=order.ship_on,
                due=order.due,
                shipped=order.shipped,
                state=order.state.value,
                proposal_id=proposal,
                stage=TransferStage.OPEN.value,
            )
        )
        facts = {"item": order.item, "from": order.origin, "to": order.destination, "quantity": order.quantity}
        self._note(f"transfer:{order.number}", "transfer_added", {**facts, "due": order.due, "proposal": proposal})

    def cancel_transfer(self, number: TransferOrderNo) -> None:
        """Cancel a transfer order that has not shipped."""
        row = self._waiting_transfer(number, "cancelled")
        row.state, row.stage = SupplyState.CANCELLED.value, TransferStage.CANCELLED.value
        self._note(f"transfer:{number}", "transfer_cancelled", {})

    def shrink_transfer(self, number: TransferOrderNo, *, to: int) -> None:
        """Let a transfer order that has not shipped move fewer units."""
        row = self._waiting_transfer(number, "made smaller")
        if not 0 < to < row.quantity:
            raise ConflictError(f"transfer order {number!r} of {row.quantity} cannot be made one of {to}")
        old, row.quantity, row.version = row.quantity, to, row.version + 1
        self._note(f"transfer:{number}", "transfer_shrunk", {"old": old, "new": to})

    def _waiting_transfer(self, number: TransferOrderNo, done: str) -> TransferOrderRow:
        row = self.transaction.one(
            TransferOrderRow, TransferOrderRow.number == number, what=f"transfer order {number!r}", lock=True
        )
        if row.shipped or row.state != SupplyState.OPEN.value:
            state = "shipped" if row.shipped else row.state
            raise ConflictError(f"transfer order {number!r} is {state}; only an open one can be {done}")
        return row

    def _purchase_row(self, number: PurchaseOrderNo, *, lock: bool = False) -> PurchaseOrderRow:
        return self.transaction.one(
            PurchaseOrderRow, PurchaseOrderRow.number == number, what=f"purchase order {number!r}", lock=lock
        )

    def _line_row(
        self, number: PurchaseOrderNo, line: int, *, lock: bool = False
    ) -> tuple[PurchaseOrderLineRow, str, str]:
        query = (
            select(PurchaseOrderLineRow, ItemRow.code, LocationRow.code)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
            .join(ItemRow, ItemRow.id == PurchaseOrderLineRow.item_id)
            .join(LocationRow, LocationRow.id == PurchaseOrderLineRow.location_id)
            .where(PurchaseOrderRow.number == number, PurchaseOrderLineRow.line == line)
            .execution_options(populate_existing=True)
        )
        found = self.transaction.session.execute(
            query.with_for_update(of=PurchaseOrderLineRow) if lock else query
        ).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no purchase order line {number}/{line}")
        return found[0], found[1], found[2]

    def _item(self, code: ItemCode) -> ItemRow:
        return self.transaction.one(ItemRow, ItemRow.code == code, what=f"item {code!r}")

    def _location(self, code: LocationCode) -> LocationRow:
        return self.transaction.one(LocationRow, LocationRow.code == code, what=f"location {code!r}")

    def _note(self, scope: str, event: str, facts: dict[str, Any]) -> None:
        self.transaction.note(scope=scope, event=event, subject=scope.partition(":")[2], facts=facts)
