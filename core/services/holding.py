"""Holding: orders are stopped for a reason, by people or by the checks at entry, and let go by those who may."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.domain.credit import CreditExposure
from core.domain.errors import IllegalTransitionError, InvalidValueError, NotAuthorisedError
from core.domain.hold_checks import ENTRY_POLICY, EntryFacts, EntryPolicy, causes_to_hold
from core.domain.holds import HOLD_RULES, Hold, HoldCause, HoldKind, HoldNo, why_not_release
from core.domain.ids import CustomerCode, OrderNo
from core.domain.order_life import OrderState, may_become
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.timeline import TimelineEntry, TimelineKind
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.pricing import accept_stated, prices_of
from core.services.reserving import extend_reservations

LONGEST_REASON = 2000
LONGER = timedelta(days=2)
"""How much longer than a hold should last an order on hold keeps what it reserved for a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOrder:
    """Stop an order, or one line of it. After the day `until` a manual hold lapses by itself."""

    key: str
    order: OrderNo
    kind: HoldKind
    why: str
    line: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold:
    """Let go of a hold."""

    key: str
    hold: HoldNo
    why: str


def hold_order(uow: UnitOfWork, command: HoldOrder) -> Hold:
    """Set a hold: the order, or the line, is on hold until the last hold on it is released.

    IllegalTransitionError when nothing of it can be held any more; after it nothing has changed.
    """

    def act() -> Hold:
        _check_reason(command.why)
        cause = HoldCause(kind=command.kind, why=command.why, line=command.line)
        if command.until is not None and command.until < (today := uow.company.settings().as_of):
            raise InvalidValueError(
                f"until {command.until} is before {today}; a hold ends then or later", field="until"
            )
        return _set(uow, command.order, cause, until=command.until)

    return uow.commands.once(command.key, command, Hold, act)


def release_hold(uow: UnitOfWork, command: ReleaseHold) -> Hold:
    """Let go of a hold, in the role of the one who acts; what no other hold stops is again where it was before.

    NotAuthorisedError when the role may not, ConflictError when it was released before.
    """

    def act() -> Hold:
        return release_as(uow, command.hold, uow.users.get(uow.actor), why=command.why)

    return uow.commands.once(command.key, command, Hold, act)


def release_as(uow: UnitOfWork, number: HoldNo, user: User, *, why: str) -> Hold:
    """The same in the name of a person, for a plan that the person approved.

    To let go of a price that the customer states, or that nobody knows, is to agree to it: the person must be allowed
    to set it.
    """
    _check_reason(why)
    hold = uow.holds.lock(number)
    problem = why_not_release(user, hold)
    if problem is not None:
        raise NotAuthorisedError(problem, hold=hold.number)
    if hold.is_about_a_price and hold.released is None:
        accept_stated(uow, hold.order, hold.line, user, why=why)
    released = uow.holds.release(hold.number, user, why=why)
    _tell(uow, hold, f"{hold.kind} hold {hold.number} released: {why}")
    _let_go(uow, hold.order, why=f"{hold.number} released")
    return released


def automatic_holds(
    uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine], *, policy: EntryPolicy = ENTRY_POLICY
) -> tuple[HoldCause, ...]:
    """Every reason to hold this order now; nothing is set.

    Until this transaction ends nobody else looks at the customer's credit, so that of two orders which together go
    over the limit the second is held. The lines carry the prices the customer states.
    """
    uow.holds.lock_customer(order.customer)
    return causes_to_hold(_facts(uow, order, lines), policy)


def hold_automatically(
    uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine], *, policy: EntryPolicy = ENTRY_POLICY
) -> tuple[Hold, ...]:
    """Set a hold for every reason there is; to be called in the transaction that enters or changes the order."""
    return set_holds(uow, order.number, automatic_holds(uow, order, lines, policy=policy))


def set_holds(uow: UnitOfWork, order: OrderNo, causes: Iterable[HoldCause]) -> tuple[Hold, ...]:
    """Set a hold for each reason; one that is open for the same kind already is given back as it is."""
    return tuple(_set(uow, order, cause) for cause in causes)


