"""Working time: minutes of work on a day, working days counted, and the cut-off of a site."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.domain.calendars import Calendar
from core.domain.errors import InvalidValueError
from core.domain.public_holidays import public_holidays

# Two years without a day of work is a calendar that was entered wrongly, not a company that is closed.
FURTHEST_DAYS = 731
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """When a site stops taking work for the day, on its own clock."""

    at: time
    zone: ZoneInfo


def minutes_on(calendar: Calendar | None, day: date) -> int:
    """Minutes of work on a day: an exception of the day wins, then a public holiday is off, then the shifts.

    Without a calendar every day is a working day of 24 hours. Shifts that overlap count once. Minutes are of the wall
    clock: a day on which clocks change has the shifts it always has.
    """
    if calendar is None:
        return 24 * 60
    for exception in calendar.exceptions:
        if exception.on == day:
            return exception.minutes
    if day in public_holidays(calendar.holidays, day.year):
        return 0
    spans = sorted((s.begins, s.ends) for s in calendar.shifts if s.weekday == day.weekday())
    worked, until = 0, 0
    for begins, ends in spans:
        worked += max(0, ends - max(begins, until))
        until = max(until, ends)
    return worked


def is_working_day(calendar: Calendar | None, day: date) -> bool:
    """Whether anything is done on the day."""
    return minutes_on(calendar, day) > 0


def next_working_day(calendar: Calendar | None, day: date) -> date:
    """The day itself when it is one of work, else the first one after it."""
    return next(_working_days(calendar, day))


def add_working_days(calendar: Calendar | None, day: date, count: int) -> date:
    """The working day so many after the first one from `day` on.

    `add_working_days(c, friday, 1)` is Monday where weekends are off.
    """
    days = _working_days(calendar, day)
    found = next(days)
    for _ in range(count):
        found = next(days)
    return found


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name such as 'America/Chicago'."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidValueError(
            f"time zone {name!r} is not known; accepted is an IANA name such as 'America/Chicago'", field="time_zone"
        ) from error


def cut_off_of(text: str, zone: str) -> CutOff:
    """The cut-off of a site from '16:00' and the name of its time zone."""
    try:
        at = time.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(f"cut-off {text!r} is not a time of day such as '16:00'", field="cut_off") from error
    return CutOff(at=at, zone=zone_of(zone))


def cut_off_moment(cut_off: CutOff, day: date) -> datetime:
    """The moment of a day's cut-off, in UTC. A time that the clocks skip is taken as they stood before; of a time
    that comes twice the first is meant."""
    return datetime.combine(day, cut_off.at, tzinfo=cut_off.zone).astimezone(UTC)


def working_day_of(calendar: Calendar | None, cut_off: CutOff, moment: datetime) -> date:
    """The working day that something released at a moment leaves on: the same one up to the cut-off, else the next."""
    day = moment.astimezone(cut_off.zone).date()
    if is_working_day(calendar, day) and moment <= cut_off_moment(cut_off, day):
        return day
    return next_working_day(calendar, day + ONE_DAY)


def _working_days(calendar: Calendar | None, day: date) -> Iterator[date]:
    rest, at = FURTHEST_DAYS, day
    while rest:
        if is_working_day(calendar, at):
            rest = FURTHEST_DAYS
            yield at
        rest -= 1
        at += ONE_DAY
    name = calendar.code if calendar else ""
    raise InvalidValueError(
        f"calendar {name!r} has no working day within {FURTHEST_DAYS} days of {at}; accepted is one with shifts",
        field="calendar",
    )
