"""Simulation: what the actions of a plan do to the books, on a copy, row for row as execution would write them.

Actions become events (effects/events.py), and events the books after them; a view of resident books (whatif/) follows
the same events without a copy.
"""

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
from core.planning.effects.applying import applied
from core.planning.effects.events import Event
from core.planning.positions import item_position, line_position, location_position, supply_position
from core.planning.snapshot import Snapshot

__all__ = ["apply", "events_of", "item_position", "line_position", "location_position", "supply_position"]


def apply(snapshot: Snapshot, actions: Sequence[Action]) -> Snapshot:
    """The snapshot the database would give after the actions; tables no action touches are shared with the old one."""
    books, last, _ = _in_turn(snapshot, actions)
    return applied(books, last)


def events_of(snapshot: Snapshot, actions: Sequence[Action]) -> tuple[Event, ...]:
    """What the actions change in the books. NotFoundError, ConflictError or InsufficientStockError for an action that
    does not fit the books as those before it leave them."""
    _, _, found = _in_turn(snapshot, actions)
    return tuple(found)


def _in_turn(snapshot: Snapshot, actions: Sequence[Action]) -> tuple[Snapshot, list[Event], list[Event]]:
    """Promises first, then the rest one by one: the books before the last step, its events, and those of all."""
    last = lines.promised(snapshot, [action for action in actions if isinstance(action, RePromise)])
    found = list(last)
    for action in actions:
        if not isinstance(action, RePromise):
            snapshot = applied(snapshot, last)
            last = _events(snapshot, action)
            found.extend(last)
    return snapshot, last, found


def _events(snapshot: Snapshot, action: Action) -> list[Event]:
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
            return _unseen(action)


def _unseen(
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
) -> list[Event]:
    """What planning does not read: prices of purchases, carriers, holds, questions; promises were made at once."""
    return []
