"""Finite capacity: minutes a work centre has on a day, the work of an order placed on days, and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.domain.calendars import Calendar
from core.domain.errors import CapacityExceededError
from core.domain.ids import ItemCode, WorkCenterCode, WorkOrderNo
from core.domain.making import Downtime, WorkCenter
from core.domain.working_time import minutes_on

CentreDay = tuple[WorkCenterCode, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreLoad:
    """Minutes of a work centre on a day. More can be booked than there is only when the day lost minutes afterwards."""

    work_center: WorkCenterCode
    day: date
    capacity: int
    overtime: int = 0
    booked: int = 0

    @property
    def free(self) -> int:
        """Minutes nobody has booked; below 0 the day is overloaded."""
        return self.capacity + self.overtime - self.booked


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Minutes of a day for an operation of a work order."""

    order: WorkOrderNo
    sequence: int
    work_center: WorkCenterCode
    day: date
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Work that has to be placed: an operation and its minutes."""

    sequence: int
    work_center: WorkCenterCode
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An operation that could be worked on at a work centre."""

    order: WorkOrderNo
    sequence: int
    name: str
    item: ItemCode
    quantity: int
    due: date
    minutes: int
    minutes_after: int
    priority: int
    started: bool
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedJob:
    """A job at its place in the list, with its critical ratio and the reasons in words."""

    job: Job
    critical_ratio: Decimal
    because: tuple[str, ...]


def capacity_of(centre: WorkCenter, day: date, *, calendar: Calendar | None, downtimes: Iterable[Downtime] = ()) -> int:
    """Minutes of work the stations of a work centre have on a day, 0 while it is down."""
    mine = (d for d in downtimes if d.work_center == centre.code)
    if any(d.first <= day <= d.last for d in mine):
        return 0
    return centre.stations * minutes_on(calendar, day)


def placed_backward(
    loads: Sequence[Load], free: Mapping[CentreDay, int], *, order: WorkOrderNo, first: date, last: date
) -> tuple[Booking, ...]:
    """The operations on days as late as possible, the last one done by `last` and none before `first`.

    An operation is never on a day after one of the next operation. CapacityExceededError names the operation that does
    not fit, and what is free for it.
    """
    found, taken, until = list[Booking](), dict[CentreDay, int](), last
    for load in sorted(loads, key=lambda x: x.sequence, reverse=True):
        placed, rest = _latest(load, free, taken, order=order, first=first, until=until)
        if rest:
            raise _does_not_fit(order, load, rest=rest, first=first, last=last)
        until = _take(placed, taken, until=until)
        found += placed
    return tuple(sorted(found, key=lambda b: (b.sequence, b.day)))


def placed_anywhere(
    ways: Sequence[Sequence[Load]], free: Mapping[CentreDay, int], *, order: WorkOrderNo, first: date, last: date
) -> tuple[Booking, ...]:
    """The same for operations that may be done at several work centres, each as one load at each of them, the preferred
    one first.

    Each goes to the first of its centres where it fits; if that leaves no room for the operations before it, each goes
    where it begins the latest, of equals to the first. So promises are planned, too. CapacityExceededError is that of
    the preferred centres.
    """
    for nearest in (False, True):
        found, taken, until = list[Booking](), dict[CentreDay, int](), last
        for loads in sorted(ways, key=lambda some: some[0].sequence, reverse=True):
            tried = (_latest(load, free, taken, order=order, first=first, until=until) for load in loads)
            fits = [placed for placed, rest in tried if not rest]
            if not fits:
                break
            best = max(fits, key=lambda placed: placed[-1].day if placed else until) if nearest else fits[0]
            until = _take(best, taken, until=until)
            found += best
        else:
            return tuple(sorted(found, key=lambda b: (b.sequence, b.day)))
    return placed_backward([loads[0] for loads in ways], free, order=order, first=first, last=last)


def _latest(
    load: Load,
    free: Mapping[CentreDay, int],
    taken: Mapping[CentreDay, int],
    *,
    order: WorkOrderNo,
    first: date,
    until: date,
) -> tuple[list[Booking], int]:
    """One operation on the last days it fits, the last one first, and the minutes that find no room."""
    placed, rest, day = list[Booking](), load.minutes, until
    while rest and day >= first:
        key = (load.work_center, day)
        minutes = min(rest, max(0, free.get(key, 0) - taken.get(key, 0)))
        if minutes:
            placed.append(
                Booking(order=order, sequence=load.sequence, work_center=load.work_center, day=day, minutes=minutes)
            )
            rest -= minutes
        day -= timedelta(days=1)
    return placed, rest


def _take(placed: Sequence[Booking], taken: dict[CentreDay, int], *, until: date) -> date:
    """Take these minutes; gives the last day of what comes before."""
    for booking in placed:
        key = (booking.work_center, booking.day)
        taken[key] = taken.get(key, 0) + booking.minutes
    return placed[-1].day if placed else until


def ranked(jobs: Iterable[Job], *, today: date, minutes_a_day: int) -> tuple[RankedJob, ...]:
    """What to do next at a work centre, first things first.

    Critical ratio = working minutes left until the due date / minutes of work left on the order, where minutes left are
    (due - today) days, at least 0, of `minutes_a_day`, and work left is this operation and those after it. Below 1 the
    order will be late as things stand. Sorted by: ready before not ready, started before not started, critical ratio
    (to the hundredth), priority (1 is the most important), due date, order number, operation.
    """
    rows = [_ranked(job, today=today, minutes_a_day=minutes_a_day) for job in jobs]
    return tuple(sorted(rows, key=_rank))


def _rank(row: RankedJob) -> tuple[bool, bool, Decimal, int, date, str, int]:
    job = row.job
    return (not job.ready, not job.started, row.critical_ratio, job.priority, job.due, job.order, job.sequence)


def _ranked(job: Job, *, today: date, minutes_a_day: int) -> RankedJob:
    left = max(0, (job.due - today).days) * minutes_a_day
    work = max(1, job.minutes + job.minutes_after)
    ratio = (Decimal(left) / Decimal(work)).quantize(Decimal("0.01"))
    because = [f"critical ratio {ratio}: {left} minutes until {job.due}, {work} minutes of work left"]
    if ratio < 1:
        because.append("late as things stand")
    if job.started:
        because.append("started: finishing it frees the set-up")
    if not job.ready:
        because.append("waits for the operation before it")
    because.append(f"priority {job.priority}")
    return RankedJob(job=job, critical_ratio=ratio, because=tuple(because))


def _does_not_fit(order: WorkOrderNo, load: Load, *, rest: int, first: date, last: date) -> CapacityExceededError:
    return CapacityExceededError(
        f"operation {load.sequence} of {order} needs {load.minutes} minutes of {load.work_center!r} from {first} to"
        f" {last}, {load.minutes - rest} are free; accepted is a later due date, an earlier start or overtime",
        work_center=load.work_center,
        wanted=load.minutes,
        free=load.minutes - rest,
    )
