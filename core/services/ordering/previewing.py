"""What an amendment would do to an order, computed from the books as they are; nothing is changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import assert_never

from core.domain.amendments import (
    BEFORE_PICKING,
    COMMITTED,
    Amendment,
    AmendmentPreview,
    CancelOpen,
    Change,
    ChangeAddress,
    ChangeDate,
    ChangeItem,
    ChangeQuantity,
    Consequence,
    FreedClaim,
    fence_of,
    state_after_cancelling,
    state_after_change,
)
from core.domain.checking_values import checked
from core.domain.errors import IllegalTransitionError, InvalidValueError
from core.domain.ids import ItemCode
from core.domain.items import Item
from core.domain.money import rounded
from core.domain.order_life import OrderState, overall
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.price_search import NoPrice
from core.domain.prices import line_total
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.needless import needless
from core.ports.storage import UnitOfWork
from core.services.fulfilment.underway import being_sent
from core.services.pricing import prices_of

LONGEST_REASON = 2000
_TOUCHABLE = " or ".join(state for state in OrderState if state in BEFORE_PICKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One change worked out: what it means, the lines as they are after it, and whether holds are looked for again."""

    change: Change
    consequence: Consequence
    lines: tuple[SalesOrderLine, ...] = ()
    looks_again: bool = False


def preview_amendment(uow: UnitOfWork, amendment: Amendment) -> AmendmentPreview:
    """Everything the amendment would do, with the digest that `amend` takes.

    InvalidValueError for a change that means nothing, IllegalTransitionError for a line that is too far for it.
    """
    checked(amendment)
    return preview_of(uow, amendment, outcomes_of(uow, amendment))


def outcomes_of(uow: UnitOfWork, amendment: Amendment) -> tuple[Outcome, ...]:
    """Every change worked out, in the order given; a cancellation of the whole order is one of each line."""
    order, lines = uow.orders.order(amendment.order), uow.orders.lines(amendment.order)
    known = {line.line: line for line in lines}
    changes = _single(amendment, order, known)
    fresh = max(known, default=0)
    outcomes: list[Outcome] = []
    for change in changes:
        fresh += isinstance(change, ChangeItem)
        outcomes.append(_outcome(uow, order, known, change, fresh=fresh))
    return tuple(outcomes)


def preview_of(uow: UnitOfWork, amendment: Amendment, outcomes: Sequence[Outcome]) -> AmendmentPreview:
    """The outcomes together."""
    order, lines = uow.orders.order(amendment.order), uow.orders.lines(amendment.order)
    after = {line.line: line for line in lines} | {line.line: line for one in outcomes for line in one.lines}
    return AmendmentPreview(
        order=order.number,
        version=order.version,
        currency=order.currency,
        consequences=tuple(one.consequence for one in outcomes),
        value_before=_value(lines),
        value_after=_value(after.values()),
        needs_person=any(one.consequence.fence is not None for one in outcomes),
        state_after=overall(line.state for line in after.values()),
    ).sealed()


def _single(amendment: Amendment, order: SalesOrder, known: Mapping[int, SalesOrderLine]) -> tuple[Change, ...]:
    if not amendment.reason.strip() or len(amendment.reason) > LONGEST_REASON or "\0" in amendment.reason:
        raise InvalidValueError(f"an amendment needs a reason of 1 to {LONGEST_REASON} characters", field="reason")
    changes: list[Change] = []
    for change in amendment.changes:
        if isinstance(change, CancelOpen) and change.line is None:
            changes += [CancelOpen(line=line.line) for line in known.values() if line.open_quantity]
        else:
            changes.append(change)
    if not changes:
        raise InvalidValueError(
            f"nothing of order {order.number} is to change, or nothing of it is open; accepted is one change or more"
        )
    touched = [None if isinstance(change, ChangeAddress) else change.line for change in changes]
    if len(set(touched)) < len(touched):
        raise InvalidValueError(f"order {order.number} has two changes of one line; accepted is one of each")
    for number in touched:
        if number is not None and number not in known:
            accepted = ", ".join(map(str, known))
            raise InvalidValueError(
                f"order {order.number} has no line {number!r}; accepted are {accepted}", line=number
            )
    return tuple(changes)


def _outcome(
    uow: UnitOfWork, order: SalesOrder, known: Mapping[int, SalesOrderLine], change: Change, *, fresh: int
) -> Outcome:
    if isinstance(change, ChangeAddress):
        return _address(uow, order, known, change)
    assert change.line is not None, "a cancellation of the whole order was taken apart before"
    line = known[change.line]
    if line.state not in BEFORE_PICKING:
        raise IllegalTransitionError(
            f"order line {order.number}/{line.line} is {line.state} and cannot be changed any more; it can while it is"
            f" {_TOUCHABLE}",
            order=order.number,
            line=line.line,
        )
    if shipment := being_sent(uow, order.number).get(line.line):
        raise IllegalTransitionError(
            f"order line {order.number}/{line.line} is in shipment {shipment}, which has not left; cancel that shipment"
            " first, then the line can be changed",
            order=order.number,
            line=line.line,
            shipment=shipment,
        )
    today, item = uow.company.settings().as_of, uow.company.item(line.item)
    match change:
        case ChangeQuantity():
            return _quantity(uow, order, line, change, item=item, today=today)
        case ChangeDate():
            return _date(uow, line, change, item=item, today=today)
        case ChangeItem():
            return _item(uow, order, line, change, item=item, today=today, fresh=fresh)
        case CancelOpen():
            return _cancel(uow, line, change, item=item, today=today)
        case _:
            assert_never(change)


