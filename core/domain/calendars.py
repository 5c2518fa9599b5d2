"""Working time as data: weekly shifts, public holidays by country, and days that differ."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import CalendarCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Work on one weekday (0 is Monday) from one minute of the day to another; a night shift is two."""

    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarException:
    """A day that differs: `minutes` of work, 0 for a day off; it wins over shifts and holidays."""

    on: date
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The working time of a site or a work centre. `holidays` is an ISO 3166 country (with "-" and a subdivision where
    it matters, such as "US-TX") whose public holidays are days off, empty for none."""

    code: CalendarCode
    name: str
    shifts: tuple[Shift, ...]
    holidays: str = ""
    exceptions: tuple[CalendarException, ...] = ()
