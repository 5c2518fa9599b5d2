"""Rows of stock: the append-only ledger of moves, the balances it adds up to, and reservations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class StockBalanceRow(Row):
    """Units on hand and reserved; changed only by the functions that insert the move or the reservation."""

    __tablename__ = "stock_balances"
    __table_args__ = (CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved_within_on_hand"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    on_hand: Mapped[int]
    reserved: Mapped[int]


class StockMoveRow(Row):
    """Units moved from one location to another, virtual ones included; never changed, never deleted."""

    __tablename__ = "stock_moves"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("origin_id <> destination_id", name="goes_somewhere"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    origin_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    destination_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    reason: Mapped[str]
    reference: Mapped[str]
    moved_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ReservationRow(Row):
    """A claim on stock at a location for one document."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("state IN ('open', 'released', 'consumed')", name="state_known"),
        Index("ix_reservations_open", "item_id", "location_id", postgresql_where="state = 'open'"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    kind: Mapped[str]
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
