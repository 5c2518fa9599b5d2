"""What the services need of making: routings, work orders as they are worked on, and the load of work centres."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from core.domain.calendars import Calendar
from core.domain.capacity import Booking, CentreDay, CentreLoad, Job
from core.domain.ids import CalendarCode, ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.items import BomComponent
from core.domain.making import Downtime, Operation, OperationAlternate, WorkCenter
from core.domain.production import BuiltWith, Making, MakingPart, MakingStep, WorkCost
from core.domain.supply_life import WorkStage


class RoutingStore(Protocol):
    """How items are made and where: read only."""

    def components(self, item: ItemCode) -> tuple[BomComponent, ...]: ...
    def operations(self, item: ItemCode) -> tuple[Operation, ...]: ...
    def alternates(self, item: ItemCode) -> tuple[OperationAlternate, ...]:
        """Other work centres that may do the operations of an item, by operation, then best first."""
        ...

    def work_center(self, code: WorkCenterCode) -> WorkCenter: ...
    def work_centers(self) -> tuple[WorkCenter, ...]: ...
    def downtimes(self, code: WorkCenterCode) -> tuple[Downtime, ...]: ...
    def calendar(self, code: CalendarCode | None) -> Calendar | None: ...
    def same_site(self, location: LocationCode) -> tuple[LocationCode, ...]:
        """The locations of the site, the one asked for first."""
        ...


class MakingStore(Protocol):
    """Work orders as they are worked on; `lock` holds the order until the transaction ends."""

    def order(self, number: WorkOrderNo) -> Making: ...
    def lock(self, number: WorkOrderNo, *, version: int | None = None) -> Making: ...
    def add(self, order: Making) -> None: ...
    def advance(self, number: WorkOrderNo, *, to: WorkStage, why: str) -> None: ...
    def reschedule(self, number: WorkOrderNo, *, start: date, due: date) -> None: ...
    def resize(self, number: WorkOrderNo, *, ordered: int) -> None:
        """So many units from now on; ConflictError when as many or more are finished."""
        ...

    def plan(self, number: WorkOrderNo, *, steps: Sequence[MakingStep], parts: Sequence[MakingPart]) -> None:
        """The operations and components of an order that is released; those it had before are replaced in place."""
        ...

    def steps(self, number: WorkOrderNo) -> tuple[MakingStep, ...]: ...
    def parts(self, number: WorkOrderNo) -> tuple[MakingPart, ...]: ...
    def build_with(self, number: WorkOrderNo, swap: BuiltWith, *, in_force: bool, why: str) -> None:
        """From now on the order is built with the alternate, or with the component again."""
        ...

    def built_with(self, number: WorkOrderNo) -> tuple[BuiltWith, ...]:
        """What the order is built with instead of components of its bill of materials, by component."""
        ...

    def report(
        self,
        number: WorkOrderNo,
        step: MakingStep,
        *,
        good: int,
        scrapped: int,
        minutes: int,
        hourly_cost: Decimal,
        reason: str,
    ) -> None:
        """Add a report to an operation, which is from now on as `step` says."""
        ...

    def issue(
        self,
        number: WorkOrderNo,
        item: ItemCode,
        *,
        location: LocationCode,
        quantity: int,
        lot: str,
        unit_cost: Decimal,
        backflushed: bool,
        most: int,
    ) -> None:
        """Count units of a component as taken; ConflictError beyond `most` in all."""
        ...

    def components_taken(self, number: WorkOrderNo) -> None:
        """From now on planning counts no component for the order."""
        ...

    def complete(
        self, number: WorkOrderNo, *, good: int, scrapped: int, reason: str, lot: str, expires_on: date | None, on: date
    ) -> None:
        """Count finished and scrapped units; ConflictError when more are finished than were ordered."""
        ...

    def spent(self, number: WorkOrderNo) -> tuple[tuple[tuple[int, Decimal], ...], tuple[tuple[int, Decimal], ...]]:
        """Units taken, each with what one cost; minutes worked, each with what an hour cost."""
        ...

    def unit_costs(self, items: Iterable[ItemCode]) -> Mapping[ItemCode, Decimal]: ...
    def close(self, cost: WorkCost) -> None: ...
    def cost(self, number: WorkOrderNo) -> WorkCost: ...


class CapacityStore(Protocol):
    """Minutes of work centres on days: what there is, and what is booked."""

    def loads(self, code: WorkCenterCode, *, first: date, last: date) -> tuple[CentreLoad, ...]: ...
    def open_days(self, minutes: Mapping[CentreDay, int]) -> None:
        """Say how many minutes days have; what is booked and decided as overtime stays."""
        ...

    def allow_overtime(self, code: WorkCenterCode, day: date, *, minutes: int, why: str) -> None: ...
    def book(self, order: WorkOrderNo, bookings: Sequence[Booking]) -> None:
        """Book all or nothing; CapacityExceededError says, in `details["short"]`, which days have too little."""
        ...

    def give_back(self, order: WorkOrderNo) -> tuple[Booking, ...]:
        """What the order had booked, free again."""
        ...

    def bookings(self, order: WorkOrderNo) -> tuple[Booking, ...]: ...
    def overloaded(self) -> tuple[CentreLoad, ...]:
        """Days with more booked than they have."""
        ...

    def jobs(self, code: WorkCenterCode) -> tuple[Job, ...]:
        """Operations of released orders that are not done."""
        ...
