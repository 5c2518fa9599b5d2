"""The life of orders in the database: only legal steps, counts that fit, parts that add up, first promises for good."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import RestrictViolation

from core.db.roles import RoleUrls, dsn_of
from core.domain.errors import (
    ConflictError,
    DomainError,
    IllegalTransitionError,
    InvalidValueError,
    NotFoundError,
)
from core.domain.order_life import TRANSITIONS, OrderState
from core.domain.orders import PromiseRecord
from core.domain.schedules import ScheduleLine, ScheduleState
from core.domain.timeline import TimelineEntry, TimelineKind
from tests.builders import HOUSTON, RENO, SO_1, SO_2, day
from tests.core.services.ordering.entries import counts
from tests.desk import Desk

STATE = OrderState


def advance(desk: Desk, *steps: OrderState, line: int | None = 1) -> None:
    with desk.open() as uow:
        for step in steps:
            uow.orders.advance(SO_1, line, to=step, why="as planned")


def test_the_database_knows_the_same_steps(role_urls: RoleUrls) -> None:
    with psycopg.connect(dsn_of(role_urls.app)) as connection:
        steps = connection.execute("SELECT old, new FROM order_transitions").fetchall()

    assert sorted(steps) == sorted((old.value, new.value) for old, follows in TRANSITIONS.items() for new in follows)


def test_an_order_follows_its_least_advanced_line(desk: Desk) -> None:
    advance(desk, STATE.ALLOCATED, STATE.RELEASED)

    with desk.open() as uow:
        assert [line.state for line in uow.orders.lines(SO_1)] == [STATE.RELEASED, STATE.CONFIRMED]
        assert uow.orders.order(SO_1).state is STATE.CONFIRMED
        uow.orders.advance(SO_1, 2, to=STATE.CANCELLED, why="not wanted")
        assert uow.orders.order(SO_1).state is STATE.RELEASED


def test_every_line_that_may_takes_the_step(desk: Desk) -> None:
    advance(desk, STATE.ALLOCATED, STATE.RELEASED, STATE.PICKED)

    advance(desk, STATE.ON_HOLD, line=None)

    with desk.open() as uow:
        assert [(line.state, line.held_from) for line in uow.orders.lines(SO_1)] == [
            (STATE.PICKED, None),
            (STATE.ON_HOLD, STATE.CONFIRMED),
        ]


def test_what_was_on_hold_is_again_where_it_was(desk: Desk) -> None:
    advance(desk, STATE.ALLOCATED)
    advance(desk, STATE.ON_HOLD, line=None)

    with desk.open() as uow:
        uow.orders.resume(SO_1, why="paid")

    with desk.open() as uow:
        assert [line.state for line in uow.orders.lines(SO_1)] == [STATE.ALLOCATED, STATE.CONFIRMED]
        with pytest.raises(IllegalTransitionError, match="no line of order SO-1 is on hold"):
            uow.orders.resume(SO_1, why="again")


def test_a_step_the_life_does_not_allow_is_refused_naming_those_it_does(desk: Desk) -> None:
    before = counts(desk)

    with pytest.raises(IllegalTransitionError, match="is confirmed and cannot become packed; it may become") as refused:
        advance(desk, STATE.PACKED)

    assert refused.value.message.endswith("it may become validated or on hold or allocated or shipped or cancelled")
    assert counts(desk) == before


ILLEGAL: dict[str, tuple[LiteralString, str]] = {
    "a line too far": (
        "UPDATE sales_order_lines SET state = 'packed' WHERE state = 'confirmed'",
        "an order line that is confirmed cannot become packed",
    ),
    "an order back from the end": (
        (
            "UPDATE sales_orders SET state = 'closed' WHERE number = 'SO-2';"
            "UPDATE sales_orders SET state = 'draft' WHERE number = 'SO-2'"
        ),
        "an order that is closed cannot become draft",
    ),
    "another first promise": (
        "UPDATE sales_order_lines SET first_promised = first_promised + 1",
        "the first promise of an order line, 2024-10-09, never changes",
    ),
    "no first promise": (
        "UPDATE sales_order_lines SET first_promised = NULL",
        "the first promise of an order line, 2024-10-09, never changes",
    ),
}


@pytest.mark.parametrize(("statement", "why"), ILLEGAL.values(), ids=ILLEGAL.keys())
def test_the_database_itself_refuses(desk: Desk, statement: LiteralString, why: str) -> None:
    with pytest.raises(RestrictViolation, match=why):
        desk.alter(statement)


def test_of_two_steps_at_once_one_is_taken(desk: Desk) -> None:
    def step(_: int) -> str:
        try:
            advance(desk, STATE.ALLOCATED)
        except IllegalTransitionError as refused:
            return refused.code
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(step, range(2))) == ["illegal_transition", "taken"]


def test_a_cancelled_line_has_its_open_units_counted(desk: Desk) -> None:
    advance(desk, STATE.CANCELLED)

    with desk.open() as uow:
        assert uow.orders.line(SO_1, 1).cancelled == 40
        assert uow.orders.schedule(SO_1, 1) == (part(40, None, ScheduleState.CANCELLED),)
        with pytest.raises(IllegalTransitionError, match="5 units of order line SO-2/1 have left"):
            uow.orders.advance(SO_2, 1, to=STATE.CANCELLED, why="not wanted")


def test_units_that_ship_close_the_parts_promised_first(desk: Desk) -> None:
    parts = (part(15, 5), part(10, 9), part(15, None, ScheduleState.BACKORDERED))
    with desk.open() as uow:
        uow.orders.promise(PromiseRecord(order=SO_1, line=1, old=day(5), new=day(9), reason="in parts", proposal=None))
        uow.orders.set_schedule(SO_1, 1, parts)
        uow.orders.count_line(SO_1, 1, shipped=20)
        uow.orders.count_line(SO_1, 1, delivered=20, invoiced=20, returned=1)
        uow.orders.count_line(SO_1, 1, cancelled=16)

    with desk.open() as uow:
        line = uow.orders.line(SO_1, 1)
        assert (line.shipped, line.cancelled, line.delivered, line.invoiced, line.returned) == (20, 16, 20, 20, 1)
        assert uow.orders.schedule(SO_1, 1) == (
            part(20, None, ScheduleState.SHIPPED),
            part(16, None, ScheduleState.CANCELLED),
            part(4, 9),
        )
        assert uow.checks.broken("I3") == ()


@pytest.mark.parametrize(
    "wrong",
    [{"shipped": 41}, {"shipped": 20, "cancelled": 21}, {"delivered": 1}, {"returned": 1}, {"shipped": -1}, {}],
)
def test_counts_that_do_not_fit_are_refused(desk: Desk, wrong: dict[str, int]) -> None:
    before = counts(desk)

    with pytest.raises(InvalidValueError, match="accepted are"), desk.open() as uow:
        uow.orders.count_line(SO_1, 1, **wrong)

    assert counts(desk) == before


def test_parts_that_are_not_what_was_ordered_are_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="has 39 units; accepted are the 40 ordered"), desk.open() as uow:
        uow.orders.set_schedule(SO_1, 1, [part(39, 5)])


def test_fewer_parts_leave_nothing_of_the_others(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.set_schedule(SO_1, 1, [part(10, 2), part(10, 3), part(20, 5)])
        uow.orders.set_schedule(SO_1, 1, [replace(part(40, 5), location=RENO)])

    with desk.open() as uow:
        assert uow.orders.schedule(SO_1, 1) == (replace(part(40, 5), location=RENO),)
        assert uow.checks.broken("I3") == ()


def test_a_new_promise_moves_the_parts(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.set_schedule(SO_1, 1, [part(10, 2), part(30, 5)])
        uow.orders.promise(PromiseRecord(order=SO_1, line=1, old=day(5), new=day(9), reason="late", proposal=None))

    with desk.open() as uow:
        assert uow.orders.schedule(SO_1, 1) == (part(10, 2), part(30, 9))


def test_a_line_that_was_never_scheduled_is_when_it_is_confirmed(desk: Desk) -> None:
    with desk.open() as uow:
        order, lines = uow.orders.order(SO_1), uow.orders.lines(SO_1)
        number = uow.orders.new_number()
        fresh = replace(order, number=number, state=STATE.VALIDATED, entry_sequence=0)
        line = replace(lines[0], order=number, state=STATE.VALIDATED, promised=None, first_promised=None)
        uow.orders.add(fresh, [line])
        assert uow.orders.schedule(number, 1) == ()
        uow.orders.advance(number, None, to=STATE.CONFIRMED, why="agreed")
        assert uow.orders.schedule(number, 1) == (part(40, None, ScheduleState.BACKORDERED),)
        assert uow.orders.order(number).entry_sequence == 3


def test_an_order_saved_twice_from_one_version_is_a_conflict(desk: Desk) -> None:
    with desk.open() as uow:
        order = uow.orders.order(SO_1)
        assert uow.orders.save(replace(order, address="DOCK-2"), version=1) == 2

    with pytest.raises(ConflictError, match="order SO-1 is at version 2, not 1"), desk.open() as uow:
        uow.orders.save(order, version=1)
    with desk.open() as uow:
        assert uow.orders.order(SO_1).address == "DOCK-2"
        assert uow.orders.version_of(SO_1, 1).order.address is None
        with pytest.raises(NotFoundError, match="has no version 3; it has 1 to 2"):
            uow.orders.version_of(SO_1, 3)


def test_the_timeline_tells_every_step_with_who_and_why(desk: Desk) -> None:
    advance(desk, STATE.ALLOCATED)
    with desk.open() as uow:
        uow.orders.tell(SO_1, TimelineEntry(kind=TimelineKind.NOTE, text="fragile"))

    with desk.open() as uow:
        told = [(entry.kind, entry.text, entry.line, entry.who) for entry in uow.orders.timeline(SO_1)]
    assert told == [
        (TimelineKind.STATE, "line 1: confirmed -> allocated (as planned)", 1, "maria"),
        (TimelineKind.NOTE, "fragile", None, "maria"),
    ]


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open() as uow:
        with pytest.raises(NotFoundError, match="SO-1/9"):
            uow.orders.advance(SO_1, 9, to=STATE.ALLOCATED, why="x")
        with pytest.raises(DomainError, match="SO-1/9"):
            uow.orders.count_line(SO_1, 9, shipped=1)


def part(quantity: int, after: int | None, state: ScheduleState = ScheduleState.PROMISED) -> ScheduleLine:
    return ScheduleLine(day=None if after is None else day(after), quantity=quantity, location=HOUSTON, state=state)
