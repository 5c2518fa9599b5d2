"""Rows of what order lines cost when they reach the customer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Row


class LandedCostRow(Row):
    """The landed cost and margin of an order line as they were worked out; append-only, the last one counts."""

    __tablename__ = "landed_costs"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("total = goods + freight + tariff + handling", name="total_adds_up"),
        CheckConstraint("margin = revenue - total", name="margin_adds_up"),
        Index(None, "order_id", "line"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[int]
    currency: Mapped[str]
    revenue: Mapped[Amount]
    goods: Mapped[Amount]
    freight: Mapped[Amount]
    tariff: Mapped[Amount]
    handling: Mapped[Amount]
    total: Mapped[Amount]
    margin: Mapped[Amount]
    origins: Mapped[Any] = mapped_column(JSONB)
    steps: Mapped[Any] = mapped_column(JSONB)
    costed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
