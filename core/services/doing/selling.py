"""Doing and undoing changes of order lines: parts, another place, another item; and holds released."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.domain.errors import ConflictError, NotAuthorisedError
from core.domain.holds import HoldNo, why_not_release
from core.domain.ids import LocationCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import Strategy
from core.domain.orders import PromiseRecord, SalesOrderLine
from core.domain.plans import ReleaseHold, ShipFrom, SplitLine, Substitute
from core.domain.prices import PricedLine, PriceSource, PriceStep
from core.domain.schedules import ScheduleLine, ScheduleState
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.holding import release_as
from core.services.pricing import POLICY, why_not_override

_ENDED = (ScheduleState.SHIPPED, ScheduleState.CANCELLED)
PICKABLE = frozenset({OrderState.VALIDATED, OrderState.CONFIRMED, OrderState.ALLOCATED})

MAY_LOSE = frozenset({Strategy.REDISTRIBUTE, Strategy.FILL, Strategy.LOSE})


def movable(uow: UnitOfWork, line: SalesOrderLine) -> bool:
    """Whether the line may get another place or item, or give what it counts on: nothing of it is on its way out, and
    no units are reserved for it that would stay behind."""
    return _stays(uow, line) is None


def may_move(line: SalesOrderLine, *, claimed: bool) -> bool:
    """The same, where it is known whether units are reserved for it."""
    return line.state in PICKABLE and not claimed


def _stays(uow: UnitOfWork, line: SalesOrderLine) -> str | None:
    """Why not."""
    if line.state not in PICKABLE:
        return f"order line {line.order}/{line.line} is {line.state.value}"
    claims = uow.stock.claims_of(line.order, line.line)
    return f"units are reserved for order line {line.order}/{line.line}" if claims else None


def _split(deed: Deed, action: SplitLine) -> str:
    uow = deed.uow
    _promise(deed, action, reason=f"approved plan of {deed.proposal.case}", back=False)
    place = _place(uow, uow.orders.line(action.order, action.line))
    parts = (
        ScheduleLine(day=action.now_on, quantity=action.now_quantity, location=place),
        ScheduleLine(day=action.new, quantity=action.rest_quantity, location=place),
    )
    _set_open(uow, action.order, action.line, parts)
    return (
        f"order line {action.order}/{action.line}: {action.now_quantity} on {action.now_on},"
        f" {action.rest_quantity} on {action.new} instead of {action.old}"
    )


def _join(deed: Deed, action: SplitLine) -> str:
    uow = deed.uow
    _promise(deed, action, reason=f"plan of {deed.proposal.case} undone", back=True)
    place = _place(uow, uow.orders.line(action.order, action.line))
    whole = ScheduleLine(day=action.old, quantity=action.now_quantity + action.rest_quantity, location=place)
    _set_open(uow, action.order, action.line, (whole,))
    return f"order line {action.order}/{action.line} promised whole for {action.old} again"


def _promise(deed: Deed, action: SplitLine, *, reason: str, back: bool) -> None:
    old, new = (action.new, action.old) if back else (action.old, action.new)
    record = PromiseRecord(
        order=action.order, line=action.line, old=old, new=new, reason=reason, proposal=deed.proposal.id
    )
    deed.uow.orders.promise(record)


def _set_open(uow: UnitOfWork, order: OrderNo, line: int, parts: Sequence[ScheduleLine]) -> None:
    ended = [part for part in uow.orders.schedule(order, line) if part.state in _ENDED]
    uow.orders.set_schedule(order, line, [*ended, *parts])


def _parted(uow: UnitOfWork, action: SplitLine) -> str | None:
    line = uow.orders.line(action.order, action.line)
    subject = f"order line {action.order}/{action.line}"
    if line.open_quantity != action.now_quantity + action.rest_quantity:
        return f"units of {subject} have shipped"
    return f"{subject} is promised for {line.due} by now" if line.due != action.new else None


def _split_change(action: SplitLine) -> Change:
    return change(
        "sales order line (split)",
        action.order,
        line=str(action.line),
        item=action.item,
        quantity=f"{action.now_quantity} and {action.rest_quantity}",
        old_date=action.now_on.isoformat(),
        new_date=action.new.isoformat(),
    )


def _ship_from(deed: Deed, action: ShipFrom) -> str:
    _save(deed, action.order, replace(deed.uow.orders.line(action.order, action.line), node=action.new))
    return f"order line {action.order}/{action.line} ships from {action.new} instead of {action.old}"


def _ship_from_old(deed: Deed, action: ShipFrom) -> str:
    _save(deed, action.order, replace(deed.uow.orders.line(action.order, action.line), node=action.old))
    return f"order line {action.order}/{action.line} ships from {action.old} again"


def _placed(uow: UnitOfWork, action: ShipFrom) -> str | None:
    line = uow.orders.line(action.order, action.line)
    if (stays := _stays(uow, line)) is not None:
        return stays
    place = _place(uow, line)
    return None if place == action.new else f"order line {action.order}/{action.line} ships from {place} by now"


def _ship_from_change(action: ShipFrom) -> Change:
    return change(
        "sales order line (ship from)",
        action.order,
        line=str(action.line),
        item=action.item,
        quantity=str(action.quantity),
        origin=action.new,
    )


def _substitute(deed: Deed, action: Substitute) -> str:
    line = deed.uow.orders.line(action.order, action.line)
    new = replace(line, item=action.alternate, ordered=action.new_quantity, unit_price=action.new_price)
    _save(deed, action.order, new)
    _keep_price(deed, new)
    return (
        f"order line {action.order}/{action.line}: {action.new_quantity} {action.alternate} instead of"
        f" {action.quantity} {action.item}"
    )


def _substitute_back(deed: Deed, action: Substitute) -> str:
    line = deed.uow.orders.line(action.order, action.line)
    old = replace(line, item=action.item, ordered=action.quantity, unit_price=action.unit_price)
    _save(deed, action.order, old)
    _keep_price(deed, old)
    return f"order line {action.order}/{action.line} is for {action.quantity} {action.item} again"


def _replaced(uow: UnitOfWork, action: Substitute) -> str | None:
    line = uow.orders.line(action.order, action.line)
    if (stays := _stays(uow, line)) is not None or line.shipped:
        return stays or f"units of order line {action.order}/{action.line} have shipped"
    now = (line.item, line.ordered)
    return (
        None if now == (action.alternate, action.new_quantity) else f"order line {line.order}/{line.line} has changed"
    )


def _substitute_change(action: Substitute) -> Change:
    return change(
        "sales order line (other item)",
        action.order,
        line=str(action.line),
        item=action.alternate,
        quantity=str(action.new_quantity),
        unit_price=str(action.new_price),
    )


def _save(deed: Deed, order: OrderNo, line: SalesOrderLine) -> None:
    """The line as it is from now on; the order keeps what it said before as its earlier version."""
    known = deed.uow.orders.order(order)
    deed.uow.orders.save(known, version=known.version)
    due = deed.uow.orders.line(order, line.line).due
    deed.uow.orders.save_line(line)
    whole = ScheduleLine(day=due, quantity=line.open_quantity, location=_place(deed.uow, line))
    _set_open(deed.uow, order, line.line, (whole,))


def _keep_price(deed: Deed, line: SalesOrderLine) -> None:
    """Where the price of the line comes from now: the plan, in the name of an approver."""
    uow = deed.uow
    if uow.prices.of_line(line.order, line.line) is None:
        return
    user, currency = uow.users.get(min(deed.approval.approvers)), uow.orders.order(line.order).currency
    why = f"plan of {deed.proposal.case}, approval {deed.approval.id}"
    draft = PricedLine(
        item=line.item,
        quantity=line.ordered,
        currency=currency,
        unit_price=line.unit_price,
        found=line.unit_price,
        source=PriceSource.OVERRIDE,
        steps=(PriceStep(words=why, price=line.unit_price),),
        priced_on=uow.company.settings().as_of,
    )
    number = uow.prices.add_override(line.order, line.line, draft, why=why, user=user)
    uow.prices.keep(line.order, line.line, replace(draft, override=number))


def _place(uow: UnitOfWork, line: SalesOrderLine) -> LocationCode:
    return line.node or uow.orders.order(line.order).ship_from


def _release(deed: Deed, action: ReleaseHold) -> str:
    """In the name of an approver who may release it, and who may set the price where the hold is about one."""
    uow = deed.uow
    hold = uow.holds.lock(HoldNo(action.hold))
    people = [uow.users.get(name) for name in sorted(deed.approval.approvers)]
    able = [person for person in people if why_not_release(person, hold) is None]
    if not able:
        raise ConflictError(f"nobody who approved may release hold {action.hold}: {why_not_release(people[0], hold)}")
    person = min(able, key=_sets_no_price)
    try:
        release_as(uow, hold.number, person, why=f"approved plan of {deed.proposal.case}")
    except NotAuthorisedError as error:
        raise ConflictError(f"hold {action.hold} cannot be released by who approved: {error.message}") from error
    return f"hold {action.hold} of order {action.order} released in the name of {person.name}"


def _sets_no_price(person: User) -> bool:
    return why_not_override(person, found=None, price=Decimal(0), policy=POLICY) is not None


def _no_way_back(deed: Deed, action: ReleaseHold) -> str:
    raise ConflictError(f"cannot be undone: {action.way_back}")


SPLIT: Doing[SplitLine] = Doing(do=_split, undo=_join, obstacle=_parted, change=_split_change)
SHIP_FROM: Doing[ShipFrom] = Doing(do=_ship_from, undo=_ship_from_old, obstacle=_placed, change=_ship_from_change)
SUBSTITUTE: Doing[Substitute] = Doing(
    do=_substitute, undo=_substitute_back, obstacle=_replaced, change=_substitute_change
)
RELEASE: Doing[ReleaseHold] = Doing(
    do=_release,
    undo=_no_way_back,
    obstacle=lambda uow, action: f"cannot be undone: {action.way_back}",
    change=lambda action: None,
)
