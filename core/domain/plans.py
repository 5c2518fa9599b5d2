"""Plans: the actions a person approves, what they commit and what must still hold when they run."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from core.domain.ids import (
    CaseId,
    ItemCode,
    LocationCode,
    OptionId,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
)


class Resolution(StrEnum):
    """Codes of the ways out (docs/glossary.md)."""

    WAIT = "R00"
    TRANSFER = "R02"
    EXPEDITE = "R07"
    BUY = "R08"
    RE_PROMISE = "R12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Do nothing until a date, then look again."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Move stock between locations under a new transfer order; the units are reserved at the origin at once."""

    reference: TransferOrderNo
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    ship_on: date
    arrive_on: date
    cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Expedite:
    """Pay a supplier's fee to have an open purchase order line earlier."""

    purchase_order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    old_due: date
    new_due: date
    fee: Decimal
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Buy:
    """Place a new purchase order of one line on a supplier's quote. `cost` is what it costs beyond the usual price."""

    reference: PurchaseOrderNo
    supplier: SupplierCode
    item: ItemCode
    location: LocationCode
    quantity: int
    unit_price: Decimal
    currency: str
    arrive_on: date
    cost: Decimal
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RePromise:
    """Give an order line another promised date and tell the customer."""

    order: OrderNo
    line: int
    old: date
    new: date
    quantity: int


Action = Wait | Transfer | Expedite | Buy | RePromise


def resolution_of(action: Action) -> Resolution:
    """The resolution code of an action."""
    match action:
        case Wait():
            return Resolution.WAIT
        case Transfer():
            return Resolution.TRANSFER
        case Expedite():
            return Resolution.EXPEDITE
        case Buy():
            return Resolution.BUY
        case RePromise():
            return Resolution.RE_PROMISE
        case _:
            assert_never(action)


class Operator(StrEnum):
    """How a fact is compared with the value the plan needs."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    EQUAL = "eq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A materiality predicate: the plan may only run while `fact` of `subject` compares so with `value`."""

    fact: str
    subject: str
    operator: Operator
    value: str


def preconditions(actions: tuple[Action, ...]) -> tuple[Predicate, ...]:
    """What must hold for the actions to make sense, transfers of one item from one place added up; sorted."""
    taken: dict[str, int] = {}
    found: list[Predicate] = []
    for action in actions:
        if isinstance(action, Transfer):
            subject = f"{action.item}@{action.origin}"
            taken[subject] = taken.get(subject, 0) + action.quantity
        else:
            found.extend(_needs(action))
    for subject, quantity in taken.items():
        found.append(_at_least("stock_available", subject, quantity))
    return tuple(sorted(found, key=lambda p: (p.fact, p.subject, p.operator, p.value)))


def _needs(action: Wait | Expedite | Buy | RePromise) -> tuple[Predicate, ...]:
    match action:
        case Wait():
            return ()
        case Expedite():
            subject = f"{action.purchase_order}/{action.line}"
            return (
                _at_least("purchase_open_quantity", subject, action.quantity),
                _equal("purchase_due", subject, action.old_due.isoformat()),
                _equal("supplier_usable", action.supplier, "yes"),
            )
        case Buy():
            return (_equal("supplier_usable", action.supplier, "yes"),)
        case RePromise():
            subject = f"{action.order}/{action.line}"
            return (
                _at_least("line_open_quantity", subject, action.quantity),
                _equal("line_due", subject, action.old.isoformat()),
            )
        case _:
            assert_never(action)


def _at_least(fact: str, subject: str, quantity: int) -> Predicate:
    return Predicate(fact=fact, subject=subject, operator=Operator.AT_LEAST, value=str(quantity))


def _equal(fact: str, subject: str, value: str) -> Predicate:
    return Predicate(fact=fact, subject=subject, operator=Operator.EQUAL, value=value)


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
    match action:
        case Transfer() | Buy():
            return action.cost
        case Expedite():
            return action.fee
        case Wait() | RePromise():
            return Decimal(0)
        case _:
            assert_never(action)


def committed_money(plan: Plan) -> Decimal:
    """What the plan commits the company to pay: whole purchase orders, fees and freight. Limits are checked on this."""
    amount = Decimal(0)
    for action in plan.actions:
        amount += action.unit_price * action.quantity if isinstance(action, Buy) else cost_of(action)
    return amount
