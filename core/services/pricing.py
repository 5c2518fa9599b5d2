"""Pricing: what an item costs a customer, prices kept with their source, and prices set by people with authority."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain.checking_values import checked_value
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.hold_checks import ENTRY_POLICY, EntryPolicy, within_tolerance
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.price_search import NoPrice, PriceAsk, price_of, search_price
from core.domain.prices import PricedLine, PriceSource, PriceStep, checked_price, line_total
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork

LONGEST_REASON = 2000
_PRICE_SETTLED = frozenset({OrderState.INVOICED, OrderState.CLOSED, OrderState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePolicy:
    """Who may set a price: some roles up to so many percent off the price found, either way, others any."""

    some_roles: tuple[Role, ...] = (Role.CUSTOMER_SERVICE,)
    some_percent: Decimal = Decimal(5)
    any_roles: tuple[Role, ...] = (Role.OPERATIONS_MANAGER, Role.FINANCE)


POLICY = PricePolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverridePrice:
    """Sell an order line at this price. `version` is the version of the order that was read."""

    key: str
    order: OrderNo
    line: int
    unit_price: Decimal
    why: str
    version: int


def price_line(
    uow: UnitOfWork,
    *,
    customer: CustomerCode,
    item: ItemCode,
    quantity: int,
    on: date,
    currency: str,
    channel: Channel | None = None,
) -> PricedLine:
    """The price of so many units with its source and steps; price_of says what is refused."""
    checked_value(customer, CustomerCode, name="customer")
    checked_value(item, ItemCode, name="item")
    checked_value(quantity, int, name="quantity")
    checked_value(on, date, name="on")
    checked_value(currency, str, name="currency")
    checked_value(channel, Channel | None, name="channel")
    ask = PriceAsk(
        customer=uow.company.customer(customer),
        item=uow.company.item(item),
        quantity=quantity,
        on=on,
        currency=currency,
        channel=None if channel is None else channel.value,
    )
    return price_of(ask, uow.prices.book(item))


def prices_of(uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> tuple[PricedLine | NoPrice, ...]:
    """What the lines of an order should cost on its order date, in the order of the lines.

    A price that a person set holds as long as item and quantity of the line are what they were.
    """
    return tuple(_agreed(uow, order, line) or _searched(uow, order, line) for line in lines)


def keep_prices(
    uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine], *, entry: EntryPolicy = ENTRY_POLICY
) -> tuple[PricedLine | NoPrice, ...]:
    """Write down where the price of each line comes from; to be called whenever lines were entered or changed.

    A price that is not the one found is the customer's word: accepted within the tolerance, else kept as stated, which
    nobody has agreed to yet.
    """
    found = prices_of(uow, order, lines)
    for line, price in zip(lines, found, strict=True):
        if isinstance(price, NoPrice) or price.unit_price != line.unit_price:
            sold = _stated(order, line, price, percent=entry.price_tolerance_percent)
        else:
            sold = price
        if sold != uow.prices.of_line(order.number, line.line):
            uow.prices.keep(order.number, line.line, sold)
    return found


def keep_for_fewer(uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine]) -> frozenset[int]:
    """Write down the prices of lines, priced here, that are for fewer units at the price they had.

    The answer is the lines whose price the books do not say any more, so that somebody has to agree to it.
    """
    priced = [line for line in lines if uow.prices.of_line(order.number, line.line) is not None]
    keep_prices(uow, order, priced)
    now = {line.line: uow.prices.of_line(order.number, line.line) for line in priced}
    return frozenset(number for number, price in now.items() if price and price.source is PriceSource.STATED)


def accept_stated(
    uow: UnitOfWork, number: OrderNo, line: int | None, user: User, *, why: str, policy: PricePolicy = POLICY
) -> None:
    """A person agrees to the prices that the customer states for a line, or for every line; each is an override.

    Prices that are found by now need no agreement. NotAuthorisedError when the person may not set one of them.
    """
    order = uow.orders.order(number)
    lines = [one for one in uow.orders.lines(number) if line in (None, one.line)]
    priced_here = [one for one in lines if uow.prices.of_line(number, one.line) is not None]
    for one, found in zip(priced_here, keep_prices(uow, order, priced_here), strict=True):
        kept = uow.prices.of_line(number, one.line)
        if kept is not None and kept.source is PriceSource.STATED:
            _check_authority(user, one, found, price=one.unit_price, policy=policy)
            _keep_override(uow, order, one, found, price=one.unit_price, why=why, user=user)


def override_price(uow: UnitOfWork, command: OverridePrice, *, policy: PricePolicy = POLICY) -> PricedLine:
    """Sell a line at another price than the one found, on the authority of the one who acts, for a reason.

    NotAuthorisedError when role or percent do not allow it, ConflictError when the order is at another version or the
    line is invoiced; after any of them nothing has changed.
    """
    return uow.commands.once(command.key, command, PricedLine, lambda: _override(uow, command, policy))


def why_not_override(user: User, *, found: Decimal | None, price: Decimal, policy: PricePolicy) -> str | None:
    """Why this person may not set the price, None when the person may. `found` is None where no price was found."""
    if not user.is_person or not user.active:
        return f"{user.name!r} ({user.role}) sets no prices; only people who are active do"
    if user.role in policy.any_roles:
        return None
    may = " or ".join(role.value for role in policy.any_roles)
    if user.role not in policy.some_roles:
        return f"role {user.role.value!r} may not set prices; {may} may"
    if found is None:
        return f"no price was found to compare {price} with; only {may} may set one"
    if abs(price - found) * 100 > found * policy.some_percent:
        limit = f"{policy.some_percent.normalize():f} %"
        return f"{price} is more than {limit} off the {found} found, the limit of {user.role.value!r}; {may} may"
    return None


def _agreed(uow: UnitOfWork, order: SalesOrder, line: SalesOrderLine) -> PricedLine | None:
    kept = uow.prices.of_line(order.number, line.line)
    if kept is None or kept.source is not PriceSource.OVERRIDE:
        return None
    same = (kept.item, kept.quantity, kept.currency) == (line.item, line.ordered, order.currency)
    return kept if same else None


def _searched(uow: UnitOfWork, order: SalesOrder, line: SalesOrderLine) -> PricedLine | NoPrice:
    ask = PriceAsk(
        customer=uow.company.customer(order.customer),
        item=uow.company.item(line.item),
        quantity=line.ordered,
        on=order.order_date,
        currency=order.currency,
        channel=order.channel.value,
    )
    return search_price(ask, uow.prices.book(line.item))


def _stated(order: SalesOrder, line: SalesOrderLine, found: PricedLine | NoPrice, *, percent: Decimal) -> PricedLine:
    words = f"stated by the customer: {line.unit_price:.4f} {order.currency}"
    against = found.why if isinstance(found, NoPrice) else f"{found.reference} makes it {found.unit_price:.4f}"
    near = isinstance(found, PricedLine) and within_tolerance(line.unit_price, found.unit_price, percent)
    accepted = f", within {percent.normalize():f} %" if near else ""
    return PricedLine(
        item=line.item,
        quantity=line.ordered,
        currency=order.currency,
        unit_price=line.unit_price,
        found=line.unit_price if isinstance(found, NoPrice) else found.unit_price,
        source=PriceSource.ACCEPTED if near else PriceSource.STATED,
        steps=(PriceStep(words=f"{words}; {against}{accepted}", price=line.unit_price),),
        priced_on=order.order_date,
    )


def _override(uow: UnitOfWork, command: OverridePrice, policy: PricePolicy) -> PricedLine:
    price = checked_price(command.unit_price)
    if not command.why.strip() or len(command.why) > LONGEST_REASON:
        raise InvalidValueError(f"an override needs a reason of 1 to {LONGEST_REASON} characters", field="why")
    order, line = uow.orders.order(command.order), uow.orders.line(command.order, command.line)
    if line.state in _PRICE_SETTLED or line.invoiced:
        raise ConflictError(f"order line {command.order}/{command.line} is {line.state}; its price is settled")
    line_total(price, line.ordered)
    user, found = uow.users.get(uow.actor), _searched(uow, order, line)
    _check_authority(user, line, found, price=price, policy=policy)
    uow.orders.save(order, version=command.version)
    uow.orders.save_line(replace(line, unit_price=price))
    return _keep_override(uow, order, line, found, price=price, why=command.why, user=user)


def _check_authority(
    user: User, line: SalesOrderLine, found: PricedLine | NoPrice, *, price: Decimal, policy: PricePolicy
) -> None:
    known = None if isinstance(found, NoPrice) else found.unit_price
    problem = why_not_override(user, found=known, price=price, policy=policy)
    if problem is not None:
        raise NotAuthorisedError(problem, order=line.order, line=line.line)


def _keep_override(
    uow: UnitOfWork,
    order: SalesOrder,
    line: SalesOrderLine,
    found: PricedLine | NoPrice,
    *,
    price: Decimal,
    why: str,
    user: User,
) -> PricedLine:
    before = () if isinstance(found, NoPrice) else found.steps
    words = f"set to {price:.4f} {order.currency} by {user.name} ({user.role.value}): {why}"
    draft = PricedLine(
        item=line.item,
        quantity=line.ordered,
        currency=order.currency,
        unit_price=price,
        found=price if isinstance(found, NoPrice) else found.unit_price,
        source=PriceSource.OVERRIDE,
        steps=(*before, PriceStep(words=words, price=price)),
        priced_on=order.order_date,
    )
    number = uow.prices.add_override(order.number, line.line, draft, why=why, user=user)
    priced = replace(draft, override=number)
    uow.prices.keep(order.number, line.line, priced)
    return priced
