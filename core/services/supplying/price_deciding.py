"""Prices that differ from what was ordered at: taken when they are near enough, else left to a buyer."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.errors import ConflictError
from core.domain.ids import PurchaseOrderNo
from core.domain.purchasing import (
    DecisionState,
    PriceChange,
    PriceSource,
    PurchaseLine,
    PurchasingPolicy,
    stage_after_answer,
)
from core.domain.supply_life import PurchaseStage
from core.ports.storage import UnitOfWork
from core.services.supplying.purchase_results import PurchaseResult, pending_prices, result_of

POLICY = PurchasingPolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePrice:
    """A buyer's word on the price that a line waits with; `price` is the one that was looked at."""

    key: str
    number: PurchaseOrderNo
    line: int
    version: int
    price: Decimal
    accept: bool
    comment: str


def decide_price(uow: UnitOfWork, command: DecidePrice, *, policy: PurchasingPolicy = POLICY) -> PurchaseResult:
    """Take the new price, or keep the old one and tell the supplier so; the order may be confirmed by it."""
    return uow.commands.once(command.key, command, PurchaseResult, lambda: _decide(uow, command, policy))


def keep_price(
    uow: UnitOfWork, line: PurchaseLine, price: Decimal, *, source: PriceSource, policy: PurchasingPolicy
) -> None:
    """Take down another price of a line: inside the tolerance it holds at once, beyond it a buyer decides."""
    change = PriceChange(order=line.order, line=line.line, old=line.unit_price, new=price, source=source)
    if not policy.accepts_price(line.unit_price, price):
        uow.price_changes.add(change)
        return
    comment = f"within the tolerance of {policy.price_tolerance_percent} %"
    settled = replace(change, state=DecisionState.ACCEPTED, decided_by=uow.actor, comment=comment)
    uow.price_changes.add(settled)
    _set_price(uow, line.order, line.line, price, why=comment)


def _decide(uow: UnitOfWork, command: DecidePrice, policy: PurchasingPolicy) -> PurchaseResult:
    order = uow.purchasing.lock(command.number, version=command.version)
    waiting = [
        change
        for change in uow.price_changes.of_order(command.number)
        if change.line == command.line and change.state is DecisionState.PENDING
    ]
    if not waiting or waiting[0].new != command.price:
        there = f"the price {waiting[0].new} waits" if waiting else "no price waits"
        raise ConflictError(
            f"the price {command.price} of {command.number}/{command.line} is not pending: {there}", line=command.line
        )
    to = DecisionState.ACCEPTED if command.accept else DecisionState.REFUSED
    uow.price_changes.decide(waiting[0], to=to, by=uow.actor, comment=command.comment)
    if command.accept:
        _set_price(uow, command.number, command.line, command.price, why=command.comment)
    if order.stage is PurchaseStage.ACKNOWLEDGED and command.accept:
        pending = bool(pending_prices(uow, command.number))
        stage = stage_after_answer(uow.purchasing.lines(command.number), pending=pending, policy=policy)
        uow.purchasing.advance(command.number, to=stage, why="price accepted")
    return result_of(uow, command.number)


def _set_price(uow: UnitOfWork, number: PurchaseOrderNo, line: int, price: Decimal, *, why: str) -> None:
    (found,) = (one for one in uow.purchasing.lines(number) if one.line == line)
    uow.purchasing.save_lines(number, [replace(found, unit_price=price)], why=why)
