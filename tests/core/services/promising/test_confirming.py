"""Confirming promises, reserves and writes the dates, all or nothing, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, cast

import pytest

from core.domain.errors import (
    CannotPromiseError,
    ConflictError,
    IllegalTransitionError,
    InsufficientStockError,
    TryAgainError,
)
from core.domain.holds import HoldKind
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.planned_orders import PlannedKind
from core.domain.promises import PromiseReason
from core.domain.promising import PegKind
from core.domain.schedules import ScheduleLine
from core.domain.stock import ReservationKind
from core.domain.timeline import TimelineKind
from core.planning.snapshot import Snapshot
from core.ports.storage import UnitOfWork
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.promising import ConfirmOrder, confirm
from core.services.promising.quoting import retried
from tests.builders import RENO, VALVE, day
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.core.services.stocking.goods import claimed
from tests.desk import Desk


def test_what_is_in_stock_is_promised_as_asked_and_reserved(desk: Desk) -> None:
    add(desk, line(1, 10))

    answer = confirmed(desk)

    assert [(one.line, one.promised) for one in answer.lines] == [(1, day(2))]
    with desk.open() as uow:
        (held,) = uow.stock.claims_of(NEW)
        (made,) = uow.promises.made(NEW, 1)
        kept = uow.orders.line(NEW, 1)
        assert uow.orders.schedule(NEW, 1) == (ScheduleLine(day=day(2), quantity=10, location=RENO),)
    assert (held.quantity, held.location, held.kind, held.line) == (10, RENO, ReservationKind.HARD, 1)
    assert (kept.state, kept.first_promised, kept.promised) == (OrderState.CONFIRMED, day(2), day(2))
    assert (made.code, made.reason, made.commands) == (PromiseReason.AS_ASKED, "as asked", ())
    assert [(peg.kind, peg.quantity, peg.whole) for peg in made.pegs] == [(PegKind.STOCK, 10, 50)]


def test_a_line_on_hold_is_left_out_until_it_is_released(desk: Desk) -> None:
    add(desk, line(1, 10), line(2, 5))
    with desk.open() as uow:
        until = uow.now + timedelta(hours=1)
        cart = claimed(5, "CART-2", kind=ReservationKind.TIME_BOXED, expires_at=until, order=NEW, line=2)
        uow.stock.reserve_many([cart])
    with desk.open() as uow:
        hold = hold_order(uow, HoldOrder(key="h", order=NEW, line=2, kind=HoldKind.MANUAL, why="look at it"))

    first = confirmed(desk)

    assert [one.line for one in first.lines] == [1]
    with desk.open() as uow:
        assert [one.state for one in uow.orders.lines(NEW)] == [OrderState.CONFIRMED, OrderState.ON_HOLD]
        assert sorted((one.line or 0, one.quantity) for one in uow.stock.claims_of(NEW)) == [(1, 10), (2, 5)]
        release_hold(uow, ReleaseHold(key="r", hold=hold.number, why="it is fine"))
        assert uow.orders.line(NEW, 2).state is OrderState.VALIDATED


def test_what_the_order_held_for_a_time_is_reserved_for_good_and_not_twice(desk: Desk) -> None:
    add(desk, line(1, 10))
    with desk.open() as uow:
        until = uow.now + timedelta(hours=1)
        cart = claimed(10, "CART-1", kind=ReservationKind.TIME_BOXED, expires_at=until, order=NEW, line=1)
        uow.stock.reserve_many([cart])

    confirmed(desk)

    with desk.open() as uow:
        assert [(held.quantity, held.kind) for held in uow.stock.claims_of(NEW)] == [(10, ReservationKind.HARD)]


def test_what_must_be_bought_is_promised_for_when_it_can_be_and_planned(desk: Desk) -> None:
    add(desk, line(1, 40))

    answer = confirmed(desk)

    assert [(part.on, part.quantity) for part in answer.lines[0].dates] == [(day(2), 30), (day(6), 10)]
    with desk.open() as uow:
        (planned,) = uow.planned_orders.waiting()
        (made,) = uow.promises.made(NEW, 1)
        assert [held.quantity for held in uow.stock.claims_of(NEW)] == [30]
    assert (planned.number, planned.kind, planned.quantity) == ("PP-SO-77-1.1-1", PlannedKind.PURCHASE, 10)
    assert (planned.supplier, planned.start, planned.due, planned.promisable) == ("DELTA", day(0), day(6), True)
    assert (made.code, made.new) == (PromiseReason.LATER_THAN_ASKED, day(6))
    assert made.reason == f"'VALVE-3' from 'GULF' takes 12 days: {day(12)} at the earliest"


def test_a_promised_unit_is_not_promised_again(desk: Desk) -> None:
    other = OrderNo("SO-78")
    add(desk, line(1, 25))
    add(desk, line(1, 10), number=other)

    confirmed(desk)
    answer = confirmed(desk, other)

    assert [(part.on, part.quantity) for part in answer.lines[0].dates] == [(day(2), 5), (day(6), 5)]


def test_the_two_lines_of_an_order_do_not_share_a_unit(desk: Desk) -> None:
    add(desk, line(1, 20), line(2, 20))

    answer = confirmed(desk)

    assert [[part.quantity for part in one.dates] for one in answer.lines] == [[20], [10, 10]]


def test_a_ship_complete_order_leaves_on_one_day(desk: Desk) -> None:
    add(desk, line(1, 10), line(2, 30), ship_complete=True)

    answer = confirmed(desk)

    assert [one.promised for one in answer.lines] == [day(6), day(6)]


def test_a_line_without_a_day_refuses_the_whole_order(desk: Desk) -> None:
    desk.alter("UPDATE suppliers SET approved = false")
    add(desk, line(1, 10), line(2, 90))

    with pytest.raises(CannotPromiseError) as refused:
        confirmed(desk)

    assert refused.value.message.startswith("order SO-77 cannot be promised: line 2: ")
    with desk.open() as uow:
        assert uow.orders.order(NEW).state is OrderState.VALIDATED
        assert (uow.stock.claims_of(NEW), uow.promises.made(NEW, 1), uow.planned_orders.waiting()) == ((), (), ())


def test_later_than_acceptable_is_no_promise(desk: Desk) -> None:
    add(desk, line(1, 40, latest_acceptable=day(5)))

    with pytest.raises(CannotPromiseError, match=f"later than {day(5)}"):
        confirmed(desk)


@pytest.mark.parametrize("state", [OrderState.DRAFT, OrderState.ON_HOLD], ids=lambda state: state.value)
def test_only_a_validated_order_is_confirmed(desk: Desk, state: OrderState) -> None:
    add(desk, line(1, 10, state=state), state=state)

    with pytest.raises(IllegalTransitionError, match="only a 'validated' one is confirmed"):
        confirmed(desk)


def test_another_version_is_refused(desk: Desk) -> None:
    add(desk, line(1, 10))

    with pytest.raises(ConflictError, match="at version 1, not 2"):
        confirmed(desk, version=2)


def test_the_same_command_is_carried_out_once(desk: Desk) -> None:
    add(desk, line(1, 40))

    assert confirmed(desk) == confirmed(desk)

    with desk.open() as uow:
        assert len(uow.promises.made(NEW, 1)) == 1
        assert len(uow.planned_orders.waiting()) == 1


def test_the_customer_s_promise_is_told_on_the_timeline(desk: Desk) -> None:
    add(desk, line(1, 10))

    confirmed(desk)

    with desk.open() as uow:
        told = [entry for entry in uow.orders.timeline(NEW) if entry.kind is TimelineKind.PROMISE]
    assert [(entry.line, entry.text) for entry in told] == [(1, f"promised for {day(2)}: as asked")]


def test_several_at_once_never_promise_more_than_there_is(desk: Desk) -> None:
    numbers = [OrderNo(f"SO-{n}") for n in range(80, 88)]
    for number in numbers:
        add(desk, line(1, 8), number=number)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: confirmed(desk, number), numbers))

    early = [part.quantity for answer in answers for part in answer.lines[0].dates if part.on == day(2)]
    assert sum(early) == 30
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 20


def test_stock_reserved_for_a_line_is_not_missed_by_others(desk: Desk) -> None:
    add(desk, line(1, 30))
    confirmed(desk)

    with desk.open() as uow:
        demand = uow.snapshot().demand

    assert dict(zip(demand.order, demand.held.tolist(), strict=True))[NEW] == 30


class Raced:
    """A unit of work in which somebody takes stock the first time the books were read."""

    def __init__(self, uow: UnitOfWork, taken: Callable[[], None]) -> None:
        self._uow = uow
        self._taken: Callable[[], None] | None = taken

    def snapshot(self) -> Snapshot:
        """The books, which are no longer true when they are returned."""
        books = self._uow.snapshot()
        if self._taken is not None:
            self._taken()
            self._taken = None
        return books

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)


def test_stock_taken_while_it_was_promised_is_promised_anew(desk: Desk) -> None:
    add(desk, line(1, 30))

    def take() -> None:
        with desk.open() as other:
            other.stock.reserve(VALVE, RENO, quantity=25, reference="TAKEN")

    with desk.open() as uow:
        raced = cast(UnitOfWork, Raced(uow, take))
        answer = confirm(raced, ConfirmOrder(key="k", order=NEW, version=1))

    assert [(part.on, part.quantity) for part in answer.lines[0].dates] == [(day(2), 5), (day(6), 25)]


def test_stock_taken_twice_is_said() -> None:
    def short() -> None:
        raise InsufficientStockError("too little")

    with pytest.raises(TryAgainError, match="order SO-77: stock was taken by others twice"):
        retried(short, what="order SO-77")
