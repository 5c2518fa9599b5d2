"""A day on which something is said to have happened is today or was not long ago."""

from datetime import date

import pytest

from core.domain.errors import InvalidValueError
from core.services.happened import check_happened
from tests.builders import day
from tests.desk import Desk


@pytest.mark.parametrize("on", [day(0), day(-1), day(-366)])
def test_today_and_the_year_before_are_accepted(desk: Desk, on: date) -> None:
    with desk.open() as uow:
        check_happened(uow, on, field="received_on")


@pytest.mark.parametrize("on", [day(1), day(-367), date(1970, 1, 1), date.max])
def test_what_is_to_come_and_what_is_long_past_is_refused_with_what_is_accepted(desk: Desk, on: date) -> None:
    says = f"received_on {on} is no day this happened on; accepted are {day(-366)} to {day(0)}"
    with pytest.raises(InvalidValueError, match=says), desk.open() as uow:
        check_happened(uow, on, field="received_on")


def test_the_day_is_the_one_where_the_company_is_or_that_of_its_books_if_they_are_ahead(desk: Desk) -> None:
    desk.clock.pass_by(hours=-5)  # four in the morning in Greenwich, still the evening before in Houston
    with desk.open() as uow:
        check_happened(uow, day(0), field="received_on")

    desk.wait_for(day(2))
    with desk.open() as uow:
        check_happened(uow, day(2), field="received_on")
