"""Rows of the days plans add to a supplier's word."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Row, Share


class SupplierBufferRow(Row):
    """A version of a supplier's buffer; append-only, the newest holds."""

    __tablename__ = "supplier_buffers"
    __table_args__ = (
        CheckConstraint("days BETWEEN 0 AND 120", name="days_within_reason"),
        CheckConstraint("percent BETWEEN 0 AND 99", name="percent_is_a_share"),
    )

    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    days: Mapped[int] = mapped_column(Integer)
    percent: Mapped[int] = mapped_column(Integer)
    expected_on_time: Mapped[Share]
    set_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
