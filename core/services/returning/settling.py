"""What the customer gets for a return: the money back, less a restocking fee, or the goods again; and its end."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.errors import IllegalTransitionError, InvalidValueError, NotAuthorisedError
from core.domain.ids import OrderNo
from core.domain.returns import Refund, Return, ReturnState, Wish, refund_of
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.returning.requesting import LONGEST_TEXT, ReturnStands, stands, stepping, tell

# Who may give money back before anything has come; everybody else waits for the goods.
MAY_NOT_WAIT = frozenset({Role.OPERATIONS_MANAGER})
_NOT_YET_RECEIVED = frozenset({ReturnState.AUTHORISED, ReturnState.LABEL_SENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReturn:
    """Give the money back for what came, less the restocking fee in percent where the return is not our doing.

    `before_receipt` gives it for what was asked back, although nothing has come yet.
    """

    key: str
    number: str
    version: int
    restocking_percent: Decimal = Decimal(0)
    before_receipt: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeReturn:
    """The goods again instead of the money, on an order that was entered for it."""

    key: str
    number: str
    version: int
    order: OrderNo


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


def refund_return(uow: UnitOfWork, command: RefundReturn, user: User) -> Refunded:
    """Give money back, once. Before the goods have come only an operations manager may."""
    return uow.commands.once(command.key, command, Refunded, lambda: _refunded(uow, command, user))


def exchange_return(uow: UnitOfWork, command: ExchangeReturn) -> ReturnStands:
    """Say which order brings the customer the goods again."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _exchanged(uow, command))


def close_return(uow: UnitOfWork, command: CloseReturn) -> ReturnStands:
    """End a return."""
    return uow.commands.once(command.key, command, ReturnStands, lambda: _closed(uow, command))


def _refunded(uow: UnitOfWork, command: RefundReturn, user: User) -> Refunded:
    if not 0 <= command.restocking_percent <= 100 or len(command.note) > LONGEST_TEXT:
        raise InvalidValueError(
            f"a restocking fee of {command.restocking_percent!r} percent is not one; accepted are 0 to 100",
            field="restocking_percent",
        )
    given = _early(uow, command, user) if command.before_receipt else _after_receipt(uow, command)
    refund = _refund(uow, command, given)
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


def _refund(uow: UnitOfWork, command: RefundReturn, given: Return) -> Refund:
    """Each unit at the price of its line, rounded line by line; units that did not come are not paid."""
    lines = {line.line: line for line in uow.orders.lines(given.order)}
    parts = (
        (lines[x.line].unit_price, x.quantity if command.before_receipt else x.received, x.reason) for x in given.lines
    )
    amount, fee = refund_of(parts, restocking_percent=command.restocking_percent)
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
    theirs, ours = uow.orders.order(command.order).customer, uow.orders.order(given.order).customer
    if theirs != ours or command.order == given.order:
        raise InvalidValueError(
            f"order {command.order} is not another order of customer {ours} that could bring the goods again",
            field="order",
        )
    after = replace(given, state=ReturnState.EXCHANGED, exchange_order=command.order)
    facts = {"order": command.order}
    saved = uow.returns.save(after, version=command.version, event="return_exchanged", facts=facts)
    tell(uow, given, f"{given.number}: the goods come again with order {command.order}")
    return stands(saved)


def _closed(uow: UnitOfWork, command: CloseReturn) -> ReturnStands:
    given = stepping(uow, command.number, version=command.version, to=ReturnState.CLOSED)
    paid = uow.returns.refund_of(given.number) is not None
    if given.state is ReturnState.DISPOSED and not paid and any(line.received for line in given.lines):
        raise InvalidValueError(
            f"return {given.number} has no end yet: the customer is owed a {given.wish.value}", field="number"
        )
    after = replace(given, state=ReturnState.CLOSED)
    return stands(uow.returns.save(after, version=command.version, event="return_closed", facts={}))
