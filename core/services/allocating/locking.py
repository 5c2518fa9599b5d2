"""Lines that runs leave alone, and lines that give up what they were confirmed."""

from dataclasses import dataclass

from core.domain.backorders import LineOutcome
from core.domain.checking_values import checked
from core.domain.errors import IllegalTransitionError, InvalidValueError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.stock import ReservationKind
from core.domain.timeline import TimelineEntry, TimelineKind
from core.ports.storage import UnitOfWork
from core.services.allocating.applying import schedule_after
from core.services.fulfilment.underway import being_sent

_MAY_GIVE_UP = frozenset({OrderState.CONFIRMED, OrderState.ALLOCATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLine:
    """Runs leave the line alone from now on, or (`locked` False) may change it again."""

    key: str
    order: OrderNo
    line: int
    locked: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decommit:
    """A line gives up its confirmed dates and its reservations; what it was promised stays on record."""

    key: str
    order: OrderNo
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGivenUp:
    """The units that became free, and those of them that were reserved on stock."""

    freed: int
    from_stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLocked:
    """Whether runs leave the line alone now."""

    locked: bool


def lock_line(uow: UnitOfWork, command: LockLine) -> LineLocked:
    """Keep runs off a line, or let them at it again."""
    _said(checked(command).reason)

    def act() -> LineLocked:
        uow.orders.line(command.order, command.line)
        uow.allocation.lock_line(command.order, command.line, locked=command.locked, reason=command.reason)
        return LineLocked(locked=command.locked)

    return uow.commands.once(command.key, command, LineLocked, act)


def decommit(uow: UnitOfWork, command: Decommit) -> LineGivenUp:
    """Free what a line has; IllegalTransitionError when units of it were released already."""
    _said(checked(command).reason)

    def act() -> LineGivenUp:
        line = uow.orders.line(command.order, command.line)
        if line.state not in _MAY_GIVE_UP:
            raise IllegalTransitionError(
                f"order line {command.order}/{command.line} is {line.state.value}; only a confirmed or an allocated one"
                " can give up what it has"
            )
        if shipment := being_sent(uow, command.order).get(command.line):
            raise IllegalTransitionError(
                f"order line {command.order}/{command.line} is in shipment {shipment}, which has not left; cancel that"
                " shipment first, then the line can give up what it has",
                shipment=shipment,
            )
        freed = uow.stock.release_claims(command.order, command.line, ReservationKind.HARD)
        before = uow.orders.schedule(command.order, command.line)
        nothing = LineOutcome(
            order=command.order,
            line=command.line,
            customer=uow.orders.order(command.order).customer,
            open=line.open_quantity,
            before=(),
            after=(),
        )
        place = line.node or uow.orders.order(command.order).ship_from
        uow.orders.set_schedule(command.order, command.line, schedule_after(before, nothing, place))
        if line.state is OrderState.ALLOCATED:
            uow.orders.advance(command.order, command.line, to=OrderState.CONFIRMED, why=command.reason)
        text = f"gave up what it was confirmed: {command.reason}"
        uow.orders.tell(command.order, TimelineEntry(kind=TimelineKind.PROMISE, text=text, line=command.line))
        return LineGivenUp(freed=line.open_quantity, from_stock=sum(claim.held for claim in freed))

    return uow.commands.once(command.key, command, LineGivenUp, act)


def _said(reason: str) -> None:
    if not reason.strip():
        raise InvalidValueError("a reason is needed", field="reason")
