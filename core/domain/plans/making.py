"""Actions on work orders: a new one, more on an open one, other dates, centre or component, overtime."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.plans.predicates import Predicate, at_least, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Make(Step):
    """Place a new work order. `value` is its standard cost, `cost` what it costs beyond making what is needed."""

    kind: ClassVar[str] = "make"
    resolution: ClassVar[Resolution] = Resolution.MAKE

    reference: WorkOrderNo
    item: ItemCode
    location: LocationCode
    quantity: int
    start: date
    finish: date
    value: Decimal
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """An item that is still made."""
        return (equal("item_made", self.item, "yes"),)

    @property
    def charge(self) -> Decimal:
        """The difference to the usual price, and what holding the excess costs."""
        return self.cost

    @property
    def commits(self) -> Decimal:
        """Material and labour."""
        return self.value

    @property
    def sentence(self) -> str:
        """The work order in words."""
        return (
            f"work order {self.reference}: make {self.quantity:,} {self.item} at {self.location}, from {self.start},"
            f" there {self.finish}"
        )

    @property
    def way_back(self) -> str:
        """Until components are issued."""
        return f"cancel work order {self.reference} before its components are issued"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp(Step):
    """Make more on an open work order that has not taken its components."""

    kind: ClassVar[str] = "top_up"
    resolution: ClassVar[Resolution] = Resolution.TOP_UP

    work_order: WorkOrderNo
    item: ItemCode
    quantity: int
    old_open: int
    start: date
    due: date
    value: Decimal
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The order as it was."""
        return (
            equal("work_open_quantity", self.work_order, self.old_open),
            *_as_shown(self.work_order, self.start, self.due),
        )

    @property
    def charge(self) -> Decimal:
        """What holding the excess costs."""
        return self.cost

    @property
    def commits(self) -> Decimal:
        """Material and labour."""
        return self.value

    @property
    def sentence(self) -> str:
        """How many more."""
        return f"make {self.quantity:,} {self.item} more on work order {self.work_order}, due {self.due}"

    @property
    def way_back(self) -> str:
        """Until they are made."""
        return f"take {self.quantity:,} off work order {self.work_order} again before its components are issued"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.work_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleWork(Step):
    """Give an open work order another start and due date."""

    kind: ClassVar[str] = "reschedule_work"
    resolution: ClassVar[Resolution] = Resolution.RESCHEDULE

    work_order: WorkOrderNo
    item: ItemCode
    quantity: int
    old_start: date
    old_due: date
    new_start: date
    new_due: date

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The order as it was."""
        return (
            equal("work_open_quantity", self.work_order, self.quantity),
            *_as_shown(self.work_order, self.old_start, self.old_due),
        )

    @property
    def sentence(self) -> str:
        """The new dates instead of the old ones."""
        return (
            f"reschedule work order {self.work_order} ({self.quantity:,} {self.item}) from {self.old_start} to"
            f" {self.old_due}, to {self.new_start} to {self.new_due}"
        )

    @property
    def way_back(self) -> str:
        """Until it has begun."""
        return f"give work order {self.work_order} back its dates {self.old_start} to {self.old_due}"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.work_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOperation(Step):
    """Do an operation of a work order at another work centre, and so have the order sooner. `setup` is minutes once,
    `unit` minutes a unit, there and here. `booked` are the minutes the order books instead of those it has, as
    "PRESS 2024-10-03 120; TEST 2024-10-03 45"; empty where it has booked none."""

    kind: ClassVar[str] = "move_operation"
    resolution: ClassVar[Resolution] = Resolution.ALTERNATE_RESOURCE

    work_order: WorkOrderNo
    operation: int
    item: ItemCode
    quantity: int
    old_center: WorkCenterCode
    new_center: WorkCenterCode
    old_setup: int
    old_unit: Decimal
    new_setup: int
    new_unit: Decimal
    start: date
    old_due: date
    new_due: date
    cost: Decimal
    booked: str = ""

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The order as it was, the operation where it was and not begun, and the other work centre still qualified."""
        dates = f"{self.start.isoformat()} {self.old_due.isoformat()}"
        return (
            equal("work_dates", self.work_order, dates),
            equal("work_open_quantity", self.work_order, self.quantity),
            equal("operation_at", f"{self.work_order}/{self.operation}", self.old_center),
            equal("center_qualified", f"{self.item}/{self.operation}>{self.new_center}", "yes"),
        )

    @property
    def bookings(self) -> tuple[tuple[WorkCenterCode, date, int], ...]:
        """Work centre, day and minutes the order books instead of those it has."""
        rows = [one.rsplit(" ", 2) for one in self.booked.split("; ") if one]
        return tuple((WorkCenterCode(center), date.fromisoformat(day), int(minutes)) for center, day, minutes in rows)

    @property
    def charge(self) -> Decimal:
        """What the other work centre costs more."""
        return self.cost

    @property
    def sentence(self) -> str:
        """Where instead of where."""
        return (
            f"do operation {self.operation} of work order {self.work_order} ({self.quantity:,} {self.item}) at"
            f" {self.new_center} instead of {self.old_center}: due {self.new_due} instead of {self.old_due}, for"
            f" {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Until it has begun."""
        return (
            f"move operation {self.operation} of work order {self.work_order} back to {self.old_center} before it"
            f" begins, due {self.old_due} again"
        )

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.work_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutePart(Step):
    """Build a work order of `units` with another component that does the same work: `ratio` units of it for one."""

    kind: ClassVar[str] = "substitute_part"
    resolution: ClassVar[Resolution] = Resolution.SUBSTITUTE

    work_order: WorkOrderNo
    item: ItemCode
    units: int
    component: ItemCode
    quantity: int
    alternate: ItemCode
    ratio: Decimal
    new_quantity: int
    location: LocationCode
    start: date
    due: date
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The order as it was, built with the component, by an alternate that is still valid and there."""
        return (
            equal("work_open_quantity", self.work_order, self.units),
            equal("work_built_with", f"{self.work_order}/{self.component}", self.component),
            equal("part_alternate_valid", f"{self.component}>{self.alternate}", "yes"),
            at_least("stock_available", f"{self.alternate}@{self.location}", self.new_quantity),
            equal("work_dates", self.work_order, f"{self.start.isoformat()} {self.due.isoformat()}"),
        )

    @property
    def charge(self) -> Decimal:
        """What the other component costs more."""
        return self.cost

    @property
    def sentence(self) -> str:
        """What instead of what."""
        return (
            f"build work order {self.work_order} ({self.units:,} {self.item}) with {self.new_quantity:,}"
            f" {self.alternate} instead of {self.quantity:,} {self.component}, for {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Until it is issued."""
        return f"build work order {self.work_order} with {self.component} again before the {self.alternate} are issued"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.work_order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtime(Step):
    """Work so many minutes longer at a work centre on a day that has more work than time. `booked` and `capacity` are
    the minutes of the day, `allowed` is the overtime decided before."""

    kind: ClassVar[str] = "overtime"
    resolution: ClassVar[Resolution] = Resolution.OVERTIME

    center: WorkCenterCode
    day: date
    minutes: int
    capacity: int
    booked: int
    allowed: int
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The day as it was."""
        return (
            equal(
                "center_day", f"{self.center} {self.day.isoformat()}", f"{self.capacity} {self.allowed} {self.booked}"
            ),
        )

    @property
    def charge(self) -> Decimal:
        """The wage premium."""
        return self.cost

    @property
    def sentence(self) -> str:
        """How long and when."""
        return f"work {self.minutes:,} minutes of overtime at {self.center} on {self.day}, for {self.cost:,.2f}"

    @property
    def way_back(self) -> str:
        """Once the work is elsewhere."""
        return f"call off the overtime at {self.center} on {self.day}, once its work is booked elsewhere"

    @property
    def turn(self) -> tuple[str, ...]:
        """By centre and day."""
        return ("overtime", self.center, self.day.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelWork(Step):
    """Cancel a work order that nobody needs and that has not begun."""

    kind: ClassVar[str] = "cancel_work"
    resolution: ClassVar[Resolution] = Resolution.CANCEL_SUPPLY

    work_order: WorkOrderNo
    item: ItemCode
    quantity: int
    start: date
    due: date

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The order as it was."""
        return (
            equal("work_open_quantity", self.work_order, self.quantity),
            *_as_shown(self.work_order, self.start, self.due),
        )

    @property
    def sentence(self) -> str:
        """What is cancelled."""
        return f"cancel work order {self.work_order} ({self.quantity:,} {self.item} due {self.due})"

    @property
    def way_back(self) -> str:
        """A new one."""
        return f"cannot be undone: place a new work order for {self.quantity:,} {self.item} if they are needed"

    @property
    def turn(self) -> tuple[str, ...]:
        """By number."""
        return ("work", self.work_order)


def _as_shown(number: WorkOrderNo, start: date, due: date) -> tuple[Predicate, ...]:
    """Its dates unchanged, and nothing issued or made yet."""
    return (
        equal("work_dates", number, f"{start.isoformat()} {due.isoformat()}"),
        equal("work_begun", number, "no"),
    )
