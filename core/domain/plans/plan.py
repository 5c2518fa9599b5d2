"""A plan: one option of one case as its actions, what they commit and what must still hold when they run."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import CaseId, OptionId
from core.domain.plans.asking import (
    AskCredit,
    AskData,
    AskDisposition,
    AskRecount,
    AskWaiver,
    CorrectLedger,
    DecideChange,
    NegotiatePrice,
    OfferCustomer,
    Wait,
)
from core.domain.plans.buying import AcceptPrice, Buy, CancelPurchase, Expedite, ReschedulePurchase, SplitPurchase
from core.domain.plans.changing import AnswerChange, ApplyChange
from core.domain.plans.lines import (
    ReleaseHold,
    RePromise,
    Reship,
    ShipQuicker,
    SplitLine,
    Substitute,
)
from core.domain.plans.making import (
    CancelWork,
    Make,
    MoveOperation,
    Overtime,
    RescheduleWork,
    SubstitutePart,
    TopUp,
)
from core.domain.plans.moving import Reallocate, ShipFrom, Transfer, UseSafetyStock
from core.domain.plans.predicates import Predicate, at_least
from core.domain.plans.resolutions import Resolution

Ask = OfferCustomer | AskWaiver | NegotiatePrice | AskData | AskRecount | AskCredit | AskDisposition | DecideChange
Action = (
    Wait
    | Ask
    | CorrectLedger
    | Transfer
    | UseSafetyStock
    | Reallocate
    | ShipFrom
    | Expedite
    | Buy
    | SplitPurchase
    | ReschedulePurchase
    | CancelPurchase
    | AcceptPrice
    | Make
    | TopUp
    | RescheduleWork
    | MoveOperation
    | SubstitutePart
    | Overtime
    | CancelWork
    | RePromise
    | SplitLine
    | Substitute
    | ShipQuicker
    | ApplyChange
    | AnswerChange
    | Reship
    | ReleaseHold
)


def resolution_of(action: Action) -> Resolution:
    """The resolution code of an action."""
    return action.resolution


def preconditions(actions: Sequence[Action]) -> tuple[Predicate, ...]:
    """What must hold for the actions to make sense, draws on one item at one place added up; sorted."""
    taken: dict[str, int] = {}
    found: set[Predicate] = set()
    for action in actions:
        if action.draws is not None:
            subject, quantity = action.draws
            taken[subject] = taken.get(subject, 0) + quantity
        found.update(action.needs)
    found.update(at_least("stock_available", subject, quantity) for subject, quantity in taken.items())
    return tuple(sorted(found, key=lambda p: (p.fact, p.subject, p.operator, p.value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Exactly what will happen: one option of one case, in order."""

    case: CaseId
    option: OptionId
    actions: tuple[Action, ...]
    preconditions: tuple[Predicate, ...]
    cost: Decimal
    currency: str


def plan_of(*, case: CaseId, option: OptionId, actions: tuple[Action, ...], currency: str) -> Plan:
    """The plan of some actions, its preconditions and cost worked out."""
    return Plan(
        case=case,
        option=option,
        actions=actions,
        preconditions=preconditions(actions),
        cost=sum((cost_of(action) for action in actions), Decimal(0)),
        currency=currency,
    )


def cost_of(action: Action) -> Decimal:
    """What an action costs beyond the usual, in the company's currency."""
    return action.charge


def committed_money(plan: Plan) -> Decimal:
    """What the plan commits the company to pay: whole purchase orders, fees and freight. Limits are checked on this."""
    return sum((action.commits for action in plan.actions), Decimal(0))
