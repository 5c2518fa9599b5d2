"""Rows of returns: what comes back, what became of it, refunds, and components taken out to be used again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Row

_STATES = (
    "'requested', 'authorised', 'label_sent', 'received', 'inspected', 'disposed', 'refunded', 'exchanged', 'closed',"
    " 'refused'"
)
_DISPOSITIONS = "'restock', 'rework', 'refurbish', 'recycle', 'reuse', 'scrap'"


class ReturnRow(Row):
    """A return of goods of one order, by its RMA number; it comes back to one location."""

    __tablename__ = "returns"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("wish IN ('refund', 'exchange')", name="wish_known"),
        CheckConstraint("method IN ('carrier', 'store')", name="method_known"),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    state: Mapped[str]
    wish: Mapped[str]
    method: Mapped[str]
    note: Mapped[str]
    refusal: Mapped[str]
    exchange_order: Mapped[str | None]
    version: Mapped[int] = mapped_column(Integer)
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ReturnLineRow(Row):
    """Units of an order line in a return: asked for, received, found good, disposed of."""

    __tablename__ = "return_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("received >= 0 AND received <= quantity", name="received_within_asked"),
        CheckConstraint("disposed >= 0 AND disposed <= received", name="disposed_within_received"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        Index(None, "order_id", "line"),
    )

    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot: Mapped[str]
    serial: Mapped[str]
    reason: Mapped[str]
    quantity: Mapped[int]
    received: Mapped[int]
    disposed: Mapped[int]
    finding: Mapped[str]


class ReturnCountRow(Row):
    """Units of an order line that are in returns not refused: the guard that no more come back than were delivered."""

    __tablename__ = "return_counts"
    __table_args__ = (
        CheckConstraint("asked >= 0", name="asked_not_negative"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
    )

    order_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked: Mapped[int]


class DispositionRow(Row):
    """What became of returned units and where they went; append-only."""

    __tablename__ = "dispositions"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_DISPOSITIONS})", name="kind_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        ForeignKeyConstraint(["return_id", "position"], ["return_lines.return_id", "return_lines.position"]),
        Index(None, "return_id"),
    )

    id: Mapped[Key]
    return_id: Mapped[int]
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    quantity: Mapped[int]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    lot: Mapped[str]
    note: Mapped[str]
    decided_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RetrievedComponentRow(Row):
    """A component taken out of a returned unit to be used again; append-only."""

    __tablename__ = "retrieved_components"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        ForeignKeyConstraint(["return_id", "position"], ["return_lines.return_id", "return_lines.position"]),
        Index(None, "item_id", "serial"),
    )

    id: Mapped[Key]
    return_id: Mapped[int]
    position: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[int]
    lot: Mapped[str]
    serial: Mapped[str]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RefundRow(Row):
    """Money given back for a return, once; `before_receipt` when a person decided not to wait; append-only."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount >= 0 AND fee >= 0", name="amounts_not_negative"),)

    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    amount: Mapped[Amount]
    fee: Mapped[Amount]
    currency: Mapped[str]
    before_receipt: Mapped[bool]
    decided_by: Mapped[str]
    note: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
