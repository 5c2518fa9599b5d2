"""Rows that widen master data: alternates, units, customers' own numbers, addresses and price breaks."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.closing import Closing
from core.db.rows.root import Price, Row, Share


class ItemAlternateRow(Closing, Row):
    """An item that may take another's place."""

    __tablename__ = "item_alternates"
    __table_args__ = (
        CheckConstraint("item_id <> alternate_id", name="not_itself"),
        CheckConstraint("scope IN ('finished', 'component')", name="scope_known"),
        CheckConstraint("ratio > 0", name="ratio_positive"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    alternate_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    ratio: Mapped[Share]
    priority: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    approval_needed: Mapped[bool]


class UnitConversionRow(Closing, Row):
    """How many base units of an item one larger unit is."""

    __tablename__ = "unit_conversions"
    __table_args__ = (CheckConstraint("base_units > 0", name="base_units_positive"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    base_units: Mapped[int]


class CustomerItemRow(Closing, Row):
    """A customer's own number for an item."""

    __tablename__ = "customer_items"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))


class CustomerAddressRow(Closing, Row):
    """A place a customer is shipped to."""

    __tablename__ = "customer_addresses"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    street: Mapped[str]
    city: Mapped[str]
    postcode: Mapped[str]
    region: Mapped[str]
    country: Mapped[str]


class PriceBreakRow(Closing, Row):
    """A supplier's price from a quantity on."""

    __tablename__ = "price_breaks"
    __table_args__ = (CheckConstraint("minimum > 0 AND unit_price >= 0", name="values_possible"),)

    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    minimum: Mapped[int] = mapped_column(primary_key=True)
    unit_price: Mapped[Price]
