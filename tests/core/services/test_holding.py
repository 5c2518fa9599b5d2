"""Orders are held for a reason, stay held until the last reason is gone, and are let go by those who may."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest

from core.domain.errors import (
    ConflictError,
    IllegalTransitionError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
)
from core.domain.holds import Hold, HoldCause, HoldKind, HoldNo
from core.domain.ids import OrderNo, UserName
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, PaymentState
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.prices import PricedLine, PriceSource
from core.domain.users import Role, User
from core.services.checking import check
from core.services.holding import (
    HoldOrder,
    ReleaseHold,
    automatic_holds,
    credit_exposure,
    hold_automatically,
    hold_order,
    lapse_holds,
    overdue_holds,
    release_hold,
)
from core.services.pricing import keep_prices
from tests.builders import HARBOR, HOUSTON, MARIA, PAUL, SO_1, SO_2, VALVE, day
from tests.desk import Desk

FIONA = User(name=UserName("fiona"), role=Role.FINANCE, limit=None)
NEW = SalesOrder(
    number=OrderNo("SO-9"),
    customer=HARBOR,
    customer_po="H-9",
    channel=Channel.EDI,
    order_date=day(0),
    currency="USD",
    ship_from=HOUSTON,
    priority=1,
    entry_sequence=0,
)


@pytest.fixture(autouse=True)
def _fiona(desk: Desk) -> None:
    desk.let_in(FIONA)
    desk.alter("UPDATE items SET list_price = 25 WHERE code = 'VALVE-3'")


def new_line(number: str = "SO-9", quantity: int = 4, price: str = "25") -> SalesOrderLine:
    return SalesOrderLine(
        order=OrderNo(number), line=1, item=VALVE, ordered=quantity, unit_price=Decimal(price), requested=day(9)
    )


def states(desk: Desk, order: OrderNo = SO_1) -> tuple[OrderState, ...]:
    with desk.open() as uow:
        return (uow.orders.order(order).state, *(line.state for line in uow.orders.lines(order)))


def hold(
    desk: Desk, kind: HoldKind = HoldKind.MANUAL, *, order: OrderNo = SO_1, key: str = "k", **more: object
) -> Hold:
    command = replace(HoldOrder(key=key, order=order, kind=kind, why="the customer calls back"), **more)
    with desk.open() as uow:
        return hold_order(uow, command)


def release(desk: Desk, held: Hold, by: User = MARIA, key: str = "r") -> Hold:
    with desk.open(by.name) as uow:
        return release_hold(uow, ReleaseHold(key=key, hold=held.number, why="settled"))


def test_a_hold_stops_the_order_and_its_release_lets_it_go_on(desk: Desk) -> None:
    before = states(desk)

    held = hold(desk, until=day(3))
    stopped = states(desk)
    released = release(desk, held)

    assert (held.kind, held.why, held.set_by, held.until) == (
        HoldKind.MANUAL,
        "the customer calls back",
        MARIA.name,
        day(3),
    )
    assert held.due_at == desk.clock.now + timedelta(hours=48)
    assert set(stopped) == {OrderState.ON_HOLD}
    assert released.released is not None
    assert (released.released.by, released.released.role, released.released.why) == (
        MARIA.name,
        Role.OPERATIONS_MANAGER,
        "settled",
    )
    assert states(desk) == before
    with desk.open() as uow:
        told = [entry.text for entry in uow.orders.timeline(SO_1) if entry.kind == "hold"]
        events = [event for _, _, event, _, _ in uow.audit.trail("order:SO-1")]
    assert told == [
        f"manual hold {held.number} set: the customer calls back",
        f"manual hold {held.number} released: settled",
    ]
    assert [event for event in events if event != "order_told"] == [
        "order_advanced",
        "hold_set",
        "hold_released",
        "order_advanced",
    ]


def test_the_last_release_lets_go_not_the_first(desk: Desk) -> None:
    before, first, second = states(desk), hold(desk), hold(desk, HoldKind.DATA, key="k2")

    release(desk, first)
    still = states(desk)
    release(desk, second, key="r2")

    assert set(still) == {OrderState.ON_HOLD}
    assert states(desk) == before


def test_a_hold_on_a_line_stops_that_line_only(desk: Desk) -> None:
    before = states(desk)

    held = hold(desk, HoldKind.QUALITY, line=2)
    whole = hold(desk, key="k2")
    release(desk, whole)

    assert (held.line, states(desk)[1:]) == (2, (before[1], OrderState.ON_HOLD))
    with desk.open() as uow:
        assert [one.number for one in uow.holds.of_order(SO_1, open_only=True)] == [held.number]
        assert [one.number for one in uow.holds.of_order(SO_1)] == [held.number, whole.number]


def test_of_one_kind_an_order_has_one_open_hold(desk: Desk) -> None:
    first = hold(desk)

    again = hold(desk, key="k2", why="they did not call")

    assert again == first


def test_the_same_command_again_sets_nothing(desk: Desk) -> None:
    first = hold(desk)
    release(desk, first)

    assert hold(desk) == first
    assert OrderState.ON_HOLD not in states(desk)


def test_who_may_not_release_is_told_who_may_and_nothing_changes(desk: Desk) -> None:
    held = hold(desk, HoldKind.CREDIT)

    for person in (MARIA, PAUL):
        with pytest.raises(NotAuthorisedError, match="may not release a credit hold; finance may"):
            release(desk, held, person)

    assert set(states(desk)) == {OrderState.ON_HOLD}
    assert release(desk, held, FIONA).released is not None


def test_a_program_releases_no_hold(desk: Desk) -> None:
    held, robot = hold(desk), User(name=UserName("robot"), role=Role.SERVICE, limit=None)
    with desk.open() as uow:
        uow.users.add(robot, password_hash=None, token_hash=None)

    with pytest.raises(NotAuthorisedError, match=r"'robot' is a program \(service\)"):
        release(desk, held, robot)

    assert set(states(desk)) == {OrderState.ON_HOLD}


def test_a_released_hold_is_not_released_again(desk: Desk) -> None:
    held = hold(desk)
    release(desk, held)

    with pytest.raises(ConflictError, match=f"{held.number} was released by 'maria' before"):
        release(desk, held, key="r2")


@pytest.mark.parametrize("why", ["", "  ", "x" * 2001])
def test_a_hold_needs_a_reason(desk: Desk, why: str) -> None:
    before = states(desk)

    with pytest.raises(InvalidValueError, match="needs a reason"):
        hold(desk, why=why)

    assert states(desk) == before


def test_a_hold_does_not_end_before_it_begins(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="a hold ends then or later"):
        hold(desk, until=day(-1))

    assert OrderState.ON_HOLD not in states(desk)


def test_what_has_left_is_not_held(desk: Desk) -> None:
    with pytest.raises(IllegalTransitionError, match="only what was not picked yet can be"):
        hold(desk, order=SO_2, line=2)

    with desk.open() as uow:
        assert uow.holds.of_order(SO_2) == ()


@pytest.mark.parametrize("number", ["HOLD-999", "999", "HOLD-", "HOLD-x", "HOLD-\u0661", "HOLD-" + "9" * 30])
def test_a_hold_that_is_not_there_is_not_found(desk: Desk, number: str) -> None:
    with pytest.raises(NotFoundError, match="there is no hold"), desk.open() as uow:
        release_hold(uow, ReleaseHold(key="r", hold=HoldNo(number), why="x"))


def test_holds_beyond_their_time_are_listed_longest_first(desk: Desk) -> None:
    late = hold(desk)
    desk.clock.pass_by(hours=41)
    later = hold(desk, HoldKind.DATA, order=SO_2, key="k2")
    now = desk.clock.now

    with desk.open() as uow:
        assert overdue_holds(uow, now + timedelta(hours=7)) == ()
        assert overdue_holds(uow, now + timedelta(hours=7, seconds=1)) == (late,)
        assert overdue_holds(uow, now + timedelta(hours=9)) == (late, later)


def test_a_manual_hold_lapses_after_its_last_day_and_no_other_does(desk: Desk) -> None:
    before, held = states(desk), hold(desk, until=day(3))
    credit = hold(desk, HoldKind.CREDIT, order=SO_2, key="k2", until=day(3))

    with desk.open() as uow:
        assert lapse_holds(uow, today=day(3)) == ()
        (lapsed,) = lapse_holds(uow, today=day(4))

    assert (lapsed.number, states(desk)) == (held.number, before)
    with desk.open() as uow:
        assert uow.holds.get(credit.number) == credit
    assert lapsed.released is not None
    assert lapsed.released.why == "lapsed: it held until 2024-10-07"


def test_the_exposure_is_what_is_on_order_and_what_is_not_paid(desk: Desk) -> None:
    desk.alter("UPDATE customers SET credit_limit = 3000 WHERE code = 'HARBOR'")
    with desk.open() as uow:
        first = credit_exposure(uow, HARBOR)
        uow.orders.count_line(SO_1, 1, shipped=10, invoiced=10)
        second = credit_exposure(uow, HARBOR)
        order = uow.orders.order(SO_1)
        uow.orders.save(replace(order, payment_state=PaymentState.PAID), version=order.version)
        paid = credit_exposure(uow, HARBOR)

    assert (first.ordered, first.unpaid, first.total, first.left) == (2800, 0, 2800, 200)
    assert (second.ordered, second.unpaid) == (2550, 250)
    assert (paid.ordered, paid.unpaid) == (0, 0)


def test_an_order_on_a_credit_hold_is_not_counted(desk: Desk) -> None:
    hold(desk, HoldKind.CREDIT)

    with desk.open() as uow:
        assert credit_exposure(uow, HARBOR).total == 0


def test_an_order_over_the_limit_is_held_at_entry_and_one_at_the_limit_is_not(desk: Desk) -> None:
    desk.alter("UPDATE customers SET credit_limit = 2900 WHERE code = 'HARBOR'")
    with desk.open() as uow:
        uow.orders.add(NEW, (new_line(),))
        at_the_limit = automatic_holds(uow, NEW, (new_line(),))
        (over,) = hold_automatically(uow, NEW, (new_line(quantity=5),))

    assert at_the_limit == ()
    assert (over.kind, over.set_by) == (HoldKind.CREDIT, MARIA.name)
    assert over.why == (
        "HARBOR owes 0.00 and has 2,800.00 on order; with this order of 125.00 that is 2,925.00 USD,"
        " the credit limit is 2,900.00"
    )
    assert set(states(desk, NEW.number)) == {OrderState.ON_HOLD}


def test_of_two_orders_at_once_that_together_go_over_the_limit_one_is_held(desk: Desk) -> None:
    desk.alter("UPDATE customers SET credit_limit = 2900 WHERE code = 'HARBOR'")
    together = Barrier(2)

    def enter(number: str) -> tuple[Hold, ...]:
        order, line = replace(NEW, number=OrderNo(number)), new_line(number)
        with desk.open() as uow:
            uow.orders.add(order, (line,))
            together.wait()
            held = hold_automatically(uow, order, (line,))
            if not held:
                uow.orders.advance(order.number, None, to=OrderState.VALIDATED, why="checked")
            return held

    with ThreadPoolExecutor(2) as both:
        found = list(both.map(enter, ["SO-8", "SO-9"]))

    assert sorted(len(held) for held in found) == [0, 1]
    with desk.open() as uow:
        assert credit_exposure(uow, HARBOR).total == 2900


def test_a_price_that_is_not_the_agreed_one_holds_the_line(desk: Desk) -> None:
    with desk.open() as uow:
        uow.orders.add(NEW, (new_line(price="24.80"),))
        near = automatic_holds(uow, NEW, (new_line(price="24.90"),))
        off = automatic_holds(uow, NEW, (new_line(price="24.80"),))

    assert near == ()
    assert off == (
        HoldCause(
            kind=HoldKind.PRICE,
            why="line 1: the order says 24.8000 USD, list price of item VALVE-3 makes it 25.0000;"
            " accepted is 0.5 % either way",
            line=1,
        ),
    )


def stated_order(desk: Desk, price: str) -> Hold:
    """An order with a price of the customer's own, held for it."""
    with desk.open() as uow:
        uow.orders.add(NEW, (new_line(price=price),))
        keep_prices(uow, NEW, (new_line(price=price),))
        uow.orders.advance(NEW.number, None, to=OrderState.VALIDATED, why="entered")
        (held,) = hold_automatically(uow, NEW, uow.orders.lines(NEW.number))
        return held


