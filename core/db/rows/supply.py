"""Rows of what happens to purchase and transfer orders: answers of suppliers, notices, receipts, planned orders."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Price, Row


class AcknowledgementRow(Row):
    """A supplier's answer to a purchase order; append-only."""

    __tablename__ = "acknowledgements"
    __table_args__ = (UniqueConstraint("order_id", "reference"),)

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_orders.id"))
    reference: Mapped[str]
    source: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class AcknowledgementLineRow(Row):
    """What a supplier answered for one line; append-only."""

    __tablename__ = "acknowledgement_lines"
    __table_args__ = (
        CheckConstraint("answer IN ('accepted', 'changed', 'rejected')", name="answer_known"),
        CheckConstraint("quantity >= 0 AND unit_price >= 0", name="values_possible"),
    )

    acknowledgement_id: Mapped[int] = mapped_column(ForeignKey("acknowledgements.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    answer: Mapped[str]
    quantity: Mapped[int]
    due: Mapped[date]
    unit_price: Mapped[Price]
    note: Mapped[str]


class PriceChangeRow(Row):
    """Another price a supplier wants, until a buyer decides; one waits a line."""

    __tablename__ = "purchase_price_changes"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'accepted', 'refused')", name="state_known"),
        CheckConstraint("source IN ('acknowledgement', 'receipt')", name="source_known"),
        CheckConstraint("new_price >= 0", name="price_possible"),
        ForeignKeyConstraint(["order_id", "line"], ["purchase_order_lines.order_id", "purchase_order_lines.line"]),
        Index(
            "uq_purchase_price_changes_pending",
            "order_id",
            "line",
            unique=True,
            postgresql_where="state = 'pending'",
        ),
    )

    id: Mapped[Key]
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    old_price: Mapped[Price]
    new_price: Mapped[Price]
    source: Mapped[str]
    state: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    comment: Mapped[str]


class ShippingNoticeRow(Row):
    """What a supplier says has left: an advance ship notice."""

    __tablename__ = "shipping_notices"
    __table_args__ = (
        UniqueConstraint("supplier_id", "number"),
        CheckConstraint("state IN ('announced', 'received', 'cancelled')", name="state_known"),
    )

    id: Mapped[Key]
    number: Mapped[str]
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    carrier: Mapped[str]
    tracking: Mapped[str]
    shipped_on: Mapped[date]
    eta: Mapped[date]
    state: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ShippingNoticeLineRow(Row):
    """Units of one purchase order line, of one lot, in a notice."""

    __tablename__ = "shipping_notice_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND received >= 0 AND received <= quantity", name="quantities_possible"),
        ForeignKeyConstraint(["order_id", "line"], ["purchase_order_lines.order_id", "purchase_order_lines.line"]),
        Index(None, "order_id", "line"),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("shipping_notices.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    quantity: Mapped[int]
    received: Mapped[int]
    lot: Mapped[str]
    expires_on: Mapped[date | None]


class ReceiptRow(Row):
    """Units of a purchase order line that arrived: taken and refused; append-only."""

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("accepted >= 0 AND rejected >= 0 AND accepted + rejected > 0", name="quantities_possible"),
        ForeignKeyConstraint(["order_id", "line"], ["purchase_order_lines.order_id", "purchase_order_lines.line"]),
        Index(None, "order_id", "line"),
    )

    id: Mapped[Key]
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("shipping_notices.id"))
    reference: Mapped[str]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    accepted: Mapped[int]
    rejected: Mapped[int]
    reason: Mapped[str]
    lot: Mapped[str]
    expires_on: Mapped[date | None]
    unit_price: Mapped[Price | None]
    received_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class TransferReceiptRow(Row):
    """Units of a transfer order that arrived or were lost on the way; append-only."""

    __tablename__ = "transfer_receipts"
    __table_args__ = (
        CheckConstraint("received >= 0 AND lost >= 0 AND received + lost > 0", name="quantities_possible"),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("transfer_orders.id"))
    received: Mapped[int]
    lost: Mapped[int]
    lot: Mapped[str]
    reason: Mapped[str]
    received_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class PlannedOrderRow(Row):
    """Supply that planning suggests; nothing is promised on it until it is firmed."""

    __tablename__ = "planned_orders"
    __table_args__ = (
        CheckConstraint("kind IN ('purchase', 'work', 'transfer')", name="kind_known"),
        CheckConstraint("state IN ('planned', 'firmed', 'cancelled')", name="state_known"),
        CheckConstraint("quantity > 0 AND start <= due", name="values_possible"),
        CheckConstraint("(state = 'firmed') = (firmed_as IS NOT NULL)", name="firmed_as_something"),
        CheckConstraint("(kind = 'transfer') = (origin_id IS NOT NULL)", name="origin_of_a_transfer"),
        CheckConstraint("kind = 'purchase' OR supplier_id IS NULL", name="supplier_of_a_purchase"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    start: Mapped[date]
    due: Mapped[date]
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id"))
    promisable: Mapped[bool]
    state: Mapped[str]
    firmed_as: Mapped[str | None]
    version: Mapped[int] = mapped_column(Integer)
