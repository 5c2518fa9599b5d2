"""Rows of what is said from outside: disruptions, documents read with doubt, gaps, changes customers ask for; feeds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row


class SignalRow(Row):
    """Something said from outside; what was said stays, only whether it is settled changes."""

    __tablename__ = "signals"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('disruption', 'document', 'gap', 'duplicate', 'change', 'cancellation')", name="kind_known"
        ),
        CheckConstraint("state IN ('open', 'settled')", name="state_known"),
        CheckConstraint("confidence BETWEEN 0 AND 100", name="confidence_possible"),
        CheckConstraint("first <= last", name="days_in_order"),
        CheckConstraint("kind NOT IN ('change', 'cancellation') OR order_id IS NOT NULL", name="order_named"),
        CheckConstraint("asked IS NULL OR kind IN ('change', 'cancellation')", name="asked_of_an_order"),
        Index("ix_signals_open", "kind", postgresql_where="state = 'open'"),
    )

    reference: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    confidence: Mapped[int] = mapped_column(Integer)
    suspicious: Mapped[bool]
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"))
    destination_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_orders.id"))
    lines: Mapped[list[Any]] = mapped_column(JSONB)
    first: Mapped[date | None]
    last: Mapped[date | None]
    state: Mapped[str]
    said_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str]
    asked: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))


class FeedLimitRow(Row):
    """How old the data of another system may be, in hours."""

    __tablename__ = "feed_limits"
    __table_args__ = (CheckConstraint("hours > 0", name="hours_positive"),)

    feed: Mapped[str] = mapped_column(primary_key=True)
    hours: Mapped[int] = mapped_column(Integer)
