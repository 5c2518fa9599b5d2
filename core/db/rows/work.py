"""Rows of work orders at work: operations, components, what was done and what it cost, and the load of work centres."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.root import Key, Price, Row, Share


class WorkOrderOperationRow(Row):
    """A step of a released work order and how far it is."""

    __tablename__ = "work_order_operations"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'started', 'done')", name="state_known"),
        CheckConstraint("good >= 0 AND scrapped >= 0 AND minutes >= 0", name="counts_possible"),
        CheckConstraint("setup_minutes >= 0 AND unit_minutes >= 0", name="minutes_possible"),
        Index(None, "work_center"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str]
    work_center: Mapped[str] = mapped_column(ForeignKey("work_centers.code"))
    setup_minutes: Mapped[int] = mapped_column(Integer)
    unit_minutes: Mapped[Share]
    state: Mapped[str]
    good: Mapped[int]
    scrapped: Mapped[int]
    minutes: Mapped[int] = mapped_column(Integer)
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WorkOrderComponentRow(Row):
    """What a released work order takes of a component: needed and taken so far."""

    __tablename__ = "work_order_components"
    __table_args__ = (CheckConstraint("required >= 0 AND issued >= 0", name="quantities_possible"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    per_unit: Mapped[Share]
    required: Mapped[int]
    issued: Mapped[int]
    operation: Mapped[int | None] = mapped_column(Integer)


class WorkOrderSubstituteRow(Row):
    """What a work order is built with instead of a component of its bill of materials, while it is in force."""

    __tablename__ = "work_order_substitutes"
    __table_args__ = (
        CheckConstraint("ratio > 0", name="ratio_positive"),
        CheckConstraint("component_id <> alternate_id", name="another_item"),
        Index(None, "alternate_id"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    component_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    alternate_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    ratio: Mapped[Share]
    in_force: Mapped[bool]


class WorkOrderProgressRow(Row):
    """A report on an operation; append-only."""

    __tablename__ = "work_order_progress"
    __table_args__ = (
        CheckConstraint("good >= 0 AND scrapped >= 0 AND minutes >= 0", name="counts_possible"),
        ForeignKeyConstraint(
            ["order_id", "sequence"], ["work_order_operations.order_id", "work_order_operations.sequence"]
        ),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    order_id: Mapped[int]
    sequence: Mapped[int] = mapped_column(Integer)
    good: Mapped[int]
    scrapped: Mapped[int]
    minutes: Mapped[int] = mapped_column(Integer)
    hourly_cost: Mapped[Price]
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class WorkOrderIssueRow(Row):
    """Units of a component taken from stock into a work order; append-only."""

    __tablename__ = "work_order_issues"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        ForeignKeyConstraint(
            ["order_id", "item_id"], ["work_order_components.order_id", "work_order_components.item_id"]
        ),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    order_id: Mapped[int]
    item_id: Mapped[int]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    quantity: Mapped[int]
    lot: Mapped[str]
    unit_cost: Mapped[Price]
    backflushed: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class WorkOrderCompletionRow(Row):
    """Finished units put into stock, or lost at the end; append-only."""

    __tablename__ = "work_order_completions"
    __table_args__ = (
        CheckConstraint("good >= 0 AND scrapped >= 0 AND good + scrapped > 0", name="quantities_possible"),
        Index(None, "order_id"),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"))
    good: Mapped[int]
    scrapped: Mapped[int]
    reason: Mapped[str]
    lot: Mapped[str]
    expires_on: Mapped[date | None]
    completed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    recorded_by: Mapped[str]


class WorkOrderCostRow(Row):
    """What a closed work order cost against its standard; append-only."""

    __tablename__ = "work_order_costs"

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    standard_material: Mapped[Price]
    actual_material: Mapped[Price]
    standard_labour: Mapped[Price]
    actual_labour: Mapped[Price]
    scrap_cost: Mapped[Price]
    good: Mapped[int]
    scrapped: Mapped[int]
    closed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class WorkCenterLoadRow(Row):
    """Minutes of a work centre on a day: what it has, what was added as overtime, what is booked."""

    __tablename__ = "work_center_loads"
    __table_args__ = (CheckConstraint("capacity >= 0 AND overtime >= 0 AND booked >= 0", name="minutes_possible"),)

    work_center: Mapped[str] = mapped_column(ForeignKey("work_centers.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    capacity: Mapped[int] = mapped_column(Integer)
    overtime: Mapped[int] = mapped_column(Integer)
    booked: Mapped[int] = mapped_column(Integer)


class CapacityBookingRow(Row):
    """Minutes of a work centre on a day that an operation has booked; 0 when given back."""

    __tablename__ = "capacity_bookings"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes_possible"),
        ForeignKeyConstraint(["work_center", "day"], ["work_center_loads.work_center", "work_center_loads.day"]),
        Index(None, "work_center", "day"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("work_orders.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    work_center: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(Integer)
