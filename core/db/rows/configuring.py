"""Rows of configurable products and of the variants that orders made of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.closing import Closing
from core.db.rows.root import Price, Row


class ConfigurableProductRow(Closing, Row):
    """What can be chosen about an item, and its materials and operations for all choices."""

    __tablename__ = "configurable_products"
    __table_args__ = (CheckConstraint("jsonb_array_length(features) > 0", name="has_features"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    words: Mapped[list[Any]] = mapped_column(JSONB)
    features: Mapped[list[Any]] = mapped_column(JSONB)
    rules: Mapped[list[Any]] = mapped_column(JSONB)
    materials: Mapped[list[Any]] = mapped_column(JSONB)
    steps: Mapped[list[Any]] = mapped_column(JSONB)


class ItemVariantRow(Row):
    """An item that a configuration became; append-only. What it is made of are rows like those of any item."""

    __tablename__ = "item_variants"
    __table_args__ = (Index(None, "product_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    configuration: Mapped[str]
    chosen: Mapped[list[Any]] = mapped_column(JSONB)
    supplement: Mapped[Price]
    born_by: Mapped[str] = mapped_column(ForeignKey("users.name"))
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