def _quantity(
    uow: UnitOfWork, order: SalesOrder, line: SalesOrderLine, change: ChangeQuantity, *, item: Item, today: date
) -> Outcome:
    done = line.shipped + line.cancelled
    wrong = isinstance(change.quantity, bool) or not done < change.quantity <= LARGEST_QUANTITY
    if wrong or change.quantity == line.ordered:
        raise InvalidValueError(
            f"order line {line.order}/{line.line} cannot be for {change.quantity!r}; accepted is {done + 1} to"
            f" {LARGEST_QUANTITY}, other than {line.ordered}",
            field="quantity",
            line=line.line,
        )
    wanted = replace(line, ordered=change.quantity)
    price = _price(uow, order, line, wanted)
    line_total(price, change.quantity)
    less = change.quantity < line.ordered
    state = line.state if less else state_after_change(line)
    freed = _over(uow, line, keep=wanted.open_quantity) if less else _all(uow, line)
    told = (
        f"quantity {line.ordered} -> {change.quantity} {item.unit}",
        _priced(line.unit_price, price, order.currency),
        "" if less else _again(line),
        _given_back(freed),
    )
    after = replace(wanted, unit_price=price, state=state)
    dropped = _too_many(uow, line, left=wanted.open_quantity) if less else _planned(uow, line)
    outcome = _result(line, change, after, told, freed, item=item, today=today, dropped=dropped)
    return replace(outcome, looks_again=not less or price != line.unit_price)


def _date(uow: UnitOfWork, line: SalesOrderLine, change: ChangeDate, *, item: Item, today: date) -> Outcome:
    if change.requested < today or change.requested == line.requested:
        raise InvalidValueError(
            f"order line {line.order}/{line.line} cannot be requested for {change.requested}; accepted is {today} or"
            f" later, other than {line.requested}",
            field="requested",
            line=line.line,
        )
    freed = _all(uow, line)
    told = (
        f"requested {line.requested} -> {change.requested}",
        f"promised {line.promised} until it is promised again" if line.promised else "",
        _again(line),
        _given_back(freed),
    )
    after = replace(line, requested=change.requested, state=state_after_change(line))
    dropped = _planned(uow, line)
    return _result(line, change, after, told, freed, item=item, today=today, dropped=dropped, due=(change.requested,))


def _item(
    uow: UnitOfWork,
    order: SalesOrder,
    line: SalesOrderLine,
    change: ChangeItem,
    *,
    item: Item,
    today: date,
    fresh: int,
) -> Outcome:
    other = uow.catalogue.named(change.item, customer=order.customer)
    if other is None or other.phantom or other.code == line.item:
        raise InvalidValueError(
            f"item {change.item!r} cannot take the place of {line.item} on order line {line.order}/{line.line};"
            " accepted is the code of another item that is sold",
            field="item",
            line=line.line,
        )
    freed, units = _all(uow, line), line.open_quantity
    new = _in_its_place(line, other.code, units=units, number=fresh)
    found = prices_of(uow, order, (new,))[0]
    if isinstance(found, NoPrice):
        raise InvalidValueError(f"item {other.code} has no price: {found.why}", field="item", line=line.line)
    new = replace(new, unit_price=found.unit_price)
    told = (
        f"{units} {item.unit} of {line.item} cancelled, line {fresh} is for {units} {other.unit} of {other.code}",
        _priced(line.unit_price, new.unit_price, order.currency),
        "to be promised",
        _given_back(freed),
    )
    old = replace(line, cancelled=line.cancelled + units, state=state_after_cancelling(line))
    outcome = _result(line, change, old, told, freed, item=item, today=today, dropped=_planned(uow, line))
    return replace(outcome, lines=(old, new), looks_again=True)


def _cancel(uow: UnitOfWork, line: SalesOrderLine, change: CancelOpen, *, item: Item, today: date) -> Outcome:
    freed, units = _all(uow, line), line.open_quantity
    left = f"{line.shipped} {item.unit} have shipped and stay" if line.shipped else ""
    told = (f"{units} {item.unit} of {line.item} cancelled", left, _given_back(freed))
    after = replace(line, cancelled=line.cancelled + units, state=state_after_cancelling(line))
    return _result(line, change, after, told, freed, item=item, today=today, dropped=_planned(uow, line))


