"""What customers ask exactly to have changed of their orders, worked out as plans would apply it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from core.domain.amendments import (
    Amendment,
    CancelOpen,
    Change,
    ChangeAddress,
    ChangeDate,
    ChangeItem,
    ChangeQuantity,
)
from core.domain.cases import Case
from core.domain.errors import IllegalTransitionError, InvalidValueError, NotFoundError
from core.domain.exception_table import KINDS
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.plans import AnswerChange, ApplyChange, Resolution
from core.domain.signals import Signal
from core.domain.stock import ReservationKind
from core.planning.repair.policy import DEFAULT_POLICY
from core.planning.repair.terms import AskedChange
from core.ports.storage import UnitOfWork
from core.services.ordering.previewing import Outcome, outcomes_of

APPLIED, DECLINED = "applied", "declined"
_NOT_COUNTED = frozenset({OrderState.DRAFT, OrderState.VALIDATED, OrderState.CANCELLED})


def asked_changes(uow: UnitOfWork, case: Case) -> tuple[AskedChange, ...]:
    """The change a case is about; none where it was said in words only, or was answered."""
    if Resolution.CHANGE_ORDER.value not in KINDS[case.detected.type].candidates:
        return ()
    try:
        signal = uow.signals.get(case.detected.cause)
    except NotFoundError:
        return ()
    if signal.settled or signal.order is None or not signal.asked:
        return ()
    return (_asked(uow, signal, signal.order),)


def change_words(uow: UnitOfWork, reference: str, line: int) -> str:
    """What a change of a line that was asked for would do now, in words; line 0 is the whole order."""
    signal = uow.signals.get(reference)
    if signal.order is None:
        return "no order is named"
    try:
        outcomes = outcomes_of(uow, amendment_of(signal.order, signal.asked, signal.text))
    except (InvalidValueError, IllegalTransitionError) as error:
        return error.message
    words = [one.consequence.words for one in outcomes if (one.consequence.line or 0) == line]
    return words[0] if words else "it is not asked for"


def amendment_of(order: OrderNo, changes: Sequence[Change], why: str) -> Amendment:
    """The changes as an amendment, by line: each can then be carried out after the ones before it."""
    by_line = sorted(changes, key=lambda one: 0 if isinstance(one, ChangeAddress) else one.line or 0)
    return Amendment(order=order, changes=tuple(by_line), reason=why)


def value_of(change: Change) -> tuple[str, str]:
    """The kind of a change and its new value, in words."""
    match change:
        case ChangeQuantity():
            return change.kind, str(change.quantity)
        case ChangeDate():
            return change.kind, change.requested.isoformat()
        case ChangeItem():
            return change.kind, change.item
        case ChangeAddress():
            return change.kind, change.address
        case CancelOpen():
            return change.kind, ""
        case _:
            assert_never(change)


def value_now(uow: UnitOfWork, action: ApplyChange) -> str:
    """What the value of a change is in the books."""
    if action.change == "address":
        return uow.orders.order(action.order).address or ""
    return _before(action.change, uow.orders.line(action.order, action.line))


def change_of(action: ApplyChange, value: str) -> Change:
    """The change of an action with the value `before` or `after`; InvalidValueError for a kind nobody knows."""
    match action.change:
        case "quantity":
            return ChangeQuantity(line=action.line, quantity=int(value))
        case "date":
            return ChangeDate(line=action.line, requested=date.fromisoformat(value))
        case "item":
            return ChangeItem(line=action.line, item=ItemCode(value))
        case "address":
            return ChangeAddress(address=value)
        case "cancel":
            return CancelOpen(line=action.line)
        case _:
            raise InvalidValueError(f"change {action.change!r} of an order is not known", field="change")


def _asked(uow: UnitOfWork, signal: Signal, order: OrderNo) -> AskedChange:
    accepted, declined = (
        AnswerChange(signal=signal.reference, order=order, answer=answer, text=signal.text)
        for answer in (APPLIED, DECLINED)
    )
    try:
        outcomes = outcomes_of(uow, amendment_of(order, signal.asked, signal.text))
    except (InvalidValueError, IllegalTransitionError) as error:
        return AskedChange(signal=signal.reference, accepted=accepted, declined=declined, why_not=error.message)
    applied = tuple(_applied(uow, signal, order, outcome) for outcome in outcomes)
    scattered = [action for action in applied if action is None]
    if scattered:
        why_not = "what would be given back is reserved at several places"
        return AskedChange(signal=signal.reference, accepted=accepted, declined=declined, why_not=why_not)
    actions = tuple(action for action in applied if action is not None)
    return AskedChange(signal=signal.reference, accepted=accepted, declined=declined, applied=actions)


def _applied(uow: UnitOfWork, signal: Signal, order: OrderNo, outcome: Outcome) -> ApplyChange | None:
    """One change as an action; None where the units it gives back lie at several places."""
    kind, after = value_of(outcome.change)
    told = outcome.consequence
    fee = DEFAULT_POLICY.change_fee if told.fence is not None else Decimal(0)
    if told.line is None:
        known = uow.orders.order(order)
        return _whole(signal, known, before=known.address or "", after=after, words=told.words, fee=fee)
    before, new = uow.orders.line(order, told.line), outcome.lines[0]
    places = sorted({claim.location for claim in told.freed})
    if len(places) > 1:
        return None
    counted = _counted(new)
    return ApplyChange(
        signal=signal.reference,
        order=order,
        line=told.line,
        item=before.item,
        change=kind,
        before=_before(kind, before),
        after=after,
        words=told.words,
        open_units=counted,
        held=min(counted, _hard_units(uow, before) - _hard_freed(uow, before, outcome)),
        unit_price=new.unit_price,
        location=places[0] if places else LocationCode(""),
        freed=_available_again(uow, before.item, outcome, places[0]) if places else 0,
        dropped=", ".join(told.dropped),
        cost=fee,
    )


def _whole(signal: Signal, order: SalesOrder, *, before: str, after: str, words: str, fee: Decimal) -> ApplyChange:
    """A change of the whole order, of which planning sees nothing."""
    return ApplyChange(
        signal=signal.reference,
        order=order.number,
        line=0,
        item=ItemCode(""),
        change="address",
        before=before,
        after=after,
        words=words,
        open_units=0,
        held=0,
        unit_price=Decimal(0),
        location=LocationCode(""),
        freed=0,
        dropped="",
        cost=fee,
    )


def _before(kind: str, line: SalesOrderLine) -> str:
    match kind:
        case "quantity":
            return str(line.ordered)
        case "date":
            return line.requested.isoformat()
        case "item":
            return line.item
        case _:
            return ""


def _counted(line: SalesOrderLine) -> int:
    """The open units planning counts of a line: it counts from the day it is confirmed, on hold or not."""
    state = line.held_from or OrderState.DRAFT if line.state is OrderState.ON_HOLD else line.state
    return 0 if state in _NOT_COUNTED else line.open_quantity


def _hard_units(uow: UnitOfWork, line: SalesOrderLine) -> int:
    claims = uow.stock.claims_of(line.order, line.line)
    return sum(claim.held for claim in claims if claim.kind is ReservationKind.HARD)


def _hard_freed(uow: UnitOfWork, line: SalesOrderLine, outcome: Outcome) -> int:
    hard = {c.reference for c in uow.stock.claims_of(line.order, line.line) if c.kind is ReservationKind.HARD}
    return sum(freed.quantity for freed in outcome.consequence.freed if freed.reference in hard)


def _available_again(uow: UnitOfWork, item: ItemCode, outcome: Outcome, place: LocationCode) -> int:
    """Units that become available: fewer than are given back where more is reserved than there is."""
    claims = {claim.reference: claim for line in outcome.lines for claim in uow.stock.claims_of(line.order, line.line)}
    freed = sum(one.quantity for one in outcome.consequence.freed if claims[one.reference].kind.holds)
    level = uow.stock.balance(item, place)
    free = level.on_hand - level.reserved - level.blocked
    return max(0, free + freed) - max(0, free)
