"""Rows of what customers pay and what stops an order: price lists, contracts, discounts, prices found, holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Amount, Key, Price, Row


class PriceListRow(Row):
    """A price list or a contract: in which currency, for whom and when it holds."""

    __tablename__ = "price_lists"
    __table_args__ = (
        CheckConstraint("kind IN ('list', 'contract')", name="kind_known"),
        CheckConstraint(
            "kind = 'list' OR customer_id IS NOT NULL OR tier IS NOT NULL OR region IS NOT NULL",
            name="contract_with_somebody",
        ),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    currency: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    tier: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[str | None]
    priority: Mapped[int] = mapped_column(Integer)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class PriceListLineRow(Row):
    """The price of an item from a quantity on; never changed, only ended: a new price is a new line."""

    __tablename__ = "price_list_lines"
    __table_args__ = (
        CheckConstraint("minimum > 0 AND unit_price >= 0", name="values_possible"),
        Index(None, "item_id"),
    )

    list_id: Mapped[int] = mapped_column(ForeignKey("price_lists.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    minimum: Mapped[int]
    unit_price: Mapped[Price]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class DiscountRow(Row):
    """A discount and its conditions; an empty condition asks nothing. Never changed, only ended."""

    __tablename__ = "discounts"
    __table_args__ = (
        CheckConstraint("kind IN ('percent', 'amount')", name="kind_known"),
        CheckConstraint("combination IN ('stackable', 'best')", name="combination_known"),
        CheckConstraint("value >= 0 AND (kind = 'amount' OR value <= 100)", name="value_possible"),
        CheckConstraint("(kind = 'amount') = (currency IS NOT NULL)", name="amount_has_currency"),
        CheckConstraint("minimum > 0", name="minimum_positive"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    value: Mapped[Price]
    currency: Mapped[str | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    tier: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[str | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    channel: Mapped[str | None]
    minimum: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    combination: Mapped[str]
    sequence: Mapped[int] = mapped_column(Integer)
    on_contracts: Mapped[bool]


class PriceOverrideRow(Row):
    """A price a person with authority set instead of the one found; append-only."""

    __tablename__ = "price_overrides"
    __table_args__ = (
        CheckConstraint("found >= 0 AND price >= 0", name="prices_possible"),
        Index(None, "order_id", "line"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int] = mapped_column(Integer)
    found: Mapped[Price]
    price: Mapped[Price]
    currency: Mapped[str]
    reason: Mapped[str]
    approved_by: Mapped[str]
    role: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LinePriceRow(Row):
    """Where the price of an order line comes from, step by step; append-only, the last one counts."""

    __tablename__ = "line_prices"
    __table_args__ = (
        CheckConstraint(
            "source IN ('item', 'list', 'contract', 'override', 'stated', 'accepted')", name="source_known"
        ),
        CheckConstraint("quantity > 0 AND found >= 0 AND unit_price >= 0", name="values_possible"),
        CheckConstraint("(source IN ('list', 'contract')) = (list_id IS NOT NULL)", name="list_named"),
        CheckConstraint("(source IN ('item', 'list', 'contract')) = (base IS NOT NULL)", name="base_known"),
        CheckConstraint("(source = 'override') = (override_id IS NOT NULL)", name="override_named"),
        ForeignKeyConstraint(["list_id", "list_line"], ["price_list_lines.list_id", "price_list_lines.line"]),
        Index(None, "order_id", "line"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[int]
    currency: Mapped[str]
    source: Mapped[str]
    list_id: Mapped[int | None]
    list_line: Mapped[int | None] = mapped_column(Integer)
    override_id: Mapped[int | None] = mapped_column(ForeignKey("price_overrides.id"))
    base: Mapped[Price | None]
    found: Mapped[Price]
    unit_price: Mapped[Price]
    line_total: Mapped[Amount]
    steps: Mapped[Any] = mapped_column(JSONB)
    priced_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class HoldRow(Row):
    """What stops an order or a line: why, by whom, until when, who may let it go, and who did."""

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('credit', 'price', 'address', 'export', 'quality', 'data', 'fraud', 'manual')",
            name="kind_known",
        ),
        CheckConstraint(
            "num_nulls(released_by, released_role, released_at, release_reason) IN (0, 4)", name="released_whole"
        ),
        Index(
            "ix_holds_open",
            "order_id",
            "line",
            "kind",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where="released_at IS NULL",
        ),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"))
    line: Mapped[int | None] = mapped_column(Integer)
    kind: Mapped[str]
    reason: Mapped[str]
    set_by: Mapped[str]
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    until: Mapped[date | None]
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    release_roles: Mapped[list[str]] = mapped_column(JSONB)
    released_by: Mapped[str | None]
    released_role: Mapped[str | None]
    released_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    release_reason: Mapped[str | None]
