"""Rows of the life of sales orders: legal steps, schedule lines, timeline, versions, amendments, recurring orders."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class OrderTransitionRow(Row):
    """A step the life of an order line allows; filled by the migration, asked by the triggers."""

    __tablename__ = "order_transitions"

    old: Mapped[str] = mapped_column(primary_key=True)
    new: Mapped[str] = mapped_column(primary_key=True)


class ScheduleLineRow(Row):
    """A part of an order line with one date, place and state: the unit of confirmation. Void ones count for nothing."""

    __tablename__ = "schedule_lines"
    __table_args__ = (
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("state IN ('promised', 'backordered', 'shipped', 'cancelled', 'void')", name="state_known"),
        CheckConstraint("state <> 'promised' OR day IS NOT NULL", name="promised_for_a_day"),
    )

    order_id: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[date | None]
    quantity: Mapped[int]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    state: Mapped[str]


class OrderTimelineRow(Row):
    """Something that happened to an order or was said about it; append-only."""

    __tablename__ = "order_timeline"
    __table_args__ = (
        Index(None, "order_id"),
        Index(None, "recorded_at"),
        CheckConstraint(
            "kind IN ('contact', 'state', 'promise', 'hold', 'amendment', 'shipment', 'return', 'note')",
            name="kind_known",
        ),
        CheckConstraint("direction IN ('in', 'out')", name="direction_known"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str]
    text: Mapped[str]
    who: Mapped[str]
    channel: Mapped[str | None]
    direction: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class OrderVersionRow(Row):
    """What an order said before a change, whole; append-only."""

    __tablename__ = "order_versions"

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[Any] = mapped_column(JSONB)
    actor: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AmendmentRow(Row):
    """A change of an order that was carried out, with the consequences shown before it; append-only."""

    __tablename__ = "amendments"
    __table_args__ = (Index(None, "order_id"),)

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    version: Mapped[int]
    digest: Mapped[str]
    asked: Mapped[Any] = mapped_column(JSONB)
    consequences: Mapped[Any] = mapped_column(JSONB)
    reason: Mapped[str]
    agreed_by: Mapped[str | None]
    actor: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RecurringOrderRow(Row):
    """A template of orders that come again every so often; `next_on` is the date of the next one."""

    __tablename__ = "recurring_orders"
    __table_args__ = (
        CheckConstraint("every > 0", name="every_positive"),
        CheckConstraint("unit IN ('days', 'weeks', 'months')", name="unit_known"),
        CheckConstraint("state IN ('active', 'ended')", name="state_known"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    every: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str]
    first_on: Mapped[date]
    next_on: Mapped[date]
    until: Mapped[date | None]
    template: Mapped[Any] = mapped_column(JSONB)
    state: Mapped[str]
