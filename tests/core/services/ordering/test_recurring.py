"""Recurring orders make a draft for each date, once, and end when they are over."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel
from core.domain.recurring import Every, OrderTemplate, RecurringState, TemplateLine
from core.services.ordering.recurring import AddRecurring, EndRecurring, add_recurring, due_recurring, end_recurring
from tests.builders import HARBOR, VALVE, day
from tests.core.services.ordering.entries import counts
from tests.desk import Desk

WEEKLY = AddRecurring(
    key="r-1",
    code="HARBOR-WEEKLY",
    every=1,
    unit=Every.WEEKS,
    first_on=day(1),
    until=day(20),
    template=OrderTemplate(
        customer=HARBOR,
        customer_po="BLANKET-9",
        channel=Channel.EDI,
        lines=(TemplateLine(item=VALVE, quantity=6, days_ahead=10, unit_price=None),),
    ),
)
PRICED = "UPDATE items SET list_price = 25 WHERE code = 'VALVE-3'"


def test_every_date_that_has_come_makes_one_draft(desk: Desk) -> None:
    desk.alter(PRICED)
    with desk.open() as uow:
        add_recurring(uow, WEEKLY)

    with desk.open() as uow:
        assert due_recurring(uow, as_of=day(0)) == ()
        assert due_recurring(uow, as_of=day(8)) == ("HARBOR-WEEKLY-20241005", "HARBOR-WEEKLY-20241012")
        assert due_recurring(uow, as_of=day(8)) == ()

    with desk.open() as uow:
        first, second = (
            uow.orders.order(number)  # pyright: ignore[reportArgumentType]  a number as it is written
            for number in ("HARBOR-WEEKLY-20241005", "HARBOR-WEEKLY-20241012")
        )
        assert (first.state, first.source, first.customer_po) == (OrderState.DRAFT, "HARBOR-WEEKLY", "BLANKET-9")
        assert [uow.orders.line(order.number, 1).requested for order in (first, second)] == [day(11), day(18)]


def test_it_ends_after_its_last_date(desk: Desk) -> None:
    desk.alter(PRICED)
    with desk.open() as uow:
        add_recurring(uow, WEEKLY)
        assert len(due_recurring(uow, as_of=day(60))) == 3
        assert uow.recurring.get("HARBOR-WEEKLY").state is RecurringState.ENDED


def test_one_that_was_ended_makes_no_more(desk: Desk) -> None:
    with desk.open() as uow:
        add_recurring(uow, WEEKLY)
        ended = end_recurring(uow, EndRecurring(key="r-2", code="HARBOR-WEEKLY"))
        assert due_recurring(uow, as_of=day(8)) == ()

    assert ended.state is RecurringState.ENDED
    with pytest.raises(ConflictError, match="is not due on"), desk.open() as uow:
        end_recurring(uow, EndRecurring(key="r-3", code="HARBOR-WEEKLY"))


def test_two_workers_at_once_make_each_draft_once(desk: Desk) -> None:
    desk.alter(PRICED)
    with desk.open() as uow:
        add_recurring(uow, WEEKLY)

    def work(_: int) -> int:
        with desk.open() as uow:
            return len(due_recurring(uow, as_of=day(8)))

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 2]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (replace(WEEKLY, every=0), "accepted is 1 to 1000"),
        (replace(WEEKLY, until=day(0)), "before the first order"),
        (replace(WEEKLY, code="\0"), "code"),
        (replace(WEEKLY, first_on=day(-1), until=None), "has passed"),
        (replace(WEEKLY, template=replace(WEEKLY.template, lines=())), "needs lines"),
        (
            replace(
                WEEKLY, template=replace(WEEKLY.template, lines=(TemplateLine(item=VALVE, quantity=0, days_ahead=1),))
            ),
            "line 1 quantity 0",
        ),
        (
            replace(
                WEEKLY, template=replace(WEEKLY.template, lines=(TemplateLine(item=VALVE, quantity=1, days_ahead=-1),))
            ),
            "days_ahead -1",
        ),
    ],
)
def test_one_that_means_nothing_is_refused(desk: Desk, command: AddRecurring, why: str) -> None:
    before = counts(desk)

    with pytest.raises(InvalidValueError, match=why), desk.open() as uow:
        add_recurring(uow, command)

    assert counts(desk) == before
