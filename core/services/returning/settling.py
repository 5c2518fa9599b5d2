"""What the customer gets for a return: the money back, less a restocking fee, or the goods again; and its end."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.errors import IllegalTransitionError, InvalidValueError, NotAuthorisedError
from core.domain.ids import ItemCode, OrderNo
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.returns import Refund, RestockingPolicy, Return, ReturnState, Wish, refund_of
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.ordering.entering import enter_order
from core.services.returning.requesting import LONGEST_TEXT, ReturnStands, stands, stepping, tell

POLICY = RestockingPolicy()
# Who may give money back before anything has come; everybody else waits for the goods.
MAY_NOT_WAIT = frozenset({Role.OPERATIONS_MANAGER})
_NOT_YET_RECEIVED = frozenset({ReturnState.AUTHORISED, ReturnState.LABEL_SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReturn:
    """Give the money back for what came, less a restocking fee where the return is not our doing.

    The fee is the company's, unless another percent is given. `before_receipt` gives the money for what was asked back,
    although nothing has come yet.
    """

    key: str
    number: str
    version: int
    restocking_percent: Decimal | None = None
    before_receipt: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeReturn:
    """The goods again instead of the money: on an order that was entered for it, or on one entered now."""

    key: str
    number: str
    version: int
    order: OrderNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReturn:
    """Nothing is left to do for the return."""

    key: str
    number: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """The money given back, the fee kept, and how the return stands."""

    amount: Decimal
    fee: Decimal
    currency: str
    returned: ReturnStands


def refund_return(uow: UnitOfWork, command: RefundReturn, user: User, *, policy: RestockingPolicy = POLICY) -> Refunded:
    """Give money back, once. Before the goods have come only an operations manager may."""
    return uow.commands.once(command.key, command, Refunded, lambda: _refunded(uow, command, user, policy))


def exchange_return(uow: UnitOfWork, command: ExchangeReturn) -> ReturnStands:
    """Say which order brings the customer the goods again; without one it is entered, at no charge."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _exchanged(uow, command))


def close_return(uow: UnitOfWork, command: CloseReturn) -> ReturnStands:
    """End a return."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _closed(uow, command))


def _refunded(uow: UnitOfWork, command: RefundReturn, user: User, policy: RestockingPolicy) -> Refunded:
    percent = policy.percent if command.restocking_percent is None else command.restocking_percent
    if not 0 <= percent <= 100 or len(command.note) > LONGEST_TEXT:
        raise InvalidValueError(
            f"a restocking fee of {percent!r} percent is not one; accepted are 0 to 100", field="restocking_percent"
        )
    given = _early(uow, command, user) if command.before_receipt else _after_receipt(uow, command)
    refund = _refund(uow, command, given, percent=percent)
    uow.returns.refund(given.number, refund)
    after = given if command.before_receipt else replace(given, state=ReturnState.REFUNDED)
    facts = {"amount": refund.amount, "fee": refund.fee, "before_receipt": refund.before_receipt, "note": refund.note}
    saved = uow.returns.save(after, version=command.version, event="return_refunded", facts=facts)
    early = " before anything came" if refund.before_receipt else ""
    tell(uow, given, f"{given.number}: {refund.amount} {refund.currency} given back{early}")
    return Refunded(amount=refund.amount, fee=refund.fee, currency=refund.currency, returned=stands(saved))


def _after_receipt(uow: UnitOfWork, command: RefundReturn) -> Return:
    return stepping(uow, command.number, version=command.version, to=ReturnState.REFUNDED)


def _early(uow: UnitOfWork, command: RefundReturn, user: User) -> Return:
    if user.role not in MAY_NOT_WAIT or user.name != uow.actor:
        raise NotAuthorisedError(
            f"{user.name} may not refund return {command.number} before it came; an operations manager may",
            user=user.name,
        )
    uow.shipments.hold(uow.returns.get(command.number).order)
    given = uow.returns.get(command.number)
    if given.state not in _NOT_YET_RECEIVED:
        raise IllegalTransitionError(
            f"return {given.number} is {given.state}; before receipt it is refunded while authorised or label_sent",
            number=given.number,
        )
    return given


def _refund(uow: UnitOfWork, command: RefundReturn, given: Return, *, percent: Decimal) -> Refund:
    """Each unit at the price of its line, rounded line by line; units that did not come are not paid."""
    lines = {line.line: line for line in uow.orders.lines(given.order)}
    parts = (
        (lines[x.line].unit_price, x.quantity if command.before_receipt else x.received, x.reason) for x in given.lines
    )
    amount, fee = refund_of(parts, restocking_percent=percent)
    return Refund(
        amount=amount,
        fee=fee,
        currency=uow.orders.order(given.order).currency,
        before_receipt=command.before_receipt,
        decided_by=uow.actor,
        note=command.note,
    )


def _exchanged(uow: UnitOfWork, command: ExchangeReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.EXCHANGED)
    if given.wish is not Wish.EXCHANGE or uow.returns.refund_of(given.number) is not None:
        raise InvalidValueError(
            f"return {given.number} is for a {given.wish.value}, or its money was given back; it is not exchanged",
            field="number",
        )
    order = _entered(uow, given) if command.order is None else _theirs(uow, given, command.order)
    after = replace(given, state=ReturnState.EXCHANGED, exchange_order=order)
    facts = {"order": order}
    saved = uow.returns.save(after, version=command.version, event="return_exchanged", facts=facts)
    tell(uow, given, f"{given.number}: the goods come again with order {order}")
    return stands(saved)


def _theirs(uow: UnitOfWork, given: Return, order: OrderNo) -> OrderNo:
    theirs, ours = uow.orders.order(order).customer, uow.orders.order(given.order).customer
    if theirs != ours or order == given.order:
        raise InvalidValueError(
            f"order {order} is not another order of customer {ours} that could bring the goods again", field="order"
        )
    return order


def _entered(uow: UnitOfWork, given: Return) -> OrderNo:
    """The order that brings again what came back, free of charge, as soon as it can."""
    units: dict[ItemCode, int] = {}
    for line in given.lines:
        if line.received:
            units[line.item] = units.get(line.item, 0) + line.received
    if not units:
        raise InvalidValueError(
            f"nothing of return {given.number} came, so nothing is sent again; close it", field="number"
        )
    old = uow.orders.order(given.order)
    soonest = max(business_day(uow), uow.company.settings().as_of)
    wanted = EnterOrder(
        key=f"exchange {given.number}",
        customer=old.customer,
        customer_po=given.number,
        channel=old.channel,
        lines=tuple(
            WantedLine(item=item, quantity=quantity, requested=soonest, unit_price=Decimal(0))
            for item, quantity in sorted(units.items())
        ),
        currency=old.currency,
        ship_from=old.ship_from,
        address=old.address,
        payment_terms="exchange, no charge",
        contact=f"in exchange for return {given.number} of order {given.order}",
    )
    return enter_order(uow, wanted).order


def _closed(uow: UnitOfWork, command: CloseReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.CLOSED)
    paid = uow.returns.refund_of(given.number) is not None
    if given.state is ReturnState.DISPOSED and not paid and any(line.received for line in given.lines):
        raise InvalidValueError(
            f"return {given.number} has no end yet: the customer is owed a {given.wish.value}", field="number"
        )
    after = replace(given, state=ReturnState.CLOSED)
    return stands(uow.returns.save(after, version=command.version, event="return_closed", facts={}))
