"""Rows of cycle counts: the sheet that somebody goes round with, its lines, and who lost units by it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Row, Share


class CountSheetRow(Row):
    """A count of a location: who opened, counted and approved it, and the difference one person may post."""

    __tablename__ = "count_sheets"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'counted', 'posted', 'cancelled')", name="state_known"),
        CheckConstraint("tolerance_percent >= 0", name="tolerance_possible"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    state: Mapped[str]
    tolerance_percent: Mapped[Share]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    counted_by: Mapped[str | None]
    approved_by: Mapped[str | None]
    posted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int]


class CountLineRow(Row):
    """One item, or lot, of a sheet; `expected` is what the books said when it was counted."""

    __tablename__ = "count_lines"
    __table_args__ = (CheckConstraint("counted >= 0", name="counted_possible"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("count_sheets.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    expected: Mapped[int | None]
    counted: Mapped[int | None]
    reason: Mapped[str]


class StockLossRow(Row):
    """Units that a count or an adjustment (`document`) took away from an order line that had them reserved."""

    __tablename__ = "stock_losses"
    __table_args__ = (
        CheckConstraint("units > 0", name="units_positive"),
        ForeignKeyConstraint(["order_id", "line"], ["sales_order_lines.order_id", "sales_order_lines.line"]),
        Index("ix_stock_losses_order_id_line", "order_id", "line"),
    )

    id: Mapped[Key]
    document: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    order_id: Mapped[int]
    line: Mapped[int] = mapped_column(Integer)
    units: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
