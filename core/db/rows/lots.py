"""Rows of lots and serial numbers: what they are, where they are, and which moves carried them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Price, Row


class LotRow(Row):
    """A lot: units of an item that came or were made together, and whether they may be used."""

    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint("status IN ('available', 'hold', 'expired', 'scrapped')", name="status_known"),
        Index(None, "item_id"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    status: Mapped[str]
    received_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("suppliers.id"))
    supplier_lot: Mapped[str]
    purchase_order: Mapped[str | None]
    work_order: Mapped[str | None]
    origin: Mapped[str]
    unit_cost: Mapped[Price | None]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LotBalanceRow(Row):
    """Units of a lot at a location; part of the balance of its item there, changed by triggers only."""

    __tablename__ = "lot_balances"
    __table_args__ = (
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved_within_on_hand"),
        Index(None, "item_id", "location_id"),
    )

    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    on_hand: Mapped[int] = mapped_column(server_default=text("0"))
    reserved: Mapped[int] = mapped_column(server_default=text("0"))


class SerialRow(Row):
    """One unit by its serial number and the one place where it is, virtual ones included."""

    __tablename__ = "serials"
    __table_args__ = (UniqueConstraint("item_id", "number"), Index(None, "number"))

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    number: Mapped[str]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id"))


class MoveSerialRow(Row):
    """A serial number that a move carried; append-only like the moves."""

    __tablename__ = "move_serials"
    __table_args__ = (Index(None, "serial_id"),)

    move_id: Mapped[int] = mapped_column(ForeignKey("stock_moves.id"), primary_key=True)
    serial_id: Mapped[int] = mapped_column(ForeignKey("serials.id"), primary_key=True)
