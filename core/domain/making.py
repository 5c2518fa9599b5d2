"""How items are made: work centres, the operations of a routing, their alternates, and stoppages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.ids import CalendarCode, ItemCode, LocationCode, WorkCenterCode


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCenter:
    """A place of work with a finite capacity: `stations` of them, each working the hours of the calendar."""

    code: WorkCenterCode
    name: str
    location: LocationCode
    calendar: CalendarCode | None = None
    stations: int = 1
    hourly_cost: Decimal = Decimal(0)
    overtime_minutes: int = 0
    overtime_hourly_cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of making an item, in the order of `sequence`. Minutes are of work-centre time; a unit may be a fraction
    of a minute. `yield_percent` of what goes in comes out good."""

    item: ItemCode
    sequence: int
    name: str
    work_center: WorkCenterCode
    setup_minutes: int = 0
    unit_minutes: Decimal = Decimal(0)
    yield_percent: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationAlternate:
    """Another work centre that can do an operation, in `time_factor` times the minutes; lowest priority first."""

    item: ItemCode
    sequence: int
    work_center: WorkCenterCode
    priority: int = 1
    time_factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Downtime:
    """Days, the last one included, on which a work centre makes nothing."""

    work_center: WorkCenterCode
    first: date
    last: date
    reason: str
