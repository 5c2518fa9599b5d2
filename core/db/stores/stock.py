"""Stock: what is available, and reservations that change the balance in the statement that records them."""

from dataclasses import dataclass

from sqlalchemy import select, text

from core.db.rows import ItemRow, LocationRow, StockBalanceRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode

_RESERVE = text("""
WITH taken AS (
    UPDATE stock_balances b SET reserved = b.reserved + :quantity
    FROM items i, locations l
    WHERE i.code = :item AND l.code = :location AND b.item_id = i.id AND b.location_id = l.id
      AND b.on_hand - b.reserved >= :quantity
    RETURNING b.item_id, b.location_id)
INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at)
SELECT item_id, location_id, :quantity, 'transfer', :reference, 'open', :now FROM taken
RETURNING id
""")

_RELEASE = text("""
WITH freed AS (
    UPDATE reservations SET state = 'released' WHERE reference = :reference AND state = 'open'
    RETURNING item_id, location_id, quantity)
UPDATE stock_balances b SET reserved = b.reserved - freed.quantity
FROM freed WHERE b.item_id = freed.item_id AND b.location_id = freed.location_id
RETURNING b.item_id
""")


@dataclass(frozen=True, slots=True)
class SqlStockStore:
    """Balances and reservations of this transaction."""

    transaction: Transaction

    def available(self, item: ItemCode, location: LocationCode) -> int:
        """Units on hand and not reserved; 0 where the item is not kept."""
        query = (
            select(StockBalanceRow.on_hand - StockBalanceRow.reserved)
            .join(ItemRow, ItemRow.id == StockBalanceRow.item_id)
            .join(LocationRow, LocationRow.id == StockBalanceRow.location_id)
            .where(ItemRow.code == item, LocationRow.code == location)
        )
        return self.transaction.session.scalars(query).one_or_none() or 0

    def reserve(self, item: ItemCode, location: LocationCode, *, quantity: int, reference: str) -> None:
        """Reserve units for a document, all or none; InsufficientStockError says how many there were."""
        if quantity < 1:
            raise InvalidValueError(f"a reservation is of at least 1 unit, not of {quantity!r}", field="quantity")
        values = {
            "item": item,
            "location": location,
            "quantity": quantity,
            "reference": reference,
            "now": self.transaction.now,
        }
        if self.transaction.session.execute(_RESERVE, values).one_or_none() is None:
            there = self.available(item, location)
            raise InsufficientStockError(
                f"{quantity} of {item!r} were needed at {location!r}, {there} are available; nothing was reserved",
                item=item,
                location=location,
                wanted=quantity,
                available=there,
            )
        self._note("stock_reserved", reference, {"item": item, "location": location, "quantity": quantity})

    def release(self, reference: str) -> None:
        """Give reserved units back; ConflictError when the reservation is no longer open."""
        if self.transaction.session.execute(_RELEASE, {"reference": reference}).one_or_none() is None:
            raise ConflictError(f"reservation {reference!r} is not open any more; nothing was released")
        self._note("stock_released", reference, {})

    def _note(self, event: str, reference: str, facts: dict[str, object]) -> None:
        self.transaction.note(scope=f"reservation:{reference}", event=event, subject=reference, facts=facts)
