"""Amending and cancelling: carried out only as it was shown, by the right person where it is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.domain.amendments import (
    BEFORE_PICKING,
    COMMITTED,
    Amendment,
    AmendmentDone,
    AmendmentPreview,
    CancelOpen,
    ChangeAddress,
    ChangeDate,
    ChangeItem,
    ChangeQuantity,
)
from core.domain.errors import NotAuthorisedError, ProposalStaleError
from core.domain.holds import HoldNo
from core.domain.ids import OrderNo, UserName
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.timeline import TimelineEntry, TimelineKind
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.allocating.quotas import give_quotas_back
from core.services.deferring import scan_soon
from core.services.fulfilment.underway import being_sent
from core.services.holding import automatic_holds, set_holds
from core.services.ordering.previewing import Outcome, outcomes_of, preview_of
from core.services.pricing import keep_for_fewer, keep_prices

MAY_AGREE = (Role.PLANNER, Role.OPERATIONS_MANAGER)
"""Who may agree to a change inside the freeze fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOrder:
    """Carry out an amendment as it was shown: `version` and `preview_digest` are those of the preview."""

    key: str
    amendment: Amendment
    version: int
    preview_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder:
    """The customer does not want what is open of an order, or of one line, any more."""

    key: str
    order: OrderNo
    version: int
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAmended:
    """The order after an amendment, and the holds that it caused."""

    order: OrderNo
    version: int
    state: OrderState
    done: tuple[str, ...]
    holds: tuple[HoldNo, ...] = ()


def amend(uow: UnitOfWork, command: AmendOrder) -> OrderAmended:
    """Carry out an amendment, in the role of the one who acts.

    ConflictError when the order is at another version, ProposalStaleError when the preview would now be different,
    NotAuthorisedError when it is frozen and the one who acts may not agree; after any of them nothing has changed.
    """
    return _amend(uow, command, None)


def amend_as(uow: UnitOfWork, command: AmendOrder, person: User) -> OrderAmended:
    """The same in the name of a person, for a plan that the person approved."""
    return _amend(uow, command, person)


def _amend(uow: UnitOfWork, command: AmendOrder, person: User | None) -> OrderAmended:
    def act() -> OrderAmended:
        scan_soon(uow)
        uow.orders.lock(command.amendment.order, version=command.version)
        outcomes = outcomes_of(uow, command.amendment)
        preview = preview_of(uow, command.amendment, outcomes)
        if preview.digest != command.preview_digest:
            raise ProposalStaleError(
                f"the amendment of order {preview.order} would now do something else than was shown; look at it again",
                differences=tuple(one.words for one in preview.consequences),
            )
        return _carry_out(uow, command.amendment, preview, outcomes, person)

    return uow.commands.once(command.key, command, OrderAmended, act)


def carry_out_on_trial(uow: UnitOfWork, amendment: Amendment) -> OrderAmended:
    """Carry it out in a transaction of which nothing is to be kept, whoever would have to agree to it."""
    outcomes = outcomes_of(uow, amendment)
    preview = replace(preview_of(uow, amendment, outcomes), needs_person=False).sealed()
    return _carry_out(uow, amendment, preview, outcomes)


def cancel_order(uow: UnitOfWork, command: CancelOrder) -> OrderAmended:
    """Cancel what is open of an order, or of a line, and give back what it holds.

    IllegalTransitionError when a line is picked or further.
    """

    def act() -> OrderAmended:
        scan_soon(uow)
        uow.orders.lock(command.order, version=command.version)
        change = CancelOpen(line=command.line)
        amendment = Amendment(order=command.order, changes=(change,), reason=command.reason)
        outcomes = outcomes_of(uow, amendment)
        return _carry_out(uow, amendment, preview_of(uow, amendment, outcomes), outcomes)

    return uow.commands.once(command.key, command, OrderAmended, act)


def cancel_past(uow: UnitOfWork, *, today: date) -> tuple[OrderAmended, ...]:
    """Cancel what is open of the lines whose customers said to cancel it after a day that has passed.

    They agreed to it when they ordered, so nobody has to again, and called twice it does nothing more.
    """
    lines: dict[OrderNo, list[int]] = {}
    for number, line in uow.orders.past_cancel_date(today):
        if line not in being_sent(uow, number):
            lines.setdefault(number, []).append(line)
    done: list[OrderAmended] = []
    for number, some in lines.items():
        uow.orders.lock(number, version=uow.orders.order(number).version)
        changes = tuple(CancelOpen(line=line) for line in some)
        amendment = Amendment(order=number, changes=changes, reason="the day to cancel it has passed")
        outcomes = outcomes_of(uow, amendment)
        preview = replace(preview_of(uow, amendment, outcomes), needs_person=False).sealed()
        done.append(_carry_out(uow, amendment, preview, outcomes))
    return tuple(done)


