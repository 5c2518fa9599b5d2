"""Which kinds of action can be carried out, and how: what is not here is never offered (core/domain/resolutions)."""

from collections.abc import Mapping
from typing import Any

from core.domain.errors import ConflictError
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
    SplitPurchase,
    Substitute,
    SubstitutePart,
    TopUp,
    Transfer,
    UseSafetyStock,
    Wait,
)
from core.services.doing import (
    asking,
    buying,
    centers,
    changing,
    hurrying,
    ledger,
    lines,
    making,
    moving,
    parts,
    purchases,
    reshipping,
    selling,
)
from core.services.doing.deed import Doing

DOINGS: Mapping[type[Action], Doing[Any]] = {
    Wait: asking.WAIT,
    OfferCustomer: asking.ASK,
    AskWaiver: asking.ASK,
    NegotiatePrice: asking.ASK,
    AskData: asking.ASK,
    AskRecount: asking.ASK,
    AskCredit: asking.ASK,
    AskDisposition: asking.ASK,
    DecideChange: asking.ASK,
    CorrectLedger: ledger.CORRECT,
    Transfer: moving.TRANSFER,
    Reallocate: moving.REALLOCATE,
    UseSafetyStock: moving.TRANSFER,
    Expedite: buying.EXPEDITE,
    Buy: buying.BUY,
    SplitPurchase: purchases.SPLIT,
    ReschedulePurchase: purchases.RESCHEDULE,
    CancelPurchase: purchases.CANCEL,
    AcceptPrice: purchases.ACCEPT_PRICE,
    Make: making.MAKE,
    TopUp: making.TOP_UP,
    RescheduleWork: making.RESCHEDULE,
    MoveOperation: centers.MOVE,
    SubstitutePart: parts.SUBSTITUTE_PART,
    CancelWork: making.CANCEL,
    Overtime: making.OVERTIME,
    RePromise: lines.RE_PROMISE,
    SplitLine: selling.SPLIT,
    ShipFrom: selling.SHIP_FROM,
    Substitute: selling.SUBSTITUTE,
    ApplyChange: changing.APPLY,
    AnswerChange: changing.ANSWER,
    ShipQuicker: hurrying.SHIP_QUICKER,
    Reship: reshipping.RESHIP,
    ReleaseHold: selling.RELEASE,
}


def doing_of(action: Action) -> Doing[Any]:
    """How it is done; ConflictError for an action of a plan that this release does not carry out."""
    found = DOINGS.get(type(action))
    if found is None:
        raise ConflictError(f"action {action.kind!r} cannot be carried out in this release")
    return found
