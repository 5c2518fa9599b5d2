"""Rows of allocation: quotas and who took from them, backorder runs, and lines that runs leave alone."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class QuotaRow(Row):
    """A quota; `consumed` changes only in the function that records who took."""

    __tablename__ = "quotas"
    __table_args__ = (
        CheckConstraint("consumed >= 0 AND consumed <= quantity", name="consumed_within_quantity"),
        CheckConstraint("first <= last", name="first_before_last"),
        Index(None, "item_id"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    channel: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    region: Mapped[str | None]
    first: Mapped[date]
    last: Mapped[date]
    quantity: Mapped[int]
    consumed: Mapped[int]
    borrow: Mapped[bool]
    released_on: Mapped[date | None]


class QuotaUseRow(Row):
    """Units an order line has of a quota; 0 once it gave them back."""

    __tablename__ = "quota_uses"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_possible"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        Index(None, "order_id", "line"),
    )

    quota_id: Mapped[int] = mapped_column(ForeignKey("quotas.id"), primary_key=True)
    order_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    quantity: Mapped[int]


class BackorderRunRow(Row):
    """A run over one item at one place: what it was given, what it found, and whether it was carried out."""

    __tablename__ = "backorder_runs"
    __table_args__ = (
        CheckConstraint("state IN ('simulated', 'committed')", name="state_known"),
        CheckConstraint(
            "rule IN ('first-come', 'by-entry', 'priority', 'proportional', 'target', 'quota')", name="rule_known"
        ),
        CheckConstraint("lot >= 1", name="lot_possible"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    rule: Mapped[str]
    lot: Mapped[int]
    digest: Mapped[str]
    overrides: Mapped[list[Any]] = mapped_column(JSONB)
    result: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LineLockRow(Row):
    """A line that backorder runs leave alone, and who said so."""

    __tablename__ = "line_locks"
    __table_args__ = (
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
    )

    order_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    locked: Mapped[bool]
    reason: Mapped[str]
    actor: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
