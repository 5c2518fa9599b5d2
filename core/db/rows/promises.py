"""Rows of promises: the append-only history of a line's promise, and quotes that hold supply until they expire."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row


class PromiseRecordRow(Row):
    """One change of a promise, with why, what it rests on and what held it back; append-only."""

    __tablename__ = "promise_records"
    __table_args__ = (Index(None, "order_id", "line"),)

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int] = mapped_column(Integer)
    old: Mapped[date | None]
    new: Mapped[date]
    reason: Mapped[str]
    proposal_id: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reason_code: Mapped[str] = mapped_column(server_default=text("'stated'"))
    schedule: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    constraints: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    pegs: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    commands: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    rule_versions: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))


class PromiseQuoteRow(Row):
    """Units quoted for a day; while open and not expired they count as promised. `held` of them are reserved stock."""

    __tablename__ = "promise_quotes"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND held >= 0 AND held <= quantity", name="quantities_possible"),
        CheckConstraint("state IN ('open', 'confirmed', 'withdrawn')", name="state_known"),
        Index("ix_promise_quotes_open", "expires_at", postgresql_where=text("state = 'open'")),
    )

    quote: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    held: Mapped[int]
    due: Mapped[date]
    state: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