def price_of_new(desk: Desk) -> PricedLine | None:
    with desk.open() as uow:
        return uow.prices.of_line(NEW.number, 1)


def test_to_release_a_price_is_to_agree_to_it(desk: Desk) -> None:
    held = stated_order(desk, "24")

    release(desk, held)

    agreed = price_of_new(desk)
    assert agreed is not None
    assert (agreed.source, agreed.unit_price, agreed.found) == (PriceSource.OVERRIDE, 24, 25)
    assert agreed.steps[-1].words == "set to 24.0000 USD by maria (operations_manager): settled"
    assert states(desk, NEW.number) == (OrderState.VALIDATED, OrderState.VALIDATED)
    with desk.open() as uow:
        assert next(result.broken for result in check(uow) if result.name == "I9") == ()


def test_who_may_not_set_the_price_does_not_release_it(desk: Desk) -> None:
    held = stated_order(desk, "20")
    clara = User(name=UserName("clara"), role=Role.CUSTOMER_SERVICE, limit=None)
    desk.let_in(clara)
    before = price_of_new(desk)

    with pytest.raises(NotAuthorisedError, match=r"20\.0000 is more than 5 % off the 25\.0000 found"):
        release(desk, held, clara)
    with pytest.raises(ConflictError, match="on line 1 of SO-9; agree to them or set others first"), desk.open() as uow:
        uow.holds.release(held.number, MARIA, why="just so")

    assert (price_of_new(desk), set(states(desk, NEW.number))) == (before, {OrderState.ON_HOLD})


def test_a_price_that_is_found_by_now_needs_no_agreement(desk: Desk) -> None:
    held = stated_order(desk, "20")
    desk.alter("UPDATE items SET list_price = 20 WHERE code = 'VALVE-3'")

    release(desk, held)

    found = price_of_new(desk)
    assert found is not None
    assert (found.source, found.unit_price) == (PriceSource.ITEM, 20)


def test_to_release_a_question_about_the_whole_order_agrees_to_no_price(desk: Desk) -> None:
    about_price, before = stated_order(desk, "24"), price_of_new(desk)
    about_country = hold(desk, HoldKind.DATA, order=NEW.number)

    release(desk, about_country)

    assert price_of_new(desk) == before
    with desk.open() as uow:
        assert uow.holds.of_order(NEW.number, open_only=True) == (about_price,)