def lapse_holds(uow: UnitOfWork, *, today: date) -> tuple[Hold, ...]:
    """Release the manual holds whose last day has passed, in the name of the one who acts: a person or the worker."""
    user = uow.users.get(uow.actor)
    lapsed: list[Hold] = []
    for hold in uow.holds.lapsed(today):
        lapsed.append(uow.holds.release(hold.number, user, why=f"lapsed: it held until {hold.until}"))
        _tell(uow, hold, f"{hold.kind} hold {hold.number} lapsed: it held until {hold.until}")
        _let_go(uow, hold.order, why=f"{hold.number} lapsed")
    return tuple(lapsed)


def keep_claims_of_held(uow: UnitOfWork) -> int:
    """Let what an order holds for a time last while a hold of it is overdue; the reservations that were extended.

    A new hold extends them beyond the time it should be settled in, so this is soon enough once a day.
    """
    late = {hold.order for hold in uow.holds.overdue(uow.now)}
    return sum(len(extend_reservations(uow, order, until=uow.now + LONGER)) for order in sorted(late))


def overdue_holds(uow: UnitOfWork, now: datetime) -> tuple[Hold, ...]:
    """The open holds that should have been settled by now, the longest overdue first."""
    return uow.holds.overdue(now)


def credit_exposure(uow: UnitOfWork, customer: CustomerCode) -> CreditExposure:
    """What a customer owes and has on order, against the limit."""
    return uow.holds.exposure(customer)


def _facts(uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> EntryFacts:
    return EntryFacts(
        order=order,
        lines=tuple(lines),
        customer=uow.company.customer(order.customer),
        prices=prices_of(uow, order, lines),
        exposure=uow.holds.exposure(order.customer, besides=order.number),
        addresses=uow.holds.addresses(order.customer),
        addresses_kept=uow.holds.keeps_addresses(),
        earlier_orders=uow.holds.orders_of(order.customer, besides=order.number),
        ship_from_country=uow.holds.country_of(order.ship_from),
    )


def _set(uow: UnitOfWork, order: OrderNo, cause: HoldCause, *, until: date | None = None) -> Hold:
    lines = uow.orders.lines(order) if cause.line is None else (uow.orders.line(order, cause.line),)
    movable = any(may_become(line.state, OrderState.ON_HOLD) for line in lines)
    if not movable and not any(line.state is OrderState.ON_HOLD for line in lines):
        states = ", ".join(sorted({line.state.value for line in lines}))
        raise IllegalTransitionError(
            f"order {order} cannot be held: what it is about is {states}; only what was not picked yet can be",
            order=order,
        )
    if movable:
        uow.orders.advance(order, cause.line, to=OrderState.ON_HOLD, why=f"{cause.kind} hold: {cause.why}")
    hold = uow.holds.add(order, cause, HOLD_RULES[cause.kind], until=until)
    extend_reservations(uow, order, until=hold.due_at + LONGER)
    _tell(uow, hold, f"{hold.kind} hold {hold.number} set: {hold.why}")
    return hold


def _let_go(uow: UnitOfWork, order: OrderNo, *, why: str) -> None:
    """Every line that is on hold and that no open hold stops goes back to where it was before."""
    stopped = {hold.line for hold in uow.holds.of_order(order, open_only=True)}
    if None in stopped:
        return
    held = [line for line in uow.orders.lines(order) if line.state is OrderState.ON_HOLD]
    free = [line for line in held if line.line not in stopped]
    if len(free) == len(held) > 0:
        uow.orders.resume(order, why=why)
        return
    for line in free:
        uow.orders.advance(order, line.line, to=line.held_from or OrderState.DRAFT, why=why)


def _tell(uow: UnitOfWork, hold: Hold, text: str) -> None:
    uow.orders.tell(hold.order, TimelineEntry(kind=TimelineKind.HOLD, text=text, line=hold.line))


def _check_reason(why: str) -> None:
    if not why.strip() or len(why) > LONGEST_REASON:
        raise InvalidValueError(f"a hold needs a reason of 1 to {LONGEST_REASON} characters", field="why")
