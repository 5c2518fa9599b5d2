"""Working time: shifts, holidays, exceptions, lead times back, cut-offs on the site's own clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.calendars import Calendar, CalendarException, Shift
from core.domain.errors import InvalidValueError
from core.domain.ids import CalendarCode
from core.domain.working_time import (
    add_working_days,
    cut_off_moment,
    cut_off_of,
    is_working_day,
    minutes_on,
    next_working_day,
    working_day_of,
)

WEEK = Calendar(
    code=CalendarCode("WEEK"),
    name="Weekdays",
    shifts=tuple(Shift(weekday=day, begins=480, ends=960) for day in range(5)),
    holidays="US",
    exceptions=(
        CalendarException(on=date(2024, 7, 4), minutes=240, reason="inventory"),
        CalendarException(on=date(2024, 7, 5), minutes=0, reason="bridge day"),
        CalendarException(on=date(2024, 7, 6), minutes=300, reason="catching up"),
    ),
)
CHICAGO = cut_off_of("16:00", "America/Chicago")


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2024, 7, 3), 480),
        (date(2024, 7, 4), 240),
        (date(2024, 7, 5), 0),
        (date(2024, 7, 6), 300),
        (date(2024, 7, 7), 0),
        (date(2024, 12, 25), 0),
        (date(2024, 11, 28), 0),
    ],
)
def test_an_exception_wins_over_a_holiday_and_a_holiday_over_the_shifts(day: date, minutes: int) -> None:
    assert minutes_on(WEEK, day) == minutes


def test_shifts_that_overlap_count_once_and_none_means_all_day() -> None:
    shifts = (
        Shift(weekday=0, begins=480, ends=960),
        Shift(weekday=0, begins=900, ends=1080),
        Shift(weekday=0, begins=500, ends=600),
    )
    calendar = Calendar(code=CalendarCode("C"), name="", shifts=shifts)

    assert (minutes_on(calendar, date(2024, 7, 1)), minutes_on(None, date(2024, 12, 25))) == (600, 1440)


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    bavaria = Calendar(code=CalendarCode("BY"), name="", shifts=WEEK.shifts, holidays="DE-BY")
    germany = Calendar(code=CalendarCode("DE"), name="", shifts=WEEK.shifts, holidays="DE")

    assert (minutes_on(bavaria, date(2024, 11, 1)), minutes_on(germany, date(2024, 11, 1))) == (0, 480)


def test_an_unknown_country_is_refused() -> None:
    calendar = Calendar(code=CalendarCode("X"), name="", shifts=WEEK.shifts, holidays="XX")

    with pytest.raises(InvalidValueError, match="holidays of 'XX' are not known; accepted is an ISO 3166 country"):
        minutes_on(calendar, date(2024, 7, 1))


def test_working_days_are_counted_over_weekends_and_holidays() -> None:
    wednesday = date(2024, 7, 3)

    assert next_working_day(WEEK, date(2024, 7, 7)) == date(2024, 7, 8)
    assert [add_working_days(WEEK, wednesday, days) for days in (0, 1, 2, 3)] == [
        wednesday,
        date(2024, 7, 4),
        date(2024, 7, 6),
        date(2024, 7, 8),
    ]


def test_a_calendar_without_work_is_refused() -> None:
    empty = Calendar(code=CalendarCode("NEVER"), name="", shifts=())

    with pytest.raises(InvalidValueError, match="calendar 'NEVER' has no working day within 731 days"):
        next_working_day(empty, date(2024, 7, 1))


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (datetime(2024, 7, 1, 20, 59, tzinfo=UTC), date(2024, 7, 1)),
        (datetime(2024, 7, 1, 21, 0, tzinfo=UTC), date(2024, 7, 1)),
        (datetime(2024, 7, 1, 21, 1, tzinfo=UTC), date(2024, 7, 2)),
        (datetime(2024, 12, 2, 21, 59, tzinfo=UTC), date(2024, 12, 2)),
        (datetime(2024, 12, 3, 3, 0, tzinfo=UTC), date(2024, 12, 3)),
        (datetime(2024, 12, 24, 23, 0, tzinfo=UTC), date(2024, 12, 26)),
    ],
)
def test_the_cut_off_is_on_the_clock_of_the_site(moment: datetime, leaves: date) -> None:
    assert working_day_of(WEEK, CHICAGO, moment) == leaves


def test_a_day_on_which_clocks_change_has_its_cut_off() -> None:
    night = cut_off_of("02:30", "America/Chicago")

    assert cut_off_moment(night, date(2024, 3, 10)) == datetime(2024, 3, 10, 8, 30, tzinfo=UTC)
    assert cut_off_moment(CHICAGO, date(2024, 3, 9)) == datetime(2024, 3, 9, 22, 0, tzinfo=UTC)
    assert cut_off_moment(CHICAGO, date(2024, 3, 10)) == datetime(2024, 3, 10, 21, 0, tzinfo=UTC)
    first = cut_off_of("01:30", "America/Chicago")
    assert cut_off_moment(first, date(2024, 11, 3)) == datetime(2024, 11, 3, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "zone", "why"),
    [
        ("25:00", "America/Chicago", "cut-off '25:00' is not a time of day such as '16:00'"),
        ("16:00", "Mars/Base", "time zone 'Mars/Base' is not known; accepted is an IANA name"),
        ("16:00", "../etc/passwd", "is not known; accepted is an IANA name"),
    ],
)
def test_a_cut_off_that_is_none_is_refused(text: str, zone: str, why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        cut_off_of(text, zone)


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(day=DAYS, count=st.integers(0, 60))
def test_so_many_working_days_later_has_so_many_between(day: date, count: int) -> None:
    there = add_working_days(WEEK, day, count)

    assert is_working_day(WEEK, there)
    assert sum(is_working_day(WEEK, day + timedelta(days=n)) for n in range((there - day).days)) == count
