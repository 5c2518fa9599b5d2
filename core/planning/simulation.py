"""Simulation: what the actions of a plan do to the books, on a copy, row for row as execution would write them."""

from collections.abc import Sequence

from core.domain.plans import (
    AcceptPrice,
    Action,
    AnswerChange,
    ApplyChange,
    AskCredit,
    AskData,
    AskDisposition,
    AskRecount,
    AskWaiver,
    Buy,
    CancelPurchase,
    CancelWork,
    CorrectLedger,
    DecideChange,
    Expedite,
    Make,
    MoveOperation,
    NegotiatePrice,
    OfferCustomer,
    Overtime,
    Reallocate,
    ReleaseHold,
    RePromise,
    ReschedulePurchase,
    RescheduleWork,
    Reship,
    ShipFrom,
    ShipQuicker,
    SplitLine,
    Substitute,
    SubstitutePart,
    TopUp,
    Transfer,
    Wait,
)
from core.planning.effects import lines, stock, supply
from core.planning.positions import item_position, line_position, location_position, supply_position
from core.planning.snapshot import Snapshot

__all__ = ["apply", "item_position", "line_position", "location_position", "supply_position"]


def apply(snapshot: Snapshot, actions: Sequence[Action]) -> Snapshot:
    """The snapshot the database would give after the actions; tables no action touches are shared with the old one."""
    after = lines.promised(snapshot, [action for action in actions if isinstance(action, RePromise)])
    for action in actions:
        after = _applied(after, action)
    return after


def _applied(snapshot: Snapshot, action: Action) -> Snapshot:
    match action:
        case Transfer():
            return stock.transferred(snapshot, action)
        case CorrectLedger():
            return stock.corrected(snapshot, action)
        case Reallocate():
            return stock.reallocated(snapshot, action)
        case Reship():
            return stock.sent_again(snapshot, action)
        case Expedite() | ReschedulePurchase():
            return supply.purchase_moved(snapshot, action)
        case Buy():
            return supply.bought(snapshot, action)
        case Make() | TopUp() | RescheduleWork() | MoveOperation() | SubstitutePart() | Overtime():
            return supply.work_planned(snapshot, action)
        case CancelPurchase() | CancelWork():
            return supply.supply_cancelled(snapshot, action)
        case SplitLine() | ShipFrom() | Substitute() | ApplyChange():
            return lines.line_changed(snapshot, action)
        case _:
            return _unseen(snapshot, action)


def _unseen(
    snapshot: Snapshot,
    action: Wait
    | RePromise
    | AcceptPrice
    | ShipQuicker
    | AnswerChange
    | ReleaseHold
    | OfferCustomer
    | AskWaiver
    | NegotiatePrice
    | AskData
    | AskRecount
    | AskCredit
    | AskDisposition
    | DecideChange,
) -> Snapshot:
    """What planning does not read: prices of purchases, carriers, holds, questions; promises were made at once."""
    return snapshot
