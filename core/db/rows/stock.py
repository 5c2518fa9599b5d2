"""Rows of stock: the append-only ledger of moves, the balances it adds up to, and reservations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Price, Row

_NONE = text("0")
_OPEN = "state = 'open'"


class StockBalanceRow(Row):
    """Units on hand, reserved, and blocked because their lot may not be used; changed by triggers only."""

    __tablename__ = "stock_balances"
    __table_args__ = (
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved_within_on_hand"),
        CheckConstraint("blocked >= 0 AND blocked <= on_hand", name="blocked_within_on_hand"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(server_default=_NONE)
    reserved: Mapped[int] = mapped_column(server_default=_NONE)
    blocked: Mapped[int] = mapped_column(server_default=_NONE)


class StockMoveRow(Row):
    """Units moved from one location to another, virtual ones included; never changed, never deleted."""

    __tablename__ = "stock_moves"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("origin_id <> destination_id", name="goes_somewhere"),
        Index(None, "item_id"),
        Index(None, "lot_id"),
        Index(None, "reference"),
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
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    unit_cost: Mapped[Price | None]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int | None] = mapped_column(Integer)


class ReservationRow(Row):
    """A claim on stock at a location for one document; `taken` of its units have left stock for it already.

    Item and location have no foreign keys of their own: a trigger sees to it that they have a balance, which has them.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("state IN ('open', 'released', 'consumed', 'expired')", name="state_known"),
        CheckConstraint("kind IN ('transfer', 'advisory', 'time_boxed', 'hard')", name="kind_known"),
        CheckConstraint("kind <> 'time_boxed' OR expires_at IS NOT NULL", name="time_boxed_expires"),
        CheckConstraint("taken >= 0 AND taken <= quantity", name="taken_within_quantity"),
        Index("ix_reservations_open", "item_id", "location_id", postgresql_where=_OPEN),
        Index("uq_reservations_open_reference", "reference", unique=True, postgresql_where=_OPEN),
        Index("ix_reservations_order_id_line", "order_id", "line", postgresql_where="order_id IS NOT NULL"),
        Index("ix_reservations_expires", "expires_at", postgresql_where=f"{_OPEN} AND expires_at IS NOT NULL"),
    )

    id: Mapped[Key]
    item_id: Mapped[int]
    location_id: Mapped[int]
    quantity: Mapped[int]
    kind: Mapped[str]
    reference: Mapped[str]
    state: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    taken: Mapped[int] = mapped_column(server_default=_NONE)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int | None] = mapped_column(Integer)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cause: Mapped[str] = mapped_column(server_default=text("''"))
