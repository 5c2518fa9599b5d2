"""Rows of sales, purchase, work and transfer orders and of the history of promises."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Price, Row

_STATE_KNOWN = "state IN ('open', 'received', 'cancelled')"


class SalesOrderRow(Row):
    """A sales order."""

    __tablename__ = "sales_orders"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer_po: Mapped[str]
    channel: Mapped[str]
    order_date: Mapped[date]
    currency: Mapped[str]
    ship_from_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    priority: Mapped[int] = mapped_column(Integer)
    entry_sequence: Mapped[int]


class SalesOrderLineRow(Row):
    """An order line; `promised` moves with the promise history, `first_promised` never."""

    __tablename__ = "sales_order_lines"
    __table_args__ = (
        CheckConstraint("ordered > 0 AND shipped >= 0 AND cancelled >= 0", name="quantities_positive"),
        CheckConstraint("shipped + cancelled <= ordered", name="not_more_than_ordered"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    ordered: Mapped[int]
    shipped: Mapped[int]
    cancelled: Mapped[int]
    unit_price: Mapped[Price]
    requested: Mapped[date]
    first_promised: Mapped[date | None]
    promised: Mapped[date | None]


class PromiseRecordRow(Row):
    """One change of a promise; append-only."""

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


class PurchaseOrderRow(Row):
    """A purchase order."""

    __tablename__ = "purchase_orders"
    __table_args__ = (CheckConstraint(_STATE_KNOWN, name="state_known"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"))
    order_date: Mapped[date]
    currency: Mapped[str]
    state: Mapped[str]
    proposal_id: Mapped[str | None]


class PurchaseOrderLineRow(Row):
    """A purchase order line."""

    __tablename__ = "purchase_order_lines"
    __table_args__ = (
        CheckConstraint("ordered > 0 AND received >= 0 AND received <= ordered", name="quantities_possible"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("purchase_orders.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    ordered: Mapped[int]
    received: Mapped[int]
    unit_price: Mapped[Price]
    due: Mapped[date]


class WorkOrderRow(Row):
    """A work order."""

    __tablename__ = "work_orders"
    __table_args__ = (
        CheckConstraint(_STATE_KNOWN, name="state_known"),
        CheckConstraint("ordered > 0 AND completed >= 0 AND completed <= ordered", name="quantities_possible"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    ordered: Mapped[int]
    completed: Mapped[int]
    start: Mapped[date]
    due: Mapped[date]
    components_issued: Mapped[bool]
    state: Mapped[str]


class TransferOrderRow(Row):
    """A transfer order; until it ships its units are reserved at the origin."""

    __tablename__ = "transfer_orders"
    __table_args__ = (
        CheckConstraint(_STATE_KNOWN, name="state_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    origin_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    destination_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    ship_on: Mapped[date]
    due: Mapped[date]
    shipped: Mapped[bool]
    state: Mapped[str]
    proposal_id: Mapped[str | None]
