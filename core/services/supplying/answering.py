"""What a supplier answers to a purchase order, and what a buyer changes in it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain.errors import IllegalTransitionError, InvalidValueError
from core.domain.ids import PurchaseOrderNo
from core.domain.purchasing import (
    AnsweredLine,
    ConfirmedLine,
    Difference,
    PriceSource,
    PurchaseLine,
    PurchasingPolicy,
    confirmed,
    stage_after_answer,
    stage_after_receipt,
)
from core.domain.supply_life import PurchaseStage
from core.ports.storage import UnitOfWork
from core.services.deferring import scan_soon
from core.services.supplying.price_deciding import keep_price
from core.services.supplying.purchase_results import (
    PurchaseResult,
    check_price,
    check_quantity,
    pending_prices,
    result_of,
)

POLICY = PurchasingPolicy()
_ASKED = frozenset({PurchaseStage.SENT, PurchaseStage.ACKNOWLEDGED, PurchaseStage.CONFIRMED})
_CHANGEABLE = _ASKED | {PurchaseStage.DRAFT, PurchaseStage.PARTLY_RECEIVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """A supplier's answer (855 or a mail): `reference` is the supplier's own number of it, `source` how it came."""

    key: str
    number: PurchaseOrderNo
    reference: str
    source: str
    lines: tuple[AnsweredLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """What a line is to be from now on; what is not given stays."""

    line: int
    quantity: int | None = None
    due: date | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePurchase:
    """A buyer's change of an order; what the supplier has not agreed to is sent again."""

    key: str
    number: PurchaseOrderNo
    version: int
    lines: tuple[ChangedLine, ...]
    why: str


def acknowledge(uow: UnitOfWork, command: Acknowledge, *, policy: PurchasingPolicy = POLICY) -> PurchaseResult:
    """Take a supplier's answer down.

    Dates and quantities are facts and planned with at once. A price off by more than the tolerance waits for a buyer;
    the order keeps its price until then.
    """

    def act() -> PurchaseResult:
        scan_soon(uow)
        return _acknowledge(uow, command, policy)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def change_purchase(uow: UnitOfWork, command: ChangePurchase, *, policy: PurchasingPolicy = POLICY) -> PurchaseResult:
    """Change lines; an order as the supplier confirmed it stays confirmed, any other is sent again."""

    def act() -> PurchaseResult:
        scan_soon(uow)
        return _change(uow, command, policy)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def settle(uow: UnitOfWork, number: PurchaseOrderNo, policy: PurchasingPolicy, *, why: str) -> None:
    """Put the order where its lines say it is after an answer or a decision."""
    stage, lines = uow.purchasing.order(number).stage, uow.purchasing.lines(number)
    if stage is PurchaseStage.PARTLY_RECEIVED:
        to = stage_after_receipt(stage, lines)
    else:
        to = stage_after_answer(lines, pending=bool(pending_prices(uow, number)), policy=policy)
    uow.purchasing.advance(number, to=to, why=why)


def _acknowledge(uow: UnitOfWork, command: Acknowledge, policy: PurchasingPolicy) -> PurchaseResult:
    order = uow.purchasing.lock(command.number)
    if order.stage not in _ASKED | {PurchaseStage.PARTLY_RECEIVED}:
        raise IllegalTransitionError(
            f"purchase order {command.number!r} is {order.stage.value!r} and takes no answer; accepted is one that is"
            " sent and not yet received",
            old=order.stage.value,
        )
    lines = {line.line: line for line in uow.purchasing.lines(command.number)}
    _check_numbers(command.number, [said.line for said in command.lines], lines.keys())
    answers = [confirmed(lines[said.line], said) for said in command.lines]
    for answer in answers:
        check_price(answer.unit_price, where=f"{command.number}/{answer.line}")
    uow.purchasing.record_answer(command.number, reference=command.reference, source=command.source, lines=answers)
    said = f"answer {command.reference!r} of the supplier"
    uow.purchasing.save_lines(command.number, [_as_said(lines[a.line], a) for a in answers], why=said)
    for answer in answers:
        if Difference.PRICE in answer.differences:
            line = lines[answer.line]
            keep_price(uow, line, answer.unit_price, source=PriceSource.ACKNOWLEDGEMENT, policy=policy)
    settle(uow, command.number, policy, why=said)
    found = tuple((answer.line, difference) for answer in answers for difference in answer.differences)
    return result_of(uow, command.number, differences=found)


def _as_said(line: PurchaseLine, answer: ConfirmedLine) -> PurchaseLine:
    moved = answer.due != line.asked_for
    return replace(line, confirmed=answer.quantity, due=answer.due, requested=line.asked_for if moved else None)


def _change(uow: UnitOfWork, command: ChangePurchase, policy: PurchasingPolicy) -> PurchaseResult:
    order = uow.purchasing.lock(command.number, version=command.version)
    if order.stage not in _CHANGEABLE:
        raise IllegalTransitionError(
            f"purchase order {command.number!r} is {order.stage.value!r} and is not changed any more; accepted is one"
            " that is not received, closed or cancelled",
            old=order.stage.value,
        )
    lines = {line.line: line for line in uow.purchasing.lines(command.number)}
    _check_numbers(command.number, [wish.line for wish in command.lines], lines.keys())
    changed = [_as_wished(lines[wish.line], wish) for wish in command.lines]
    uow.purchasing.save_lines(command.number, changed, why=command.why)
    if order.stage is PurchaseStage.PARTLY_RECEIVED:
        settle(uow, command.number, policy, why=command.why)
    elif order.stage in _ASKED:
        every, pending = uow.purchasing.lines(command.number), bool(pending_prices(uow, command.number))
        agreed = stage_after_answer(every, pending=pending, policy=policy) is PurchaseStage.CONFIRMED
        to = PurchaseStage.CONFIRMED if agreed else PurchaseStage.SENT
        uow.purchasing.advance(command.number, to=to, why=command.why)
    return result_of(uow, command.number)


def _as_wished(line: PurchaseLine, wish: ChangedLine) -> PurchaseLine:
    where = f"{line.order}/{line.line}"
    quantity = line.ordered if wish.quantity is None else wish.quantity
    price = line.unit_price if wish.unit_price is None else wish.unit_price
    check_quantity(quantity, least=max(1, line.received), where=where)
    check_price(price, where=where)
    due = line.due if wish.due is None else wish.due
    # What the supplier has said already needs no second answer; everything else does.
    agreed = line.confirmed == quantity and due == line.due and price == line.unit_price
    return replace(
        line,
        ordered=quantity,
        unit_price=price,
        due=due,
        requested=line.requested if wish.due is None else None,
        confirmed=quantity if agreed else None,
    )


def _check_numbers(number: PurchaseOrderNo, asked: list[int], known: Collection[int]) -> None:
    unknown = sorted(set(asked) - set(known))
    if not asked or unknown or len(set(asked)) != len(asked):
        raise InvalidValueError(
            f"lines {asked!r} of {number!r} are not accepted; accepted are one or more of {sorted(known)}, each once",
            field="lines",
        )
