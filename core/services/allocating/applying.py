"""Carrying out what a run decided: schedules, promises and reservations of the lines it changes."""

from core.domain.backorders import LineOutcome, RunKept
from core.domain.ids import LocationCode
from core.domain.order_life import OrderState
from core.domain.orders import PromiseRecord
from core.domain.schedules import ScheduleLine, ScheduleState
from core.domain.stock import Claim, ReservationKind
from core.domain.timeline import TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork
from core.services.fulfilment.underway import being_sent

_CLOSED = frozenset({ScheduleState.SHIPPED, ScheduleState.CANCELLED})


def apply_outcome(uow: UnitOfWork, run: RunKept) -> None:
    """Give and take what the run says: first everything is given back, then reserved again in one go.

    A line that a location is sending keeps what it has, whatever the run would have liked.
    """
    changed = [one for one in run.outcome.lines if one.changed and one.line not in being_sent(uow, one.order)]
    for one in changed:
        uow.stock.release_claims(one.order, one.line, ReservationKind.HARD)
    for one in changed:
        _promise(uow, one, run)
    today = uow.company.settings().as_of
    claims = [
        Claim(
            item=run.item,
            location=run.location,
            quantity=units,
            reference=f"{one.order}/{one.line}:{run.code}",
            order=one.order,
            line=one.line,
            cause=f"backorder run {run.code}",
        )
        for one in changed
        if (units := sum(part.quantity for part in one.after if part.on <= today))
    ]
    if claims:
        uow.stock.reserve_many(claims)
    for one in changed:
        _place(uow, one, run)


def schedule_after(
    before: tuple[ScheduleLine, ...], outcome: LineOutcome, location: LocationCode
) -> tuple[ScheduleLine, ...]:
    """The parts of the line afterwards: what is closed stays, then what is confirmed, then the rest without a day."""
    closed = tuple(part for part in before if part.state in _CLOSED)
    given = tuple(ScheduleLine(day=one.on, quantity=one.quantity, location=location) for one in outcome.after)
    rest = outcome.open - sum(one.quantity for one in outcome.after)
    backordered = ScheduleLine(day=None, quantity=rest, location=location, state=ScheduleState.BACKORDERED)
    return (*closed, *given, *((backordered,) if rest else ()))


def _promise(uow: UnitOfWork, outcome: LineOutcome, run: RunKept) -> None:
    """The promise follows the last confirmed day; a line that lost everything keeps its date and is backordered."""
    line = uow.orders.line(outcome.order, outcome.line)
    if outcome.after and outcome.after[-1].on != line.promised:
        uow.orders.promise(
            PromiseRecord(
                order=outcome.order,
                line=outcome.line,
                old=line.due,
                new=outcome.after[-1].on,
                reason=f"backorder run {run.code}",
            )
        )
    parts = schedule_after(uow.orders.schedule(outcome.order, outcome.line), outcome, run.location)
    uow.orders.set_schedule(outcome.order, outcome.line, parts)


def _place(uow: UnitOfWork, outcome: LineOutcome, run: RunKept) -> None:
    """A line whose units are all reserved is allocated, any other is confirmed, but a hold stays; its order is told."""
    line = uow.orders.line(outcome.order, outcome.line)
    held = sum(claim.held for claim in uow.stock.claims_of(outcome.order, outcome.line))
    wanted = OrderState.ALLOCATED if held >= line.open_quantity else OrderState.CONFIRMED
    why = f"backorder run {run.code}: {outcome.gained} units gained, {outcome.lost} lost"
    if line.state not in {wanted, OrderState.ON_HOLD}:
        uow.orders.advance(outcome.order, outcome.line, to=wanted, why=why)
    else:
        uow.orders.tell(outcome.order, TimelineEntry(kind=TimelineKind.PROMISE, text=why, line=outcome.line))
