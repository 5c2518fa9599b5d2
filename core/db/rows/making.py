"""Rows of making things: calendars, work centres, operations, their alternates and stoppages."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.rows.closing import Closing
from core.db.rows.root import Price, Row, Share


class CalendarRow(Closing, Row):
    """Working time: weekly shifts, a country's holidays and days that differ."""

    __tablename__ = "calendars"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    shifts: Mapped[list[Any]] = mapped_column(JSONB)
    holidays: Mapped[str]
    exceptions: Mapped[list[Any]] = mapped_column(JSONB)


class WorkCenterRow(Closing, Row):
    """A place of work with a finite capacity."""

    __tablename__ = "work_centers"
    __table_args__ = (CheckConstraint("stations > 0 AND overtime_minutes >= 0", name="capacity_possible"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    calendar: Mapped[str | None] = mapped_column(ForeignKey("calendars.code"))
    stations: Mapped[int] = mapped_column(Integer)
    hourly_cost: Mapped[Price]
    overtime_minutes: Mapped[int] = mapped_column(Integer)
    overtime_hourly_cost: Mapped[Price]


class OperationRow(Closing, Row):
    """A step of making an item."""

    __tablename__ = "operations"
    __table_args__ = (
        CheckConstraint("setup_minutes >= 0 AND unit_minutes >= 0", name="minutes_possible"),
        CheckConstraint("yield_percent > 0 AND yield_percent <= 100", name="yield_possible"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str]
    work_center: Mapped[str] = mapped_column(ForeignKey("work_centers.code"))
    setup_minutes: Mapped[int] = mapped_column(Integer)
    unit_minutes: Mapped[Share]
    yield_percent: Mapped[Share]


class OperationAlternateRow(Closing, Row):
    """Another work centre that can do an operation."""

    __tablename__ = "operation_alternates"
    __table_args__ = (CheckConstraint("time_factor > 0", name="time_factor_positive"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    work_center: Mapped[str] = mapped_column(ForeignKey("work_centers.code"), primary_key=True)
    priority: Mapped[int] = mapped_column(Integer)
    time_factor: Mapped[Share]


class DowntimeRow(Closing, Row):
    """Days on which a work centre makes nothing."""

    __tablename__ = "downtimes"
    __table_args__ = (CheckConstraint("first <= last", name="first_before_last"),)

    work_center: Mapped[str] = mapped_column(ForeignKey("work_centers.code"), primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date]
    reason: Mapped[str]