def _carry_out(
    uow: UnitOfWork,
    amendment: Amendment,
    preview: AmendmentPreview,
    outcomes: Sequence[Outcome],
    person: User | None = None,
) -> OrderAmended:
    agreed_by = _agreed(person or uow.users.get(uow.actor), preview) if preview.needs_person else None
    order = uow.orders.order(amendment.order)
    addresses = [one.change.address for one in outcomes if isinstance(one.change, ChangeAddress)]
    after = replace(order, address=addresses[0]) if addresses else order
    version = uow.orders.save(after, version=preview.version)
    for outcome in outcomes:
        _apply(uow, amendment, outcome)
        for planned in outcome.consequence.dropped:
            found = uow.planned_orders.get(planned)
            uow.planned_orders.cancel(planned, version=found.version, why=f"order {order.number} was amended")
    give_quotas_back(uow, order.number)
    holds = _look_again(uow, uow.orders.order(order.number), outcomes)
    done = tuple(one.words if one.line is None else f"line {one.line}: {one.words}" for one in preview.consequences)
    uow.orders.keep_amendment(
        AmendmentDone(
            order=order.number, version=preview.version, amendment=amendment, preview=preview, agreed_by=agreed_by
        )
    )
    text = f"{'; '.join(done)} ({amendment.reason})"
    uow.orders.tell(order.number, TimelineEntry(kind=TimelineKind.AMENDMENT, text=text))
    state = uow.orders.order(order.number).state
    return OrderAmended(order=order.number, version=version, state=state, done=done, holds=holds)


def may_agree(user: User) -> bool:
    """Whether a person may agree to a change inside the freeze fence."""
    return user.is_person and user.active and user.role in MAY_AGREE


def _agreed(user: User, preview: AmendmentPreview) -> UserName:
    if not may_agree(user):
        may = " or ".join(role.value for role in MAY_AGREE)
        raise NotAuthorisedError(
            f"the change of order {preview.order} is inside the freeze fence; {user.name!r} ({user.role}) may not agree"
            f" to it, a {may} may",
            order=preview.order,
        )
    return user.name


def _apply(uow: UnitOfWork, amendment: Amendment, outcome: Outcome) -> None:
    why = f"amended: {amendment.reason}"
    match outcome.change:
        case ChangeAddress():
            return
        case ChangeQuantity() | ChangeDate():
            (after,) = outcome.lines
            before = uow.orders.line(after.order, after.line)
            uow.orders.save_line(after)
            if isinstance(outcome.change, ChangeDate) or after.ordered > before.ordered:
                _void_our_word(uow, before, why=why)
            else:
                _give_back_some(uow, before, outcome)
        case ChangeItem() | CancelOpen():
            old, *new = outcome.lines
            for line in new:  # first, so that an order of one line is never without an open one and so cancelled
                uow.orders.save_line(line)
            _cancel(uow, old, why=why)


def _give_back_some(uow: UnitOfWork, line: SalesOrderLine, outcome: Outcome) -> None:
    """The claims are smaller, or gone, by what the preview says is given back."""
    held = {claim.reference: claim.held for claim in uow.stock.claims_of(line.order, line.line)}
    left = {freed.reference: held[freed.reference] - freed.quantity for freed in outcome.consequence.freed}
    for reference, units in left.items():
        if units:
            uow.stock.shrink(reference, to=units)
    if gone := [reference for reference, units in left.items() if not units]:
        uow.stock.release_references(gone)


def _void_our_word(uow: UnitOfWork, line: SalesOrderLine, *, why: str) -> None:
    """A line that was confirmed or further is only validated now, and holds nothing; one on hold stays there."""
    uow.stock.release_claims(line.order, line.line)
    uow.shipments.settle_shortfalls(line.order, line.line)
    if line.state in (OrderState.ALLOCATED, OrderState.RELEASED):
        uow.orders.advance(line.order, line.line, to=OrderState.CONFIRMED, why=why)
    if line.state in COMMITTED:
        uow.orders.advance(line.order, line.line, to=OrderState.VALIDATED, why=why)
    if line.state is OrderState.ON_HOLD and line.held_from in COMMITTED:
        uow.orders.advance(line.order, line.line, to=OrderState.VALIDATED, why=why)
        uow.orders.advance(line.order, line.line, to=OrderState.ON_HOLD, why=f"still on hold; {why}")


def _cancel(uow: UnitOfWork, after: SalesOrderLine, *, why: str) -> None:
    before = uow.orders.line(after.order, after.line)
    uow.stock.release_claims(after.order, after.line)
    uow.shipments.settle_shortfalls(after.order, after.line)
    if before.shipped:
        uow.orders.count_line(after.order, after.line, cancelled=before.open_quantity)
    uow.orders.advance(after.order, after.line, to=after.state, why=why)


def _look_again(uow: UnitOfWork, order: SalesOrder, outcomes: Sequence[Outcome]) -> tuple[HoldNo, ...]:
    """Prices written down for the lines that changed; where the order grew or goes elsewhere, holds as at entry.

    A line that did not change is not held for its own sake: it was looked at when it was entered.
    """
    touched = {line.line for outcome in outcomes if outcome.looks_again for line in outcome.lines}
    fewer = {line.line for outcome in outcomes if not outcome.looks_again for line in outcome.lines}
    lines = [line for line in uow.orders.lines(order.number) if line.state in BEFORE_PICKING]
    keep_prices(uow, order, [line for line in lines if line.line in touched])
    not_agreed = keep_for_fewer(uow, order, [line for line in lines if line.line in fewer])
    touched |= not_agreed
    alive = [line for line in lines if line.state is not OrderState.DRAFT]
    again = bool(not_agreed) or any(outcome.looks_again for outcome in outcomes)
    if order.kind is OrderKind.QUOTE or not alive or not again:
        return ()
    causes = [cause for cause in automatic_holds(uow, order, alive) if cause.line is None or cause.line in touched]
    return tuple(hold.number for hold in set_holds(uow, order.number, causes))