def _address(uow: UnitOfWork, order: SalesOrder, known: Mapping[int, SalesOrderLine], change: ChangeAddress) -> Outcome:
    text = change.address
    if not text.strip() or not text.isprintable() or len(text) > 400 or text == order.address:
        raise InvalidValueError(
            f"address {text!r} is not another address of order {order.number}; accepted is the code of one",
            field="address",
        )
    packed = [line.line for line in known.values() if line.state in (OrderState.PICKED, OrderState.PACKED)]
    if packed or all(line.state not in BEFORE_PICKING for line in known.values()):
        raise IllegalTransitionError(
            f"order {order.number} is being sent or was; its address can be changed before a line is picked",
            order=order.number,
        )
    today = uow.company.settings().as_of
    waiting = [line for line in known.values() if line.state in BEFORE_PICKING]
    fences = [fence_of(line, uow.company.item(line.item), today=today) for line in waiting]
    fence = max((day for day in fences if day is not None), default=None)
    words = f"address {order.address or 'not given'} -> {text}" + _frozen(fence)
    consequence = Consequence(line=None, words=words, fence=fence)
    return Outcome(change=change, consequence=consequence, looks_again=True)


def _result(
    line: SalesOrderLine,
    change: Change,
    after: SalesOrderLine,
    told: Iterable[str],
    freed: tuple[FreedClaim, ...],
    *,
    item: Item,
    today: date,
    dropped: tuple[str, ...],
    due: tuple[date, ...] = (),
) -> Outcome:
    fence = fence_of(line, item, today=today, due=due)
    planned = f"planned for it and dropped: {', '.join(dropped)}" if dropped else ""
    words = "; ".join(part for part in (*told, planned) if part) + _frozen(fence)
    consequence = Consequence(
        line=line.line,
        words=words,
        state=after.state,
        price=after.unit_price,
        freed=freed,
        dropped=dropped,
        fence=fence,
    )
    return Outcome(change=change, consequence=consequence, lines=(after,))


def _in_its_place(line: SalesOrderLine, item: ItemCode, *, units: int, number: int) -> SalesOrderLine:
    state = line.state if line.state in (OrderState.DRAFT, OrderState.ON_HOLD) else OrderState.VALIDATED
    return SalesOrderLine(
        order=line.order,
        line=number,
        item=item,
        ordered=units,
        unit_price=Decimal(0),
        requested=line.requested,
        state=state,
        held_from=OrderState.VALIDATED if state is OrderState.ON_HOLD else None,
        latest_acceptable=line.latest_acceptable,
        cancel_after=line.cancel_after,
        line_set=line.line_set,
        set_rule=line.set_rule,
        minimum_shipment=min(line.minimum_shipment, units),
        strategy=line.strategy,
        node=line.node,
    )


def _price(uow: UnitOfWork, order: SalesOrder, line: SalesOrderLine, wanted: SalesOrderLine) -> Decimal:
    """A price that was the one found is found again for the new quantity; any other was agreed, and stays."""
    now, then = prices_of(uow, order, (line,))[0], prices_of(uow, order, (wanted,))[0]
    if isinstance(now, NoPrice) or isinstance(then, NoPrice) or now.unit_price != line.unit_price:
        return line.unit_price
    return then.unit_price


def _all(uow: UnitOfWork, line: SalesOrderLine) -> tuple[FreedClaim, ...]:
    return _over(uow, line, keep=0)


def _over(uow: UnitOfWork, line: SalesOrderLine, *, keep: int) -> tuple[FreedClaim, ...]:
    """What is held beyond so many units, the newest claims first."""
    claims = uow.stock.claims_of(line.order, line.line)
    over = sum(claim.held for claim in claims) - keep
    freed: list[FreedClaim] = []
    for claim in reversed(claims):
        units = min(over, claim.held)
        if units > 0:
            freed.append(
                FreedClaim(reference=claim.reference, item=claim.item, location=claim.location, quantity=units)
            )
            over -= units
    return tuple(freed)


def _planned(uow: UnitOfWork, line: SalesOrderLine) -> tuple[str, ...]:
    """The orders that confirming planned for a line (it names them so) and that nobody has placed."""
    named = f"PP-{line.order}-{line.line}."
    return tuple(sorted(order.number for order in uow.planned_orders.waiting() if order.number.startswith(named)))


def _too_many(uow: UnitOfWork, line: SalesOrderLine, *, left: int) -> tuple[str, ...]:
    """Of those, the ones that fewer units do not need."""
    if not _planned(uow, line):
        return ()
    made = uow.promises.made(line.order, line.line)
    return needless(uow.snapshot(), line.order, line.line, left=left, pegs=made[-1].pegs if made else ())


def _value(lines: Iterable[SalesOrderLine]) -> Decimal:
    return sum((rounded(line.unit_price * (line.ordered - line.cancelled)) for line in lines), Decimal(0))


def _again(line: SalesOrderLine) -> str:
    return "to be confirmed again" if line.state in COMMITTED or line.held_from in COMMITTED else ""


def _priced(old: Decimal, new: Decimal, currency: str) -> str:
    return f"unit price {old:.4f} -> {new:.4f} {currency}" if old != new else ""


def _given_back(freed: Iterable[FreedClaim]) -> str:
    told = ", ".join(f"{claim.quantity} {claim.item} at {claim.location}" for claim in freed)
    return f"given back: {told}" if told else ""


def _frozen(fence: date | None) -> str:
    return f"; frozen until {fence}: a planner has to agree" if fence is not None else ""
