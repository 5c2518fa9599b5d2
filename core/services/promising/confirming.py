"""Confirming an order: each line is promised, its stock reserved and its dates written, in one transaction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from core.domain.errors import CannotPromiseError, IllegalTransitionError, InvalidValueError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.planned_orders import PlannedKind, PlannedOrder
from core.domain.promises import PromiseMade, PromiseReason
from core.domain.promising import Ask, DatedQuantity, Promise, TrialKind
from core.domain.schedules import ScheduleLine, ScheduleState
from core.domain.stock import Claim, ReservationKind
from core.domain.timeline import TimelineEntry, TimelineKind
from core.planning.promising import Book, open_book, promise, promise_together
from core.planning.promising.quoting import from_stock
from core.planning.snapshot import Snapshot
from core.ports.storage import UnitOfWork
from core.services.allocating.quotas import take_for
from core.services.costing import cost_lines, written
from core.services.promising.desk_rules import desk_rules
from core.services.promising.quoting import retried, take_up

_PLANNED = {
    TrialKind.BUY: PlannedKind.PURCHASE,
    TrialKind.MAKE: PlannedKind.WORK,
    TrialKind.MOVE: PlannedKind.TRANSFER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder:
    """Promise all lines of a validated order, taking up a quote of theirs if they have one."""

    key: str
    order: OrderNo
    version: int
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineConfirmed:
    """A line: the day all of it is promised for, and its parts."""

    line: int
    promised: date
    dates: tuple[DatedQuantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderConfirmed:
    """The order is confirmed with these promises; `planned` are the orders that have to be placed for them."""

    order: OrderNo
    lines: tuple[LineConfirmed, ...]
    planned: tuple[str, ...]


def confirm(uow: UnitOfWork, command: ConfirmOrder) -> OrderConfirmed:
    """Confirm an order. CannotPromiseError, and nothing is changed, when a unit of it has no day;
    QuotaExhaustedError when a quota that limits a line has too little left.

    Stock is reserved for the line, supply that must be ordered is kept as planned orders that only promising counts:
    people place them. Whoever confirms at the same time waits, so nothing is promised twice.
    """
    uow.promises.take_turn()
    early = uow.snapshot()  # a transaction that has written must read the books, one that has not has them at hand
    return uow.commands.once(command.key, command, OrderConfirmed, lambda: _confirm(uow, command, early))


def could_be_promised(uow: UnitOfWork, number: OrderNo) -> Mapping[int, Promise]:
    """What confirming an order would promise now, by line; nothing for one that cannot be confirmed as it is. Nothing
    is written."""
    order = uow.orders.order(number)
    if order.kind is not OrderKind.ORDER or order.state is not OrderState.VALIDATED:
        return {}
    lines = [line for line in uow.orders.lines(number) if line.state is OrderState.VALIDATED and line.open_quantity]
    book = open_book(uow.snapshot(), desk_rules(uow), without=frozenset((str(number), line.line) for line in lines))
    return _answers(book, order, lines, {line.line: _ask(order, line) for line in lines})


def _confirm(uow: UnitOfWork, command: ConfirmOrder, early: Snapshot) -> OrderConfirmed:
    order = uow.orders.lock(command.order, version=command.version)
    if order.kind is not OrderKind.ORDER:
        raise InvalidValueError(f"order {order.number} is a {order.kind.value}; place it first", field="order")
    if order.state is not OrderState.VALIDATED:
        raise IllegalTransitionError(
            f"order {order.number} is {order.state.value!r}; only a 'validated' one is confirmed"
        )
    every = uow.orders.lines(order.number)
    take_for(uow, order.number, every)
    if command.quote is not None:
        take_up(uow, command.quote, customer=order.customer)
    lines = [line for line in every if line.state is OrderState.VALIDATED and line.open_quantity]
    freed = _freed(uow, order, every, [line.line for line in lines])
    readings = chain(() if freed or command.quote else (early,), iter(uow.snapshot, None))
    answer = retried(lambda: _promised(uow, order, lines, next(readings)), what=f"order {order.number}")
    last = max((line.promised for line in answer.lines), default=None)
    on = uow.company.settings().as_of if last is None else last
    written(uow, order.number, cost_lines(uow, order, every, on=on))
    return answer


def _freed(uow: UnitOfWork, order: SalesOrder, every: Sequence[SalesOrderLine], confirmed: Sequence[int]) -> bool:
    """Give back what the lines hold for a time; a line on hold keeps its own."""
    held = any(line.state is OrderState.ON_HOLD for line in every)
    lines = confirmed if held else [None]
    given = [uow.stock.release_claims(order.number, line, ReservationKind.TIME_BOXED) for line in lines]
    return any(given)


def _promised(
    uow: UnitOfWork, order: SalesOrder, lines: Sequence[SalesOrderLine], snapshot: Snapshot
) -> OrderConfirmed:
    keys = frozenset((str(order.number), line.line) for line in lines)
    book = open_book(snapshot, desk_rules(uow), without=keys)
    asks = {line.line: _ask(order, line) for line in lines}
    answers = _answers(book, order, lines, asks)
    _refuse_unpromised(order, answers)
    units = {
        line.line: from_stock(book, asks[line.line], answers[line.line].pegs, lying=uow.stock.available)
        for line in lines
    }
    claims = [_claim(order, line, asks[line.line], units[line.line]) for line in lines if units[line.line]]
    if claims:
        uow.stock.reserve_many(claims)
    planned = [name for line in lines for name in _plan(uow, line, answers[line.line])]
    made = [_made(book, line, answers[line.line]) for line in lines]
    uow.promises.keep(order.number, made)
    for line in lines:
        uow.orders.set_schedule(order.number, line.line, _schedule(line, answers[line.line]))
    uow.orders.advance(order.number, None, to=OrderState.CONFIRMED, why="promised")
    for one in made:
        text = f"promised for {one.new}: {one.reason}"
        uow.orders.tell(order.number, TimelineEntry(kind=TimelineKind.PROMISE, text=text, line=one.line))
    return OrderConfirmed(
        order=order.number,
        lines=tuple(LineConfirmed(line=m.line, promised=m.new, dates=m.schedule) for m in made),
        planned=tuple(planned),
    )


def _ask(order: SalesOrder, line: SalesOrderLine) -> Ask:
    latest = line.latest_acceptable
    return Ask(
        item=line.item,
        location=line.node or order.ship_from,
        quantity=line.open_quantity,
        requested=line.requested,
        minimum_shipment=min(line.minimum_shipment, line.open_quantity),
        partial=order.allow_partial,
        max_lateness=None if latest is None else max(0, (latest - line.requested).days),
    )


def _answers(
    book: Book, order: SalesOrder, lines: Sequence[SalesOrderLine], asks: Mapping[int, Ask]
) -> dict[int, Promise]:
    """Sets of lines, or all of a ship-complete order, leave together; the others one by one."""
    sets: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for line in lines:
        together = "order" if order.ship_complete else line.line_set
        sets[(0, together) if together else (line.line, "")].append(line.line)
    found: dict[int, Promise] = {}
    for (alone, _), numbers in sets.items():
        these = [asks[number] for number in numbers]
        answers = (promise(book, these[0]),) if alone else promise_together(book, these)
        found |= dict(zip(numbers, answers, strict=True))
    return found


def _refuse_unpromised(order: SalesOrder, answers: Mapping[int, Promise]) -> None:
    lacking = {number: answer for number, answer in sorted(answers.items()) if answer.complete is None}
    if not lacking:
        return
    said = "; ".join(
        f"line {number}: {answer.unplannable} units have no day ({answer.reasons[-1].text})"
        for number, answer in lacking.items()
    )
    raise CannotPromiseError(
        f"order {order.number} cannot be promised: {said}",
        lines={number: [reason.text for reason in answer.reasons] for number, answer in lacking.items()},
    )


def _claim(order: SalesOrder, line: SalesOrderLine, ask: Ask, units: int) -> Claim:
    return Claim(
        item=ask.item,
        location=ask.location,
        quantity=units,
        reference=f"{order.number}/{line.line}",
        order=order.number,
        line=line.line,
        cause="confirmed",
    )


def _plan(uow: UnitOfWork, line: SalesOrderLine, answer: Promise) -> list[str]:
    """The orders still to be placed, kept so that nobody else is promised what they will take."""
    if not answer.commands:
        return []
    revision, names = len(uow.promises.made(line.order, line.line)) + 1, list[str]()
    for n, trial in enumerate(answer.commands, start=1):
        name = f"PP-{line.order}-{line.line}.{revision}-{n}"
        planned = PlannedOrder(
            number=name,
            kind=_PLANNED[trial.kind],
            item=trial.item,
            location=trial.location,
            quantity=trial.quantity,
            start=trial.begin,
            due=trial.due,
            supplier=trial.supplier,
            origin=trial.origin,
            promisable=True,
        )
        uow.planned_orders.add(planned)
        names.append(name)
    return names


def _made(book: Book, line: SalesOrderLine, answer: Promise) -> PromiseMade:
    assert answer.complete is not None
    on_time = answer.complete <= line.requested
    why = next((reason.text for reason in answer.reasons), "later than asked")
    return PromiseMade(
        order=line.order,
        line=line.line,
        old=line.promised,
        new=answer.complete,
        code=PromiseReason.AS_ASKED if on_time else PromiseReason.LATER_THAN_ASKED,
        reason="as asked" if on_time else why,
        schedule=answer.dates,
        constraints=answer.reasons,
        pegs=answer.pegs,
        commands=answer.commands,
        rule_versions=_versions(book),
    )


def _versions(book: Book) -> dict[str, str]:
    rules = book.rules
    days = {"days": "working days"} if rules.calendars else {}
    return {"promising": rules.version, "overdue_supply": rules.overdue.value, **days}


def _schedule(line: SalesOrderLine, answer: Promise) -> tuple[ScheduleLine, ...]:
    place = answer.dates[0].location
    done = [
        ScheduleLine(day=None, quantity=units, location=place, state=state)
        for units, state in ((line.shipped, ScheduleState.SHIPPED), (line.cancelled, ScheduleState.CANCELLED))
        if units
    ]
    return (*done, *(ScheduleLine(day=d.on, quantity=d.quantity, location=d.location) for d in answer.dates))
