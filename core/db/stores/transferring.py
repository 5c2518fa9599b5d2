"""Transfer orders on their way: shipped, received in parts, lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from core.db.rows import ItemRow, LocationRow, TransferOrderRow, TransferReceiptRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, LocationCode, TransferOrderNo
from core.domain.supply_life import TransferStage, require_step, state_of
from core.domain.transferring import Transferring

_ARRIVE = text("""
    UPDATE transfer_orders SET received = received + :received, lost = lost + :lost, version = version + 1,
        stage = CASE WHEN received + lost + :received + :lost = quantity THEN 'received' ELSE 'partly received' END
    WHERE number = :number AND stage IN ('shipped', 'partly received')
      AND received + lost + :received + :lost <= quantity RETURNING id
""")


@dataclass(frozen=True, slots=True)
class SqlTransferringStore:
    """Transfer orders of this transaction."""

    transaction: Transaction

    def lock(self, number: TransferOrderNo) -> Transferring:
        """A transfer order, held until the transaction ends."""
        self.transaction.session.flush()
        row = self._row(number)
        get = self.transaction.session.get_one
        return Transferring(
            number=number,
            item=ItemCode(get(ItemRow, row.item_id).code),
            origin=LocationCode(get(LocationRow, row.origin_id).code),
            destination=LocationCode(get(LocationRow, row.destination_id).code),
            quantity=row.quantity,
            received=row.received,
            lost=row.lost,
            ship_on=row.ship_on,
            due=row.due,
            stage=TransferStage(row.stage),
            version=row.version,
        )

    def ship(self, number: TransferOrderNo, *, on: date) -> None:
        """The units have left; IllegalTransitionError when they may not."""
        row = self._row(number)
        require_step(f"transfer order {number!r}", TransferStage(row.stage), TransferStage.SHIPPED)
        row.stage, row.shipped = TransferStage.SHIPPED.value, True
        row.state = state_of(TransferStage.SHIPPED).value
        row.version += 1
        self.transaction.session.flush()
        self._note(number, "transfer_shipped", {"quantity": row.quantity, "on": on})

    def receive(self, number: TransferOrderNo, *, received: int, lost: int, lot: str, reason: str, on: date) -> None:
        """Count units that arrived or were lost; ConflictError when more than are on the way."""
        values = {"number": number, "received": received, "lost": lost}
        found = self.transaction.session.scalars(_ARRIVE, values).one_or_none()
        if found is None:
            there = self.lock(number)
            raise ConflictError(
                f"{received} received and {lost} lost of transfer order {number!r} cannot be: it is"
                f" {there.stage.value!r} with {there.on_the_way} units on the way",
                on_the_way=there.on_the_way,
            )
        self.transaction.session.add(
            TransferReceiptRow(
                order_id=found,
                received=received,
                lost=lost,
                lot=lot,
                reason=reason,
                received_on=on,
                recorded_at=self.transaction.now,
                recorded_by=self.transaction.actor,
            )
        )
        self._note(number, "transfer_received", {"received": received, "lost": lost, "lot": lot, "reason": reason})

    def _row(self, number: TransferOrderNo) -> TransferOrderRow:
        return self.transaction.one(
            TransferOrderRow, TransferOrderRow.number == number, what=f"transfer order {number!r}", lock=True
        )

    def _note(self, number: TransferOrderNo, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"transfer:{number}", event=event, subject=number, facts=facts)
