"""The dates of recurring orders: as far apart as they should be, months without drift, none after the end."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import CustomerCode
from core.domain.order_terms import Channel
from core.domain.recurring import (
    Every,
    OrderTemplate,
    RecurringOrder,
    RecurringState,
    dates_due,
    next_after,
    occurrence,
)

MONTHLY = RecurringOrder(
    code="R",
    every=1,
    unit=Every.MONTHS,
    first_on=date(2024, 1, 31),
    next_on=date(2024, 1, 31),
    template=OrderTemplate(customer=CustomerCode("C"), customer_po="", channel=Channel.EDI, lines=()),
)


def test_a_short_month_does_not_move_the_days_after_it() -> None:
    assert [occurrence(MONTHLY, number) for number in range(4)] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]


def test_what_is_due_is_every_date_from_the_next_to_today() -> None:
    waiting = replace(MONTHLY, next_on=date(2024, 2, 29))

    assert dates_due(waiting, today=date(2024, 4, 1)) == (date(2024, 2, 29), date(2024, 3, 31))
    assert dates_due(waiting, today=date(2024, 2, 28)) == ()
    assert dates_due(replace(waiting, state=RecurringState.ENDED), today=date(2024, 4, 1)) == ()


def test_nothing_comes_after_the_end() -> None:
    ending = replace(MONTHLY, until=date(2024, 3, 30))

    assert dates_due(ending, today=date(2025, 1, 1)) == (date(2024, 1, 31), date(2024, 2, 29))
    assert next_after(ending, date(2024, 2, 29)) is None
    assert next_after(MONTHLY, date(2024, 2, 29)) == date(2024, 3, 31)


@given(
    first=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    every=st.integers(1, 40),
    unit=st.sampled_from(Every),
    number=st.integers(0, 60),
)
def test_dates_only_go_forward(first: date, every: int, unit: Every, number: int) -> None:
    order = replace(MONTHLY, first_on=first, next_on=first, every=every, unit=unit)

    assert occurrence(order, 0) == first
    assert occurrence(order, number) < occurrence(order, number + 1)
